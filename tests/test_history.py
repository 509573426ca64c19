"""A situation's history: its months in order, what is not covered told with the reason, readable at 100 columns."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import store
from pipeline.asked import NotKnown
from pipeline.cli import app
from pipeline.engine import Report
from pipeline.history import as_records, as_text, read_history
from pipeline.lines import WIDTH
from pipeline.tables import Coverage, Entry, Event
from tests.conftest import make_entry


def test_every_entry_and_event_of_the_situation_is_there_in_order(sample: tuple[Path, Report]) -> None:
    months = read_history("liberia", sample[0])
    entries = [entry for entry in store.all_rows(sample[0], Entry) if entry.situation == "Liberia"]
    assert [month.entry for month in months if month.entry] == sorted(entries, key=lambda entry: str(entry.month))
    told = [event.event_id for month in months for event in month.events]
    assert sorted(told) == sorted(e.event_id for e in store.all_rows(sample[0], Event) if e.entry_id in {x.entry_id for x in entries})
    assert [month.month for month in months] == sorted(
        row.month for row in store.all_rows(sample[0], Coverage) if row.situation == "Liberia"
    )


def test_months_without_an_entry_are_told_together_with_the_reason(sample: tuple[Path, Report]) -> None:
    lines = as_text(read_history("Liberia", sample[0])).splitlines()
    assert lines[0] == "Liberia, 2021-12 to 2024-03: 6 of 28 months with an entry"
    assert "2022-01 to 2022-06 (6 months)  -- the tracker had no entry" in lines
    assert "  Opposition alliance split over leadership ahead of 2024 elections." in lines


def test_the_text_fits_100_columns(sample: tuple[Path, Report]) -> None:
    for situation in {row.situation for row in store.all_rows(sample[0], Coverage)}:
        assert max(map(len, as_text(read_history(situation, sample[0])).splitlines())) <= WIDTH


def test_since_and_until_cut_at_months(sample: tuple[Path, Report]) -> None:
    months = read_history("Liberia", sample[0], since="2022", until="2022-08")
    assert [month.month for month in months] == [dt.date(2022, number, 1) for number in range(1, 9)]
    assert as_text(read_history("Liberia", sample[0], since="2030")) == "no month of it is known between these"


def test_trend_alerts_and_coverage_are_said_as_stated(tmp_path: Path) -> None:
    entry = make_entry("Truce broke.\nArmy 3 May raided camp.", headline="Truce broke.", trend="deteriorated", risk_alert=True)
    store.write([entry], Entry, store.part(tmp_path, Entry, "2024-05"), {})
    for number, kind in ((4, "unknown"), (5, "entry"), (6, "state_only"), (7, "state_only")):
        row = Coverage(
            situation="Mali", month=dt.date(2024, number, 1), countries=("MLI",), covered=kind == "entry", coverage=kind,  # type: ignore[arg-type]
            tracking=None, months_known=1, months_covered=1, entry_id="e1" if kind == "entry" else None, trend="deteriorated",
            risk_alert=kind == "entry", resolution_opportunity=False,
        )  # fmt: skip
        store.write([row], Coverage, store.part(tmp_path, Coverage, f"2024-0{number}"), {})
    assert as_text(read_history("Mali", tmp_path)) == (
        "Mali, 2024-04 to 2024-07: 1 of 4 months with an entry\n\n"
        "2024-04  deteriorated  -- not covered by the input\n\n"
        "2024-05  deteriorated  RISK ALERT  e1\n  Truce broke.\n\n"
        "2024-06 to 2024-07 (2 months)  deteriorated  -- no text in the input, trend from a later page"
    )


def test_records_are_plain_json_with_spans_that_hold(sample: tuple[Path, Report]) -> None:
    texts = {entry.entry_id: entry.text for entry in store.all_rows(sample[0], Entry)}
    records = json.loads(json.dumps(as_records(read_history("Honduras", sample[0]))))
    told = [(record["entry_id"], event) for record in records for event in record["events"]]
    assert told
    assert all(texts[entry_id][event["start"] : event["end"]] == event["text"] for entry_id, event in told)


def test_a_misspelt_name_is_answered_with_the_near_ones(sample: tuple[Path, Report]) -> None:
    with pytest.raises(NotKnown, match="no situation is called 'Zimbabwa'; did you mean Zimbabwe"):
        read_history("Zimbabwa", sample[0])
    result = CliRunner().invoke(app, ["history", "Hondura", "--out", str(sample[0])])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "did you mean Honduras" in result.stderr


def test_tables_that_know_no_month_are_told_from_no_tables(tmp_path: Path) -> None:
    store.write([], Coverage, store.part(tmp_path, Coverage, store.UNKNOWN), {})
    with pytest.raises(NotKnown, match="holds no entry of a known month; give the months"):
        read_history("Mali", tmp_path)


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["history", "Mali", "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert "holds no table coverage; name a folder" in result.stderr
