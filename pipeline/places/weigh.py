"""What speaks for and against an option, by name and strength; the sum, weighted, is its score."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.distance import APART_KM, EARTH_KM, km
from pipeline.places.bearers import Bearers, fame, hosting, share
from pipeline.places.context import Surroundings
from pipeline.places.mentions import Mention
from pipeline.places.options import Option
from pipeline.spelling import fold

NEAR_KM = 200.0  # a place this far from the nearest other pick gains a third of what one beside it does


@dataclass(frozen=True, slots=True)
class Scene:
    """Where an entry plays: its own countries, their neighbours, those named in it and in each paragraph; and what the last pass picked.

    `picks` are by rank; `twins` by spelling, with rank and sureness; `units` by paragraph and `anchors` (latitude, longitude) with the
    spelling they were picked for, so that no pick speaks for itself.
    """

    own: frozenset[str]
    near: frozenset[str]
    named: Mapping[int, frozenset[str]]
    everywhere: frozenset[str]
    picks: Mapping[int, Option] = field(default_factory=dict)
    twins: Mapping[str, Sequence[tuple[float, int, Option]]] = field(default_factory=dict)
    units: Mapping[int, Sequence[tuple[str, str]]] = field(default_factory=dict)
    anchors: Sequence[tuple[str, float, float]] = ()


@dataclass(frozen=True, slots=True)
class Company:
    """What was picked for the other names of an entry, seen from one: where it lies, its neighbours' countries, a twin, units, points."""

    outer: Option | None
    beside: Mapping[str, str | None]
    twin: Option | None
    units: frozenset[str]
    anchors: Sequence[tuple[float, float]]

    @classmethod
    def of(cls, place: Mention, around: Surroundings, scene: Scene, paragraph: int) -> Company:
        """Return what the scene has for a name, but for what was picked for that very name."""
        key, picks = fold(place.text), scene.picks
        outer = picks.get(around.outer) if around.outer is not None else None
        neighbours = {side: picks.get(around.rank + step) for side, step in (("before", -1), ("after", 1))}
        return cls(
            outer if outer is not None and outer.iso3 else None,
            {side: pick.iso3 for side, pick in neighbours.items() if pick is not None},
            next((found for _, rank, found in scene.twins.get(key, ()) if rank != around.rank), None),
            frozenset(unit for of, unit in scene.units.get(paragraph, ()) if of != key),
            [(lat, lon) for of, lat, lon in scene.anchors if of != key],
        )


def scores_alone(
    place: Mention, options: Sequence[Option], around: Surroundings, scene: Scene, paragraph: int, weights: Mapping[str, float]
) -> list[float]:
    """Return the utility of each option but for what it gains by the company of what else is picked."""
    bearers = Bearers.of(place, scene.own)
    return [_sum(_alone(place, option, around, scene, paragraph, bearers), weights) for option in options]


def scores(
    place: Mention, options: Sequence[Option], alone: Sequence[float], around: Surroundings, scene: Scene, paragraph: int,
    weights: Mapping[str, float],
) -> list[float]:  # fmt: skip
    """Return the utility of each option, given what it is `alone`; the best of a mention is what it is taken to stand for."""
    company = Company.of(place, around, scene, paragraph)
    return [_sum(_of_company(option, company), weights, start) for option, start in zip(options, alone, strict=True)]


def _sum(evidence: Iterable[tuple[str, float]], weights: Mapping[str, float], start: float = 0.0) -> float:
    get = weights.get
    return sum([get(name, 0.0) * value for name, value in evidence], start)


def evidence(place: Mention, option: Option, around: Surroundings, scene: Scene, paragraph: int) -> Iterator[tuple[str, float]]:
    """Yield what speaks for or against an option, each with how strongly."""
    yield from _alone(place, option, around, scene, paragraph, Bearers.of(place, scene.own))
    yield from _of_company(option, Company.of(place, around, scene, paragraph))


def _alone(
    place: Mention, option: Option, around: Surroundings, scene: Scene, paragraph: int, bearers: Bearers
) -> Iterator[tuple[str, float]]:
    sort = sort_of(option)
    yield f"sort={sort}", 1.0
    yield from _of_country(option, sort, scene, paragraph)
    yield from _of_name(place, option, sort, scene, bearers)
    yield from _of_fame(place, option, sort, scene, around, bearers)
    yield from _of_words(option, sort, around)


def sort_of(option: Option) -> str:
    """Return the level of an option, `region` for those of the table of regions, `unknown` where no table has the name."""
    if option.match == "country" and option.row < 0 and option.level == "settlement":
        return "unknown"
    return "region" if option.match == "region" else option.level


def _of_country(option: Option, sort: str, scene: Scene, paragraph: int) -> Iterator[tuple[str, float]]:
    """Yield how the option's country stands to the entry."""
    if option.iso3 is None:
        yield "several countries", 1.0
    elif option.iso3 in scene.own:
        yield f"own {sort}", 1.0
    elif option.iso3 in scene.named.get(paragraph, ()):
        yield "named beside", 1.0
    elif option.iso3 in scene.everywhere:
        yield "named", 1.0
    elif option.iso3 in scene.near:
        yield "near", 1.0
    elif option.population:
        yield "far", 1.0
        yield "far population", math.log10(option.population) / 7


def _of_name(place: Mention, option: Option, sort: str, scene: Scene, bearers: Bearers) -> Iterator[tuple[str, float]]:
    """Yield how well known the place is by this name."""
    if option.match in ("alias", "variant"):
        yield option.match, 1.0
    if option.population:
        yield "population", math.log10(option.population) / 7
        if option.population >= bearers.most:
            yield "largest", 1.0
    # In an entry on Lebanon Tripoli is no capital: a foreign one gives way to a namesake at home of some size.
    if place.capital_of and option.iso3 == place.capital_of.iso3 and (option.iso3 in scene.own or not bearers.large_at_home):
        yield f"capital {sort}", 1.0
        if option.iso3 not in scene.own and option.level == "settlement":
            yield "foreign capital's share", share(option, bearers.people)
    if option.level == "admin2" and option.iso3 in scene.own and option.iso3 not in bearers.upper:
        yield "only unit at home", 1.0
    if option.share:
        yield f"seat {sort}", option.share


def _of_fame(
    place: Mention, option: Option, sort: str, scene: Scene, around: Surroundings, bearers: Bearers
) -> Iterator[tuple[str, float]]:
    """Yield what speaks for a place known worldwide against the entry's own country.

    `fame` is nought for ten thousand people and one for a million, times the share in the people of all settlements, or all units, of
    the name: Geneva's namesakes in the United States have a fifth of its people together.
    """
    host = hosting(place, around, scene.own)
    if sort == "unknown":
        yield "unknown though famed", bearers.fame
        if host:
            yield "unknown though host", 1.0
    elif option.iso3 not in scene.own and option.row >= 0:
        if scene.own:  # where the text is on no country nothing is abroad
            yield f"fame abroad {sort}", fame(option, bearers.people)
            yield f"share abroad {sort}", share(option, bearers.people)
        if host and option.iso3 == host and sort in ("settlement", "admin1"):
            yield "host", 1.0


def _of_words(option: Option, sort: str, around: Surroundings) -> Iterator[tuple[str, float]]:
    """Yield how the words beside the name suit the option."""
    if around.of and option.iso3:
        yield ("of" if option.iso3 == around.of else "of another"), 1.0
    if not around.kinds:
        yield f"no kind {sort}", 1.0
    else:
        yield (f"kind fits {sort}" if option.level in around.kinds else f"kind differs {sort}"), 1.0
    if around.beside and option.row >= 0:
        yield f"beside {sort}", 1.0


def _of_company(option: Option, company: Company) -> Iterator[tuple[str, float]]:
    """Yield how the option suits what was picked for the other names of the entry."""
    outer, iso3 = company.outer, option.iso3
    if outer is not None:
        yield ("inside" if _within(option, outer) else "outside" if iso3 != outer.iso3 else "beside"), 1.0
    if iso3 is not None:
        for side, other in company.beside.items():
            if iso3 == other:
                yield f"like the one {side}", 1.0
    if company.twin is not None and iso3 == company.twin.iso3:
        yield "twin", 1.0
    if option.admin1 and f"{iso3}:{option.admin1}" in company.units:
        yield "unit named", 1.0
    if company.anchors and option.row >= 0 and option.lat is not None and option.lon is not None:
        yield "close", math.exp(-nearest(company.anchors, option.lat, option.lon) / NEAR_KM)


def _within(option: Option, outer: Option) -> bool:
    """Say whether an option lies in a country or unit."""
    if option.iso3 != outer.iso3:
        return False
    if outer.level == "admin1":
        return option.admin1 == outer.admin1
    if outer.level == "admin2":
        return option.admin2 == outer.name or option.admin1 == outer.admin1
    return outer.level == "country"


def apart(a: Option, b: Option) -> bool:
    """Say whether two options are different places: more than a town's width from each other."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return a.iso3 != b.iso3
    return a.iso3 != b.iso3 or km(a.lat, a.lon, b.lat, b.lon) > APART_KM


def nearest(points: Iterable[tuple[float, float]], lat: float, lon: float) -> float:
    """Return about how many kilometres off the nearest of `points` is; infinite if there is none.

    Flat-earth distance: exact enough for a weight that fades over 200 km, and a quarter of the work.
    """
    narrow = math.cos(math.radians(lat))
    square = min([(lat - a) ** 2 + ((lon - b) * narrow) ** 2 for a, b in points], default=math.inf)
    return math.radians(math.sqrt(square)) * EARTH_KM
