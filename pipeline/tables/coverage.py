"""Which months of a situation the tracker covered and the input has."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pipeline.tables.fields import Partition, StatedResolution, StatedRisk, StatedTrend

Covered = Annotated[bool, "Whether the input has an entry: a month with none is not a month of peace."]
CoverageKind = Annotated[
    Literal["entry", "state_only", "silent", "unknown"],
    "entry: the input has it. state_only: a page's trend history has the month, the input no text. "
    "silent: the tracker had no entry, as a page's history, a file of the situation or the month's bulletin show. unknown: nothing tells.",
]
Tracking = Annotated[
    Literal["monthly", "standby"] | None,
    "monthly: covered in at least three quarters of those of the last 12 months that are known either way (see coverage); "
    "standby: in fewer; null where fewer than four are known.",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One row a situation and month, from the first to the last the input tells of: what the tracker covered and the input has."""

    TABLE: ClassVar[str] = "coverage"
    KEY: ClassVar[tuple[str, ...]] = ("situation", "month")
    BY: ClassVar[Partition] = "month"

    situation: Annotated[str, "CrisisWatch's own name of the situation."]
    month: Annotated[dt.date, "First day of the month."]
    countries: Annotated[tuple[str, ...], "ISO3 codes of the situation."]
    covered: Covered
    coverage: CoverageKind
    tracking: Tracking
    months_known: Annotated[int, "Of the 12 months up to this one, how many are known to be covered or silent."]
    months_covered: Annotated[int, "How many of those the tracker covered (entry or state_only)."]
    entry_id: Annotated[str | None, "The entry; null where the input has none."]
    trend: StatedTrend
    risk_alert: StatedRisk
    resolution_opportunity: StatedResolution
