"""The tolls stage: the same toll told again in later months is one row, what only looks alike is not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pipeline.casualties import join_events
from pipeline.dates import DateWords, find_dates
from pipeline.model import Model
from pipeline.tables import Casualty, Date, Entry, Toll
from pipeline.tokens import TokenWords, parse_tokens
from pipeline.tolls import follow_tolls, read_figures
from tests import figure_answers
from tests.conftest import make_entry

JAN = (
    "Unrest in port city spread, killing over 200 people. Police 5 Jan fired on crowd; officials 11 Jan reported 225 deaths during unrest."
)
FEB = "Army 3 Feb raided camp, killing five rebels. Army 9 Feb raided second camp, killing five rebels."
JUNE = "Following unrest in Jan that left 232 dead, voters 5 June went to polls."


def tolls_of(*months: tuple[int, str], situation: str = "Mali") -> list[Toll]:
    entries = [_entry(month, text, situation) for month, text in months]
    dates = list(find_dates(entries, DateWords.load()))
    return list(follow_tolls(list(read_figures(entries, dates, casualties_of(entries, dates)))))


def casualties_of(entries: list[Entry], dates: list[Date]) -> list[Casualty]:
    tokens = list(parse_tokens(entries, dates, TokenWords.load(), Model.load()))
    return list(join_events(entries, figure_answers.read_figures(entries, dates, tokens), [], []))


def _entry(month: int, text: str, situation: str) -> Entry:
    return make_entry(text, entry_id=f"{situation}-{month:02}", situation=situation, month=dt.date(2022, month, 1))


def test_the_long_past_is_followed_and_what_is_planned_or_denied_is_not() -> None:
    entries = [_entry(6, JUNE, "Mali")]
    dates = list(find_dates(entries, DateWords.load()))
    past = [replace(figure, scope="not_actual") for figure in casualties_of(entries, dates)]
    assert [told.text for told in read_figures(entries, dates, past)] == ["232"]
    entries = [_entry(6, "Army 3 June denied that it had killed 15 farmers.", "Mali")]
    dates = list(find_dates(entries, DateWords.load()))
    denied = [replace(figure, scope="not_actual") for figure in casualties_of(entries, dates)]
    assert [figure.text for figure in denied] == ["15"]
    assert list(read_figures(entries, dates, denied)) == []


def test_a_toll_told_again_half_a_year_later_is_one_row() -> None:
    [toll] = tolls_of((1, JAN), (2, FEB), (6, JUNE))
    assert toll.series_texts == ("over 200", "225", "232")
    assert toll.series_months == ("2022-01", "2022-01", "2022-06")
    assert (toll.kind, toll.happened, toll.since) == ("killed", dt.date(2022, 1, 1), None)
    assert (toll.first_month, toll.last_month) == (dt.date(2022, 1, 1), dt.date(2022, 6, 1))


def test_the_row_itself_is_the_newest_figure() -> None:
    [toll] = tolls_of((1, JAN), (6, JUNE))
    assert (toll.entry_id, toll.text, toll.best) == ("Mali-06", "232", 232)
    assert JUNE[toll.start : toll.end] == "232"


def test_running_totals_from_the_same_day_are_one_toll() -> None:
    [toll] = tolls_of((3, "Siege has killed 4,100 people since 7 Jan."), (4, "Siege has killed 4,600 people since 7 Jan."))
    assert toll.since == dt.date(2022, 1, 7)
    assert toll.series_numbers == (4100, 4600)


def test_equal_numbers_of_two_months_are_two_tolls() -> None:
    assert tolls_of((3, "Bomb 4 March killed 12 people."), (4, "Bomb 9 April killed 12 people.")) == []


def test_a_toll_of_one_month_is_no_row() -> None:
    assert tolls_of((1, JAN), (2, FEB)) == []


def test_situations_are_kept_apart() -> None:
    entries = [_entry(1, JAN, "Mali"), _entry(6, JUNE, "Chad")]
    dates = list(find_dates(entries, DateWords.load()))
    assert list(follow_tolls(list(read_figures(entries, dates, casualties_of(entries, dates))))) == []


def test_the_identity_of_a_toll_does_not_change_when_a_month_is_added() -> None:
    [short] = tolls_of((1, JAN), (6, JUNE))
    [long] = tolls_of((1, JAN), (6, JUNE), (7, "Inquiry into Jan unrest that left 232 dead 4 July began."))
    assert short.toll_id == long.toll_id
    assert long.last_month == dt.date(2022, 7, 1)
