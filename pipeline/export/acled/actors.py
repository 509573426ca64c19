"""ACLED's actor columns: two actors, their associates, and what kind of actor each is ("inter")."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.export.acled.types import ARMED, STATE, AcledType
from pipeline.export.told import Told, shown
from pipeline.tables import Actor

Named = tuple[str, Actor | None]

# ACLED codebook, "'Inter' codes": the order is that of their numbers 1 to 8, by which `interaction` names the lower first.
INTER = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians", "External/Other forces",
)  # fmt: skip
_BY_TYPE = {
    **dict.fromkeys(STATE, "State forces"),
    "rebel": "Rebel group",
    "militia": "Political militia",
    "criminal": "Political militia",
    "armed_unidentified": "Political militia",
    "ethnic": "Identity militia",
    "igo": "External/Other forces",
    "diplomat_mission": "External/Other forces",
}
# Who stands against a crowd; a people or clan may be one.
FORCES = STATE | ARMED - {"ethnic"}
CIVILIANS, PROTESTERS, RIOTERS = "Civilians", "Protesters", "Rioters"


@dataclass(frozen=True, slots=True)
class Side:
    """One side as ACLED has it: the first actor, the others, the kind; all None where the text names nobody."""

    actor: str | None
    associates: str | None
    inter: str | None


def sides(told: Told, kind: AcledType, country: str | None, no_text: bool) -> tuple[Side, Side]:
    """Return actor 1 and actor 2 with their associates. Crowds and unarmed victims are named as ACLED does where nobody is."""
    demonstration = kind.event_type in ("Protests", "Riots")
    first, second = _crowd(told, kind) if demonstration else _split(told)
    one, other = _side(first, told, no_text), _side(second, told, no_text)
    if demonstration:
        crowd = PROTESTERS if kind.event_type == "Protests" else RIOTERS
        one = Side(one.actor or _of(crowd, country), one.associates, crowd)
    if kind.event_type == "Violence against civilians" and other.actor is None:
        other = Side(_of(CIVILIANS, country), None, CIVILIANS)
    return one, other


def _crowd(told: Told, kind: AcledType) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Return the crowd and who met it: the tables may have either as source. Whom a peaceful protest is against takes no part."""
    forces = tuple(named for named in (*told.sources, *told.targets) if named[1] and named[1].type in FORCES)
    sources, targets = (tuple(named for named in side if named not in forces) for side in (told.sources, told.targets))
    if kind.sub_event_type == "Peaceful protest":
        return sources, ()
    if kind.event_type == "Protests" or not sources:
        return (*sources, *targets), forces
    return sources, (*forces, *targets)


def _split(told: Told) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Return who stands on which side: the parties to a deal, and the two sides of a clash, are all `source` in the tables."""
    sources, targets = told.sources, told.targets
    if targets or len(sources) < 2:
        return sources, _foes_first(sources, targets)
    if told.event.family == "Negotiation and peace process":
        return (sources[0], *sources[2:]), sources[1:2]
    if told.event.type == "armed_clash":
        state = tuple(named for named in sources if named[1] and named[1].type in STATE)
        armed = tuple(named for named in sources if named[1] and named[1].type in ARMED)
        if state and armed and len(state) + len(armed) == len(sources):
            return (state, armed) if sources[0] in state else (armed, state)
    return sources, targets


def _foes_first(sources: tuple[Named, ...], targets: tuple[Named, ...]) -> tuple[Named, ...]:
    """Return the targets, those of another kind than the first source in front: its own dead are no opponent."""
    first = sources[0][1] if sources else None
    own = STATE if first and first.type in STATE else ARMED if first and first.type in ARMED else frozenset[str]()
    return tuple(sorted(targets, key=lambda named: bool(named[1] and named[1].type in own and named[1].iso3 == (first and first.iso3))))


def _side(named: tuple[Named, ...], told: Told, no_text: bool) -> Side:
    if not named:
        return Side(None, None, None)
    names = [shown(name, actor, no_text) for name, actor in named]
    return Side(names[0], "; ".join(names[1:]) or None, inter(named[0][1], told))


def inter(actor: Actor | None, told: Told) -> str | None:
    """Return the kind of an actor: state forces abroad are external, everyone unarmed is civilian; None where it has no type."""
    if actor is None:
        return None
    kind = _BY_TYPE.get(actor.type, CIVILIANS)
    abroad = actor.iso3 and told.event.iso3 and actor.iso3 != told.event.iso3
    return "External/Other forces" if kind == "State forces" and abroad else kind


def _of(crowd: str, country: str | None) -> str:
    return f"{crowd} ({country})" if country else crowd


def interaction(one: str | None, other: str | None) -> str | None:
    """Return ACLED's name of a pair of kinds, the lower number first (but "External/Other forces-Civilians"); None for none."""
    kinds = sorted((kind for kind in (one, other) if kind), key=INTER.index)
    if len(kinds) < 2:
        return f"{kinds[0]} only" if kinds else None
    return "-".join(reversed(kinds) if kinds == [CIVILIANS, "External/Other forces"] else kinds)
