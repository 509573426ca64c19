"""Which place a name stands for: every option weighed against the entry, in two passes, so that the second can lean on the first."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.gazetteer import Candidate
from pipeline.places.bearers import hosting
from pipeline.places.context import Surroundings, survey
from pipeline.places.mentions import Knowledge, Mention, Reading
from pipeline.places.options import Option, enclosing, of_candidate, of_country, options_of
from pipeline.places.regions import PRECISION
from pipeline.places.weigh import Scene, apart, scores, scores_alone
from pipeline.spelling import fold
from pipeline.tables import Level

ALIKE = 0.88  # least likeness of two spellings of a settlement
UNITS_ALIKE = 0.8  # the same of a first-level unit, of which a country has few
SHORTEST = 5  # letters below which likeness tells nothing
NEAR_A_POINT = 2  # UCDP: within 25 km of a known point
_MOST = 12  # options weighed of one name, those of named countries first
_UNITS = frozenset({"admin1", "admin2"})


@dataclass(frozen=True, slots=True)
class Pick:
    """What a mention was resolved to; `rival` is how far behind the next place elsewhere scored, infinite if there is none."""

    option: Option
    score: float
    rival: float
    around: Surroundings


def pick_places(reading: Reading, places: Sequence[Mention], know: Knowledge, weights: Mapping[str, float]) -> list[Pick]:
    """Return a pick for each of `places`, mentions in reading order that do name places."""
    around, options, alone, scene = stage(reading, places, know, weights)
    second = []
    for place, near, found, start in zip(places, around, options, alone, strict=True):
        second.append(_best(place, near, found, scores(place, found, start, near, scene, paragraph_of(reading, place), weights)))
    scene = _fill(scene, reading, places, second)
    return [_settle(place, pick, scene, know) for place, pick in zip(places, second, strict=True)]


def stage(
    reading: Reading, places: Sequence[Mention], know: Knowledge, weights: Mapping[str, float]
) -> tuple[list[Surroundings], list[list[Option]], list[list[float]], Scene]:
    """Return what the second pass weighs: surroundings and options of each place, their first scores, the scene as the first left it."""
    around = survey(reading, places, know)
    options = [weighable(place, near, reading.entry.countries, know) for place, near in zip(places, around, strict=True)]
    scene = open_scene(reading, places, know)
    alone = [
        scores_alone(place, found, near, scene, paragraph_of(reading, place), weights)
        for place, near, found in zip(places, around, options, strict=True)
    ]
    first = [_best(place, near, found, start) for place, near, found, start in zip(places, around, options, alone, strict=True)]
    return around, options, alone, _fill(scene, reading, places, first)


def weighable(place: Mention, around: Surroundings, own: Sequence[str], know: Knowledge) -> list[Option]:
    """Return what a name can stand for, the likeliest dozen, and the unknown place of the entry's own countries included."""
    found = list(options_of(place, around.kind, know))
    codes = [*own] + [code for code in (around.of,) if code and code not in own]
    if not any(option.iso3 in codes for option in found) and not place.country and not place.region:
        found += [of_candidate(like, "variant") for code in codes for like in know.gazetteer.sounding_like(place.text, code)]
        if not found and "admin1" in around.kinds:
            units = (nearly(place.text, know.gazetteer.units(code), UNITS_ALIKE) for code in codes)
            found += [of_candidate(unit, "fuzzy") for unit in units if unit]
    if hosting(place, around, own):  # a hamlet at home is not what talks are held in
        found = [option for option in found if option.iso3 not in own]
    home = [option for option in found if option.iso3 in codes or option.row < 0]
    away = sorted((option for option in found if option not in home), key=lambda option: -option.population)
    unknown = [
        replace(of_country(know.countries.by_iso3[code]), level="settlement", match="country", name=place.text)
        for code in codes
        if code in know.countries.by_iso3 and not place.country and not place.region
    ]
    return _with_shares(home[:_MOST] + away[: max(4, _MOST - len(home))]) + unknown


def _with_shares(options: list[Option]) -> list[Option]:
    """Return the options, a unit and the town of its name each with the share of the unit's people who live in the town."""
    towns = {(option.iso3, option.admin1): option for option in reversed(options) if option.level == "settlement"}
    shares: dict[int, float] = {}
    for unit in options:
        town = towns.get((unit.iso3, unit.admin1)) if unit.level == "admin1" else None
        if town and unit.population:
            shares[unit.row] = shares[town.row] = min(1.0, town.population / unit.population)
    return [replace(option, share=shares[option.row]) if option.row in shares else option for option in options]


def open_scene(reading: Reading, places: Sequence[Mention], know: Knowledge) -> Scene:
    """Return the scene before anything is picked."""
    own = frozenset(reading.entry.countries)
    near = frozenset(n for code in own if code in know.countries.by_iso3 for n in know.countries.by_iso3[code].neighbours) - own
    named: dict[int, frozenset[str]] = {}
    for place in places:
        if place.country:
            paragraph = paragraph_of(reading, place)
            named[paragraph] = named.get(paragraph, frozenset()) | {place.country.iso3}
    return Scene(own, near, named, frozenset().union(*named.values()))


def _fill(scene: Scene, reading: Reading, places: Sequence[Mention], picks: Sequence[Pick]) -> Scene:
    """Return the scene with what was picked: by rank, by spelling, the surest first, as points, and the units of each paragraph."""
    twins: dict[str, list[tuple[float, int, Option]]] = {}
    units: dict[int, list[tuple[str, str]]] = {}
    anchors: dict[tuple[str, float, float], None] = {}
    for rank, (place, pick) in enumerate(zip(places, picks, strict=True)):
        option, key = pick.option, fold(place.text)
        twins.setdefault(key, []).append((-pick.rival, rank, option))
        if option.level in _UNITS and option.admin1:
            units.setdefault(paragraph_of(reading, place), []).append((key, f"{option.iso3}:{option.admin1}"))
        if option.row >= 0 and option.lat is not None and option.lon is not None:
            anchors[key, option.lat, option.lon] = None
    surest = {key: sorted(found, key=lambda item: item[:2]) for key, found in twins.items()}
    return replace(scene, picks=dict(enumerate(pick.option for pick in picks)), twins=surest, units=units, anchors=tuple(anchors))


def paragraph_of(reading: Reading, place: Mention) -> int:
    """Return the rank of the paragraph a place is named in."""
    return reading.entry.text.count("\n", 0, place.start)


def _best(place: Mention, around: Surroundings, options: Sequence[Option], points: Sequence[float]) -> Pick:
    """Return the option of the highest score, the earlier one in a tie."""
    scored = list(zip(points, options, strict=True))
    if not scored:
        return Pick(Option(place.text, None, "area", None, None, None, None, None, 0, None, "none", -1, False), 0.0, math.inf, around)
    top, best = max(scored, key=lambda pair: pair[0])
    rivals = [other for other, option in scored if option.match != "country" and apart(option, best)]
    return Pick(best, top, top - max(rivals) if rivals else math.inf, around)


def _settle(place: Mention, pick: Pick, scene: Scene, know: Knowledge) -> Pick:
    """Return the pick, no more precise than is known: what is near a town, or a site of it, is not in it."""
    option = pick.option
    if option.match == "country" and option.row < 0 and option.level == "settlement":
        return replace(pick, option=_enclosed(place, pick.around, scene, know))
    if option.lat is None and option.row >= 0 and (unit := know.gazetteer.first_level(option.row)):
        option = replace(option, lat=unit.lat, lon=unit.lon, geo_precision=PRECISION["admin1"])
    if option.level == "settlement" and pick.around.kinds[:1] == ("site",):
        option = replace(option, level="site", geo_precision=NEAR_A_POINT)
    elif option.geo_precision == PRECISION["settlement"] and pick.around.beside:
        option = replace(option, geo_precision=NEAR_A_POINT)
    return replace(pick, option=option)


def _enclosed(place: Mention, around: Surroundings, scene: Scene, know: Knowledge) -> Option:
    """Return what is known of a place no table has: a place spelt nearly so in the unit named around it, or that unit or country."""
    outer = scene.picks.get(around.outer) if around.outer is not None else None
    level: Level = around.kinds[0] if around.kinds else "settlement"
    if outer is not None and outer.level in _UNITS and outer.row >= 0:
        return fuzzy(place.text, outer, know) or replace(enclosing(place.text, outer), level=level)
    if outer is not None and outer.level == "country" and outer.iso3:
        return replace(enclosing(place.text, of_country(know.countries.by_iso3[outer.iso3])), level=level)
    return replace(scene.picks[around.rank], level=level)


def fuzzy(name: str, unit: Option, know: Knowledge) -> Option | None:
    """Return the settlement of a unit that is spelt nearly so; None if there is none."""
    candidate = next((c for c in know.gazetteer.candidates(unit.name, unit.iso3) if c.row == unit.row), None)
    found = nearly(name, know.gazetteer.within(candidate), ALIKE) if candidate else None
    return of_candidate(found, "fuzzy") if found else None


def nearly(name: str, places: Iterable[Candidate], ratio: float) -> Candidate | None:
    """Return the place whose name is likest `name` and begins alike, by difflib's ratio; None below `ratio` and for names too short."""
    from difflib import SequenceMatcher

    key = fold(name)
    if len(key) < SHORTEST:
        return None
    best, found = ratio, None
    matcher = SequenceMatcher(b=key, autojunk=False)
    for place in places:
        other = fold(place.name)
        if other[:1] != key[:1] or abs(len(other) - len(key)) > 2:
            continue
        matcher.set_seq1(other)
        if matcher.quick_ratio() >= best and (value := matcher.ratio()) >= best:
            best, found = value, place
    return found
