"""Months in the cells of a table: as pages write them, and as spreadsheets and databases do."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Literal

from pipeline.entries.wording import YEAR, Wording, key

Order = Literal["day", "month"]
"""Which of the two comes first in a numeric date."""

_NUMERIC = re.compile(
    rf"(\d{{1,2}})([./-])(\d{{1,2}})\2({YEAR})(?:[T ][\d:.]{{4,12}}(?: ?[AP]M)?)?", re.IGNORECASE
)  # 31/05/2021, 5.1.2021 0:00
_SHORT = re.compile(r"([^\W\d_]{3,12})\.?(?:[-/]| ?['’])(\d\d)")  # May-21, May ’21
_NUMBER = re.compile(r"0?[1-9]|1[0-2]")
_SECONDS = re.compile(r"(\d{10})(?:\d{3})?")  # since 1970, or milliseconds
_WORDS = 4


def is_month(wording: Wording, text: str, *, called: bool) -> bool:
    """Tell whether a cell can say a month: by itself, or, where its column is `called` so, together with a year."""
    if len(text.split()) > _WORDS:
        return False
    if called and (_NUMBER.fullmatch(text) or _SECONDS.fullmatch(text)):
        return True
    match = _NUMERIC.fullmatch(text)
    return bool(match and _fits(match)) or key(text) in wording.months or month_of(wording, text) is not None


def order_of(texts: Iterable[str]) -> Order | None:
    """Return what comes first in the numeric dates of one column; None where that cannot be told.

    Told by a number above 12; else by the number that is the same in all of them while the other varies: rows of a month are dated by
    one day, as the first.
    """
    pairs = {(int(match[1]), int(match[3])) for text in texts if (match := _NUMERIC.fullmatch(text)) and _fits(match)}
    first, second = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    if max(first, default=0) > 12 or max(second, default=0) > 12:
        return None if max(first) > 12 and max(second) > 12 else "day" if max(first) > 12 else "month"
    if (len(first) == 1) != (len(second) == 1):
        return "day" if len(first) == 1 else "month"
    return None


def month_of(wording: Wording, text: str, order: Order | None = None, year: int | None = None) -> dt.date | None:
    """Return the first of the month that a cell says, in a column of dates of that `order` and a row of that `year`; None if none."""
    if month := wording.month(text):
        return month
    if day := wording.day(text):
        return day.replace(day=1)
    if match := _NUMERIC.fullmatch(text):
        return _numeric(match, order)
    if (match := _SHORT.fullmatch(text)) and (number := wording.months.get(key(match[1]))):
        return dt.date(2000 + int(match[2]), number, 1)
    if year is not None and (number := wording.months.get(key(text)) or (int(text) if _NUMBER.fullmatch(text) else None)):
        return dt.date(year, number, 1)
    if match := _SECONDS.fullmatch(text):
        # The nearest midnight: the first of a month, written east of Greenwich, is still the day before there.
        return (dt.datetime.fromtimestamp(int(match[1]), dt.UTC) + dt.timedelta(hours=12)).date().replace(day=1)
    return None


def _fits(match: re.Match[str]) -> bool:
    """Whether the numbers are a day and a month in some order."""
    small, large = sorted((int(match[1]), int(match[3])))
    return 1 <= small <= 12 and large <= 31


def _numeric(match: re.Match[str], order: Order | None) -> dt.date | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if not _fits(match):
        return None
    if first > 12 or second > 12 or first == second:
        return dt.date(year, min(first, second), 1)
    return dt.date(year, second if order == "day" else first, 1) if order else None
