"""One SQLite file that Datasette opens with search: keys, foreign keys, full text, views of facts beside their sentences."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import __version__, store
from pipeline.durable import whole_or_not, write_json
from pipeline.export import withheld
from pipeline.export.notice import CREDIT, notice
from pipeline.export.parts import columns_of, parts, row_classes
from pipeline.export.selection import Selection

if TYPE_CHECKING:
    import pyarrow as pa

_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", bool: "INTEGER", dt.date: "TEXT"}
# Column: the table and column it points to, wherever both are exported.
_POINTS = {"entry_id": ("entries", "entry_id"), "event_id": ("events", "event_id"), "superseded_by": ("entries", "entry_id"),
           "actor_id": ("actor_registry", "actor_id")}  # fmt: skip
_UNIQUE = {"entries": ("entry_id",), "events": ("event_id",), "actor_registry": ("actor_id",)}
_INDEXED = {
    "entries": ("month", "situation"), "events": ("type", "iso3", "date_from"), "casualties": ("kind", "event_id"), "actors": ("actor_id",),
    "places": ("iso3",), "event_roles": ("actor_id",), "country_months": ("month",),
}  # fmt: skip
# Facts beside the text they were read from: the trigger's sentence, the figure's surroundings.
_VIEWS = {
    "events_in_text": (
        "events",
        'SELECT n.situation, n.month, e.type, e.date_from, e.date_to, e.place, e.iso3, e.source, e.target, e.realis, e.killed_best, '
        "substr(n.text, e.sentence_start + 1, e.sentence_end - e.sentence_start) AS sentence, e.text AS trigger, e.confidence, "
        "e.event_id, e.entry_id FROM events e JOIN entries n USING (entry_id)",
    ),
    "figures_in_text": (
        "casualties",
        'SELECT n.situation, n.month, c.kind, c.low, c.best, c.high, c.scope, c.victims, c.attribution, '
        'substr(n.text, max(c.start - 79, 1), c."end" - c.start + 160) AS around, c.text AS figure, c.event_id, c.entry_id '
        "FROM casualties c JOIN entries n USING (entry_id)",
    ),
}  # fmt: skip
_SEARCHED = ("situation", "headline", "text")


def write_sqlite(tables: Path, chosen: Selection, path: Path, no_text: bool = False) -> Counter[str]:
    """Write the tables to one SQLite file, Datasette's metadata beside it as .metadata.json; return the number of rows by table.

    The same tables give the same bytes under the same version of SQLite.
    """
    classes = row_classes(tables)
    counts: Counter[str] = Counter()
    with whole_or_not(path) as file, closing(sqlite3.connect(file.name, isolation_level=None)) as connection:
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "page_size = 8192"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN")
        for row_class in classes.values():
            connection.execute(_create(row_class, classes, no_text))
        for _, share in parts(tables, chosen, classes, no_text):
            for name, table in share.items():
                _insert(connection, name, table)
                counts[name] += table.num_rows
        _finish(connection, classes, chosen, no_text)
        connection.execute("COMMIT")
        connection.execute("VACUUM")
    write_json(path.with_suffix(".metadata.json"), metadata(classes, path.stem, no_text))
    return counts


def _quoted(name: str) -> str:
    return f'"{name}"'


def _create(row_class: type[store.Row], classes: Mapping[str, type[store.Row]], no_text: bool) -> str:
    known = store.columns(row_class)
    names = columns_of(row_class, no_text)
    lines = [f"{_quoted(name)} {_TYPES.get(known[name][0], 'TEXT')}{'' if known[name][1] else ' NOT NULL'}" for name in names]
    key = _UNIQUE.get(row_class.TABLE) or row_class.KEY
    if not any(known[name][1] for name in key):
        lines.append(f"PRIMARY KEY ({', '.join(map(_quoted, key))})")
    for name in names:
        table, column = _POINTS.get(name, ("", ""))
        if table in classes and (table, column) != (row_class.TABLE, name):
            lines.append(f"FOREIGN KEY ({_quoted(name)}) REFERENCES {_quoted(table)} ({_quoted(column)})")
    return f"CREATE TABLE {_quoted(row_class.TABLE)} (\n  " + ",\n  ".join(lines) + "\n)"


def _insert(connection: sqlite3.Connection, name: str, table: pa.Table) -> None:
    columns = [_plain(column) for column in table.columns]
    marks = ", ".join("?" * len(columns))
    connection.executemany(f"INSERT INTO {_quoted(name)} VALUES ({marks})", zip(*columns, strict=True))


def _plain(column: pa.ChunkedArray) -> list[Any]:
    """Return a column's values as SQLite has them: days in ISO form, lists as JSON, truth values as 0 and 1."""
    import pyarrow as pa

    if pa.types.is_list(column.type):
        return [json.dumps(value, ensure_ascii=False) for value in column.to_pylist()]
    if pa.types.is_date(column.type):
        column = column.cast(pa.string())
    return column.to_pylist()  # type: ignore[no-any-return]


def _finish(connection: sqlite3.Connection, classes: Mapping[str, type[store.Row]], chosen: Selection, no_text: bool) -> None:
    for table, columns in _INDEXED.items():
        for column in columns if table in classes else ():
            connection.execute(f'CREATE INDEX "{table}_{column}" ON {_quoted(table)} ({_quoted(column)})')
    if not no_text:
        for name, (table, select) in _VIEWS.items():
            if table in classes:
                connection.execute(f"CREATE VIEW {_quoted(name)} AS {select}")
        # Datasette finds the index by this very spelling of content="entries".
        searched = ", ".join(_SEARCHED)
        connection.execute(
            f'CREATE VIRTUAL TABLE entries_fts USING fts5({searched}, content="entries", tokenize="unicode61 remove_diacritics 2")'
        )
        connection.execute(f"INSERT INTO entries_fts (rowid, {searched}) SELECT rowid, {searched} FROM entries")
    connection.execute("CREATE TABLE metadata (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
    connection.executemany("INSERT INTO metadata VALUES (?, ?)", about(chosen, no_text).items())


def about(chosen: Selection, no_text: bool) -> dict[str, str]:
    """Return what a file says of itself: where it comes from, whom to credit, what was chosen and what left out."""
    return {
        "notice": notice(),
        "credit": CREDIT,
        "made_by": f"crisiswatch-pipeline {__version__}",
        "since": f"{chosen.since:%Y-%m}" if chosen.since else "the first month",
        "until": f"{chosen.until:%Y-%m}" if chosen.until else "the last month",
        "situations": ", ".join(sorted(chosen.situations)) or "all",
        "text": " ".join(withheld.left_out()) if no_text else "with the text",
        "sums": "Only casualties of scope incident may be summed; events of realis actual are told as fact.",
    }


def metadata(classes: Mapping[str, type[store.Row]], database: str, no_text: bool) -> dict[str, Any]:
    """Return Datasette's metadata: the notice on every page, each table's and column's meaning."""
    described = {
        name: {
            "description": f"{(row_class.__doc__ or '').strip().splitlines()[0]} {notice()}",
            "columns": {column: store.columns(row_class)[column][3] for column in columns_of(row_class, no_text)},
        }
        for name, row_class in classes.items()
    }
    return {
        "title": "CrisisWatch tables",
        "description": notice(),
        "source": "CrisisWatch, International Crisis Group",
        "source_url": "https://www.crisisgroup.org/crisiswatch",
        "databases": {database: {"tables": described}},
    }
