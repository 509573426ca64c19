"""What is chosen: months, situations in any spelling, revisions; panels beside entries."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.asked import NotKnown
from pipeline.export.selection import NothingChosen, Selection, choose, months, whole
from pipeline.tables import Actor, CountryMonth, RegisteredActor
from tests.conftest import make_entry
from tests.export_rows import actor, country_month, write_tables

MAY, JUNE = dt.date(2024, 5, 1), dt.date(2024, 6, 1)


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Mali in May (and its revision), Mali and Côte d'Ivoire in June, one entry of no known month."""
    old, new = make_entry(entry_id="old", superseded_by="new"), make_entry(entry_id="new")
    june, coast = make_entry(entry_id="june", month=JUNE), make_entry(entry_id="coast", month=JUNE, situation="Côte d'Ivoire")
    lost = make_entry(entry_id="lost", month=None)
    return write_tables(
        tmp_path, old, new, june, coast, lost, actor(old, "Army", "military"), actor(coast, "camp", "other"),
        country_month("Mali", "MLI", MAY), country_month("Mali", "MLI", JUNE), country_month("Côte d'Ivoire", "CIV", JUNE),
    )  # fmt: skip


def entry_ids(tables: Path, chosen: Selection) -> list[str]:
    return [entry.entry_id for month in months(tables, chosen) for entry in month.entries]


def test_everything_comes_in_order_of_month_the_unknown_last(tables: Path) -> None:
    assert entry_ids(tables, Selection()) == ["new", "old", "coast", "june", "lost"]


def test_months_are_inclusive_and_leave_out_the_unknown(tables: Path) -> None:
    assert entry_ids(tables, choose(tables, "2024-06", None, [])) == ["coast", "june"]
    assert entry_ids(tables, choose(tables, None, "2024-05", [])) == ["new", "old"]
    assert entry_ids(tables, choose(tables, "2024", "2024", [])) == ["new", "old", "coast", "june"]


def test_situations_are_found_in_any_spelling_and_their_panel_rows_with_them(tables: Path) -> None:
    chosen = choose(tables, None, None, ["cote d'ivoire"])
    assert entry_ids(tables, chosen) == ["coast"]
    assert [row.iso3 for month in months(tables, chosen) for row in month.rows(CountryMonth)] == ["CIV"]


def test_a_superseded_revision_is_left_out_and_counted(tables: Path) -> None:
    current = Selection(current=True)
    assert "old" not in entry_ids(tables, current)
    assert sum(month.superseded for month in months(tables, current)) == 1


def test_rows_and_arrow_tables_hold_the_same_and_follow_their_entries(tables: Path) -> None:
    for chosen, wanted in ((Selection(), ["old", "coast"]), (Selection(current=True), ["coast"])):
        assert [row.entry_id for month in months(tables, chosen) for row in month.rows(Actor)] == wanted
        assert [i for month in months(tables, chosen) for i in month.arrow(Actor)["entry_id"].to_pylist()] == wanted


def test_the_registry_keeps_those_who_are_mentioned(tables: Path) -> None:
    assert [row.actor_id for row in whole(tables, RegisteredActor, Selection(current=True))] == ["camp"]
    assert [row.actor_id for row in whole(tables, RegisteredActor, Selection())] == ["army", "camp"]


def test_what_is_not_there_is_told(tables: Path, tmp_path: Path) -> None:
    with pytest.raises(NotKnown, match="no situation is called 'Malli'"):
        choose(tables, None, None, ["Malli"])
    with pytest.raises(NotKnown, match="is no month"):
        choose(tables, "May 2024", None, [])
    with pytest.raises(NothingChosen, match="the tables have 2024-05 to unknown"):
        list(months(tables, choose(tables, "2025", None, [])))
    with pytest.raises(NothingChosen, match="in the months asked for"):
        list(months(tables, choose(tables, None, "2024-05", ["Côte d'Ivoire"])))
    with pytest.raises(NothingChosen, match="holds no table entries"):
        list(months(tmp_path / "nowhere", Selection()))
