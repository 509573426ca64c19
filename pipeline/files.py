"""The edge where raw files come in: which are new, read once each, their rows kept by content."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline import durable, ledger, stages, store
from pipeline.tables import Block, Correction, Document, Source


class NoFiles(RuntimeError):  # noqa: N818
    """The raw folder is empty, and tables were made from files in it; the message says how many, and how to go on."""


class FoldersError(ValueError):
    """The tables' folder is that of the raw files or lies in it; the message names both, and what to do."""


@dataclass(frozen=True, slots=True)
class Documents:
    """The rows of all raw files, and how many files were read for it now."""

    rows: list[Document]
    read: int


def check_apart(raw: Path, out: Path) -> None:
    """Raise FoldersError where the tables would be written among the raw files, and read as such by the next run."""
    if out.resolve().is_relative_to(raw.resolve()):
        raise FoldersError(f"--out {out} lies in --raw {raw}: tables would be read as raw files; name a folder outside of it with --out")


def sources(raw: Path) -> list[Source]:
    """Return the rows of the sidecar `sources.csv`; none where there is no sidecar."""
    from pipeline.documents import read_sources

    return list(read_sources(raw))


def misspelt_columns(raw: Path) -> list[tuple[str, str]]:
    """Return the columns of `sources.csv` that are not read and nearly one that is, each with that one."""
    from pipeline.documents import misspelt_columns

    return misspelt_columns(raw)


def corrections(raw: Path) -> list[Correction]:
    """Return the lines of `corrections.csv`; none where there is no such file."""
    from pipeline.codebook import all_tables
    from pipeline.corrections import read_corrections

    return read_corrections(raw, all_tables())


def with_month(sidecar: Sequence[Source], paths: Sequence[str], month: str) -> list[Source]:
    """Return the sidecar's rows, and rows for the files it lacks, with `month` as newest month wherever it gives none."""
    named = {source.path: source for source in sidecar}
    bare = [
        Source(path=path, situation=None, newest_month=None, url=None, retrieved=None, month=None) for path in paths if path not in named
    ]
    return [source if source.newest_month else replace(source, newest_month=month) for source in [*sidecar, *bare]]


def states(raw: Path, manifest: Mapping[str, Any]) -> dict[str, tuple[Path, dict[str, str]]]:
    """Return, by name, each raw file and what its rows depend on: its bytes and the code that reads them.

    Raises NoFiles where there are none and the manifest has some: a share that is not mounted is no reason to empty all tables.
    """
    from pipeline.documents import find_files

    code = stages.code_key(stages.named("documents"))
    now = {path.relative_to(raw).as_posix(): (path, {"sha256": durable.sha256(path), "code": code}) for path in find_files(raw)}
    if not now and (before := manifest.get("files")):
        made = f"{len(before)} file" + "s" * (len(before) > 1)
        raise NoFiles(f"{raw} holds no file, but the tables were made from {made}: is it mounted? To empty the tables, run with --force")
    return now


def stale(now: Mapping[str, tuple[Path, dict[str, str]]], out: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Return the names of the files whose rows have to be made: new, changed, unreadable last time, or lost."""
    before = manifest.get("files", {})
    return [name for name, (_, state) in now.items() if not _fresh(state, before.get(name, {}), out)]


def _fresh(state: Mapping[str, str], past: Mapping[str, Any], out: Path) -> bool:
    same = bool(state["sha256"]) and all(past.get(key) == value for key, value in state.items())
    return same and all(store.part(out, Block, document_id).is_file() for document_id in past["blocks"])


def read_documents(raw: Path, out: Path, manifest: dict[str, Any], tell: Callable[[str, int, int], None]) -> Documents:
    """Read every file whose bytes or reader are new, write the tables `documents` and `blocks`, and note it in the manifest.

    Raises NoFiles where all files are gone.
    """
    now, table = states(raw, manifest), store.part(out, Document)
    before: dict[str, Any] = manifest.get("files", {})
    code = stages.code_key(stages.named("documents"))
    # A table of another version of the code is not read: its columns may be others.
    ours = table.is_file() and any(past["code"] == code for past in before.values())
    known = {row.path: row for row in store.read(Document, table)} if ours else {}
    old = set(stale(now, out, manifest))
    todo = [name for name in now if name in old or any(path not in known for path in before[name]["paths"])]
    rows = {name: [known[path] for path in before[name]["paths"]] for name in now if name not in set(todo)}
    kept = {row.path for name in rows for row in rows[name]}
    if todo or set(before) != set(now) or set(known) != kept or not ours:
        manifest["files"] = {name: before[name] for name in rows}
        ledger.write_manifest(out, manifest)
        made = stages.made_by(stages.named("documents"))
        for number, name in enumerate(todo, start=1):
            tell("documents", number, len(todo))
            path, state = now[name]
            rows[name] = _read_one(raw, path, out, made)
            blocks = sorted({row.document_id for row in rows[name] if row.status == "read"})
            manifest["files"][name] = {**state, "blocks": blocks, "paths": [row.path for row in rows[name]]}
        store.write([row for name in now for row in rows[name]], Document, table, made)
        ledger.write_manifest(out, manifest)
    documents = [row for name in now for row in rows[name]]
    store.sweep(out / Block.TABLE, {row.document_id for row in documents})
    return Documents(documents, len(todo))


def _read_one(raw: Path, path: Path, out: Path, made: Mapping[str, str]) -> list[Document]:
    from pipeline.documents import read_file

    documents, blocks = _apart(read_file(raw, path))
    for document in documents:
        if document.status == "read":
            store.write(blocks[document.document_id], Block, store.part(out, Block, document.document_id), made)
    return documents


def _apart(rows: Iterable[Document | Block]) -> tuple[list[Document], dict[str, list[Block]]]:
    documents, blocks = [], defaultdict(list)
    for row in rows:
        if isinstance(row, Document):
            documents.append(row)
        else:
            blocks[row.document_id].append(row)
    return documents, blocks
