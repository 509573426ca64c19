"""Words around figures and for people: every group is shown by sentences that come out as they say, and are read otherwise without it.

Read otherwise: other figures come out or, for the groups whose worth is learned (LEARNED), the weights are asked about other features.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import pytest

from pipeline import lexicon
from pipeline.by_entry import by_entry
from pipeline.figures import FigureWords, find_figures
from pipeline.figures.ranker import NOTHING, Ranker
from pipeline.tables import Figure, Token
from pipeline.tags import Tagger, find_tags
from tests.figure_answers import answers, bare, tables_of, told

CONTEXT, PEOPLE = lexicon.read_toml("casualty_context.toml"), lexicon.read_toml("people.toml")
SIDES = list(PEOPLE["groups"])
SHOWN = {
    kind: [(group, s) for group, table in CONTEXT.items() for s in table[kind]] + [(g, s) for g, of in PEOPLE[kind].items() for s in of]
    for kind in ("examples", "counterexamples")
}
# Every list of words, and the fields of FigureWords it is read into, as they are without it.
NEVER = re.compile(r"(?!)")
WITHOUT: dict[tuple[str, str], dict[str, Any]] = {
    ("scope", "cues"): {"scope_cues": frozenset()},
    ("attribution", "verbs"): {"attribution_verbs": frozenset()},
    ("attribution", "adverbs"): {"attribution_adverbs": frozenset()},
    ("attribution", "phrases"): {"attribution_phrases": {}},
    ("running", "before"): {"running_before": NEVER},
    ("running", "after"): {"running_after": NEVER},
    ("totals", "nouns"): {"total_nouns": frozenset()},
    ("totals", "raising"): {"raising": frozenset()},
    ("totals", "stating"): {"stating": frozenset()},
    ("events", "many"): {"many_events": frozenset()},
    ("events", "events"): {"events": frozenset()},
    ("events", "several"): {"several": frozenset()},
    ("disasters", "words"): {"disasters": frozenset()},
    ("unreal", "denying"): {"denying": frozenset()},
    ("unreal", "refuting"): {"refuting": frozenset()},
    ("unreal", "wishing"): {"wishing": frozenset()},
    ("unreal", "modals"): {"modals": frozenset()},
    ("things", "words"): {"things": frozenset()},
    ("measures", "words"): {"measures": frozenset()},
    ("measures", "animals"): {"animals": frozenset()},
    ("endings", "words"): {"endings": ()},
    ("collectives", "words"): {"collectives": frozenset()},
    ("collectives", "exact"): {"pairs": {}},
}
# What a sign of scope is worth is learned, so that others may outweigh it: without its words other features are asked about, no more.
LEARNED = frozenset({"scope", "running", "totals", "events", "unreal"})


@dataclass(frozen=True, slots=True)
class Listening(Ranker):
    """A ranker that keeps what it was asked about."""

    asked: list[list[str]] = field(default_factory=list)

    def best(self, features: Iterable[str], but: Collection[str] = (), more: Mapping[str, float] = NOTHING) -> str:
        kept = list(features)
        self.asked.append(kept)
        return Ranker.best(self, kept, but, more)


class Reading:
    """Sentences parsed and tagged once, to be read with other words again and again."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self.sentences = list(sentences)
        self.entries, dates, tokens = tables_of([bare(s) for s in sentences])
        self.dates, self.tokens = by_entry(dates), by_entry(tokens)
        self.tags = by_entry(list(find_tags(self.entries, tokens, Tagger.load())))

    def parse(self, sentence: str) -> Sequence[Token]:
        """Return the tokens of a sentence."""
        return self.tokens[self.entries[self.sentences.index(sentence)].entry_id]

    def read(self, group: str, sentence: str, words: FigureWords) -> tuple[list[tuple[str, str]], list[list[str]]]:
        """Return the figures of a sentence as its group tells them, and, where scope is learned, what the weights were asked about."""
        entry = self.entries[self.sentences.index(sentence)]
        scope = Listening(words.scope.labels, words.scope.bias, words.scope.weights)
        dates, tokens, tags = self.dates[entry.entry_id], self.tokens[entry.entry_id], self.tags[entry.entry_id]
        figures = find_figures([entry], dates, tokens, tags, [], replace(words, scope=scope))
        return [(figure.text, said(group, figure)) for figure in figures], scope.asked if group in LEARNED else []


def said(group: str, figure: Figure) -> str:
    """Return what the group decides of a figure, as the sentences write it."""
    if group == "attribution":
        return figure.attribution or "-"
    if group == "collectives":
        return told(figure)[1].removeprefix(f"{figure.kind} ")
    return figure.scope if group in CONTEXT else figure.victim_group


@cache
def without(group: str, key: str) -> FigureWords:
    """Return the words of the stage without one list of the lexica."""
    words = FigureWords.load()
    if key in SIDES:
        return replace(words, group_of={noun: side for noun, side in words.group_of.items() if side != key})
    return replace(words, **WITHOUT[group, key])


def keys_of(group: str) -> list[str]:
    """Return the lists of words that a group has."""
    if group in SIDES:
        return [group]
    return [key for key in (CONTEXT | PEOPLE)[group] if key not in SHOWN]


def held(group: str, parse: Sequence[Token]) -> list[str]:
    """Return the words and phrases of a group that stand whole in a sentence, as written or in base form, outside its dates.

    For `endings` return the words that end so and are not listed as people.
    """
    tokens = [token for token in parse if token.dep != "date"]
    if group == "endings":
        people = {noun for side in SIDES for noun in PEOPLE["groups"][side]}
        ends = tuple(PEOPLE["endings"]["words"])
        return [t.text for t in tokens if t.text.lower().endswith(ends) and not people & {t.text.lower(), t.lemma.lower()}]
    lists = PEOPLE["groups"] if group in SIDES else (CONTEXT | PEOPLE)[group]
    spoken = [" ".join(words).lower() for words in ((t.text for t in tokens), (t.lemma for t in tokens))]
    phrases = (phrase for key in keys_of(group) for phrase in lists[key])
    return [phrase for phrase in phrases if any(f" {phrase} " in f" {words} " for words in spoken)]


@pytest.fixture(scope="module")
def reading() -> Reading:
    return Reading([sentence for shown in SHOWN.values() for _, sentence in shown])


@pytest.mark.parametrize(("group", "sentence"), SHOWN["examples"] + SHOWN["counterexamples"])
def test_a_sentence_is_read_as_it_says(group: str, sentence: str, reading: Reading) -> None:
    assert reading.read(group, sentence, FigureWords.load())[0] == answers(sentence)


@pytest.mark.parametrize(("group", "sentence"), SHOWN["examples"])
def test_an_example_is_read_otherwise_without_its_group(group: str, sentence: str, reading: Reading) -> None:
    """Other figures come out; for the groups in LEARNED it is enough that the weights are asked about other features."""
    read = reading.read(group, sentence, FigureWords.load())
    assert any(reading.read(group, sentence, without(group, key)) != read for key in keys_of(group))


@pytest.mark.parametrize(("group", "key"), [(group, key) for group in dict(SHOWN["examples"]) for key in keys_of(group)])
def test_every_list_of_words_changes_how_an_example_is_read(group: str, key: str, reading: Reading) -> None:
    """In the same sense of reading, one list of a group at a time."""
    examples = [sentence for of, sentence in SHOWN["examples"] if of == group]
    assert any(reading.read(group, s, without(group, key)) != reading.read(group, s, FigureWords.load()) for s in examples)


@pytest.mark.parametrize(("group", "sentence"), SHOWN["counterexamples"])
def test_a_counterexample_holds_a_word_or_phrase_of_its_group_that_changes_nothing(group: str, sentence: str, reading: Reading) -> None:
    """Neither its figures nor, for the groups in LEARNED, the features asked about change without the group."""
    read = reading.read(group, sentence, FigureWords.load())
    assert all(reading.read(group, sentence, without(group, key)) == read for key in keys_of(group))
    assert held(group, reading.parse(sentence)) != []


def test_every_group_has_examples_and_counterexamples() -> None:
    groups = {*CONTEXT, *SIDES, *(name for name in PEOPLE if name not in ("groups", *SHOWN))}
    for kind, shown in SHOWN.items():
        assert {group for group, _ in shown} == groups, kind
