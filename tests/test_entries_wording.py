"""Words of the page: month names, labels, and that each group of cues finds its examples and not its counterexamples."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline import lexicon
from pipeline.entries import Wording

W = Wording.load()
CUES = lexicon.read_toml("pages.toml")["cues"]


@pytest.mark.parametrize(
    ("line", "month"),
    [
        ("June 2023", (2023, 6)),
        ("NOVEMBER 2024", (2024, 11)),
        ("Sept 2019", (2019, 9)),
        ("Nov. 2012", (2012, 11)),
        ("février 2019", (2019, 2)),
        ("décembre 2018", (2018, 12)),
        ("Março 2019", (2019, 3)),
        ("marzo de 2020", (2020, 3)),
        ("июнь 2021", (2021, 6)),
        ("Şubat 2022", (2022, 2)),
        ("أكتوبر 2023", (2023, 10)),
        ("2019年2月", (2019, 2)),
        ("2026-03", (2026, 3)),
        ("2026-03-01", (2026, 3)),
        ("2026-03-01 00:00:00", (2026, 3)),
        ("03/2026", (2026, 3)),
        ("Mar-2026", (2026, 3)),
        ("(May 2023)", (2023, 5)),
    ],
)
def test_a_line_that_names_a_month(line: str, month: tuple[int, int]) -> None:
    assert W.month(line) == dt.date(*month, 1)


@pytest.mark.parametrize("line", ["12 June 2023", "2023", "June", "Agreement 2023", "vote of June 2023", "13/2026", "2026-13", "May 203"])
def test_a_line_that_names_no_month(line: str) -> None:
    assert W.month(line) is None


@pytest.mark.parametrize(
    ("line", "day"), [("1 February 2012", (2012, 2, 1)), ("| (01 Feb 2009)", (2009, 2, 1)), ("31 June 2020", None), ("June 2020", None)]
)
def test_a_line_that_is_a_date(line: str, day: tuple[int, int, int] | None) -> None:
    assert W.day(line) == (dt.date(*day) if day else None)


@pytest.mark.parametrize(
    ("cell", "trend"),
    [
        ("Improved Situation", "improved"),
        ("worsening", "deteriorated"),
        ("No change", "unchanged"),
        ("Dégradation", "deteriorated"),
        ("↓", "deteriorated"),
        ("➡\ufe0f", "unchanged"),
        ("▲ Improved", "improved"),
        ("▼ Improved", None),
        ("↑↓", None),
        ("Risk Alert", None),
        ("Trade ↑ in May", None),
        ("", None),
    ],
)
def test_a_cell_that_says_a_trend(cell: str, trend: str | None) -> None:
    assert W.trend(cell) == trend


@pytest.mark.parametrize(
    ("line", "region"),
    [
        ("AFRICA", "Africa"),
        ("Afrique", "Africa"),
        ("Latin America / Caribbean", "Latin America/Caribbean"),
        ("EUROPE & CENTRAL ASIA", "Europe & Central Asia"),
        ("Europe and Central Asia", "Europe & Central Asia"),
        ("Oriente Medio y Norte de África", "Middle East & North Africa"),
        ("Horn of Africa", None),
        ("South Africa", None),
    ],
)
def test_a_region_is_headed_in_today_s_capitals(line: str, region: str | None) -> None:
    assert W.region(line) == region


@pytest.mark.parametrize("group", CUES)
def test_cues_find_their_examples_only(group: str) -> None:
    pattern = W.cues[group]
    assert [line for line in CUES[group]["examples"] if not pattern.search(line)] == []
    assert [line for line in CUES[group]["counterexamples"] if pattern.search(line)] == []


@pytest.mark.parametrize("language", sorted({row["language"] for row in lexicon.read_csv("month_names.csv")}))
def test_every_language_has_twelve_months_none_of_them_another_month_elsewhere(language: str) -> None:
    rows = [row for row in lexicon.read_csv("month_names.csv") if row["language"] == language]
    assert [int(row["month"]) for row in rows] == list(range(1, 13))
    assert [
        name for row in rows for name in row["names"].split("|") if W.month(f"{name} 2020") != dt.date(2020, int(row["month"]), 1)
    ] == []
