"""Reviewed Label Studio tasks (its JSON export) -> corrections; pipeline.export.labelstudio says how a region maps back to a row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.corrections import ROW, SPAN, written
from pipeline.export.labelstudio import COLUMNS
from pipeline.tables import Correction

# What a row added by hand says in columns that are not reviewed and may not be null.
ADDED: Mapping[str, Mapping[str, str]] = {
    "dates": {"kind": "absolute"},
    "places": {"match": "none", "ambiguous": "false"},
    "actors": {"match": "description"},
    "casualties": {"implicit": "false"},
    "events": {},
}


class ReviewError(ValueError):
    """The file is no Label Studio export of our tasks; the message says what is missing and where."""


def read_labelstudio(path: Path) -> list[Correction]:
    """Return what the reviewers changed, as pending corrections in the order of the tasks; tasks not annotated give none.

    Of several annotations of a task the one updated last counts; cancelled ones do not. Raises ReviewError where the file
    is not the JSON export of tasks that `crisiswatch export labelstudio` wrote.
    """
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ReviewError(f"{path}: no JSON ({error}); export the project from Label Studio as JSON") from None
    if not isinstance(tasks, list):
        raise ReviewError(f"{path}: not a list of tasks; export the project from Label Studio as JSON, not as JSON-MIN or CSV")
    found: list[Correction] = []
    for number, task in enumerate(tasks, start=1):
        data = task.get("data", {}) if isinstance(task, dict) else {}
        if not {"entry_id", "rows", "entry"} <= set(data):
            raise ReviewError(f"{path}, task {number}: no entry_id, entry and rows in its data; was it made by `crisiswatch export`?")
        done = [a for a in task.get("annotations") or () if not a.get("was_cancelled")]
        if done:
            last = max(done, key=lambda a: str(a.get("updated_at") or ""))
            found += _changes(data, last.get("result") or (), _reason(last))
    return [_numbered(correction, number) for number, correction in enumerate(found, start=2)]


def _reason(annotation: Mapping[str, Any]) -> str:
    who = annotation.get("completed_by")
    name = who.get("email") or who.get("id") if isinstance(who, dict) else who
    when = str(annotation.get("updated_at") or "")[:10]
    return " ".join(part for part in ("reviewed in Label Studio", f"by {name}" if name else "", f"on {when}" if when else "") if part)


def _changes(data: Mapping[str, Any], result: Sequence[Mapping[str, Any]], reason: str) -> Iterator[Correction]:
    """Yield what differs between the rows that went out and the regions that came back."""
    spans: dict[str, tuple[str, int, int]] = {}
    values: dict[str, dict[str, Any]] = {}
    of_entry: dict[str, Any] = {}
    for item in result:
        table, _, column = item["from_name"].partition("_")
        if item["type"] == "labels":
            spans[item["id"]] = (item["value"]["labels"][0], item["value"]["start"], item["value"]["end"])
        elif table == "entries":
            of_entry[column] = _said(item)
        else:
            values.setdefault(item["id"], {})[column] = _said(item)
    entry_id = data["entry_id"]
    for column, old in data["entry"].items():
        if _text(old) != of_entry.get(column):
            yield _line("entries", entry_id, None, None, column, of_entry.get(column), reason, _text(old))
    for id_, row in data["rows"].items():
        if id_ not in spans:
            yield _line(row["table"], entry_id, row["start"], row["end"], ROW, "delete", reason, None, _which(row, data["rows"].values()))
        else:
            yield from _row_changes(row, spans[id_], values.get(id_, {}), entry_id, reason, _which(row, data["rows"].values()))
    for id_, (table, start, end) in spans.items():
        if id_ not in data["rows"]:
            yield _line(table, entry_id, start, end, ROW, "add", reason, None)
            reviewed = {column: value for column, value in values.get(id_, {}).items() if column in COLUMNS[table]}
            given = {**ADDED[table], **reviewed}
            for column, value in given.items():
                yield _line(table, entry_id, start, end, column, value, reason, None)


def _which(row: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> str | None:
    """Return what of its key tells a row from others with the same span, as "event_id=3f2a"; None where there is no other."""
    span = row["table"], row["start"], row["end"]
    if [(other["table"], other["start"], other["end"]) for other in rows].count(span) == 1:
        return None
    return next(f"{name}={_text(value)}" for name, value in row["key"].items() if name not in ("entry_id", *SPAN))


def _row_changes(
    row: Mapping[str, Any], span: tuple[str, int, int], values: Mapping[str, Any], entry_id: str, reason: str, which: str | None
) -> Iterator[Correction]:
    """Yield the changes of one row: its columns, then its span, so that every line finds the row where it was."""
    old: dict[str, Any] = {**row["values"], "start": row["start"], "end": row["end"]}
    new: dict[str, Any] = {**values, "start": str(span[1]), "end": str(span[2])}
    for column, value in old.items():
        if _text(value) != new.get(column):
            yield _line(row["table"], entry_id, row["start"], row["end"], column, new.get(column), reason, _text(value), which)


def _said(item: Mapping[str, Any]) -> str | None:
    value = item["value"]
    for name in ("choices", "text"):
        if name in value and item["type"] in ("choices", "textarea"):
            first = value[name] if isinstance(value[name], str) else (value[name] or [None])[0]
            return _text(first)
    return _text(value.get("number", value.get("datetime")))


def _text(value: Any) -> str | None:
    # Label Studio gives 7 back as 7 or 7.0.
    whole = int(value) if isinstance(value, float) and value.is_integer() else value
    return (written(whole) or "").strip() or None


def _line(
    table: str,
    entry_id: str,
    start: int | None,
    end: int | None,
    column: str,
    value: str | None,
    reason: str,
    expect: str | None,
    which: str | None = None,
) -> Correction:
    return Correction(
        line=0, table=table, entry_id=entry_id, start=start, end=end, column=column, value=value, reason=reason, expect=expect,
        which=which, status="pending", detail=None,
    )  # fmt: skip


def _numbered(correction: Correction, line: int) -> Correction:
    from dataclasses import replace

    return replace(correction, line=line)
