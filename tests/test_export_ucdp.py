"""UCDP GED-like rows: who against whom, the dead by side, and how exact time and place are."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.export.codes import ucdp_region
from pipeline.export.selection import Selection, months
from pipeline.export.told import Seen
from pipeline.export.ucdp import UCDP_COLUMNS, date_prec, priogrid, ucdp_rows, write_ucdp
from tests.conftest import make_entry
from tests.export_rows import actor, event, figure, raid, write_tables

CURRENT = Selection(current=True)
DEATHS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")


def rows(folder: Path, *written: Any, no_text: bool = False) -> tuple[list[dict[str, Any]], Counter[str]]:
    tables, left_out, seen = write_tables(folder, *written), Counter[str](), Seen()
    return [row for month in months(tables, CURRENT) for row in ucdp_rows(month, left_out, seen, no_text)], left_out


def attack(folder: Path, source: tuple[str, str] | None, target: tuple[str, str] | None, group: str, **known: Any) -> dict[str, Any]:
    """Return the row of an attack that killed one of a group; sides are names and types."""
    names = [side[0] for side in (source, target) if side]
    entry = make_entry(" ".join([*names, "fought, one died."]))
    named = [actor(entry, *side) for side in (source, target) if side]
    told = event(entry, "fought", "armed_clash", source=source and source[0], target=target and target[0], **known)
    return rows(folder, entry, *named, told, figure(told, entry, "one", victim_group=group))[0][0]


def test_a_clash_reads_as_ucdp_would_have_it(tmp_path: Path) -> None:
    row = rows(tmp_path, *raid()[1])[0][0]
    assert (row["type_of_violence"], row["side_a"], row["side_b"], row["gwnoa"], row["gwnob"]) == (1, "army", "Sand Front", 432, None)
    assert [row[part] for part in DEATHS] == [4, 24, 2, 0]
    assert (row["low"], row["best"], row["high"]) == (30, 30, None)
    assert (row["date_prec"], row["where_prec"], row["country_id"], row["region"]) == (1, 1, 432, "Africa")
    assert (row["where_coordinates"], row["geom_wkt"], row["source_article"]) == (
        "Gao",
        "POINT (-0.04 16.27)",
        "CrisisWatch, Mali, May 2024",
    )


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        (("Army", "military"), ("rebels", "rebel"), 1),
        (("rebels", "rebel"), ("Army", "military"), 1),
        (("rebels", "rebel"), ("militia", "militia"), 2),
        (("rebels", "rebel"), ("villagers", "civilian"), 3),
        (("Army", "military"), ("villagers", "civilian"), 3),
        (("gunmen", "armed_unidentified"), ("villagers", "civilian"), None),
        (("Army", "military"), None, None),
        (None, ("Army", "military"), None),
        (("Army", "military"), ("soldiers", "military"), None),
    ],
)
def test_type_of_violence_needs_two_sides_with_a_type(
    tmp_path: Path, source: tuple[str, str] | None, target: tuple[str, str] | None, wanted: int | None
) -> None:
    row = attack(tmp_path, source, target, "unknown")
    assert row["type_of_violence"] == wanted


def test_the_state_is_side_a_whoever_attacks(tmp_path: Path) -> None:
    row = attack(tmp_path, ("rebels", "rebel"), ("Army", "military"), "state_forces")
    assert (row["side_a"], row["side_b"], row["deaths_a"]) == ("Army", "rebels", 1)


@pytest.mark.parametrize(
    ("group", "part"),
    [("state_forces", "deaths_a"), ("non_state_armed", "deaths_b"), ("civilian", "deaths_civilians"), ("mixed", "deaths_unknown"),
     ("unknown", "deaths_unknown")],
)  # fmt: skip
def test_the_dead_stand_with_their_side_only_where_the_text_names_it(tmp_path: Path, group: str, part: str) -> None:
    row = attack(tmp_path, ("Army", "military"), ("rebels", "rebel"), group)
    assert {name: row[name] for name in DEATHS} == {name: int(name == part) for name in DEATHS}


def test_between_two_groups_nobody_can_tell_whose_dead(tmp_path: Path) -> None:
    assert attack(tmp_path, ("rebels", "rebel"), ("militia", "militia"), "non_state_armed")["deaths_unknown"] == 1


def test_violence_without_a_death_and_deaths_without_violence_are_left_out(tmp_path: Path) -> None:
    entry = make_entry("Army clashed with rebels, none died. Landslide killed one.")
    clash, slide = event(entry, "clashed", "armed_clash"), event(entry, "Landslide", "disaster_accident")
    none = figure(clash, entry, "none", low=0, best=0, high=0)
    found, left_out = rows(tmp_path, entry, clash, slide, none, figure(slide, entry, "one"))
    assert (found, left_out) == ([], Counter({"no death in low, best or high": 1, "not an act of organised violence": 1}))


def test_at_least_one_death_in_high_is_enough(tmp_path: Path) -> None:
    entry = make_entry("Army clashed with rebels, up to three died.")
    clash = event(entry, "clashed", "armed_clash")
    found, _ = rows(tmp_path, entry, clash, figure(clash, entry, "up to three", low=None, best=None, high=3))
    assert (found[0]["low"], found[0]["best"], found[0]["high"]) == (0, 3, 3)


@pytest.mark.parametrize(("days", "code"), [(1, 1), (2, 2), (6, 2), (7, 3), (8, 4), (31, 4), (32, 5), (366, 5)])
def test_date_prec(days: int, code: int) -> None:
    assert date_prec(days) == code


def test_an_undated_event_lies_in_its_entry_s_month(tmp_path: Path) -> None:
    row = attack(tmp_path, ("Army", "military"), ("rebels", "rebel"), "unknown", date_from=None, date_to=None, date_precision=None)
    assert (row["date_start"], row["date_end"], row["date_prec"], row["dated"]) == (dt.date(2024, 5, 1), dt.date(2024, 5, 31), 4, False)


def test_what_goes_on_ends_with_its_entry_s_month(tmp_path: Path) -> None:
    row = attack(tmp_path, ("Army", "military"), ("rebels", "rebel"), "unknown", date_to=None)
    assert (row["date_start"], row["date_end"], row["date_prec"]) == (dt.date(2024, 5, 3), dt.date(2024, 5, 31), 4)


def test_priogrid_counts_half_degrees_from_the_south_west() -> None:
    assert (priogrid(-90, -180), priogrid(-89.9, 179.9), priogrid(90, 180), priogrid(0.1, 0.1)) == (1, 720, 259200, 129961)


def test_regions_follow_ucdp_s_numbers() -> None:
    assert [ucdp_region(code) for code in (432, 651, 640, 705, 372, 70, None)] == [
        "Africa", "Middle East", "Middle East", "Asia", "Europe", "Americas", None,
    ]  # fmt: skip


def test_without_text_headline_and_attribution_are_gone(tmp_path: Path) -> None:
    entry, written = raid(headline="Raid killed soldiers and traders.")
    assert rows(tmp_path / "a", *written)[0][0]["source_headline"] == entry.headline
    row = rows(tmp_path / "b", *written, no_text=True)[0][0]
    assert (row["source_headline"], row["source_original"]) == (None, None)


def test_the_file_reads_back_with_sums_that_hold(sample: tuple[Path, object], tmp_path: Path) -> None:
    count, left_out = write_ucdp(sample[0], CURRENT, tmp_path / "ged.csv")
    read = pd.read_csv(tmp_path / "ged.csv")
    assert tuple(read.columns[: len(UCDP_COLUMNS)]) == UCDP_COLUMNS
    assert len(read) == count > 0
    assert (read[list(DEATHS)].sum(axis=1) == read["best"]).all()
    assert (read["low"] <= read["best"]).all()
    assert (read["high"].isna() | (read["high"] >= read["best"])).all()
    assert read["provenance"].str.contains("not UCDP data").all()
    assert left_out["not an act of organised violence"] > 0
