"""The `events` stage: who did what to whom, when, where, with how many harmed; one event a predicate and date.

Candidates are the verbs and nouns of the date-lifted parse that lexicon or tagger know. The lexicon votes on what each may name, a learned
detector judges whether it is an event, a learned classifier which; learned rankers then tie dates, actors, places and
figures to it by the parse. `docs/events.md` says how each part was measured; the weights are in `models/events/`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from pipeline.by_entry import by_entry
from pipeline.countries import Countries
from pipeline.events.adjectives import told_by_adjective
from pipeline.events.dating import date_event
from pipeline.events.figures import assign_figures
from pipeline.events.judging import PASSES, judge
from pipeline.events.light import LightVerbs
from pipeline.events.models import EventModels
from pipeline.events.placing import place_events
from pipeline.events.realis import Tellers, attribution, foiled_by, stand_events
from pipeline.events.roles import Part, cast_events
from pipeline.events.rows import Found, event_rows, trigger_span
from pipeline.events.scene import Scene, scenes
from pipeline.events.triggers import Triggers
from pipeline.events.verdicts import Verdict
from pipeline.tables import Actor, Date, Entry, Event, EventRole, Figure, Place, Tag, Token
from pipeline.typology import Typology

__all__ = ["EventModels", "LightVerbs", "Tellers", "Triggers", "find_events"]

# What is only assessed or expected is no event; the type is there so that the classifier can say so.
NEVER = frozenset({"assessment_outlook"})


def find_events(
    entries: Sequence[Entry],
    dates: Sequence[Date],
    tokens: Sequence[Token],
    tags: Sequence[Tag],
    places: Sequence[Place],
    actors: Sequence[Actor],
    figures: Sequence[Figure],
    typology: Typology,
    triggers: Triggers,
    light: LightVerbs,
    models: EventModels,
    tellers: Tellers,
    countries: Countries,
    *,
    min_confidence: float = 0.35,
) -> Iterator[Event | EventRole]:
    """Yield each entry's events in reading order, each followed by the spans that play a part in it.

    An event is a trigger whose chance of being one, less where its type is in doubt, is at least `min_confidence`. A list of dates
    gives one event a date. `confidence` is the calibrated chance that the trigger names an event of that very type.
    """
    figures_of = by_entry(figures)
    for scene in scenes(entries, dates, tokens, tags, places, actors):
        judged = judge(scene, triggers, light, models, min(PASSES, min_confidence / 2))
        verdicts = _one_a_span(scene, [v for v in judged if _standing(v) >= min_confidence and v.label not in NEVER])
        for found in _found(scene, verdicts, figures_of[scene.entry.entry_id], typology, models, tellers, countries):
            yield from event_rows(scene, found)


def _standing(verdict: Verdict) -> float:
    """Return the chance that the trigger names an event, less where its type is in doubt.

    A word that fits no type well is seldom an event; that root of the share finds as many as the chance alone and more of the right
    type, by cross-validation (docs/events.md).
    """
    return verdict.chance * math.sqrt(verdict.share)


def _one_a_span(scene: Scene, verdicts: Sequence[Verdict]) -> list[Verdict]:
    """Return the likelier of two triggers that are parts of one hyphenated word."""
    best: dict[tuple[int, int], Verdict] = {}
    for verdict in verdicts:
        span = trigger_span(scene.parse, verdict.i)
        if span not in best or verdict.chance > best[span].chance:
            best[span] = verdict
    return list(best.values())


def _found(
    scene: Scene, verdicts: Sequence[Verdict], figures: Sequence[Figure], typology: Typology, models: EventModels, tellers: Tellers,
    countries: Countries,
) -> Iterator[Found]:  # fmt: skip
    """Yield the events of the verdicts with all that belongs to them, in reading order."""
    events = [(verdict.i, verdict.label) for verdict in verdicts]
    told = stand_events(scene, events, models.linear["realis"], tellers)
    parts = cast_events(scene, events, models.linear["roles"])
    places = place_events(scene, events, models.linear["placing"])
    hanging = assign_figures(scene, events, figures, models.linear["figures"])
    settled: dict[int, frozenset[int]] = {}
    for n, verdict in enumerate(verdicts):
        whens = date_event(scene, verdict.i, verdict.label, models.linear["dating"], settled)
        settled[verdict.i] = frozenset(when.k for when in whens)
        yield Found(
            i=verdict.i,
            type=typology.types[verdict.label],
            realis=told[n],
            attribution=attribution(scene, verdict.i, tellers),
            whens=whens,
            parts=told_by_adjective(scene, events[n], _without_foilers(scene, verdict.i, parts[n], tellers), countries),
            places=places[n],
            figures=hanging.get(n, []),
            confidence=_calibrated(verdict.chance * verdict.share, models.calibration),
        )


def _without_foilers(scene: Scene, i: int, parts: list[Part], tellers: Tellers) -> list[Part]:
    """Return the parts of an event but for those who foiled it, who are no source of it."""
    verb = foiled_by(scene, i, tellers)
    foilers = {scene.actor_at[k].actor_id for k in scene.parse.subjects(verb) if k in scene.actor_at} if verb is not None else ()
    return [part for part in parts if part.role != "source" or part.actor.actor_id not in foilers]


def _calibrated(score: float, numbers: Mapping[str, float]) -> float:
    odds = math.log((score + 1e-6) / (1 - score + 1e-6))
    return 1 / (1 + math.exp(-(numbers["slope"] * odds + numbers["offset"])))
