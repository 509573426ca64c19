"""What speaks for and against an option, by name and strength; the sum, weighted, is its score."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.gazetteer import Candidate
from pipeline.places.context import Surroundings
from pipeline.places.mentions import Mention
from pipeline.places.options import Option
from pipeline.spelling import fold

NEAR_KM = 200.0  # a place this far from the nearest other pick gains a third of what one beside it does
APART_KM = 25.0  # two points this far from each other are two places, to UCDP's second class of precision
NAMESAKE = 0.1  # least share of a capital's people in a namesake that can be meant: Tripoli (Lebanon) has a fifth, Moscow (Idaho) none
_EARTH_KM = 6371.0


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


def score(place: Mention, option: Option, around: Surroundings, scene: Scene, paragraph: int, weights: Mapping[str, float]) -> float:
    """Return the utility of an option; the best of a mention is what it is taken to stand for."""
    get = weights.get
    return sum(get(name, 0.0) * value for name, value in evidence(place, option, around, scene, paragraph))


def evidence(place: Mention, option: Option, around: Surroundings, scene: Scene, paragraph: int) -> Iterator[tuple[str, float]]:
    """Yield what speaks for or against an option, each with how strongly."""
    sort = sort_of(option)
    yield f"sort={sort}", 1.0
    yield from _of_country(option, sort, scene, paragraph)
    yield from _of_name(place, option, sort, scene)
    yield from _of_fame(place, option, sort, scene, around)
    yield from _of_words(option, sort, around)
    yield from _of_company(fold(place.text), option, around, scene, paragraph)


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


def _of_name(place: Mention, option: Option, sort: str, scene: Scene) -> Iterator[tuple[str, float]]:
    """Yield how well known the place is by this name."""
    if option.match in ("alias", "variant"):
        yield option.match, 1.0
    most = max((candidate.population for candidate in place.candidates), default=0)
    if option.population:
        yield "population", math.log10(option.population) / 7
        if option.population >= most:
            yield "largest", 1.0
    # In an entry on Lebanon Tripoli is no capital: a foreign one gives way to a namesake at home of some size.
    at_home = any(c.own_name and c.iso3 in scene.own and c.population > NAMESAKE * most for c in place.candidates)
    if place.capital_of and option.iso3 == place.capital_of.iso3 and (option.iso3 in scene.own or not at_home):
        yield f"capital {sort}", 1.0
        if option.iso3 not in scene.own and option.level == "settlement":
            yield "foreign capital's share", _share(option, place)
    if (
        option.iso3 in scene.own
        and option.level == "admin2"
        and not any(c.iso3 == option.iso3 and c.level != "admin2" for c in place.candidates)
    ):
        yield "only unit at home", 1.0
    if option.share:
        yield f"seat {sort}", option.share


def _of_fame(place: Mention, option: Option, sort: str, scene: Scene, around: Surroundings) -> Iterator[tuple[str, float]]:
    """Yield what speaks for a place known worldwide against the entry's own country.

    `fame` is nought for ten thousand people and one for a million, times the share in the people of all settlements, or all units, of
    the name: Geneva's namesakes in the United States have a fifth of its people together.
    """
    named_at_home = any(c.own_name and c.iso3 in scene.own for c in place.candidates)
    host = place.hosts if around.of is None and not named_at_home else None
    if sort == "unknown":
        yield "unknown though famed", max((fame(c, place) for c in place.candidates if c.iso3 not in scene.own), default=0.0)
        if host:
            yield "unknown though host", 1.0
    elif option.iso3 not in scene.own and option.row >= 0:
        if scene.own:  # where the text is on no country nothing is abroad
            yield f"fame abroad {sort}", fame(option, place)
            yield f"share abroad {sort}", _share(option, place)
        if host and option.iso3 == host and sort in ("settlement", "admin1"):
            yield "host", 1.0


def fame(option: Option | Candidate, place: Mention) -> float:
    """Return how well known a settlement or unit is worldwide by the name of `place`, from nought to one."""
    size = min(1.0, max(0.0, (math.log10(max(1, option.population)) - 4) / 2))
    return size * _share(option, place)


def _share(option: Option | Candidate, place: Mention) -> float:
    """Return the share of an option in the people of all of its level that bear the name."""
    people = sum(candidate.population for candidate in place.candidates if candidate.level == option.level)
    return min(1.0, option.population / people) if people else 0.0


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


def _of_company(key: str, option: Option, around: Surroundings, scene: Scene, paragraph: int) -> Iterator[tuple[str, float]]:
    """Yield how the option suits what was picked for the other names of the entry; `key` is the folded name itself."""
    outer = scene.picks.get(around.outer) if around.outer is not None else None
    if outer is not None and outer.iso3:
        yield ("inside" if _within(option, outer) else "outside" if option.iso3 != outer.iso3 else "beside"), 1.0
    for side, other in (("before", scene.picks.get(around.rank - 1)), ("after", scene.picks.get(around.rank + 1))):
        if other is not None and option.iso3 is not None and option.iso3 == other.iso3:
            yield f"like the one {side}", 1.0
    twin = next((found for _, rank, found in scene.twins.get(key, ()) if rank != around.rank), None)
    if twin is not None and option.iso3 == twin.iso3:
        yield "twin", 1.0
    if option.admin1 and any(of != key and unit == f"{option.iso3}:{option.admin1}" for of, unit in scene.units.get(paragraph, ())):
        yield "unit named", 1.0
    if scene.anchors and option.row >= 0 and option.lat is not None and option.lon is not None:
        yield "close", math.exp(-nearest(((a, b) for of, a, b in scene.anchors if of != key), option.lat, option.lon) / NEAR_KM)


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


def km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in kilometres between two points given in degrees."""
    a, b = math.radians(lat1), math.radians(lat2)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def nearest(points: Iterable[tuple[float, float]], lat: float, lon: float) -> float:
    """Return about how many kilometres off the nearest of `points` is; infinite if there is none.

    Flat-earth distance: exact enough for a weight that fades over 200 km, and a quarter of the work.
    """
    narrow = math.cos(math.radians(lat))
    square = min(((lat - a) ** 2 + ((lon - b) * narrow) ** 2 for a, b in points), default=math.inf)
    return math.radians(math.sqrt(square)) * _EARTH_KM
