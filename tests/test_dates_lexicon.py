"""The words of the date grammar: every group, phrase, decoy and rule is shown by a sentence with its answer."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline import lexicon
from pipeline.dates import DateWords, find_in_text
from pipeline.dates.find import find_mentions
from pipeline.dates.grammar import Rule, grammar
from tests.date_answers import SPAN, answered, bare

WORDS = DateWords.load()
FEBRUARY = dt.date(2026, 2, 1)
EXAMPLES = lexicon.read_toml("dates.toml")["examples"]
DECOYS = lexicon.read_toml("date_decoys.toml")["decoy"]


@pytest.mark.parametrize("sentence", [s for group in EXAMPLES.values() for s in group])
def test_example_of_the_lexicon_has_its_answer(sentence: str) -> None:
    assert answered(sentence, FEBRUARY) == sentence


def test_every_group_has_an_example() -> None:
    data = lexicon.read_toml("dates.toml")
    groups = {name for name in data if name not in ("relative", "examples")} | {family["name"] for family in data["relative"]}
    assert set(EXAMPLES) == groups


@pytest.mark.parametrize(("family", "phrase"), [(f.name, p) for f in WORDS.relative for p in f.phrases])
def test_every_relative_phrase_is_found_and_resolved(family: str, phrase: str) -> None:
    said = phrase.replace("{n}", "two")
    found = list(find_in_text(f"Polls [12 Feb] opened; army {said} withdrew.", FEBRUARY, WORDS))
    assert [f.mention.end - f.mention.start for f in found] == [len("12 Feb"), len(said)], family
    assert found[1].interval is not None


def spans(sentence: str) -> list[str]:
    return [match[1] for match in SPAN.finditer(sentence)]


def found_spans(text: str) -> list[str]:
    return [text[m.start : m.end] for m in find_mentions(text, WORDS)]


@pytest.mark.parametrize("sentence", [s for decoy in DECOYS for s in decoy["examples"] + decoy["counterexamples"]])
def test_only_bracketed_dates_are_found_beside_decoys(sentence: str) -> None:
    assert found_spans(bare(sentence)) == spans(sentence)


@pytest.mark.parametrize("template", grammar(WORDS).templates, ids=lambda rule: rule.example)
def test_decoy_template_is_seen_in_an_example_and_in_no_counterexample(template: Rule) -> None:
    decoy = next(d for d in DECOYS if d["name"] == template.name)
    assert any(template.pattern.search(bare(s)) for s in decoy["examples"]), "add a sentence with it to `examples`"
    assert [s for s in decoy["counterexamples"] if template.pattern.search(bare(s))] == []


@pytest.mark.parametrize("rule", grammar(WORDS).rules, ids=lambda rule: rule.name)
def test_example_of_a_rule_is_matched_whole_by_it_and_found(rule: Rule) -> None:
    match = rule.pattern.search(rule.example)
    assert match is not None
    assert match[0] == rule.example.removeprefix("deadliest attack of ")
    assert found_spans(f"Army {rule.example} left.") != []
