"""JSON lines: one entry a line, its dates, places, actors, figures, events and pointers inside it."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.durable import whole_or_not
from pipeline.export.notice import notice
from pipeline.export.parts import parts
from pipeline.export.selection import Selection
from pipeline.tables import Actor, Casualty, Crossref, Date, Entry, Event, EventRole, Place

if TYPE_CHECKING:
    import pyarrow as pa

NESTED: tuple[type[store.Row], ...] = (Crossref, Date, Place, Actor, Casualty, Event, EventRole)


def write_jsonl(tables: Path, chosen: Selection, path: Path, no_text: bool = False) -> Counter[str]:
    """Write the entries to `path`, in order of month and entry_id; return the number of rows by table.

    A fact keeps the columns of its table but `entry_id`; superseded entries are there, and say so.
    """
    counts: Counter[str] = Counter()
    classes: dict[str, type[store.Row]] = {Entry.TABLE: Entry, **{row_class.TABLE: row_class for row_class in NESTED}}
    with whole_or_not(path) as file:
        for label, share in parts(tables, chosen, classes, no_text):
            if label is not None:
                counts.update({name: table.num_rows for name, table in share.items()})
                file.writelines(_lines(share))
    return counts


def _lines(share: dict[str, pa.Table]) -> list[bytes]:
    facts: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for name, table in share.items():
        if name != Entry.TABLE:
            facts[name] = defaultdict(list)
            for row in table.to_pylist():
                facts[name][row.pop("entry_id")].append(row)
    out = []
    for entry in share[Entry.TABLE].to_pylist():
        nested = {name: by_entry.get(entry["entry_id"], []) for name, by_entry in facts.items()}
        out.append(json.dumps({**entry, **nested, "notice": notice()}, ensure_ascii=False, default=_day).encode() + b"\n")
    return out


def _day(value: dt.date) -> str:
    return value.isoformat()
