"""Which part of the tables is exported: months since and until, situations, and whether superseded revisions count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from pipeline import asked, store
from pipeline.spelling import fold
from pipeline.tables import Actor, CountryMonth, Document, Entry, RegisteredActor

if TYPE_CHECKING:
    import pyarrow as pa

R = TypeVar("R", bound=store.Row)


class NothingChosen(LookupError):  # noqa: N818
    """The tables hold nothing of what was asked for, or no table at all; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to export: first and last month (inclusive, first days; None is open), situations by folded name (empty is all).

    `current` leaves out revisions that a later one of the same situation and month supersedes.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    situations: frozenset[str] = field(default_factory=frozenset)
    current: bool = False

    @property
    def everything(self) -> bool:
        """Whether no entry is left out."""
        return self == Selection()

    def has_month(self, label: str) -> bool:
        """Tell whether a month's partition is in; what has no month is in only where no months are named."""
        if label == store.UNKNOWN:
            return self.since is None and self.until is None
        first = dt.date.fromisoformat(f"{label}-01")
        return (self.since is None or first >= self.since) and (self.until is None or first <= self.until)

    def has_situation(self, name: str | None) -> bool:
        """Tell whether a situation is in."""
        return not self.situations or fold(name or "") in self.situations

    def has_entry(self, entry: Entry) -> bool:
        """Tell whether an entry of a month that is in is in."""
        return self.has_situation(entry.situation) and not (self.current and entry.superseded_by)


@dataclass(frozen=True, slots=True)
class Month:
    """One month's share of the selection; its tables are read when asked for, so that only one month is held at a time.

    `superseded` counts the revisions left out since a later one took their place.
    """

    tables: Path
    label: str
    chosen: Selection
    entries: tuple[Entry, ...]
    superseded: int
    all_entries: bool

    def rows(self, row_class: type[R]) -> list[R]:
        """Return the month's rows of a table, in order of key: those of the entries chosen, of panels those of the situations."""
        path = store.part(self.tables, row_class, self.label)
        rows: list[Any] = store.read(row_class, path) if path.is_file() else []
        if is_panel(row_class):
            return [row for row in rows if self.chosen.has_situation(row.situation)]
        if self.all_entries:
            return rows
        kept = {entry.entry_id for entry in self.entries}
        return [row for row in rows if row.entry_id in kept]

    def arrow(self, row_class: type[store.Row]) -> pa.Table:
        """Return the same as an Arrow table."""
        import pyarrow as pa
        import pyarrow.compute as pc

        table = read_arrow(row_class, store.part(self.tables, row_class, self.label))
        if is_panel(row_class):
            return table.filter(pa.array([self.chosen.has_situation(name) for name in table["situation"].to_pylist()], pa.bool_()))
        if self.all_entries:
            return table
        return table.filter(pc.is_in(table["entry_id"], pa.array([entry.entry_id for entry in self.entries], pa.string())))


def is_panel(row_class: type[store.Row]) -> bool:
    """Tell whether a table's rows are of situations and months, also of months no entry was written on."""
    columns = store.columns(row_class)
    return "situation" in columns and ("entry_id" not in columns or columns["entry_id"][1])


def months(tables: Path, chosen: Selection) -> Iterator[Month]:
    """Yield the selection month by month, those with panels but no entries included.

    Raises NothingChosen where there are no tables, or none of a situation asked for; TableError where a file is damaged.
    """
    check(tables, chosen)
    for label in sorted({*store.labels(tables, Entry), *store.labels(tables, CountryMonth)}):
        if chosen.has_month(label):
            path = store.part(tables, Entry, label)
            entries = store.read(Entry, path) if path.is_file() else []
            kept = tuple(entry for entry in entries if chosen.has_entry(entry))
            superseded = sum(chosen.current and bool(entry.superseded_by) for entry in entries if chosen.has_situation(entry.situation))
            yield Month(tables, label, chosen, kept, superseded, len(kept) == len(entries))


def check(tables: Path, chosen: Selection) -> None:
    """Raise NothingChosen where the folder holds no tables, or no entry of a situation asked for in the months asked for."""
    labels = store.labels(tables, Entry)
    if not labels:
        raise NothingChosen(f"{tables} holds no table entries; name the folder `crisiswatch run` wrote with --tables")
    inside = [label for label in labels if chosen.has_month(label)]
    if not inside:
        raise NothingChosen(f"no entry is of the months asked for; the tables have {labels[0]} to {labels[-1]}")
    if chosen.situations and not any(fold(name or "") in chosen.situations for label in inside for name in _situations(tables, label)):
        raise NothingChosen("no entry is on the situation asked for in the months asked for")


def _situations(tables: Path, label: str) -> list[str | None]:
    return store.column(store.part(tables, Entry, label), "situation")


def choose(tables: Path, since: str | None, until: str | None, names: Sequence[str], current: bool = False) -> Selection:
    """Return what a user asks for in words: months as 2024-05 or 2024, situations in any spelling.

    Raises NotKnown, with what is near, for what is no month or no situation of the tables.
    """
    known = {name for label in store.labels(tables, Entry) for name in _situations(tables, label) if name} if names else set[str]()
    folded = frozenset(fold(asked.situation(name, known)) for name in names)
    return Selection(asked.first_month(since), asked.last_month(until), folded, current)


def read_arrow(row_class: type[store.Row], path: Path) -> pa.Table:
    """Return a file's rows as an Arrow table, without rows where there is no file.

    Raises TableError where the file is damaged or another version's.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = store.schema(row_class)
    if not path.is_file():
        return schema.empty_table().replace_schema_metadata()
    try:
        with pq.ParquetFile(path, pre_buffer=False) as file:
            table = file.read(use_threads=False)
    except (pa.ArrowInvalid, OSError) as error:
        raise store.TableError(f"{path} is damaged ({error}); run `crisiswatch run --force`") from None
    if not table.schema.equals(schema):
        raise store.TableError(f"{path}: its columns are not those of this version; run `crisiswatch run --force`")
    return table.replace_schema_metadata()


def whole(tables: Path, row_class: type[store.Row], chosen: Selection) -> list[Any]:
    """Return the selection's rows of a table that belongs to no month.

    What has a situation is chosen by it and by its month (tolls: the last), registered actors by having a mention in the
    selection, documents by holding an entry of it; other tables have nothing to be chosen by and come whole.
    """
    rows: list[Any] = store.all_rows(tables, row_class)
    if chosen.everything:
        return rows
    columns = store.columns(row_class)
    if "situation" in columns:
        month = "month" if "month" in columns else "last_month"
        rows = [row for row in rows if chosen.has_situation(row.situation)]
        return [row for row in rows if month not in columns or chosen.has_month(store.month_label(getattr(row, month)))]
    if row_class is RegisteredActor:
        told = {actor_id for month in months(tables, chosen) for actor_id in month.arrow(Actor)["actor_id"].to_pylist()}
        return [row for row in rows if row.actor_id in told]
    if row_class is Document:
        held = {document for month in months(tables, chosen) for entry in month.entries for document in entry.document_ids}
        return [row for row in rows if row.document_id in held]
    return rows
