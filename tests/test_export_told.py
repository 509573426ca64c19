"""What the exports of events add up: the same people as the panels, each event's once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pipeline
from pipeline.countries import Countries
from pipeline.country_months import count_country_months
from pipeline.coverage import trace_coverage
from pipeline.entries.situations import Situations
from pipeline.export.acled import acled_rows
from pipeline.export.acled.types import acled_type
from pipeline.export.plover import plover_records
from pipeline.export.selection import Month, Selection, months
from pipeline.export.told import Seen, Told, number, told_events
from pipeline.export.ucdp import ucdp_rows
from pipeline.tables import Casualty, CountryMonth, Entry, Event, EventRole
from tests.conftest import make_entry
from tests.export_rows import actor, event, figure, write_tables

CURRENT = Selection(current=True)
RIVALS = (
    "Sand Front 3 May attacked army post in Gao, killing four soldiers according to army while union counted nine soldiers dead; "
    "doctors treated six wounded, union said eight were hurt."
)


def rivals() -> tuple[Entry, Event, list[Casualty]]:
    """Return one clash with two sources' numbers for its dead, and two for its wounded."""
    entry = make_entry(RIVALS)
    clash = event(entry, "attacked", "armed_clash", source="Sand Front", target="army")
    four = figure(clash, entry, "four", low=4, best=4, high=4)
    six = figure(clash, entry, "six", kind="injured", low=6, best=6, high=6)
    nine = figure(clash, entry, "nine", low=9, best=9, high=9, rival_of=four.start)
    eight = figure(clash, entry, "eight", kind="injured", low=8, best=8, high=8, rival_of=six.start)
    return entry, clash, [four, nine, six, eight]


def panel(entry: Entry, told: Event, figures: list[Casualty]) -> CountryMonth:
    covered = [month for month in trace_coverage([entry], [], Situations.load()) if month.month == dt.date(2024, 5, 1)]
    rows = count_country_months([entry], covered, [told], figures, Countries.load())
    return next(row for row in rows if isinstance(row, CountryMonth))


def only_month(tables: Path) -> Month:
    (month,) = months(tables, CURRENT)
    return month


def test_of_rival_tolls_every_export_adds_what_the_panel_adds(tmp_path: Path) -> None:
    entry, clash, figures = rivals()
    written: list[Any] = [entry, clash, *figures, actor(entry, "Sand Front", "rebel"), actor(entry, "army", "military")]
    month, wanted = only_month(write_tables(tmp_path, *written)), panel(entry, clash, figures)
    (acled,) = acled_rows(month, Counter(), Seen())
    (ucdp,) = ucdp_rows(month, Counter(), Seen())
    (plover,) = plover_records(month, Counter())
    assert (wanted.killed_low, wanted.killed_best, wanted.killed_high, wanted.injured_best) == (4, 4, 4, 6)
    assert (ucdp["low"], ucdp["best"], ucdp["high"]) == (wanted.killed_low, wanted.killed_best, wanted.killed_high)
    assert (acled["fatalities"], acled["injured"]) == (wanted.killed_best, wanted.injured_best)
    assert (plover["dead"], plover["injured"]) == (wanted.killed_best, wanted.injured_best)


def test_a_rival_number_decides_no_type_either() -> None:
    entry, clash, figures = rivals()
    marched = event(entry, "counted", "protest_repressed")
    ours, theirs = figures[:2]
    no_dead = [figure(marched, entry, "four", low=0, best=0, high=0), figure(marched, entry, "nine", rival_of=ours.start)]
    assert acled_type(Told(marched, entry, (), (), tuple(no_dead))).sub_event_type == "Protest with intervention"  # type: ignore[union-attr]
    assert Told(clash, entry, (), (), (ours, theirs)).of_kind("killed") == (ours,)


def test_of_two_actors_with_one_name_the_one_meant_goes_out(tmp_path: Path) -> None:
    entry = make_entry("Soldiers of Chad 3 May raided camp; soldiers of Mali later attacked it.")
    chad = actor(entry, "Soldiers of Chad", "military", name="soldiers", actor_id="soldier-tcd", iso3="TCD")
    mali = actor(entry, "soldiers of Mali", "military", name="soldiers", actor_id="soldier-mli")
    fought = event(entry, "attacked", "armed_clash", source="soldiers")
    part = EventRole(
        event_id=fought.event_id, entry_id=entry.entry_id, start=mali.start, end=mali.end, text=mali.text, role="source",
        actor_id="soldier-mli", name="soldiers",
    )  # fmt: skip
    (told,) = told_events(only_month(write_tables(tmp_path, entry, chad, mali, fought, part)), Counter())
    assert told.sources == (("soldiers", mali),)


def test_what_goes_out_of_the_sample_adds_up_to_its_events_table(sample: tuple[Path, object]) -> None:
    told = [told for month in months(sample[0], CURRENT) for told in told_events(month, Counter())]
    killed = {one.event.event_id: sum(number(figure) for figure in one.of_kind("killed")) for one in told if one.of_kind("killed")}
    table = pipeline.load("events", sample[0])
    actual = table[(table["realis"] == "actual") & table["killed_best"].notna()]
    assert killed == dict(zip(actual["event_id"], actual["killed_best"].astype(int), strict=True))
    assert len(killed) > 5
