"""The codebook: every table and column with type and meaning, read off the row classes."""

from __future__ import annotations

from pipeline import stages, store
from pipeline.tables import Correction, Quarantined


class NoSuchTable(LookupError):  # noqa: N818
    """There is no table of that name; the message lists those there are."""


def all_tables() -> dict[str, type[store.Row]]:
    """Return every table's row class by name, in the order of the run."""
    classes: list[type[store.Row]] = [row_class for stage in stages.STAGES for row_class in stages.signature(stage).writes]
    classes += [Correction, Quarantined]
    return {row_class.TABLE: row_class for row_class in classes}


def overview() -> str:
    """Return a line a table: its name and what a row is."""
    return "\n".join(f"{name:18} {_first_line(row_class)}" for name, row_class in all_tables().items())


def describe(table: str) -> str:
    """Return a table's meaning, key, storage, and a line a column; raises NoSuchTable."""
    known = all_tables()
    if table not in known:
        raise NoSuchTable(f"there is no table {table!r}; the tables are {', '.join(known)}")
    row_class = known[table]
    files = "one file a month" if row_class.BY == "month" else "belongs to no month"
    lines = [f"{table}: {_first_line(row_class)}", f"key: {', '.join(row_class.KEY)}; {files}", ""]
    arrow = store.schema(row_class)
    for name, (_, nullable, values, doc) in store.columns(row_class).items():
        kind = f"{arrow.field(name).type}{'' if nullable else ', never null'}"
        lines.append(f"{name:24} {kind:24} {doc}" + (f" One of: {', '.join(values)}." if values else ""))
    return "\n".join(lines)


def _first_line(row_class: type[store.Row]) -> str:
    return (row_class.__doc__ or "").strip().splitlines()[0]
