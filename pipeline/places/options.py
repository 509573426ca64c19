"""What a name can stand for: countries, regions and places of the gazetteer made alike, so that one ranking can weigh them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.countries import Country
from pipeline.gazetteer import Candidate
from pipeline.places.mentions import Knowledge, Mention
from pipeline.places.regions import PRECISION, Region
from pipeline.tables import Level

Match = Literal["exact", "alias", "variant", "region", "fuzzy", "enclosing_admin2", "enclosing_admin1", "country", "none"]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing a mention can stand for. `row` is its row in the gazetteer, -1 outside of it.

    `share` is, of a unit and of the town of its name, the share of the unit's people who live in the town.
    """

    name: str
    iso3: str | None
    level: Level
    admin1: str | None
    admin2: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    population: int
    geo_precision: int | None
    match: Match
    row: int
    own_name: bool
    share: float = 0.0


def options_of(mention: Mention, kind: str, know: Knowledge) -> Iterator[Option]:
    """Yield everything a name can stand for; some units and regions carry `kind`, the word after it, in theirs (`Northern Region`)."""
    if mention.country:
        yield of_country(mention.country)
    if mention.region:
        yield of_region(mention.region)
    seen = set()
    for candidate in mention.candidates:
        seen.add(candidate.row)
        yield of_candidate(candidate, "exact" if candidate.own_name else "alias")
    if kind and (region := know.regions.named(f"{mention.text} {kind}")) and region is not mention.region:
        yield of_region(region)
    if kind:
        for candidate in know.gazetteer.candidates(f"{mention.text} {kind}"):
            if candidate.row not in seen and candidate.level != "settlement":
                yield of_candidate(candidate, "exact" if candidate.own_name else "alias")


def of_country(country: Country) -> Option:
    """Return a country as an option; its point is in its middle."""
    return Option(
        country.name, country.iso3, "country", None, None, country.lat, country.lon, None, 0, PRECISION["country"], "exact", -1, True
    )


def of_region(region: Region) -> Option:
    """Return a region as an option."""
    return Option(
        region.name,
        region.iso3,
        region.level,
        region.admin1,
        None,
        region.lat,
        region.lon,
        region.geonameid,
        0,
        region.geo_precision,
        "region",
        -1,
        True,
    )


def of_candidate(candidate: Candidate, match: Match) -> Option:
    """Return a place of the gazetteer as an option."""
    return Option(
        candidate.name,
        candidate.iso3,
        candidate.level,
        candidate.admin1,
        candidate.admin2,
        candidate.lat,
        candidate.lon,
        candidate.geonameid,
        candidate.population,
        PRECISION[candidate.level],
        match,
        candidate.row,
        candidate.own_name,
    )


def enclosing(text: str, unit: Option) -> Option:
    """Return what can be said of an unknown place inside a known unit: the unit's point, at the unit's precision."""
    level: Level = "settlement"
    match: Match = "enclosing_admin1" if unit.level == "admin1" else "enclosing_admin2" if unit.level == "admin2" else "country"
    return replace(unit, name=text, level=level, match=match, geonameid=None, row=-1, population=0)
