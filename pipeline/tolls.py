"""The `tolls` stage: the same toll told again in later months, followed across the entries of a situation.

"killing over 200 people" in January, "225 deaths" beside it, "protests in Jan that left 232 dead" in June: one toll, three
figures, the last of them the newest. What makes two figures one toll is what they point to, not that they are alike: a
later figure whose sentence names the month of the first, or two running totals counted from the same day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeVar

from pipeline.tables import Casualty, Date, Entry, HarmKind, Toll

Row = TypeVar("Row", Casualty, Date)

FOLLOWED = frozenset({"killed", "injured", "missing", "displaced", "detained", "abducted", "casualties"})
# A toll told again may grow, or be corrected; beyond this factor it is another toll.
GROWTH = 2.0
# Small numbers are alike by chance: below this a figure of an entry's body is tied to its summary by equality only.
FEW = 10
# Characters between a number and the "since ..." that is its own.
CLOSE = 30
STOPS = (". ", "; ", "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A figure, the clause it stands in, and what it points to: the start of its count ("since 7 Oct") or the month it happened in.

    `number` is the best number, the lowest where it is vague; `summary` tells whether it stands where an entry sums up.
    """

    situation: str
    kind: HarmKind
    month: dt.date
    entry_id: str
    start: int
    end: int
    text: str
    low: int | None
    best: int | None
    high: int | None
    attribution: str | None
    number: int
    since: dt.date | None
    points_to: dt.date
    summary: bool
    clause: str


def read_figures(
    entries: Annotated[Sequence[Entry], "entry_id", "situation", "month", "text", "superseded_by"],
    dates: Annotated[Sequence[Date], "entry_id", "start", "end", "date_from", "date_to", "relation"],
    casualties: Annotated[
        Sequence[Casualty], "entry_id", "start", "end", "text", "kind", "implicit", "scope", "low", "best", "high", "attribution"
    ],
) -> Iterator[Told]:
    """Yield the figures of these entries that may be of a toll followed across months, and what each points to.

    Only written numbers are followed, of people killed, injured, missing, displaced, detained or abducted; parts of a figure
    and what was planned or denied are left out. Entries without situation or month are passed over, and so are those a later
    revision replaces.
    """
    figures, named = _by_entry(casualties), _by_entry(dates)
    for entry in entries:
        if entry.situation is None or entry.month is None or entry.superseded_by is not None:
            continue
        for figure in figures[entry.entry_id]:
            if figure.kind in FOLLOWED and not figure.implicit and figure.scope != "part" and figure.low != 0:
                told = _read(figure, entry, entry.situation, entry.month, named[entry.entry_id])
                # The long past is not of this month, so `not_actual`; what was planned or denied points to no month before.
                if figure.scope != "not_actual" or told.points_to < entry.month:
                    yield told


def follow_tolls(told: Annotated[Sequence[Told], read_figures]) -> Iterator[Toll]:
    """Yield one row a toll that two or more months tell of, its figures from first told to last."""
    targets: dict[tuple[str, str, bool, dt.date], list[Told]] = defaultdict(list)  # figures of one toll point to the same
    for one in told:
        targets[one.situation, one.kind, one.since is None, one.points_to].append(one)
    for (situation, kind, _, _), group in sorted(targets.items()):
        if len({one.month for one in group}) > 1:
            for toll in _chains(sorted(group, key=lambda one: (one.month, one.entry_id, one.start, one.end))):
                if len({one.month for one in toll}) > 1:
                    yield _row(situation, kind, toll)


def _by_entry(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.entry_id, row.start, row.end)):
        found[row.entry_id].append(row)
    return found


def _read(figure: Casualty, entry: Entry, situation: str, month: dt.date, dates: Sequence[Date]) -> Told:
    """Return the figure with what its clause points to."""
    start, end = _clause(entry.text, figure)
    inside = [date for date in dates if start <= date.start < end and date.date_from is not None]
    pointing = _nearest(figure, inside)
    since = pointing.date_from if pointing is not None and pointing.relation == "since" else None
    return Told(
        situation=situation,
        kind=figure.kind,
        month=month,
        entry_id=entry.entry_id,
        start=figure.start,
        end=figure.end,
        text=figure.text,
        low=figure.low,
        best=figure.best,
        high=figure.high,
        attribution=figure.attribution,
        number=figure.best if figure.best is not None else figure.low or 0,
        since=since,
        points_to=since or _month_of(pointing, month),
        summary=". " not in entry.text[: figure.start] or "\n" not in entry.text[: figure.start] or figure.scope == "repeat",
        clause=entry.text[start:end].strip(),
    )


def _clause(text: str, figure: Casualty) -> tuple[int, int]:
    """Return the stretch between the stops, semicolons or line ends around a figure."""
    starts = [at + len(mark) for mark in STOPS if (at := text.rfind(mark, 0, figure.start)) >= 0]
    ends = [at for mark in STOPS if (at := text.find(mark, figure.end)) >= 0]
    return max(starts, default=0), min(ends, default=len(text))


def _nearest(figure: Casualty, inside: Sequence[Date]) -> Date | None:
    """Return the date a figure goes with: "since ..." right behind it, else the last before it, else the first behind it."""
    usable = [date for date in inside if date.relation != "by"]
    behind = [date for date in usable if date.start >= figure.end]
    if behind and behind[0].relation == "since" and behind[0].start - figure.end <= CLOSE:
        return behind[0]
    before = [date for date in usable if date.end <= figure.start]
    return before[-1] if before else behind[0] if behind else None


def _month_of(pointing: Date | None, month: dt.date) -> dt.date:
    """Return the first day of the past month that a date names; of the entry's own month where it names none."""
    if pointing is not None and pointing.date_from is not None and pointing.date_to is not None:
        first, last = pointing.date_from, pointing.date_to
        if last < month and (first.year, first.month) == (last.year, last.month):
            return first.replace(day=1)
    return month


def _chains(series: Sequence[Told]) -> list[list[Told]]:
    """Return figures of one situation and kind that point to the same, grouped into tolls, each in the order of telling."""
    chains: list[list[Told]] = []
    for told in series:
        fitting = [chain for chain in chains if any(_same(earlier, told) for earlier in chain)]
        if fitting:
            min(fitting, key=lambda chain: min(_distance(earlier, told) for earlier in chain if _same(earlier, told))).append(told)
        else:
            chains.append([told])
    return chains


def _same(earlier: Told, later: Told) -> bool:
    """Tell whether two figures of a situation and kind that point to the same are of one toll."""
    if _distance(earlier, later) > GROWTH:
        return False
    if earlier.since is not None:
        return True
    if earlier.entry_id == later.entry_id and not (earlier.summary or later.summary):
        return False
    return earlier.number == later.number or min(earlier.number, later.number) >= FEW


def _distance(one: Told, other: Told) -> float:
    """Return by what factor the larger number exceeds the smaller; 1 where they are equal."""
    low, high = sorted((one.number, other.number))
    return high / low if low else float("inf")


def _row(situation: str, kind: str, toll: Sequence[Told]) -> Toll:
    first, newest = toll[0], toll[-1]
    mark = f"{situation}|{kind}|{first.entry_id}|{first.start}"
    return Toll(
        toll_id=hashlib.sha256(mark.encode()).hexdigest()[:16],
        situation=situation,
        kind=newest.kind,
        what=first.clause,
        since=newest.since,
        happened=None if newest.since else newest.points_to,
        first_month=first.month,
        last_month=newest.month,
        entry_id=newest.entry_id,
        start=newest.start,
        end=newest.end,
        text=newest.text,
        low=newest.low,
        best=newest.best,
        high=newest.high,
        attribution=newest.attribution,
        series_months=tuple(f"{one.month:%Y-%m}" for one in toll),
        series_entry_ids=tuple(one.entry_id for one in toll),
        series_starts=tuple(one.start for one in toll),
        series_texts=tuple(one.text for one in toll),
        series_numbers=tuple(one.number for one in toll),
        series_attributions=tuple(one.attribution or "" for one in toll),
    )
