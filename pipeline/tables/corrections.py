"""What a reader put right, and what no stage could process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pipeline.tables.fields import Partition


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One row a line of `corrections.csv`: what a reader found wrong in a table, what it should be, and whether it was applied."""

    TABLE: ClassVar[str] = "corrections"
    KEY: ClassVar[tuple[str, ...]] = ("line",)
    BY: ClassVar[Partition] = "whole"

    line: Annotated[int, "Line of the file it stands on."]
    table: Annotated[str, "The table it corrects."]
    entry_id: Annotated[str, "The entry whose row it corrects."]
    start: Annotated[int | None, "Offset of the row's span; null for tables without spans."]
    end: Annotated[int | None, "Offset just past the row's span; null likewise."]
    column: Annotated[str, "The column; `row` where the whole row is to be taken out or added."]
    value: Annotated[str | None, "What the column should say, as text; null for no value. For `row`: delete or add."]
    reason: Annotated[str | None, "Why, in the reader's words; null if none is given."]
    expect: Annotated[
        str | None, "What the column said when the correction was written: where it says something else now, nothing is changed."
    ]
    which: Annotated[str | None, "Of several rows with one span the one meant, as column=value joined by '; '; null if there is one."]
    status: Annotated[Literal["applied", "unfit", "pending"], "Whether it was applied; unfit: the tables are no longer as it expects."]
    detail: Annotated[str | None, "Why it was not applied; null if it was."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """One row an entry that a stage could not process: set aside, everything else went on."""

    TABLE: ClassVar[str] = "quarantine"
    KEY: ClassVar[tuple[str, ...]] = ("stage", "key")
    BY: ClassVar[Partition] = "whole"

    stage: Annotated[str, "The stage that failed."]
    key: Annotated[str, "What it failed on: an entry_id or a document_id."]
    error: Annotated[str, "The error, in one line."]
