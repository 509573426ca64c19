"""The groundwork of a stage that sees the whole corpus: what it finds in one document or year alone, found once.

Kept in `.crisiswatch/groundwork/`, a file a document or year, named for all that its rows depend on: the code and words they
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
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline import durable, ledger, schema, stages, store
from pipeline.stages import Groundwork, Stage
from pipeline.tables import Block, Document, Source


@dataclass(frozen=True, slots=True)
class _Part:
    """A document or year: what its rows depend on, and how they are read; where years before are shown too, its own months."""

    made_from: Sequence[Any]
    load: Callable[[], dict[str, list[Any]]]
    months: frozenset[str] = frozenset()


def gather(stage: Stage, work: Groundwork, sidecar: Sequence[Source], out: Path, manifest: Mapping[str, Any]) -> list[Any]:
    """Return what the groundwork finds in each document or year, in their order; sought only where it is not kept."""
    said, by = stages.declared(work.find), stages.made_by(stage)
    folder = out / ledger.FOLDER / ledger.GROUNDWORK / stage.name
    by_document = Block in said.reads.values()
    rows: list[Any] = []
    wanted: set[str] = set()
    for part in _documents(said, sidecar, out) if by_document else _years(said, work.before, out, manifest):
        path = folder / f"{stages.key(work.find.__name__, by, part.made_from)}.z"
        wanted.add(path.name)
        found = kept(path, said.writes)
        if found is None:
            found = list(work.find(**part.load(), **{name: resource.load() for name, resource in said.resources.items()}))
            if part.months:
                found = [row for row in found if store.month_label(row.month) in part.months]
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


def _years(said: stages.Signature, before: int, out: Path, manifest: Mapping[str, Any]) -> Iterator[_Part]:
    """Yield the years that any of the tables read has a file of, "unknown" last, each with the months of so many years before it."""
    labels = sorted({label for row_class in said.reads.values() for label in store.labels(out, row_class)})
    years = {year: tuple(group) for year, group in groupby(labels, key=lambda label: label[:4])}
    for year, own in years.items():
        earlier = range(int(year) - before, int(year)) if year.isdigit() else ()
        months = [label for number in earlier for label in years.get(f"{number:04}", ())] + list(own)

        def load(months: Sequence[str] = months) -> dict[str, list[Any]]:
            return {name: list(_read(row_class, months, said.columns[name], out)) for name, row_class in said.reads.items()}

        made_from = [own, *(_made_from(row_class, months, out, manifest) for row_class in said.reads.values())]
        yield _Part(made_from, load, frozenset(own) if before else frozenset())


def _read(row_class: type[store.Row], months: Sequence[str], columns: Sequence[str], out: Path) -> Iterator[Any]:
    for label in months:
        path = store.part(out, row_class, label)
        if path.is_file():
            yield from store.read(row_class, path, columns)


def _made_from(row_class: type[store.Row], months: Sequence[str], out: Path, manifest: Mapping[str, Any]) -> list[Any]:
    """Return what a table's rows of these months were made from."""
    maker = stages.producer(row_class)
    if maker is not None and maker.scope == "month":
        return [ledger.record(out, label)["keys"].get(maker.name) for label in months]
    return [manifest["parts"].get(row_class.TABLE, {}).get(label) for label in months]


def packed(rows: Sequence[Any], classes: Sequence[Any]) -> bytes:
    """Return the rows as compressed JSON, by class and column; zlib's checksum tells later whether the file is whole."""
    said = {}
    for row_class in classes:
        group = [row for row in rows if type(row) is row_class]
        columns = {name: [getattr(row, name) for row in group] for name in schema.columns(row_class)}
        said[row_class.__name__] = {name: _folded(row_class, name, values) for name, values in columns.items()}
    return zlib.compress(json.dumps(said, ensure_ascii=False, default=_plain).encode(), 1)


def _folded(row_class: Any, name: str, values: list[Any]) -> Any:
    """Return the values of a column; of one that repeats itself each once, with its number in every row."""
    if schema.columns(row_class)[name][0] in (int, float, bool) or len(values) < 2 * len(once := dict.fromkeys(values)):
        return values
    numbers = dict(zip(once, range(len(once)), strict=True))
    return {"once": list(once), "rows": [numbers[value] for value in values]}


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


def _rows(row_class: Any, columns: Mapping[str, Any]) -> list[Any]:
    readers = _readers(row_class)
    return schema.from_columns(row_class, {name: _unfolded(values, readers[name]) for name, values in columns.items()})


def _unfolded(said: Any, read: Callable[[Any], Any] | None) -> list[Any]:
    values: list[Any] = said["once"] if isinstance(said, dict) else said
    if read:
        values = list(map(read, values))
    return list(map(values.__getitem__, said["rows"])) if isinstance(said, dict) else values


@cache
def _readers(row_class: Any) -> dict[str, Callable[[Any], Any] | None]:
    """Return, by column, what makes of a value as JSON has it what the row had; None where that is the same."""
    return {name: _reader(kind, nullable) for name, (kind, nullable, _, _) in schema.columns(row_class).items()}


def _reader(kind: Any, nullable: bool) -> Callable[[Any], Any] | None:
    if kind is dt.date:
        made: Callable[[Any], Any] = dt.date.fromisoformat
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
