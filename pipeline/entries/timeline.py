"""The months of a page whose entries state none: one best path through all of them, and how far it is decided.

Entries stand newest first, so their months go down the page: strictly for one situation, and never up inside of an edition
that lists many. Each entry votes for months by its clues; the sidecar, stated months and texts known from other files are
fixed points. The path is found by dynamic programming (Viterbi); the share of all paths that give an entry the same month
(forward-backward) is its confidence.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.entries.clues import Clues

FIRST = 2003 * 12 + 7
"""August 2003, the first month the tracker reported on, as months since year 0."""
LAST = 2040 * 12
# An entry this far from its best month of the year is not considered to be of that month.
_WORST = 6.0
_NEVER = -1e9
# Breaks ties: where the clues allow a gap here or there, the newer month.
_NEWER = 0.002


@dataclass(frozen=True, slots=True)
class Point:
    """What is known of one entry before its month is inferred: its situation, clues, and the month if it is fixed."""

    situation: str
    clues: Clues
    fixed: int | None = None


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


def best_path(points: Sequence[Point], newest: int | None = None, latest: int | None = None) -> list[Step]:
    """Return a step an entry, in their order. `newest` is the month of the top entry, `latest` the last month possible."""
    if not points:
        return []
    pace = find_pace(points)
    latest_month = min(newest or LAST, latest or LAST)
    weights = [_weights(point, None if rank else newest, latest_month, points, pace.many) for rank, point in enumerate(points)]
    repeats = _repeats(points)
    path = _viterbi(weights, repeats, pace)
    shares = _marginals(weights, repeats, pace)
    return [Step(month, share.get(month, 0.0)) for month, share in zip(path, shares, strict=True)]


Weights = dict[int, float]
State = tuple[int, int]
"""A month, and the entry at which the run of entries of that month begins."""


def _weights(point: Point, newest: int | None, latest: int, points: Sequence[Point], many: bool) -> Weights:
    if point.fixed is not None:
        return {point.fixed: 0.0}
    months = range(FIRST, latest + 1)
    if many and not point.clues.months:
        numbers = {number for other in points for number, _ in other.clues.months[:1]}
        fixed = {other.fixed for other in points if other.fixed is not None}
        months_of_page = [month for month in months if month % 12 + 1 in numbers or month in fixed]
        months = months_of_page or months  # type: ignore[assignment]
    found = {month: point.clues.weight(month // 12, month % 12 + 1) for month in months}
    if newest is not None:
        # Who gives the newest month may be a month off, never years.
        found = {month: weight - 8.0 * min(newest - month, 4) for month, weight in found.items()}
    found = {month: weight + _NEWER * (month - FIRST) for month, weight in found.items()}
    best = max(found.values(), default=0.0)
    dated = bool(point.clues.months) or newest is not None
    return {month: weight for month, weight in found.items() if weight > best - (_WORST * 2 if dated else 20.0)} or {latest: 0.0}


def _repeats(points: Sequence[Point]) -> list[int]:
    """Return, by entry, the last earlier entry of the same situation, or -1: a run of one month must begin after it."""
    seen: dict[str, int] = {}
    out = []
    for rank, point in enumerate(points):
        out.append(seen.get(point.situation, -1))
        seen[point.situation] = rank
    return out


@dataclass(frozen=True, slots=True)
class Pace:
    """How the months go down a page: whether it lists many situations, and the mean gap between entries, in months."""

    many: bool
    mean: float

    def gap(self, months: int) -> float:
        """Return the log-weight of the next entry being that many months older; gaps over eleven months are rare."""
        if months == 0:
            return -0.1
        return -(3.0 if self.many else 0.0) + (months - 1) * math.log(1 - 1 / self.mean) - (2.6 if months > 11 else 0.0)


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


def _viterbi(weights: Sequence[Weights], repeats: Sequence[int], pace: Pace) -> list[int]:
    scores: dict[State, float] = {(month, 0): weight for month, weight in weights[0].items()}
    backs: list[dict[State, State]] = []
    for rank in range(1, len(weights)):
        top: dict[int, State] = {}
        for state in scores:
            if state[0] not in top or scores[state] > scores[top[state[0]]]:
                top[state[0]] = state
        following: dict[State, float] = {}
        back: dict[State, State] = {}
        for month, weight in weights[rank].items():
            ranked = [(scores[state] + pace.gap(other - month), state) for other, state in top.items() if other > month]
            if ranked:
                score, state = max(ranked)
                following[month, rank], back[month, rank] = score + weight, state
        for month, start in scores:
            if pace.many and start > repeats[rank] and month in weights[rank]:
                following[month, start] = scores[month, start] + pace.gap(0) + weights[rank][month]
                back[month, start] = (month, start)
        if not following:
            # No month left below: the order is broken here, and begins anew.
            state = max(scores, key=lambda state: (scores[state], state))
            following = {(month, rank): scores[state] + weight - 20.0 for month, weight in weights[rank].items()}
            back = dict.fromkeys(following, state)
        scores = following
        backs.append(back)
    state = max(scores, key=lambda state: (scores[state], state))
    path = [state[0]]
    for back in reversed(backs):
        state = back[state]
        path.append(state[0])
    return path[::-1]


def _marginals(weights: Sequence[Weights], repeats: Sequence[int], pace: Pace) -> list[Mapping[int, float]]:
    """Return, by entry, the share of all paths that goes through each month."""
    forward = [{(month, 0): weight for month, weight in weights[0].items()}]
    for rank in range(1, len(weights)):
        forward.append(_step(forward[-1], weights[rank], rank, repeats[rank], pace))
    backward: list[dict[State, float]] = [dict.fromkeys(forward[-1], 0.0)]
    for rank in range(len(weights) - 1, 0, -1):
        backward.append(_step_back(forward[rank - 1], backward[-1], weights[rank], rank, repeats[rank], pace))
    backward.reverse()
    out: list[Mapping[int, float]] = []
    for ahead, behind in zip(forward, backward, strict=True):
        logs = {state: ahead[state] + behind[state] for state in ahead}
        total = _sum(list(logs.values()))
        share: dict[int, float] = {}
        for (month, _), log in logs.items():
            share[month] = share.get(month, 0.0) + math.exp(min(0.0, log - total))
        out.append(share)
    return out


def _step(before: dict[State, float], weights: Weights, rank: int, repeat: int, pace: Pace) -> dict[State, float]:
    total: dict[int, list[float]] = {}
    for (month, _), score in before.items():
        total.setdefault(month, []).append(score)
    sums = {month: _sum(scores) for month, scores in total.items()}
    out: dict[State, float] = {}
    for month, weight in weights.items():
        if logs := [score + pace.gap(other - month) for other, score in sums.items() if other > month]:
            out[month, rank] = _sum(logs) + weight
    for (month, start), score in before.items():
        if pace.many and start > repeat and month in weights:
            out[month, start] = score + pace.gap(0) + weights[month]
    return out or {(month, rank): _sum(list(sums.values())) + weight - 20.0 for month, weight in weights.items()}


def _step_back(
    before: dict[State, float], after: dict[State, float], weights: Weights, rank: int, repeat: int, pace: Pace
) -> dict[State, float]:
    ends = {month: weight + after[month, rank] for month, weight in weights.items() if (month, rank) in after}
    lower: dict[int, float] = {}
    for month in {month for month, _ in before}:
        logs = [score + pace.gap(month - end) for end, score in ends.items() if end < month]
        lower[month] = _sum(logs) if logs else _NEVER
    stuck = all(score == _NEVER for score in lower.values()) and not pace.many
    out: dict[State, float] = {}
    for month, start in before:
        logs = [lower[month]] if not stuck else [_sum(list(ends.values())) - 20.0 if ends else _NEVER]
        if pace.many and start > repeat and (month, start) in after and month in weights:
            logs.append(pace.gap(0) + weights[month] + after[month, start])
        out[month, start] = _sum(logs)
    return out


def _sum(logs: Sequence[float]) -> float:
    """Return the logarithm of the sum of what `logs` are the logarithms of."""
    top = max(logs)
    return top if top <= _NEVER else top + math.log(sum(math.exp(log - top) for log in logs))
