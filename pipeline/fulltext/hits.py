"""A hit: the entry, the passage that shows why it was found, and the events that belong to it."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.fulltext.filters import Condition, Wanted, joined

# Characters that mark matched words inside SQLite: reading takes control characters out of every text.
_OPEN, _CLOSE = "\x02", "\x03"
_MARKS = re.compile(f"[{_OPEN}{_CLOSE}]")
_LONGEST = 300
# After a full stop that ends no initial (U.S.) and before a capital, after a semicolon, at a new line.
_SENTENCE_END = re.compile(r"(?<=[.!?])(?<![A-Z]\.)\s+(?=[A-Z“\"‘(])|(?<=;)\s+|\n+")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MatchedEvent:
    """An event of a hit that passes the filters; `in_words` tells whether its sentence holds a word that was looked for."""

    event_id: str
    start: int
    end: int
    text: str
    type: str
    family: str
    date_from: str | None
    date_to: str | None
    place: str | None
    iso3: str | None
    source: str | None
    target: str | None
    realis: str
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    injured_best: int | None
    confidence: float | None
    in_words: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that answers; `snippet` is its text from `start` to `end`, `words` are the spans of the words found there.

    All offsets count characters of entries.text, so that snippet == entries.text[start:end].
    """

    score: float
    situation: str | None
    month: str | None
    entry_id: str
    trend: str | None
    headline: str | None
    start: int
    end: int
    snippet: str
    words: tuple[Span, ...]
    events: tuple[MatchedEvent, ...]

    def marked(self, before: str, after: str) -> str:
        """Return the snippet with its words between two marks."""
        out, at = [], self.start
        for start, end in self.words:
            out += [self.snippet[at - self.start : start - self.start], before, self.snippet[start - self.start : end - self.start], after]
            at = end
        return "".join(out) + self.snippet[at - self.start :]


@dataclass(frozen=True, slots=True)
class Answer:
    """How many entries answer, the first of them, and a note where the words were not read as typed."""

    total: int
    hits: tuple[Hit, ...]
    note: str = ""


def read_hit(own: int, score: float, match: str | None, wanted: Wanted, connection: sqlite3.Connection) -> Hit:
    """Return the hit of the entry with that number in the index.

    What is marked in its snippet is the words, where some are looked for; else what the filters name; else the events' triggers.
    """
    columns = "situation, substr(month, 1, 7), entry_id, trend"
    situation, month, entry_id, trend = connection.execute(f"SELECT {columns} FROM entries WHERE id = ?", (own,)).fetchone()
    headline, text, words = _text(own, match, connection)
    events = tuple(_events(own, words, wanted.events, connection))
    found = words or _mentions(own, wanted, connection) or [(event.start, event.end) for event in events]
    start, end = _passage(text, found, [(event.start, event.end) for event in events])
    shown = tuple(span for span in found if start <= span[0] and span[1] <= end)
    return Hit(round(score, 4), situation, month, entry_id, trend, headline, start, end, text[start:end], shown, events)


def _mentions(own: int, wanted: Wanted, connection: sqlite3.Connection) -> list[Span]:
    """Return the spans of what the filters name in an entry, one inside another left out."""
    if wanted.mentions is None:
        return []
    rows = connection.execute(
        f'SELECT DISTINCT "start", "end" FROM facts WHERE entry = ? AND event = 0 AND ({wanted.mentions.sql}) ORDER BY "start", "end" DESC',
        (own, *wanted.mentions.values),
    )
    out: list[Span] = []
    for start, end in rows:
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


def _text(own: int, match: str | None, connection: sqlite3.Connection) -> tuple[str | None, str, list[Span]]:
    """Return headline, text, and the spans of the words that were looked for."""
    if match is None:
        head, body = connection.execute("SELECT headline, body FROM texts WHERE rowid = ?", (own,)).fetchone()
        return head or None, head + body, []
    highlights = ", ".join(f"highlight(texts, {column}, '{_OPEN}', '{_CLOSE}')" for column in (0, 1))
    head, body = connection.execute(f"SELECT {highlights} FROM texts WHERE texts MATCH ? AND rowid = ?", (match, own)).fetchone()
    spans, text, at = [], [], 0
    for number, part in enumerate(_MARKS.split(head + body)):
        text.append(part)
        spans += [(at, at + len(part))] if number % 2 else []
        at += len(part)
    return _MARKS.sub("", head) or None, "".join(text), spans


def _events(own: int, found: Sequence[Span], wanted: Sequence[Condition], connection: sqlite3.Connection) -> Iterator[MatchedEvent]:
    """Yield the entry's events that pass the filters; without filters, those whose sentence holds a word looked for."""
    names = [name for name in MatchedEvent.__dataclass_fields__ if name != "in_words"]
    columns = ", ".join(f'v."{name}"' for name in names)
    where = joined([Condition("v.entry = ?", (own,)), *wanted])
    rows = connection.execute(
        f'SELECT sentence_start, sentence_end, {columns} FROM events v WHERE {where.sql} ORDER BY v."start", v.event_id',
        where.values,
    )
    for start, end, *told in rows:
        in_words = any(start <= word[0] and word[1] <= end for word in found)
        if wanted or in_words:
            yield MatchedEvent(**dict(zip(names, told, strict=True)), in_words=in_words)


def _passage(text: str, found: Sequence[Span], events: Sequence[Span]) -> Span:
    """Return the sentence that holds most of what was looked for: different words count before repeated ones, events break ties."""
    ended = (match for match in _SENTENCE_END.finditer(text) if text[: match.start()].rpartition(" ")[2] not in _abbreviations())
    starts = [start for start in dict.fromkeys((0, *(match.end() for match in ended))) if start < len(text)] or [0]
    ends = [*starts[1:], len(text)]

    def weight(number: int) -> tuple[int, int, int]:
        inside = [word for start, end in found if starts[number] <= start < ends[number] for word in text[start:end].casefold().split()]
        told = sum(starts[number] <= start < ends[number] for start, _ in events)
        return len({word[:4] for word in inside}), min(told, 1), len(inside)

    best = max(range(len(starts)), key=lambda number: (*weight(number), -number))
    start, end = starts[best], starts[best] + len(text[starts[best] : ends[best]].rstrip())
    return (start, end) if end - start <= _LONGEST else _cut(text, start, end, [word for word in found if start <= word[0] < end])


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(lexicon.read_toml("tokens.toml")["abbreviations"]["words"])


def _cut(text: str, start: int, end: int, words: Sequence[Span]) -> Span:
    """Return the part of a long sentence, at most some 300 characters and cut between words, that holds its first words looked for."""
    first = words[0][0] if words else start
    left = max(start, min(first - _LONGEST // 3, end - _LONGEST))
    if left > start:
        left = text.find(" ", left, first) + 1 or first
    right = min(end, left + _LONGEST)
    if right < end:
        right = max(text.rfind(" ", left, right), words[0][1] if words else left + 1)
    return left, right
