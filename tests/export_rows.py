"""Small sets of tables to export: sentences of ours with the rows a careful reader would give them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.tables import Actor, Casualty, CountryMonth, Entry, Event, Place, RegisteredActor
from pipeline.typology import Typology
from tests.conftest import make_entry

Spec = dict[str, Any]


def actor(entry: Entry, text: str, kind: str, **known: Any) -> Actor:
    """Return the first mention of `text` as an actor of that type, of Mali, known by its role."""
    start = entry.text.index(text)
    values: Spec = {"actor_id": text.lower().replace(" ", "-"), "name": text, "iso3": "MLI", "match": "role"}
    return Actor(entry_id=entry.entry_id, start=start, end=start + len(text), text=text, type=kind, **values | known)  # type: ignore[arg-type]


def event(entry: Entry, text: str, kind: str, **known: Any) -> Event:
    """Return the first mention of `text` as the trigger of an actual event, in Gao city on 3 May 2024, nobody named."""
    start, row = entry.text.index(text), Typology.load().types[kind]
    sentence = entry.text.rfind("\n", 0, start) + 1
    end = entry.text.find("\n", start)
    values: Spec = {
        "event_id": f"{kind}-{entry.entry_id}-{start}", "date_from": dt.date(2024, 5, 3), "date_to": dt.date(2024, 5, 3),
        "date_precision": "day", "iso3": "MLI", "place": "Gao", "admin1": "Gao", "lat": 16.27, "lon": -0.04, "geo_precision": 1,
        "source": None, "target": None, "realis": "actual", "attribution": None, "killed_low": None, "killed_best": None,
        "killed_high": None, "injured_best": None, "sentence_start": sentence, "sentence_end": len(entry.text) if end < 0 else end,
        "confidence": 0.9,
    }  # fmt: skip
    return Event(
        entry_id=entry.entry_id, start=start, end=start + len(text), text=text, type=kind, family=row.family,
        plover=row.plover, acled=row.acled, cameo=row.cameo, **values | known,
    )  # fmt: skip


def figure(told: Event, entry: Entry, text: str, **known: Any) -> Casualty:
    """Return the first mention of `text` as people killed in an event: one, exactly, of no known side."""
    start = entry.text.index(text)
    values: Spec = {
        "kind": "killed", "low": 1, "best": 1, "high": 1, "hedge": None, "implicit": False, "scope": "incident", "victims": None,
        "victim_group": "unknown", "attribution": None, "event_id": told.event_id,
    }  # fmt: skip
    return Casualty(entry_id=entry.entry_id, start=start, end=start + len(text), text=text, **values | known)


def country_month(situation: str, iso3: str | None, month: dt.date, **known: Any) -> CountryMonth:
    """Return a row of the panel, all counts 0, covered by an entry."""
    values: Spec = {name: 0 for name, (kind, *_) in store.columns(CountryMonth).items() if kind is int} | {
        "own": True, "covered": True, "coverage": "entry", "tracking": None, "entries": 1, "trend": None, "risk_alert": None,
        "resolution_opportunity": None, "gwcode": 432, "views_month_id": (month.year - 1980) * 12 + month.month,
    }  # fmt: skip
    others = {name: None for name in store.columns(CountryMonth) if name not in {*values, "iso3", "month", "situation"}}
    return CountryMonth(iso3=iso3, month=month, situation=situation, **others | values | known)


def write_tables(folder: Path, *rows: Any) -> Path:
    """Write rows as the tables a run would have made, registering the actors; return the folder."""
    entries = {row.entry_id: row for row in rows if isinstance(row, Entry)}
    actors = [row for row in rows if isinstance(row, Actor)]
    registered = {row.actor_id: _registered(row) for row in actors}.values()
    by_file: dict[tuple[type[store.Row], str], list[Any]] = {}
    for row in (*rows, *registered):
        month = row.month if hasattr(row, "month") else entries[row.entry_id].month if type(row).BY == "month" else None
        label = store.month_label(month) if type(row).BY == "month" else type(row).TABLE
        by_file.setdefault((type(row), label), []).append(row)
    for (row_class, label), held in by_file.items():
        store.write(held, row_class, store.part(folder, row_class, label), {})
    return folder


def _registered(row: Actor) -> RegisteredActor:
    return RegisteredActor(
        actor_id=row.actor_id, name=row.name, aliases=(row.text,), type=row.type, iso3=row.iso3, first_seen=None, last_seen=None,
        entries=1, mentions=1, known_by=row.match,
    )  # fmt: skip


def place(entry: Entry, text: str, **known: Any) -> Place:
    """Return the first mention of `text` as a town of Mali."""
    start = entry.text.index(text)
    values: Spec = {
        "name": text, "iso3": "MLI", "level": "settlement", "use": "location", "admin1": text, "lat": 16.27, "lon": -0.04,
        "geonameid": 2457163, "geo_precision": 1, "match": "exact", "score": 1.0, "ambiguous": False,
    }  # fmt: skip
    return Place(entry_id=entry.entry_id, start=start, end=start + len(text), text=text, **values | known)


RAID = (
    "Raid killed soldiers and traders.\n"
    "Sand Front fighters 3 May attacked army post in Gao, killing four soldiers and at least two traders; "
    "officials said dozens of fighters died."
)


def raid(**known: Any) -> tuple[Entry, list[Any]]:
    """Return an entry on Mali, May 2024, with one clash: four soldiers, two or more traders and dozens of fighters dead."""
    entry = make_entry(RAID, **known)
    clash = event(entry, "attacked", "armed_clash", source="Sand Front", target="army; traders")
    rows: Sequence[Any] = (
        actor(entry, "Sand Front fighters", "rebel", name="Sand Front", actor_id="sand-front", match="lexicon"),
        actor(entry, "army", "military"),
        actor(entry, "traders", "civilian", match="description", actor_id="traders-mli"),
        place(entry, "Gao"),
        clash,
        figure(clash, entry, "four", low=4, best=4, high=4, victims="soldiers", victim_group="state_forces"),
        figure(clash, entry, "at least two", low=2, best=2, high=None, hedge="at least", victims="traders", victim_group="civilian"),
        figure(
            clash,
            entry,
            "dozens",
            low=24,
            best=None,
            high=None,
            victims="fighters",
            victim_group="non_state_armed",
            attribution="officials",
        ),
    )
    return entry, [entry, *rows, country_month("Mali", "MLI", dt.date(2024, 5, 1), killed_low=30, killed_best=30, killed_high=None)]
