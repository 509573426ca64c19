"""Rows to Parquet and back: the one write gate and the one read gate.

A table is a folder: one file a month (`year=2022/2022-01.parquet`, `year=unknown/unknown.parquet`), or one file for
tables that belong to no month. Files are written beside their place, synced, then renamed over it, so a reader sees
the old file or the new one, never half of one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.durable import whole_or_not
from pipeline.schema import R, Row, TableError, columns, from_columns, schema, to_arrow

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = [
    "UNKNOWN", "Row", "TableError", "all_rows", "column", "columns", "count", "keep", "labels", "month_label", "part", "read", "schema",
    "sweep", "to_arrow", "write",
]  # fmt: skip

UNKNOWN = "unknown"


def write(rows: Iterable[R], row_class: type[R], path: Path, made_by: Mapping[str, str]) -> int:
    """Write the rows as one Parquet file, whole or not at all; return their number. `made_by` goes into the file's metadata.

    A file that holds these bytes already is left alone, so that one new bulletin does not make the disk sync an archive.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = to_arrow(rows, row_class)
    table = table.replace_schema_metadata({"crisiswatch": json.dumps(dict(made_by), sort_keys=True), "table": row_class.TABLE})
    buffer = pa.BufferOutputStream()
    pq.write_table(table, buffer, compression="zstd")
    data = buffer.getvalue()
    if not _holds(path, data):
        with whole_or_not(path) as file:
            file.write(data)
    return int(table.num_rows)


def keep(rows: Sequence[R], row_class: type[R], path: Path, made_by: Mapping[str, str]) -> None:
    """Write the rows, in the order of their key, unless the file holds them already; one that is damaged does not.

    Writing, unlike reading, makes Arrow load pandas: a second in which a run that has nothing to do is over.
    """
    with suppress(TableError):
        if path.is_file() and read(row_class, path) == list(rows):
            return
    write(rows, row_class, path, made_by)


def _holds(path: Path, data: pa.Buffer) -> bool:
    return path.is_file() and path.stat().st_size == data.size and path.read_bytes() == memoryview(data)


def read(row_class: type[R], path: Path, only: Sequence[str] = ()) -> list[R]:
    """Return the rows of one file; with `only`, rows that have these columns and raise AttributeError where another is asked for.

    Raises TableError where the file is damaged, or its schema another than this version's: another version made the tables.
    """
    with _opened(path) as file:
        if not file.schema_arrow.equals(schema(row_class)):
            raise TableError(f"{path}: its columns are not those of this version; run `crisiswatch run --force`")
        table = file.read(columns=list(only) or None, use_threads=False)  # a month's file is read before a thread has started
    values: dict[str, list[Any]] = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        values[name] = column.to_pylist()
        if column.type.num_fields:
            values[name] = [None if value is None else tuple(value) for value in values[name]]
    return from_columns(row_class, values)


def count(path: Path) -> int:
    """Return how many rows a file has; raises TableError where it is damaged."""
    with _opened(path) as file:
        return int(file.metadata.num_rows)


def column(path: Path, name: str) -> list[Any]:
    """Return one column of a file; raises TableError where it is damaged."""
    with _opened(path) as file:
        values: list[Any] = file.read(columns=[name])[name].to_pylist()
    return values


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # ParquetFile, since read_table would load pandas and the dataset machinery: half a second at every start.
        with pq.ParquetFile(path) as file:
            yield file
    except OSError as error:
        if error.errno is not None:
            raise
        raise TableError(f"{path} is damaged ({error}); run `crisiswatch run --force`") from None
    except pa.ArrowInvalid as error:
        raise TableError(f"{path} is damaged ({error}); run `crisiswatch run --force`") from None


def month_label(month: dt.date | None) -> str:
    """Return the name of a month's partition: "2022-01", or "unknown"."""
    return UNKNOWN if month is None else f"{month:%Y-%m}"


def part(out: Path, row_class: type[Row], label: str | None = None) -> Path:
    """Return the path of a table's file: that of a month, or the only one of a table that belongs to no month."""
    folder = out / row_class.TABLE
    if row_class.BY == "whole":
        return folder / f"{label or row_class.TABLE}.parquet"
    if label is None:
        raise ValueError(f"{row_class.TABLE} has one file a month: name the month")
    return folder / f"year={label[:4] if label != UNKNOWN else UNKNOWN}" / f"{label}.parquet"


def labels(out: Path, row_class: type[Row]) -> list[str]:
    """Return the partitions a table has on disk, in order of time, "unknown" last."""
    return sorted(path.stem for path in (out / row_class.TABLE).glob("**/[!.]*.parquet"))


def all_rows(out: Path, row_class: type[R], only: Sequence[str] = ()) -> list[R]:
    """Return all rows of a table, file by file in order of time, `only` as in `read`; none where there is no such table."""
    return [row for label in labels(out, row_class) for row in read(row_class, part(out, row_class, label), only)]


def sweep(folder: Path, wanted: set[str]) -> None:
    """Take away the files of a table that bear none of the wanted labels."""
    for path in folder.glob("**/[!.]*.parquet") if folder.is_dir() else ():
        if path.stem not in wanted:
            path.unlink()
