"""Label Studio tasks: predictions that the configuration can show, and that map back to their rows."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from pipeline import store
from pipeline.export.labelstudio import COLUMNS, ENTRY_COLUMNS, REVIEWED, choices, configuration, tasks, write_labelstudio
from pipeline.export.selection import Selection
from pipeline.tables import Entry
from tests.export_rows import RAID, raid, write_tables

CURRENT = Selection(current=True)
VALUES = {"choices": "choices", "number": "number", "datetime": "datetime", "textarea": "text", "labels": "labels"}


@pytest.fixture
def task(tmp_path: Path) -> dict[str, Any]:
    return next(tasks(write_tables(tmp_path, *raid(trend="deteriorated")[1]), CURRENT))


def results(task: dict[str, Any]) -> list[dict[str, Any]]:
    return list(task["predictions"][0]["result"])


def test_every_row_is_a_region_with_its_span(task: dict[str, Any]) -> None:
    regions = {result["id"]: result["value"] for result in results(task) if result["type"] == "labels"}
    assert set(regions) == set(task["data"]["rows"])
    assert len(regions) == 3 + 1 + 1 + 3
    for value in regions.values():
        assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_a_figure_says_all_that_can_be_corrected(task: dict[str, Any]) -> None:
    start = RAID.index("at least two")
    row = task["data"]["rows"][f"casualties:{start}:{start + 12}:killed"]
    assert row["key"] == {"entry_id": "e1", "start": start, "end": start + 12, "kind": "killed"}
    assert row["values"] == {
        "kind": "killed", "low": 2, "best": 2, "high": None, "scope": "incident", "victims": "traders", "victim_group": "civilian",
        "attribution": None,
    }  # fmt: skip


def test_results_say_what_the_rows_say(task: dict[str, Any]) -> None:
    told = {(result["id"], result["from_name"]): result["value"][VALUES[result["type"]]] for result in results(task)}
    for region, row in task["data"]["rows"].items():
        for column, value in row["values"].items():
            held = told.get((region, f"{row['table']}_{column}"))
            assert (held[0] if isinstance(held, list) else held) == value
    assert told["entries:trend", "entries_trend"] == ["deteriorated"]


def test_the_configuration_has_a_control_for_every_result_and_every_choice(task: dict[str, Any]) -> None:
    root = ET.fromstring(configuration())
    controls = {node.get("name"): node for node in root.iter() if node.get("toName") == "text"}
    assert set(controls) == {"table"} | {
        f"{table}_{column}" for table, columns in [*COLUMNS.items(), ("entries", ENTRY_COLUMNS)] for column in columns
    }
    tags = {"choices": "Choices", "number": "Number", "datetime": "DateTime", "textarea": "TextArea", "labels": "Labels"}
    for result in results(task):
        node = controls[result["from_name"]]
        assert node.tag == tags[result["type"]]
        offered = [child.get("value") for child in node]
        assert not offered or result["value"][VALUES[result["type"]]][0] in offered


def test_reviewed_columns_exist_and_no_table_s_name_hides_its_columns() -> None:
    classes: tuple[type[store.Row], ...] = (Entry, *REVIEWED)
    for row_class in classes:
        columns = ENTRY_COLUMNS if row_class is Entry else COLUMNS[row_class.TABLE]
        assert set(columns) <= set(store.columns(row_class))
        assert "_" not in row_class.TABLE
    assert len(choices("events", "type")) == 73


def test_the_file_is_a_list_of_tasks_and_says_whose_text_it_is(tmp_path: Path) -> None:
    tables = write_tables(tmp_path / "tables", *raid(entry_id="e1")[1], *raid(entry_id="e2", situation="Niger")[1][:-1])
    assert write_labelstudio(tables, CURRENT, tmp_path / "ls.json") == 2
    held = json.loads((tmp_path / "ls.json").read_text(encoding="utf-8"))
    assert [task["data"]["entry_id"] for task in held] == ["e1", "e2"]
    assert all("International Crisis Group" in task["data"]["notice"] for task in held)
    assert "by machine" in (tmp_path / "ls.xml").read_text(encoding="utf-8")


def test_without_text_offsets_hold_and_nothing_can_be_read_or_imported(tmp_path: Path) -> None:
    task = next(tasks(write_tables(tmp_path, *raid()[1]), CURRENT, no_text=True))
    assert set(task["data"]["text"]) == {"x", "\n"}
    assert len(task["data"]["text"]) == len(RAID)
    assert not {"rows", "entry"} & set(task["data"])
    said = json.dumps(task)
    assert "traders" not in said
    assert "dozens" not in said
    assert "Sand Front" in said
