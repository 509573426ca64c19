"""Names in a line of tokens: well-known participants, countries and seats of government, longest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.actors.words import ActorWords, Known
from pipeline.countries import Countries, Country
from pipeline.spelling import fold, plain
from pipeline.tables import Token

_LONGEST_COUNTRY = 6


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of tokens, `start` to past-last `end`, that is a name: of a known participant, or of a country or its seat."""

    start: int
    end: int
    kind: Literal["known", "country", "capital"]
    known: Known | None = None
    country: Country | None = None


def find_names(
    tokens: Sequence[Token], text: str, day: dt.date | None, local: Mapping[tuple[str, ...], Known], words: ActorWords, countries: Countries
) -> Iterator[Name]:
    """Yield the names of an entry from left to right, no two of them overlapping; `local` are names the entry itself defines."""
    folded = [(word, token.i) for token in tokens if token.dep != "date" for word in fold(token.text).split()]
    at = 0
    while at < len(folded):
        found = _known(folded, at, tokens, text, day, local, words) or _country(folded, at, tokens, text, countries)
        if found:
            yield found
            while at < len(folded) and folded[at][1] < found.end:
                at += 1
        else:
            at += 1


def _known(
    folded: Sequence[tuple[str, int]], at: int, tokens: Sequence[Token], text: str, day: dt.date | None,
    local: Mapping[tuple[str, ...], Known], words: ActorWords,
) -> Name | None:  # fmt: skip
    sizes = words.lengths.get(folded[at][0], ())
    for size in sorted({*sizes, *(len(key) for key in local if key[0] == folded[at][0])}, reverse=True):
        span = _span(folded, at, size, tokens)
        if span is None:
            continue
        key = tuple(word for word, _ in folded[at : at + size])
        written = text[tokens[span[0]].start : tokens[span[1] - 1].end]
        known = words.named(key, written, day) or (local.get(key) if written[:1].isupper() else None)
        if known:
            return Name(*span, "known", known=known)
    return None


def _country(folded: Sequence[tuple[str, int]], at: int, tokens: Sequence[Token], text: str, countries: Countries) -> Name | None:
    first = tokens[folded[at][1]]
    if not first.text[:1].isupper():
        return None
    for size in range(_LONGEST_COUNTRY, 0, -1):
        span = _span(folded, at, size, tokens)
        if span is None:
            continue
        written = plain(text[tokens[span[0]].start : tokens[span[1] - 1].end])
        if written[-1:].islower() or written.isupper() or "." in written:
            if country := countries.named(written):
                return Name(*span, "country", country=country)
            if country := countries.with_capital(written):
                return Name(*span, "capital", country=country)
    return None


def _span(folded: Sequence[tuple[str, int]], at: int, size: int, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the tokens that `size` words from `at` cover whole and in one sentence, dates apart; None if they don't."""
    if at + size > len(folded):
        return None
    start, last = folded[at][1], folded[at + size - 1][1]
    if (at and folded[at - 1][1] == start) or (at + size < len(folded) and folded[at + size][1] == last):
        return None
    if tokens[start].sentence != tokens[last].sentence or any(
        tokens[k].dep == "date" or tokens[k].text in "(),;" for k in range(start, last)
    ):
        return None
    return start, last + 1


def demonym_at(tokens: Sequence[Token], i: int, countries: Countries) -> tuple[Country, ...]:
    """Return the countries whose people or things token `i`, alone or with the one or two before it, is a word for."""
    for size in (3, 2, 1):
        first = i - size + 1
        if (
            first >= 0
            and tokens[first].text[:1].isupper()
            and (found := countries.of_demonym(" ".join(t.text for t in tokens[first : i + 1])))
        ):
            return found
    return ()
