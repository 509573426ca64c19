"""Events as other data sets want them: with their entry, their participants' types and their figures, and what is left out.

Only what is told as fact goes out (`realis` actual), and only of entries no later revision supersedes.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from pipeline.counts import number_of
from pipeline.export import withheld
from pipeline.export.selection import Month
from pipeline.tables import Actor, Casualty, Entry, Event, EventRole

R = TypeVar("R", Actor, Casualty, EventRole)
SUPERSEDED = "whole entries, since a later revision took their place"
NOT_ACTUAL = "told as a claim, a report, a denial or a plan (realis is not actual)"


@dataclass(frozen=True, slots=True)
class Told:
    """One event, its entry, those who did it and those it was done to (None where a name has no actor row), its figures."""

    event: Event
    entry: Entry
    sources: tuple[tuple[str, Actor | None], ...]
    targets: tuple[tuple[str, Actor | None], ...]
    figures: tuple[Casualty, ...]

    def of_kind(self, kind: str) -> tuple[Casualty, ...]:
        """Return the event's figures of a kind that may be summed: those of scope incident, of rival ones only the one that counts."""
        return tuple(figure for figure in self.figures if figure.kind == kind and figure.scope == "incident" and figure.rival_of is None)

    def sentence(self) -> str:
        """Return the sentence of the event's trigger."""
        return self.entry.text[self.event.sentence_start : self.event.sentence_end]


def told_events(month: Month, left_out: Counter[str]) -> Iterator[Told]:
    """Yield the month's actual events in order of key; count in `left_out` those that are not."""
    actors = _by(month.rows(Actor), "entry_id")
    parts = _by(month.rows(EventRole), "event_id")
    figures = _by([figure for figure in month.rows(Casualty) if figure.event_id], "event_id")
    entries = {entry.entry_id: entry for entry in month.entries}
    left_out += Counter({SUPERSEDED: month.superseded})
    for entry_id, group in groupby(month.rows(Event), attrgetter("entry_id")):
        known = _Cast(actors.get(entry_id, ()))
        for event in group:
            if event.realis != "actual":
                left_out[NOT_ACTUAL] += 1
                continue
            sources, targets = (
                known.named(joined, [part for part in parts.get(event.event_id, ()) if part.role == role])
                for role, joined in (("source", event.source), ("target", event.target))
            )
            yield Told(event, entries[entry_id], sources, targets, tuple(figures.get(event.event_id, ())))


class _Cast:
    """The actors of an entry, by identity and by name: "soldiers" of two countries share a name there."""

    def __init__(self, actors: Sequence[Actor]) -> None:
        self._by_id: dict[str, Actor] = {}
        self._by_name: dict[str, Actor] = {}
        for actor in actors:
            self._by_id.setdefault(actor.actor_id, actor)
            self._by_name.setdefault(actor.name, actor)

    def named(self, joined: str | None, parts: Sequence[EventRole]) -> tuple[tuple[str, Actor | None], ...]:
        """Return the names that a column of an event joins, each with its actor; one that a correction put there has no role."""
        ids = {part.name: part.actor_id for part in reversed(parts)}
        names = joined.split("; ") if joined else []
        return tuple((name, self._by_id.get(ids.get(name) or "") or self._by_name.get(name)) for name in names)


def _by(rows: Sequence[R], column: str) -> dict[str, list[R]]:
    out: dict[str, list[R]] = {}
    for row in rows:
        out.setdefault(getattr(row, column), []).append(row)
    return out


def shown(name: str, actor: Actor | None, no_text: bool) -> str:
    """Return the name to show: without text, an actor known only by description is shown as its type."""
    return withheld.stand_in(actor.type) if no_text and actor and actor.match == withheld.DESCRIBED else name


def number(figure: Casualty) -> int:
    """Return the number a sum takes a figure for: best, the lowest where it is vague, the highest where only that is said."""
    return number_of(figure) or 0


def days(told: Told) -> tuple[dt.date, dt.date, bool] | None:
    """Return the event's first and last day, and whether the text dates it: an undated one lies in its entry's month.

    What goes on ("since 3 May") ends with that month, what has no beginning ("until 5 May") begins with it. None where
    nothing is known.
    """
    event, month = told.event, told.entry.month
    if event.date_from and event.date_to:
        return event.date_from, event.date_to, True
    if month is None:
        return None
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    if event.date_from:
        return event.date_from, max(event.date_from, last), True
    if event.date_to:
        return min(event.date_to, month), event.date_to, True
    return month, last, False


class Seen:
    """Events met so far, to tell where two entries seem to tell the same one.

    Either on the same days, in the same country and province, of one family with the same death toll; or on the same days, in
    the same country, of one type between the same two sides.
    """

    def __init__(self) -> None:
        self._first: dict[Hashable, tuple[str, str]] = {}

    def before(self, told: Told, deaths: int) -> str | None:
        """Return the event_id of the one another entry told before; None where there is none, or too little to tell by."""
        event = told.event
        if not (event.date_from and event.date_to and event.iso3):
            return None
        when = (event.date_from, event.date_to, event.iso3)
        keys: list[Hashable] = []
        if deaths:
            keys.append((*when, event.admin1, event.family, deaths))
        if event.source and event.target:
            sides = (tuple(sorted(names.split("; "))) for names in (event.source, event.target))
            keys.append((*when, event.type, *sides))
        first = [self._first.setdefault(key, (event.entry_id, event.event_id)) for key in keys]
        return next((event_id for entry_id, event_id in first if entry_id != event.entry_id), None)
