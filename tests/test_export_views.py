"""VIEWS country-months: identifiers, CrisisWatch's flags, and silence told apart from peace."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

from pipeline.export.selection import Selection, months
from pipeline.export.told import Seen
from pipeline.export.views import ELSEWHERE, views_rows, write_views
from tests.conftest import make_entry
from tests.export_rows import country_month, raid, write_tables

MAY = dt.date(2024, 5, 1)
CURRENT = Selection(current=True)


def rows(folder: Path, *written: Any) -> tuple[list[dict[str, Any]], Counter[str]]:
    tables, left_out = write_tables(folder, make_entry(entry_id="e0", text="Quiet."), *written), Counter[str]()
    return [row for month in months(tables, CURRENT) for row in views_rows(month, left_out, Seen())], left_out


def test_a_month_of_one_situation(tmp_path: Path) -> None:
    row = rows(tmp_path, country_month("Mali", "MLI", MAY, killed_best=30, killed_high=None, trend="deteriorated", risk_alert=True))[0][0]
    assert (row["gwcode"], row["isoab"], row["name"], row["month_id"], row["year"], row["month"]) == (432, "MLI", "Mali", 533, 2024, 5)
    assert (row["killed_best"], row["killed_high"], row["events"]) == (30, None, 0)
    assert [row[f"icgcw_{flag}"] for flag in ("alerts", "deteriorated", "improved", "opportunities", "unobserved")] == [1, 1, 0, None, 0]


def test_two_situations_of_a_country_are_one_row_with_their_sums(tmp_path: Path) -> None:
    russia = country_month("Russia (Internal)", "RUS", MAY, killed_best=2, killed_high=2, trend="improved")
    abroad = country_month("Russia/U.S.", "RUS", MAY, killed_best=3, killed_high=4, trend="deteriorated")
    found, _ = rows(tmp_path, russia, abroad)
    assert [(row["situations"], row["killed_best"], row["killed_high"]) for row in found] == [("Russia (Internal); Russia/U.S.", 5, 6)]
    assert (found[0]["icgcw_deteriorated"], found[0]["icgcw_improved"]) == (1, 1)


def test_what_an_entry_on_another_country_tells_is_left_out_and_counted(tmp_path: Path) -> None:
    found, left_out = rows(tmp_path, country_month("Mali", "NER", MAY, own=False), country_month("Mali", None, MAY, own=False))
    assert (found, left_out) == ([], Counter({ELSEWHERE: 2}))


def test_silence_is_no_peace_and_not_known_is_neither(tmp_path: Path) -> None:
    nothing = {"covered": False, "entries": 0, "events": None, "killed_best": None}
    silent = country_month("Mali", "MLI", MAY, coverage="silent", **nothing)
    unknown = country_month("Niger", "NER", MAY, coverage="unknown", **nothing)
    shown = country_month("Togo", "TGO", MAY, coverage="state_only", trend="unchanged", **nothing)
    found, _ = rows(tmp_path, silent, unknown, shown)
    assert [(row["isoab"], row["icgcw_unobserved"], row["icgcw_deteriorated"], row["killed_best"]) for row in found] == [
        ("MLI", 1, None, None), ("NER", None, None, None), ("TGO", 0, 0, None),
    ]  # fmt: skip


def test_deaths_by_type_of_violence_are_told_once(tmp_path: Path) -> None:
    first, second = raid(entry_id="e1")[1], raid(entry_id="e2", situation="Niger", countries=("NER",))[1][:-1]
    row = rows(tmp_path, *first, *second)[0][0]
    assert (row["cw_sb_best"], row["cw_ns_best"], row["cw_os_best"], row["cw_untyped_best"]) == (30, 0, 0, 0)


def test_the_file_is_marked(tmp_path: Path) -> None:
    tables = write_tables(tmp_path / "tables", *raid()[1])
    assert write_views(tables, CURRENT, tmp_path / "views.csv")[0] == 1
    assert "not VIEWS data" in (tmp_path / "views.csv").read_text(encoding="utf-8")
    assert "not peace" in (tmp_path / "views.README.md").read_text(encoding="utf-8")
