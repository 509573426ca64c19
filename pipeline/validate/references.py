"""What ties tables to one another: every key named exists, facts hang on events of their own entry, no entry is without a place in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline import store
from pipeline.foreign_keys import foreign_keys
from pipeline.tables import Casualty, Coverage, Document, Entry, Event, RegisteredActor
from pipeline.validate.faults import AGAIN, Fault, key_of
from pipeline.validate.spans import strings

HOMES: dict[tuple[str, str], type[store.Row]] = {
    ("entries", "entry_id"): Entry, ("events", "event_id"): Event,
    ("actor_registry", "actor_id"): RegisteredActor, ("documents", "document_id"): Document,
}  # fmt: skip


@dataclass(slots=True)
class Known:
    """The keys there are, by table and column; of events, whose they are; of entries that tables without months quote, the texts."""

    keys: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    entry_of_event: dict[str, str] = field(default_factory=dict)
    quoted: set[str] = field(default_factory=set)
    texts: dict[str, str] = field(default_factory=dict)

    def homes(self) -> set[type[store.Row]]:
        """Return the tables others point to."""
        return set(HOMES.values())

    def columns(self, row_class: type[store.Row]) -> list[str]:
        """Return the columns of such a table that `learn` needs."""
        return [column for (_, column), own in HOMES.items() if own is row_class] + (["entry_id"] if row_class is Event else [])

    def learn(self, table: Any, row_class: type[store.Row]) -> None:
        """Take in the keys of one file that other tables may point to."""
        for home, own in HOMES.items():
            if own is row_class:
                self.keys[home] |= set(strings(table, home[1]))
        if row_class is Event:
            self.entry_of_event |= zip(strings(table, "event_id"), strings(table, "entry_id"), strict=True)


def reference_faults(table: Any, row_class: type[store.Row], part: str, known: Known) -> Iterator[Fault]:
    """Yield the rows of one file that point to what is not there, or to an event of another entry."""
    for name, home in foreign_keys(row_class).items():
        if unique(table[name]) <= known.keys[home]:
            continue
        for number, value in _values(table[name]):
            if value not in known.keys[home]:
                what = f"{name} {value} is not in {home[0]}"
                yield Fault(row_class.TABLE, part, _key(table, row_class, number), "reference", what, _remedy(home[0]))
    columns = store.columns(row_class)
    if row_class is not Event and {"event_id", "entry_id"} <= set(columns):
        for number, (event_id, entry_id) in enumerate(zip(strings(table, "event_id"), strings(table, "entry_id"), strict=True)):
            if event_id is not None and known.entry_of_event.get(event_id, entry_id) != entry_id:
                what = f"event_id {event_id} is of entry {known.entry_of_event[event_id]}"
                yield Fault(row_class.TABLE, part, _key(table, row_class, number), "reference", what)


def unique(column: Any) -> set[str]:
    """Return the different values of a column of strings or of lists of strings, null left out."""
    import pyarrow.compute as pc

    values = pc.list_flatten(column) if column.type.num_fields else column
    return set(pc.unique(values).to_pylist()) - {None}


def _values(column: Any) -> Iterator[tuple[int, str]]:
    """Yield row number and value of each value that is not null, those of lists one by one."""
    if not column.type.num_fields:
        yield from ((number, value) for number, value in enumerate(column.to_numpy(zero_copy_only=False)) if value is not None)
        return
    for number, values in enumerate(column.to_pylist()):
        yield from ((number, value) for value in values or ())


def _key(table: Any, row_class: type[store.Row], number: int) -> str:
    return key_of(row_class.KEY, (table[name][number].as_py() for name in row_class.KEY))


def rival_faults(table: Any, part: str) -> Iterator[Fault]:
    """Yield the figures whose `rival_of` is no other figure of their entry and kind, or one that is a rival itself."""
    figures = table.select(["entry_id", "start", "end", "kind", "rival_of"]).to_pylist()
    counted = {(row["entry_id"], row["kind"], row["start"]) for row in figures if row["rival_of"] is None}
    for row in figures:
        first = row["rival_of"]
        if first is not None and (row["entry_id"], row["kind"], first) not in counted:
            what = f"rival_of {first} is the start of no figure of that kind in the entry that has no rival_of"
            yield Fault(Casualty.TABLE, part, key_of(Casualty.KEY, (row[name] for name in Casualty.KEY)), "reference", what)


def _remedy(home: str) -> str:
    return f"run `crisiswatch run` without naming stages, so that {home} is made of the same input; {AGAIN}"


def coverage_faults(entries: Mapping[str, str | None], coverage: Any, part: str) -> Iterator[Fault]:
    """Yield the entries of a month that its coverage does not name, and the coverage that names no entry.

    `entries` gives the situation of the month's entries, those that a revision superseded left out.
    """
    named = dict(zip(strings(coverage, "situation"), strings(coverage, "entry_id"), strict=True))
    for entry_id, situation in entries.items():
        if situation is not None and part != store.UNKNOWN and named.get(situation) != entry_id:
            told = f"coverage names {named[situation]}" if situation in named else "coverage has no row"
            yield Fault(Entry.TABLE, part, f"entry_id={entry_id}", "coverage", f"the entry is on {situation}, for which {told}")
    for situation, entry_id in named.items():
        if entry_id is not None and entry_id not in entries:
            what = f"entry_id {entry_id} is no current entry of the month"
            yield Fault(Coverage.TABLE, part, f"situation={situation} month={part}-01", "coverage", what)
