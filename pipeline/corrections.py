"""Corrections: what a reader found wrong, applied to a stage's rows before they are written, so that all that rests on them follows.

`corrections.csv` lies beside the raw files: `table,entry_id,start,end,column,value,reason,expect`. A line changes one column of
the rows with that span, takes a row out (`column` is `row`, `value` is `delete`) or adds one (`add`, the other columns on
lines of their own with the same span). `expect` is what the column said when the line was written: where it says something else
now, or the entry's text has changed (and with it `entry_id`), nothing is changed and table `corrections` says why.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, get_origin

from pipeline import store
from pipeline.durable import whole_or_not
from pipeline.tables import Correction, Event, EventRole

SIDECAR = "corrections.csv"
COLUMNS = ("table", "entry_id", "start", "end", "column", "value", "reason", "expect")
ROW = "row"
# What identifies a row or follows from other columns: never set by hand.
FIXED = frozenset({"entry_id", "event_id", "text", "document_id", "document_ids"})
Span = tuple[int | None, int | None]


class CorrectionsError(ValueError):
    """`corrections.csv` says something that cannot be used; the message names file, line and remedy."""


class Unfit(ValueError):  # noqa: N818
    """A correction does not fit the rows as they are now; the message says why."""


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
        lacking = set(COLUMNS) - set(reader.fieldnames or ())
        if lacking:
            raise CorrectionsError(f"{file}, line 1: no column {', '.join(sorted(lacking))}; the columns are {','.join(COLUMNS)}")
        return [_correction(row, reader.line_num, file, tables) for row in reader]
    except UnicodeDecodeError:
        raise CorrectionsError(f"{file}: not UTF-8; save it as UTF-8") from None
    except csv.Error as error:
        raise CorrectionsError(f"{file}: not a table ({error})") from None


def identity(correction: Correction) -> str:
    """Return what tells a correction from others wherever its line stands."""
    said = (correction.table, correction.entry_id, correction.start, correction.end, correction.column, correction.value, correction.expect)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def of_tables(corrections: Sequence[Correction], classes: Sequence[type[store.Row]]) -> list[Correction]:
    """Return the corrections of these tables."""
    names = {row_class.TABLE for row_class in classes}
    return [correction for correction in corrections if correction.table in names]


def _correction(row: Mapping[str, str | None], line: int, file: Path, tables: Mapping[str, type[store.Row]]) -> Correction:
    where = f"{file}, line {line}"
    said = {name: (row[name] or "").strip() for name in COLUMNS}
    table, column = said["table"], said["column"]
    if table not in tables or "entry_id" not in store.columns(tables[table]):
        able = [name for name, row_class in tables.items() if "entry_id" in store.columns(row_class)]
        raise CorrectionsError(f"{where}: no table {table!r} can be corrected; those that can are {', '.join(able)}")
    known = store.columns(tables[table])
    if column != ROW and (column not in known or column in FIXED):
        raise CorrectionsError(f"{where}: {table} has no column {column!r} to correct; it has {', '.join(sorted(set(known) - FIXED))}")
    if column == ROW and said["value"] not in ("delete", "add"):
        raise CorrectionsError(f"{where}: a row is corrected by the value delete or add, not {said['value']!r}")
    if not all((said[name].isascii() and said[name].isdigit()) or not said[name] for name in ("start", "end")):
        raise CorrectionsError(f"{where}: start and end are offsets, whole numbers, or empty")
    out = Correction(
        line=line, table=table, entry_id=said["entry_id"], start=int(said["start"]) if said["start"] else None,
        end=int(said["end"]) if said["end"] else None, column=column, value=said["value"] or None, reason=said["reason"] or None,
        expect=said["expect"] or None, status="pending", detail=None,
    )  # fmt: skip
    if column != ROW:
        try:
            _value(tables[table], column, out.value)
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
    return correction.table, correction.entry_id, correction.start, correction.end, correction.column


def correct(
    rows: Mapping[str, list[Any]], corrections: Sequence[Correction], classes: Sequence[type[store.Row]], texts: Mapping[str, str]
) -> tuple[dict[str, list[Any]], dict[str, str]]:
    """Return a stage's rows by table with the corrections applied, and by `identity` why one was not ("" if it was).

    `texts` are the entries' texts by identity: the text of a span that is moved or added is read from there.
    """
    out, told = {name: list(group) for name, group in rows.items()}, dict[str, str]()
    for row_class in classes:
        groups: dict[tuple[str, Span], list[Correction]] = defaultdict(list)
        for correction in corrections:
            if correction.table == row_class.TABLE:
                groups[correction.entry_id, (correction.start, correction.end)].append(correction)
        for (entry_id, span), group in groups.items():
            out[row_class.TABLE], outcome = _correct_span(out[row_class.TABLE], row_class, entry_id, span, group, texts)
            told |= outcome
    if Event.TABLE in out and EventRole.TABLE in out:
        there = {event.event_id for event in out[Event.TABLE]}
        out[EventRole.TABLE] = [role for role in out[EventRole.TABLE] if role.event_id in there]
    return out, told


def _correct_span(
    rows: list[Any], row_class: type[store.Row], entry_id: str, span: Span, group: Sequence[Correction], texts: Mapping[str, str]
) -> tuple[list[Any], dict[str, str]]:
    """Apply the corrections of one span; each is judged for itself, in the order of the file."""
    apart: dict[str, list[Any]] = {"mine": [], "beside": [], "others": []}
    for row in rows:
        there = (getattr(row, "start", None), getattr(row, "end", None)) == span
        apart["others" if row.entry_id != entry_id else "mine" if there else "beside"].append(row)
    mine, told = apart["mine"], dict[str, str]()
    for correction in sorted(group, key=lambda c: c.column != ROW):
        try:
            if correction.column == ROW and correction.value == "add":
                changed = [*mine, _added(row_class, correction, group, texts)]
            else:
                changed = list(_changed(mine, row_class, correction, texts))
            store.to_arrow([*apart["beside"], *changed], row_class)
            mine, told[identity(correction)] = changed, ""
        except (Unfit, store.TableError) as error:
            told[identity(correction)] = str(error)
    return [*apart["others"], *apart["beside"], *mine], told


def _changed(rows: Sequence[Any], row_class: type[store.Row], correction: Correction, texts: Mapping[str, str]) -> Iterator[Any]:
    """Yield the rows of a span with one correction applied; raises Unfit where it fits none of them."""
    fits = [row for row in rows if correction.column == ROW or _fits(row, correction)]
    if not rows:
        raise Unfit("no row has this span now")
    if not fits:
        now = ", ".join(sorted({written(getattr(row, correction.column)) or "nothing" for row in rows}))
        raise Unfit(f"{correction.column} is {now} now, not {correction.expect}")
    for row in rows:
        if not any(row is one for one in fits):
            yield row
        elif correction.column != ROW:
            yield _with(row, row_class, {correction.column: _value(row_class, correction.column, correction.value)}, texts)


def _fits(row: Any, correction: Correction) -> bool:
    return correction.expect is None or written(getattr(row, correction.column)) in (correction.expect, correction.value)


def _added(row_class: type[store.Row], correction: Correction, group: Sequence[Correction], texts: Mapping[str, str]) -> Any:
    """Return a new row: what the lines of its span give, null for the rest; raises Unfit where that is too little."""
    text = texts.get(correction.entry_id, "")
    if correction.start is None or correction.end is None or not 0 <= correction.start < correction.end <= len(text):
        raise Unfit(f"the entry has no characters {correction.start} to {correction.end}")
    given = {c.column: _value(row_class, c.column, c.value) for c in group if c.column != ROW}
    line_start = text.rfind("\n", 0, correction.start) + 1
    line_end = text.find("\n", correction.end)
    own = {
        "entry_id": correction.entry_id, "start": correction.start, "end": correction.end, "sentence_start": line_start,
        "sentence_end": len(text) if line_end < 0 else line_end, "text": text[correction.start : correction.end],
    }  # fmt: skip
    if row_class is Event:
        parts = (correction.entry_id, correction.start, correction.end, given.get("date_from"), given.get("date_to"))
        own["event_id"] = hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
        given |= _of_type(given)
    columns = store.columns(row_class)
    values: dict[str, Any] = {**dict.fromkeys(columns), **{name: value for name, value in own.items() if name in columns}, **given}
    lacking = [name for name, (_, nullable, _, _) in columns.items() if values[name] is None and not nullable]
    if lacking:
        raise Unfit(f"a row to add lacks {', '.join(lacking)}; give each on a line of its own with the same span")
    return row_class(**values)


def _with(row: Any, row_class: type[store.Row], values: Mapping[str, Any], texts: Mapping[str, str]) -> Any:
    """Return a row with other values, and what follows from them: the text of its span, the crosswalks of its type."""
    row = replace(row, **values)
    if {"start", "end"} & set(values):
        row = replace(row, text=texts[row.entry_id][row.start : row.end])
    return replace(row, **_of_type(values)) if row_class is Event else row


def _of_type(values: Mapping[str, Any]) -> dict[str, Any]:
    from pipeline.typology import Typology

    if "type" not in values:
        return {}
    known = Typology.load().types.get(values["type"])
    if known is None:
        raise Unfit(f"there is no event type {values['type']!r}; see `crisiswatch tables events` and the typology")
    return {"family": known.family, "plover": known.plover, "acled": known.acled, "cameo": known.cameo}


def _value(row_class: type[store.Row], column: str, written: str | None) -> Any:
    """Return a column's value from its text; raises Unfit where the column cannot hold it."""
    kind, nullable, allowed, _ = store.columns(row_class)[column]
    if written is None:
        if not nullable:
            raise Unfit(f"{row_class.TABLE}.{column} may not be empty")
        return None
    if allowed and written not in allowed:
        raise Unfit(f"{row_class.TABLE}.{column} may be one of {', '.join(allowed)}, not {written!r}")
    try:
        if get_origin(kind) is tuple:
            return tuple(part.strip() for part in written.split(";"))
        if kind is bool:
            return {"true": True, "false": False}[written.lower()]
        return dt.date.fromisoformat(written) if kind is dt.date else kind(written)
    except (KeyError, ValueError):
        raise Unfit(f"{row_class.TABLE}.{column} holds a {kind.__name__}, not {written!r}") from None


def written(value: Any) -> str | None:
    """Return a value as `corrections.csv` writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "; ".join(map(str, value)) if isinstance(value, tuple) else None if value is None else str(value)
