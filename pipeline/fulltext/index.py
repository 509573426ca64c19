"""The index: every entry's text and facts in one SQLite file beside the tables, brought up to date month by month.

The file is derived from the tables and holds, for each month, the size, time and hash of the Parquet files it was read
from. Before a search these are held against the files: a month that differs is read anew, a month that is gone is taken
out, all in one transaction, so that a reader, a second writer or a kill at any moment finds the old state or the new one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from pipeline import durable, ledger, store
from pipeline.fulltext import fill
from pipeline.tables import Entry

NAME = "search.sqlite"
# Another search may be indexing a whole archive.
PATIENCE = 600.0

Listen = Callable[[str, int, int], None]
State = dict[str, tuple[int, int, str]]


def opened(out: Path, tell: Listen = lambda *_: None) -> sqlite3.Connection:
    """Return a connection to the index of the tables below `out`, brought up to date with them.

    Where it cannot be written (no permission, no space), one is made in memory for this once. Raises TableError where a
    table is damaged, or another search does not let go of the index.
    """
    path = out / ledger.FOLDER / NAME
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        return _current(path, out, tell)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise store.TableError(f"{path} is in use by another search; try again") from None
        return _current(None, out, tell)
    except sqlite3.DatabaseError:
        discard(out)
        return _current(path, out, tell)


def discard(out: Path) -> None:
    """Take away a damaged index: all of it stands in the tables. Its journal goes too, or SQLite would play it into the next one."""
    for ending in ("", "-journal"):
        (out / ledger.FOLDER / f"{NAME}{ending}").unlink(missing_ok=True)


def _current(path: Path | None, out: Path, tell: Listen) -> sqlite3.Connection:
    connection = sqlite3.connect(path or ":memory:", timeout=PATIENCE, isolation_level=None)
    try:
        if stale(connection, out):
            _refresh(connection, out, tell)
    except BaseException:
        connection.close()
        raise
    return connection


def stale(connection: sqlite3.Connection, out: Path) -> set[str]:
    """Return the months whose files are not those the index was made from, the ones that are gone included."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    now = {label: state(out, label) for label in months(out)}
    if version != fill.VERSION:
        return set(now) or {store.UNKNOWN}
    was = _recorded(connection)
    return {label for label in now.keys() | was.keys() if _differs(now.get(label), was.get(label))}


def months(out: Path) -> list[str]:
    """Return the months the tables have entries of."""
    return store.labels(out, Entry)


def state(out: Path, label: str) -> State:
    """Return size and time of the files a month is indexed from, by table, without a hash; files that are not there are left out."""
    found: State = {}
    for row_class in fill.READ:
        try:
            status = store.part(out, row_class, label).stat()
        except FileNotFoundError:
            continue
        found[row_class.TABLE] = (status.st_size, status.st_mtime_ns, "")
    return found


def _recorded(connection: sqlite3.Connection) -> dict[str, State]:
    rows = connection.execute("SELECT label, files FROM months")
    return {label: {table: tuple(said) for table, said in json.loads(files).items()} for label, files in rows}


def _differs(now: Mapping[str, Any] | None, was: Mapping[str, Any] | None) -> bool:
    if now is None or was is None:
        return True
    return {table: said[:2] for table, said in now.items()} != {table: said[:2] for table, said in was.items()}


def _refresh(connection: sqlite3.Connection, out: Path, tell: Listen) -> None:
    """Bring the index up to date in one transaction; months whose files differ in time alone are not read again."""
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] != fill.VERSION:
            fill.lay_out(connection)
        todo = sorted(stale(connection, out))  # looked up again: another writer may have done it while this one waited
        was, there = _recorded(connection), set(months(out))
        for number, label in enumerate(todo, start=1):
            now = _hashed(out, label) if label in there else {}
            if label not in there or _hashes(now) != _hashes(was.get(label, {})) or label not in was:
                fill.take_out(connection, label)
                if label in there:
                    fill.put_in(connection, out, label)
            connection.execute("DELETE FROM months WHERE label = ?", (label,))
            if label in there:
                connection.execute("INSERT INTO months VALUES (?, ?)", (label, json.dumps(now)))
            if number == len(todo) or number % 25 == 0:
                tell("search index: months", number, len(todo))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _hashed(out: Path, label: str) -> State:
    """Return the state of a month's files with their hashes; taken before they are read, so that a later change is seen."""
    paths = {row_class.TABLE: store.part(out, row_class, label) for row_class in fill.READ}
    return {table: (size, time, durable.sha256(paths[table])) for table, (size, time, _) in state(out, label).items()}


def _hashes(said: Mapping[str, Any]) -> dict[str, str]:
    return {table: values[2] for table, values in said.items()}
