"""What one entry's text says of its month: the months of its day-dates, and the years it names, with their direction.

Weights are log-probabilities, rounded, of how far a date named with its year lies from the entry's month; counted over 205
entries of 2004-2027 (96 month-and-year, 126 bare years): the entry's own month is never named with its year, most lie two
months to two years behind, ahead rarely more than one year.
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
    rf"(?<![\d.,:/$€£#–-])\b({_YEAR})\b(?![\d%]|[.,:]\d| ?(?:people|soldiers|troops|fighters|families|hectares|tonnes|km|miles))"
)
_AHEAD = re.compile(
    r"\b(?:set|scheduled|due|planned|slated|expected|postponed|delayed|ahead of|run-up to|upcoming|until|by|will|before|for)\b[^.;]{0,24}$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\b(?:since|in|from|following|after|signed|adopted|during|between|under|of)(?: (?:early|mid|late|the))?[ -]$", re.IGNORECASE
)
_THAT_YEAR = re.compile(
    rf"\b({_YEAR})\b[^.;]{{0,60}}?\b(last|this|next|previous) year\b|\b(last|this|next|previous) year\b[^.;]{{0,20}}?\b({_YEAR})\b"
)
_WEEKDAYS = {name: number for number, name in enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"))}
_WEEKDAY = re.compile(rf"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{{0,6}},? (\d{{1,2}}) ({MONTH})")

Direction = Literal["ahead", "behind", "either"]


@dataclass(frozen=True, slots=True)
class YearClue:
    """A year named in the text, with its month if it is named too; `sure` fixes the entry's own year as `year - offset`."""

    text: str
    year: int
    month: int | None
    direction: Direction
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Clues:
    """All that one text says of its month."""

    months: tuple[tuple[int, int], ...]
    """Months of day-dates with their counts, the most frequent first."""
    years: tuple[YearClue, ...]
    weekdays: tuple[tuple[int, int, int], ...]
    """Weekday (0 Monday), day, month."""

    def weight(self, year: int, month: int) -> float:
        """Return the log-weight of the text having been written of that month."""
        total = sum(count * _near(number - month) for number, count in self.months)
        total += sum(_year_weight(clue, year, month) for clue in self.years)
        return total + sum(_weekday_weight(weekday, day, number, year, month) for weekday, day, number in self.weekdays)


def find_clues(text: str) -> Clues:
    """Return the clues of `text`."""
    counts: Counter[int] = Counter()
    years: list[YearClue] = []
    taken: list[tuple[int, int]] = []
    for match in DAY_DATE.finditer(text):
        number = month_number(match[1])
        if match[2]:
            years.append(YearClue(match[0], int(match[2]), number, _direction(text, match.start())))
        else:
            counts[number] += 1
        taken.append(match.span())
    years += _named_years(text, taken)
    weekdays = tuple((_WEEKDAYS[match[1]], int(match[2]), month_number(match[3])) for match in _WEEKDAY.finditer(text))
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
    if _AHEAD.search(before):
        return "ahead"
    return "behind" if _BEHIND.search(before) else "either"


def _near(distance: int) -> float:
    """Return the weight of a year-less day-date that many months of the year from the entry's month."""
    around = (distance + 5) % 12 - 5
    return {0: 0.0, -1: -1.6, 1: -2.2}.get(around, -3.0)


def _year_weight(clue: YearClue, year: int, month: int) -> float:
    if clue.offset is not None:
        return 0.0 if clue.year - year == clue.offset else -7.0
    if clue.month is None:
        return _bare_year_weight(clue.year - year, clue.direction)
    distance = (clue.year - year) * 12 + clue.month - month
    if clue.direction == "ahead":
        return -0.5 if 0 <= distance <= 12 else -1.5 if 12 < distance <= 36 else -3.5 if -3 <= distance else -6.0
    if distance > 0:
        return (-1.5 if clue.direction == "either" else -4.0) if distance <= 12 else -4.0
    return 0.0 if distance >= -6 else -1.0 if distance >= -24 else -2.5 if distance >= -48 else -4.0


def _bare_year_weight(distance: int, direction: Direction) -> float:
    if direction == "ahead":
        return -0.3 if 0 <= distance <= 2 else -2.0 if distance > 2 else -3.5
    if distance > 0:
        return -2.0 if distance == 1 and direction == "either" else -4.5
    return 0.0 if distance >= -2 else -0.5 if distance >= -5 else -1.2 if distance >= -10 else -2.0


def _weekday_weight(weekday: int, day: int, number: int, year: int, month: int) -> float:
    import datetime as dt

    year += 1 if number - month < -6 else -1 if number - month > 6 else 0
    try:
        return 0.0 if dt.date(year, number, day).weekday() == weekday else -5.0
    except ValueError:
        return -5.0
