"""Where an event happened: which places named in its sentence are tied to it, and which of them is the most precise."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.events.linear import Linear
from pipeline.events.scene import Scene
from pipeline.events.ties import relation, tie
from pipeline.tables import Place

# Set by hand after a few trials (docs/events.md, "How the settings were chosen").
THRESHOLD = 0.45
# From fine to coarse; an area may be anything from a valley to a sea, so a country says more of where.
FINENESS = ("site", "settlement", "admin2", "admin1", "area", "country")


def place_events(scene: Scene, events: Sequence[tuple[int, str]], model: Linear) -> list[list[Place]]:
    """Return the places of each event, given as (trigger, type), in reading order."""
    pairs = [(n, k, ranks) for n, (i, _) in enumerate(events) for ranks in (place_candidates(scene, i),) for k in ranks]
    chances = model.column("yes", [place_features(scene, events[n][0], k, events[n][1], ranks) for n, k, ranks in pairs])
    out: list[list[Place]] = [[] for _ in events]
    for (n, k, _), chance in zip(pairs, chances, strict=True):
        if chance >= THRESHOLD:
            out[n].append(scene.place_at[k])
    return out


def finest(places: list[Place]) -> Place | None:
    """Return the most precise of the places, the first named of equals; None of none."""
    return min(places, key=lambda place: (FINENESS.index(place.level), place.start), default=None)


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
