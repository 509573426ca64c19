"""The run: files in, tables out, doing again only what its inputs, code, words, settings or model have changed.

Reading is keyed by file. Splitting, and what else must see the whole corpus, is one pass. All other stages go month by
month. Before anything is written over, the record of what it was made from is struck out, and it is written anew only
after the last file is in its place: whatever moment a run is killed at, the next one finds what is left to do.
"""

from __future__ import annotations

import errno
import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from pipeline import durable, files, ledger, own_code, plan, stages, store
from pipeline.corpus import run_corpus
from pipeline.month import Task
from pipeline.report import Report, count_rows, judge_corrections, log_run, write_quarantine
from pipeline.settings import check_settings
from pipeline.stages import Settings, Stage
from pipeline.tables import Correction, Entry, Source
from pipeline.workers import Engine, one_process

__all__ = ["Report", "RunError", "run"]

# Objects made, and lesser looks done, before Python looks for cycles among the young, the older and all objects (by default 700, 10, 10).
# With one new bulletin a tenth of the CPU went there; 18,000 entries take no more memory for it.
COLLECT = (50_000, 20, 50)
Listen = Callable[[str, int, int], None]


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
    `engine` says where months are worked on. Raises RunError where a folder is missing, cannot be written, is full, or is in use by
    another run (`wait` waits for it instead), or where the raw folder has lost all its files (`force` empties the tables), and passes on
    the errors of folders that lie in one another, of settings that no stage has, of a missing model or lexicon, and of a sidecar or
    table that cannot be used; bad input files and entries never raise.
    """
    started = time.perf_counter()
    if not raw.is_dir():
        raise RunError(f"{raw} is no folder; name the folder that holds the raw files with --raw")
    files.check_apart(raw, out)
    todo = stages.closure(names)
    check_settings(settings or {})
    report = Report()
    try:
        out.mkdir(parents=True, exist_ok=True)
        with ledger.locked(out, wait), own_code.kept(out / ledger.FOLDER / ledger.CODE), _seldom_collecting():
            durable.sweep_temporaries(out)
            if force:
                ledger.forget(out)
            _bring_up_to_date(raw, out, todo, settings or {}, month, engine, report, listen or (lambda *_: None))
            counts = count_rows(out, ledger.manifest(out), report)
            report.seconds = time.perf_counter() - started
            log_run(out, report, counts)
    except (ledger.InUse, files.NoFiles) as error:
        raise RunError(str(error)) from error
    except OSError as error:
        raise RunError(_told(error, out)) from error
    return report


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for cycles fifty times less often: rows have none, and every look goes through all of the language model."""
    before = gc.get_threshold()
    gc.set_threshold(*COLLECT)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _told(error: OSError, out: Path) -> str:
    if error.errno == errno.ENOSPC:
        return f"{out}: no space left on the disk; what was written before is whole: make room and run again"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename or out}: no permission to write there; choose another folder with --out"
    if error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"{error.filename or out}: a file stands where a folder must be; choose another folder with --out"
    return f"{error.filename or out}: {error.strerror or error}"


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
    report.misspelt = files.misspelt_columns(raw)
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
    report.unfit = judge_corrections(corrected, by_month, out, manifest, split=stages.producer(Entry) in todo)
    write_quarantine(out, report)
    ledger.write_manifest(out, manifest)


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
    labels = set(plan.month_labels(parts))
    ledger.sweep_records(out, labels)
    tasks = []
    for label, keys in plan.month_keys(todo, parts, settings, by_month):
        stale = plan.stale_stages(todo, label, keys, out)
        if stale:
            mine = tuple(by_month.get(label, ()))
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
            store.sweep(out / row_class.TABLE, labels)
