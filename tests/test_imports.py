"""Reviewed tasks come back as corrections: what was changed, and nothing else."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline import store
from pipeline.cli import app
from pipeline.engine import run
from pipeline.export.labelstudio import tasks
from pipeline.export.selection import Selection
from pipeline.imports.labelstudio import ReviewError, read_labelstudio
from pipeline.tables import Actor, Casualty, Correction, Entry

Edit = Callable[[list[dict[str, Any]]], list[dict[str, Any]]]


def review(tables: Path, file: Path, edit: Edit, **said: Any) -> None:
    """Write the tasks as Label Studio gives them back after a reviewer's edit of each task's results."""
    done = []
    for task in tasks(tables, Selection()):
        result = edit(copy.deepcopy(task["predictions"][0]["result"]))
        done.append({**task, "annotations": [{"result": result, "completed_by": 3, "updated_at": "2026-05-02T10:00:00Z", **said}]})
    file.write_text(json.dumps(done), encoding="utf-8")


def test_tasks_given_back_unchanged_correct_nothing(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    review(tmp_path / "out", tmp_path / "done.json", lambda result: result)
    assert read_labelstudio(tmp_path / "done.json") == []


def test_export_fix_import_re_run_keeps_every_correction(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)

    def edit(result: list[dict[str, Any]]) -> list[dict[str, Any]]:
        three = ""
        for item in result:
            text = item["value"].get("text")
            if item["from_name"] == "casualties_best" and text == "at least five":
                item["value"]["number"] = 6
            if item["from_name"] == "table" and item["value"]["labels"] == ["casualties"] and text == "three":
                three = item["id"]
            if item["from_name"] == "actors_type" and text == "JNIM militants":
                item["value"]["choices"] = ["militia"]
        result = [item for item in result if item["id"] != three]
        place = {"start": 0, "end": 9, "text": "Jihadists"}
        new = {"id": "made-by-hand", "to_name": "text"}
        result.append({**new, "from_name": "table", "type": "labels", "value": {**place, "labels": ["casualties"]}})
        for column, value in (("kind", "missing"), ("scope", "incident"), ("victim_group", "non_state_armed")):
            result.append({**new, "from_name": f"casualties_{column}", "type": "choices", "value": {**place, "choices": [value]}})
        result.append({**new, "from_name": "casualties_best", "type": "number", "value": {**place, "number": 2}})
        return result

    review(out, tmp_path / "done.json", edit)
    answer = CliRunner().invoke(app, ["import", "labelstudio", str(tmp_path / "done.json"), "--raw", str(raw)])
    assert answer.exit_code == 0, answer.output
    lines = read_labelstudio(tmp_path / "done.json")
    assert {line.reason for line in lines} == {"reviewed in Label Studio by 3 on 2026-05-02"}
    for _ in range(2):
        assert run(raw, out, force=True).unfit == []
        assert [c.status for c in store.all_rows(out, Correction)] == ["applied"] * len(lines)
        figures = {row.text: row for row in store.all_rows(out, Casualty)}
        assert figures["at least five"].best == 6
        assert "three" not in figures
        assert (figures["Jihadists"].kind, figures["Jihadists"].best) == ("missing", 2)
        assert next(row for row in store.all_rows(out, Actor) if row.text == "JNIM militants").type == "militia"


def test_a_second_review_goes_on_from_the_first(raw: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out", tmp_path / "done.json"
    run(raw, out)
    for best in (6, 8):
        review(out, file, lambda result, best=best: set_number(result, "at least five", best))  # type: ignore[misc]
        answer = CliRunner().invoke(app, ["import", "labelstudio", str(file), "--raw", str(raw)])
        assert answer.exit_code == 0, answer.output
        assert run(raw, out).unfit == []
        assert {row.best for row in store.all_rows(out, Casualty) if row.text == "at least five"} == {best}
    assert len((raw / "corrections.csv").read_text(encoding="utf-8").splitlines()) == 2


def set_number(result: list[dict[str, Any]], text: str, number: int) -> list[dict[str, Any]]:
    for item in result:
        if item["from_name"] == "casualties_best" and item["value"]["text"] == text:
            item["value"]["number"] = number
    return result


def test_a_moved_span_keeps_its_row(raw: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out", tmp_path / "done.json"
    run(raw, out)
    before = next(row for row in store.all_rows(out, Casualty) if row.text == "at least five")

    def edit(result: list[dict[str, Any]]) -> list[dict[str, Any]]:
        for item in result:
            if item["id"].startswith("casualties:") and item["value"].get("text") == "at least five":
                item["value"] |= {"start": before.start + len("at least "), "text": "five"}
        return result

    review(out, file, edit)
    assert CliRunner().invoke(app, ["import", "labelstudio", str(file), "--raw", str(raw)]).exit_code == 0
    assert run(raw, out).unfit == []
    moved = next(row for row in store.all_rows(out, Casualty) if row.text == "five")
    assert (moved.best, moved.start) == (before.best, before.start + len("at least "))


def test_of_two_events_with_one_span_the_one_taken_out_is_told_by_its_identity(tmp_path: Path) -> None:
    span = {"table": "events", "start": 0, "end": 5, "values": {}}
    rows = {name: {**span, "key": {"entry_id": "e1", "start": 0, "end": 5, "event_id": name}} for name in ("one", "other")}
    label = {"id": "one", "from_name": "table", "type": "labels", "value": {"start": 0, "end": 5, "labels": ["events"]}}
    task = {"data": {"entry_id": "e1", "entry": {}, "rows": rows}, "annotations": [{"result": [label]}]}
    (tmp_path / "done.json").write_text(json.dumps([task]), encoding="utf-8")
    assert [(c.column, c.value, c.which) for c in read_labelstudio(tmp_path / "done.json")] == [("row", "delete", "event_id=other")]


def test_an_entry_s_trend_can_be_set(raw: Path, tmp_path: Path) -> None:
    out, file = tmp_path / "out", tmp_path / "done.json"
    run(raw, out)
    trend = {"id": "x", "from_name": "entries_trend", "to_name": "text", "type": "choices", "value": {"choices": ["deteriorated"]}}
    review(out, file, lambda result: [*result, trend])
    assert CliRunner().invoke(app, ["import", "labelstudio", str(file), "--raw", str(raw)]).exit_code == 0
    assert run(raw, out).unfit == []
    assert [entry.trend for entry in store.all_rows(out, Entry)] == ["deteriorated"]


def test_a_cancelled_annotation_counts_for_nothing(raw: Path, tmp_path: Path) -> None:
    run(raw, tmp_path / "out")
    review(tmp_path / "out", tmp_path / "done.json", lambda _: [], was_cancelled=True)
    assert read_labelstudio(tmp_path / "done.json") == []


@pytest.mark.parametrize(("content", "said"), [("{", "no JSON"), ("{}", "not a list of tasks"), ('[{"data": {}}]', "task 1: no entry_id")])
def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(ReviewError, match=said):
        read_labelstudio(tmp_path / "x.json")
