"""Entries cut into tokens so that every span of every table begins and ends with one: what spaCy and Prodigy need.

The cuts are those of table `tokens`, and one more wherever a span begins or ends inside a token ("Kabul-based").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from pipeline import store
from pipeline.export import withheld
from pipeline.export.labelstudio import region_id
from pipeline.export.selection import Month
from pipeline.tables import Actor, Casualty, Date, Entry, Event, Place, Token

SPANS: tuple[type[store.Row], ...] = (Date, Place, Actor, Casualty, Event)
LABELS = {"dates": "DATE", "places": "PLACE", "actors": "ACTOR", "casualties": "FIGURE", "events": "EVENT"}
# The column that says what kind of a date, place, ... it is.
KINDS = {"dates": "precision", "places": "level", "actors": "type", "casualties": "kind", "events": "type"}


@dataclass(frozen=True, slots=True)
class Span:
    """One row of a table as a span: its characters, its tokens (`last` exclusive), its row's region id."""

    table: str
    start: int
    end: int
    first: int
    last: int
    kind: str
    identity: str
    row: str

    @property
    def label(self) -> str:
        """The coarse label: DATE, PLACE, ACTOR, FIGURE or EVENT."""
        return LABELS[self.table]


@dataclass(frozen=True, slots=True)
class Tokenised:
    """An entry's text (masked where it may not be shown), its tokens as offsets, where sentences begin, its spans."""

    entry: Entry
    text: str
    tokens: tuple[tuple[int, int], ...]
    sentence_starts: frozenset[int]
    spans: tuple[Span, ...]

    def blank_after(self, i: int) -> bool:
        """Tell whether a single blank stands between a token and the next."""
        following = self.tokens[i + 1][0] if i + 1 < len(self.tokens) else len(self.text)
        return following > self.tokens[i][1]


def tokenised(month: Month, no_text: bool = False) -> Iterator[Tokenised]:
    """Yield the month's entries in order of entry_id, their spans in order of offset."""
    tokens = _by_entry(month.rows(Token))
    rows: dict[str, list[Any]] = {}
    for row_class in SPANS:
        for entry_id, group in _by_entry(month.rows(row_class)).items():
            rows.setdefault(entry_id, []).extend(group)
    for entry in month.entries:
        yield _cut(entry, tokens.get(entry.entry_id, ()), rows.get(entry.entry_id, ()), no_text)


def _by_entry(rows: Sequence[Any]) -> Mapping[str, Sequence[Any]]:
    return {entry_id: list(group) for entry_id, group in groupby(rows, attrgetter("entry_id"))}


def _cut(entry: Entry, tokens: Sequence[Token], rows: Sequence[Any], no_text: bool) -> Tokenised:
    words = [(token.start, token.end) for token in tokens] or [match.span() for match in re.finditer(r"\w+|[^\w\s]", entry.text)]
    begun, ended = {row.start for row in rows}, {row.end for row in rows}
    text = withheld.mask(entry.text) if no_text else entry.text
    breaks = {bound for match in re.finditer("\n", entry.text) for bound in match.span()}
    points = sorted({0, len(text), *breaks, *begun, *ended, *(bound for word in words for bound in word)})
    # A blank between two words is no token of its own, unless a span wants it; masked, it can no longer be told from a word.
    pieces = tuple((a, b) for a, b in pairwise(points) if no_text or a == 0 or text[a:b] != " " or a in begun or b in ended)
    first = {a: i for i, (a, _) in enumerate(pieces)}
    last = {b: i + 1 for i, (_, b) in enumerate(pieces)}
    starts = {next(group).start for _, group in groupby(tokens, attrgetter("sentence"))}
    spans = sorted((_span(row, first, last, no_text) for row in rows), key=lambda span: (span.start, span.end, span.row))
    return Tokenised(entry, text, pieces, frozenset(starts), tuple(spans))


def _span(row: Any, first: Mapping[int, int], last: Mapping[int, int], no_text: bool) -> Span:
    identity = ""
    if isinstance(row, Actor):
        identity = withheld.pseudonym(row.actor_id) if no_text and row.match == withheld.DESCRIBED else row.actor_id
    elif isinstance(row, Place) and row.geonameid is not None:
        identity = f"geonames:{row.geonameid}"
    kind = str(getattr(row, KINDS[row.TABLE]))
    return Span(row.TABLE, row.start, row.end, first[row.start], last[row.end], kind, identity, region_id(row))


def entities(spans: Sequence[Span]) -> list[Span]:
    """Return the dates, places and actors that do not overlap, the longest first in line, in order of offset."""
    order = list(LABELS)
    named = [span for span in spans if span.table in ("dates", "places", "actors")]
    taken: list[Span] = []
    for span in sorted(named, key=lambda span: (span.start - span.end, span.start, order.index(span.table))):
        if all(span.end <= other.start or other.end <= span.start for other in taken):
            taken.append(span)
    return sorted(taken, key=lambda span: span.start)
