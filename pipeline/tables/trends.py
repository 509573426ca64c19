"""The month's trend: as pages' histories state it, what in an entry tells it, and as estimated."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pipeline.tables.fields import DocumentId, EntryId, Month, Partition, StatedResolution, StatedRisk, StatedTrend, Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendState:
    """One row a situation and month of the five-month histories and overview lists shown beside entries."""

    TABLE: ClassVar[str] = "trend_history"
    KEY: ClassVar[tuple[str, ...]] = ("situation", "month", "document_id")
    BY: ClassVar[Partition] = "whole"

    situation: Annotated[str, "CrisisWatch's own name of the situation."]
    month: Annotated[dt.date, "First day of the month the state is of."]
    trend: Annotated[Trend | None, "Trend arrow of that month; null if not shown."]
    risk_alert: Annotated[bool | None, "Conflict risk alert; null if not shown."]
    resolution_opportunity: Annotated[bool | None, "Resolution opportunity; null if not shown."]
    document_id: DocumentId


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendSigns:
    """One row an entry: what in it tells the month's trend, as `trends` weighs it. Counts are of actual events."""

    TABLE: ClassVar[str] = "trend_signs"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id",)
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    situation: Annotated[str | None, "entries.situation."]
    month: Month
    cues: Annotated[tuple[str, ...], "Cue of each sign found in the language: a table of lexicon/trends.toml."]
    zones: Annotated[tuple[str, ...], "Where each stands: headline, or lead (a paragraph's first sentence)."]
    starts: Annotated[tuple[int, ...], "Offset of each in entries.text."]
    texts: Annotated[tuple[str, ...], "Each as written: entries.text from that offset on."]
    events: Annotated[int, "Number of actual events."]
    political_violence: Annotated[int, "Actual events of that family."]
    protest: Annotated[int, "Actual events of that family."]
    military_posture: Annotated[int, "Actual events of that family."]
    state_coercion: Annotated[int, "Actual events of that family."]
    peace_process: Annotated[int, "Actual events of that family."]
    diplomacy: Annotated[int, "Actual events of that family."]
    domestic_politics: Annotated[int, "Actual events of that family."]
    humanitarian: Annotated[int, "Actual events of that family."]
    killed: Annotated[int, "People killed: best numbers of incident figures."]
    injured: Annotated[int, "People injured, likewise."]
    detained: Annotated[int, "People detained, likewise."]
    displaced: Annotated[int, "People displaced, likewise."]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendEstimate:
    """One row a situation and month with an entry or a stated trend: what is stated, and what the entry lets one estimate."""

    TABLE: ClassVar[str] = "trends"
    KEY: ClassVar[tuple[str, ...]] = ("situation", "month")
    BY: ClassVar[Partition] = "whole"

    situation: Annotated[str, "CrisisWatch's own name of the situation."]
    month: Annotated[dt.date, "First day of the month."]
    entry_id: Annotated[str | None, "The entry estimated from; null where only a page's history states the month."]
    trend: StatedTrend
    trend_estimated: Annotated[
        Trend | None, "Trend as estimated from the entry, for stated months too; null without one. Weak for improved: see docs/trends.md."
    ]
    deteriorated_probability: Annotated[float | None, "0 to 1: estimated chance that the tracker marks the month deteriorated."]
    improved_probability: Annotated[float | None, "0 to 1: likewise improved."]
    unchanged_probability: Annotated[float | None, "0 to 1: likewise unchanged. The three sum to 1."]
    alert_month: Annotated[dt.date, "The month that the alerts speak of: the one after."]
    risk_alert: StatedRisk
    risk_alert_probability: Annotated[float | None, "0 to 1: estimated chance of a conflict risk alert. Opportunities are not estimated."]
    resolution_opportunity: StatedResolution
    past_months: Annotated[int, "Entries of the situation in the twelve months before that change is measured against; 0 if fewer than 3."]
    events: Annotated[int | None, "Actual events of the entry."]
    events_usual: Annotated[float | None, "Geometric mean over the past months; null without them."]
    political_violence: Annotated[int | None, "Actual events of that family."]
    political_violence_usual: Annotated[float | None, "Geometric mean over the past months; null without them."]
    killed: Annotated[int | None, "People killed: best numbers of incident figures."]
    killed_usual: Annotated[float | None, "Geometric mean over the past months; null without them."]
    evidence: Annotated[
        tuple[str, ...],
        "What the estimate rests on, the strongest first: words of the entry or what was counted, and what it adds (+) or takes (-), in "
        "log-odds of deteriorated over improved.",
    ]
