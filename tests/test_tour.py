"""The notebook `docs/tour.ipynb`: it runs to its end on the sample, and what it says of a number is true of the tables."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import pipeline
from pipeline.engine import Report
from tests.conftest import ROOT

TOUR = ROOT / "docs" / "tour.ipynb"

nbformat = pytest.importorskip("nbformat", reason="needs the notebook tools of the extra [dev]")
nbclient = pytest.importorskip("nbclient", reason="needs the notebook tools of the extra [dev]")
pytest.importorskip("ipykernel", reason="needs the notebook tools of the extra [dev]")
pytest.importorskip("matplotlib", reason="the notebook draws: pip install 'crisiswatch-pipeline[plot]'")
pytest.importorskip("duckdb", reason="the notebook asks DuckDB: pip install 'crisiswatch-pipeline[export]'")


@pytest.fixture(scope="module")
def cells(sample: tuple[Path, Report], tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The code cells after a run of the notebook as it stands, beside a `data/processed` that is the sample's tables."""
    folder = tmp_path_factory.mktemp("tour")
    (folder / "docs").mkdir()
    (folder / "data").mkdir()
    (folder / "data" / "processed").symlink_to(sample[0], target_is_directory=True)
    tour = nbformat.read(TOUR, as_version=4)
    client = nbclient.NotebookClient(tour, timeout=300, kernel_name="python3", resources={"metadata": {"path": folder / "docs"}})
    client.execute(env=os.environ | {"PYTHONPATH": str(ROOT)})
    return [cell for cell in tour.cells if cell.cell_type == "code"]


def printed(cells: list[Any]) -> str:
    return "".join(output.text for cell in cells for output in cell.outputs if output.output_type == "stream" and output.name == "stdout")


def test_the_file_holds_no_output() -> None:
    stored = nbformat.read(TOUR, as_version=4)
    nbformat.validate(stored)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert [cell.id for cell in code if cell.outputs or cell.execution_count is not None] == []


def test_every_cell_that_ends_on_a_value_shows_it(cells: list[Any]) -> None:
    silent = [cell.source for cell in cells if not cell.outputs]
    assert all(source.startswith(("from pathlib", "same = ")) for source in silent), silent


def test_there_are_two_pictures(cells: list[Any]) -> None:
    shown = [output for cell in cells for output in cell.outputs if "image/png" in output.get("data", {})]
    assert len(shown) == 2


def test_the_sum_is_that_of_the_panels(cells: list[Any], sample: tuple[Path, Report]) -> None:
    killed = pipeline.load("casualties", sample[0]).query("kind == 'killed'")
    right = pipeline.load("country_months", sample[0])["killed_best"].sum()
    assert f"wrong: {killed['best'].sum()}   right: {right}\n" in printed(cells)


def test_each_figure_is_shown_in_its_sentence(cells: list[Any], sample: tuple[Path, Report]) -> None:
    texts = pipeline.load("entries", sample[0])["text"]
    lines = [line.split(" | ", 2)[2] for line in printed(cells).splitlines() if " killed | " in line]
    assert len(lines) == 5
    for line in lines:
        assert line.count("[[") == 1
        assert texts.str.contains(line.replace("[[", "").replace("]]", ""), regex=False).any(), line
