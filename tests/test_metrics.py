"""Metrics: counts that agree with the tables, scores where there is gold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import store
from pipeline.cli import app
from pipeline.engine import Report
from pipeline.metrics import measure
from pipeline.tables import Event


def test_counts_are_those_of_the_tables(sample: tuple[Path, Report]) -> None:
    out, report = sample
    said = measure(out)
    assert {name: said["rows"][name] for name in report.rows} == report.rows
    assert said["skipped"] == dict(sorted(report.skipped.items()))
    assert sum(said["events"].values()) == len(store.all_rows(out, Event))
    assert "scores" not in said


def test_gold_adds_scores(sample: tuple[Path, Report], tmp_path: Path) -> None:
    out, _ = sample
    gold = {
        "country": "Nowhere",
        "month": "2001-01",
        "text": "Army raided camp.",
        "dates": [],
        "figures": [],
        "places": [],
        "actors": [],
        "events": [],
    }
    (tmp_path / "nowhere.json").write_text(json.dumps(gold), encoding="utf-8")
    scores = measure(out, tmp_path)["scores"]
    assert (scores["entries"], scores["entries_found_whole"]) == (1, 0)


def test_the_command_writes_a_file_dvc_reads(sample: tuple[Path, Report], tmp_path: Path) -> None:
    out, _ = sample
    answer = CliRunner().invoke(app, ["metrics", "--out", str(out), "--file", str(tmp_path / "metrics.json")])
    assert answer.exit_code == 0, answer.output
    assert json.loads((tmp_path / "metrics.json").read_text(encoding="utf-8")) == measure(out)


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds no table entries"):
        measure(tmp_path)
