"""What a group of entries adds up to: events by family and by type, people by what was done to them."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from pipeline.tables import Casualty, Entry, Event, Figure, HarmKind

FAMILIES = {
    "Political violence": "political_violence",
    "Protest and collective action": "protest",
    "Military and security posture": "military_posture",
    "State coercion and justice": "state_coercion",
    "Negotiation and peace process": "peace_process",
    "Diplomacy and external relations": "diplomacy",
    "Domestic politics and institutions": "domestic_politics",
    "Humanitarian": "humanitarian",
    "Economy, crime, disaster": "economy_crime_disaster",
    "Reported information (not an event)": "reported_information",
}
KINDS: tuple[str, ...] = get_args(HarmKind)
CUMULATIVE = ("killed", "injured", "displaced", "detained")
COUNTED = (
    "events", *FAMILIES.values(), *(f"{kind}_{bound}" for kind in KINDS for bound in ("low", "best", "high")),
    *(f"{kind}_earlier_best" for kind in KINDS), *(f"{kind}_cumulative_best" for kind in CUMULATIVE),
)  # fmt: skip
NOTHING: Mapping[str, None] = dict.fromkeys(COUNTED)
# Month 1 of the VIEWS forecasting project is January 1980 (viewsforecasting.org, "month_id").
VIEWS_YEAR = 1980

G = TypeVar("G", bound=Hashable)


@dataclass(slots=True)
class Counts:
    """The actual events of a group, and its figures: those that may be added up (`incident`), of these what the entry of an earlier month
    may have told (`earlier`), and running totals (`cumulative`)."""

    events: list[Event] = field(default_factory=list)
    incident: list[Casualty] = field(default_factory=list)
    earlier: list[Casualty] = field(default_factory=list)
    cumulative: list[Casualty] = field(default_factory=list)

    def columns(self) -> dict[str, int | None]:
        """Return the counts by column, as `situation_months` and `country_months` name them."""
        families = Counter(FAMILIES[event.family] for event in self.events)
        figures = {f"{kind}_{bound}": n for kind in KINDS for bound, n in _bounds(self.incident, kind).items()}
        earlier = {f"{kind}_earlier_best": _bounds(self.earlier, kind)["best"] for kind in KINDS}
        totals = {f"{kind}_cumulative_best": _bounds(self.cumulative, kind)["best"] for kind in CUMULATIVE}
        return {"events": len(self.events), **{column: families[column] for column in FAMILIES.values()}, **figures, **earlier, **totals}

    def by_type(self) -> Iterator[tuple[str, str, int, dict[str, int | None]]]:
        """Yield type, family, number of events and the bounds of those killed in them, in order of type."""
        types: dict[str, list[Event]] = defaultdict(list)
        for event in self.events:
            types[event.type].append(event)
        for label, events in sorted(types.items()):
            ids = {event.event_id for event in events}
            yield label, events[0].family, len(events), _bounds([f for f in self.incident if f.event_id in ids], "killed")


def count(
    entries: Sequence[Entry], events: Sequence[Event], casualties: Sequence[Casualty], group: Callable[[Entry, str | None], G | None]
) -> dict[G, Counts]:
    """Return the counts of each group. `group` is given an entry and the country of the event or figure, and names its group or None.

    Events that are not actual (claimed, reported, denied, planned) and their figures are left out, and of rival figures all but the
    one first told as fact. Figures of events that were over before the entry's month are told once more apart. A figure that hangs on
    no event has no country of its own. Every event and figure is in one group at most, so groups never count one twice.
    """
    told_by = {entry.entry_id: entry for entry in entries}
    by_event = {event.event_id: event for event in events}
    groups: dict[G, Counts] = defaultdict(Counts)
    for event in events:
        if event.realis == "actual" and event.entry_id in told_by and (key := group(told_by[event.entry_id], event.iso3)) is not None:
            groups[key].events.append(event)
    for figure in casualties:
        event_of = by_event.get(figure.event_id or "")
        if figure.entry_id not in told_by or (event_of is not None and event_of.realis != "actual"):
            continue
        key = group(told_by[figure.entry_id], event_of.iso3 if event_of else None)
        # Another source's number of the same people is told, not added.
        if key is not None and figure.scope in ("incident", "cumulative") and figure.rival_of is None:
            (groups[key].incident if figure.scope == "incident" else groups[key].cumulative).append(figure)
            if figure.scope == "incident" and event_of is not None and _is_before(event_of, told_by[figure.entry_id]):
                groups[key].earlier.append(figure)
    return groups


def _is_before(event: Event, entry: Entry) -> bool:
    """Tell whether an event was over before the month its entry is of: an earlier entry may have told the same people."""
    return event.date_to is not None and entry.month is not None and event.date_to < entry.month


def views_month_id(month: dt.date) -> int:
    """Return the month's number in the VIEWS forecasting project."""
    return (month.year - VIEWS_YEAR) * 12 + month.month


def number_of(figure: Casualty | Figure) -> int | None:
    """Return the one number a figure counts by: the number given, or for a vague figure the lowest it allows."""
    return next((n for n in (figure.best, figure.low, figure.high) if n is not None), None)


def _bounds(figures: Sequence[Casualty], kind: str) -> dict[str, int | None]:
    """Return the sums of lowest, best and highest numbers; highest is None where a figure sets no upper bound."""
    group: list[Any] = [figure for figure in figures if figure.kind == kind]
    highs = [figure.high for figure in group]
    return {
        "low": sum(figure.low or 0 for figure in group),
        "best": sum(number_of(figure) or 0 for figure in group),
        "high": None if None in highs else sum(highs),
    }
