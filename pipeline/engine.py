"""The run: files in, tables out, doing again only what its inputs, code, words, settings or model have changed.

Reading is keyed by file. Splitting and what else must see the whole corpus is one pass. All other stages go month by
month: a month's key chains the keys of what it reads, so one new bulletin re-runs one month.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import month, stages, store
from pipeline.stages import Stage
from pipeline.tables import Block, Document, Entry, Quarantined, Skipped, Source

Listen = Callable[[str, int, int], None]
Settings = Mapping[str, Mapping[str, Any]]


@dataclass(slots=True)
class Report:
    """What a run found and made."""

    documents: int = 0
    set_aside: list[Document] = field(default_factory=list)
    entries: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    quarantined: list[Quarantined] = field(default_factory=list)
    made: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0


class RunError(RuntimeError):
    """The run cannot go on: the message says what stands in the way and what to do."""


def run(
    raw: Path, out: Path, names: Sequence[str] = (), *, settings: Settings | None = None, force: bool = False, listen: Listen | None = None
) -> Report:
    """Bring the tables below `out` up to date with the files below `raw`, and report what was done.

    `names` limits the run to those stages and what they need. Raises RunError where a folder is missing or cannot be
    written, and passes on the errors of a missing model or lexicon; bad input files and entries never raise.
    """
    started = time.perf_counter()
    if not raw.is_dir():
        raise RunError(f"{raw} is no folder; name the folder that holds the raw files with --raw")
    todo = stages.closure(names)
    _check_settings(settings or {})
    try:
        out.mkdir(parents=True, exist_ok=True)
        manifest = {} if force else store.read_manifest(out)
        report = Report()
        tell = listen or (lambda *_: None)
        _documents(raw, out, manifest, report, tell)
        for stage in todo:
            if stage.scope == "corpus":
                _corpus(stage, raw, out, manifest, report, tell)
        _months([stage for stage in todo if stage.scope == "month"], out, manifest, settings or {}, report, tell)
        _close(out, manifest, report)
    except PermissionError as error:
        raise RunError(f"{error.filename}: no permission to write there; choose another folder with --out") from error
    report.seconds = time.perf_counter() - started
    return report


def _check_settings(settings: Settings) -> None:
    for name, values in settings.items():
        known = stages.signature(stages.named(name)).settings
        for setting in values:
            if setting not in known:
                raise RunError(f"params: stage {name} has no setting {setting!r}; it has {', '.join(known) or 'none'}")


def _documents(raw: Path, out: Path, manifest: dict[str, Any], report: Report, tell: Listen) -> None:
    """Read every file whose bytes or reader are new; keep what is known of the others."""
    from pipeline.documents import find_files, read_file

    stage = stages.named("documents")
    made, code = stages.made_by(stage), stages.code_key(stage)
    table = store.part(out, Document)
    known = defaultdict(list)
    if manifest and table.is_file():
        for document in store.read(Document, table):
            known[document.path].append(document)
    before, now = manifest.get("files", {}), {}
    documents: list[Document] = []
    paths = find_files(raw)
    for number, path in enumerate(paths, start=1):
        name = path.relative_to(raw).as_posix()
        tell("documents", number, len(paths))
        state = {"sha256": _sha256(path), "code": code}
        past = before.get(name, {})
        if past.get("sha256") and {k: past[k] for k in state} == state and all(_kept(known, out, p) for p in past["paths"]):
            rows: list[Document] = [document for p in past["paths"] for document in known[p]]
        else:
            rows = _read_one(read_file(raw, path), out, made)
            report.made["documents"] = report.made.get("documents", 0) + 1
        documents.extend(rows)
        now[name] = {**state, "paths": [document.path for document in rows]}
    if report.made.get("documents") or set(before) != set(now) or not table.is_file():
        store.write(documents, Document, table, made)
        _sweep(out / Block.TABLE, {f"{d.document_id}.parquet" for d in documents})
    manifest["files"] = now
    report.documents = len(documents)
    report.set_aside = [document for document in documents if document.status == "quarantined"]


def _kept(known: Mapping[str, list[Document]], out: Path, path: str) -> bool:
    rows = known.get(path, [])
    return bool(rows) and all(row.status != "read" or store.part(out, Block, row.document_id).is_file() for row in rows)


def _read_one(rows: Iterable[Document | Block], out: Path, made: Mapping[str, str]) -> list[Document]:
    documents, blocks = [], defaultdict(list)
    for row in rows:
        if isinstance(row, Document):
            documents.append(row)
        else:
            blocks[row.document_id].append(row)
    for document in documents:
        if document.status == "read":
            store.write(blocks[document.document_id], Block, store.part(out, Block, document.document_id), made)
    return documents


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""  # read_file says what is wrong with it, on every run until it is mended


def _sweep(folder: Path, wanted: set[str]) -> None:
    for path in folder.glob("**/[!.]*.parquet") if folder.is_dir() else ():
        if path.name not in wanted:
            path.unlink()


def _corpus(stage: Stage, raw: Path, out: Path, manifest: dict[str, Any], report: Report, tell: Listen) -> None:
    """Run a stage that must see everything at once, and note what each file of its tables now holds."""
    said, made = stages.signature(stage), stages.made_by(stage)
    inputs: list[object] = [made]
    for row_class in said.reads.values():
        maker = stages.producer(row_class)
        if maker is None:
            inputs.append([repr(source) for source in _sources(raw)])
        elif maker.scope == "file":
            inputs.append(sorted((p, f["sha256"], f["code"]) for p, f in manifest["files"].items()))
        else:
            inputs.append(manifest["parts"][row_class.TABLE])
    new, past = stages.key(*inputs), manifest.get("corpus", {}).get(stage.name)
    parts = manifest.setdefault("parts", {})
    if new == past and all(store.part(out, c, label).is_file() for c in said.writes for label in parts[c.TABLE]):
        return
    tell(stage.name, 0, 1)
    arguments: dict[str, Any] = {name: resource.load() for name, resource in said.resources.items()}
    for name, row_class in said.reads.items():
        arguments[name] = _sources(raw) if row_class is Source else _all_rows(out, row_class)
    by_class: dict[str, list[Any]] = defaultdict(list)
    for row in stages.load(stage)(**arguments):
        by_class[type(row).TABLE].append(row)
    months = {entry.entry_id: entry.month for entry in by_class[Entry.TABLE]}
    for row_class in said.writes:
        parts[row_class.TABLE] = _write_parts(by_class[row_class.TABLE], row_class, months, out, made)
    manifest.setdefault("corpus", {})[stage.name] = new
    report.made[stage.name] = 1
    tell(stage.name, 1, 1)


def _sources(raw: Path) -> list[Source]:
    from pipeline.documents import read_sources

    return read_sources(raw)


def _all_rows(out: Path, row_class: type[store.Row]) -> list[Any]:
    return [row for label in store.labels(out, row_class) for row in store.read(row_class, store.part(out, row_class, label))]


def _write_parts(
    rows: Sequence[Any], row_class: type[store.Row], months: Mapping[str, Any], out: Path, made: Mapping[str, str]
) -> dict[str, str]:
    """Write a corpus stage's table, a file a month where it has months; return each file's hash by its label."""
    by_label: dict[str, list[Any]] = {label: [] for label in _labels(row_class, months, rows)}
    for row in rows:
        month_of = row.month if hasattr(row, "month") else months.get(getattr(row, "entry_id", ""))
        by_label.setdefault(row_class.TABLE if row_class.BY == "whole" else store.month_label(month_of), []).append(row)
    for label, group in by_label.items():
        store.write(group, row_class, store.part(out, row_class, label), made)
    _sweep(out / row_class.TABLE, {f"{label}.parquet" for label in by_label})
    return {label: _sha256(store.part(out, row_class, label)) for label in sorted(by_label)}


def _labels(row_class: type[store.Row], months: Mapping[str, Any], rows: Sequence[Any]) -> set[str]:
    """Return the files a table has whatever its rows: one without rows still exists, and says which columns it has."""
    if row_class.BY == "whole":
        return {row_class.TABLE}
    return {store.month_label(month_of) for month_of in months.values()} or (set() if rows else {store.UNKNOWN})


def _months(todo: Sequence[Stage], out: Path, manifest: dict[str, Any], settings: Settings, report: Report, tell: Listen) -> None:
    labels = sorted({label for table in manifest["parts"].values() for label in table if label[:4].isdigit() or label == store.UNKNOWN})
    past: dict[str, Any] = manifest.get("months", {})
    manifest["months"] = {label: past.get(label, {}) for label in labels}
    for number, label in enumerate(labels, start=1):
        keys = month.keys(todo, label, manifest["parts"], settings)
        stale = month.stale(todo, label, keys, manifest["months"][label], out)
        if stale:
            tell(label, number, len(labels))
            manifest["months"][label] = month.run_month(label, stale, keys, manifest["months"][label], out, settings)
            for name in stale:
                report.made[name] = report.made.get(name, 0) + 1
            store.write_manifest(out, manifest)
    for stage in todo:
        for row_class in stages.signature(stage).writes:
            _sweep(out / row_class.TABLE, {f"{label}.parquet" for label in labels})


def _close(out: Path, manifest: dict[str, Any], report: Report) -> None:
    """Write what is known only at the end: the quarantine, the manifest, the counts."""
    import pyarrow.parquet as pq

    report.quarantined = [
        Quarantined(stage=stage, key=entry_id, error=error)
        for done in manifest["months"].values()
        for stage, failed in sorted(done.get("failed", {}).items())
        for entry_id, error in sorted(failed.items())
    ]
    report.quarantined += [Quarantined(stage="documents", key=d.path, error=d.reason or "") for d in report.set_aside]
    store.write(report.quarantined, Quarantined, store.part(out, Quarantined), {"stage": "run"})
    store.write_manifest(out, manifest)
    written = {c.TABLE: c for stage in stages.STAGES for c in stages.signature(stage).writes}
    for name, row_class in written.items():
        paths = [store.part(out, row_class, label) for label in store.labels(out, row_class)]
        report.rows[name] = sum(pq.read_metadata(path).num_rows for path in paths)
    report.entries = report.rows.get(Entry.TABLE, 0)
    skipped = store.part(out, Skipped)
    if skipped.is_file():
        report.skipped = dict(Counter(pq.read_table(skipped, columns=["reason"], partitioning=None)["reason"].to_pylist()).most_common())
