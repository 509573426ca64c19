"""croissant.json: current, valid, and readable as records by the format's own library."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from pipeline import codebook
from pipeline.croissant import croissant
from pipeline.engine import Report
from tests.conftest import ROOT

mlcroissant = pytest.importorskip("mlcroissant")


def test_the_file_is_what_the_row_classes_say() -> None:
    said = json.loads((ROOT / "croissant.json").read_text(encoding="utf-8"))
    assert said == croissant(), "python -m pipeline.croissant > croissant.json"


def test_mlcroissant_finds_nothing_to_complain_of() -> None:
    metadata = mlcroissant.Dataset(str(ROOT / "croissant.json")).metadata
    assert metadata.ctx.issues.errors == set()
    assert metadata.ctx.issues.warnings == set()
    assert [record_set.uuid for record_set in metadata.record_sets] == list(codebook.all_tables())


def test_mlcroissant_reads_the_rows_of_a_run(sample: tuple[Path, Report], tmp_path: Path) -> None:
    shutil.copy(ROOT / "croissant.json", tmp_path)
    shutil.copytree(sample[0], tmp_path / "data" / "processed")
    records = mlcroissant.Dataset(str(tmp_path / "croissant.json")).records
    assert len(list(records("documents"))) == sample[1].rows["documents"]
    events = list(records("events"))
    assert len(events) == sample[1].rows["events"]
    assert {"events/type", "events/date_from", "events/killed_best"} <= set(events[0])
