"""The panels: what is summed, what is kept apart, and silence told apart from peace."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pipeline import store
from pipeline.countries import Countries
from pipeline.country_months import count_country_months
from pipeline.counts import COUNTED
from pipeline.coverage import trace_coverage
from pipeline.entries.situations import Situations
from pipeline.situation_months import count_situation_months
from pipeline.tables import Casualty, CountryMonth, CountryMonthType, Coverage, Entry, Event, SituationMonth
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


def months(entries: list[Entry]) -> list[Coverage]:
    return [month for month in trace_coverage(entries, [], Situations.load()) if month.month == dt.date(2024, 5, 1)]


def panel(entries: list[Entry], events: list[Event], figures: list[Casualty]) -> list[CountryMonth]:
    rows = count_country_months(entries, months(entries), events, figures, COUNTRIES)
    return [row for row in rows if isinstance(row, CountryMonth)]


def types(entries: list[Entry], events: list[Event], figures: list[Casualty]) -> list[CountryMonthType]:
    rows = count_country_months(entries, months(entries), events, figures, COUNTRIES)
    return [row for row in rows if isinstance(row, CountryMonthType)]


def by_situation(entries: list[Entry], events: list[Event], figures: list[Casualty]) -> SituationMonth:
    (row,) = count_situation_months(entries, months(entries), events, figures)
    return row


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


def test_every_kind_has_its_three_bounds() -> None:
    row = by_situation([make_entry()], [], [figure(0, kind="displaced", low=900, best=1000, high=1100)])
    assert (row.displaced_low, row.displaced_best, row.displaced_high) == (900, 1000, 1100)


def test_a_month_between_two_entries_is_not_covered_and_counts_nothing() -> None:
    april, june = make_entry(entry_id="a", month=dt.date(2024, 4, 1)), make_entry(entry_id="b", month=dt.date(2024, 6, 1))
    (row,) = panel([april, june], [], [])
    assert (row.covered, row.entries, row.events, row.killed_best, row.trend) == (False, 0, None, None, None)
    assert by_situation([april, june], [], []).events is None


def test_an_event_across_the_border_has_a_row_of_its_own_marked_as_not_the_situations_own() -> None:
    rows = panel([make_entry()], [event("v1", iso3="NER"), event("v2")], [])
    assert [(row.iso3, row.situation, row.events, row.own) for row in rows] == [("MLI", "Mali", 1, True), ("NER", "Mali", 1, False)]


def test_what_cannot_be_told_among_several_countries_is_given_to_none() -> None:
    entry = make_entry(situation="India-Pakistan (Kashmir)", countries=("IND", "PAK"))
    rows = panel([entry], [event("v1"), event("v2", iso3="IND")], [])
    assert [(row.iso3, row.events) for row in rows] == [(None, 1), ("IND", 1), ("PAK", 0)]


def test_the_countries_of_a_border_add_up_to_the_situation_and_count_nothing_twice() -> None:
    entry = make_entry(situation="India-Pakistan (Kashmir)", countries=("IND", "PAK"))
    events = [event("v1"), event("v2", iso3="IND", type="protest"), event("v3", iso3="CHN"), event("v4", realis="planned")]
    figures = [figure(0, event_id="v1"), figure(1, event_id="v2"), figure(2), figure(3, event_id="v4"), figure(4, scope="cumulative")]
    whole, rows = by_situation([entry], events, figures), panel([entry], events, figures)
    assert (whole.events, whole.killed_best, whole.killed_cumulative_best) == (3, 15, 5)
    for column in COUNTED:
        assert getattr(whole, column) == sum(getattr(row, column) for row in rows), column


def test_counts_by_type_are_those_of_the_panel_and_name_only_types_that_occur() -> None:
    events = [event("v1"), event("v2"), event("v3", type="protest", family="Protest and collective action")]
    rows = types([make_entry()], events, [figure(0, event_id="v1"), figure(1)])
    assert [(row.type, row.events, row.killed_best) for row in rows] == [("armed_clash", 2, 5), ("protest", 1, 0)]
    assert sum(row.events for row in rows) == sum(row.events or 0 for row in panel([make_entry()], events, []))


def test_numbers_of_other_projects() -> None:
    (row,) = panel([make_entry()], [], [])
    assert (row.gwcode, row.views_month_id) == (432, 533)


def test_another_source_s_number_of_the_same_people_is_not_added() -> None:
    entry = make_entry()
    row = by_situation([entry], [], [figure(0), figure(10, low=9, best=9, high=9, rival_of=0)])
    assert (row.killed_low, row.killed_best, row.killed_high) == (5, 5, 5)


def test_what_an_earlier_month_may_have_counted_is_told_beside_the_sum() -> None:
    april, since_april = event("v1", date_to=dt.date(2024, 4, 30)), event("v2", date_from=dt.date(2024, 4, 30), date_to=dt.date(2024, 5, 1))
    figures = [figure(0, event_id="v1", kind="released", best=4000), figure(1, event_id="v2", kind="released"), figure(2, kind="released")]
    row = by_situation([make_entry()], [april, since_april], figures)
    assert (row.released_best, row.released_earlier_best, row.killed_earlier_best) == (4010, 4000, 0)
