"""What ties facts to the text: every span is the entry's text, every character but white space is in a token, heads are in reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from pipeline import store
from pipeline.tables import Date, Token
from pipeline.validate.faults import AGAIN, Fault, key_of

SPAN = {"entry_id", "start", "end", "text"}
# Columns of lists that give spans together: whose entry, where they start, what stands there.
SERIES = (("entry_id", "starts", "texts"), ("series_entry_ids", "series_starts", "series_texts"))


def span_faults(table: Any, row_class: type[store.Row], part: str, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the rows whose entry is not there, or whose text is not what the entry has from start to end."""
    ids, words = strings(table, "entry_id"), strings(table, "text")
    starts, ends = table["start"].to_numpy().tolist(), table["end"].to_numpy().tolist()
    for number, (entry_id, start, end, text) in enumerate(zip(ids, starts, ends, words, strict=True)):
        entry = texts.get(entry_id)
        if entry is None or start < 0 or entry[start:end] != text:
            found = "there is no such entry in its month" if entry is None else f"the entry has {entry[max(start, 0) : end][:60]!r} there"
            key = key_of(row_class.KEY, (table[name][number].as_py() for name in row_class.KEY))
            yield Fault(row_class.TABLE, part, key, "span", f"text is {text[:60]!r}; {found}")


def series_faults(table: Any, row_class: type[store.Row], part: str, texts: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the rows with a list of spans (starts and texts, of one entry or of one each) of which one is not its entry's text."""
    names = set(table.column_names)
    for ids, starts, words in SERIES:
        if {ids, starts, words} <= names:
            rows = zip(*(table[name].to_pylist() for name in (ids, starts, words)), strict=True)
            for number, (entry_ids, from_, told) in enumerate(rows):
                entries = entry_ids if isinstance(entry_ids, list) else [entry_ids] * len(told)
                wrong = [
                    text
                    for entry_id, start, text in zip(entries, from_, told, strict=False)
                    if texts.get(entry_id, "")[start : start + len(text)] != text
                ]
                if wrong or not len(entries) == len(from_) == len(told):
                    key = key_of(row_class.KEY, (table[name][number].as_py() for name in row_class.KEY))
                    what = f"{words} {wrong[0]!r} is not the entry's text" if wrong else f"{ids}, {starts} and {words} differ in length"
                    yield Fault(row_class.TABLE, part, key, "span", what)


def token_faults(table: Any, part: str, texts: Mapping[str, str], wanted: set[str]) -> Iterator[Fault]:
    """Yield the entries whose tokens are not the entry's text without white space, or point to heads that are not there.

    `wanted` are the entries that must have tokens: those that are current and that no stage set aside.
    """
    import numpy as np

    ids, words, heads = strings(table, "entry_id"), strings(table, "text"), table["head"].to_numpy()
    bounds = [0, *(np.flatnonzero(ids[1:] != ids[:-1]) + 1).tolist(), len(ids)] if len(ids) else [0]
    seen = set()
    for first, last in pairwise(bounds):
        entry_id = ids[first]
        seen.add(entry_id)
        key = key_of(("entry_id",), (entry_id,))
        if entry_id in texts and "".join(words[first:last]) != "".join(texts[entry_id].split()):
            yield Fault(Token.TABLE, part, key, "tokens", "the tokens are not all of the entry's text")
        if last > first and (heads[first:last].min() < 0 or heads[first:last].max() >= last - first):
            yield Fault(Token.TABLE, part, key, "heads", "a token's head is no token of the entry")
    for entry_id in sorted(wanted - seen):
        yield Fault(Token.TABLE, part, key_of(("entry_id",), (entry_id,)), "tokens", "the entry has no tokens", AGAIN)


def date_faults(table: Any, part: str) -> Iterator[Fault]:
    """Yield the dates of which one end is known and the other is not: a day is resolved or it is not."""
    import pyarrow.compute as pc

    half = table.filter(pc.not_equal(pc.is_null(table["date_from"]), pc.is_null(table["date_to"])))
    for row in half.select(list(Date.KEY)).to_pylist():
        yield Fault(Date.TABLE, part, key_of(Date.KEY, row.values()), "half a date", "one of date_from and date_to is null")


def strings(table: Any, name: str) -> Any:
    """Return a column of strings as an array of Python objects, much faster than value by value."""
    return table[name].to_numpy(zero_copy_only=False)
