"""The check of a folder of tables: each file is read once, month by month, with its entries' texts at hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import codebook, ledger, month, store
from pipeline.foreign_keys import foreign_keys
from pipeline.tables import Block, Casualty, Correction, Coverage, Date, Document, Entry, Quarantined, Skipped, Token
from pipeline.validate import counts
from pipeline.validate.columns import column_faults
from pipeline.validate.faults import AGAIN, Fault, Faults
from pipeline.validate.references import Known, coverage_faults, reference_faults, rival_faults, unique
from pipeline.validate.spans import SPAN, date_faults, series_faults, span_faults, strings, token_faults

Listen = Callable[[str, int, int], None]
Tables = Mapping[str, type[store.Row]]


@dataclass(slots=True)
class Report:
    """What was checked and what was found: rows by table and file, months by kind of coverage, faults, changes since an earlier run."""

    rows: ledger.Counts = field(default_factory=dict)
    coverage: Counter[str] = field(default_factory=Counter)
    faults: Faults = field(default_factory=Faults)
    since: str = ""
    changes: list[counts.Change] = field(default_factory=list)


@dataclass(slots=True)
class _Words:
    """The words of each file that came through: in its entries, or in what was skipped of it."""

    by_document: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def learn(self, document_ids: Sequence[str], text: str) -> None:
        for document_id in document_ids:
            self.by_document[document_id].update(text.split())


def validate_tables(out: Path, accept: bool = False, tell: Listen = lambda *_: None) -> Report:
    """Check all tables below `out` and return what is wrong; `accept` makes the rows there are the measure of later losses.

    Raises FileNotFoundError where there are no entries at all, InUse where a run is writing there: its tables are not yet
    those of one run. A damaged file is a fault, not an error.
    """
    months = store.labels(out, Entry)
    if not months:
        raise FileNotFoundError(f"{out} holds no table entries; name a folder `crisiswatch run` wrote with --out")
    with suppress(OSError), ledger.locked(out, wait=False):
        pass
    tables, report, words = codebook.all_tables(), Report(), _Words()
    report.rows = {name: {} for name in tables}
    report.faults.add(_missing(out, tables, months))
    known, failed = _keys(out, tables), {row.key for row in month.quarantined(out)}
    everywhere = sorted({part for row_class in tables.values() if row_class.BY == "month" for part in store.labels(out, row_class)})
    for number, part in enumerate(everywhere, start=1):
        report.faults.add(_month_faults(out, part, tables, known, failed, words, report))
        if number == len(everywhere) or number % 25 == 0:
            tell("months checked", number, len(everywhere))
    report.faults.add(_whole_faults(out, tables, known, words, report))
    run = counts.last_run(out)
    report.faults.add(counts.run_faults(report.rows, run))
    report.since, report.changes = counts.changes(out, report.rows, run, accept)
    report.faults.add(counts.change_faults(report.changes, report.since))
    return report


def _missing(out: Path, tables: Tables, months: Sequence[str]) -> Iterator[Fault]:
    """Yield the tables, and the months of tables, that have no file."""
    for name, row_class in tables.items():
        there = set(store.labels(out, row_class))
        if not there and row_class is Correction:
            continue  # made only where there is a file of corrections
        if not there and row_class is Block and _nothing_read(out):
            continue  # a file for each document that could be read
        if not there:
            yield Fault(name, "all", "", "file", "there is no such table", "run `crisiswatch run` without naming stages")
        elif row_class.BY == "month":
            for part in sorted(set(months) - there):
                if row_class is Coverage and _nothing_to_cover(out, part):
                    continue
                yield Fault(name, part, "", "file", "the month has no file", "run `crisiswatch run` without naming stages")


def _nothing_to_cover(out: Path, part: str) -> bool:
    """Tell whether no entry of the part has both month and situation: it then needs no coverage, and may have no file of it."""
    entries = _read(store.part(out, Entry, part), ["situation"])
    return part == store.UNKNOWN or (not isinstance(entries, str) and not unique(entries["situation"]))


def _nothing_read(out: Path) -> bool:
    documents = _read(store.part(out, Document), ["status"])
    return not isinstance(documents, str) and "read" not in unique(documents["status"])


def _keys(out: Path, tables: Tables) -> Known:
    """Return the keys that other tables may point to, and the entries whose texts tables without months quote, read before all else.

    What is damaged has none, and is told later.
    """
    known = Known()
    for row_class in known.homes():
        for part in store.labels(out, row_class):
            table = _read(store.part(out, row_class, part), known.columns(row_class))
            if not isinstance(table, str):
                known.learn(table, row_class)
    wholes = [row_class for row_class in tables.values() if row_class.BY == "whole"]
    quoting = [(own, name) for own in wholes for name, home in foreign_keys(own).items() if home == ("entries", "entry_id")]
    for row_class, name in quoting:
        for part in store.labels(out, row_class):
            table = _read(store.part(out, row_class, part), [name])
            known.quoted |= set() if isinstance(table, str) else unique(table[name])
    return known


def _read(path: Path, columns: Sequence[str] | None = None) -> Any:
    """Return a file as an Arrow table, or what is wrong with it."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            if columns and not set(columns) <= set(file.schema_arrow.names):
                return "its columns are not those of this version"
            return file.read(columns=columns)
    except (OSError, pa.ArrowInvalid) as error:
        return f"it is damaged ({error})"


def _opened(out: Path, row_class: type[store.Row], part: str, report: Report) -> Any:
    """Return a file as a table; None, with a fault put down, where it cannot be read or has other columns."""
    path = store.part(out, row_class, part)
    if not path.is_file():
        return None
    table = _read(path)
    wrong = table if isinstance(table, str) else None
    if wrong is None and not table.schema.equals(store.schema(row_class)):
        wrong = "its columns are not those of this version"
    if wrong:
        report.faults.add([Fault(row_class.TABLE, part, "", "file", wrong, "run `crisiswatch run --force`")])
        return None
    report.rows[row_class.TABLE][part] = table.num_rows
    return table


def _month_faults(out: Path, part: str, tables: Tables, known: Known, failed: set[str], words: _Words, report: Report) -> Iterator[Fault]:
    """Yield the faults of one month's files; `failed` are the entries that some stage set aside."""
    opened = {c: table for c in tables.values() if c.BY == "month" and (table := _opened(out, c, part, report)) is not None}
    entries = (
        opened[Entry].select(["entry_id", "text", "situation", "document_ids", "superseded_by"]).to_pylist() if Entry in opened else []
    )
    texts = {entry["entry_id"]: entry["text"] for entry in entries}
    current = {entry["entry_id"]: entry["situation"] for entry in entries if entry["superseded_by"] is None}
    known.texts |= {entry_id: text for entry_id, text in texts.items() if entry_id in known.quoted}
    for entry in entries:
        words.learn(entry["document_ids"], entry["text"])
    for row_class, table in opened.items():
        yield from column_faults(table, row_class, part)
        yield from reference_faults(table, row_class, part, known)
        yield from _text_faults(table, row_class, part, texts)
        if row_class is Token:
            yield from token_faults(table, part, texts, set(current) - failed)
        if row_class is Date:
            yield from date_faults(table, part)
        if row_class is Casualty:
            yield from rival_faults(table, part)
        if row_class is Coverage:
            report.coverage.update(table["coverage"].to_pylist())
            yield from coverage_faults(current, table, part)


def _text_faults(table: Any, row_class: type[store.Row], part: str, texts: Mapping[str, str]) -> Iterator[Fault]:
    if set(table.column_names) >= SPAN:
        yield from span_faults(table, row_class, part, texts)
    yield from series_faults(table, row_class, part, texts)


def _whole_faults(out: Path, tables: Tables, known: Known, words: _Words, report: Report) -> Iterator[Fault]:
    """Yield the faults of the tables that belong to no month, blocks last: all words of a file must be known by then."""
    wholes = [row_class for row_class in tables.values() if row_class.BY == "whole"]
    for row_class in sorted(wholes, key=lambda row_class: row_class is Block):
        for part in store.labels(out, row_class):
            table = _opened(out, row_class, part, report)
            if table is None:
                continue
            yield from column_faults(table, row_class, part)
            yield from reference_faults(table, row_class, part, known)
            yield from _text_faults(table, row_class, part, known.texts)
            if row_class is Skipped:
                for document_id, text in zip(strings(table, "document_id"), strings(table, "text"), strict=True):
                    words.learn((document_id,), text)
            if row_class is Block:
                yield from _lost_words(table, part, words)
            if row_class is Quarantined:
                report.coverage["set aside"] += table.num_rows


def _lost_words(table: Any, part: str, words: _Words) -> Iterator[Fault]:
    """Yield the blocks of a file that hold words which are in none of its entries and in nothing that was skipped."""
    for document_id, position, text in zip(
        strings(table, "document_id"), table["position"].to_numpy().tolist(), strings(table, "text"), strict=True
    ):
        if lost := sorted(set(text.split()) - words.by_document[document_id]):
            key = f"document_id={document_id} position={position}"
            yield Fault(Block.TABLE, part, key, "lost text", f"in no entry and not skipped: {' '.join(lost)[:80]!r}", AGAIN)
