"""Column types that the tables of several modules share."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

DocumentId = Annotated[str, "Identity of the file: first 16 hex digits of the SHA-256 of its bytes."]
EntryId = Annotated[str, "Identity of the entry: derived from its situation, month and normalised text, never from its position."]
Start = Annotated[int, "Offset of the span's first character in entries.text."]
End = Annotated[int, "Offset just past the span's last character in entries.text."]
Text = Annotated[str, "The span itself: entries.text[start:end]."]
Iso3 = Annotated[str | None, "ISO 3166-1 alpha-3 code of the country, plus XKX Kosovo; null where none or several."]
Month = Annotated[dt.date | None, "First day of the month; null if unknown."]
Precision = Literal["day", "days", "week", "part_of_month", "month", "months", "part_of_year", "year", "years"]
Trend = Literal["deteriorated", "improved", "unchanged"]
StatedTrend = Annotated[Trend | None, "Trend arrow as the entry, else a page's history, states it; null if neither does."]
StatedRisk = Annotated[bool | None, "Conflict risk alert for the month after, as stated; null if the input does not say."]
StatedResolution = Annotated[bool | None, "Resolution opportunity for the month after, as stated; null likewise."]
Partition = Literal["month", "whole"]
