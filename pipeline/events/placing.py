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


def place_event(scene: Scene, i: int, label: str, model: Linear) -> list[Place]:
    """Return the places of the event of type `label` triggered by word `i`, in reading order."""
    ranks = place_candidates(scene, i)
    chances = model.column("yes", [place_features(scene, i, k, label, ranks) for k in ranks])
    return [scene.place_at[k] for k, chance in zip(ranks, chances, strict=True) if chance >= THRESHOLD]


def finest(places: list[Place]) -> Place | None:
    """Return the most precise of the places, the first named of equals; None of none."""
    return min(places, key=lambda place: (FINENESS.index(place.level), place.start), default=None)


def place_candidates(scene: Scene, i: int) -> list[int]:
    """Return the words that head a place name in the trigger's sentence."""
    sentence = scene.parse.sentence(i)
    return sorted(k for k, place in scene.place_at.items() if k in sentence and place.use != "xref")


def place_features(scene: Scene, i: int, k: int, label: str, ranks: Sequence[int]) -> list[str]:
    """Return what ties the place named at word `k` to the trigger `i`; `ranks` are those of all places of the sentence."""
    place = scene.place_at[k]
    bond = relation(scene.parse, i, k)
    return [
        "bias", *tie(scene.parse, i, k, ranks), f"level={place.level}", f"use={place.use}", f"label={label}",
        f"rel={bond}", f"rel/use={bond}/{place.use}", f"rel/label={bond}/{label}", f"acts={k in scene.actor_at}",
        f"label/use={label}/{place.use}",
    ]  # fmt: skip
