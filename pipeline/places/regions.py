"""Regions, seas, rivers, disputed territories and former names that no gazetteer has: `lexicon/regions.csv`.

A region's coordinates are the mean of its members' (units of the gazetteer, or countries); a sea, a river or a
shoal has its own in the table. `members` are `COD:North Kivu` or `MLI`, joined by `|`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self, cast, get_args

from pipeline import lexicon
from pipeline.countries import Countries
from pipeline.gazetteer import Candidate, Gazetteer
from pipeline.spelling import fold, plain
from pipeline.tables import Level

_FILE = "regions.csv"
_LARGE = 2  # members beyond which a point between them says little, so the region stays an area
# UCDP: 7 is sea or air, 5 linear or fuzzy, 6 the whole country.
PRECISION = {"sea": 7, "country": 6, "admin1": 4, "admin2": 3, "settlement": 1, "site": 1, "area": 5}


@dataclass(frozen=True, slots=True)
class Region:
    """One row of the table, its point worked out; `iso3` is None where it lies in several countries or in none."""

    name: str
    aliases: tuple[str, ...]
    iso3: str | None
    level: Level
    kind: str
    members: tuple[str, ...]
    lat: float | None
    lon: float | None
    geonameid: int | None
    admin1: str | None

    @property
    def geo_precision(self) -> int:
        """UCDP's code for how exact the point is."""
        return PRECISION["sea"] if self.kind == "sea" else PRECISION[self.level]


@dataclass(frozen=True, slots=True)
class Regions:
    """The regions by name and alias: as written (apostrophes and dashes of one kind) and, from five letters on, folded.

    `lowercase` leads from the first word of a name in small letters to such names, as words, the longest first.
    """

    by_name: Mapping[str, Region]
    lowercase: Mapping[str, tuple[tuple[str, ...], ...]]

    @classmethod
    def load(cls) -> Self:
        """Return the regions; raises LexiconError where a row names an unknown member or takes another row's name."""
        return cast("Self", _load())

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the table and of the gazetteer its members are looked up in."""
        return lexicon.digest((_FILE, "countries.csv")) + Gazetteer.identity()

    def named(self, name: str) -> Region | None:
        """Return the region called `name`; None if there is none."""
        return self.by_name.get(plain(name)) or self.by_name.get(_folded(name))


@cache
def _load() -> Regions:
    gazetteer, countries = Gazetteer.load(), Countries.load()
    by_name: dict[str, Region] = {}
    lowercase: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line, row in enumerate(lexicon.read_csv(_FILE), start=2):
        region = _region(row, line, gazetteer, countries)
        for name in (region.name, *region.aliases):
            if name[0].islower():
                words = tuple(name.split(" "))
                lowercase[words[0]] = tuple(sorted((*lowercase.get(words[0], ()), words), key=len, reverse=True))
            by_name.setdefault(_folded(name), region)
            if by_name.setdefault(plain(name), region) is not region and name in ((known := by_name[plain(name)]).name, *known.aliases):
                raise lexicon.LexiconError(f"{_FILE}, line {line}: {name!r} already names {known.name}; keep it in one row")
    by_name.pop("", None)
    return Regions(by_name, lowercase)


def _region(row: dict[str, str], line: int, gazetteer: Gazetteer, countries: Countries) -> Region:
    where = f"{_FILE}, line {line}"
    if row["level"] not in get_args(Level):
        raise lexicon.LexiconError(f"{where}: level {row['level']!r} is none of {', '.join(get_args(Level))}")
    members = tuple(item for item in row["members"].split("|") if item)
    units = [unit for member in members for unit in _member(member, row["level"], where, gazetteer, countries)]
    points = [(unit[0], unit[1]) for unit in units]
    if row["lat"]:
        points = [(float(row["lat"]), float(row["lon"]))]
    only = units[0][2] if len(units) == 1 else None
    same = only is not None and row["level"] == only.level
    return Region(
        name=row["name"],
        aliases=tuple(item for item in row["aliases"].split("|") if item),
        iso3=row["iso3"] or None,
        level=cast("Level", row["level"]),
        kind=row["kind"],
        members=members,
        lat=sum(lat for lat, _ in points) / len(points) if points else None,
        lon=sum(lon for _, lon in points) / len(points) if points else None,
        geonameid=only.geonameid if only and same else None,
        admin1=only.admin1 if only else row["name"] if row["level"] == "admin1" else None,
    )


def _member(
    member: str, level: str, where: str, gazetteer: Gazetteer, countries: Countries
) -> Iterator[tuple[float, float, Candidate | None]]:
    """Yield the point of a member and, where it is a place of the gazetteer, the place, of the row's own level if there is one."""
    iso3, _, name = member.partition(":")
    country = countries.by_iso3.get(iso3)
    if country is None:
        raise lexicon.LexiconError(f"{where}: member {member!r} begins with no country code; write ISO3 or ISO3:Unit")
    if not name:
        yield country.lat, country.lon, None
        return
    known = [unit for unit in gazetteer.candidates(name, iso3) if unit.lat is not None and unit.lon is not None]
    unit = next((unit for unit in known if unit.level == level), known[0] if known else None)
    if unit is None or unit.lat is None or unit.lon is None:
        raise lexicon.LexiconError(
            f"{where}: the gazetteer has no {name!r} with coordinates in {iso3}; `crisiswatch places {name!r}` shows what it has"
        )
    yield unit.lat, unit.lon, unit


def _folded(name: str) -> str:
    key = fold(name)
    return key if len(key) > 4 and not name.isupper() else ""
