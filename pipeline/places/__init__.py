"""places: every mention, by name, of a geographic place, with where it is and how exactly that is known.

Three decisions, each a module: `mentions` and `features` find the names that are places, `resolve` says which place, and `features`
again whether the name tells where something is or stands for a government. docs/places.md has the conventions and figures.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Literal

from pipeline.by_entry import by_entry
from pipeline.countries import Countries
from pipeline.gazetteer import Gazetteer
from pipeline.places import features
from pipeline.places.explain import Explained, explain
from pipeline.places.mentions import Knowledge, Mention, Reading, read
from pipeline.places.model import PlaceModel
from pipeline.places.regions import Regions
from pipeline.places.resolve import Pick, pick_places
from pipeline.places.words import PlaceWords
from pipeline.tables import Crossref, Entry, Place, Token

__all__ = ["Explained", "Knowledge", "PlaceModel", "PlaceWords", "Regions", "explain", "find_places"]

Use = Literal["location", "actor", "xref", "attribute"]

LEAST_ODDS = -0.6  # near where precision and recall meet in cross-validation
FARTHEST = 200  # characters a pointer is looked for before a name
_SEE = re.compile(r"\([Ss]ee ")
CLOSE_RIVAL = 1.0  # a second place scoring this little behind the pick makes it ambiguous: under three to one by the model


def find_places(
    entries: Sequence[Entry],
    crossrefs: Sequence[Crossref],
    tokens: Sequence[Token],
    gazetteer: Gazetteer,
    countries: Countries,
    regions: Regions,
    words: PlaceWords,
    model: PlaceModel,
) -> Iterator[Place]:
    """Yield one row a mention of a place by name, sorted by entry and place in the text; spans of an entry never overlap.

    `iso3` is null where a place lies in several countries or in none; coordinates are null where nothing near the place is known,
    and `geo_precision` says how near the point is.
    """
    know = Knowledge(gazetteer, countries, regions, words)
    tokens_of, pointers = by_entry(tokens), by_entry(crossrefs)
    for entry in sorted(entries, key=lambda entry: entry.entry_id):
        reading = read(entry, tokens_of[entry.entry_id], know)
        yield from _places_of(reading, pointers[entry.entry_id], know, model)


def _places_of(reading: Reading, pointers: Sequence[Crossref], know: Knowledge, model: PlaceModel) -> Iterator[Place]:
    chosen = recognise(reading, pointers, know, model)
    for mention, pick in zip(chosen, pick_places(reading, chosen, know, model.choice), strict=True):
        yield _row(reading, mention, pick, pointers, know, model)


def recognise(reading: Reading, pointers: Sequence[Crossref], know: Knowledge, model: PlaceModel) -> list[Mention]:
    """Return the mentions that are places, in reading order and without overlap: the likeliest first take their stretch of text."""
    scored, seen = [], features.observe(reading, know)
    for rank, mention in enumerate(reading.mentions):
        odds = features.likelihood(features.at_mention(reading, rank, seen, know), model.place)
        pointed = mention.known and any(p.start <= mention.start and mention.end <= p.end for p in pointers)
        if (odds > LEAST_ODDS and (mention.known or not _points(reading.entry.text, mention))) or pointed:
            scored.append((-odds, mention.start, mention))
    chosen: list[Mention] = []
    for _, _, mention in sorted(scored, key=lambda item: item[:2]):
        if all(mention.end <= other.start or other.end <= mention.start for other in chosen):
            chosen.append(mention)
    return sorted(chosen, key=lambda mention: mention.start)


def _points(text: str, mention: Mention) -> bool:
    """Say whether a name stands in a pointer, where no place is named for the first time: `(see Iraq and Conflict in Focus)`."""
    opening = text.rfind("(", max(0, mention.start - FARTHEST), mention.start)
    return opening >= 0 and ")" not in text[opening : mention.start] and _SEE.match(text, opening) is not None


def _row(reading: Reading, mention: Mention, pick: Pick, pointers: Sequence[Crossref], know: Knowledge, model: PlaceModel) -> Place:
    option = pick.option
    return Place(
        entry_id=reading.entry.entry_id,
        start=mention.start,
        end=mention.end,
        text=mention.text,
        name=option.name,
        iso3=option.iso3,
        level=option.level,
        use=_use(reading, mention, pointers, know, model),
        admin1=option.admin1,
        lat=None if option.lat is None else round(option.lat, 5),
        lon=None if option.lon is None else round(option.lon, 5),
        geonameid=option.geonameid,
        geo_precision=option.geo_precision,
        match=option.match,
        score=round(pick.score, 3),
        ambiguous=pick.rival < CLOSE_RIVAL and math.isfinite(pick.rival),
    )


def _use(reading: Reading, mention: Mention, pointers: Sequence[Crossref], know: Knowledge, model: PlaceModel) -> Use:
    if any(p.start < mention.end and mention.start < p.end for p in pointers):
        return "xref"
    if features.is_attribute(reading, mention, know):
        return "attribute"
    return "actor" if features.likelihood(features.at_use(reading, mention), model.use) > 0 else "location"
