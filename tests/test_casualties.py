"""Casualties: each figure once, with the event that names its span as its figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pipeline import store
from pipeline.casualties import join_events
from pipeline.tables import Casualty, Event, EventRole, Figure
from tests.conftest import make_entry
from tests.figure_answers import figures_of


def joined(figures: Sequence[Figure], roles: Sequence[EventRole], events: Sequence[Event] = ()) -> list[Casualty]:
    """Return the figures of the one entry that `figures_of` makes, with their events."""
    return list(join_events([make_entry("", entry_id="e0000")], figures, events, roles))


def role_of(figure: Figure, event_id: str) -> EventRole:
    """Return the role that a figure plays in an event."""
    span = {"entry_id": figure.entry_id, "start": figure.start, "end": figure.end, "text": figure.text}
    return EventRole(**span, event_id=event_id, role="figure", actor_id=None, name=None)  # type: ignore[arg-type]


def event(event_id: str, realis: str) -> Event:
    """Return an event of which only the identity and the realis are known."""
    values: dict[str, Any] = dict.fromkeys(store.columns(Event))
    return Event(**values | {"event_id": event_id, "realis": realis})


def test_figures_hang_on_the_event_that_names_their_span() -> None:
    [(dead, hurt)] = figures_of(["Raid 3 May killed 12 guards and injured 20."])
    rows = joined([dead, hurt], [role_of(dead, "v1"), replace(role_of(hurt, "v1"), role="date")])
    assert [row.event_id for row in rows] == ["v1", None]


def test_a_figure_of_two_events_hangs_on_the_first() -> None:
    [[dead]] = figures_of(["Raid 3 May killed 12 guards."])
    assert [row.event_id for row in joined([dead], [role_of(dead, "v1"), role_of(dead, "v2")])] == ["v1"]


def test_a_role_of_another_entry_takes_no_figure() -> None:
    [[dead]] = figures_of(["Raid 3 May killed 12 guards."])
    assert [row.event_id for row in joined([dead], [replace(role_of(dead, "v1"), entry_id="other")])] == [None]


def test_a_row_says_what_its_figure_says() -> None:
    [figures] = figures_of(["Shelling 4 May killed nine miners, union said; ministry put toll at two."])
    assert [(row.text, row.kind, row.best, row.scope, row.attribution, row.rival_of) for row in joined(figures, [])] == [
        (figure.text, figure.kind, figure.best, figure.scope, figure.attribution, figure.rival_of) for figure in figures
    ]


def test_of_rivals_the_first_counts_whose_event_is_actual() -> None:
    sentence = "Raid 4 May killed nine miners, union reportedly said; ministry put toll at two; army put toll at four."
    [[nine, two, four]] = figures_of([sentence])
    assert [two.rival_of, four.rival_of] == [nine.start, nine.start]
    roles = [role_of(nine, "v1"), role_of(four, "v2")]
    for realis, rivals in (("actual", [None, nine.start, nine.start]), ("reported", [two.start, None, two.start])):
        assert [row.rival_of for row in joined([nine, two, four], roles, [event("v1", realis), event("v2", "actual")])] == rivals


def test_of_rivals_that_are_all_unsure_the_first_told_stays_the_first() -> None:
    [[nine, two]] = figures_of(["Shelling 4 May killed nine miners, union said; ministry put toll at two."])
    rows = joined([nine, two], [role_of(nine, "v1"), role_of(two, "v1")], [event("v1", "claimed")])
    assert [row.rival_of for row in rows] == [None, nine.start]
