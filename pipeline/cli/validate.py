"""`crisiswatch validate`: whether the tables hold what they promise; exit code 1 where a row does not."""

from __future__ import annotations

import dataclasses
import json
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.command import OUT, OutOption, app, fail

if TYPE_CHECKING:
    from pipeline.validate import Fault, Report

FAULTS = 1
MOST_CHANGES = 20


@app.command(epilog="Example: crisiswatch validate --out data/processed")
def validate(
    out: OutOption = OUT,
    limit: Annotated[int, typer.Option(min=1, help="Print at most so many rows of one fault in one table; all are counted.")] = 10,
    accept: Annotated[bool, typer.Option("--accept", help="Take the rows there are now as the measure of later losses.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check every table: columns, keys, spans against texts, foreign keys, coverage, and rows a month against the last run.

    The exit code is 1 where a row breaks a rule; the rows are listed, with what to do.
    """
    from pipeline.durable import DamagedFile
    from pipeline.ledger import InUse
    from pipeline.progress import Progress
    from pipeline.validate import validate_tables

    try:
        with Progress() as progress:
            report = validate_tables(out, accept, progress)
    except FileNotFoundError as error:
        fail(error, 2)
    except (InUse, DamagedFile, OSError) as error:
        fail(error)
    typer.echo(_as_json(report, limit) if as_json else "\n".join(_as_lines(report, limit)))
    if report.faults.total:
        raise typer.Exit(FAULTS)


def _as_json(report: Report, limit: int) -> str:
    rows = [fault for group in _groups(report) for fault in group[:limit]]
    return json.dumps(
        {
            "rows": report.rows,
            "coverage": report.coverage,
            "since": report.since,
            "changes": [dataclasses.asdict(change) for change in report.changes],
            "fault_counts": [
                {"table": table, "rule": rule, "rows": count} for (table, rule), count in sorted(report.faults.counts.items())
            ],
            "faults": [dataclasses.asdict(fault) for fault in rows],
        },
        ensure_ascii=False,
        indent=1,
    )


def _groups(report: Report) -> list[list[Fault]]:
    ordered = sorted(report.faults.rows, key=lambda fault: (fault.table, fault.rule))
    return [list(group) for _, group in groupby(ordered, key=lambda fault: (fault.table, fault.rule))]


def _as_lines(report: Report, limit: int) -> list[str]:
    rows = sum(sum(parts.values()) for parts in report.rows.values())
    months = len(report.rows["entries"])
    lines = [f"checked {len(report.rows)} tables, {rows:,} rows, {sum(report.rows['entries'].values()):,} entries of {months} months"]
    told = ", ".join(f"{count:,} {kind}" for kind, count in report.coverage.most_common() if kind != "set aside")
    lines.append(f"coverage, in months of situations: {told or 'nothing known'}")
    if aside := report.coverage["set aside"]:
        lines.append(f"set aside: {aside} (see table quarantine)")
    lines += _changes(report)
    for group in _groups(report):
        first, count = group[0], report.faults.counts[group[0].table, group[0].rule]
        lines.append(f"\n{first.table}: {first.rule}: {count:,} {'fault' if count == 1 else 'faults'}")
        lines += [f"  {fault.part}  {fault.key}  {fault.what}".replace("    ", "  ") for fault in group[:limit]]
        lines += [f"  and {count - limit:,} more"] if count > limit else []
        lines.append(f"  what to do: {first.remedy}")
    total = report.faults.total
    return [*lines, f"\n{total:,} {'fault' if total == 1 else 'faults'}" if total else "no faults"]


def _changes(report: Report) -> list[str]:
    """Return what changed since an earlier run: a line a table and month, the largest losses first."""
    if not report.changes:
        return [
            f"rows a month: as after the run of {report.since}" if report.since else "rows a month: noted, to hold the next run against"
        ]
    ordered = sorted(report.changes, key=lambda change: (change.now - change.before, change.table, change.part))
    lines = [f"rows a month: {len(report.changes)} changed since the run of {report.since}"]
    lines += [f"  {change.table}  {change.part}  {change.before:,} -> {change.now:,}" for change in ordered[:MOST_CHANGES]]
    return [*lines, f"  and {len(ordered) - MOST_CHANGES} more"] if len(ordered) > MOST_CHANGES else lines
