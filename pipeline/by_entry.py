"""Rows by the entry they belong to: every stage works entry by entry, and goes through each table once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol, TypeVar


class OfEntry(Protocol):
    """A row that belongs to an entry."""

    @property
    def entry_id(self) -> str: ...


Row = TypeVar("Row", bound=OfEntry)


def by_entry(rows: Iterable[Row]) -> defaultdict[str, list[Row]]:
    """Return the rows of each entry in their order; of an entry without any, none."""
    out: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        out[row.entry_id].append(row)
    return out
