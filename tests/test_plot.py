"""Plots: the data beside a picture is that of the tables, and the same tables give the same bytes."""

from __future__ import annotations

import datetime as dt
import importlib
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from pipeline import store
from pipeline.asked import NotKnown
from pipeline.cli import app
from pipeline.engine import Report
from pipeline.plot import NothingToPlot, PlotError, choose, plot
from pipeline.plot.map import read_outlines
from pipeline.plot.render import KINDS, Wanted
from pipeline.tables import Event, SituationMonth

pytest.importorskip("matplotlib", reason="needs matplotlib: pip install 'crisiswatch-pipeline[plot]'")


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_gives_a_picture_twice_over_and_its_data(kind: str, sample: tuple[Path, Report], tmp_path: Path) -> None:
    out, _ = sample
    one, other = (plot(kind, out, Wanted(), tmp_path / name / kind) for name in ("one", "other"))
    assert [path.suffix for path in one] == [".png", ".svg", ".csv"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    assert one[0].read_bytes().startswith(b"\x89PNG")
    assert "International Crisis Group" in one[1].read_text(encoding="utf-8")
    assert len(pd.read_csv(one[2])) > 0


def test_the_timeline_counts_the_events_of_the_situation(sample: tuple[Path, Report]) -> None:
    out, _ = sample
    module = importlib.import_module("pipeline.plot.timeline")
    frame = module.data(out, Wanted(situation="Liberia"))
    rows = [row for row in store.all_rows(out, SituationMonth) if row.situation == "Liberia"]
    assert len(frame) == len(rows)
    assert frame[list(module.FAMILIES)].sum().sum() + sum(row.reported_information or 0 for row in rows) == sum(
        row.events or 0 for row in rows
    )


def test_the_map_has_every_actual_event_with_a_country_once(sample: tuple[Path, Report]) -> None:
    out, _ = sample
    frame = importlib.import_module("pipeline.plot.map").data(out, Wanted())
    placed = [event for event in store.all_rows(out, Event) if event.realis == "actual" and event.iso3]
    assert frame["events"].sum() == len(placed)
    assert frame["iso3"][frame["lat"].isna()].is_unique


def test_an_open_figure_leaves_the_month_s_highest_number_open(sample: tuple[Path, Report]) -> None:
    out, _ = sample
    frame = importlib.import_module("pipeline.plot.casualties").data(out, Wanted())
    rows = store.all_rows(out, SituationMonth)
    for month, high in zip(frame["month"], frame["killed_high"], strict=True):
        highs = [row.killed_high for row in rows if row.month == month.date() and row.covered]
        if highs and None not in highs:
            assert high == sum(value or 0 for value in highs)
        else:
            assert pd.isna(high)


def test_months_and_situations_that_are_not_there_are_told(sample: tuple[Path, Report], tmp_path: Path) -> None:
    out, _ = sample
    with pytest.raises(NotKnown, match="no situation is called 'Atlantis'"):
        choose(out, "Atlantis", None, None)
    with pytest.raises(NothingToPlot, match="no row of Mali in those months"):
        plot("timeline", out, choose(out, "Mali", "2030", None), tmp_path / "x")
    with pytest.raises(NothingToPlot, match="no row of any situation"):
        plot("coverage", out, Wanted(since=dt.date(2030, 1, 1)), tmp_path / "x")
    for column in ("trend", "month", "views_month_id"):
        with pytest.raises(PlotError, match=f"no measure '{column}'; there are events, political_violence, protest"):
            plot("heatmap", out, Wanted(measure=column), tmp_path / "x")
    with pytest.raises(PlotError, match="there is no plot 'pie'; there are timeline"):
        plot("pie", out, Wanted(), tmp_path / "x")
    assert not list(tmp_path.iterdir())


def test_the_command_names_the_files_it_wrote(sample: tuple[Path, Report], tmp_path: Path) -> None:
    out, _ = sample
    answer = CliRunner().invoke(app, ["plot", "coverage", "--out", str(out), "--since", "2026-05", "--file", str(tmp_path / "may")])
    assert answer.exit_code == 0, answer.output
    assert answer.output.split() == [str(tmp_path / f"may.{suffix}") for suffix in ("png", "svg", "csv")]
    for odd in (["--since", "May"], ["--since", "2030"], ["--situation", "Atlantis"], ["--out", str(tmp_path / "none")]):
        assert CliRunner().invoke(app, ["plot", "coverage", "--out", str(out), "--file", str(tmp_path / "odd"), *odd]).exit_code == 2
    assert not list(tmp_path.glob("odd*"))


@pytest.mark.parametrize(
    ("file", "written"), [("mali.2024", "mali.2024.svg"), ("mali.svg", "mali.svg"), ("mali.PNG", "mali.svg"), ("mali", "mali.svg")]
)
def test_only_an_ending_of_a_picture_is_taken_off_the_name(file: str, written: str, sample: tuple[Path, Report], tmp_path: Path) -> None:
    assert plot("coverage", sample[0], Wanted(), tmp_path / file)[1] == tmp_path / written


def test_months_and_situations_are_spelled_as_for_every_command(sample: tuple[Path, Report]) -> None:
    assert choose(sample[0], "israel-palestine", "2024", "2025") == Wanted("Israel/Palestine", dt.date(2024, 1, 1), dt.date(2025, 12, 1))
    with pytest.raises(NotKnown, match="'May' is no month"):
        choose(sample[0], None, "May", None)


def test_no_outline_runs_across_the_whole_map() -> None:
    for iso3, rings in read_outlines():
        for ring in rings:
            longitudes = [x for x, _ in ring]
            assert max(longitudes) - min(longitudes) < 200, iso3
