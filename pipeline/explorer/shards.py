"""The texts and their facts, in files of so many entries each, which a page loads when one of them is looked at.

A file of facts holds columns, not rows: how many rows each entry has, then one list a column, in the order of the entries.
Offsets are those of the tables: Python characters. `facts.js` reads them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pipeline.explorer.read import Facts, Year

if TYPE_CHECKING:
    import pyarrow as pa

SIZE = 64
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?][”’\")]*(?= +[A-Z‘“\"(])|(?=\n|$))")
_AS_THEY_ARE = frozenset({"start", "end"})


@dataclass(frozen=True, slots=True)
class Shard:
    """Entries `first` to `first + count - 1` of all, in files named after `name`."""

    name: str
    first: int
    count: int
    texts: list[Any]
    facts: dict[str, Any]


def cut(year: Year, first: int, actor_ids: pa.Array, situations: pa.Array) -> Iterator[Shard]:
    """Yield the year's entries in files of SIZE; `first` is the number of its first entry.

    Actors and situations are told by their rank in the lists given.
    """
    texts, headlines = year.column("text"), year.column("headline")
    tables = {name: _numbered(facts, name, year, actor_ids, situations) for name, facts in year.facts.items()}
    tables["sentences"] = _sentences(year.facts["sentences"], texts)
    firsts = {name: facts.firsts(len(texts)) for name, facts in tables.items()}
    for part, start in enumerate(range(0, len(texts), SIZE), start=1):
        end = min(start + SIZE, len(texts))
        headed = [
            int(line is not None and text.startswith(line)) for text, line in zip(texts[start:end], headlines[start:end], strict=True)
        ]
        facts = {name: _columns(table.rows, firsts[name][start : end + 1].tolist()) for name, table in tables.items()}
        yield Shard(f"{year.name}-{part:03d}", first + start, end - start, [texts[start:end], headed], facts)


def _columns(rows: pa.Table, firsts: list[int]) -> dict[str, Any]:
    """Return the columns of a run of entries, given where each one's rows begin, with the end."""
    part = rows.slice(firsts[0], firsts[-1] - firsts[0])
    counts = [after - before for before, after in pairwise(firsts)]
    return {"n": counts, **{name: _column(part[name], name) for name in part.column_names}}


def _column(values: Any, name: str) -> Any:
    """Return a list, or {"v": distinct values, "i": which of them} where that is shorter; of numbers always a list."""
    import pyarrow as pa

    values = values.combine_chunks()
    if pa.types.is_date(values.type):
        values = values.cast(pa.string())
    if name in _AS_THEY_ARE or not pa.types.is_string(values.type):
        return values.to_pylist()
    coded = values.dictionary_encode("encode")
    if len(coded.dictionary) * 2 > len(values):
        return values.to_pylist()
    return {"v": coded.dictionary.to_pylist(), "i": coded.indices.to_pylist()}


def _numbered(facts: Facts, name: str, year: Year, actor_ids: pa.Array, situations: pa.Array) -> Facts:
    """Return the rows with actors, situations and events as numbers; an event's is its rank in its entry."""
    import pyarrow.compute as pc

    rows = facts.rows.drop_columns(["event_id"]) if name == "events" else facts.rows
    for column, new, known in (("situation", "situation", situations), ("actor_id", "actor", actor_ids)):
        if column in rows.column_names:
            rows = _replaced(rows, column, new, pc.index_in(rows[column], value_set=known, skip_nulls=True))
    if "event_id" in rows.column_names:
        rows = _replaced(rows, "event_id", "event", event_ranks(facts, year))
    return Facts(rows, facts.rank)


def _replaced(rows: pa.Table, column: str, new: str, values: Any) -> pa.Table:
    return rows.set_column(rows.column_names.index(column), new, values)


def event_ranks(facts: Facts, year: Year) -> pa.Array:
    """Return, for rows with an `event_id`, the rank of that event among those of its entry; null where it hangs on none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    events = year.facts["events"]
    row = pc.index_in(facts.rows["event_id"], value_set=events.rows["event_id"].combine_chunks(), skip_nulls=True).combine_chunks()
    first = pa.array(events.firsts(year.entries.num_rows)[:-1]).take(pa.array(facts.rank))
    return pc.subtract(row.cast(pa.int64()), first)


def _sentences(found: Facts, texts: list[str]) -> Facts:
    """Return the sentences of the tokens; of an entry that has none, its lines cut at full stops."""
    import numpy as np
    import pyarrow as pa

    missing = np.flatnonzero(found.counts(len(texts)) == 0)
    made = [(rank, match.start(), match.end()) for rank in missing.tolist() for match in _SENTENCE.finditer(texts[rank])]
    if not made:
        return found
    rank = np.concatenate((found.rank, np.array([rank for rank, _, _ in made], dtype=np.int64)))
    order = np.argsort(rank, kind="stable")
    more = pa.table(
        {"start": [start for _, start, _ in made], "end": [end for _, _, end in made]}, schema=found.rows.schema.remove_metadata()
    )
    return Facts(pa.concat_tables([found.rows, more]).take(order), rank[order])
