"""What one entry's text says of its month: the months of its day-dates, and the years it names, with their direction.

Weights are rounded log-probabilities, counted over 205 entries of 2004-2027: of 69 months named with their year 33 are of
the year before the entry's, 13 of the year after, 11 of two years before, 7 of its own; bare years are spread over the two
years before, its own and, with a cue, the year after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.entries.style import DAY_DATE, MONTH, month_number

_YEAR = r"(?:19|20)\d\d"
_MONTH_YEAR = re.compile(rf"(?<!\d )(?<!\d)\b({MONTH}),? ({_YEAR})\b")
_BARE = re.compile(
    rf"(?<![\d.,:/$€£#–-])\b({_YEAR})\b(?![\d%]|[-–]\d|[.,:]\d| ?(?:people|soldiers|troops|fighters|families|hectares|tonnes|km|miles))"
)
# Right before the date.
_PART = r"(?:(?:early|mid|late|end|end of|first half of|second half of|spring|autumn)[ -])?$"
_BEHIND = re.compile(rf"\b(?:since|from|following|after|signed|adopted|passed|during|between) {_PART}", re.IGNORECASE)
_UNTIL = re.compile(rf"\b(?:until|till|by|before|for) {_PART}", re.IGNORECASE)
# Somewhere in the words before it.
_AHEAD = re.compile(
    r"\b(?:set|scheduled|due|planned|slated|expected|postponed|delayed|ahead of|run-up to"
    r"|upcoming|forthcoming|will|extend(?:ed|ing)?)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_THAT_YEAR = re.compile(
    rf"\b({_YEAR})\b[^.;]{{0,60}}?\b(last|this|next|previous) year\b|\b(last|this|next|previous) year\b[^.;]{{0,20}}?\b({_YEAR})\b"
)
_WEEKDAYS = {name: number for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))}
_WEEKDAY = re.compile(rf"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}},? (\d{{1,2}}) ({MONTH})")

# By how many years a date named with its year lies from the entry's year.
_MONTH_YEARS = {-1: 0.0, -2: -1.1, -3: -2.3, -4: -2.3, 0: -1.6, 1: -1.0, 2: -3.0}
_BARE_YEARS = {-1: 0.0, -2: 0.0, -3: -0.3, -4: -0.3, -5: -0.8, -6: -0.8, -7: -1.2, -8: -1.2, -9: -1.2, -10: -1.2, 0: 0.0, 1: -0.5, 2: -1.0}

Direction = Literal["ahead", "behind", "either"]


@dataclass(frozen=True, slots=True)
class YearClue:
    """A year named in the text, with its month if it is named too; `sure` fixes the entry's own year as `year - offset`."""

    text: str
    year: int
    month: int | None
    direction: Direction
    offset: int | None = None
    day: bool = False


@dataclass(frozen=True, slots=True)
class Clues:
    """All that one text says of its month."""

    months: tuple[tuple[int, int], ...]
    """Months of day-dates with their counts, the most frequent first; of those with a year where there are no others."""
    years: tuple[YearClue, ...]
    weekdays: tuple[tuple[int, int, int], ...]
    """Weekday (0 Monday), day, month."""

    def by_month(self) -> list[float]:
        """Return the log-weight that the day-dates give each month of the year, January first."""
        return [sum(count * _near(number - month) for number, count in self.months) for month in range(1, 13)]

    def by_year(self, year: int, month: int) -> float:
        """Return the log-weight that named years and weekdays give that month of that year."""
        total = sum(_year_weight(clue, year, month) for clue in self.years)
        return total + sum(_weekday_weight(weekday, day, number, year, month) for weekday, day, number in self.weekdays)


def find_clues(text: str) -> Clues:
    """Return the clues of `text`."""
    counts: Counter[int] = Counter()
    with_year: Counter[int] = Counter()
    years: list[YearClue] = []
    taken: list[tuple[int, int]] = []
    for match in DAY_DATE.finditer(text):
        number = month_number(match[1])
        if match[2]:
            years.append(YearClue(match[0], int(match[2]), number, _direction(text, match.start()), day=True))
            with_year[number] += 1
        else:
            counts[number] += 1
        taken.append(match.span())
    years += _named_years(text, taken)
    weekdays = tuple((_WEEKDAYS[match[1]], int(match[2]), month_number(match[3])) for match in _WEEKDAY.finditer(text))
    counts = counts or with_year
    return Clues(tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))), tuple(years), weekdays)


def _named_years(text: str, taken: list[tuple[int, int]]) -> Iterator[YearClue]:
    for match in _THAT_YEAR.finditer(text):
        word = match[2] or match[3]
        yield YearClue(match[0], int(match[1] or match[4]), None, "either", {"this": 0, "next": 1}.get(word, -1))
    for match in _MONTH_YEAR.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield YearClue(match[0], int(match[2]), month_number(match[1]), _direction(text, match.start()))
            taken.append(match.span())
    for match in _BARE.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield YearClue(match[0], int(match[1]), None, _direction(text, match.start()))


def _direction(text: str, at: int) -> Direction:
    before = text[max(0, at - 40) : at]
    if _BEHIND.search(before):
        return "behind"
    return "ahead" if _UNTIL.search(before) or _AHEAD.search(before) else "either"


def _near(distance: int) -> float:
    """Return the weight of a year-less day-date that many months of the year from the entry's month."""
    around = (distance + 5) % 12 - 5
    return {0: 0.0, -1: -1.6, 1: -2.2}.get(around, -3.0)


def _year_weight(clue: YearClue, year: int, month: int) -> float:
    distance = clue.year - year
    if clue.offset is not None:
        return 0.0 if distance == clue.offset else -7.0
    if clue.month is None:
        return _BARE_YEARS.get(distance, -2.5) + _against(clue.direction, distance)
    months = distance * 12 + clue.month - month
    if clue.day and months in (0, -12, -24):
        # 'Voters 24 April 2021 chose': a day of the entry's own month, with a year the house style does not need.
        return (0.0, -2.0, -3.0)[months // -12]
    # What lies ahead is named with its year as soon as it is not this one; what is due this year lies after this month.
    base = 0.0 if clue.direction == "ahead" and 0 < months <= 24 else _MONTH_YEARS.get(distance, -3.2)
    return base + _against(clue.direction, months)


def _against(direction: Direction, distance: int) -> float:
    """Return the weight of a direction the words tell and the distance denies."""
    return -5.0 if (direction == "ahead" and distance < 0) or (direction == "behind" and distance > 0) else 0.0


def _weekday_weight(weekday: int, day: int, number: int, year: int, month: int) -> float:
    import datetime as dt

    year += 1 if number - month < -6 else -1 if number - month > 6 else 0
    try:
        return 0.0 if dt.date(year, number, day).weekday() == weekday else -5.0
    except ValueError:
        return -5.0
