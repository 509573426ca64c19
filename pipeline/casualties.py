"""The `casualties` stage: the figures, each with the event it hangs on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import fields, replace

from pipeline.by_entry import by_entry
from pipeline.tables import Casualty, Entry, Event, EventRole, Figure


def join_events(
    entries: Sequence[Entry], figures: Sequence[Figure], events: Sequence[Event], event_roles: Sequence[EventRole]
) -> Iterator[Casualty]:
    """Yield every figure with the event it hangs on: the first of those that name its span as their figure, None where none does.

    Rival figures point to the one of them that counts: the first told whose event is actual or that hangs on none, else the first told.
    """
    figures_of = by_entry(figures)
    unsure = {event.event_id for event in events if event.realis != "actual"}
    event_of: dict[tuple[str, int, int], str] = {}
    for role in event_roles:
        if role.role == "figure":
            event_of.setdefault((role.entry_id, role.start, role.end), role.event_id)
    columns = [field.name for field in fields(Figure)]
    for entry in entries:
        rows = []
        for figure in figures_of[entry.entry_id]:
            told = {name: getattr(figure, name) for name in columns}
            rows.append(Casualty(**told, event_id=event_of.get((figure.entry_id, figure.start, figure.end))))
        yield from _settle_rivals(rows, unsure)


def _settle_rivals(rows: Sequence[Casualty], unsure: Set[str]) -> Iterator[Casualty]:
    """Yield an entry's figures; of those that rival each other, the one that counts has no `rival_of`, the others have its `start`."""
    tolls: defaultdict[tuple[str, int | None], list[Casualty]] = defaultdict(list)
    for row in rows:
        tolls[row.kind, row.start if row.rival_of is None else row.rival_of].append(row)
    for row in rows:
        toll = tolls[row.kind, row.start if row.rival_of is None else row.rival_of]
        counted = next((rival for rival in toll if rival.event_id not in unsure), toll[0])
        rivals = any(rival.rival_of is not None for rival in toll)
        yield replace(row, rival_of=None if row is counted else counted.start) if rivals else row
