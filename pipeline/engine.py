"""The run: files in, tables out, doing again only what its inputs, code, words, settings or model have changed.

Reading is keyed by file. Splitting, and what else must see the whole corpus, is one pass. All other stages go month by
month. Before anything is written over, the record of what it was made from is struck out, and it is written anew only
after the last file is in its place: whatever moment a run is killed at, the next one finds what is left to do.
"""

from __future__ import annotations

import errno
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline import corrections, durable, files, ledger, own_code, plan, stages, store
from pipeline.corpus import run_corpus
from pipeline.month import Task, quarantined
from pipeline.stages import Settings, Stage
from pipeline.tables import Correction, Document, Entry, Quarantined, Skipped, Source
from pipeline.workers import Engine, one_process

Listen = Callable[[str, int, int], None]


@dataclass(slots=True)
class Report:
    """What a run found and made. `unmatched` are paths of the sidecar that no file has, `unfit` corrections not applied."""

    documents: int = 0
    set_aside: list[Document] = field(default_factory=list)
    entries: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    quarantined: list[Quarantined] = field(default_factory=list)
    unmatched: list[str] = field(default_factory=list)
    unfit: list[Correction] = field(default_factory=list)
    made: dict[str, int] = field(default_factory=dict)
    seconds_by_stage: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0


class RunError(RuntimeError):
    """The run cannot go on: the message says what stands in the way and what to do."""


def run(
    raw: Path,
    out: Path,
    names: Sequence[str] = (),
    *,
    settings: Settings | None = None,
    month: str | None = None,
    force: bool = False,
    wait: bool = False,
    engine: Engine = one_process,
    listen: Listen | None = None,
) -> Report:
    """Bring the tables below `out` up to date with the files below `raw`, and report what was done.

    `names` limits the run to those stages and what they need; `month` ("2024-05") is the newest month of files the sidecar gives none;
    `engine` says where months are worked on. Raises RunError
    where a folder is missing, cannot be written, is full, or is in use by another run (`wait` waits for it instead), and
    passes on the errors of a missing model or lexicon, and of a sidecar or table that cannot be used; bad input files and
    entries never raise.
    """
    started = time.perf_counter()
    if not raw.is_dir():
        raise RunError(f"{raw} is no folder; name the folder that holds the raw files with --raw")
    todo = stages.closure(names)
    _check_settings(settings or {})
    report = Report()
    try:
        out.mkdir(parents=True, exist_ok=True)
        with ledger.locked(out, wait), own_code.kept(out / ledger.FOLDER / "code.json"):
            durable.sweep_temporaries(out)
            if force:
                ledger.forget(out)
            _bring_up_to_date(raw, out, todo, settings or {}, month, engine, report, listen or (lambda *_: None))
            counts = _count(out, report)
            report.seconds = time.perf_counter() - started
            _log(out, report, counts)
    except ledger.InUse as error:
        raise RunError(str(error)) from error
    except OSError as error:
        raise RunError(_told(error, out)) from error
    return report


def _told(error: OSError, out: Path) -> str:
    if error.errno == errno.ENOSPC:
        return f"{out}: no space left on the disk; what was written before is whole: make room and run again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename or out}: no permission to write there; choose another folder with --out"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"{error.filename or out}: a file stands where a folder must be; choose another folder with --out"
    return f"{error.filename or out}: {error.strerror or error}"


def _check_settings(settings: Settings) -> None:
    for name, values in settings.items():
        known = stages.signature(stages.named(name)).settings
        for setting in values:
            if setting not in known:
                raise RunError(f"params: stage {name} has no setting {setting!r}; it has {', '.join(known) or 'none'}")


def _bring_up_to_date(
    raw: Path,
    out: Path,
    todo: Sequence[Stage],
    settings: Settings,
    month: str | None,
    engine: Engine,
    report: Report,
    tell: Listen,
) -> None:
    manifest = ledger.manifest(out)
    started = time.perf_counter()
    documents = files.read_documents(raw, out, manifest, tell)
    report.seconds_by_stage["documents"] = time.perf_counter() - started
    if documents.read:
        report.made["documents"] = documents.read
    report.documents = len(documents.rows)
    report.set_aside = [document for document in documents.rows if document.status == "quarantined"]
    sidecar = files.sources(raw)
    there = {document.path for document in documents.rows}
    report.unmatched = [source.path for source in sidecar if source.path not in there]
    if month:
        sidecar = files.with_month(sidecar, sorted(there), month)
    corrected = files.corrections(raw)
    last = [stage for stage in todo if stages.is_last_pass(stage)]
    for stage in todo:
        if stage.scope == "corpus" and stage not in last:
            _corpus(stage, sidecar, corrected, out, manifest, report, tell)
    by_month = plan.corrections_by_month(corrected, out)
    _months([stage for stage in todo if stage.scope == "month"], by_month, out, manifest, settings, engine, report, tell)
    for stage in last:
        _corpus(stage, sidecar, corrected, out, manifest, report, tell)
    report.unfit = _judge(corrected, by_month, todo, out, manifest)
    _close(out, manifest, report)


def _corpus(
    stage: Stage,
    sidecar: Sequence[Source],
    corrected: Sequence[Correction],
    out: Path,
    manifest: dict[str, Any],
    report: Report,
    tell: Listen,
) -> None:
    started = time.perf_counter()
    if run_corpus(stage, sidecar, corrected, out, manifest, tell):
        report.made[stage.name] = 1
        report.seconds_by_stage[stage.name] = time.perf_counter() - started


def _months(
    todo: Sequence[Stage],
    by_month: Mapping[str, Sequence[Correction]],
    out: Path,
    manifest: Mapping[str, Any],
    settings: Settings,
    engine: Engine,
    report: Report,
    tell: Listen,
) -> None:
    """Hand every month that has something stale to the engine, and take away what months that are gone have left."""
    parts = manifest.get("parts", {})
    labels = plan.month_labels(parts)
    ledger.sweep_records(out, set(labels))
    tasks = []
    for label in labels:
        mine = tuple(by_month.get(label, ()))
        keys = plan.month_keys(todo, label, parts, settings, mine)
        stale = plan.stale_stages(todo, label, keys, out)
        if stale:
            tasks.append(Task(label, tuple(stale), {name: keys[name] for name in stale}, str(out.resolve()), settings, mine))
    # Closed before the lock is let go, whatever is raised here: no worker may go on writing without it.
    with closing(engine(tasks)) as done:
        for number, task in enumerate(done, start=1):
            tell(task.label, number, len(tasks))
            took = ledger.record(out, task.label)["seconds"]
            for name in task.names:
                report.made[name] = report.made.get(name, 0) + 1
                report.seconds_by_stage[name] = report.seconds_by_stage.get(name, 0.0) + took[name]
    for stage in todo:
        for row_class in stages.signature(stage).writes:
            store.sweep(out / row_class.TABLE, set(labels))


def _judge(
    corrected: Sequence[Correction],
    by_month: Mapping[str, Sequence[Correction]],
    todo: Sequence[Stage],
    out: Path,
    manifest: Mapping[str, Any],
) -> list[Correction]:
    """Write table `corrections`: which lines were applied, and why others were not; return those."""
    if not corrected and not store.part(out, Correction).is_file():
        return []
    outcomes = dict[str, str]()
    for said in (manifest.get("corrected", {}), *(ledger.record(out, label)["corrected"] for label in ledger.labels(out))):
        for outcome in said.values():
            outcomes |= outcome
    there = {correction.line for group in by_month.values() for correction in group}
    split, judged = stages.producer(Entry) in todo, []
    for correction in corrected:
        why = outcomes.get(corrections.identity(correction))
        if split and correction.line not in there:
            why = "no entry has this identity now: its text, month or situation has changed, or it was withdrawn"
        status: Any = "pending" if why is None else "unfit" if why else "applied"
        judged.append(replace(correction, status=status, detail="its stage has not been run" if why is None else why or None))
    store.keep(judged, Correction, store.part(out, Correction), {"stage": "run"})
    return [correction for correction in judged if correction.status == "unfit"]


def _close(out: Path, manifest: dict[str, Any], report: Report) -> None:
    """Write what is known only at the end: the quarantine and the manifest."""
    report.quarantined = quarantined(out)
    report.quarantined += [Quarantined(stage="documents", key=d.path, error=d.reason or "") for d in report.set_aside]
    report.quarantined.sort(key=lambda row: (row.stage, row.key))
    store.keep(report.quarantined, Quarantined, store.part(out, Quarantined), {"stage": "run"})
    ledger.write_manifest(out, manifest)


def _count(out: Path, report: Report) -> ledger.Counts:
    """Put the rows of each stage's tables into the report; return the rows of all tables by file."""
    from pipeline.codebook import all_tables

    tables = all_tables()
    counts = {name: {label: store.count(store.part(out, c, label)) for label in store.labels(out, c)} for name, c in tables.items()}
    made = {row_class.TABLE for stage in stages.STAGES for row_class in stages.signature(stage).writes}
    report.rows = {name: sum(parts.values()) for name, parts in counts.items() if name in made and parts}
    report.entries = report.rows.get(Entry.TABLE, 0)
    skipped = store.part(out, Skipped)
    if skipped.is_file():
        report.skipped = dict(Counter(store.column(skipped, "reason")).most_common())
    return counts


def _log(out: Path, report: Report, counts: ledger.Counts) -> None:
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
            "made": report.made,
            "seconds_by_stage": {name: round(seconds, 3) for name, seconds in report.seconds_by_stage.items()},
            "rows": report.rows,
            "versions": stages.versions(),
        },
    )
