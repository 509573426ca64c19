"""Names in a line of tokens: well-known participants, countries and seats of government, longest first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.actors.words import ActorWords, Context, Known
from pipeline.countries import Countries, Country
from pipeline.spelling import fold, plain
from pipeline.tables import Entry, Token

_LONGEST_COUNTRY = 6
_PAIR = re.compile(r"\s{0,2}[/()–-]\s{0,2}|\s{1,2}and\s{1,2}")


@dataclass(frozen=True, slots=True)
class Name:
    """A stretch of tokens, `start` to past-last `end`, that is a name: of a known participant, or of a country or its seat."""

    start: int
    end: int
    kind: Literal["known", "country", "capital"]
    known: Known | None = None
    country: Country | None = None


def find_names(tokens: Sequence[Token], text: str, context: Context, words: ActorWords, countries: Countries) -> Iterator[Name]:
    """Yield the names of an entry from left to right, no two of them overlapping."""
    folded = [(word, token.i) for token in tokens if token.dep != "date" for word in fold(token.text).split()]
    at = 0
    while at < len(folded):
        found = _known(folded, at, tokens, text, context, words) or _country(folded, at, tokens, text, countries)
        if found:
            yield found
            while at < len(folded) and folded[at][1] < found.end:
                at += 1
        else:
            at += 1


def context_of(entry: Entry, tokens: Sequence[Token], countries: Countries) -> Context:
    """Return what an entry tells of the names in it: its month, its countries, their neighbours and the countries it names."""
    own = home(entry, countries)
    near = {code for iso3 in own if iso3 in countries.by_iso3 for code in countries.by_iso3[iso3].neighbours}
    folded = [(word, token.i) for token in tokens if token.dep != "date" for word in fold(token.text).split()]
    for at, (_, i) in enumerate(folded):
        if not tokens[i].text[:1].isupper():
            continue
        if (name := _country(folded, at, tokens, entry.text, countries)) and name.country:
            near.add(name.country.iso3)
        near.update(country.iso3 for country in demonym_at(tokens, i, countries))
    return Context(entry.month, frozenset(own), frozenset(near))


def _known(
    folded: Sequence[tuple[str, int]], at: int, tokens: Sequence[Token], text: str, context: Context, words: ActorWords
) -> Name | None:
    for size in words.lengths.get(folded[at][0], ()):
        key = tuple([word for word, _ in folded[at : at + size]])
        span = _span(folded, at, size, tokens) if key in words.names else None
        if span is None:
            continue
        written = text[tokens[span[0]].start : tokens[span[1] - 1].end]
        known = words.named(key, written, context)
        if known and not (size == 1 and written != known.name and _part_of_other(span, tokens, words)):
            return Name(*span, "known", known=known)
    return None


def _part_of_other(span: tuple[int, int], tokens: Sequence[Token], words: ActorWords) -> bool:
    """Tell whether a single word is part of a longer name, of somebody else: "Khan" in "Salman Khan" or "Khan Younis"."""
    for i in (span[0] - 1, span[1]):
        if 0 <= i < len(tokens) and tokens[i].pos == "PROPN" and tokens[i].dep != "date" and tokens[i].text[:1].isupper():
            together = tokens[max(i, span[0])].ent_iob == "I" and tokens[i].sentence == tokens[span[0]].sentence
            if together and words.role([tokens[i].text], [tokens[i].lemma]) is None:
                return True
    return False


def _country(folded: Sequence[tuple[str, int]], at: int, tokens: Sequence[Token], text: str, countries: Countries) -> Name | None:
    if not tokens[folded[at][1]].text[:1].isupper():
        return None
    for size in range(_longest(folded, at, countries), 0, -1):
        last = tokens[folded[at + size - 1][1]].text
        if last.islower() and last.isascii():
            continue
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


def _longest(folded: Sequence[tuple[str, int]], at: int, countries: Countries) -> int:
    """Return how many words from `at` on may be one country's name, or a beginning of one."""
    letters = ""
    for size, (word, _) in enumerate(folded[at : at + _LONGEST_COUNTRY]):
        letters += word
        if not countries.may_begin(letters):
            return size
    return min(_LONGEST_COUNTRY, len(folded) - at)


def _span(folded: Sequence[tuple[str, int]], at: int, size: int, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the tokens that `size` words from `at` cover whole and in one sentence, dates apart; None if they don't."""
    if at + size > len(folded):
        return None
    start, last = folded[at][1], folded[at + size - 1][1]
    if (at and folded[at - 1][1] == start) or (at + size < len(folded) and folded[at + size][1] == last):
        return None
    if tokens[start].sentence != tokens[last].sentence:
        return None
    for k in range(start, last):
        if tokens[k].dep == "date" or tokens[k].text in "(),;":
            return None
    return start, last + 1


def home(entry: Entry, countries: Countries) -> tuple[str, ...]:
    """Return the codes of the entry's countries: its own list, else the countries its situation is named for."""
    if entry.countries:
        return entry.countries
    name = entry.situation or ""
    if country := countries.named(name):
        return (country.iso3,)
    return tuple(dict.fromkeys(country.iso3 for part in _PAIR.split(name) if (country := countries.named(part))))


def demonym_at(tokens: Sequence[Token], i: int, countries: Countries) -> tuple[Country, ...]:
    """Return the countries whose people or things token `i`, alone or with the one or two before it, is a word for."""
    if not countries.may_end_demonym(tokens[i].text):
        return ()
    for size in (3, 2, 1):
        first = i - size + 1
        if (
            first >= 0
            and tokens[first].text[:1].isupper()
            and (found := countries.of_demonym(" ".join(t.text for t in tokens[first : i + 1])))
        ):
            return found
    return ()
