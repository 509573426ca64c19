"""The words of the date grammar: every group, phrase, decoy and rule is shown by a sentence with its answer."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from pipeline import lexicon
from pipeline.dates import DateWords, find_in_text
from pipeline.dates.find import find_mentions
from pipeline.dates.grammar import Rule, grammar
from pipeline.dates.words import Lean, Scheduled
from tests.date_answers import SPAN, answered, bare

WORDS = DateWords.load()
FEBRUARY = dt.date(2026, 2, 1)
DATA = lexicon.read_toml("dates.toml")
SHOWN = {
    key: [(group, sentence) for group, sentences in DATA[key].items() for sentence in sentences] for key in ("examples", "counterexamples")
}
FAMILIES = {family["name"]: family for family in DATA["relative"]}
GROUPS = {name for name in DATA if name not in ("relative", "examples", "counterexamples")} | set(FAMILIES)
DECOYS = lexicon.read_toml("date_decoys.toml")["decoy"]


def read(group: str, sentence: str, words: DateWords) -> str:
    """The sentence as the stage answers it; a group of relations is shown by what they say of the date."""
    return answered(sentence, FEBRUARY, words, related=group == "relations")


@cache
def without(group: str) -> DateWords:
    """The words of the grammar with one in the place of the group's that no text has: without any a pattern would match everything."""
    if group in FAMILIES:
        return replace(WORDS, relative=tuple(family for family in WORDS.relative if family.name != group))
    if group == "lean":
        return replace(WORDS, lean=Lean(("qqq",), ("qqq",), ("qqq",), ("qqq",)))
    if group == "scheduled":
        return replace(WORDS, scheduled=Scheduled(**dict.fromkeys(DATA["scheduled"], ("qqq",))))
    if group == "languages":
        return replace(WORDS, languages=("en",))  # dateparser wants one
    held = getattr(WORDS, group)
    blank: dict[str, Any] = {group: {"qqq": next(iter(held.values()))} if isinstance(held, dict) else type(held)(["qqq"])}
    return replace(WORDS, **blank)


def phrases_of(group: str) -> list[str]:
    """The words and phrases of a group as texts have them: keys of its table only for feasts, a counted phrase without its number."""
    if group in FAMILIES:
        return [phrase.replace("{n} ", "") for phrase in FAMILIES[group]["phrases"]]
    if group == "feasts":
        return list(DATA[group])
    lists = [value["words"] for value in DATA[group].values()] if group == "seasons" else DATA[group].values()
    return [phrase for phrases in lists for phrase in phrases]


def held(group: str, sentence: str) -> list[str]:
    """The words and phrases of a group that stand whole in a sentence, capitals aside, outside the dates it has by its answers.

    What is no person among `names` is a month, so that for them the dates count too.
    """
    text = bare(sentence) if group == "names" else SPAN.sub(" | ", sentence)
    return [phrase for phrase in phrases_of(group) if re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text, re.IGNORECASE)]


@pytest.mark.parametrize(("group", "sentence"), SHOWN["examples"] + SHOWN["counterexamples"])
def test_example_and_counterexample_have_their_answers(group: str, sentence: str) -> None:
    assert read(group, sentence, WORDS) == sentence


@pytest.mark.parametrize(("group", "sentence"), SHOWN["examples"])
def test_example_comes_out_otherwise_without_its_group(group: str, sentence: str) -> None:
    assert read(group, sentence, without(group)) != sentence


# The languages have no words: their counterexample only looks like a day in one of them.
@pytest.mark.parametrize(("group", "sentence"), [shown for shown in SHOWN["counterexamples"] if shown[0] != "languages"])
def test_counterexample_holds_a_word_or_phrase_of_its_group_outside_its_dates(group: str, sentence: str) -> None:
    assert held(group, sentence) != []


@pytest.mark.parametrize(("group", "sentence"), SHOWN["counterexamples"])
def test_counterexample_comes_out_the_same_without_its_group(group: str, sentence: str) -> None:
    assert read(group, sentence, without(group)) == sentence


def test_every_group_has_examples_and_counterexamples() -> None:
    for key in SHOWN:
        assert {group for group, sentences in DATA[key].items() if sentences} == GROUPS, key


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
