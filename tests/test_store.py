"""The write gate lets only rows of the contract through, and a file is whole or not there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import durable, ledger, store
from pipeline.tables import CountryMonthType, Date, Document, Entry, Quarantined
from tests.conftest import make_entry


def test_rows_come_back_as_they_went_in(tmp_path: Path) -> None:
    rows = [make_entry(entry_id="b", risk_alert=None, countries=("ARM", "AZE")), make_entry(entry_id="a", month=None)]
    path = tmp_path / "entries.parquet"
    assert store.write(rows, Entry, path, {"stage": "entries"}) == 2
    assert store.read(Entry, path) == [rows[1], rows[0]]


def test_rows_read_with_some_columns_have_no_others(tmp_path: Path) -> None:
    store.write([make_entry(entry_id="a")], Entry, tmp_path / "entries.parquet", {})
    (row,) = store.read(Entry, tmp_path / "entries.parquet", ["month", "entry_id"])
    assert (row.entry_id, row.month) == ("a", make_entry().month)
    with pytest.raises(AttributeError, match="text"):
        _ = row.text


def test_the_same_rows_are_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    rows = [make_entry(entry_id=name) for name in "cab"]
    store.write(rows, Entry, tmp_path / "one.parquet", {"stage": "entries"})
    store.write(rows[::-1], Entry, tmp_path / "two.parquet", {"stage": "entries"})
    assert (tmp_path / "one.parquet").read_bytes() == (tmp_path / "two.parquet").read_bytes()


def test_a_table_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    store.write([], Date, tmp_path / "dates.parquet", {})
    assert pq.read_schema(tmp_path / "dates.parquet").equals(store.schema(Date))


def test_a_key_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(store.TableError, match=r"entries: two rows have the key 'e1' \(entry_id\)"):
        store.write([make_entry(), make_entry(text="other")], Entry, tmp_path / "entries.parquet", {})
    assert list(tmp_path.iterdir()) == []


def test_a_null_where_none_may_be_is_refused() -> None:
    with pytest.raises(store.TableError, match=r"entries\.text may not be null"):
        store.to_arrow([replace(make_entry(), text=None)], Entry)  # type: ignore[arg-type]


def test_a_value_outside_the_closed_list_is_refused() -> None:
    with pytest.raises(store.TableError, match=r"entries\.trend may be one of deteriorated, improved, unchanged; got \['worse'\]"):
        store.to_arrow([replace(make_entry(), trend="worse")], Entry)  # type: ignore[arg-type]


def test_a_file_of_other_columns_is_not_read_as_ours(tmp_path: Path) -> None:
    pq.write_table(pa.table({"entry_id": ["e1"]}), tmp_path / "entries.parquet")
    with pytest.raises(store.TableError, match="run `crisiswatch run --force`"):
        store.read(Entry, tmp_path / "entries.parquet")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "entries.parquet"
    store.write([make_entry()], Entry, path, {})
    before = path.read_bytes()
    with pytest.raises(store.TableError):
        store.write([make_entry(), make_entry()], Entry, path, {})
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["entries.parquet"]


@pytest.mark.parametrize("damage", [b"", b"PAR1 no table PAR1"])
def test_a_damaged_file_of_rows_that_are_kept_is_written_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "quarantine.parquet"
    path.write_bytes(damage)
    rows = [Quarantined(stage="dates", key="e1", error="ValueError: no day")]
    store.keep(rows, Quarantined, path, {})
    assert store.read(Quarantined, path) == rows


def test_partitions_are_named_by_month(tmp_path: Path) -> None:
    assert store.part(tmp_path, Entry, "2022-01") == tmp_path / "entries" / "year=2022" / "2022-01.parquet"
    assert store.part(tmp_path, Entry, store.month_label(None)) == tmp_path / "entries" / "year=unknown" / "unknown.parquet"
    assert store.part(tmp_path, Document) == tmp_path / "documents" / "documents.parquet"
    assert store.month_label(dt.date(2003, 9, 1)) == "2003-09"


def test_a_damaged_manifest_names_the_remedy(tmp_path: Path) -> None:
    ledger.write_manifest(tmp_path, {"files": {}})
    (tmp_path / ledger.FOLDER / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(durable.DamagedFile, match="run `crisiswatch run --force`"):
        ledger.manifest(tmp_path)


def killed_in(iso3: str | None) -> CountryMonthType:
    month = dt.date(2024, 5, 1)
    counts = {"events": 1, "killed_low": 0, "killed_best": 0, "killed_high": 0, "gwcode": None, "views_month_id": 533}
    return CountryMonthType(iso3=iso3, month=month, situation="Chad", type="Armed clash", family="Political violence", **counts)  # type: ignore[arg-type]


def test_a_null_in_a_key_stands_first_and_once() -> None:
    rows = [killed_in(iso3) for iso3 in ("TCD", None, "AGO")]
    assert store.to_arrow(rows, CountryMonthType)["iso3"].to_pylist() == [None, "AGO", "TCD"]
    with pytest.raises(store.TableError, match=r"country_month_types: two rows have the key \(None, "):
        store.to_arrow([*rows, killed_in(None)], CountryMonthType)
