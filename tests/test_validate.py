"""Validation: a whole run has no fault, and each kind of damage is found, in its row, with exit code 1."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipeline import codebook, durable, ledger, store
from pipeline.cli import app
from pipeline.engine import Report, run
from pipeline.tables import (
    Acronym,
    Block,
    Casualty,
    Coverage,
    Date,
    Document,
    Entry,
    Event,
    EventRole,
    Place,
    Token,
    Toll,
    TrendSigns,
)
from pipeline.validate import validate_tables

MONTH = "2024-03"


@pytest.fixture
def out(sample: tuple[Path, Report], tmp_path: Path) -> Path:
    shutil.copytree(sample[0], tmp_path / "out")
    return tmp_path / "out"


@pytest.fixture
def month(sample: tuple[Path, Report], tmp_path: Path) -> Path:
    """One month of the sample's tables, and the tables that belong to none."""
    for row_class in codebook.all_tables().values():
        for part in [MONTH] if row_class.BY == "month" else store.labels(sample[0], row_class):
            path = store.part(tmp_path, row_class, part)
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(store.part(sample[0], row_class, part), path)
    shutil.copy(sample[0] / "runs.jsonl", tmp_path)
    return tmp_path


def change(out: Path, row_class: type[store.Row], damage: Callable[[Any], Any]) -> str:
    """Write the table's file of the month, damaged, in its place; return the part it is."""
    part = MONTH if row_class.BY == "month" else store.labels(out, row_class)[0]
    path = store.part(out, row_class, part)
    pq.write_table(damage(pq.ParquetFile(path).read()), path)
    return part


def with_value(column: str, row: int, value: Any) -> Callable[[Any], Any]:
    def damage(table: Any) -> Any:
        values = table[column].to_pylist()
        values[row] = value
        return table.set_column(table.column_names.index(column), table.field(column), pa.array(values, table.field(column).type))

    return damage


def without_row(row: int) -> Callable[[Any], Any]:
    return lambda table: pa.concat_tables([table.slice(0, row), table.slice(row + 1)])


def twice(table: Any) -> Any:
    return pa.concat_tables([table.slice(0, 1), table])


def backwards(table: Any) -> Any:
    return table.take(pa.array(range(table.num_rows - 1, -1, -1)))


def first(column: str, value: Any) -> Callable[[Any], Any]:
    """Set a column of the first row that is not null there."""

    def damage(table: Any) -> Any:
        row = pc.is_valid(table[column]).to_pylist().index(True)
        return with_value(column, row, value)(table)

    return damage


def test_a_run_has_no_fault(sample: tuple[Path, Report]) -> None:
    report = validate_tables(sample[0])
    assert report.faults.rows == []
    assert {table: sum(parts.values()) for table, parts in report.rows.items() if table in sample[1].rows} == sample[1].rows
    assert set(report.rows) == set(codebook.all_tables())


def with_another_sign(table: Any) -> Any:
    """Change the first sign of a row that has signs."""
    row = next(number for number, texts in enumerate(table["texts"].to_pylist()) if texts)
    return with_value("texts", row, ["XXX", *table["texts"].to_pylist()[row][1:]])(table)


DAMAGE: list[tuple[type[store.Row], Callable[[Any], Any], str, str]] = [
    (Event, first("text", "XXX"), "span", "text is 'XXX'; the entry has"),
    (Event, first("end", 3), "empty span", "start .* is greater than end 3"),
    (Event, first("end", 3), "span", "the entry has"),
    (Event, first("realis", "perhaps"), "closed list", "realis perhaps is none of actual, claimed"),
    (Event, first("lat", 123.0), "range", "lat 123.0 is not between -90 and 90"),
    (Event, first("iso3", "ZZZ"), "country", "iso3 ZZZ is no ISO 3166-1"),
    (Event, first("killed_low", 9999), "order of values", "killed_low 9999 is greater than"),
    (Event, first("sentence_start", 5000), "order of values", "sentence_start 5000 is greater than start"),
    (Event, twice, "unique key", "the key stands twice"),
    (Event, backwards, "order", "the row is not in order of key"),
    (Event, without_row(0), "rows", "rows, but the run that ended"),
    (EventRole, first("event_id", "0123456789abcdef"), "reference", "event_id 0123456789abcdef is not in events"),
    (EventRole, first("actor_id", "nobody"), "reference", "actor_id nobody is not in actor_registry"),
    (Casualty, first("low", 8888), "order of values", "low 8888 is greater than"),
    (Casualty, first("low", -1), "range", "low -1 is negative"),
    (Casualty, with_value("rival_of", 0, 4999), "reference", "rival_of 4999 is the start of no figure of that kind"),
    (Date, first("date_to", None), "half a date", "one of date_from and date_to is null"),
    (Place, first("entry_id", "0123456789abcdef"), "span", "there is no such entry in its month"),
    (Token, without_row(4), "tokens", "the tokens are not all of the entry's text"),
    (Token, lambda table: table.slice(0, 0), "tokens", "the entry has no tokens"),
    (Token, with_value("head", 2, 5000), "heads", "a token's head is no token of the entry"),
    (Entry, with_value("countries", 0, ["LBR", "QQQ"]), "country", "is no ISO 3166-1"),
    (Entry, with_value("document_ids", 0, ["0123456789abcdef"]), "reference", "document_ids 0123456789abcdef is not in documents"),
    (Entry, with_value("superseded_by", 0, "0123456789abcdef"), "reference", "superseded_by 0123456789abcdef is not in entries"),
    (Coverage, lambda table: table.slice(0, 0), "coverage", "the entry is on Liberia, for which coverage has no row"),
    (Coverage, first("entry_id", "0123456789abcdef"), "coverage", "entry_id 0123456789abcdef is no current entry of the month"),
    (Toll, first("text", "XXX"), "span", "text is 'XXX'"),
    (Toll, with_value("series_starts", 0, [1, 2]), "span", "is not the entry's text|differ in length"),
    (TrendSigns, with_another_sign, "span", "texts 'XXX' is not the entry's text"),
    (Acronym, first("entries", -3), "range", "entries -3 is negative"),
    (Block, first("text", "xyzzy plugh"), "lost text", "in no entry and not skipped: 'plugh xyzzy'"),
]


@pytest.mark.parametrize(("row_class", "damage", "rule", "what"), DAMAGE)
def test_damage_is_found_in_its_row(row_class: type[store.Row], damage: Callable[[Any], Any], rule: str, what: str, month: Path) -> None:
    part = change(month, row_class, damage)
    found = [fault for fault in validate_tables(month).faults.rows if fault.rule == rule]
    assert [fault for fault in found if re.search(what, fault.what) and fault.part in (part, "all") and fault.remedy], found


def test_a_month_in_the_wrong_file_is_found(month: Path) -> None:
    store.part(month, Coverage, MONTH).rename(store.part(month, Coverage, "2024-02"))
    faults = {(fault.table, fault.part, fault.rule) for fault in validate_tables(month).faults.rows}
    assert {("coverage", MONTH, "file"), ("coverage", "2024-02", "month")} <= faults


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda path: path.unlink(), "there is no such table"),
        (lambda path: path.write_bytes(b"PAR1 no table PAR1"), "it is damaged"),
        (lambda path: pq.write_table(pa.table({"entry_id": ["a"]}), path), "its columns are not those of this version"),
    ],
)
def test_a_file_that_is_gone_damaged_or_of_another_version_is_a_fault_not_an_error(
    damage: Callable[[Path], None], what: str, month: Path
) -> None:
    damage(store.part(month, Event, MONTH))
    faults = [fault for fault in validate_tables(month).faults.rows if (fault.table, fault.rule) == ("events", "file")]
    assert [fault for fault in faults if fault.what.startswith(what)]


def test_a_month_that_loses_most_of_its_rows_is_found_until_it_is_accepted(out: Path) -> None:
    assert validate_tables(out).changes == []
    rows = pq.ParquetFile(store.part(out, Token, MONTH)).read()
    pq.write_table(rows.slice(0, 20), store.part(out, Token, MONTH))
    said = json.loads((out / "runs.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    said |= {"ended": "2030-01-01T00:00:00Z", "rows": said["rows"] | {"tokens": said["rows"]["tokens"] - rows.num_rows + 20}}
    ledger.log(out, said)
    for _ in range(2):
        report = validate_tables(out)
        assert [(change.table, change.part, change.before, change.now) for change in report.changes] == [
            ("tokens", MONTH, rows.num_rows, 20)
        ]
        assert [fault.rule for fault in report.faults.rows if fault.rule.startswith("rows")] == ["rows lost"]
    assert validate_tables(out, accept=True).changes == []
    assert validate_tables(out).changes == []


def test_a_loss_between_two_runs_is_found_though_neither_was_validated_and_hidden_by_no_later_run(raw: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out", raw / "mali.csv"
    (raw / "niger.csv").write_text("country,month,text\nNiger,May 2024,Army 3 May killed three militants near Diffa.\n", encoding="utf-8")
    run(raw, out)
    whole = file.read_text(encoding="utf-8")
    file.unlink()
    run(raw, out)
    report = validate_tables(out)
    assert ("entries", "2024-05", 2, 1) in [(change.table, change.part, change.before, change.now) for change in report.changes]
    assert ("tokens", "rows lost") in report.faults.counts
    for text in (whole.replace("May 2024", "June 2024"), whole.replace("May 2024", "July 2024")):
        file.write_text(text, encoding="utf-8")
        run(raw, out)
    # Neither of the two was validated: what was validated last remains the measure.
    assert {(c.part, c.before, c.now) for c in validate_tables(out).changes if c.table == "entries"} == {("2024-07", 0, 1)}


def test_counts_that_are_damaged_are_told_and_made_anew_by_force(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    (out / ledger.FOLDER / ledger.COUNTS).write_text("{", encoding="utf-8")
    with pytest.raises(durable.DamagedFile, match="run --force"):
        run(raw, out)
    run(raw, out, force=True)
    assert validate_tables(out).changes == []


def test_a_run_that_could_read_no_file_has_no_fault(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "empty.txt").touch()
    run(tmp_path / "raw", tmp_path / "out")
    assert validate_tables(tmp_path / "out").faults.rows == []
    documents = store.part(tmp_path / "out", Document)
    documents.unlink()
    assert {fault.table for fault in validate_tables(tmp_path / "out").faults.rows} >= {"documents", "blocks"}


def test_a_run_with_dated_and_undated_entries_has_no_fault(raw: Path, tmp_path: Path) -> None:
    undated = "Togo\nCourt freed leader.\nCourt 3 May freed leader of main party; police 9 May dispersed rally.\n"
    (raw / "togo.txt").write_text(undated, encoding="utf-8")
    run(raw, tmp_path / "out")
    assert store.labels(tmp_path / "out", Entry) == ["2024-05", "unknown"]
    assert validate_tables(tmp_path / "out").faults.rows == []


def test_a_month_needs_coverage_where_one_of_its_entries_has_a_situation(month: Path) -> None:
    store.part(month, Coverage, MONTH).rename(store.part(month, Coverage, "2024-02"))
    assert ("coverage", MONTH) in {(fault.table, fault.part) for fault in validate_tables(month).faults.rows}
    change(month, Entry, lambda table: with_value("situation", 0, None)(table.slice(0, 1)))
    assert ("coverage", MONTH) not in {(fault.table, fault.part) for fault in validate_tables(month).faults.rows}


def test_an_entry_that_was_set_aside_needs_no_tokens(month: Path) -> None:
    tokens = pq.ParquetFile(store.part(month, Token, MONTH)).read()
    (entry_id,) = set(tokens["entry_id"].to_pylist())
    pq.write_table(tokens.slice(0, 0), store.part(month, Token, MONTH))
    ledger.write_record(month, MONTH, ledger.record(month, MONTH) | {"failed": {"tokens": {entry_id: "OutOfTime"}}})
    assert [fault for fault in validate_tables(month).faults.rows if fault.rule == "tokens"] == []


def test_the_command_says_what_was_checked_and_exits_with_1_on_faults(out: Path) -> None:
    cli = CliRunner()
    result = cli.invoke(app, ["validate", "--out", str(out)])
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "no faults")
    change(out, Event, first("text", "XXX"))
    result = cli.invoke(app, ["validate", "--out", str(out)])
    assert result.exit_code == 1
    assert "\nevents: span: 1 fault\n" in result.stdout
    assert "what to do: run `crisiswatch run --force`" in result.stdout
    said = json.loads(cli.invoke(app, ["validate", "--out", str(out), "--json"]).stdout)
    assert said["fault_counts"] == [{"table": "events", "rule": "span", "rows": 1}]
    assert said["faults"][0]["key"].startswith("entry_id=")


def test_while_a_run_is_writing_nothing_is_judged(month: Path) -> None:
    with ledger.locked(month, wait=False):
        result = CliRunner().invoke(app, ["validate", "--out", str(month)])
    assert result.exit_code == 3
    assert "another run is writing" in result.stderr


def test_a_folder_without_tables_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["validate", "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert "holds no table entries" in result.stderr
