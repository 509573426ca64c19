"""Tables made for the explorer's tests: few entries, every kind of row, texts of our own."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.tables import Actor, Casualty, Crossref, Date, Entry, Event, EventRole, Place, RegisteredActor
from tests.conftest import make_entry

MONTH = dt.date(2024, 5, 1)
_BLANK: dict[type[store.Row], dict[str, Any]] = {
    Date: {"date_from": MONTH, "date_to": MONTH, "precision": "day", "relation": None, "kind": "absolute", "edtf": "2024-05-01"},
    Place: {
        "name": "Gao", "iso3": "MLI", "level": "settlement", "use": "location", "admin1": "Gao", "lat": 16.27, "lon": -0.04,
        "geonameid": 1, "geo_precision": 1, "match": "exact", "score": 1.0, "ambiguous": False,
    },
    Actor: {"actor_id": "mali-army", "name": "Malian army", "type": "military", "iso3": "MLI", "match": "lexicon"},
    Casualty: {
        "kind": "killed", "low": 3, "best": 3, "high": 3, "hedge": None, "implicit": False, "scope": "incident", "victims": None,
        "victim_group": "unknown", "attribution": None, "event_id": None,
    },
    Event: {
        "type": "armed_clash", "family": "Political violence", "date_from": MONTH, "date_to": MONTH, "date_precision": "day", "iso3": "MLI",
        "place": "Gao", "admin1": "Gao", "lat": 16.27, "lon": -0.04, "geo_precision": 1, "source": "Malian army", "target": None,
        "realis": "actual", "attribution": None, "killed_low": None, "killed_best": None, "killed_high": None, "injured_best": None,
        "plover": None, "acled": None, "cameo": None, "sentence_start": 0, "sentence_end": 1, "confidence": 0.9,
    },
    EventRole: {"role": "source", "actor_id": None, "name": None},
    Crossref: {"situation": "Niger", "iso3": "NER"},
}  # fmt: skip


def span(row_class: type[Any], entry: Entry, text: str, **known: Any) -> Any:
    """Return a row on the first place in the entry's text that reads `text`."""
    start = entry.text.index(text)
    where = {"entry_id": entry.entry_id, "start": start, "end": start + len(text), "text": text}
    if row_class is Event:
        where["event_id"] = f"{entry.entry_id}-{start}"
    return row_class(**where | _BLANK[row_class] | known)


def register(rows: Sequence[Any]) -> list[RegisteredActor]:
    """Return the registry of the actors among the rows."""
    actors: dict[str, list[Actor]] = defaultdict(list)
    for row in rows:
        if isinstance(row, Actor):
            actors[row.actor_id].append(row)
    return [
        RegisteredActor(
            actor_id=actor_id, name=several[0].name, aliases=(), type=several[0].type, iso3=several[0].iso3, first_seen=MONTH,
            last_seen=MONTH, entries=len({row.entry_id for row in several}), mentions=len(several), known_by="lexicon",
        )
        for actor_id, several in actors.items()
    ]  # fmt: skip


def write_tables(out: Path, entries: Sequence[Entry], rows: Sequence[Any]) -> Path:
    """Write entries and rows as the tables of a run; return their folder."""
    month = {entry.entry_id: store.month_label(entry.month) for entry in entries}
    parts: dict[tuple[type[Any], str | None], list[Any]] = defaultdict(list)
    for row in (*entries, *rows):
        parts[type(row), month[row.entry_id]].append(row)
    parts[RegisteredActor, None] = list(register(rows))
    for (row_class, label), several in parts.items():
        store.write(several, row_class, store.part(out, row_class, label), {})
    return out


def small(out: Path) -> Path:
    """Write three entries: one with every kind of row and astral characters, its older revision, one of no known month."""
    text = "Raid left three dead.\n𝒜rmy 🕊️ 3 May clashed with rebels in Gao, killing three (see Niger).\nEnvoy met rebels."
    entry = make_entry(text, entry_id="a" * 16, headline="Raid left three dead.", trend="deteriorated", risk_alert=True)
    older = make_entry("Older wording of it.", entry_id="b" * 16, superseded_by=entry.entry_id)
    adrift = make_entry("Café “Ségou” closed.", entry_id="c" * 16, situation=None, countries=(), region=None, month=None)
    clash = span(Event, entry, "clashed", sentence_start=22, sentence_end=91)
    rows = [
        clash,
        span(Event, entry, "met", type="meeting_visit_call", family="Diplomacy and external relations", realis="reported"),
        span(EventRole, entry, "𝒜rmy", event_id=clash.event_id, actor_id="mali-army"),
        span(EventRole, entry, "rebels", event_id=clash.event_id, role="target", actor_id="mali-rebels"),
        span(Actor, entry, "𝒜rmy"),
        span(Actor, entry, "rebels", actor_id="mali-rebels", name="Tuareg rebels", type="rebel"),
        span(Place, entry, "Gao"),
        span(Date, entry, "3 May"),
        span(Casualty, entry, "killing three", event_id=clash.event_id),
        span(Casualty, entry, "three dead", scope="repeat"),
        span(Crossref, entry, "Niger"),
        span(Actor, older, "Older wording"),
    ]
    return write_tables(out, [entry, older, adrift], rows)
