"""The codebook: every table and column with type and meaning, read off the row classes.

`docs/codebook.md` is written by `python -m pipeline.codebook > docs/codebook.md`; a test keeps it current.
"""

from __future__ import annotations

import sys

from pipeline import dataset, stages, store
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
    return "\n".join(f"{name:18} {dataset.first_line(row_class)}" for name, row_class in all_tables().items())


def describe(table: str) -> str:
    """Return a table's meaning, key, storage, and a line a column; raises NoSuchTable."""
    known = all_tables()
    if table not in known:
        raise NoSuchTable(f"there is no table {table!r}; the tables are {', '.join(known)}")
    row_class = known[table]
    files = "one file a month" if row_class.BY == "month" else "belongs to no month"
    lines = [f"{table}: {dataset.first_line(row_class)}", f"key: {', '.join(row_class.KEY)}; {files}", ""]
    arrow = store.schema(row_class)
    for name, (_, nullable, values, doc) in store.columns(row_class).items():
        kind = f"{arrow.field(name).type}{'' if nullable else ', never null'}"
        lines.append(f"{name:24} {kind:24} {doc}" + (f" One of: {', '.join(values)}." if values else ""))
    return "\n".join(lines)


def markdown() -> str:
    """Return the whole codebook as Markdown."""
    parts = [
        "# Codebook\n\nWritten by `python -m pipeline.codebook > docs/codebook.md` from `pipeline/tables/`; edit that instead.\n\n"
        "Each table is a folder below `data/processed/`. Offsets count characters of `entries.text`, `end` is exclusive; dates are "
        "inclusive on both sides; null means unknown or does not apply. The same descriptions stand in the Parquet files' field "
        "metadata, in `datapackage.json` (Frictionless) and in `croissant.json` (Croissant).\n"
    ]
    tables = all_tables()
    parts += ["| table | one row is |", "|---|---|"]
    parts += [f"| [{name}](#{name}) | {_what(row_class)} |" for name, row_class in tables.items()]
    for row_class in tables.values():
        parts += ["", *_section(row_class)]
    return "\n".join(parts) + "\n"


def _section(row_class: type[store.Row]) -> list[str]:
    arrow = store.schema(row_class)
    lines = [
        f"## {row_class.TABLE}",
        "",
        dataset.first_line(row_class),
        "",
        f"Key: {', '.join(f'`{name}`' for name in row_class.KEY)}. Files: `{dataset.files(row_class)}`.",
        "",
        "| column | type | meaning |",
        "|---|---|---|",
    ]
    for name, (_, nullable, values, _) in store.columns(row_class).items():
        said = dataset.described(row_class, name) + (f" One of: {', '.join(f'`{value}`' for value in values)}." if values else "")
        lines.append(f"| `{name}` | {_kind(arrow.field(name).type)}{', null' if nullable else ''} | {said.replace('|', chr(92) + '|')} |")
    return lines


def _kind(arrow: object) -> str:
    said = str(arrow).replace("element: ", "").replace("item: ", "").replace("date32[day]", "date")
    return f"list of {said[5:-1]}" if said.startswith("list<") else said


def _what(row_class: type[store.Row]) -> str:
    """Return what a row is, without the words that every table's description begins with."""
    said = dataset.first_line(row_class).removeprefix("One row ").replace("|", "\\|")
    return said if said.endswith("...") else said.removesuffix(".")


if __name__ == "__main__":
    sys.stdout.write(markdown())
