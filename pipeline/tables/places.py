"""Geographic places named in entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pipeline.tables.fields import End, EntryId, Iso3, Partition, Start, Text

Level = Literal["country", "admin1", "admin2", "settlement", "area", "site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row a mention, by name, of a geographic place."""

    TABLE: ClassVar[str] = "places"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: Text
    name: Annotated[str, "The gazetteer's name of the place, or the text where nothing matched."]
    iso3: Iso3
    level: Annotated[Level, "country, admin1, admin2, settlement, area (informal region, sea, river, ...), site."]
    use: Annotated[Literal["location", "actor", "xref", "attribute"], "What the name does in its sentence."]
    admin1: Annotated[str | None, "Name of the first-level unit it lies in or is."]
    lat: Annotated[float | None, "Latitude, degrees north, WGS84; of an area the midpoint of its units."]
    lon: Annotated[float | None, "Longitude, degrees east, WGS84."]
    geonameid: Annotated[int | None, "GeoNames identity; null for units and areas without one."]
    geo_precision: Annotated[
        int | None,
        "UCDP code: 1 exact, 2 near a known point, 3 second-level unit, 4 first-level unit, 5 linear or fuzzy, 6 country, 7 sea or air.",
    ]
    match: Annotated[
        Literal["exact", "alias", "variant", "region", "fuzzy", "enclosing_admin2", "enclosing_admin1", "country", "none"],
        "How the name was matched with the gazetteer.",
    ]
    score: Annotated[float | None, "Ranking score of the pick, comparable inside one mention only."]
    ambiguous: Annotated[bool, "True when another candidate scored nearly as well."]
