"""Calendar arithmetic of dates: parts lie in their month or year and tile it; EDTF says no more than the text."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.dates.edtf import edtf
from pipeline.dates.intervals import Interval, add_months, part_of_month, part_of_year, week_of, weekend_of, whole_month, whole_years
from pipeline.dates.written import Part

YEARS = st.integers(1900, 2099)
MONTHS = st.integers(1, 12)
DAY = dt.timedelta(days=1)
TILES_OF_MONTH = ([Part("early"), Part("mid"), Part("late")], [Part("half", 1), Part("half", 2)])
TILES_OF_YEAR = (
    [Part("early"), Part("mid"), Part("late")],
    [Part("half", 1), Part("half", 2)],
    [Part("quarter", n) for n in (1, 2, 3, 4)],
    [Part("months", 10), Part("months", -2)],
)


def tile(parts: list[Interval], whole: Interval) -> bool:
    """Tell whether the parts follow each other without gap or overlap from the first to the last day of the whole."""
    days = [(part.first, part.last) for part in parts]
    return (days[0][0], days[-1][1]) == (whole.first, whole.last) and all(a[1] + DAY == b[0] for a, b in pairwise(days))


@given(year=YEARS, month=MONTHS)
def test_parts_tile_their_month_and_their_year(year: int, month: int) -> None:
    assert all(tile([part_of_month(year, month, part) for part in parts], whole_month(year, month)) for parts in TILES_OF_MONTH)
    assert all(tile([part_of_year(year, part) for part in parts], whole_years(year)) for parts in TILES_OF_YEAR)


@given(year=YEARS, month=MONTHS, iso=st.integers(1, 7), n=st.integers(1, 4))
def test_nth_weekday_is_such_a_day_in_the_nth_seven_days(year: int, month: int, iso: int, n: int) -> None:
    day = part_of_month(year, month, Part("weekday", n, iso)).first
    assert (day.isoweekday(), day.month, (day.day - 1) // 7 + 1) == (iso, month, n)
    last = part_of_month(year, month, Part("weekday", -1, iso)).first
    assert last.isoweekday() == iso
    assert (last + 7 * DAY).month != month


@given(day=st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1)), n=st.integers(-240, 240))
def test_months_added_keep_the_day_or_end_with_the_month(day: dt.date, n: int) -> None:
    there = add_months(day, n)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == n
    assert there.day == day.day or (there + DAY).day == 1
    week, weekend = week_of(day), weekend_of(day)
    assert week.first <= day <= week.last
    assert (week.first.isoweekday(), week.last.isoweekday(), weekend.first.isoweekday()) == (1, 7, 6)


@pytest.mark.parametrize("part", [Part("quarter", 5), Part("months", 20), Part("weekday", 6, 1)])
def test_a_part_no_year_has_is_an_error_not_another_part(part: Part) -> None:
    with pytest.raises(ValueError, match=r"month|number"):
        part_of_year(2024, part)


@pytest.mark.parametrize("part", [Part("quarter", 2), Part("months", 3), Part("weekday", 5, 1), Part("season", 21, 305)])
def test_a_part_february_has_not_is_an_error_not_another_part(part: Part) -> None:
    with pytest.raises(ValueError, match="has no"):
        part_of_month(2024, 2, part)


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (whole_month(2024, 2), "2024-02"),
        (whole_years(2024), "2024"),
        (whole_years(1990, 10), "199X"),
        (whole_years(2001, 100), "2001/2100"),
        (part_of_year(2024, Part("quarter", 3)), "2024-07/2024-09"),
        (part_of_month(2024, 2, Part("late")), "2024-02-21/2024-02-29"),
        (Interval(dt.date(2000, 2, 21), dt.date(2000, 2, 29), "part_of_month", dated=False), "XXXX-02-21/XXXX-02"),
        (Interval(dt.date(2000, 6, 5), dt.date(2000, 6, 5), "day", dated=False), "XXXX-06-05"),
    ],
)
def test_edtf_is_as_fine_as_the_interval(interval: Interval, text: str) -> None:
    assert edtf(interval) == text
