"""The months of a page whose entries state none: one best path through all of them, and how far it is decided.

Entries stand newest first, so their months go down the page: strictly for one situation, and never up inside of an edition
that lists many. Each entry votes for months by its clues; the sidecar, stated months and texts known from other files are
fixed points. The share of all paths that give an entry the same month is its confidence.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.entries.clues import Clues
from pipeline.entries.lattice import Lattice, Pace, Weights

FIRST = 2003 * 12 + 7
"""August 2003, the first month the tracker reported on, as months since year 0."""
LAST = 2040 * 12
# Months this much less likely than an entry's likeliest are not considered: of a dated one, and of one without day-dates.
_UNLIKELY_DATED, _UNLIKELY = 8.0, 20.0
# A month the newest entry lies before the one given. Who gives it may be a month off, never years; a name may tell when the file was saved.
_OFF_THE_GIVEN, _OFF_THE_NAMED, _MOST_OFF = 8.0, 1.5, 4
# A month: where clues leave open whether a long gap is above or below an entry, it is right above the one with the clue.
_NEWER = 0.01
# Months back that are considered on a page of many situations without any date.
_RECENT = 24
# A page is read as oldest first only if it is that much (log) likelier, and has enough entries to tell.
_REVERSED, _ENOUGH = 4.0, 3
# Longer pages are dated in parts, each from where the one above ended: time grows with the square of an edition's length.
_MOST = 300


@dataclass(frozen=True, slots=True)
class Point:
    """What is known of one entry before its month is inferred: its situation, clues, and the month if it is fixed."""

    situation: str
    clues: Clues
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class Newest:
    """The month of the page's newest entry, as the sidecar gives it or, less sure, as the name of the file has it."""

    month: int
    named: bool = False

    def off(self, month: int) -> float:
        """Return how much less (log) likely it makes a month of the newest entry before it."""
        return (_OFF_THE_NAMED if self.named else _OFF_THE_GIVEN) * min(self.month - month, _MOST_OFF)


@dataclass(frozen=True, slots=True)
class Step:
    """The month of one entry, as months since year 0, and the share of the evidence that is for it."""

    month: int
    confidence: float


def index(month: dt.date) -> int:
    """Return months since year 0."""
    return month.year * 12 + month.month - 1


def first_day(number: int) -> dt.date:
    """Return the first day of the month that is `number` months after year 0."""
    return dt.date(number // 12, number % 12 + 1, 1)


def best_path(points: Sequence[Point], newest: Newest | None = None, latest: int | None = None) -> tuple[list[Step], bool]:
    """Return a step an entry, in the order of `points`, and whether the page turned out to be oldest first.

    `latest` is the last month possible.
    """
    if not points:
        return [], False
    if len(points) > _MOST:
        head, _ = best_path(points[:_MOST], newest, latest)
        last = replace(points[_MOST - 1], fixed=head[-1].month)
        tail, _ = best_path([last, *points[_MOST:]], None, latest)
        return [*head, *tail[1:]], False
    steps, weight = _path(points, newest, latest)
    if _may_be_reversed(points, newest):
        backwards, other = _path(points[::-1], newest, latest)
        if other > weight + _REVERSED:
            return backwards[::-1], True
    return steps, False


def _may_be_reversed(points: Sequence[Point], newest: Newest | None) -> bool:
    """Whether enough entries are dated, and the newest month, if it is given, is that of the last entry and not of the first."""
    months = [
        point.fixed % 12 if point.fixed is not None else point.clues.months[0][0] - 1
        for point in points
        if point.clues.months or point.fixed
    ]
    return len(months) >= _ENOUGH and (newest is None or (months[-1] == newest.month % 12 != months[0]))


def find_pace(points: Sequence[Point]) -> Pace:
    """Return the pace of a page, the mean gap estimated from the months of the year of its day-dates."""
    gaps: list[float] = []
    last, steps = None, 0
    for point in points:
        steps += 1
        month = point.fixed % 12 if point.fixed is not None else point.clues.months[0][0] - 1 if point.clues.months else None
        if month is not None:
            gaps += [((last - month - 1) % 12 + 1) / steps] if last is not None else []
            last, steps = month, 0
    mean = sum(gaps) / len(gaps) if gaps else 3.0
    return Pace(len({point.situation for point in points}) > 1, min(max(mean, 1.3), 8.0))


def _path(points: Sequence[Point], newest: Newest | None, latest: int | None) -> tuple[list[Step], float]:
    pace = find_pace(points)
    last = min(newest.month if newest else LAST, latest or LAST)
    others = points if pace.many else ()
    newer = _NEWER if newest is not None or any(point.fixed is not None for point in points) else 0.0
    rows = [_weights(point, None if rank else newest, last, others, newer) for rank, point in enumerate(points)]
    lattice = Lattice(rows, _repeats(points), pace)
    path = lattice.best_path()
    shares, total = lattice.shares()
    return [Step(month, min(1.0, share.get(month, 0.0))) for month, share in zip(path, shares, strict=True)], total


def _weights(point: Point, newest: Newest | None, latest: int, others: Sequence[Point], newer: float) -> Weights:
    """Return the log-weight of each month the entry may be of. An undated one among `others` is of one of their months."""
    if point.fixed is not None:
        return {point.fixed: 0.0}
    months: Sequence[int] = range(FIRST, latest + 1)
    if others and not point.clues.months:
        numbers = {number - 1 for other in others for number, _ in other.clues.months[:1]}
        fixed = {other.fixed for other in others if other.fixed is not None}
        months = [month for month in months if month % 12 in numbers or month in fixed] or months[-_RECENT:]
    far = _UNLIKELY_DATED if point.clues.months or newest is not None else _UNLIKELY
    dates = point.clues.by_month()
    likely = [max(dates) - weight < far + _OFF_THE_GIVEN * _MOST_OFF * (newest is not None) for weight in dates]
    found = {
        month: dates[month % 12] + point.clues.by_year(month // 12, month % 12 + 1) + newer * (month - FIRST)
        for month in months
        if likely[month % 12]
    }
    if newest is not None:
        found = {month: weight - newest.off(month) for month, weight in found.items()}
    least = max(found.values(), default=0.0) - far
    return {month: weight for month, weight in found.items() if weight > least} or {latest: 0.0}


def _repeats(points: Sequence[Point]) -> list[int]:
    seen: dict[str, int] = {}
    out = []
    for rank, point in enumerate(points):
        out.append(seen.get(point.situation, -1))
        seen[point.situation] = rank
    return out
