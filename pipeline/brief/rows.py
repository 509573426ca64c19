"""The rows of a run that a month's brief is made of, and the lines it is made to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from pipeline import asked, schema, store
from pipeline.tables import Actor, Casualty, CountryMonth, Coverage, Crossref, Entry, Event, RegisteredActor, SituationMonth, TrendEstimate

_PAST_PARTS = 60  # months looked back for a situation's earlier entries


class NoSuchMonth(LookupError):  # noqa: N818
    """The tables hold no entry of the month asked for; the message names those there are."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said of one situation (or several that tell the same), the entries that say it, and what it rests on."""

    situation: str
    entry_ids: tuple[str, ...]
    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A month's rows; `past` and `last_seen` are the earlier months with an entry, by situation."""

    month: dt.date
    entries: dict[str, Entry]
    coverage: list[Coverage]
    trends: dict[str, TrendEstimate]
    now: dict[str, SituationMonth]
    past: dict[str, list[SituationMonth]]
    panel: list[CountryMonth]
    events: list[Event]
    casualties: list[Casualty]
    crossrefs: list[Crossref]
    actors: list[Actor]
    registry: dict[str, RegisteredActor]
    last_seen: dict[str, SituationMonth]


def read_rows(out: Path, month: str | None) -> Rows:
    """Return the rows of a month ("2026-02"), the newest with entries where none is named.

    Raises NoSuchMonth where there is none, NotKnown where that is no month.
    """
    wanted = asked.month(month)
    there = [label for label in store.labels(out, Entry) if label != store.UNKNOWN and store.count(store.part(out, Entry, label))]
    label = store.month_label(wanted) if wanted else there[-1] if there else None
    if label not in there:
        said = f"the newest it has are {', '.join(there[-5:])}" if there else "it has none: run `crisiswatch run` first"
        raise NoSuchMonth(f"{out} holds no entry of {label or 'a known month'}; {said}")
    first = dt.date(int(label[:4]), int(label[5:]), 1)
    earlier = [one for one in store.labels(out, SituationMonth) if one < label][-_PAST_PARTS:]
    past: dict[str, list[SituationMonth]] = {}
    for one in earlier:
        for row in store.read(SituationMonth, store.part(out, SituationMonth, one)):
            if row.covered:
                past.setdefault(row.situation, []).append(row)
    return Rows(
        first,
        {entry.entry_id: entry for entry in _part(out, Entry, label) if entry.superseded_by is None and entry.situation},
        _part(out, Coverage, label),
        {row.situation: row for row in store.all_rows(out, TrendEstimate) if row.month == first},
        {row.situation: row for row in _part(out, SituationMonth, label) if row.covered},
        past,
        _part(out, CountryMonth, label),
        _part(out, Event, label),
        _part(out, Casualty, label),
        _part(out, Crossref, label),
        _part(out, Actor, label),
        {actor.actor_id: actor for actor in store.all_rows(out, RegisteredActor)},
        {situation: rows[-1] for situation, rows in past.items()},
    )


def _part(out: Path, row_class: type[schema.R], label: str) -> list[schema.R]:
    path = store.part(out, row_class, label)
    return store.read(row_class, path) if path.is_file() else []
