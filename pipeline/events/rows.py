"""Rows of the tables `events` and `event_roles` from what was found of an event."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypedDict

from pipeline.counts import number_of
from pipeline.events.dating import When
from pipeline.events.parse import Parse
from pipeline.events.placing import Spot, apiece, exactness, pick
from pipeline.events.roles import Part
from pipeline.events.scene import Scene
from pipeline.events.triggers import hyphenated
from pipeline.tables import Entry, Event, EventRole, Figure, Realis
from pipeline.typology import EventType

# UCDP's code for "known to the country only".
COUNTRY_ONLY = 6


@dataclass(frozen=True, slots=True)
class Found:
    """An event as it was found, before it is split into one row a date."""

    i: int
    type: EventType
    realis: Realis
    attribution: str | None
    whens: Sequence[When]
    parts: Sequence[Part]
    places: Sequence[Spot]
    figures: Sequence[Figure]
    confidence: float


def event_rows(scene: Scene, found: Found) -> Iterator[Event | EventRole]:
    """Yield, for each date of the event (once where it has none), its row and those of all that play a part in it.

    Figures stand with the first date only: a toll told once must not be counted once a date. A day told twice is one; days that
    nothing ties to a year are as many as there are.
    """
    sentence = scene.parse.sentence(found.i)
    told = scene.entry.text[scene.parse.starts[sentence[0]] : scene.parse.ends[sentence[-1]]]
    whens = _days(found.whens)
    places = apiece(found.places, len(whens), told)
    for n, when in enumerate(whens or [None]):
        one = replace(found, places=places[n], figures=found.figures if n == 0 else ())
        event = _event(scene, one, when)
        yield event
        yield from _roles(event, one, when)


def _days(whens: Sequence[When]) -> list[When]:
    """Return the dates without those of the same days as one before; dates of no known day are all kept."""
    first: dict[object, When] = {}
    for when in whens:
        first.setdefault((when.date_from, when.date_to) if when.date_from or when.date_to else when.k, when)
    return list(first.values())


def trigger_span(parse: Parse, i: int) -> tuple[int, int]:
    """Return the offsets of the trigger: the word, its hyphenated whole, and a particle right after it ("called off")."""
    words = hyphenated(parse, i)
    last = words[-1]
    if last + 1 < len(parse.tokens) and parse.tokens[last + 1].dep == "prt" and parse.tokens[last + 1].head == i:
        last += 1
    return parse.tokens[words[0]].start, parse.tokens[last].end


def _event(scene: Scene, found: Found, when: When | None) -> Event:
    start, end = trigger_span(scene.parse, found.i)
    day, until = (when.date_from, when.date_to) if when else (None, None)
    unresolved = when.date.start if when and not day and not until else None
    sentence = scene.parse.sentence(found.i)
    killed, injured = (
        [f for f in found.figures if f.kind == kind and f.scope == "incident" and f.rival_of is None] for kind in ("killed", "injured")
    )
    return Event(
        event_id=event_identity(scene.entry.entry_id, start, end, day, until, unresolved),
        entry_id=scene.entry.entry_id,
        start=start,
        end=end,
        text=scene.entry.text[start:end],
        type=found.type.label,
        family=found.type.family,
        date_from=day,
        date_to=until,
        date_precision=when.date.precision if when else None,
        **_where(scene.entry, found.places),
        source=_names(found.parts, "source"),
        target=_names(found.parts, "target"),
        realis=found.realis,
        attribution=found.attribution,
        killed_low=_total([f.low for f in killed]),
        killed_best=_total([number_of(f) for f in killed]),
        killed_high=_total([f.high for f in killed], strict=True),
        injured_best=_total([number_of(f) for f in injured]),
        plover=found.type.plover,
        acled=found.type.acled,
        cameo=found.type.cameo,
        sentence_start=scene.parse.starts[sentence[0]],
        sentence_end=scene.parse.ends[sentence[-1]],
        confidence=round(found.confidence, 4),
    )


class Where(TypedDict):
    """The columns of an event that say where it happened."""

    iso3: str | None
    place: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    geo_precision: int | None


def _where(entry: Entry, spots: Sequence[Spot]) -> Where:
    best = pick(spots)
    if best is None:
        # An entry on one country tells the country, and nothing finer.
        home = entry.countries[0] if len(entry.countries) == 1 else None
        return Where(iso3=home, place=None, admin1=None, lat=None, lon=None, geo_precision=COUNTRY_ONLY if home else None)
    place = best.place
    precision = exactness(best, spots)
    return Where(iso3=place.iso3, place=place.name, admin1=place.admin1, lat=place.lat, lon=place.lon, geo_precision=precision)


def _roles(event: Event, found: Found, when: When | None) -> Iterator[EventRole]:
    for part in found.parts:
        actor = part.actor
        yield _role(event, part.role, actor.start, actor.end, actor.text, actor.actor_id, actor.name)
    for spot in found.places:
        yield _role(event, "place", spot.place.start, spot.place.end, spot.place.text, None, spot.place.name)
    if when:
        interval = f"{when.date_from or '..'}/{when.date_to or '..'}"
        yield _role(event, "date", when.date.start, when.date.end, when.date.text, None, interval)
    spans = {(figure.start, figure.end): figure for figure in found.figures}
    for figure in spans.values():
        yield _role(event, "figure", figure.start, figure.end, figure.text, None, None)


def _role(
    event: Event, role: Literal["source", "target", "place", "date", "figure"], start: int, end: int, text: str, actor_id: str | None,
    name: str | None,
) -> EventRole:  # fmt: skip
    return EventRole(
        event_id=event.event_id, entry_id=event.entry_id, start=start, end=end, text=text, role=role, actor_id=actor_id, name=name
    )


def _names(parts: Sequence[Part], role: str) -> str | None:
    return "; ".join(dict.fromkeys(part.actor.name for part in parts if part.role == role)) or None


def _total(numbers: Sequence[int | None], *, strict: bool = False) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known and (len(known) == len(numbers) or not strict) else None


def event_identity(entry_id: str, start: int, end: int, day: dt.date | None, until: dt.date | None, unresolved: int | None = None) -> str:
    """Return the identity of the event whose trigger has that span, on those days; `unresolved` is where a date of no known day stands."""
    parts = (entry_id, start, end, day, until) if unresolved is None else (entry_id, start, end, day, until, unresolved)
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()[:16]
