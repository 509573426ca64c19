"""Corrections: what a reader found wrong, applied to a stage's rows before they are written, so that all that rests on them follows.

`corrections.csv` lies beside the raw files: `table,entry_id,start,end,column,value,reason,expect,which`. A line changes one
column of the row with that span, takes the row out (`column` is `row`, `value` is `delete`) or adds one (`add`, the other columns
on lines of their own with the same span and `which`). `expect` is what the column said when the line was written: where it says
something else now, or the entry's text has changed (and with it `entry_id`), nothing is changed and table `corrections` says why.
Of several rows with one span, `column=value` in `which` says which is meant ("event_id=3f2a", "date_from=2024-05-07").
"""

from pipeline.corrections.apply import correct, identity, of_tables
from pipeline.corrections.revisions import mark_revisions
from pipeline.corrections.sidecar import COLUMNS, SIDECAR, CorrectionsError, add_corrections, read_corrections
from pipeline.corrections.values import ROW, SPAN, written

__all__ = [
    "COLUMNS",
    "ROW",
    "SIDECAR",
    "SPAN",
    "CorrectionsError",
    "add_corrections",
    "correct",
    "identity",
    "mark_revisions",
    "of_tables",
    "read_corrections",
    "written",
]
