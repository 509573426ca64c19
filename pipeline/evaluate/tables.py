"""The tables of a run, by entry, in the shape gold facts are put in."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.evaluate.gold import solid
from pipeline.tables import Actor, Casualty, Date, Entry, Event, EventRole, Place


def _name(situation: str) -> str:
    folded = unicodedata.normalize("NFKD", situation).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", folded)


class RunTables:
    """The tables of a run, by entry."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.entries: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
        for label in store.labels(out, Entry):
            for entry in store.read(Entry, store.part(out, Entry, label)):
                self.entries[_name(entry.situation or ""), label].append((label, entry))
        if not self.entries:
            raise FileNotFoundError(f"no table entries in {out}; run `crisiswatch run` first")
        self.cache: dict[tuple[str, str], dict[str, list[Any]]] = {}

    def entry(self, annotated: Mapping[str, Any]) -> tuple[str, Entry] | None:
        """Return the entry of the same situation, month and characters, with its partition's label."""
        solid = "".join(annotated["text"].split())
        for label, entry in self.entries[_name(annotated["country"]), annotated["month"]]:
            if "".join(entry.text.split()) == solid:
                return label, entry
        return None

    def rows(self, row_class: type[store.Row], label: str, entry_id: str) -> list[Any]:
        """Return the entry's rows of a table; each partition is read once."""
        key = (row_class.TABLE, label)
        if key not in self.cache:
            by_entry: dict[str, list[Any]] = defaultdict(list)
            path = store.part(self.out, row_class, label)
            for row in store.read(row_class, path) if path.is_file() else ():
                by_entry[row.entry_id].append(row)  # type: ignore[attr-defined]
            self.cache[key] = by_entry
        return self.cache[key].get(entry_id, [])

    def items(self, found: tuple[str, Entry]) -> dict[str, list[dict[str, Any]]]:
        """Return the entry's facts in the shape gold facts are put in."""
        label, entry = found
        steps = solid(entry.text)
        out: dict[str, list[dict[str, Any]]] = defaultdict(list)
        roles = self.rows(EventRole, label, entry.entry_id)
        for name, row_class in (("dates", Date), ("figures", Casualty), ("places", Place), ("actors", Actor), ("events", Event)):
            for row in self.rows(row_class, label, entry.entry_id):
                item = {key: getattr(row, key) for key in store.columns(row_class)}
                item["span"] = (steps[row.start], steps[row.end])
                if name == "events":
                    for role in ("source", "target"):
                        item[f"{role}s"] = [(steps[r.start], steps[r.end]) for r in roles if r.event_id == row.event_id and r.role == role]
                out[name].append(item)
        return out
