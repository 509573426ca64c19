"""Paths through months: the best one (Viterbi) and the share of all that goes through each month (forward-backward).

A row an entry, in the order of the page, with a log-weight a month. From row to row a path goes down; on a page of many
situations it may also stay, as long as no situation comes twice in one month. So a state is a month and the row at which
the run of that month began.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

Weights = Mapping[int, float]
State = tuple[int, int]
_NEVER = -1e9
# Where no month is left below, the order is broken and begins anew.
_BROKEN = -20.0
# Paths this much (log) below the best are as good as none.
_BEAM = 30.0
_WIDEST = 400
_YEAR = 12
_OVER_A_YEAR = 0.2
# How often a situation leaves the tracker for a year or more, and for how many months past the year on average.
_DROPPED, _AWAY = 0.04, 18.0
FARTHEST = 40 * 12
"""Months between the first and the last month there can be."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How months go down a page: whether it lists many situations, and the mean gap between two rows, in months."""

    many: bool
    mean: float

    def gaps(self) -> Sequence[float]:
        """Return, by months up to `FARTHEST`, the log-weight of the next row being that many months older.

        Gaps are geometric around the page's mean, longer ones than a year five times rarer than that; or the tracker dropped
        the situation for a year or more, in one case of 25. On a page of many situations any gap is rarer than none.
        """
        out = [-0.1]
        for months in range(1, FARTHEST + 1):
            regular = (1 - 1 / self.mean) ** (months - 1) / self.mean * (1.0 if months <= _YEAR else _OVER_A_YEAR)
            dropped = _DROPPED / _AWAY * (1 - 1 / _AWAY) ** (months - _YEAR) if months >= _YEAR else 0.0
            out.append(math.log((1 - _DROPPED) * regular + dropped) - (3.0 if self.many else 0.0))
        return out


@dataclass(frozen=True)
class Lattice:
    """Weights by row and month; `repeats` has, by row, the last row above of the same situation, or -1."""

    rows: Sequence[Weights]
    repeats: Sequence[int]
    pace: Pace

    @cached_property
    def gaps(self) -> Sequence[float]:
        """The weights of gaps at the page's pace."""
        return self.pace.gaps()

    def best_path(self) -> list[int]:
        """Return the month of each row on the path of the greatest weight."""
        scores: dict[State, float] = {(month, 0): weight for month, weight in self.rows[0].items()}
        backs: list[dict[State, State]] = []
        for rank in range(1, len(self.rows)):
            scores, back = self._advance(scores, rank)
            backs.append(back)
        state = max(scores, key=lambda state: (scores[state], state))
        path = [state[0]]
        for back in reversed(backs):
            state = back[state]
            path.append(state[0])
        return path[::-1]

    def _advance(self, scores: Mapping[State, float], rank: int) -> tuple[dict[State, float], dict[State, State]]:
        gaps = self.gaps
        top: dict[int, State] = {}
        for state in scores:
            if state[0] not in top or scores[state] > scores[top[state[0]]]:
                top[state[0]] = state
        following: dict[State, float] = {}
        back: dict[State, State] = {}
        for month, weight in self.rows[rank].items():
            ranked = [(scores[state] + gaps[other - month], state) for other, state in top.items() if other > month]
            if ranked:
                score, state = max(ranked)
                following[month, rank], back[month, rank] = score + weight, state
        for state, score in scores.items():
            if self._may_stay(state, rank):
                following[state], back[state] = score + gaps[0] + self.rows[rank][state[0]], state
        if not following:
            state = max(scores, key=lambda state: (scores[state], state))
            following = {(month, rank): scores[state] + weight + _BROKEN for month, weight in self.rows[rank].items()}
            back = dict.fromkeys(following, state)
        return _near_best(following), back

    def shares(self) -> tuple[list[Weights], float]:
        """Return, by row, the share of all paths through each month, and the logarithm of the weight of all paths."""
        forward: list[dict[State, float]] = [{(month, 0): weight for month, weight in self.rows[0].items()}]
        for rank in range(1, len(self.rows)):
            forward.append(self._forward(forward[-1], rank))
        backward = [dict.fromkeys(forward[-1], 0.0)]
        for rank in range(len(self.rows) - 1, 0, -1):
            backward.append(self._backward(forward[rank - 1], backward[-1], rank))
        backward.reverse()
        total = _sum(list(forward[-1].values()))
        return [_share(ahead, behind) for ahead, behind in zip(forward, backward, strict=True)], total

    def _may_stay(self, state: State, rank: int) -> bool:
        return self.pace.many and state[1] > self.repeats[rank] and state[0] in self.rows[rank]

    def _forward(self, before: Mapping[State, float], rank: int) -> dict[State, float]:
        gaps = self.gaps
        sums: dict[int, list[float]] = {}
        for (month, _), score in before.items():
            sums.setdefault(month, []).append(score)
        above = {month: _sum(scores) for month, scores in sums.items()}
        out: dict[State, float] = {}
        for month, weight in self.rows[rank].items():
            if logs := [score + gaps[other - month] for other, score in above.items() if other > month]:
                out[month, rank] = _sum(logs) + weight
        out |= {s: score + gaps[0] + self.rows[rank][s[0]] for s, score in before.items() if self._may_stay(s, rank)}
        return _near_best(out) or {
            (month, rank): _sum(list(above.values())) + weight + _BROKEN for month, weight in self.rows[rank].items()
        }

    def _backward(self, before: Mapping[State, float], after: Mapping[State, float], rank: int) -> dict[State, float]:
        gaps = self.gaps
        ends = {month: weight + after[month, rank] for month, weight in self.rows[rank].items() if (month, rank) in after}
        months = sorted({month for month, _ in before})
        lower = {month: [score + gaps[month - end] for end, score in ends.items() if end < month] for month in months}
        broken = not any(lower.values()) and not any(self._may_stay(state, rank) for state in before)
        out: dict[State, float] = {}
        for state in before:
            logs = [_sum(list(ends.values())) + _BROKEN] if broken else lower[state[0]]
            if self._may_stay(state, rank) and state in after:
                logs = [*logs, gaps[0] + self.rows[rank][state[0]] + after[state]]
            out[state] = _sum(logs) if logs else _NEVER
        return out


def _near_best(scores: Mapping[State, float]) -> dict[State, float]:
    """Return the scores that are not hopeless, the best `_WIDEST` at most."""
    least = max(scores.values(), default=0.0) - _BEAM
    if len(scores) > _WIDEST:
        least = max(least, sorted(scores.values(), reverse=True)[_WIDEST])
    return {state: score for state, score in scores.items() if score >= least}


def _share(ahead: Mapping[State, float], behind: Mapping[State, float]) -> Weights:
    logs = {state: score + behind[state] for state, score in ahead.items()}
    total = _sum(list(logs.values()))
    share: dict[int, float] = {}
    for (month, _), log in logs.items():
        share[month] = share.get(month, 0.0) + math.exp(log - total)
    return share


def _sum(logs: Sequence[float]) -> float:
    """Return the logarithm of the sum of what `logs` are the logarithms of."""
    top = max(logs)
    return top + math.log(sum(math.exp(log - top) for log in logs))
