"""One corpus stage: what must see everything at once, such as the splitting into entries or the tolls followed across months."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Any

from pipeline import corrections, groundwork, ledger, plan, stages, store
from pipeline.stages import Stage
from pipeline.tables import Correction, Entry, Source


def run_corpus(
    stage: Stage,
    sidecar: Sequence[Source],
    corrected: Sequence[Correction],
    out: Path,
    manifest: dict[str, Any],
    tell: Callable[[str, int, int], None],
) -> bool:
    """Bring a corpus stage's tables up to date, and note what each of their files now holds; return whether there was work."""
    said, made = stages.signature(stage), stages.made_by(stage)
    mine = corrections.of_tables(corrected, said.writes)
    new = plan.corpus_key(stage, sidecar, mine, out, manifest)
    if new == manifest.get("corpus", {}).get(stage.name) and plan.parts_there(stage, out, manifest.get("parts", {})):
        return False
    tell(stage.name, 0, 1)
    rows, outcome = _rows(stage, sidecar, mine, out, manifest)
    months = {entry.entry_id: entry.month for entry in rows.get(Entry.TABLE, ())}
    files = {row_class: _by_label(rows[row_class.TABLE], row_class, months) for row_class in said.writes}
    marks = {row_class.TABLE: {label: _mark(group, row_class, made) for label, group in files[row_class].items()} for row_class in files}
    if _strike(stage, marks, manifest):
        ledger.write_manifest(out, manifest)
    for row_class, groups in files.items():
        _write(groups, row_class, manifest["parts"][row_class.TABLE], out, made)
        manifest["parts"][row_class.TABLE] = marks[row_class.TABLE]
        manifest["written"][row_class.TABLE] = {
            label: [len(group), store.part(out, row_class, label).stat().st_size] for label, group in groups.items()
        }
    manifest["corpus"][stage.name] = new
    manifest.setdefault("corrected", {})[stage.name] = outcome
    ledger.write_manifest(out, manifest)
    tell(stage.name, 1, 1)
    return True


def _strike(stage: Stage, marks: Mapping[str, Mapping[str, str]], manifest: dict[str, Any]) -> bool:
    """Take out of the manifest what does not hold while the tables are written; return whether there was anything."""
    struck = manifest.setdefault("corpus", {}).pop(stage.name, None) is not None
    parts, counts = manifest.setdefault("parts", {}), manifest.setdefault("written", {})
    for table, now in marks.items():
        before, counted = parts.get(table, {}), counts.pop(table, None)
        parts[table] = {label: mark for label, mark in before.items() if now.get(label) == mark}
        struck |= parts[table] != before or counted is not None
    return struck


def _rows(
    stage: Stage, sidecar: Sequence[Source], corrected: Sequence[Correction], out: Path, manifest: Mapping[str, Any]
) -> tuple[dict[str, list[Any]], dict[str, str]]:
    """Return the stage's rows by table, corrections applied, and why some were not."""
    said = stages.declared(stages.load(stage))
    arguments: dict[str, Any] = {name: resource.load() for name, resource in said.resources.items()}
    for name, work in said.groundwork.items():
        arguments[name] = groundwork.gather(stage, work, sidecar, out, manifest)
    for name, row_class in said.reads.items():
        arguments[name] = sidecar if stages.producer(row_class) is None else store.all_rows(out, row_class, said.columns[name])
    rows: dict[str, list[Any]] = {row_class.TABLE: [] for row_class in said.writes}
    for row in stages.load(stage)(**arguments):
        rows[type(row).TABLE].append(row)
    if not corrected:
        return rows, {}
    entries = rows.get(Entry.TABLE) or store.all_rows(out, Entry)
    new, outcome = corrections.correct(rows, corrected, said.writes, {entry.entry_id: entry.text for entry in entries})
    if Entry in said.writes:
        new[Entry.TABLE] = corrections.mark_revisions(entries, new[Entry.TABLE], arguments["documents"], sidecar)
    return new, outcome


def _by_label(rows: Sequence[Any], row_class: type[store.Row], months: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the rows of each of a table's files: one a month where it has months."""
    by_label: dict[str, list[Any]] = {label: [] for label in sorted(_labels(row_class, months, rows))}
    for row in rows:
        month_of = row.month if hasattr(row, "month") else months.get(getattr(row, "entry_id", ""))
        by_label.setdefault(row_class.TABLE if row_class.BY == "whole" else store.month_label(month_of), []).append(row)
    return by_label


def _mark(rows: Sequence[Any], row_class: type[store.Row], made: Mapping[str, str]) -> str:
    """Return the digest of a file's rows and of who makes them: files of one mark have the same bytes."""
    values = list(map(attrgetter(*store.columns(row_class)), rows))
    return hashlib.sha256(repr((sorted(made.items()), values)).encode()).hexdigest()[:20]


def _write(
    by_label: Mapping[str, Sequence[Any]], row_class: type[store.Row], there: Mapping[str, str], out: Path, made: Mapping[str, str]
) -> None:
    """Write a table's files but those that are `there` unchanged, and take away those of months that are gone."""
    for label, group in by_label.items():
        path = store.part(out, row_class, label)
        if label not in there or not path.is_file():
            store.write(group, row_class, path, made)
    store.sweep(out / row_class.TABLE, set(by_label))


def _labels(row_class: type[store.Row], months: Mapping[str, Any], rows: Sequence[Any]) -> set[str]:
    """Return the files a table has whatever its rows: one without rows still exists, and says which columns it has."""
    if row_class.BY == "whole":
        return {row_class.TABLE}
    return {store.month_label(month_of) for month_of in months.values()} or (set() if rows else {store.UNKNOWN})
