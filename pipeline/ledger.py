"""The ledger: what each table was made from, kept beside the tables, and the lock that lets one run write at a time.

`.crisiswatch/manifest.json` speaks of files and of what was made from the whole corpus; `.crisiswatch/months/2022-01.json`
of what was made of a month. A record is struck out before the files it speaks of are written over. `.crisiswatch/counts.json`
speaks of how many rows there were, so that a loss can be told.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pipeline import durable

FOLDER = ".crisiswatch"
COUNTS = "counts.json"
CODE = "code.json"
GROUNDWORK = "groundwork"
# Rows by table and file: by month, or by what else a table's files are named for.
Counts = dict[str, dict[str, int]]


class InUse(RuntimeError):  # noqa: N818
    """Another run is writing into the same folder."""


@contextmanager
def locked(out: Path, wait: bool) -> Iterator[None]:
    """Hold the folder's lock; raises InUse where another run holds it, or waits for it.

    The system drops the lock with the process that holds it: a killed run leaves none behind.
    """
    from filelock import FileLock, Timeout

    (out / FOLDER).mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / FOLDER / "lock", timeout=-1 if wait else 0)
    try:
        lock.acquire()
    except Timeout:
        raise InUse(f"another run is writing into {out}; let it end, or wait for it with --wait") from None
    try:
        yield
    finally:
        lock.release()


def manifest(out: Path) -> dict[str, Any]:
    """Return what the last run wrote down of files and corpus; empty where there was none."""
    return durable.read_json(out / FOLDER / "manifest.json") or {}


def write_manifest(out: Path, said: Mapping[str, Any]) -> None:
    """Write the manifest, whole or not at all."""
    durable.write_json(out / FOLDER / "manifest.json", said)


def record(out: Path, label: str) -> dict[str, Any]:
    """Return a month's record, by stage: what its tables were made from (`keys`), by entry what failed (`failed`), by
    correction why it was not applied, "" where it was (`corrected`), by table how many rows and bytes it has (`written`), and how long it
    took (`seconds`)."""
    return {"keys": {}, "failed": {}, "corrected": {}, "written": {}, "seconds": {}} | (durable.read_json(_record(out, label)) or {})


def write_record(out: Path, label: str, said: Mapping[str, Any]) -> None:
    """Write a month's record, whole or not at all."""
    durable.write_json(_record(out, label), said)


def labels(out: Path) -> list[str]:
    """Return the months that have a record, in order of time, "unknown" last."""
    return sorted(path.stem for path in (out / FOLDER / "months").glob("[!.]*.json"))


def _record(out: Path, label: str) -> Path:
    return out / FOLDER / "months" / f"{label}.json"


def sweep_records(out: Path, wanted: set[str]) -> None:
    """Take away the records of months that are gone."""
    for label in set(labels(out)) - wanted:
        _record(out, label).unlink()


def forget(out: Path) -> None:
    """Strike out everything: the next run does all of it again. The counts stay, to hold its rows against, unless they are damaged."""
    (out / FOLDER / "manifest.json").unlink(missing_ok=True)
    for path in (out / FOLDER / GROUNDWORK).glob("*/*"):
        path.unlink()
    try:
        durable.read_json(out / FOLDER / COUNTS)
    except durable.DamagedFile:
        (out / FOLDER / COUNTS).unlink()
    sweep_records(out, set())


def counts(out: Path, ended: str, now: Counts, *, validated: bool = False, accept: bool = False) -> dict[str, Any]:
    """Return what `counts.json` has to say of the rows there are now, by table and file, and of those `before`, to hold them against.

    Those are of the newest run before that was validated and left other rows or, where none ever was, of the run before.
    With `accept`, what there is now is the measure from here on.
    """
    kept: dict[str, Any] = durable.read_json(out / FOLDER / COUNTS) or {}
    before, last = kept.get("before", {}), kept.get("now", {})
    same, proven = last.get("counts") == now, last.get("validated", True)
    if last and not same and (proven or not before.get("validated", bool(before))):
        before = last
    said = {"ended": last["ended"] if same else ended, "counts": now, "validated": validated or (same and proven)}
    return {"before": {} if accept else before, "now": said}


def write_counts(out: Path, said: Mapping[str, Any]) -> None:
    """Write `counts.json`, whole or not at all, unless it says that already."""
    if durable.read_json(out / FOLDER / COUNTS) != said:
        durable.write_json(out / FOLDER / COUNTS, said)


def log(out: Path, said: Mapping[str, Any]) -> None:
    """Add a line to `runs.jsonl`."""
    with (out / "runs.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(said, sort_keys=True) + "\n")
        file.flush()
        os.fsync(file.fileno())
