"""Extended Date/Time Format (ISO 8601-2:2019, level 1): the interval as one string, X for the digits that are not known."""

from __future__ import annotations

import datetime as dt

from pipeline.dates.intervals import Interval, month_end
from pipeline.tables import Precision

BY_MONTH: frozenset[Precision] = frozenset({"month", "months", "part_of_year"})
BY_YEAR: frozenset[Precision] = frozenset({"year", "years"})


def edtf(interval: Interval) -> str:
    """Return `2026-02-12`, `2026-02`, `2026`, `199X` or `first/last`, as fine as the text; the year is XXXX where it is unknown."""
    first, last = interval.first, interval.last
    if interval.precision == "years" and first.year % 10 == 0 and last.year == first.year + 9:
        return f"{first.year // 10}X"
    grain = _grain(interval)
    if not interval.dated and first != last and last == month_end(last.year, 2):
        return f"{_cut(first, grain, interval)}/{_cut(last, 'month', interval)}"  # late Feb: its end is known in no other way
    start, end = _cut(first, grain, interval), _cut(last, grain, interval)
    return start if start == end else f"{start}/{end}"


def _grain(interval: Interval) -> str:
    """How fine both ends are."""
    if interval.precision in BY_YEAR:
        return "year"
    whole = interval.first.day == 1 and interval.last == month_end(interval.last.year, interval.last.month)
    return "month" if interval.precision in BY_MONTH and whole else "day"


def _cut(day: dt.date, grain: str, interval: Interval) -> str:
    year = f"{day.year:04}" if interval.dated else "XXXX"
    return {"year": year, "month": f"{year}-{day.month:02}", "day": f"{year}-{day.month:02}-{day.day:02}"}[grain]
