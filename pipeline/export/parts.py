"""The tables as they are, for exports that keep their shape: month by month, then those that belong to no month."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import codebook, store
from pipeline.export import withheld
from pipeline.export.selection import Selection, months, read_arrow, whole
from pipeline.tables import Actor

if TYPE_CHECKING:
    import pyarrow as pa

# Left out unless asked for by name: the pieces of the input, every token, and what the run itself notes.
INNER = frozenset({"blocks", "skipped", "tokens", "figures", "corrections", "quarantine"})


class NoSuchTable(LookupError):  # noqa: N818
    """There is no table of a name asked for; the message lists those there are."""


def row_classes(tables: Path, names: Sequence[str] = ()) -> dict[str, type[store.Row]]:
    """Return, by name, the tables to export: those asked for, else all that hold results and are there."""
    known = codebook.all_tables()
    if odd := [name for name in names if name not in known]:
        raise NoSuchTable(f"there is no table {odd[0]!r}; the tables are {', '.join(known)}")
    return {name: known[name] for name in known if name in names or (not names and name not in INNER and (tables / name).is_dir())}


def columns_of(row_class: type[store.Row], no_text: bool) -> list[str]:
    """Return the names of a table's columns, without those that hold text if they are to be left out."""
    gone = withheld.columns(row_class) if no_text else ()
    return [name for name in store.columns(row_class) if name not in gone]


def parts(
    tables: Path, chosen: Selection, classes: Mapping[str, type[store.Row]], no_text: bool
) -> Iterator[tuple[str | None, dict[str, pa.Table]]]:
    """Yield, month by month and then for no month (None), the selection's share of every table, by name.

    Raises NothingChosen where nothing is chosen, TableError where a file is damaged.
    """
    described = withheld.Described.of(tables) if no_text else None
    for month in months(tables, chosen):
        share = {name: month.arrow(row_class) for name, row_class in classes.items() if row_class.BY == "month"}
        if described:
            replaced = described.names(month.arrow(Actor))
            share = {name: described.strip(classes[name], table, replaced) for name, table in share.items()}
        yield month.label, share
    rest: dict[str, pa.Table] = {}
    for name, row_class in classes.items():
        if row_class.BY == "whole":
            table = _whole(tables, row_class, chosen)
            rest[name] = described.strip(row_class, table, {}) if described else table
    yield None, rest


def _whole(tables: Path, row_class: type[store.Row], chosen: Selection) -> pa.Table:
    import pyarrow as pa

    if chosen.everything:
        files = [read_arrow(row_class, store.part(tables, row_class, label)) for label in store.labels(tables, row_class)]
        return pa.concat_tables([store.schema(row_class).empty_table().replace_schema_metadata(), *files])
    return store.to_arrow(whole(tables, row_class, chosen), row_class).replace_schema_metadata()
