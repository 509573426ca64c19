"""Extended Date/Time Format (ISO 8601-2:2019): the interval as one string, X for the digits that are not known."""

from __future__ import annotations

import datetime as dt

from pipeline.dates.intervals import Interval, whole_month


def edtf(interval: Interval) -> str:
    """Return `2026-02-12`, `2026-02`, `2026`, or `first/last`; the year is XXXX where it is not known."""
    first, last = interval.first, interval.last
    if interval.precision == "month" and whole_month(first.year, first.month).last == last:
        return _year(first, interval) + f"-{first.month:02}"
    if interval.precision == "year":
        return _year(first, interval)
    if first == last:
        return _day(first, interval)
    return f"{_day(first, interval)}/{_day(last, interval)}"


def _year(day: dt.date, interval: Interval) -> str:
    return f"{day.year:04}" if interval.dated else "XXXX"


def _day(day: dt.date, interval: Interval) -> str:
    return f"{_year(day, interval)}-{day.month:02}-{day.day:02}"
