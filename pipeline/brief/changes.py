"""Numbers that stand out: a month's events and figures against the situation's own past, and the bloodiest entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from pipeline.tables import Casualty, CountryMonth, Crossref, SituationMonth

LEAST_PAST, _MOST_PAST = 3, 12  # earlier entries of a situation that a month is held against
# By column: its unit, what is added to both sides of the ratio, and the difference below which no ratio is news.
EVENTS = {
    "political_violence": ("events of political violence", 1.0, 3.0),
    "protest": ("protests", 1.0, 3.0),
    "state_coercion": ("acts of state coercion and justice", 1.0, 4.0),
    "military_posture": ("military moves", 1.0, 3.0),
    "peace_process": ("steps of negotiation", 1.0, 3.0),
}
FIGURES = {
    "killed_best": ("people killed", 5.0, 10.0),
    "displaced_best": ("people displaced", 500.0, 2000.0),
    "detained_best": ("people detained", 10.0, 30.0),
}
_RATIO = 1.5
SHOWN = 8
_BLOODY = 10  # deaths; below that two entries give the same figure by chance too often


@dataclass(frozen=True, slots=True)
class Change:
    """A situation's count of a month beside its usual one: the geometric mean of its last entries, `span`."""

    situation: str
    entry_ids: tuple[str, ...]
    column: str
    unit: str
    now: int
    usual: float
    ratio: float
    span: str

    @property
    def stands_out(self) -> bool:
        """Whether the change is large both as a ratio and as a difference."""
        return max(self.ratio, 1 / self.ratio) >= _RATIO and abs(self.now - self.usual) >= (EVENTS | FIGURES)[self.column][2]


def compare(
    now: Mapping[str, SituationMonth], past: Mapping[str, Sequence[SituationMonth]], columns: Mapping[str, tuple[str, float, float]]
) -> list[Change]:
    """Return the changes of those columns in every situation with at least three earlier entries, the largest first."""
    changes = []
    for situation, row in now.items():
        before = past.get(situation, [])[-_MOST_PAST:]
        if len(before) >= LEAST_PAST and row.entry_id:
            for column, (unit, floor, _) in columns.items():
                count = int(getattr(row, column) or 0)
                usual = exp(sum(log((getattr(other, column) or 0) + floor) for other in before) / len(before)) - floor
                ratio = (count + floor) / (usual + floor)
                changes.append(Change(situation, (row.entry_id,), column, unit, count, usual, ratio, span_of(before)))
    return sorted(changes, key=lambda change: (-abs(log(change.ratio)), change.situation, change.column))


def span_of(entries: Sequence[SituationMonth]) -> str:
    """Return in words how many entries these are, and of which months."""
    return f"{len(entries)} entries, {entries[0].month:%b %Y} to {entries[-1].month:%b %Y}"


def largest(
    now: Mapping[str, SituationMonth], panel: Sequence[CountryMonth], casualties: Sequence[Casualty], crossrefs: Sequence[Crossref]
) -> Iterator[tuple[str, tuple[str, ...], str, str]]:
    """Yield situation, entries, sum and note of those with most people killed.

    Where entries that point to each other give the same figure, the note says so: it is one event told twice.
    """
    killed: dict[str, list[CountryMonth]] = defaultdict(list)
    for part in panel:
        if part.situation in now and part.killed_best and (part.own or part.iso3 is None):
            killed[part.situation].append(part)
    ordered = sorted(killed, key=lambda name: (-sum(part.killed_best or 0 for part in killed[name]), name))
    figures, totals = _figures(casualties, "incident"), _figures(casualties, "cumulative")
    points: dict[str, set[str]] = defaultdict(set)
    for pointer in crossrefs:
        points[pointer.entry_id].add(pointer.situation or "")
    for row in (now[name] for name in ordered[:SHOWN]):
        entry_id = row.entry_id or ""
        told_again = [other for _, other in sorted(now.items()) if other.entry_id and _connected(row, other, points)]
        shared = [(other, same) for other in told_again if (same := _shared(figures[entry_id], figures[other.entry_id or ""]))]
        note = [f"{_written(figures[entry_id], same)} also in {other.situation}: one event, it seems" for other, same in shared]
        # So that a figure that was misread can be told from the line itself.
        if len(figures[entry_id]) > 1:
            note.append(f"the largest single figure “{figures[entry_id][max(figures[entry_id])]}”")
        if totals[entry_id]:
            note.append(f"running totals apart, the largest “{totals[entry_id][max(totals[entry_id])]}”")
        also = tuple(other.entry_id or "" for other, _ in shared)
        yield row.situation, (entry_id, *also), _bounds(killed[row.situation]), "; ".join(note)


def _connected(row: SituationMonth, other: SituationMonth, points: Mapping[str, set[str]]) -> bool:
    """Tell whether one entry points to the other's situation: "(see Pakistan)"."""
    return other.situation in points.get(row.entry_id or "", ()) or row.situation in points.get(other.entry_id or "", ())


def _shared(mine: Mapping[int, str], theirs: Mapping[int, str]) -> list[int]:
    """Return the figures both have, the highest first; a single vague one ("dozens") is no sign of one event."""
    same = sorted(set(mine) & set(theirs), reverse=True)
    return same if len(same) > 1 or any(any(map(str.isdigit, mine[number])) for number in same) else []


def _written(figures: Mapping[int, str], same: Sequence[int]) -> str:
    return ", ".join(f"“{figures[number]}”" for number in same[:3])


def _bounds(parts: Sequence[CountryMonth]) -> str:
    low, best = (sum(getattr(part, column) or 0 for part in parts) for column in ("killed_low", "killed_best"))
    if any(part.killed_high is None for part in parts):
        return f"at least {low:,}" if low == best else f"{best:,} ({low:,} or more)"
    high = sum(part.killed_high or 0 for part in parts)
    return f"{best:,}" if low == best == high else f"{best:,} ({low:,} to {high:,})"


def _figures(casualties: Sequence[Casualty], scope: str) -> dict[str, dict[int, str]]:
    """Return by entry its large figures of people killed of that scope, as written, by number."""
    out: dict[str, dict[int, str]] = defaultdict(dict)
    for figure in casualties:
        number = figure.best or figure.low or 0
        if figure.kind == "killed" and figure.scope == scope and number >= _BLOODY:
            out[figure.entry_id][number] = figure.text
    return out
