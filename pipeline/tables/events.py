"""Events, and the spans that play a part in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pipeline.tables.fields import End, EntryId, Iso3, Partition, Precision, Start, Text

Realis = Literal["actual", "claimed", "reported", "denied", "planned"]
EventId = Annotated[str, "Identity of the event: its entry, trigger span and date."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row an event: one predicate, one date."""

    TABLE: ClassVar[str] = "events"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end", "event_id")
    BY: ClassVar[Partition] = "month"

    event_id: EventId
    entry_id: EntryId
    start: Start
    end: End
    text: Annotated[str, "The trigger: the verb or noun that names the event."]
    type: Annotated[str, "Event type: a label of the typology."]
    family: Annotated[str, "One of the typology's ten families."]
    date_from: Annotated[dt.date | None, "First day, inclusive; null if the text gives no date for it, or no beginning ('until 5 May')."]
    date_to: Annotated[dt.date | None, "Last day, inclusive; null likewise, or where it goes on ('since Oct')."]
    date_precision: Annotated[Precision | None, "How fine the date is; null without one."]
    iso3: Iso3
    place: Annotated[str | None, "Name of the place the text ties to the event most, or of a finer one inside of it that it ties too."]
    admin1: Annotated[str | None, "First-level unit of that place."]
    lat: Annotated[float | None, "Latitude of that place, degrees north."]
    lon: Annotated[float | None, "Longitude of that place, degrees east."]
    geo_precision: Annotated[int | None, "UCDP precision of that place, 1 to 7; coarser where it is one of several towns of the event."]
    source: Annotated[str | None, "Canonical names of those who did it, joined by '; '."]
    target: Annotated[str | None, "Canonical names of those it was done to, joined by '; '."]
    realis: Annotated[Realis, "Whether the text tells it as fact, one side's claim, a report, denied or planned."]
    attribution: Annotated[str | None, "Who tells it, as written; null if the text speaks for itself."]
    killed_low: Annotated[int | None, "Sum of `low` of the event's killed figures of scope incident that are no rival of one told before."]
    killed_best: Annotated[int | None, "Sum of `best` likewise, the lowest number where a figure is vague."]
    killed_high: Annotated[int | None, "Sum of `high` likewise; null if any is open."]
    injured_best: Annotated[int | None, "Sum of `best` of the event's injured figures, likewise."]
    plover: Annotated[str | None, "PLOVER event code by the typology's crosswalk."]
    acled: Annotated[str | None, "ACLED event and sub-event type by the crosswalk."]
    cameo: Annotated[str | None, "CAMEO codes by the crosswalk."]
    sentence_start: Annotated[
        int, "Offset of the first character of the trigger's sentence in entries.text; of its line, where a correction put it outside."
    ]
    sentence_end: Annotated[int, "Offset just past the trigger's sentence."]
    confidence: Annotated[float | None, "0 to 1: how likely the trigger names an event of this type."]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRole:
    """One row a span that plays a part in an event: who, whom, where, when, how many."""

    TABLE: ClassVar[str] = "event_roles"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "event_id", "role", "start", "end")
    BY: ClassVar[Partition] = "month"

    event_id: EventId
    entry_id: EntryId
    start: Start
    end: End
    text: Text
    role: Annotated[Literal["source", "target", "place", "date", "figure"], "The part the span plays."]
    actor_id: Annotated[str | None, "actors.actor_id for source and target; null otherwise."]
    name: Annotated[str | None, "Canonical name of the actor or place; the ISO interval of a date; null for figures."]
