"""Calendar arithmetic: which days a written part of a month or year covers. The conventions are those of docs/dates.md."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from pipeline.dates.written import Part
from pipeline.tables import Precision

SATURDAY = 6


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
    """Early 1-10, mid 11-20, late and end 21-end; halves at the 15th; weeks of seven days from the 1st.

    Raises ValueError where a month has no such part.
    """
    end = month_end(year, month).day
    if part.kind in ("weekday", "weekend"):
        return _weekday(year, month, part)
    bounds = {
        "early": (1, 10), "start": (1, 10), "mid": (11, 20), "late": (21, end), "end": (21, end),
        "first day": (1, 1), "last day": (end, end), "half": (1, 15) if part.n == 1 else (16, end),
        "week": _nth(7, part.n, end), "days": _first(part.n, end), "weeks": _first(7 * part.n, end),
    }  # fmt: skip
    if part.kind not in bounds:
        raise ValueError(f"a month has no {part.kind}")
    first, last = bounds[part.kind]
    precision: Precision = "day" if first == last else "week" if part.kind == "week" else "part_of_month"
    return Interval(dt.date(year, month, first), dt.date(year, month, last), precision)


def _nth(size: int, n: int, end: int) -> tuple[int, int]:
    """The nth stretch of so many days, the last where n is negative."""
    return (size * (n - 1) + 1, min(size * n, end)) if n > 0 else (end - size + 1, end)


def _first(days: int, end: int) -> tuple[int, int]:
    """The first so many days, or the last where negative."""
    return (1, min(days, end)) if days > 0 else (end + days + 1, end)


def part_of_year(year: int, part: Part) -> Interval:
    """Early Jan-Apr, mid May-Aug, late Sept-Dec; start is January, end December; seasons those of the northern half.

    Raises ValueError where a year has no such part.
    """
    if part.kind in ("first day", "last day"):
        day = dt.date(year, 12, 31) if part.kind == "last day" else dt.date(year, 1, 1)
        return Interval(day, day, "day")
    if part.kind in ("week", "weeks", "days", "weekday", "weekend"):
        return part_of_month(year, 12 if part.n < 0 else 1, part)
    months = {
        "early": (1, 4), "mid": (5, 8), "late": (9, 12), "start": (1, 1), "end": (12, 12), "half": (1, 6) if part.n == 1 else (7, 12),
        "quarter": (10, 12) if part.n < 0 else (3 * part.n - 2, 3 * part.n), "months": (13 + part.n, 12) if part.n < 0 else (1, part.n),
        "season": divmod(part.of, 100),
    }  # fmt: skip
    first, last = months[part.kind]
    return Interval(dt.date(year, first, 1), month_end(year + (last < first), last), "month" if first == last else "part_of_year")


def _weekday(year: int, month: int, part: Part) -> Interval:
    """The nth such day of the month, or its weekend: the nth Saturday and the day after."""
    iso = SATURDAY if part.kind == "weekend" else part.of
    first, end = dt.date(year, month, 1), month_end(year, month)
    day = (
        end - dt.timedelta(days=(end.isoweekday() - iso) % 7)
        if part.n < 0
        else first + dt.timedelta(days=(iso - first.isoweekday()) % 7 + 7 * (part.n - 1))
    )
    if day.month != month:
        raise ValueError(f"{year}-{month:02} has no {part.kind} number {part.n}")
    return Interval(day, day + dt.timedelta(days=1), "days") if part.kind == "weekend" else Interval(day, day, "day")


def week_of(day: dt.date) -> Interval:
    """The calendar week, Monday to Sunday."""
    monday = day - dt.timedelta(days=day.isoweekday() - 1)
    return Interval(monday, monday + dt.timedelta(days=6), "week")


def weekend_of(day: dt.date) -> Interval:
    """The Saturday and Sunday of the calendar week."""
    week = week_of(day)
    return Interval(week.last - dt.timedelta(days=1), week.last, "days")
