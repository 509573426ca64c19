"""One month's task: files in, files out, nothing else needed; an entry that breaks a stage is set aside, the rest goes on."""

from __future__ import annotations

import signal
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from pipeline import corrections, durable, ledger, stages, store
from pipeline.stages import Settings, Stage
from pipeline.tables import Correction, Entry, Quarantined

# An entry takes some 0.1 s in the slowest stage; one that takes a thousand times that has run away.
SECONDS_AN_ENTRY = 100.0


@dataclass(frozen=True, slots=True)
class Task:
    """What a worker is handed: paths, names and the month's corrections, no rows. `killers` are entries known to have killed a
    worker, by stage."""

    label: str
    names: tuple[str, ...]
    keys: Mapping[str, Any]
    out: str
    settings: Mapping[str, Mapping[str, Any]]
    corrections: tuple[Correction, ...] = ()
    careful: bool = False
    killers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class OutOfTime(TimeoutError):  # noqa: N818
    """A stage took longer over an entry than any honest one could."""


def run_month(task: Task) -> str:
    """Run the task's stages on its month: strike out their record, write their tables, write the record. Return the label."""
    out, label = Path(task.out), task.label
    record = ledger.record(out, label)
    record["keys"] = {name: key for name, key in record["keys"].items() if name not in task.names}
    record["written"] = {table: number for table, number in record["written"].items() if table not in _written(task.names)}
    ledger.write_record(out, label, record)
    tables: dict[str, list[Any]] = {}
    for name in task.names:
        stage = stages.named(name)
        for row_class in stages.signature(stage).reads.values():
            if row_class.TABLE not in tables:
                tables[row_class.TABLE] = _load(row_class, label, out)
        started = time.perf_counter()
        record["failed"][name] = run_stage(stage, tables, record["failed"], task.settings, task)
        record["corrected"][name] = _correct(stage, tables, task)
        for row_class in stages.signature(stage).writes:
            path = store.part(out, row_class, label)
            written = store.write(tables[row_class.TABLE], row_class, path, stages.made_by(stage))
            record["written"][row_class.TABLE] = [written, path.stat().st_size]
        record["keys"][name] = task.keys[name]
        record["seconds"][name] = round(time.perf_counter() - started, 4)
    for told in ("failed", "corrected"):
        record[told] = {name: outcome for name, outcome in record[told].items() if outcome}
    ledger.write_record(out, label, record)
    trace(out, label).unlink(missing_ok=True)
    return label


def _written(names: Iterable[str]) -> set[str]:
    """Return the tables that these stages write."""
    return {row_class.TABLE for name in names for row_class in stages.signature(stages.named(name)).writes}


def _correct(stage: Stage, tables: dict[str, list[Any]], task: Task) -> dict[str, str]:
    """Apply the corrections of the stage's tables to the rows in memory; return why some were not applied."""
    written = stages.signature(stage).writes
    mine = corrections.of_tables(task.corrections, written)
    if not mine:
        return {}
    texts = {entry.entry_id: entry.text for entry in tables[Entry.TABLE]}
    rows, outcome = corrections.correct({c.TABLE: tables[c.TABLE] for c in written}, mine, written, texts)
    tables |= rows
    return outcome


def trace(out: Path, label: str) -> Path:
    """Return the path of the note a careful task keeps of the stage and entry it is at, for when it is killed there."""
    return out / ledger.FOLDER / "months" / f".{label}.at"


def run_stage(
    stage: Stage,
    tables: dict[str, list[Any]],
    failed: Mapping[str, Mapping[str, str]],
    settings: Settings,
    task: Task | None = None,
) -> dict[str, str]:
    """Run one stage on tables in memory, put its own tables there, and return what failed by entry.

    `failed` names, by stage, the entries that an earlier stage could not process: they are left out of what rests on it.
    """
    broken = {entry_id for other in stages.closure([stage.name]) if other is not stage for entry_id in failed.get(other.name, {})}
    killers = task.killers.get(stage.name, ()) if task else ()
    inputs = {table: _without(rows, broken | set(killers)) for table, rows in tables.items()}
    rows, failures = _guarded(stage, inputs, settings.get(stage.name, {}), task)
    for row_class in stages.signature(stage).writes:
        tables[row_class.TABLE] = [row for row in rows if type(row) is row_class]
    return failures | dict.fromkeys(killers, "killed the worker that ran it, repeatedly: out of memory, or a crash in a library")


def _load(row_class: type[store.Row], label: str, out: Path) -> list[Any]:
    path = store.part(out, row_class, label if row_class.BY == "month" else None)
    rows: list[Any] = store.read(row_class, path) if path.is_file() else []
    # Only the newest telling of a situation and month is read for facts: sums over revisions would count twice.
    return [row for row in rows if row.superseded_by is None] if row_class is Entry else rows


def _without(rows: list[Any], broken: set[str]) -> list[Any]:
    return [row for row in rows if getattr(row, "entry_id", None) not in broken] if broken else rows


def _guarded(
    stage: Stage, tables: Mapping[str, list[Any]], settings: Mapping[str, Any], task: Task | None
) -> tuple[list[Any], dict[str, str]]:
    """Run the stage on the month; where that raises, runs away or gives rows no table may hold, entry by entry, to lose only those."""
    said = stages.signature(stage)
    function = stages.load(stage)
    fixed = {name: resource.load() for name, resource in said.resources.items()} | dict(settings)
    inputs = {name: tables[row_class.TABLE] for name, row_class in said.reads.items()}
    by_entry = any(row_class is Entry for row_class in said.reads.values())
    if not (task and task.careful and by_entry):
        try:
            with _within(SECONDS_AN_ENTRY * (1 + len(tables[Entry.TABLE]) / 10)):
                return _passed(stage, list(function(**inputs, **fixed)), tables[Entry.TABLE]), {}
        except Exception:
            if not by_entry:
                raise
    rows: list[Any] = []
    failed: dict[str, str] = {}
    apart = {name: _by_entry(group) for name, group in inputs.items()}
    for entry in tables[Entry.TABLE]:
        if task:
            durable.write_json(trace(Path(task.out), task.label), {"stage": stage.name, "entry_id": entry.entry_id})
        try:
            with _within(SECONDS_AN_ENTRY):
                own = {name: groups.get(entry.entry_id, []) for name, groups in apart.items()}
                rows += _passed(stage, list(function(**own, **fixed)), [entry])
        except Exception as error:
            failed[entry.entry_id] = f"{type(error).__name__}: {error}".replace("\n", " ")[:500]
    return rows, failed


def _passed(stage: Stage, rows: list[Any], entries: Sequence[Entry]) -> list[Any]:
    """Return the rows; raises TableError where one speaks of an entry the stage was not given, or the write gate lets them not through."""
    known = {entry.entry_id for entry in entries}
    if strange := {entry_id for row in rows if (entry_id := getattr(row, "entry_id", None)) is not None} - known:
        raise store.TableError(f"stage {stage.name} speaks of entries it was not given: {sorted(strange)[:3]}")
    for row_class in stages.signature(stage).writes:
        store.to_arrow([row for row in rows if type(row) is row_class], row_class)
    return rows


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """Raise OutOfTime in the block once `seconds` have passed; without effect where the system or the thread has no alarm."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise OutOfTime(f"took longer than {seconds:.0f} s")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _by_entry(rows: Sequence[Any]) -> dict[str, list[Any]]:
    out: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        out[getattr(row, "entry_id", "")].append(row)
    return out


def quarantined(out: Path) -> list[Quarantined]:
    """Return what stages could not process, over all months, from their records."""
    return [
        Quarantined(stage=stage, key=entry_id, error=error)
        for label in ledger.labels(out)
        for stage, failed in sorted(ledger.record(out, label)["failed"].items())
        for entry_id, error in sorted(failed.items())
    ]
