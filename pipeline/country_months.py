"""The `country_months` stage: the panel, one row a country, month and situation, silence told apart from peace."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from pipeline.countries import Countries
from pipeline.tables import Casualty, CountryMonth, Entry, Event, HarmKind, SituationMonth

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
# Month 1 of the VIEWS forecasting project is January 1980 (viewsforecasting.org, "month_id").
VIEWS_YEAR = 1980


@dataclass(slots=True)
class _Cell:
    """What one country's row of one situation adds up to."""

    families: Counter[str] = field(default_factory=Counter)
    incident: list[Casualty] = field(default_factory=list)
    cumulative: list[Casualty] = field(default_factory=list)


def count_country_months(
    entries: Sequence[Entry],
    situation_months: Sequence[SituationMonth],
    events: Sequence[Event],
    casualties: Sequence[Casualty],
    countries: Countries,
) -> Iterator[CountryMonth]:
    """Yield a row for every country of every situation of the month, and for other countries their entries place events in.

    Events that are not actual (claimed, reported, denied, planned) and their figures are left out. A figure that hangs on
    no event counts where its entry belongs. What has no country of its own goes to the situation's, if it has only one,
    else to a row with null `iso3`.
    """
    situation_of = {entry.entry_id: entry for entry in entries}
    cells: dict[tuple[str, str | None], _Cell] = defaultdict(_Cell)
    by_event = {event.event_id: event for event in events}
    for event in events:
        if event.realis == "actual" and (key := _key(situation_of.get(event.entry_id), event.iso3)):
            cells[key].families[FAMILIES[event.family]] += 1
    for figure in casualties:
        told = by_event.get(figure.event_id or "")
        key = _key(situation_of.get(figure.entry_id), told.iso3 if told else None)
        if key and (told is None or told.realis == "actual"):
            if figure.scope == "incident":
                cells[key].incident.append(figure)
            elif figure.scope == "cumulative":
                cells[key].cumulative.append(figure)
    for month in situation_months:
        told_of = {iso3 for situation, iso3 in cells if situation == month.situation}
        for iso3 in sorted({*month.countries, *told_of}, key=lambda code: code or ""):
            yield _row(month, iso3, cells.get((month.situation, iso3), _Cell()), countries)


def _key(entry: Entry | None, iso3: str | None) -> tuple[str, str | None] | None:
    if entry is None or entry.situation is None:
        return None
    only = entry.countries[0] if len(entry.countries) == 1 else None
    return entry.situation, iso3 or only


def _row(month: SituationMonth, iso3: str | None, cell: _Cell, countries: Countries) -> CountryMonth:
    country = countries.by_iso3.get(iso3 or "")
    counts: Mapping[str, Any] = {}
    if month.covered:
        counts = {
            "events": cell.families.total(),
            **{column: cell.families[column] for column in FAMILIES.values()},
            "killed_low": sum(f.low or 0 for f in _of_kind(cell.incident, "killed")),
            "killed_high": _highest(_of_kind(cell.incident, "killed")),
            **{f"{kind}_best": _best(_of_kind(cell.incident, kind)) for kind in _KINDS},
            **{f"{kind}_cumulative_best": _best(_of_kind(cell.cumulative, kind)) for kind in ("killed", "displaced", "detained")},
        }
    return CountryMonth(
        iso3=iso3,
        month=month.month,
        situation=month.situation,
        covered=month.covered,
        entries=int(month.covered),
        trend=month.trend,
        risk_alert=month.risk_alert,
        resolution_opportunity=month.resolution_opportunity,
        gwcode=country.gwcode if country else None,
        views_month_id=(month.month.year - VIEWS_YEAR) * 12 + month.month.month,
        **{column: counts.get(column) for column in _COUNTED},
    )


def _of_kind(figures: Sequence[Casualty], kind: str) -> list[Casualty]:
    return [figure for figure in figures if figure.kind == kind]


def _best(figures: Sequence[Casualty]) -> int:
    return sum(next((n for n in (figure.best, figure.low, figure.high) if n is not None), 0) for figure in figures)


def _highest(figures: Sequence[Casualty]) -> int | None:
    highs = [figure.high for figure in figures]
    return None if None in highs else sum(high or 0 for high in highs)


_KINDS = get_args(HarmKind)
_COUNTED = (
    "events", *FAMILIES.values(), "killed_low", "killed_high", *(f"{kind}_best" for kind in _KINDS),
    "killed_cumulative_best", "displaced_cumulative_best", "detained_cumulative_best",
)  # fmt: skip
