"""Where an event happened: which places named in its sentence are tied to it, which of them is its own, and how exactly that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.distance import APART_KM, km
from pipeline.events.linear import Linear
from pipeline.events.scene import Scene
from pipeline.events.ties import relation, tie
from pipeline.tables import Level, Place

# Set by hand after a few trials (docs/events.md, "How the settings were chosen").
THRESHOLD = 0.45
# From this chance on a town beside the likeliest counts as one where the event happened too; below it is mostly another event's.
ANOTHER = 0.6
# From fine to coarse; an area may be anything from a valley to a sea, so a country says more of where.
FINENESS: tuple[Level, ...] = ("site", "settlement", "admin2", "admin1", "area", "country")
RESPECTIVELY = "respectively"
_POINTS = frozenset({"site", "settlement"})
# UCDP's codes for "near a known point", "first-level unit" and "linear or fuzzy", given to a point that is one of several.
NEAR_A_POINT, ONE_UNIT, FUZZY = 2, 4, 5


@dataclass(frozen=True, slots=True)
class Spot:
    """A place tied to an event, and how likely it is the event's."""

    place: Place
    chance: float


def place_events(scene: Scene, events: Sequence[tuple[int, str]], model: Linear) -> list[list[Spot]]:
    """Return the places of each event, given as (trigger, type), in reading order."""
    pairs = [(n, k, ranks) for n, (i, _) in enumerate(events) for ranks in (place_candidates(scene, i),) for k in ranks]
    chances = model.column("yes", [place_features(scene, events[n][0], k, events[n][1], ranks) for n, k, ranks in pairs])
    out: list[list[Spot]] = [[] for _ in events]
    for (n, k, _), chance in zip(pairs, chances, strict=True):
        if chance >= THRESHOLD:
            out[n].append(Spot(scene.place_at[k], chance))
    return out


def pick(spots: Sequence[Spot]) -> Spot | None:
    """Return the likeliest of the places or, where finer ones inside of it are tied to the event too, the likeliest of those; None of none.

    The finest name of a sentence may be another event's: "strikes in Iraq after attack in Ankara".
    """
    best = max(spots, key=lambda spot: spot.chance, default=None)
    while best is not None and (inside := [spot for spot in spots if _lies_in(spot.place, best.place)]):
        best = max(inside, key=lambda spot: spot.chance)
    return best


def _lies_in(inner: Place, outer: Place) -> bool:
    """Tell whether a place is finer than another and, as far as rows of places tell, inside of it."""
    if FINENESS.index(inner.level) >= FINENESS.index(outer.level):
        return False
    same_unit = outer.level in {"country", "area"} or inner.admin1 == outer.admin1
    return same_unit and (inner.iso3 == outer.iso3 or outer.iso3 is None)


def exactness(best: Spot, spots: Sequence[Spot]) -> int | None:
    """Return the precision of the event's point: that of its place, coarser where it happened in several towns and this is one of them."""
    place = best.place
    others = [spot.place for spot in spots if spot.chance >= ANOTHER and spot.place.level in _POINTS and spot.place.name != place.name]
    if place.geo_precision is None or place.level not in _POINTS or not others:
        return place.geo_precision
    if all(_close(place, other) for other in others):
        return max(place.geo_precision, NEAR_A_POINT)
    one_unit = all((other.iso3, other.admin1) == (place.iso3, place.admin1) for other in others)
    return max(place.geo_precision, ONE_UNIT if one_unit else FUZZY)


def _close(a: Place, b: Place) -> bool:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return km(a.lat, a.lon, b.lat, b.lon) <= APART_KM


def apiece(spots: Sequence[Spot], dates: int, sentence: str) -> list[list[Spot]]:
    """Return the places of each of the dates of an event: the same for all, but one each of as many alike under "respectively"."""
    listed = _listed(spots, dates) if dates > 1 and RESPECTIVELY in sentence else []
    return [[spot for spot in spots if spot is mine or spot not in listed] for mine in listed] or [list(spots)] * max(1, dates)


def _listed(spots: Sequence[Spot], size: int) -> list[Spot]:
    """Return all the places, or those of one level, if they are that many; the empty list otherwise."""
    levels = Counter(spot.place.level for spot in spots)
    level = next((level for level in FINENESS if levels[level] == size), None)
    return list(spots) if len(spots) == size else [spot for spot in spots if spot.place.level == level]


def place_candidates(scene: Scene, i: int) -> list[int]:
    """Return the words that head a place name in the trigger's sentence."""
    return [k for k in scene.places_in.get(scene.parse.tokens[i].sentence, ()) if scene.place_at[k].use != "xref"]


def place_features(scene: Scene, i: int, k: int, label: str, ranks: Sequence[int]) -> list[str]:
    """Return what ties the place named at word `k` to the trigger `i`; `ranks` are those of all places of the sentence."""
    place = scene.place_at[k]
    bond = relation(scene.parse, i, k)
    return [
        "bias", *tie(scene.parse, i, k, ranks), f"level={place.level}", f"use={place.use}", f"label={label}",
        f"rel={bond}", f"rel/use={bond}/{place.use}", f"rel/label={bond}/{label}", f"acts={k in scene.actor_at}",
        f"label/use={label}/{place.use}",
    ]  # fmt: skip
