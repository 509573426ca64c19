"""The tables as columns, a year at a time: entries in the order the explorer numbers them, facts in the order of their entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.tables import Actor, Casualty, Crossref, Date, Entry, Event, EventRole, Place, Token

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.explorer.pack import Numbers

ENTRY_COLUMNS = (
    "entry_id",
    "situation",
    "countries",
    "region",
    "month",
    "trend",
    "risk_alert",
    "resolution_opportunity",
    "headline",
    "text",
)
FACT_COLUMNS: Mapping[type[store.Row], tuple[str, ...]] = {
    Date: ("start", "end", "date_from", "date_to", "precision", "relation", "edtf"),
    Place: ("start", "end", "name", "iso3", "level", "use", "admin1", "lat", "lon", "geo_precision", "match"),
    Actor: ("start", "end", "actor_id", "name", "type", "iso3", "match"),
    Casualty: (
        "start", "end", "kind", "low", "best", "high", "hedge", "implicit", "scope", "victims", "victim_group", "attribution", "event_id",
        "rival_of",
    ),
    Event: (
        "event_id", "start", "end", "type", "family", "date_from", "date_to", "date_precision", "iso3", "place", "admin1", "lat", "lon",
        "geo_precision", "source", "target", "realis", "attribution", "sentence_start", "sentence_end", "confidence",
    ),
    EventRole: ("event_id", "start", "end", "role", "actor_id", "name"),
    Crossref: ("start", "end", "situation"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """Rows of one table in the order of their entries; `rank` is the number of each row's entry in its year, ascending."""

    rows: pa.Table
    rank: Numbers

    def counts(self, entries: int) -> Numbers:
        """Return how many rows each entry has."""
        import numpy as np

        return np.bincount(self.rank, minlength=entries)

    def firsts(self, entries: int) -> Numbers:
        """Return the row at which each entry's begin, with the end."""
        import numpy as np

        return np.concatenate(([0], np.cumsum(self.counts(entries))))


@dataclass(frozen=True, slots=True)
class Year:
    """The entries of a year that no later revision supersedes, by month and situation, with their facts by table."""

    name: str
    entries: pa.Table
    facts: Mapping[str, Facts]

    def column(self, name: str) -> list[Any]:
        values: list[Any] = self.entries[name].to_pylist()
        return values


def years(tables: Path) -> Iterator[Year]:
    """Yield the years in order, entries of unknown month last; raises TableError where a file is damaged or of another version."""
    import pyarrow as pa

    for name, labels in groupby(store.labels(tables, Entry), key=lambda label: label[:4] if label != store.UNKNOWN else store.UNKNOWN):
        several = list(labels)
        entries = pa.concat_tables([_entries(tables, label) for label in several])
        if entries.num_rows:
            facts = {row_class.TABLE: _facts(tables, row_class, several, entries["entry_id"]) for row_class in FACT_COLUMNS}
            facts["sentences"] = _sentences(tables, several, entries["entry_id"])
            yield Year(name, entries, facts)


def read_columns(row_class: type[store.Row], path: Path, columns: Sequence[str]) -> pa.Table:
    """Return some columns of a file, with nulls in those it has not but may be null: an older version wrote it.

    Raises TableError where it is damaged or lacks a column that may not be null.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([store.schema(row_class).field(name).remove_metadata() for name in columns])
    if not path.is_file():
        return schema.empty_table()
    try:
        with pq.ParquetFile(path) as file:
            table = file.read(columns=list(columns), use_threads=False)
        for field in schema:
            if field.name not in table.column_names and field.nullable:
                table = table.append_column(field, pa.nulls(table.num_rows, field.type))
        return table.select(list(columns)).replace_schema_metadata().cast(schema)
    except (OSError, KeyError, ValueError, pa.ArrowInvalid) as error:
        raise store.TableError(f"{path} cannot be read ({error}); run `crisiswatch run --force`") from None


def _entries(tables: Path, label: str) -> pa.Table:
    import pyarrow.compute as pc

    rows = read_columns(Entry, store.part(tables, Entry, label), (*ENTRY_COLUMNS, "superseded_by"))
    current = rows.filter(pc.is_null(rows["superseded_by"])).drop_columns(["superseded_by"])
    return current.sort_by([("situation", "ascending"), ("entry_id", "ascending")])


def _facts(tables: Path, row_class: type[store.Row], labels: Sequence[str], entry_ids: Any) -> Facts:
    import pyarrow as pa

    columns = ("entry_id", *FACT_COLUMNS[row_class])
    parts = [read_columns(row_class, store.part(tables, row_class, label), columns) for label in labels]
    return _in_order(pa.concat_tables(parts), entry_ids)


def _in_order(rows: pa.Table, entry_ids: Any) -> Facts:
    import numpy as np
    import pyarrow.compute as pc

    rank = pc.index_in(rows["entry_id"], value_set=entry_ids.combine_chunks())
    kept = pc.is_valid(rank)
    rows, rank = rows.filter(kept), rank.filter(kept).to_numpy().astype(np.int64)
    order = np.argsort(rank, kind="stable")
    return Facts(rows.drop_columns(["entry_id"]).take(order), rank[order])


def _sentences(tables: Path, labels: Sequence[str], entry_ids: Any) -> Facts:
    """Return the first and last offset of every sentence, as the tokens have them; none where the table is missing."""
    import pyarrow as pa

    parts = []
    for label in labels:
        tokens = read_columns(Token, store.part(tables, Token, label), ("entry_id", "sentence", "start", "end"))
        made = tokens.group_by(["entry_id", "sentence"], use_threads=False).aggregate([("start", "min"), ("end", "max")])
        parts.append(made.sort_by([("entry_id", "ascending"), ("sentence", "ascending")]))
    rows = pa.concat_tables(parts).rename_columns({"start_min": "start", "end_max": "end"}).select(["entry_id", "start", "end"])
    return _in_order(rows, entry_ids)
