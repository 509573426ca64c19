"""What the blocks were joined into: entries, the pointers in them, and the text that is in none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pipeline.tables.fields import DocumentId, End, EntryId, Iso3, Partition, Start, Text, Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row a distinct entry: one situation, one month, one text."""

    TABLE: ClassVar[str] = "entries"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id",)
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    situation: Annotated[str | None, "CrisisWatch's own name of the situation today; null if it could not be told."]
    countries: Annotated[tuple[str, ...], "ISO3 codes of the situation: several for a border, a sea or a pair."]
    region: Annotated[str | None, "Region the page heads the entry with, in one spelling; null if the page has none."]
    month: Annotated[dt.date | None, "First day of the month the entry reports on; null if unknown."]
    month_source: Annotated[Literal["stated", "given", "inferred", "unknown"], "How the month is known."]
    month_confidence: Annotated[float | None, "0 to 1: how far the clues decide the month; 1 when stated or given."]
    month_evidence: Annotated[str | None, "The clues the month rests on, in plain words."]
    trend: Annotated[Trend | None, "Trend arrow of the month; null if the input does not say."]
    risk_alert: Annotated[bool | None, "Conflict risk alert for the month after; null if the input shows no alerts at all."]
    resolution_opportunity: Annotated[bool | None, "Resolution opportunity for the month after; null likewise."]
    headline: Annotated[str | None, "The sentence that sums up the entry; null where the layout has none (before about 2015)."]
    text: Annotated[str, "Headline, then paragraphs, one a line: the text all spans point into."]
    situation_as_written: Annotated[str | None, "The name as the file has it; null if only the sidecar tells it."]
    situation_source: Annotated[Literal["stated", "given", "inferred", "unknown"], "How the situation is known."]
    document_ids: Annotated[tuple[str, ...], "The files the entry was seen in."]
    superseded_by: Annotated[str | None, "entry_id of the later revision of the same situation and month."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """One row a piece of input that is no entry text, with the reason."""

    TABLE: ClassVar[str] = "skipped"
    KEY: ClassVar[tuple[str, ...]] = ("document_id", "position")
    BY: ClassVar[Partition] = "whole"

    document_id: DocumentId
    position: Annotated[int, "Position of the block in the file; several pieces of one block share it."]
    text: Annotated[str, "The text that was skipped."]
    reason: Annotated[str, "heading, navigation, intro, report_blurb, podcast, newsletter, cookie_notice, overview, ..."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossref:
    """One row a situation named in a pointer such as "(see Ukraine and Russia)"."""

    TABLE: ClassVar[str] = "crossrefs"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: Text
    situation: Annotated[str | None, "The situation pointed to; null if it is none of the tracker's."]
    iso3: Iso3
