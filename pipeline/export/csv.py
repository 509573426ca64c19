"""The tables as CSV, one file each, in a folder with a README that says what they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.codebook import all_tables
from pipeline.durable import whole_or_not
from pipeline.export import withheld
from pipeline.export.cells import safe_table
from pipeline.export.notice import write_readme
from pipeline.export.parts import columns_of, parts, row_classes
from pipeline.export.selection import Selection

README = "README.md"
TITLE = "CrisisWatch tables as CSV"


def write_csv(tables: Path, chosen: Selection, folder: Path, no_text: bool = False, names: Sequence[str] = ()) -> Counter[str]:
    """Write the tables to `folder`, UTF-8 with comma and header line; return the number of rows by table.

    Files appear whole or not at all; those of an earlier export that are not part of this one go.
    Raises NothingChosen, NoSuchTable, TableError as the tables give reason, FileExistsError where the folder holds a file of
    such a name that no export wrote (`entries.csv` of the raw files, say).
    """
    from pyarrow.csv import CSVWriter

    _look(folder)
    classes = row_classes(tables, names)
    counts: Counter[str] = Counter()
    with ExitStack() as files:
        writers: dict[str, Any] = {}
        for name, row_class in classes.items():
            file = files.enter_context(whole_or_not(folder / f"{name}.csv"))
            empty = safe_table(store.schema(row_class).empty_table().select(columns_of(row_class, no_text)))
            writers[name] = files.enter_context(CSVWriter(file, empty.schema))
        for _, share in parts(tables, chosen, classes, no_text):
            for name, table in share.items():
                writers[name].write(safe_table(table))
                counts[name] += table.num_rows
    for name in set(all_tables()) - set(classes):
        (folder / f"{name}.csv").unlink(missing_ok=True)
    write_readme(folder / README, TITLE, "Crisis Group", readme(counts, no_text))
    return counts


def _look(folder: Path) -> None:
    there = [name for name in all_tables() if (folder / f"{name}.csv").exists()]
    told = folder / README
    if there and not (told.is_file() and TITLE in told.read_text(encoding="utf-8", errors="replace")):
        raise FileExistsError(f"{folder / there[0]}.csv is there, and no export wrote it; name another folder with --out")


def readme(counts: Counter[str], no_text: bool) -> list[str]:
    """Return what a reader of the files must know: the tables, how cells are written, what is left out."""
    lines = ["| file | rows |", "|---|---|", *(f"| `{name}.csv` | {count:,} |" for name, count in counts.items()), ""]
    lines += [
        "Columns: `crisiswatch tables NAME`. An empty cell is null; days are ISO 8601; several values in a cell stand between `|`",
        "(one inside a value follows a `\\`). Text a spreadsheet would take for a formula (= + - @, also behind blanks, quotes or a",
        "separator) has an apostrophe in front of the sign's place; `pipeline.export.cells.unescape` takes it away. Offsets",
        "(`start`, `end`) count characters of `entries.text` without such apostrophes. Only casualties of scope `incident` may be summed.",
    ]
    return lines + (["", *withheld.left_out()] if no_text else [])
