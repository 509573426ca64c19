"""The panel: what is summed, what is kept apart, and silence told apart from peace."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipeline import store
from pipeline.countries import Countries
from pipeline.country_months import count_country_months
from pipeline.situation_months import list_situation_months
from pipeline.tables import Casualty, CountryMonth, Entry, Event
from tests.conftest import make_entry

COUNTRIES = Countries.load()


def figure(start: int, **known: Any) -> Casualty:
    values: dict[str, Any] = {
        "entry_id": "e1", "start": start, "end": start + 1, "text": "5", "kind": "killed", "low": 5, "best": 5, "high": 5, "hedge": None,
        "implicit": False, "scope": "incident", "victims": None, "victim_group": "unknown", "attribution": None, "event_id": None,
    }  # fmt: skip
    return Casualty(**values | known)


def event(event_id: str, **known: Any) -> Event:
    values: dict[str, Any] = dict.fromkeys(store.columns(Event))
    values |= {
        "event_id": event_id,
        "entry_id": "e1",
        "start": 0,
        "end": 1,
        "text": "x",
        "type": "armed_clash",
        "family": "Political violence",
    }
    values |= {"realis": "actual", "sentence_start": 0, "sentence_end": 1}
    return Event(**values | known)


def panel(entries: list[Entry], events: list[Event], figures: list[Casualty]) -> list[CountryMonth]:
    months = [month for month in list_situation_months(entries) if month.month == dt.date(2024, 5, 1)]
    return list(count_country_months(entries, months, events, figures, COUNTRIES))


def test_only_incidents_of_actual_events_are_summed() -> None:
    figures = [
        figure(0, event_id="v1"),
        figure(1, event_id="v1", scope="repeat"),
        figure(2, scope="part"),
        figure(3, scope="cumulative", best=300, low=300),
        figure(4, event_id="v2"),
        figure(5, kind="injured", best=2),
    ]
    (row,) = panel([make_entry()], [event("v1"), event("v2", realis="claimed")], figures)
    assert (row.killed_best, row.injured_best, row.killed_cumulative_best, row.events) == (5, 2, 300, 1)


def test_a_vague_figure_adds_its_lowest_number_and_opens_the_highest() -> None:
    (row,) = panel([make_entry()], [], [figure(0), figure(1, low=24, best=None, high=None)])
    assert (row.killed_low, row.killed_best, row.killed_high) == (29, 29, None)


def test_a_month_between_two_entries_is_not_covered_and_counts_nothing() -> None:
    april, june = make_entry(entry_id="a", month=dt.date(2024, 4, 1)), make_entry(entry_id="b", month=dt.date(2024, 6, 1))
    (row,) = panel([april, june], [], [])
    assert (row.covered, row.entries, row.events, row.killed_best, row.trend) == (False, 0, None, None, None)


def test_an_event_across_the_border_has_a_row_of_its_own() -> None:
    rows = panel([make_entry()], [event("v1", iso3="NER"), event("v2")], [])
    assert [(row.iso3, row.situation, row.events) for row in rows] == [("MLI", "Mali", 1), ("NER", "Mali", 1)]


def test_what_cannot_be_told_among_several_countries_is_given_to_none() -> None:
    entry = make_entry(situation="India-Pakistan (Kashmir)", countries=("IND", "PAK"))
    rows = panel([entry], [event("v1"), event("v2", iso3="IND")], [])
    assert [(row.iso3, row.events) for row in rows] == [(None, 1), ("IND", 1), ("PAK", 0)]


def test_a_superseded_entry_does_not_make_its_month_covered_twice() -> None:
    old = make_entry(entry_id="old", superseded_by="e1")
    assert [(month.month, month.entry_id) for month in list_situation_months([old, make_entry()])] == [(dt.date(2024, 5, 1), "e1")]


def test_numbers_of_other_projects() -> None:
    (row,) = panel([make_entry()], [], [])
    assert (row.gwcode, row.views_month_id) == (432, 533)
