"""Places of a text, for tests that say what comes out of a sentence: all stages before run too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pipeline.dates import DateWords, find_dates
from pipeline.entries import Situations, find_crossrefs
from pipeline.model import Model
from pipeline.places import Knowledge, PlaceModel, find_places
from pipeline.places.mentions import Reading, read
from pipeline.tables import Entry, Place, Token
from pipeline.tokens import TokenWords, parse_tokens
from tests.conftest import make_entry

KNOW = Knowledge.load()
MODEL = PlaceModel.load()


def tokens_of(entries: Sequence[Entry]) -> list[Token]:
    """Return the tokens of entries, their dates lifted out."""
    return list(parse_tokens(entries, list(find_dates(entries, DateWords.load())), TokenWords.load(), Model.load()))


def places_in(text: str, *countries: str, entry_id: str = "e1") -> list[Place]:
    """Return the places of one text, an entry on `countries`."""
    return places_of([make_entry(text, entry_id=entry_id, countries=countries, month=dt.date(2026, 2, 1))])


def places_of(entries: Sequence[Entry]) -> list[Place]:
    """Return the places of entries."""
    crossrefs = [row for entry in entries for row in find_crossrefs(entry, Situations.load())]
    resources = (KNOW.gazetteer, KNOW.countries, KNOW.regions, KNOW.words, MODEL)
    return list(find_places(entries, crossrefs, tokens_of(entries), *resources))


def reading_of(text: str, *countries: str) -> Reading:
    """Return one text, an entry on `countries`, with everything in it that may be a place name."""
    entry = make_entry(text, countries=countries)
    return read(entry, tokens_of([entry]), KNOW)
