"""dates: every expression that names calendar time, with the days it covers.

Two passes, as eyecite does with citations: `find` bounds the expressions and says what is written in them, `resolve` works out
which days that is. Conventions and their sources are in docs/dates.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.dates.edtf import edtf
from pipeline.dates.find import find_mentions
from pipeline.dates.intervals import Interval
from pipeline.dates.resolve import resolve_mentions
from pipeline.dates.words import DateWords
from pipeline.dates.written import Mention, Step, as_written, is_relative
from pipeline.tables import Date, Entry

__all__ = ["DateWords", "Found", "find_dates", "find_in_text"]


@dataclass(frozen=True, slots=True)
class Found:
    """A mention and the interval it stands for; null where nothing says."""

    mention: Mention
    interval: Interval | None


def find_in_text(text: str, month: dt.date | None, words: DateWords) -> Iterator[Found]:
    """Yield the date expressions of one text in reading order; `month` is the first of the month it reports on, if known."""
    mentions = find_mentions(text, words)
    for mention, interval in zip(mentions, resolve_mentions(mentions, text, month, words), strict=True):
        if interval or not (isinstance(mention.says, Step) and mention.says.phrases.beside):  # "polling day" of no poll told is a name
            yield Found(mention, interval)


def find_dates(entries: Sequence[Entry], words: DateWords) -> Iterator[Date]:
    """Yield one row a date expression, sorted by entry and place in the text."""
    for entry in sorted(entries, key=lambda e: e.entry_id):
        for found in find_in_text(entry.text, entry.month, words):
            yield _row(entry, found)


def _row(entry: Entry, found: Found) -> Date:
    mention, interval = found.mention, found.interval
    known = interval is not None and interval.dated
    return Date(
        entry_id=entry.entry_id,
        start=mention.start,
        end=mention.end,
        text=entry.text[mention.start : mention.end],
        date_from=interval.first if interval and known else None,
        date_to=interval.last if interval and known else None,
        precision=interval.precision if interval else as_written(mention.says),
        relation=mention.relation,
        kind="relative" if is_relative(mention.says) else "absolute",
        edtf=edtf(interval) if interval else None,
    )
