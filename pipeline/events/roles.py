"""Who did it and to whom: which actor mentions are source and target of an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.events.linear import Linear
from pipeline.events.parse import lemma
from pipeline.events.scene import Scene
from pipeline.events.ties import relation, tie
from pipeline.tables import Actor

Side = Literal["source", "target"]

# Chances set by hand, on the plateau of cross-validation: what is taken at once, and what the likeliest mention needs where
# nothing else was taken for the role, since most events have a source.
THRESHOLD = 0.5
LAST_RESORT: dict[Side, float] = {"source": 0.3, "target": 0.25}


@dataclass(frozen=True, slots=True)
class Part:
    """An actor mention that plays a part in an event."""

    role: Side
    actor: Actor


def cast_event(scene: Scene, i: int, label: str, model: Linear) -> list[Part]:
    """Return sources, then targets, of the event of type `label` triggered by word `i`; one mention an actor."""
    ranks = role_candidates(scene, i)
    chances_of = model.probabilities([model.known(role_features(scene, i, k, label)) for k in ranks]).tolist()
    found = [(dict(zip(model.classes, chances, strict=True)), scene.actor_at[k]) for k, chances in zip(ranks, chances_of, strict=True)]
    best: dict[str, tuple[float, Side, Actor]] = {}
    for chances, actor in found:
        role: Side = "source" if chances["source"] >= chances["target"] else "target"
        if chances[role] >= THRESHOLD and chances[role] > best.get(actor.actor_id, (0.0,))[0]:
            best[actor.actor_id] = chances[role], role, actor
    for side, least in LAST_RESORT.items():
        if all(role != side for _, role, _ in best.values()):
            left = [(chances[side], -actor.start, actor) for chances, actor in found if actor.actor_id not in best]
            for chance, _, actor in sorted(left, key=lambda item: item[:2])[-1:]:
                if chance >= least:
                    best[actor.actor_id] = chance, side, actor
    parts = [Part(role, actor) for _, role, actor in best.values()]
    return sorted(parts, key=lambda part: (part.role, part.actor.start))


def role_candidates(scene: Scene, i: int) -> list[int]:
    """Return the words that head an actor mention: those of the trigger's sentence, and subjects of the sentence before it in its line."""
    parse = scene.parse
    sentence = parse.sentence(i)
    inside = sorted(k for k in scene.actor_at if k in sentence and k != i)
    if sentence.start == 0 or parse.lines[sentence.start - 1] != parse.lines[i]:
        return inside
    before = parse.sentence(sentence.start - 1)
    return inside + sorted(k for k in scene.actor_at if k in before and parse.tokens[k].dep in {"nsubj", "nsubjpass", "poss"})


def role_features(scene: Scene, i: int, k: int, label: str) -> list[str]:
    """Return what ties the actor mention headed by word `k` to the trigger `i`."""
    kind = scene.actor_at[k].type
    near = [j for j in scene.actor_at if j in scene.parse.sentence(i)]
    bond = relation(scene.parse, i, k)
    names = [
        "bias", *tie(scene.parse, i, k, near), f"type={kind}", f"label={label}", f"label/type={label}/{kind}", f"rel={bond}",
        f"rel/label={bond}/{label}", f"rel/type={bond}/{kind}", f"rel/word={bond}/{lemma(scene.parse, i)}",
    ]  # fmt: skip
    if k in scene.place_at:
        names.append("named as a place")
    return names
