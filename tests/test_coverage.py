"""Coverage: what the tracker wrote on, what of it the input has, and which silence is the tracker's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from pipeline.coverage import BULLETIN, trace_coverage
from pipeline.entries.situations import Situations
from pipeline.tables import Coverage, Entry, Trend, TrendState
from tests.conftest import make_entry


def entry(month: int, situation: str = "Mali", document: str = "d1", year: int = 2024, **known: Any) -> Entry:
    values: dict[str, Any] = {"entry_id": f"{situation} {year}-{month}", "situation": situation, "month": dt.date(year, month, 1)}
    return make_entry(**values | {"document_ids": (document,)} | known)


def state(month: int, trend: Trend = "unchanged", situation: str = "Mali", document: str = "page") -> TrendState:
    return TrendState(
        situation=situation, month=dt.date(2024, month, 1), trend=trend, risk_alert=True, resolution_opportunity=False, document_id=document
    )


def trace(entries: Sequence[Entry], states: Sequence[TrendState] = (), situation: str = "Mali") -> list[Coverage]:
    return [row for row in trace_coverage(entries, states, Situations.load()) if row.situation == situation]


def kinds(rows: Sequence[Coverage]) -> list[tuple[int, str]]:
    return [(row.month.month, row.coverage) for row in rows]


def test_a_hole_in_a_file_of_one_situation_is_the_trackers_silence() -> None:
    assert kinds(trace([entry(1), entry(3)])) == [(1, "entry"), (2, "silent"), (3, "entry")]


def test_a_hole_in_a_file_of_many_situations_may_be_the_collectors() -> None:
    rows = trace([entry(1), entry(3), entry(3, "Chad")])
    assert kinds(rows) == [(1, "entry"), (2, "unknown"), (3, "entry")]


def test_a_hole_between_two_files_says_nothing() -> None:
    assert kinds(trace([entry(1), entry(3, document="d2")])) == [(1, "entry"), (2, "unknown"), (3, "entry")]


def test_a_pages_history_tells_of_months_without_text_and_of_silence_between_them() -> None:
    rows = trace([entry(5)], [state(1, "deteriorated"), state(4), state(5)])
    assert kinds(rows) == [(1, "state_only"), (2, "silent"), (3, "silent"), (4, "state_only"), (5, "entry")]
    assert [(row.covered, row.trend, row.risk_alert) for row in rows[:2]] == [(False, "deteriorated", True), (False, None, None)]


def test_what_the_entry_states_goes_before_what_a_history_shows() -> None:
    (row,) = trace([entry(5, trend="improved")], [state(5, "deteriorated")])
    assert (row.trend, row.risk_alert) == ("improved", True)


def test_in_a_month_whose_bulletin_is_there_a_missing_situation_is_silent() -> None:
    names = list(dict.fromkeys(situation.name for situation in Situations.load().by_key.values() if situation.name != "Mali"))
    bulletin = [entry(2, name, "b") for name in names[:BULLETIN]]
    assert kinds(trace([entry(1), *bulletin])) == [(1, "entry"), (2, "silent")]
    assert kinds(trace([entry(1), *bulletin[1:]])) == [(1, "entry")]


def test_standby_is_told_from_monthly_by_the_months_that_are_known() -> None:
    months = [entry(month) for month in (1, 2, 3, 4, 9, 12)]
    told = [(row.tracking, row.months_covered, row.months_known) for row in trace(months)]
    assert told[2:5] == [(None, 3, 3), ("monthly", 4, 4), ("monthly", 4, 5)]
    assert told[11] == ("standby", 6, 12)


def test_a_single_bulletin_does_not_say_whether_a_situation_is_on_standby() -> None:
    assert [row.tracking for row in trace([entry(1)])] == [None]


def test_a_superseded_entry_does_not_make_its_month_covered_twice() -> None:
    rows = trace([entry(5, superseded_by="new"), entry(5, entry_id="new")])
    assert [(row.month.month, row.entry_id) for row in rows] == [(5, "new")]


def test_a_situation_known_from_a_history_alone_has_its_countries() -> None:
    (row,) = trace([], [state(5, situation="Sudan")], "Sudan")
    assert (row.coverage, row.countries) == ("state_only", ("SDN",))
