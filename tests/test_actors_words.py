"""The words of actors: every role group shows what it covers, every row of the lexicon can be found, namesakes are told apart."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from pipeline import lexicon
from pipeline.actors.words import TYPES, ActorWords, Context, Known
from pipeline.countries import Countries
from pipeline.spelling import fold

WORDS = ActorWords.load()
GROUPS = [(kind, sort, group) for kind, sorts in lexicon.read_toml("actor_roles.toml").items() for sort, group in sorts.items()]
ROWS = lexicon.read_csv("actors.csv")


def role_of(phrase: str) -> str | None:
    words = phrase.split()
    found = WORDS.role(words, [*words[:-1], _single(words[-1])])
    return found[0].type if found else None


def _single(word: str) -> str:
    return word.removesuffix("s") if not word.endswith(("ss", "ies")) else word


def known(name: str, month: str, *countries: str) -> Known | None:
    context = Context(dt.date.fromisoformat(f"{month}-01"), frozenset(countries), frozenset())
    return WORDS.named(tuple(fold(name).split()), name, context)


@pytest.mark.parametrize(("kind", "phrase"), [(kind, phrase) for kind, _, group in GROUPS for phrase in group["examples"]])
def test_a_role_is_told_by_the_noun_a_phrase_ends_on(kind: str, phrase: str) -> None:
    assert role_of(phrase) == kind


@pytest.mark.parametrize(("kind", "phrase"), [(kind, phrase) for kind, _, group in GROUPS for phrase in group["counterexamples"]])
def test_a_phrase_about_a_role_is_not_one(kind: str, phrase: str) -> None:
    assert role_of(phrase) != kind


def test_every_group_has_a_known_type_and_shows_itself() -> None:
    for kind, sort, group in GROUPS:
        assert kind in TYPES
        assert group["examples"], (kind, sort)
        assert group["counterexamples"], (kind, sort)
        assert len(group["nouns"]) == len(set(group["nouns"])), (kind, sort)


def test_every_row_can_be_found_by_its_name_in_its_own_time_and_country() -> None:
    for row in ROWS:
        month = row["from"][:7] or row["to"][:7] or "2020-01"
        found = known(row["name"], month, *([row["iso3"]] if row["iso3"] else []))
        assert found is not None, row
        assert found.name == row["name"] or found.iso3 == (row["iso3"] or None), row


def test_rows_say_what_can_be() -> None:
    countries = Countries.load().by_iso3
    for row in ROWS:
        assert row["iso3"] == "" or row["iso3"] in countries, row
        assert not (row["from"] and row["to"]) or row["from"] <= row["to"], row
    spans = Counter((row["name"], row["iso3"], row["from"]) for row in ROWS)
    assert [key for key, count in spans.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "month", "countries", "expected", "kind"),
    [
        ("Taliban", "2015-03", ["AFG"], "Afghan Taliban", "rebel"),
        ("Taliban", "2023-03", ["AFG"], "Afghan Taliban", "government"),
        ("APC", "2016-03", ["NGA"], "All Progressives Congress", "party"),
        ("APC", "2016-03", ["SLE"], "All People's Congress", "party"),
        ("HTS", "2024-11", ["SYR"], "Hei'at Tahrir al-Sham", "rebel"),
        ("al-Sharaa", "2024-12", ["SYR"], "Ahmed al-Sharaa", "rebel"),
        ("al-Sharaa", "2025-06", ["SYR"], "Ahmed al-Sharaa", "government"),
        ("Trump", "2024-11", ["USA"], "Donald Trump", "party"),
        ("Trump", "2026-02", ["USA"], "Donald Trump", "government"),
        ("RSF", "2021-05", ["SDN"], "Rapid Support Forces", "military"),
        ("Mali", "2021-05", ["MLI"], None, None),
        ("is", "2021-05", ["IRQ"], None, None),
        ("APC", "2016-03", ["FIN"], None, None),
        ("Khan", "2023-05", ["GBR"], None, None),
    ],
)
def test_namesakes_are_told_apart_by_month_and_country(
    name: str, month: str, countries: list[str], expected: str | None, kind: str | None
) -> None:
    found = known(name, month, *countries)
    assert (found.name if found else None, found.type if found else None) == (expected, kind)
