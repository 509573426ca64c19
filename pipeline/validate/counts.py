"""Rows a table and month, held against the last run and the one before it, so that a loss is seen before anyone counts on the rest.

`runs.jsonl` tells the totals of each run; the counts by month, of the last run and of the one to hold it against, are kept by
pipeline.ledger at the end of each run and at each validation.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import ledger
from pipeline.ledger import Counts
from pipeline.validate.faults import Fault

# A month that loses more than this share of its rows of a table is a fault, where it had enough of them to tell.
MOST_LOST = 0.5
LEAST_ROWS = 10


@dataclass(frozen=True, slots=True)
class Change:
    """A table's rows of a month at an earlier run and now."""

    table: str
    part: str
    before: int
    now: int

    @property
    def loss(self) -> bool:
        return self.before >= LEAST_ROWS and self.now < self.before * (1 - MOST_LOST)


def last_run(out: Path) -> dict[str, Any]:
    """Return the last line of `runs.jsonl`; empty where no run has ended."""
    try:
        lines = (out / "runs.jsonl").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    try:
        said = json.loads(lines[-1]) if lines else {}
    except json.JSONDecodeError:
        return {}  # the machine went down while it was written
    return said if isinstance(said, dict) else {}


def run_faults(counts: Counts, run: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the tables whose rows are not as many as the last run said it left."""
    for table, rows in run.get("rows", {}).items():
        now = sum(counts.get(table, {}).values())
        if now != rows:
            what = f"{now} rows, but the run that ended {run.get('ended')} left {rows}"
            yield Fault(table, "all", "", "rows", what, "a run was stopped midway, or files were changed by hand: run `crisiswatch run`")


def changes(out: Path, counts: Counts, run: Mapping[str, Any], accept: bool) -> tuple[str, list[Change]]:
    """Return when the run before ended, and what changed since, by table and month; keep the counts for the next time.

    With `accept`, what there is now is the measure from here on. Where the folder cannot be written nothing is kept.
    """
    said = ledger.counts(out, run.get("ended", ""), counts, validated=True, accept=accept)
    with suppress(OSError):  # the tables may lie where nothing can be written
        ledger.write_counts(out, said)
    return said["before"].get("ended", ""), list(_changed(said["before"].get("counts", {}), counts))


def _changed(before: Counts, now: Counts) -> Iterator[Change]:
    for table in sorted(before):
        for part in sorted(before[table].keys() | now.get(table, {}).keys()):
            was, are = before[table].get(part, 0), now.get(table, {}).get(part, 0)
            if was != are:
                yield Change(table, part, was, are)


def change_faults(told: list[Change], since: str) -> Iterator[Fault]:
    """Yield the months that lost most of their rows."""
    for change in told:
        if change.loss:
            what = f"{change.now} rows; after the run of {since} there were {change.before}"
            remedy = (
                "if input was withdrawn on purpose, say `crisiswatch validate --accept`; else see `crisiswatch status` and table quarantine"
            )
            yield Fault(change.table, change.part, "", "rows lost", what, remedy)
