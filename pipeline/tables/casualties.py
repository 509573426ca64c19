"""People killed, injured, detained, displaced, ...: figures as found, joined to events, and tolls followed over months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pipeline.tables.fields import End, EntryId, Partition, Start

HarmKind = Literal[
    "killed", "injured", "casualties", "abducted", "missing", "detained",
    "convicted", "released", "displaced", "returned", "crowd", "surrendered",
]  # fmt: skip
Scope = Literal["incident", "part", "cumulative", "repeat", "not_actual"]
FigureText = Annotated[str, "The figure with its hedge ('at least 26'); the victim phrase where no number is written."]
FigureKind = Annotated[HarmKind, "What was done to the people counted."]
FigureLow = Annotated[int | None, "Lowest number the text allows; null if it sets none."]
FigureBest = Annotated[int | None, "The number given, or the middle of a range; null for vague ones ('dozens')."]
FigureHigh = Annotated[int | None, "Highest number the text allows; null if it sets none."]
Hedge = Annotated[str | None, "The hedge as written ('at least', 'nearly'); null if none."]
Implicit = Annotated[bool, "True where no number is written ('killed journalist')."]
FigureScope = Annotated[
    Scope, "Only `incident` rows may be summed: the others tell a part, a running total, the same again, or what was not."
]
Victims = Annotated[str | None, "Who was harmed, as written; null if not named beside the figure."]
VictimGroup = Annotated[Literal["civilian", "state_forces", "non_state_armed", "mixed", "unknown"], "Which side the victims belong to."]
FigureSource = Annotated[str | None, "Who gave the figure, as written, or 'reportedly'; null if the text does not say."]
RivalOf = Annotated[
    int | None,
    "Another source's number for the same people: `start` of the figure of this entry and kind that was told first; null if it is "
    "the only one or the first. Sums that take `incident` rows without a `rival_of` count each event's people once.",
]

CountedRival = Annotated[
    int | None,
    "Another source's number for the same people: `start` of the figure of this entry and kind that counts, the first told whose event is "
    "actual or that hangs on none, else the first told; null if it is that one, or has no rival. Sums that take `incident` rows of actual "
    "events without a `rival_of` count each event's people once.",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row a statement of people killed, injured, detained, displaced, ..., as found, before events: see casualties."""

    TABLE: ClassVar[str] = "figures"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end", "kind")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: FigureText
    kind: FigureKind
    low: FigureLow
    best: FigureBest
    high: FigureHigh
    hedge: Hedge
    implicit: Implicit
    scope: FigureScope
    victims: Victims
    victim_group: VictimGroup
    attribution: FigureSource
    rival_of: RivalOf = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualty:
    """One row a statement of people killed, injured, detained, displaced, ..."""

    TABLE: ClassVar[str] = "casualties"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end", "kind")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: FigureText
    kind: FigureKind
    low: FigureLow
    best: FigureBest
    high: FigureHigh
    hedge: Hedge
    implicit: Implicit
    scope: FigureScope
    victims: Victims
    victim_group: VictimGroup
    attribution: FigureSource
    event_id: Annotated[str | None, "The event the figure hangs on; null if it hangs on none."]
    rival_of: CountedRival = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """One row a toll that two or more months tell of; its own span is that of the newest figure, the last of the series."""

    TABLE: ClassVar[str] = "tolls"
    KEY: ClassVar[tuple[str, ...]] = ("toll_id",)
    BY: ClassVar[Partition] = "whole"

    toll_id: Annotated[str, "Identity of the toll: its situation, kind and the first figure told of it."]
    situation: Annotated[str, "CrisisWatch's own name of the situation."]
    kind: Annotated[HarmKind, "What was done to the people counted."]
    what: Annotated[str, "The clause that first told of it."]
    since: Annotated[dt.date | None, "First day of the count, where the figures are running totals; null otherwise."]
    happened: Annotated[dt.date | None, "First day of the month it happened in; null for running totals."]
    first_month: Annotated[dt.date, "First month whose entry tells of it."]
    last_month: Annotated[dt.date, "Last month whose entry tells of it."]
    entry_id: EntryId
    start: Start
    end: End
    text: Annotated[str, "The newest figure as written."]
    low: Annotated[int | None, "Lowest number the newest figure allows; null if it sets none."]
    best: Annotated[int | None, "The newest number; null for vague ones."]
    high: Annotated[int | None, "Highest number the newest figure allows; null if it sets none."]
    attribution: Annotated[str | None, "Who gave the newest figure; null if the text does not say."]
    series_months: Annotated[tuple[str, ...], "Month of each figure as YYYY-MM, in order of telling."]
    series_entry_ids: Annotated[tuple[str, ...], "Entry of each figure."]
    series_starts: Annotated[tuple[int, ...], "Offset of each figure in its entry's text."]
    series_texts: Annotated[tuple[str, ...], "Each figure as written."]
    series_numbers: Annotated[tuple[int, ...], "Best number of each figure, the lowest where it is vague."]
    series_attributions: Annotated[tuple[str, ...], "Who gave each figure; the empty string where the text does not say."]
