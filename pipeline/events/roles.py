"""Who did it and to whom: which actor mentions are source and target of an event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pipeline.events.linear import Linear
from pipeline.events.scene import Scene
from pipeline.events.ties import relation, tie
from pipeline.tables import Actor
from pipeline.tags.heard import level

Side = Literal["source", "target"]

# Chances set by hand, on the plateau of cross-validation: what is taken at once, and what the likeliest mention needs where
# nothing else was taken for the role, since most events have a source.
THRESHOLD = 0.5
LAST_RESORT: dict[Side, float] = {"source": 0.3, "target": 0.25}
# Prepositions that tell whose, or of what, somebody is: "aide to", "lawyer for", "member of", "delegation from".
BELONGING = frozenset({"of", "to", "for", "from"})


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
    return [_without_owners(scene, _parts(group)) for group in found]


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


def _without_owners(scene: Scene, parts: Sequence[Part]) -> list[Part]:
    """Return the parts but for those that only say whose, or of what, another of their side is: "[minister]'s aide"."""
    played = {(part.actor.start, part.role) for part in parts}
    return [part for part in parts if (owned := _owned(scene, part.actor)) is None or (owned.start, part.role) not in played]


def _owned(scene: Scene, actor: Actor) -> Actor | None:
    """Return the mention that has this one for its possessor or hangs on it by a preposition of belonging; None if there is none."""
    tokens = scene.parse.tokens
    head = scene.parse.head_of(actor.start, actor.end)
    if head is None:
        return None
    above = tokens[head].head
    if tokens[head].dep == "pobj" and tokens[above].text.lower() in BELONGING:
        above = tokens[above].head
    elif tokens[head].dep != "poss":
        return None
    owned = scene.within.get(above)
    return None if owned is None or owned.start == actor.start else owned


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
    """What a mention is to a trigger: by grammar, and the chances of the tagger that it, or its likeliest rival, is source or target."""

    tie: str
    source: float
    target: float
    rival_source: float
    rival_target: float


def bonds(scene: Scene, i: int) -> dict[int, Bond]:
    """Return what each mention that may play a part is to the trigger `i`, by the rank of its head."""
    ranks = role_candidates(scene, i)
    words = [scene.words_of(scene.actor_at[k]) for k in ranks]
    sources, targets = ([scene.heard.role(side, i, ks) for ks in words] for side in ("source", "target"))
    ties = [relation(scene.parse, i, k) for k in ranks]
    return dict(zip(ranks, map(Bond, ties, sources, targets, _of_rivals(sources), _of_rivals(targets)), strict=True))


def _of_rivals(chances: Sequence[float]) -> list[float]:
    """Return for each the greatest of the others; 0 where there is none."""
    *_, second, first = 0.0, 0.0, *sorted(chances)
    return [second if chance == first else first for chance in chances]


def role_features(scene: Scene, i: int, label: str, k: int, bond_of: Mapping[int, Bond]) -> list[str]:
    """Return what ties the actor mention headed by word `k` to the trigger `i`, and what the other mentions are to it."""
    actor, bond = scene.actor_at[k], bond_of[k].tie
    kind, near = actor.type, scene.actors_in.get(scene.parse.tokens[i].sentence, ())
    names = [
        "bias", *tie(scene.parse, i, k, near), f"type={kind}", f"label={label}", f"label/type={label}/{kind}", f"rel={bond}",
        f"rel/label={bond}/{label}", f"rel/type={bond}/{kind}", f"rel/word={bond}/{scene.parse.lemmas[i]}",
        f"rel/label/type={bond}/{label}/{kind}",
    ]  # fmt: skip
    if k in scene.place_at:
        names.append("named as a place")
    names += _tagged(bond_of[k])
    others = [(other.tie, scene.actor_at[j]) for j, other in bond_of.items() if j != k]
    # Many mentions of a long sentence are alike in what counts here: each kind is told once.
    for tied, other_kind, same in dict.fromkeys((tied, other.type, other.actor_id == actor.actor_id) for tied, other in others):
        names.append(f"beside={tied}/{bond}/{same}")
        if not same:
            names += (f"beside={tied}", f"beside={tied}/{other_kind}/{kind}", f"beside={tied}/{label}")
    return names


def _tagged(bond: Bond) -> Iterator[str]:
    """Yield how likely the tagger holds the mention for a part of the event, by itself and among the others."""
    for side, own, others in (("source", bond.source, bond.rival_source), ("target", bond.target, bond.rival_target)):
        strength = level(own)
        yield f"tag {side}={strength}"
        yield f"tag {side}={strength}/{bond.tie}"
        yield f"tag {side}={strength}/{level(others)}"
        yield f"tag {side} likeliest={own > others}/{strength > 1}"
