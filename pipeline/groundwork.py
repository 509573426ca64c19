"""The groundwork of a stage that sees the whole corpus: what it finds in one document or month alone, found once.

Kept in `.crisiswatch/groundwork/`, a file a document or month, named for all that its rows depend on: the code and words they
were found with, and what they were found in. So a file of that name is never out of date, and a run that is killed leaves none
that is wrong. They are as good as a cache: one that is lost or damaged is made again.
"""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pipeline import durable, ledger, schema, stages, store
from pipeline.stages import Stage
from pipeline.tables import Block, Document, Source


@dataclass(frozen=True, slots=True)
class _Part:
    """A document or month: what its rows depend on, and how they are read."""

    made_from: Sequence[Any]
    load: Callable[[], dict[str, list[Any]]]


def gather(
    stage: Stage, function: Callable[..., Iterator[Any]], sidecar: Sequence[Source], out: Path, manifest: Mapping[str, Any]
) -> list[Any]:
    """Return what `function` finds in each document or month, in their order; sought only where it is not kept."""
    said, by = stages.declared(function), stages.made_by(stage)
    folder = out / ledger.FOLDER / ledger.GROUNDWORK / stage.name
    by_document = Block in said.reads.values()
    rows: list[Any] = []
    wanted: set[str] = set()
    for part in _documents(said, sidecar, out) if by_document else _months(said, out, manifest):
        path = folder / f"{stages.key(function.__name__, by, part.made_from)}.z"
        wanted.add(path.name)
        found = kept(path, said.writes)
        if found is None:
            found = list(function(**part.load(), **{name: resource.load() for name, resource in said.resources.items()}))
            with durable.whole_or_not(path, lasting=False) as file:
                file.write(packed(found, said.writes))
        rows += found
    for path in folder.glob("*.z"):
        if path.name not in wanted:
            path.unlink()
    return rows


def _documents(said: stages.Signature, sidecar: Sequence[Source], out: Path) -> Iterator[_Part]:
    """Yield the documents that were read, one that stands twice in the folder once."""
    sources = {source.path: source for source in sidecar}
    code = stages.code_key(stages.named(Document.TABLE))
    seen: set[str] = set()
    for document in store.all_rows(out, Document):
        if document.status == "read" and document.document_id not in seen:
            seen.add(document.document_id)
            source = sources.get(document.path)

            def load(document: Document = document, source: Source | None = source) -> dict[str, list[Any]]:
                blocks = store.read(Block, store.part(out, Block, document.document_id))
                there: dict[Any, list[Any]] = {Document: [document], Source: [source] if source else [], Block: blocks}
                return {name: there[row_class] for name, row_class in said.reads.items()}

            yield _Part((code, repr(document), repr(source)), load)


def _months(said: stages.Signature, out: Path, manifest: Mapping[str, Any]) -> Iterator[_Part]:
    """Yield the months that any of the tables read has a file of."""
    labels = {label for row_class in said.reads.values() for label in store.labels(out, row_class)}
    for label in sorted(labels):

        def load(label: str = label) -> dict[str, list[Any]]:
            paths = {name: store.part(out, row_class, label) for name, row_class in said.reads.items()}
            return {name: store.read(said.reads[name], path, said.columns[name]) if path.is_file() else [] for name, path in paths.items()}

        record = ledger.record(out, label)["keys"]
        made_from = []
        for row_class in said.reads.values():
            maker = stages.producer(row_class)
            from_month = maker is not None and maker.scope == "month"
            made_from.append(record.get(maker.name) if maker and from_month else manifest["parts"].get(row_class.TABLE, {}).get(label))
        yield _Part(made_from, load)


def packed(rows: Sequence[Any], classes: Sequence[Any]) -> bytes:
    """Return the rows as compressed JSON, by class and column; zlib's checksum tells later whether the file is whole."""
    said = {}
    for row_class in classes:
        group = [row for row in rows if type(row) is row_class]
        said[row_class.__name__] = {name: [getattr(row, name) for row in group] for name in schema.columns(row_class)}
    return zlib.compress(json.dumps(said, ensure_ascii=False, default=_plain).encode(), 1)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"groundwork cannot keep a {type(value).__name__}")


def kept(path: Path, classes: Sequence[Any]) -> list[Any] | None:
    """Return the rows a file keeps, by class; None where there is no such file, or it is damaged."""
    with suppress(FileNotFoundError, zlib.error, ValueError):
        said = json.loads(zlib.decompress(path.read_bytes()))
        return [row for row_class in classes for row in _rows(row_class, said[row_class.__name__])]
    return None


def _rows(row_class: Any, columns: Mapping[str, Sequence[Any]]) -> list[Any]:
    readers = _readers(row_class)
    values = {name: column if (read := readers[name]) is None else list(map(read, column)) for name, column in columns.items()}
    return schema.from_columns(row_class, values)


@cache
def _readers(row_class: Any) -> dict[str, Callable[[Any], Any] | None]:
    """Return, by column, what makes of a value as JSON has it what the row had; None where that is the same."""
    return {name: _reader(kind, nullable) for name, (kind, nullable, _, _) in schema.columns(row_class).items()}


def _reader(kind: Any, nullable: bool) -> Callable[[Any], Any] | None:
    if kind is dt.date:
        made: Callable[[Any], Any] = cache(dt.date.fromisoformat)
    elif kind in (tuple[str, ...], tuple[int, ...]):
        made = tuple
    elif is_dataclass(kind):
        made = _nested(kind)
    else:
        return None
    return (lambda value: None if value is None else made(value)) if nullable else made


def _nested(row_class: Any) -> Callable[[Mapping[str, Any]], Any]:
    inside = _readers(row_class)
    return lambda said: row_class(**{name: read(said[name]) if read else said[name] for name, read in inside.items()})
