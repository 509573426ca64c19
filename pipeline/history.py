"""A situation's history: its months in order, each with trend, alerts, headline and events, or why there is nothing of it."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import asked, schema, store
from pipeline.lines import WIDTH, event_lines
from pipeline.tables import Coverage, Entry, Event

# Why a month has no entry, in words; the kinds are those of coverage.coverage.
WITHOUT = {
    "state_only": "no text in the input, trend from a later page",
    "silent": "the tracker had no entry",
    "unknown": "not covered by the input",
}


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a situation; `coverage` says what is known of it, `entry` is None where the input has no text."""

    situation: str
    month: dt.date
    coverage: str
    trend: str | None
    risk_alert: bool | None
    resolution_opportunity: bool | None
    entry: Entry | None
    events: tuple[Event, ...]


def read_history(name: str, out: Path, since: str | None = None, until: str | None = None) -> list[Month]:
    """Return the months of the situation called `name`, in order of time.

    Raises NotKnown, with the names nearest to it, where there is no such situation or month, FileNotFoundError where
    there are no tables, TableError where one is damaged or made by another version.
    """
    there = store.labels(out, Coverage)
    if not there:
        raise FileNotFoundError(f"{out} holds no table coverage; name a folder `crisiswatch run` wrote with --out")
    labels = [label for label in there if label != store.UNKNOWN]
    if not labels:
        raise asked.NotKnown(f"{out} holds no entry of a known month; give the months of undated files in sources.csv, or with run --month")
    first, last = asked.first_month(since), asked.last_month(until)
    coverage = {label: store.part(out, Coverage, label) for label in labels}
    situation = asked.situation(name, {known for path in coverage.values() for known in store.column(path, "situation")})
    wanted = [
        label
        for label in labels
        if (first is None or label >= store.month_label(first)) and (last is None or label <= store.month_label(last))
    ]
    return [month for label in wanted for month in _month(situation, label, out)]


def _month(situation: str, label: str, out: Path) -> Iterator[Month]:
    for row in _rows(Coverage, label, out, "situation", situation):
        entries = _rows(Entry, label, out, "entry_id", row.entry_id) if row.entry_id else []
        events = sorted(_rows(Event, label, out, "entry_id", row.entry_id), key=_in_time) if entries else []
        alerts = row.risk_alert, row.resolution_opportunity
        yield Month(situation, row.month, row.coverage, row.trend, *alerts, entries[0] if entries else None, tuple(events))


def _rows(row_class: type[schema.R], label: str, out: Path, column: str, value: str | None) -> list[schema.R]:
    """Return the rows of a month with that value in the column; only those are made, for most of a large archive's time goes there."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    path = store.part(out, row_class, label)
    if not path.is_file() or not store.count(path):
        return []
    with pq.ParquetFile(path) as file:
        table = file.read()
    if not table.schema.equals(store.schema(row_class)):
        raise store.TableError(f"{path}: its columns are not those of this version; run `crisiswatch run --force`")
    rows = table.filter(pc.equal(table[column], value)).to_pylist()
    return [row_class(**{name: tuple(said) if isinstance(said, list) else said for name, said in row.items()}) for row in rows]


def _in_time(event: Event) -> tuple[dt.date, int]:
    """Dated events in order of their days, undated ones last, in order of the text."""
    return event.date_from or event.date_to or dt.date.max, event.start


def as_text(months: list[Month]) -> str:
    """Return the history for reading, in lines of at most 100 columns; months in a row without an entry are told together."""
    if not months:
        return "no month of it is known between these"
    told = sum(month.entry is not None for month in months)
    span = f"{months[0].month:%Y-%m} to {months[-1].month:%Y-%m}"
    parts = [f"{months[0].situation}, {span}: {told} of {len(months)} months with an entry"]
    waiting: list[Month] = []
    for month in months:
        if month.entry is None and waiting and (waiting[0].coverage, _stated(waiting[0])) == (month.coverage, _stated(month)):
            waiting.append(month)
            continue
        parts += _without(waiting)
        waiting = [] if month.entry else [month]
        parts += [_with(month)] if month.entry else []
    return "\n\n".join([*parts, *_without(waiting)])


def _stated(month: Month) -> str:
    alerts = (("RISK ALERT", month.risk_alert), ("RESOLUTION OPPORTUNITY", month.resolution_opportunity))
    return "  ".join([month.trend or "", *(name for name, shown in alerts if shown)]).strip()


def _without(months: list[Month]) -> list[str]:
    if not months:
        return []
    span = f"{months[0].month:%Y-%m}" + (f" to {months[-1].month:%Y-%m} ({len(months)} months)" if len(months) > 1 else "")
    return ["  ".join(filter(None, (span, _stated(months[0]), f"-- {WITHOUT.get(months[0].coverage, 'no entry')}")))]


def _with(month: Month) -> str:
    assert month.entry is not None
    head = "  ".join(filter(None, (f"{month.month:%Y-%m}", _stated(month), month.entry.entry_id)))
    first = month.entry.headline or f"{month.entry.text.partition(chr(10))[0][:200]} ..."
    lines = textwrap.wrap(first, WIDTH, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False)
    lines += [event_lines(event, month.month.year) for event in month.events]
    return "\n".join([head, *lines])


def as_records(months: list[Month]) -> list[dict[str, Any]]:
    """Return the history as plain values for JSON, dates as ISO text; an entry's text is left out, its events have their spans."""
    columns = (
        "event_id", "start", "end", "text", "type", "family", "date_from", "date_to", "date_precision", "place", "iso3", "source",
        "target", "realis", "killed_low", "killed_best", "killed_high", "injured_best", "confidence",
    )  # fmt: skip
    return [
        {
            "situation": month.situation,
            "month": f"{month.month:%Y-%m}",
            "coverage": month.coverage,
            "trend": month.trend,
            "risk_alert": month.risk_alert,
            "resolution_opportunity": month.resolution_opportunity,
            "entry_id": month.entry.entry_id if month.entry else None,
            "headline": month.entry.headline if month.entry else None,
            "events": [{name: _plain(getattr(event, name)) for name in columns} for event in month.events],
        }
        for month in months
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
