"""What a user asks for by name or month: understood in any spelling, never guessed at."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from pipeline import asked

KNOWN = ["Côte d’Ivoire", "Democratic Republic of Congo", "Israel/Palestine", "Mali", "Malawi", "Türkiye"]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("mali", "Mali"),
        ("Cote d'Ivoire", "Côte d’Ivoire"),
        ("Ivory Coast", "Côte d’Ivoire"),
        ("Turkey", "Türkiye"),
        ("israel palestine", "Israel/Palestine"),
        ("DR Congo", "Democratic Republic of Congo"),
    ],
)
def test_a_situation_is_known_by_any_of_its_names(said: str, name: str) -> None:
    assert asked.situation(said, KNOWN) == name


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("Israel", "the tables hold no entry on Israel; did you mean Israel/Palestine?"),
        ("Malo", "no situation is called 'Malo'; did you mean Mali or Malawi?"),
        ("Sudan", "the tables hold no entry on Sudan"),
        ("Atlantis", "no situation is called 'Atlantis'; there are Côte d’Ivoire, Democratic Republic of Congo, Israel/Palestine"),
    ],
)
def test_what_is_not_known_is_answered_with_the_nearest(said: str, answer: str) -> None:
    with pytest.raises(asked.NotKnown, match=re.escape(answer)):
        asked.situation(said, KNOWN)


def test_a_year_is_its_first_or_last_month() -> None:
    assert asked.first_month("2023") == dt.date(2023, 1, 1)
    assert asked.last_month("2023") == dt.date(2023, 12, 1)
    assert asked.first_month("2023-05") == asked.last_month(" 2023-05 ") == dt.date(2023, 5, 1)
    assert asked.first_month(None) is None


@pytest.mark.parametrize("said", ["May 2023", "2023-13", "2023-05-01", "05/2023", "23"])
def test_what_is_no_month_is_refused(said: str) -> None:
    with pytest.raises(asked.NotKnown, match="is no month; write it as 2024-05, or 2024 for the year"):
        asked.first_month(said)


@pytest.mark.parametrize("said", ["May 2023", "2023", "2023-00"])
def test_one_month_is_not_a_year(said: str) -> None:
    assert asked.month(" 2023-05 ") == dt.date(2023, 5, 1)
    with pytest.raises(asked.NotKnown, match=r"is no month; write it as 2024-05$"):
        asked.month(said)


def test_a_short_list_is_told_whole_a_long_one_by_what_is_near() -> None:
    with pytest.raises(asked.NotKnown, match="there is no order 'up'; there are best, newest, oldest"):
        asked.choice("order", "up", ["best", "newest", "oldest"])
    types = [f"{word}_strike" for word in "abcdefghijklmnop"] + ["air_drone_strike"]
    with pytest.raises(asked.NotKnown, match=r"there is no event type 'drone'; did you mean air_drone_strike\?"):
        asked.choice("event type", "drone", types)
    assert asked.choice("event type", "Air drone strike", types) == "air_drone_strike"
