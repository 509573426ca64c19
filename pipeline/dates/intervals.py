"""Calendar arithmetic: which days a written part of a month or year covers. The conventions are those of docs/dates.md."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from pipeline.dates.written import Part
from pipeline.tables import Precision


@dataclass(frozen=True, slots=True)
class Interval:
    """Inclusive stretch of days; `dated` is False where the year is not known and only stands in."""

    first: dt.date
    last: dt.date
    precision: Precision
    dated: bool = True


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, monthrange(year, month)[1])


def add_months(day: dt.date, n: int) -> dt.date:
    """Return the same day n months on, or the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_month(year: int, month: int) -> Interval:
    return Interval(dt.date(year, month, 1), month_end(year, month), "month")


def whole_years(year: int, count: int = 1) -> Interval:
    return Interval(dt.date(year, 1, 1), dt.date(year + count - 1, 12, 31), "year" if count == 1 else "years")


def part_of_month(year: int, month: int, part: Part) -> Interval:
    """Early 1-10, mid 11-20, late 21-end; halves at the 15th; weeks of seven days from the 1st."""
    end = month_end(year, month).day
    if part.kind == "weekday":
        return _weekday(year, month, part)
    bounds = {
        "early": (1, 10), "mid": (11, 20), "late": (21, end), "end": (21, end), "start": (1, 1), "last day": (end, end),
        "half": (1, 15) if part.n == 1 else (16, end),
        "week": (end - 6, end) if part.n < 0 else (7 * part.n - 6, min(7 * part.n, end)),
        "days": (end + part.n + 1, end) if part.n < 0 else (1, min(part.n, end)),
        "weeks": (end + 7 * part.n + 1, end) if part.n < 0 else (1, min(7 * part.n, end)),
    }  # fmt: skip
    first, last = bounds[part.kind]
    precision: Precision = "day" if first == last else "week" if part.kind == "week" else "part_of_month"
    return Interval(dt.date(year, month, first), dt.date(year, month, last), precision)


def part_of_year(year: int, part: Part) -> Interval:
    """Early Jan-Apr, mid May-Aug, late Sept-Dec; end is December; `last day` and `start` are days."""
    if part.kind in ("last day", "start"):
        day = dt.date(year, 12, 31) if part.kind == "last day" else dt.date(year, 1, 1)
        return Interval(day, day, "day")
    if part.kind == "season":
        first, last = divmod(part.of, 100)
        return Interval(dt.date(year, first, 1), month_end(year + (last < first), last), "part_of_year")
    months = {
        "early": (1, 4), "mid": (5, 8), "late": (9, 12), "end": (12, 12), "half": (1, 6) if part.n == 1 else (7, 12),
        "quarter": (10, 12) if part.n < 0 else (3 * part.n - 2, 3 * part.n), "months": (13 + part.n, 12) if part.n < 0 else (1, part.n),
    }  # fmt: skip
    first, last = months[part.kind]
    return Interval(dt.date(year, first, 1), month_end(year, last), "month" if first == last else "part_of_year")


def _weekday(year: int, month: int, part: Part) -> Interval:
    start = dt.date(year, month, 1)
    ahead = (part.of - start.isoweekday()) % 7
    day = start + dt.timedelta(days=ahead + 7 * (part.n - 1))
    if part.n < 0:
        end = month_end(year, month)
        day = end - dt.timedelta(days=(end.isoweekday() - part.of) % 7)
    return Interval(day, day, "day")


def week_of(day: dt.date) -> Interval:
    """The calendar week, Monday to Sunday."""
    monday = day - dt.timedelta(days=day.isoweekday() - 1)
    return Interval(monday, monday + dt.timedelta(days=6), "week")
