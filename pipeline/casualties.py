"""The `casualties` stage: the figures, each with the event it hangs on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields

from pipeline.by_entry import by_entry
from pipeline.tables import Casualty, Entry, EventRole, Figure


def join_events(entries: Sequence[Entry], figures: Sequence[Figure], event_roles: Sequence[EventRole]) -> Iterator[Casualty]:
    """Yield every figure with the event it hangs on: the first of those that name its span as their figure, None where none does."""
    figures_of = by_entry(figures)
    event_of: dict[tuple[str, int, int], str] = {}
    for role in event_roles:
        if role.role == "figure":
            event_of.setdefault((role.entry_id, role.start, role.end), role.event_id)
    columns = [field.name for field in fields(Figure)]
    for entry in entries:
        for figure in figures_of[entry.entry_id]:
            told = {name: getattr(figure, name) for name in columns}
            yield Casualty(**told, event_id=event_of.get((figure.entry_id, figure.start, figure.end)))
