"""What a date expression says, before anything is worked out: partial dates and steps from another date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.dates.words import Phrases, Relation
from pipeline.tables import Precision

PartKind = Literal[
    "early", "mid", "late", "end", "start", "first day", "last day",
    "half", "quarter", "week", "weekend", "days", "weeks", "months", "weekday", "season",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a month or year: ("half", 2) the second half, ("months", 10) the first ten months, ("weekday", 2, 1) the second Monday."""

    kind: PartKind
    n: int = 1
    of: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """A date as far as it is written.

    `month_shift` and `year_shift` count from the entry's own month and year ("last month", "this year"); `turn` is -1 in "last Dec".
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: Part | None = None
    month_shift: int | None = None
    year_shift: int | None = None
    turn: int | None = None
    years: int = 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one partial date to another: "31 Dec-2 Jan"."""

    first: Partial
    last: Partial


@dataclass(frozen=True, slots=True)
class Step:
    """So many units from the date it points to: "two days later"."""

    phrases: Phrases
    n: int = 1


@dataclass(frozen=True, slots=True)
class Echo:
    """The stretch told before, in another year: "same period in 2025"."""

    year: int | None = None
    year_shift: int | None = None


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week: the last (-1), nearest (0) or next (1) one from the date it points to."""

    iso: int
    turn: int


Says = Partial | Stretch | Step | Echo | Weekday


def is_relative(says: Says) -> bool:
    """Tell what counts from another date or from the entry's month ("next day", "late in month") from what names its own."""
    if isinstance(says, Stretch):
        return is_relative(says.last)
    if isinstance(says, Partial):
        return says.year is None and (says.year_shift, says.month_shift, says.turn) != (None, None, None)
    return True


GRAINS: dict[str, Precision] = {
    "day": "day", "week": "day", "month": "month", "year": "year", "calendar week": "week", "weekend": "days",
    "calendar month": "month", "calendar year": "year", "month of entry": "month", "year of entry": "year",
}  # fmt: skip


def as_written(says: Says) -> Precision:
    """Return how fine the words are where no interval could be worked out from them."""
    if isinstance(says, Stretch):
        return "days" if says.last.day else "months"
    if isinstance(says, Partial):
        month = says.month is not None or says.month_shift is not None
        whole: Precision = "month" if month else "year"
        partial: Precision = "part_of_month" if month else "part_of_year"
        return "day" if says.day else partial if says.part else whole
    return GRAINS[says.phrases.unit] if isinstance(says, Step) else "day" if isinstance(says, Weekday) else "part_of_year"


@dataclass(frozen=True, slots=True)
class Mention:
    """One expression in the text with what it says; `start` and `end` are offsets of the text."""

    start: int
    end: int
    says: Says
    relation: Relation | None = None
