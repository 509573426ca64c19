"""Calendar dates named in entries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pipeline.tables.fields import End, EntryId, Partition, Precision, Start, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """One row an expression that names a point or stretch of calendar time."""

    TABLE: ClassVar[str] = "dates"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: Text
    date_from: Annotated[dt.date | None, "First day, inclusive; null if the entry's month is unknown."]
    date_to: Annotated[dt.date | None, "Last day, inclusive; null likewise."]
    precision: Annotated[Precision, "How fine the text is: day, days (an interval), week, part_of_month, month, ..."]
    relation: Annotated[
        Literal["on", "since", "until", "by", "before", "after"] | None, "How the text places things against the date; null if it does not."
    ]
    kind: Annotated[Literal["absolute", "relative"], "relative: anaphora such as 'same day', 'last month'."]
    edtf: Annotated[str | None, "The same in Extended Date/Time Format, X for what is unknown; null if nothing is known."]
