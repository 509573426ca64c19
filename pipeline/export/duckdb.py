"""One DuckDB file: the tables with their types and column comments. Needs the extra [export]."""

from __future__ import annotations

import os
from collections import Counter
from contextlib import closing
from pathlib import Path

from pipeline import store
from pipeline.durable import whole_or_not
from pipeline.export.parts import columns_of, parts, row_classes
from pipeline.export.selection import Selection
from pipeline.export.sqlite import about

MEMORY = "512MB"
# A commit writes to the disk: one a month would take longer than the rest, one for all would hold everything in memory.
MONTHS = 24


def write_duckdb(tables: Path, chosen: Selection, path: Path, no_text: bool = False) -> Counter[str]:
    """Write the tables to one DuckDB file; return the number of rows by table.

    Lists stay lists, days days. The rows are the same at every run; the bytes need not be, since DuckDB places its own blocks.
    Raises ModuleNotFoundError where duckdb is not installed.
    """
    import duckdb

    classes = row_classes(tables)
    counts: Counter[str] = Counter()
    with whole_or_not(path) as file:
        Path(file.name).unlink()  # DuckDB makes its file itself, and takes no empty one
        with closing(duckdb.connect(file.name)) as connection:
            connection.execute(f"SET memory_limit = '{MEMORY}'")
            connection.begin()
            for name, row_class in classes.items():
                empty = store.schema(row_class).empty_table().select(columns_of(row_class, no_text))
                connection.register("share", empty)
                connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM share')
                connection.execute(f'COMMENT ON TABLE "{name}" IS {_literal((row_class.__doc__ or "").splitlines()[0])}')
                for column in empty.column_names:
                    said = _literal(store.columns(row_class)[column][3])
                    connection.execute(f'COMMENT ON COLUMN "{name}"."{column}" IS {said}')
            for number, (_, share) in enumerate(parts(tables, chosen, classes, no_text)):
                if number % MONTHS == MONTHS - 1:
                    connection.commit()
                    connection.begin()
                for name, table in share.items():
                    connection.register("share", table)
                    connection.execute(f'INSERT INTO "{name}" SELECT * FROM share')
                    counts[name] += table.num_rows
            connection.execute("CREATE TABLE metadata (key VARCHAR PRIMARY KEY, value VARCHAR NOT NULL)")
            connection.executemany("INSERT INTO metadata VALUES (?, ?)", [list(pair) for pair in about(chosen, no_text).items()])
            connection.commit()
        with Path(file.name).open("rb") as made:
            os.fsync(made.fileno())
    return counts


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
