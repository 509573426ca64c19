"""Who did it, told by an adjective alone: "Israeli strikes" are by Israel's forces, or its government, named elsewhere in the entry."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.countries import Countries
from pipeline.events.roles import Part
from pipeline.events.scene import Scene
from pipeline.events.ties import OWNERS
from pipeline.tables import Actor

# What states do through their forces: with other acts a nationality may be the people's ("Palestinian protests").
STATE_ACTS = frozenset(
    {"air_drone_strike", "shelling_missile", "armed_clash", "violence_aggregate", "security_operation", "deployment_mobilisation",
     "withdrawal_redeployment", "exercise_weapons_test"}
)  # fmt: skip
FORCES = frozenset({"army", "military", "force", "forces", "troop", "troops", "navy"})
_JOINT = re.compile(r"[-–/]")


def told_by_adjective(scene: Scene, event: tuple[int, str], parts: list[Part], countries: Countries) -> list[Part]:
    """Return the parts of an event, given as (trigger, type), with the states that its adjective names for sources.

    One adjective speaks where nobody else is the source, two joined ones ("U.S.-Israeli operation") against a source of neither state.
    """
    i, label = event
    states = _states(scene, i, countries) if label in STATE_ACTS else []
    # In short texts the adjective is a mention itself; the forces named elsewhere say more.
    itself = {scene.parse.starts[k] for k in scene.parse.under(i, *OWNERS)}
    sources = [part.actor for part in parts if part.role == "source" and part.actor.start not in itself]
    if not states or (sources and (len(states) == 1 or any(actor.iso3 in states for actor in sources))):
        return parts
    targets = [part for part in parts if part.role == "target"]
    taken = {part.actor.actor_id for part in targets}
    found = [actor for state in states if (actor := _arm(scene, i, state)) and actor.actor_id not in taken]
    new = sorted((Part("source", actor) for actor in found), key=lambda part: part.actor.start)
    return [*new, *targets] if new else parts


def _states(scene: Scene, i: int, countries: Countries) -> list[str]:
    """Return the countries that an adjective of the trigger names, each half of a joined one; empty where a half names none."""
    for k in scene.parse.under(i, *OWNERS):
        token = scene.parse.tokens[k]
        halves = [half for half in _JOINT.split(token.text) if half]
        found = (
            [_state(half, scene.entry.countries, countries) for half in halves] if token.text[:1].isupper() and token.dep != "poss" else []
        )
        if states := [state for state in found if state]:
            return states if len(states) == len(halves) else []
    return []


def _state(word: str, home: Sequence[str], countries: Countries) -> str | None:
    named = countries.named(word)
    found = [named.iso3] if named else [country.iso3 for country in countries.of_demonym(word)]
    return found[0] if len(found) == 1 else next((iso3 for iso3 in found if iso3 in home), None)


def _arm(scene: Scene, i: int, state: str) -> Actor | None:
    """Return the mention of the state's forces, else of its government, nearest to the trigger; None where the entry has neither."""
    at = scene.parse.starts[i]
    own = [actor for k, actor in scene.actor_at.items() if actor.iso3 == state and _is_force(actor, scene.parse.lemmas[k])]
    own = own or [actor for actor in scene.actor_at.values() if actor.actor_id == f"government-{state.lower()}"]
    return min(own, key=lambda actor: (abs(actor.start - at), actor.start), default=None)


def _is_force(actor: Actor, noun: str) -> bool:
    """Tell whether an actor is a state's forces as such, not some of its soldiers, who may be the victims."""
    return actor.type == "military" and (actor.match in {"lexicon", "alias"} or noun in FORCES)
