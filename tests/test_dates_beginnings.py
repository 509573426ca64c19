"""Rules are tried only at the words they begin with: nothing that they match anywhere may be lost by that."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import lexicon
from pipeline.dates import DateWords
from pipeline.dates.beginnings import NUMERAL, first_words, matches_at, opening, places_by_rule
from pipeline.dates.grammar import Rule, grammar
from tests.date_answers import bare

GRAMMAR = grammar(DateWords.load())
SENTENCES = [
    bare(sentence)
    for group in (
        *lexicon.read_toml("dates.toml")["examples"].values(),
        *(decoy["examples"] + decoy["counterexamples"] for decoy in lexicon.read_toml("date_decoys.toml")["decoy"]),
        [rule.example for rule in GRAMMAR.rules],
    )
    for sentence in group
]
WORDS = sorted({word for sentence in SENTENCES for word in re.findall(r"\S+", sentence)})


def spans(rule: Rule, text: str) -> list[tuple[int, int]]:
    places = places_by_rule(text, GRAMMAR.rules_by_word)[rule.name]
    return [match.span() for match in matches_at(rule.pattern, text, places)]


@pytest.mark.parametrize("rule", [GRAMMAR.decoys, *GRAMMAR.rules], ids=lambda rule: rule.name)
def test_rule_misses_nothing_of_the_lexicons_sentences(rule: Rule) -> None:
    for sentence in SENTENCES:
        assert spans(rule, sentence) == [match.span() for match in rule.pattern.finditer(sentence)], sentence


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from([" ", "-", ", ", "\u00a0", ""]))
def test_rules_miss_nothing_of_any_words_in_a_row(words: list[str], glue: str) -> None:
    text = glue.join(words)
    for rule in (GRAMMAR.decoys, *GRAMMAR.rules):
        assert spans(rule, text) == [match.span() for match in rule.pattern.finditer(text)]


def test_first_words_are_letters_or_any_number() -> None:
    assert first_words(["New Year’s Eve", "run-up to"], ["2 days later", "3rd"]) == {"new", "run", NUMERAL}


def test_template_begins_with_a_word_a_slot_or_a_choice_and_else_names_none() -> None:
    slots = {"day": frozenset({NUMERAL}), "word": frozenset({"camp", "road"})}
    assert opening("{day} {word}", slots) == {NUMERAL}
    assert opening("(?:{word}|some|{day}) of", slots) == {"camp", "road", "some", NUMERAL}
    assert opening("{start}March {word}", slots) == {"march"}
    assert opening("[A-Z]+ {word}", slots) == frozenset()


def test_matches_do_not_overlap() -> None:
    assert [match[0] for match in matches_at(re.compile(r"\w+ \w+"), "one two three four", [0, 4, 8])] == ["one two", "three four"]
