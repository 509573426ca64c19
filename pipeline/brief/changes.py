"""Numbers that stand out: a month's events and figures against the situation's own past, and the bloodiest entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from pipeline.tables import Casualty, SituationMonth

_LEAST_PAST, _MOST_PAST = 3, 12
# By column: what is added to both sides of the ratio, and the difference below which no ratio is news.
_COLUMNS = {"political_violence": (1.0, 3.0), "killed_best": (5.0, 10.0)}
_RATIO = 1.5
_SHOWN = 8
_BLOODY = 10  # deaths, from which on two entries giving the same figure most likely tell one event


@dataclass(frozen=True, slots=True)
class Change:
    """A situation's count of a month beside its usual one: the geometric mean of its last entries, from `span`."""

    situation: str
    entry_ids: tuple[str, ...]
    column: str
    now: int
    usual: float
    ratio: float
    months: int
    span: str

    @property
    def stands_out(self) -> bool:
        """Whether the change is large both as a ratio and as a difference."""
        return max(self.ratio, 1 / self.ratio) >= _RATIO and abs(self.now - self.usual) >= _COLUMNS[self.column][1]


def compare(now: Mapping[str, SituationMonth], past: Mapping[str, Sequence[SituationMonth]]) -> Iterator[Change]:
    """Yield the changes of every situation with at least three earlier entries, by column, the largest first."""
    for column, (floor, _) in _COLUMNS.items():
        changes = []
        for situation, row in now.items():
            before = past.get(situation, [])[-_MOST_PAST:]
            if len(before) >= _LEAST_PAST and row.entry_id:
                count = int(getattr(row, column) or 0)
                usual = exp(sum(log((getattr(other, column) or 0) + floor) for other in before) / len(before)) - floor
                ratio = (count + floor) / (usual + floor)
                span = f"{before[0].month:%b %Y} to {before[-1].month:%b %Y}"
                changes.append(Change(situation, (row.entry_id,), column, count, usual, ratio, len(before), span))
        yield from sorted(changes, key=lambda change: (-abs(log(change.ratio)), change.situation))[:_SHOWN]


def largest(now: Mapping[str, SituationMonth], casualties: Sequence[Casualty]) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Yield situation, entries, sum and note of those with most people killed; entries that share a figure name each other."""
    ordered = sorted((row for row in now.values() if row.killed_best), key=lambda row: (-(row.killed_best or 0), row.situation))
    figures = _figures(casualties)
    for row in ordered[:_SHOWN]:
        entry_id = row.entry_id or ""
        high = "open" if row.killed_high is None else f"{row.killed_high:,}"
        note = [f"cumulative tolls apart: {row.killed_cumulative_best:,}"] if row.killed_cumulative_best else []
        mine = figures.get(entry_id, {})
        for other in sorted(now.values(), key=lambda other: other.situation):
            if other.entry_id != entry_id and (same := sorted(set(mine) & set(figures.get(other.entry_id or "", {})), reverse=True)):
                said = ", ".join(f"“{mine[number]}”" for number in same[:2])
                note.append(f"{said} also in {other.situation} ({other.entry_id}): perhaps one event")
        yield row.situation, (entry_id,), f"{row.killed_best:,} ({row.killed_low:,} to {high})", "; ".join(note)


def _figures(casualties: Sequence[Casualty]) -> dict[str, dict[int, str]]:
    """Return by entry its large incident figures of people killed, as written."""
    out: dict[str, dict[int, str]] = {}
    for figure in casualties:
        number = figure.best or figure.low or 0
        if figure.kind == "killed" and figure.scope == "incident" and number >= _BLOODY:
            out.setdefault(figure.entry_id, {})[number] = figure.text
    return out
