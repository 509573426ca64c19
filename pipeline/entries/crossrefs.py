"""Pointers to other entries, `(see Ukraine and Russia)`: one row a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.entries.situations import Situations
from pipeline.tables import Crossref, Entry

_POINTER = re.compile(r"\(([^()]{0,80}[;,:–-] )?(?:[Ss]ee|[Cc]f\.?)(?: also)? ([^()]{2,200}(?:\([^()]{1,40}\)[^()]{0,100}){0,3})\)")
_BETWEEN = re.compile(r",| and |;| & |\bor\b")
_NOWHERE = frozenset({"above", "below", "conflict in focus"})


def find_crossrefs(entry: Entry, situations: Situations) -> Iterator[Crossref]:
    """Yield a row a name in every pointer of an entry's text; `situation` is null for a name the tracker does not have."""
    entry_id, text = entry.entry_id, entry.text
    for pointer in _POINTER.finditer(text):
        start, end = pointer.span(2)
        taken = []
        for first, last, situation in situations.mentioned(text[start:end]):
            taken.append((start + first, start + last))
            iso3 = situation.countries[0] if len(situation.countries) == 1 else None
            yield Crossref(entry_id=entry_id, start=start + first, end=start + last, text=text[start + first : start + last],
                           situation=situation.name, iso3=iso3)  # fmt: skip
        for first, last in _others(text, start, end, taken):
            if text[first:last].lower() not in _NOWHERE:
                yield Crossref(entry_id=entry_id, start=first, end=last, text=text[first:last], situation=None, iso3=None)


def _others(text: str, start: int, end: int, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans of capitalised items of the list that no situation's name covers any of."""
    at = start
    for separator in (*_BETWEEN.finditer(text, start, end), None):
        stop = separator.start() if separator else end
        first, last = at + len(text[at:stop]) - len(text[at:stop].lstrip()), at + len(text[at:stop].rstrip())
        if first < last and text[first].isupper() and not any(a < last and first < b for a, b in taken):
            yield first, last
        at = separator.end() if separator else end
