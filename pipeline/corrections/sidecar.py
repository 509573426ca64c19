"""The file of corrections beside the raw files: its lines read and judged for themselves, and lines added to it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline import store
from pipeline.corrections.values import MOST, ROW, SPAN, Unfit, value_of
from pipeline.durable import whole_or_not
from pipeline.tables import Correction, Entry

SIDECAR = "corrections.csv"
COLUMNS = ("table", "entry_id", "start", "end", "column", "value", "reason", "expect", "which")
# A file may do without.
OPTIONAL = frozenset({"which"})
# What identifies a row or follows from other columns: never set by hand.
FIXED = frozenset({"entry_id", "event_id", "text", "document_id", "document_ids"})


class CorrectionsError(ValueError):
    """`corrections.csv` says something that cannot be used; the message names file, line and remedy."""


def read_corrections(raw: Path, tables: Mapping[str, type[store.Row]]) -> list[Correction]:
    """Return the lines of `raw/corrections.csv` in their order, all pending; none where there is no such file.

    `tables` are the row classes by name. Raises CorrectionsError for a missing column, an unknown table or column, an
    offset that is no number, and a value the column cannot hold.
    """
    file = raw / SIDECAR
    if not file.is_file():
        return []
    try:
        reader = csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""), strict=True)
        lacking = set(COLUMNS) - OPTIONAL - set(reader.fieldnames or ())
        if lacking:
            raise CorrectionsError(f"{file}, line 1: no column {', '.join(sorted(lacking))}; the columns are {','.join(COLUMNS)}")
        # A spreadsheet writes rows that were emptied as lines of bare commas.
        return [_correction(row, reader.line_num, file, tables) for row in reader if any(row.values())]
    except UnicodeDecodeError:
        raise CorrectionsError(f"{file}: not UTF-8; save it as UTF-8") from None
    except csv.Error as error:
        raise CorrectionsError(f"{file}: not a table ({error})") from None


def _correction(row: Mapping[str, str | None], line: int, file: Path, tables: Mapping[str, type[store.Row]]) -> Correction:
    where = f"{file}, line {line}"
    if None in row:
        raise CorrectionsError(f"{where}: more cells than columns; put what holds a comma into quotes")
    said = {name: (row.get(name) or "").strip() for name in COLUMNS}
    table, column = said["table"], said["column"]
    if table not in tables or "entry_id" not in store.columns(tables[table]):
        able = [name for name, row_class in tables.items() if "entry_id" in store.columns(row_class)]
        raise CorrectionsError(f"{where}: no table {table!r} can be corrected; those that can are {', '.join(able)}")
    known = store.columns(tables[table])
    if column != ROW and (column not in known or column in FIXED):
        raise CorrectionsError(f"{where}: {table} has no column {column!r} to correct; it has {', '.join(sorted(set(known) - FIXED))}")
    if column == ROW and said["value"] not in ("delete", "add"):
        raise CorrectionsError(f"{where}: a row is corrected by the value delete or add, not {said['value']!r}")
    if column == ROW and table == Entry.TABLE:
        raise CorrectionsError(f"{where}: entries come from the files: none is taken out or added here; change the file in {file.parent}")
    if column == ROW and said["expect"]:
        raise CorrectionsError(f"{where}: a row has no expect; which of several is meant goes into column which, such as kind=killed")
    if said["which"] and not {part.partition("=")[0] for part in said["which"].split("; ")} <= known.keys():
        raise CorrectionsError(f"{where}: which is empty or column=value, joined by '; ', such as kind=killed, not {said['which']!r}")
    if not all((said[name].isascii() and said[name].isdigit() and int(said[name]) <= MOST) or not said[name] for name in SPAN):
        raise CorrectionsError(f"{where}: start and end are offsets, whole numbers, or empty")
    out = Correction(
        line=line, table=table, entry_id=said["entry_id"], start=int(said["start"]) if said["start"] else None,
        end=int(said["end"]) if said["end"] else None, column=column, value=said["value"] or None, reason=said["reason"] or None,
        expect=said["expect"] or None, which=said["which"] or None, status="pending", detail=None,
    )  # fmt: skip
    if column != ROW:
        try:
            value_of(tables[table], column, out.value)
        except Unfit as error:
            raise CorrectionsError(f"{where}: {error}") from None
    return out


def add_corrections(raw: Path, new: Sequence[Correction], tables: Mapping[str, type[store.Row]]) -> int:
    """Add lines to `raw/corrections.csv`, whole or not at all; return how many are new.

    A line about the same column of the same span takes the place of an older one: the last review counts. What the older one
    expected stays, since the row is made anew at every run, without either; taking out an added row takes its lines out.
    """
    by_cell = {_cell(correction): correction for correction in read_corrections(raw, tables)}
    before = dict(by_cell)
    for correction in new:
        old = before.get(_cell(correction))
        if old and (old.value, correction.value) == ("add", "delete"):
            by_cell = {cell: line for cell, line in by_cell.items() if cell[:-1] != _cell(correction)[:-1]}
            continue
        by_cell[_cell(correction)] = replace(correction, expect=old.expect) if old else correction
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(["" if (value := getattr(c, name)) is None else value for name in COLUMNS] for c in by_cell.values())
    with whole_or_not(raw / SIDECAR) as file:
        file.write(text.getvalue().encode())
    return len(by_cell) - len(before)


def _cell(correction: Correction) -> tuple[object, ...]:
    return correction.table, correction.entry_id, correction.start, correction.end, correction.which, correction.column
