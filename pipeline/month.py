"""One month's task: files in, files out, nothing else needed; an entry that breaks a stage is set aside, the rest goes on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import stages, store
from pipeline.stages import Stage
from pipeline.tables import Entry

Settings = Mapping[str, Mapping[str, Any]]
Parts = Mapping[str, Mapping[str, str]]


def keys(todo: Sequence[Stage], label: str, parts: Parts, settings: Settings) -> dict[str, str]:
    """Return, by stage, the hash of all that its rows of this month depend on."""
    out: dict[str, str] = {}
    for stage in todo:
        inputs: list[object] = [stages.made_by(stage), dict(sorted(settings.get(stage.name, {}).items()))]
        for row_class in stages.signature(stage).reads.values():
            maker = stages.producer(row_class)
            if maker is None or maker.scope != "month":
                inputs.append(parts[row_class.TABLE].get(label))
            else:
                inputs.append(out[maker.name])
        out[stage.name] = stages.key(*inputs)
    return out


def stale(todo: Sequence[Stage], label: str, new: Mapping[str, str], done: Mapping[str, Any], out: Path) -> list[str]:
    """Return the stages whose key has changed or whose files of this month are gone."""
    past = done.get("keys", {})
    return [
        stage.name
        for stage in todo
        if past.get(stage.name) != new[stage.name]
        or not all(store.part(out, row_class, label).is_file() for row_class in stages.signature(stage).writes)
    ]


def run_month(
    label: str, names: Sequence[str], new: Mapping[str, str], done: Mapping[str, Any], out: Path, settings: Settings
) -> dict[str, Any]:
    """Run the named stages on one month and return its record: keys, and what failed by stage and entry."""
    record: dict[str, Any] = {"keys": dict(done.get("keys", {})), "failed": dict(done.get("failed", {}))}
    tables: dict[str, list[Any]] = {}
    for name in names:
        stage = stages.named(name)
        for row_class in stages.signature(stage).reads.values():
            if row_class.TABLE not in tables:
                tables[row_class.TABLE] = _load(row_class, label, out)
        record["failed"][name] = run_stage(stage, tables, record["failed"], settings)
        for row_class in stages.signature(stage).writes:
            store.write(tables[row_class.TABLE], row_class, store.part(out, row_class, label), stages.made_by(stage))
        record["keys"][name] = new[name]
    record["failed"] = {name: failed for name, failed in record["failed"].items() if failed}
    return record


def run_stage(stage: Stage, tables: dict[str, list[Any]], failed: Mapping[str, Mapping[str, str]], settings: Settings) -> dict[str, str]:
    """Run one stage on tables in memory, put its own tables there, and return what failed by entry.

    `failed` names, by stage, the entries that an earlier stage could not process: they are left out of what rests on it.
    """
    broken = {entry_id for other in stages.closure([stage.name]) if other is not stage for entry_id in failed.get(other.name, {})}
    inputs = {table: _without(rows, broken) for table, rows in tables.items()}
    rows, failures = _guarded(stage, inputs, settings.get(stage.name, {}))
    for row_class in stages.signature(stage).writes:
        tables[row_class.TABLE] = [row for row in rows if type(row) is row_class]
    return failures


def _load(row_class: type[store.Row], label: str, out: Path) -> list[Any]:
    path = store.part(out, row_class, label)
    rows: list[Any] = store.read(row_class, path) if path.is_file() else []
    # Only the newest telling of a situation and month is read for facts: sums over revisions would count twice.
    return [row for row in rows if row.superseded_by is None] if row_class is Entry else rows


def _without(rows: list[Any], broken: set[str]) -> list[Any]:
    return [row for row in rows if getattr(row, "entry_id", None) not in broken] if broken else rows


def _guarded(stage: Stage, tables: Mapping[str, list[Any]], settings: Mapping[str, Any]) -> tuple[list[Any], dict[str, str]]:
    """Run the stage on the month; where that raises, entry by entry, so that only those that raise are lost."""
    said = stages.signature(stage)
    function = stages.load(stage)
    fixed = {name: resource.load() for name, resource in said.resources.items()} | dict(settings)
    inputs = {name: tables[row_class.TABLE] for name, row_class in said.reads.items()}
    try:
        return list(function(**inputs, **fixed)), {}
    except Exception:
        if not any(row_class is Entry for row_class in said.reads.values()):
            raise
    rows: list[Any] = []
    failed: dict[str, str] = {}
    apart = {name: _by_entry(group) for name, group in inputs.items()}
    for entry in tables[Entry.TABLE]:
        try:
            rows += list(function(**{name: groups.get(entry.entry_id, []) for name, groups in apart.items()}, **fixed))
        except Exception as error:
            failed[entry.entry_id] = f"{type(error).__name__}: {error}".replace("\n", " ")[:500]
    return rows, failed


def _by_entry(rows: Sequence[Any]) -> dict[str, list[Any]]:
    out: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        out[getattr(row, "entry_id", "")].append(row)
    return out
