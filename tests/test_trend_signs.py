"""Signs of a trend: every cue is found as its examples say, where it counts, at its place in the text."""

from __future__ import annotations

import re

import pytest

from pipeline import lexicon
from pipeline.tables import TrendSigns
from pipeline.trend_signs import TrendCues, read_signs
from tests.conftest import make_entry

TABLES = lexicon.read_toml("trends.toml")
CUES = TrendCues.load()
MARKED = re.compile(r"\[([^\]]*)\]")


def signs(text: str, headline: str | None = None) -> TrendSigns:
    (row,) = read_signs([make_entry(text, headline=headline)], [], [], CUES)
    return row


@pytest.mark.parametrize(("cue", "sentence"), [(cue, s) for cue, table in TABLES.items() for s in table["examples"]])
def test_an_example_has_its_cue_where_it_is_marked(cue: str, sentence: str) -> None:
    text = MARKED.sub(r"\1", sentence)
    found = [text[start:end] for name, start, end in CUES.find(text) if name == cue]
    marked = [m for m in MARKED.findall(sentence) if m not in [text[a:b] for name, a, b in CUES.find(text) if name != cue]]
    assert found == marked


@pytest.mark.parametrize(("cue", "sentence"), [(cue, s) for cue, table in TABLES.items() for s in table["counterexamples"]])
def test_a_counterexample_has_not(cue: str, sentence: str) -> None:
    assert cue not in [name for name, *_ in CUES.find(sentence)]


def test_every_cue_has_examples_and_a_prior() -> None:
    for name, table in TABLES.items():
        assert table["examples"], name
        assert table["counterexamples"], name
        assert any(CUES.priors[name].values()), name


def test_the_longest_phrase_wins() -> None:
    assert [name for name, *_ in CUES.find("Envoy failed to ease row.")] == ["failing"]
    assert [name for name, *_ in CUES.find("Envoy eased row.")] == ["opening"]


def test_a_gap_does_not_reach_over_the_end_of_a_clause() -> None:
    assert [name for name, *_ in CUES.find("Ceasefire with north held; bridge collapsed.")] == []


def test_cues_are_sought_in_the_headline_and_in_what_opens_a_paragraph() -> None:
    text = "Raids escalated in south.\nTruce talks collapsed. Later, fighting spread north.\nRaids continued."
    row = signs(text, "Raids escalated in south.")
    assert list(zip(row.cues, row.zones, row.texts, strict=True)) == [
        ("escalation", "headline", "escalated"),
        ("collapse", "lead", "Truce talks collapsed"),
        ("steady", "lead", "continued"),
    ]


def test_an_entry_without_headline_is_judged_by_its_first_sentence() -> None:
    row = signs("Coup in capital. Raids continued.\nBorder reopened.")
    assert list(zip(row.cues, row.zones, strict=True)) == [("rupture", "headline"), ("opening", "lead")]


def test_every_sign_is_the_text_at_its_offset() -> None:
    text = "Army seized power; unrest spread.\nNeighbours 3 May closed northern border, fuelling fears of war."
    row = signs(text)
    assert len(row.starts) == 5
    assert [text[start : start + len(said)] for start, said in zip(row.starts, row.texts, strict=True)] == list(row.texts)
