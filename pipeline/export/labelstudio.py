"""Label Studio: one task an entry, the rows as predictions to be put right, and the labelling configuration that fits them.

Two files: `tasks.json` (import it) and `tasks.xml` (paste it as the labelling configuration). What comes back from Label
Studio's JSON export is the same tasks with `annotations`; `crisiswatch import labelstudio` maps it to corrections by this:

- `task["data"]` comes back as it went out. Its `entry_id` and `text` are the entry's; `entry` holds the values of the
  entry's own columns (ENTRY_COLUMNS); `rows` holds, by region id, every row that was predicted:
  `{"table", "start", "end", "key": {column: value}, "values": {column: value}}`, where `key` is the row's primary key
  (`tables.KEY`) and `values` are the columns that can be reviewed (COLUMNS), as they were: dates as ISO strings, null for unknown.
- A region's `id` is its key in `rows`: "casualties:120:133:killed", that is the table, then the key without `entry_id`, joined
  by colons. Label Studio keeps ids when a prediction is taken over. A region whose id is not in `rows` is new; a row of
  `rows` no region has was deleted.
- A result with `type` "labels" is the span itself: `value.start`, `value.end` (end exclusive, in characters as Python counts
  them), `value.labels[0]` the table. A moved span shows by its offsets. Every other result of that `id` is one column's value:
  `from_name` is "table_column" (split at the first underscore: no reviewed table has one in its name), and the value is
  `value.choices[0]`, `value.number`, `value.datetime` or `value.text[0]` by its `type` choices, number, datetime, textarea.
  A column of COLUMNS with no result is null.
- Results named "entries_COLUMN" are of the whole entry and belong to no region; truth values are the choices "true", "false".

`--no-text` masks the text: offsets hold, ids and values stay as predictions, quoted values (withheld.columns) are left out. Such
tasks can be shown, not reviewed: without `entry` and `rows` in their data, `crisiswatch import` does not take them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from pipeline import store
from pipeline.durable import whole_or_not
from pipeline.export import withheld
from pipeline.export.notice import notice
from pipeline.export.selection import Month, Selection, months
from pipeline.tables import Actor, Casualty, Date, Entry, Event, Place
from pipeline.typology import Typology

REVIEWED: tuple[type[store.Row], ...] = (Date, Place, Actor, Casualty, Event)
COLUMNS: dict[str, tuple[str, ...]] = {
    "dates": ("date_from", "date_to", "precision", "relation"),
    "places": ("name", "iso3", "level", "use", "admin1", "lat", "lon", "geo_precision"),
    "actors": ("actor_id", "name", "type", "iso3"),
    "casualties": ("kind", "low", "best", "high", "scope", "victims", "victim_group", "attribution"),
    "events": ("type", "date_from", "date_to", "date_precision", "iso3", "place", "admin1", "source", "target", "realis", "attribution"),
}
ENTRY_COLUMNS = ("situation", "month", "trend", "risk_alert", "resolution_opportunity")
COLOURS = {"dates": "#4e79a7", "places": "#59a14f", "actors": "#f28e2b", "casualties": "#e15759", "events": "#b07aa1"}
MODEL_VERSION = "crisiswatch-pipeline"


def write_labelstudio(tables: Path, chosen: Selection, path: Path, no_text: bool = False) -> int:
    """Write the entries as Label Studio tasks to `path`, the configuration beside it as .xml; return the number of tasks."""
    count = 0
    with whole_or_not(path.with_suffix(".xml")) as file:
        file.write(configuration().encode())
    with whole_or_not(path) as file:
        for count, task in enumerate(tasks(tables, chosen, no_text), 1):
            file.write((b"[\n" if count == 1 else b",\n") + json.dumps(task, ensure_ascii=False).encode())
        file.write(b"\n]\n" if count else b"[]\n")
    return count


def tasks(tables: Path, chosen: Selection, no_text: bool = False) -> Iterator[dict[str, Any]]:
    """Yield one task an entry, in order of month and entry_id."""
    for month in months(tables, chosen):
        rows = _by_entry(month)
        for entry in month.entries:
            yield _task(entry, rows.get(entry.entry_id, []), no_text)


def _by_entry(month: Month) -> dict[str, list[Any]]:
    rows: dict[str, list[Any]] = {}
    for row_class in REVIEWED:
        for entry_id, group in groupby(month.rows(row_class), attrgetter("entry_id")):
            rows.setdefault(entry_id, []).extend(group)
    return rows


def _task(entry: Entry, rows: Sequence[Any], no_text: bool) -> dict[str, Any]:
    replaced = withheld.names([row for row in rows if isinstance(row, Actor)]) if no_text else {}
    known = {region_id(row): _known(row, no_text, replaced) for row in rows}
    about = {column: _plain(getattr(entry, column)) for column in ENTRY_COLUMNS}
    text = withheld.mask(entry.text) if no_text else entry.text
    result = [*_entry_results(about), *(item for id_, row in known.items() for item in _results(id_, row, text))]
    sure = [row.confidence for row in rows if isinstance(row, Event) and row.confidence is not None]
    originals = {} if no_text else {"entry": about, "rows": known}
    data = {"entry_id": entry.entry_id, "text": text, **originals, "notice": notice()}
    score = {"score": round(sum(sure) / len(sure), 4)} if sure else {}
    return {"data": data, "predictions": [{"model_version": MODEL_VERSION, **score, "result": result}]}


def region_id(row: Any) -> str:
    """Return a row's region id: its table and its key without `entry_id`, joined by colons."""
    return ":".join([row.TABLE, *(str(getattr(row, column)) for column in row.KEY if column != "entry_id")])


def _known(row: Any, no_text: bool, replaced: dict[str, str]) -> dict[str, Any]:
    values = {column: _plain(getattr(row, column)) for column in COLUMNS[row.TABLE]}
    if no_text:
        for column in withheld.columns(type(row)):
            values.pop(column, None)
        if isinstance(row, Actor) and row.match == withheld.DESCRIBED:
            values["actor_id"] = withheld.pseudonym(row.actor_id)
        for column in {"name", "source", "target"} & values.keys() - ({"name"} if isinstance(row, Place) else set()):
            values[column] = withheld.rename(values[column], replaced)
    key = {column: _plain(getattr(row, column)) for column in row.KEY}
    return {"table": row.TABLE, "start": row.start, "end": row.end, "key": key, "values": values}


def _results(id_: str, row: dict[str, Any], text: str) -> Iterator[dict[str, Any]]:
    span = {"start": row["start"], "end": row["end"], "text": text[row["start"] : row["end"]]}
    yield {"id": id_, "from_name": "table", "to_name": "text", "type": "labels", "value": {**span, "labels": [row["table"]]}}
    for column, value in row["values"].items():
        if value is not None:
            kind, said = _said(row["table"], column, value)
            yield {"id": id_, "from_name": f"{row['table']}_{column}", "to_name": "text", "type": kind, "value": {**span, **said}}


def _entry_results(about: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for column, value in about.items():
        if value is not None:
            kind, said = _said(Entry.TABLE, column, value)
            yield {"id": f"entries:{column}", "from_name": f"entries_{column}", "to_name": "text", "type": kind, "value": said}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def _said(table: str, column: str, value: Any) -> tuple[str, dict[str, Any]]:
    kind = control(table, column)
    if kind == "Number":
        return "number", {"number": value}
    if kind == "DateTime":
        return "datetime", {"datetime": value}
    if kind == "TextArea":
        return "textarea", {"text": [value]}
    return "choices", {"choices": [str(value).lower() if isinstance(value, bool) else value]}


def choices(table: str, column: str) -> tuple[str, ...]:
    """Return the closed list of a column's values, empty where it has none."""
    if (table, column) == ("events", "type"):
        return tuple(Typology.load().types)
    hint, _, values, _ = store.columns(_row_class(table))[column]
    return ("true", "false") if hint is bool else values


def control(table: str, column: str) -> str:
    """Return the Label Studio tag a column is reviewed with, by the column's type."""
    if choices(table, column):
        return "Choices"
    hint = store.columns(_row_class(table))[column][0]
    return {int: "Number", float: "Number", dt.date: "DateTime"}.get(hint, "TextArea")


def _row_class(table: str) -> type[store.Row]:
    classes: dict[str, type[store.Row]] = {Entry.TABLE: Entry, **{row_class.TABLE: row_class for row_class in REVIEWED}}
    return classes[table]


def configuration() -> str:
    """Return the labelling configuration: a label a table, a control a column, shown for the region that is chosen."""
    lines = ["<View>", f"  <Header value={quoteattr(notice())} size='5'/>"]
    lines.append("  <Labels name='table' toName='text'>")
    lines.extend(f"    <Label value='{table}' background='{COLOURS[table]}'/>" for table in COLUMNS)
    lines.append("  </Labels>")
    lines.append("  <Text name='text' value='$text' granularity='word'/>")
    lines.extend(_controls("entries", ENTRY_COLUMNS, ""))
    for table, columns in COLUMNS.items():
        lines.append(f"  <View visibleWhen='region-selected' whenTagName='table' whenLabelValue='{table}'>")
        lines.extend(f"  {line}" for line in _controls(table, columns, " perRegion='true'"))
        lines.append("  </View>")
    return "\n".join([*lines, "</View>", ""])


def _controls(table: str, columns: Sequence[str], where: str) -> Iterator[str]:
    for column in columns:
        tag, named = control(table, column), f"name='{table}_{column}' toName='text'{where}"
        yield f"  <Header value='{column}' size='6'/>"
        if tag == "Choices":
            yield f"  <Choices {named} choice='single' layout='select'>"
            yield from (f"    <Choice value='{value}'/>" for value in choices(table, column))
            yield "  </Choices>"
        elif tag == "DateTime":
            yield f"  <DateTime {named} only='date' format='%Y-%m-%d'/>"
        elif tag == "TextArea":
            yield f"  <TextArea {named} maxSubmissions='1' editable='true' rows='1'/>"
        else:
            yield f"  <Number {named}/>"
