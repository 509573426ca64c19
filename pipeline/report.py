"""What a run says of itself when it ends: the corrections applied, what was set aside, how much there is now, how long it took."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline import corrections, ledger, stages, store
from pipeline.entryless import Entryless, find_entryless
from pipeline.month import quarantined
from pipeline.tables import Correction, Document, Entry, Quarantined, Skipped


@dataclass(slots=True)
class Report:
    """What a run found and made.

    `unmatched` are paths of the sidecar that no file has, `misspelt` its columns that are not read, each with the one it nearly is, `unfit`
    corrections not applied, `entryless` files that hold prose and gave no entry.
    """

    documents: int = 0
    set_aside: list[Document] = field(default_factory=list)
    entries: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    quarantined: list[Quarantined] = field(default_factory=list)
    entryless: list[Entryless] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    misspelt: list[tuple[str, str]] = field(default_factory=list)
    unfit: list[Correction] = field(default_factory=list)
    made: dict[str, int] = field(default_factory=dict)
    seconds_by_stage: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0


def judge_corrections(
    corrected: Sequence[Correction],
    by_month: Mapping[str, Sequence[Correction]],
    out: Path,
    manifest: Mapping[str, Any],
    *,
    split: bool,
) -> list[Correction]:
    """Write table `corrections`: which lines were applied, and why others were not; return those.

    `split` tells whether the entries are those of the raw files now, so that a line on an entry they lack can be judged.
    """
    if not corrected and not store.part(out, Correction).is_file():
        return []
    outcomes = dict[str, str]()
    for said in (manifest.get("corrected", {}), *(ledger.record(out, label)["corrected"] for label in ledger.labels(out))):
        for outcome in said.values():
            outcomes |= outcome
    there = {correction.line for group in by_month.values() for correction in group}
    judged = []
    for correction in corrected:
        why = outcomes.get(corrections.identity(correction))
        if split and correction.line not in there:
            why = "no entry has this identity now: its text, month or situation has changed, or it was withdrawn"
        status: Any = "pending" if why is None else "unfit" if why else "applied"
        judged.append(replace(correction, status=status, detail="its stage has not been run" if why is None else why or None))
    store.keep(judged, Correction, store.part(out, Correction), {"stage": "run"})
    return [correction for correction in judged if correction.status == "unfit"]


def write_quarantine(out: Path, report: Report) -> None:
    """Write table `quarantine`: the files that could not be read, and the entries that a stage could not process."""
    report.quarantined = quarantined(out)
    report.quarantined += [Quarantined(stage="documents", key=d.path, error=d.reason or "") for d in report.set_aside]
    report.quarantined.sort(key=lambda row: (row.stage, row.key))
    store.keep(report.quarantined, Quarantined, store.part(out, Quarantined), {"stage": "run"})


def count_rows(out: Path, manifest: Mapping[str, Any], report: Report) -> ledger.Counts:
    """Put the rows of each stage's tables and the files without an entry into the report; return the rows of all tables by file.

    Files of another size than was noted when they were written are counted; raises TableError where one is damaged.
    """
    from pipeline.codebook import all_tables

    noted: dict[str, dict[str, list[int]]] = {name: dict(counted) for name, counted in manifest.get("written", {}).items()}
    for label in ledger.labels(out):
        for name, written in ledger.record(out, label)["written"].items():
            noted.setdefault(name, {})[label] = written
    counts: ledger.Counts = {}
    for name, row_class in all_tables().items():
        known = noted.get(name, {})
        counts[name] = {label: _count(store.part(out, row_class, label), known.get(label)) for label in store.labels(out, row_class)}
    made = {row_class.TABLE for stage in stages.STAGES for row_class in stages.signature(stage).writes}
    report.rows = {name: sum(parts.values()) for name, parts in counts.items() if name in made and parts}
    report.entries = report.rows.get(Entry.TABLE, 0)
    skipped = store.part(out, Skipped)
    if skipped.is_file():
        report.skipped = dict(Counter(store.column(skipped, "reason")).most_common())
        report.entryless = find_entryless(out)
    return counts


def _count(path: Path, noted: Sequence[int] | None) -> int:
    """Return how many rows a file has: as noted with its size when it was written, if it still has that size."""
    if noted is not None and path.stat().st_size == noted[1]:
        return noted[0]
    return store.count(path)


def log_run(out: Path, report: Report, counts: ledger.Counts) -> None:
    """Keep the counts, and add a line on this run to `runs.jsonl`: when, with what, how much, how long."""
    ended = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    ledger.write_counts(out, ledger.counts(out, ended, counts))
    ledger.log(
        out,
        {
            "ended": ended,
            "seconds": round(report.seconds, 3),
            "documents": report.documents,
            "quarantined": len(report.quarantined),
            "entryless": len(report.entryless),
            "made": report.made,
            "seconds_by_stage": {name: round(seconds, 3) for name, seconds in report.seconds_by_stage.items()},
            "rows": report.rows,
            "versions": versions(),
        },
    )


def versions() -> dict[str, str]:
    """Return the versions of what the rows depend on: this package, Python and the libraries that do the reading, parsing and tagging."""
    import platform
    from importlib.metadata import version

    libraries = (
        "crisiswatch-pipeline", "spacy", "onnxruntime", "dateparser", "pandas", "pyarrow", "selectolax", "ftfy", "pypdf", "openpyxl",
    )  # fmt: skip
    return {"python": platform.python_version(), **{name: version(name) for name in libraries}}
