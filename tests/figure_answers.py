"""Sentences with their figures in them: `[at least 26]{killed 26 26 -}` is a figure found, its kind and its numbers."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence

from pipeline.dates import DateWords, find_dates
from pipeline.figures import FigureWords, find_figures
from pipeline.model import Model
from pipeline.tables import Actor, Date, Entry, Figure, Token
from pipeline.tags import Tagger, find_tags
from pipeline.tokens import TokenWords, parse_tokens
from tests.conftest import make_entry

SPAN = re.compile(r"\[([^\]]*)\]\{([^}]*)\}")


def bare(sentence: str) -> str:
    """Return the sentence without its answers."""
    return SPAN.sub(r"\1", sentence)


def answers(sentence: str) -> list[tuple[str, str]]:
    """Return the figures the sentence says it has: text, and kind with numbers."""
    return SPAN.findall(sentence)


MAY = dt.date(2026, 5, 1)


def tables_of(texts: Sequence[str], months: Sequence[dt.date] = ()) -> tuple[list[Entry], list[Date], list[Token]]:
    """Return each text as an entry of its month (May 2026 where none is given), with its dates and its parse."""
    entries = [make_entry(text, entry_id=f"e{k:04}", month=months[k] if months else MAY) for k, text in enumerate(texts)]
    dates = list(find_dates(entries, DateWords.load()))
    return entries, dates, list(parse_tokens(entries, dates, TokenWords.load(), Model.load()))


def read_figures(entries: Sequence[Entry], dates: Sequence[Date], tokens: Sequence[Token], actors: Sequence[Actor] = ()) -> list[Figure]:
    """Return the figures of the entries, found with the tags that the tagger gives them."""
    tags = list(find_tags(entries, tokens, Tagger.load()))
    return list(find_figures(entries, dates, tokens, tags, actors, FigureWords.load()))


def figures_of(texts: Sequence[str], months: Sequence[dt.date] = ()) -> list[list[Figure]]:
    """Return the figures of each text."""
    found: dict[str, list[Figure]] = defaultdict(list)
    entries, dates, tokens = tables_of(texts, months)
    for figure in read_figures(entries, dates, tokens):
        found[figure.entry_id].append(figure)
    return [found[entry.entry_id] for entry in entries]


def told(figure: Figure) -> tuple[str, str]:
    """Return a figure as sentences write it: text, and kind with numbers."""
    return figure.text, f"{figure.kind} {' '.join('-' if n is None else str(n) for n in (figure.low, figure.best, figure.high))}"
