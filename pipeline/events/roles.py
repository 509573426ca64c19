"""Who did it and to whom: which actor mentions are source and target of an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.events.linear import Linear
from pipeline.events.parse import lemma
from pipeline.events.scene import Scene
from pipeline.events.ties import relation, tie
from pipeline.tables import Actor
from pipeline.tags.heard import level

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


def cast_events(scene: Scene, events: Sequence[tuple[int, str]], model: Linear) -> list[list[Part]]:
    """Return sources, then targets, of each event, given as (trigger, type); one mention an actor."""
    all_bonds = [bonds(scene, i) for i, _ in events]
    pairs = [(n, k) for n, bond_of in enumerate(all_bonds) for k in bond_of]
    chances = model.probabilities([model.known(role_features(scene, *events[n], k, all_bonds[n])) for n, k in pairs]).tolist()
    found: list[list[tuple[dict[str, float], Actor]]] = [[] for _ in events]
    for (n, k), row in zip(pairs, chances, strict=True):
        found[n].append((dict(zip(model.classes, row, strict=True)), scene.actor_at[k]))
    return [_parts(group) for group in found]


def _parts(found: Sequence[tuple[dict[str, float], Actor]]) -> list[Part]:
    """Return the parts of one event, given the chances of each mention."""
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
    number = parse.tokens[i].sentence
    inside = [k for k in scene.actors_in.get(number, ()) if k != i]
    if sentence.start == 0 or parse.lines[sentence.start - 1] != parse.lines[i]:
        return inside
    before = scene.actors_in.get(parse.tokens[sentence.start - 1].sentence, ())
    return inside + [k for k in before if parse.tokens[k].dep in {"nsubj", "nsubjpass", "poss"}]


class Bond(NamedTuple):
    """What a mention is to a trigger: by grammar, and the chances of the tagger that it is its source, its target."""

    tie: str
    source: float
    target: float


def bonds(scene: Scene, i: int) -> dict[int, Bond]:
    """Return what each mention that may play a part is to the trigger `i`, by the rank of its head."""
    out = {}
    for k in role_candidates(scene, i):
        words = scene.words_of(scene.actor_at[k])
        source, target = (scene.heard.role(side, i, words) for side in ("source", "target"))
        out[k] = Bond(relation(scene.parse, i, k), source, target)
    return out


def role_features(scene: Scene, i: int, label: str, k: int, bond_of: Mapping[int, Bond]) -> list[str]:
    """Return what ties the actor mention headed by word `k` to the trigger `i`, and what the other mentions are to it."""
    actor, bond = scene.actor_at[k], bond_of[k].tie
    near = scene.actors_in.get(scene.parse.tokens[i].sentence, ())
    names = [
        "bias", *tie(scene.parse, i, k, near), f"type={actor.type}", f"label={label}", f"label/type={label}/{actor.type}", f"rel={bond}",
        f"rel/label={bond}/{label}", f"rel/type={bond}/{actor.type}", f"rel/word={bond}/{lemma(scene.parse, i)}",
        f"rel/label/type={bond}/{label}/{actor.type}",
    ]  # fmt: skip
    if k in scene.place_at:
        names.append("named as a place")
    names += _tagged(k, bond_of)
    for j, (tied, _, _) in bond_of.items():
        if j != k:
            other = scene.actor_at[j]
            same = other.actor_id == actor.actor_id
            names.append(f"beside={tied}/{bond}/{same}")
            if not same:
                names += (f"beside={tied}", f"beside={tied}/{other.type}/{actor.type}", f"beside={tied}/{label}")
    return names


def _tagged(k: int, bond_of: Mapping[int, Bond]) -> Iterator[str]:
    """Yield how likely the tagger holds the mention for a part of the event, by itself and among the others."""
    tie, source, target = bond_of[k]
    rivals = [bond for j, bond in bond_of.items() if j != k]
    for side, own, others in (
        ("source", source, max((bond.source for bond in rivals), default=0.0)),
        ("target", target, max((bond.target for bond in rivals), default=0.0)),
    ):
        yield f"tag {side}={level(own)}"
        yield f"tag {side}={level(own)}/{tie}"
        yield f"tag {side}={level(own)}/{level(others)}"
        yield f"tag {side} likeliest={own > others}/{level(own) > 1}"
