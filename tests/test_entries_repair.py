"""Repair: what a PDF import broke is whole again, and nothing else changes."""

from __future__ import annotations

import pytest

from pipeline.entries import Wording
from pipeline.entries.repair import damaged, mend, words, wraps

W = Wording.load()


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("govt in- creased pressure", "govt increased pressure"),
        ("two police offi- cers", "two police officers"),
        ("south- eastern hills", "south-eastern hills"),
        ("east- ern hills", "eastern hills"),
        ("ten- sions rose", "tensions rose"),
        ("pro- vincial council", "provincial council"),
        ("pro- government rally", "pro-government rally"),
        ("ex- tended curfew", "extended curfew"),
        ("Al- Qaeda cell", "Al-Qaeda cell"),
        ("EU- led mission", "EU-led mission"),
        ("two- and three-year terms", "two- and three-year terms"),
        ("three- day strike", "three-day strike"),
        ("freed 18 Nov.ƒƒ “Strike goes on”", "freed 18 Nov. “Strike goes on”"),
        (" Army left.", "Army left."),
    ],
)
def test_broken_words_are_joined_and_compounds_keep_their_hyphen(broken: str, whole: str) -> None:
    assert mend(broken, W, frozenset()) == whole


@pytest.mark.parametrize(
    ("broken", "page", "whole"),
    [
        ("cross- ings", "new crossings opened", "crossings"),
        ("cross- ings", "cross- ings", "crossings"),
        ("army- backed party", "army said", "army-backed party"),
        ("post- poned", "vote was postponed", "postponed"),
        ("re- elected", "mayor was re-elected", "re-elected"),
    ],
)
def test_the_words_of_the_page_decide(broken: str, page: str, whole: str) -> None:
    assert mend(broken, W, words([page])) == whole


def test_damage_is_told_by_odd_bullets_or_several_broken_words() -> None:
    assert damaged(["freed 18 Nov.ƒƒ"])
    assert damaged(["in- creased", "offi- cers"])
    assert not damaged(["two- and three-year terms, in- creased once"])
    assert not damaged(["Florint fell to 3 ƒlorins"])


def test_a_line_goes_on_where_the_sentence_is_open() -> None:
    assert wraps("Army 3 May left", "camp near border.")
    assert not wraps("Army 3 May left.", "camp near border.")
    assert not wraps("Army 3 May left", "Camp near border.")
