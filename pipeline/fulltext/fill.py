"""What the index holds: its tables, and how one month's rows are put in and taken out."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.spelling import fold
from pipeline.tables import Actor, Casualty, Entry, Event, EventRole, Place

READ: tuple[type[store.Row], ...] = (Entry, Event, EventRole, Casualty, Actor, Place)
EVENT_COLUMNS = (
    "event_id", "start", "end", "text", "type", "family", "date_from", "date_to", "date_precision", "iso3", "place", "admin1",
    "source", "target", "realis", "killed_low", "killed_best", "killed_high", "injured_best",
    "sentence_start", "sentence_end", "confidence",
)  # fmt: skip
ENTRY_COLUMNS = ("entry_id", "situation", "region", "month", "trend", "risk_alert", "resolution_opportunity")
_EXACT = "unicode61 remove_diacritics 2"
_TABLES = f"""
CREATE TABLE months(label TEXT PRIMARY KEY, files TEXT);
CREATE TABLE entries(id INTEGER PRIMARY KEY, label TEXT, current INTEGER, {", ".join(ENTRY_COLUMNS)});
CREATE INDEX entries_by_label ON entries(label);
CREATE INDEX entries_by_situation ON entries(situation, month);
CREATE VIRTUAL TABLE texts USING fts5(headline, body, tokenize='{_EXACT}');
CREATE VIRTUAL TABLE forms USING fts5(form, tokenize='porter {_EXACT}');
CREATE TABLE known_forms(form TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE events(id INTEGER PRIMARY KEY, entry INTEGER, {", ".join(f'"{name}"' for name in EVENT_COLUMNS)});
CREATE INDEX events_by_entry ON events(entry);
CREATE INDEX events_by_type ON events(type, entry);
CREATE TABLE facts(what TEXT, value TEXT, entry INTEGER, event INTEGER, "start" INTEGER, "end" INTEGER,
    PRIMARY KEY(what, value, entry, event)) WITHOUT ROWID;
CREATE INDEX facts_by_entry ON facts(entry);
CREATE TABLE actor_names(label TEXT, key TEXT, actor_id TEXT, PRIMARY KEY(key, actor_id, label)) WITHOUT ROWID;
CREATE INDEX actor_names_by_label ON actor_names(label);
"""
# An index laid out otherwise is made anew; raise the number where what is read into it changes and its tables do not.
VERSION = zlib.crc32(f"1 {_TABLES}".encode()) & 0x7FFFFFFF


def lay_out(connection: sqlite3.Connection) -> None:
    """Drop whatever stands in the file and make the index's tables, inside the transaction that is open."""
    made = connection.execute("SELECT name, type FROM sqlite_master WHERE type = 'table'").fetchall()
    virtual = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL%'")]
    shadows = tuple(f"{name}_" for name in virtual)
    for name in virtual + [name for name, _ in made if name not in virtual and not name.startswith(shadows) and name[:7] != "sqlite_"]:
        connection.execute(f'DROP TABLE "{name}"')
    for statement in filter(str.strip, _TABLES.split(";\n")):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def take_out(connection: sqlite3.Connection, label: str) -> None:
    """Delete all that the index holds of a month."""
    ids = connection.execute("SELECT id FROM entries WHERE label = ?", (label,)).fetchall()
    for table, column in (("texts", "rowid"), ("events", "entry"), ("facts", "entry")):
        connection.executemany(f"DELETE FROM {table} WHERE {column} = ?", ids)
    connection.execute("DELETE FROM entries WHERE label = ?", (label,))
    connection.execute("DELETE FROM actor_names WHERE label = ?", (label,))


def put_in(connection: sqlite3.Connection, out: Path, label: str) -> None:
    """Read one month's tables into the index."""
    rows = {row_class: _rows(out, row_class, label) for row_class in READ}
    (after,) = connection.execute("SELECT coalesce(max(id), 0) FROM entries").fetchone()
    ids = {entry.entry_id: after + number for number, entry in enumerate(rows[Entry], start=1)}
    for entry in rows[Entry]:
        own = ids[entry.entry_id]
        values = [_plain(getattr(entry, name)) for name in ENTRY_COLUMNS]
        connection.execute(f"INSERT INTO entries VALUES (?, ?, ?{', ?' * len(values)})", (own, label, entry.superseded_by is None, *values))
        head, body = split(entry.text, entry.headline)
        connection.execute("INSERT INTO texts(rowid, headline, body) VALUES (?, ?, ?)", (own, head, body))
    learn_forms(connection, (entry.text for entry in rows[Entry]))
    events = _put_events(connection, rows[Event], ids)
    # The first mention of a fact stands for all: the rows are in order of key, and of two with one key the first is kept.
    facts = sorted({fact for fact in _facts(rows, ids, events) if fact[1]})
    connection.executemany("INSERT OR IGNORE INTO facts VALUES (?, ?, ?, ?, ?, ?)", facts)
    names = {(fold(said), actor.actor_id) for actor in rows[Actor] for said in (actor.name, actor.text, actor.actor_id)}
    connection.executemany("INSERT OR IGNORE INTO actor_names VALUES (?, ?, ?)", sorted((label, *name) for name in names))


def _rows(out: Path, row_class: type[store.Row], label: str) -> list[Any]:
    path = store.part(out, row_class, label)
    return store.read(row_class, path) if path.is_file() else []


def split(text: str, headline: str | None) -> tuple[str, str]:
    """Return an entry's headline and the rest of its text, so that both together are the text."""
    if headline and text.startswith(headline):
        return headline, text[len(headline) :]
    return "", text


def _put_events(connection: sqlite3.Connection, rows: Iterable[Event], ids: Mapping[str, int]) -> dict[str, int]:
    """Insert the events of entries that are there; return their numbers by event_id."""
    (after,) = connection.execute("SELECT coalesce(max(id), 0) FROM events").fetchone()
    known = [event for event in rows if event.entry_id in ids]
    told = [
        (number, ids[event.entry_id], *(_plain(getattr(event, name)) for name in EVENT_COLUMNS))
        for number, event in enumerate(known, start=after + 1)
    ]
    connection.executemany(f"INSERT INTO events VALUES (?, ?{', ?' * len(EVENT_COLUMNS)})", told)
    return {event.event_id: number for number, event in enumerate(known, start=after + 1)}


def _facts(
    rows: Mapping[type[store.Row], list[Any]], ids: Mapping[str, int], events: Mapping[str, int]
) -> Iterator[tuple[str, str, int, int, int, int]]:
    """Yield what entries (event 0) and events can be asked for, with its span: actors, places by all their names, kinds of harm."""
    for row_class in READ:
        for row in rows[row_class]:
            if entry := ids.get(row.entry_id):
                event = events.get(getattr(row, "event_id", None) or "", 0)
                for what, value in _told_by(row):
                    yield what, value, entry, event, *_span(row)
                    if event and isinstance(row, Casualty):
                        yield what, value, entry, 0, *_span(row)


def _span(row: Any) -> tuple[int, int]:
    return getattr(row, "start", 0), getattr(row, "end", 0)


def _told_by(row: Any) -> Iterator[tuple[str, str]]:
    """Yield what a row tells of its entry or event: what it is, and the value it is asked by."""
    match row:
        case Actor() | EventRole(role="source" | "target"):
            if row.actor_id:
                yield "actor", row.actor_id
        case Casualty():
            yield "kind", row.kind
        case Place():
            yield from (("place", key) for key in _place_keys(row, ("name", "text", "admin1", "iso3")))
        case Event():
            yield from (("place", key) for key in _place_keys(row, ("place", "admin1", "iso3")))
        case EventRole(role="place"):
            yield from (("place", key) for key in _place_keys(row, ("name", "text")))


def _place_keys(row: Place | Event | EventRole, names: Iterable[str]) -> set[str]:
    return {fold(value) for name in names if (value := getattr(row, name))}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def learn_forms(connection: sqlite3.Connection, texts: Iterable[str]) -> None:
    """Add the texts' words to the list of word forms, which is searched by stem: the same tokenizer finds the words."""
    connection.execute(f"CREATE VIRTUAL TABLE temp.fresh USING fts5(text, tokenize='{_EXACT}')")
    connection.execute("CREATE VIRTUAL TABLE temp.fresh_forms USING fts5vocab(temp, fresh, row)")
    connection.executemany("INSERT INTO temp.fresh VALUES (?)", ((text,) for text in texts))
    new = connection.execute("SELECT term FROM temp.fresh_forms WHERE term NOT IN (SELECT form FROM known_forms)").fetchall()
    connection.executemany("INSERT INTO known_forms VALUES (?)", new)
    connection.executemany("INSERT INTO forms VALUES (?)", new)
    connection.execute("DROP TABLE temp.fresh_forms")
    connection.execute("DROP TABLE temp.fresh")
