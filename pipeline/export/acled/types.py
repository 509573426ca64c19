"""ACLED's event and sub-event type of an event: the typology's crosswalk, and the choice where it names several.

A crosswalk reads "Event type: Sub-event type", alternatives behind a semicolon or a slash, conditions in brackets. The choice
rests on what the tables know: who acts, who was harmed. Where they do not tell, the more general alternative is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.export.told import Told, number
from pipeline.tables import Actor

STATE = frozenset({"government", "military", "police", "intelligence", "judiciary"})
ARMED = frozenset({"rebel", "militia", "criminal", "ethnic", "armed_unidentified"})
# From how many people on arrests count as mass arrests.
MASS = 10

NO_COUNTERPART = "type without an ACLED counterpart"
MINOR_ARREST = f"arrest neither of {MASS} or more people nor of someone known by name"
UNARMED_TALKS = "talks in which no armed actor is named"


@dataclass(frozen=True, slots=True)
class AcledType:
    """A pair of ACLED's codebook; `sub_event_type` is None where the text does not decide it."""

    event_type: str
    sub_event_type: str | None

    @property
    def disorder_type(self) -> str:
        """ACLED's grouping: political violence, demonstrations, both, or strategic developments."""
        if self.event_type in ("Battles", "Explosions/Remote violence", "Violence against civilians"):
            return "Political violence"
        if self.sub_event_type == "Mob violence":
            return "Political violence"
        if self.sub_event_type == "Excessive force against protesters":
            return "Political violence; Demonstrations"
        return "Demonstrations" if self.event_type in ("Protests", "Riots") else "Strategic developments"


def counterpart(crosswalk: str | None) -> tuple[str, tuple[str, ...]] | None:
    """Return a crosswalk cell's event type and its alternative sub-event types; None where it says there is none."""
    if not crosswalk or crosswalk.startswith("none"):
        return None
    event_type, _, subs = re.sub(r" \([^)]*\)", "", crosswalk).partition(": ")
    # "Air/drone strike" is one name, "A / B" are two.
    return event_type, tuple(re.split(r"; | / ", subs))


def acled_type(told: Told) -> AcledType | str:
    """Return the event's ACLED type, or the reason why it has none."""
    pair = counterpart(told.event.acled)
    if pair is None:
        return NO_COUNTERPART
    event_type, subs = pair
    if told.event.type == "arrest_detention" and not _mass_or_known(told):
        return MINOR_ARREST
    if told.event.type == "peace_talks_mediation" and not _types(told) & (ARMED | {"military"}):
        return UNARMED_TALKS
    if told.event.type == "security_operation" and _fighters_killed(told):
        return AcledType("Battles", "Armed clash")
    return AcledType(event_type, subs[0] if len(subs) == 1 else _choice(subs, told))


def _choice(subs: tuple[str, ...], told: Told) -> str | None:
    if "Government regains territory" in subs:
        return _who_took(told)
    if "Excessive force against protesters" in subs:
        harmed = any(number(figure) for kind in ("killed", "injured", "casualties") for figure in told.of_kind(kind))
        return "Excessive force against protesters" if harmed else "Protest with intervention"
    if "Mob violence" in subs:
        return "Mob violence" if told.targets or told.of_kind("killed") else "Violent demonstration"
    if "Grenade" in subs:
        return "Grenade" if "grenade" in told.sentence().lower() else subs[0]
    return next((general for general in ("Change to group/activity", "Other") if general in subs), subs[0])


def _who_took(told: Told) -> str | None:
    """Return whose gain it is: ACLED counts what a foreign state takes with what non-state actors take."""
    takers = {"abroad" if _abroad(actor, told) else actor.type for _, actor in told.sources if actor}
    if takers & STATE and not takers & (ARMED | {"abroad"}):
        return "Government regains territory"
    return "Non-state actor overtakes territory" if takers & (ARMED | {"abroad"}) and not takers & STATE else None


def _abroad(actor: Actor, told: Told) -> bool:
    return actor.type in STATE and bool(actor.iso3 and told.event.iso3) and actor.iso3 != told.event.iso3


def _types(told: Told) -> set[str]:
    return {actor.type for _, actor in (*told.sources, *told.targets) if actor}


def _mass_or_known(told: Told) -> bool:
    known = any(actor and actor.match in ("lexicon", "alias", "ner") for _, actor in told.targets)
    return known or sum(number(figure) for figure in told.of_kind("detained")) >= MASS


def _fighters_killed(told: Told) -> bool:
    return any(number(figure) and figure.victim_group in ("state_forces", "non_state_armed") for figure in told.of_kind("killed"))
