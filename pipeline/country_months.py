"""The `country_months` stage: the panel, one row a country, month and situation, silence told apart from peace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.countries import Countries
from pipeline.counts import NOTHING, Counts, count, views_month_id
from pipeline.tables import Casualty, CountryMonth, CountryMonthType, Coverage, Entry, Event


def count_country_months(
    entries: Sequence[Entry],
    coverage: Sequence[Coverage],
    events: Sequence[Event],
    casualties: Sequence[Casualty],
    countries: Countries,
) -> Iterator[CountryMonth | CountryMonthType]:
    """Yield a row for every country of every situation of the month, for other countries their entries place events in, and by type.

    What has no country of its own goes to the situation's, if it has only one, else to a row with null `iso3`: so the rows of
    a situation add up to its row in `situation_months`, and no event of a border or a sea counts once for each side.
    """
    cells = count(entries, events, casualties, _cell)
    for month in coverage:
        told_of = {iso3 for situation, iso3 in cells if situation == month.situation}
        for iso3 in sorted({*month.countries, *told_of}, key=lambda code: code or ""):
            country = countries.by_iso3.get(iso3 or "")
            counts = cells.get((month.situation, iso3), Counts())
            gwcode = country.gwcode if country else None
            yield _row(month, iso3, counts, gwcode)
            for label, family, number, killed in counts.by_type() if month.covered else ():
                yield CountryMonthType(
                    iso3=iso3,
                    month=month.month,
                    situation=month.situation,
                    type=label,
                    family=family,
                    events=number,
                    killed_low=killed["low"],
                    killed_best=killed["best"],
                    killed_high=killed["high"],
                    gwcode=gwcode,
                    views_month_id=views_month_id(month.month),
                )


def _cell(entry: Entry, iso3: str | None) -> tuple[str, str | None] | None:
    if entry.situation is None:
        return None
    only = entry.countries[0] if len(entry.countries) == 1 else None
    return entry.situation, iso3 or only


def _row(month: Coverage, iso3: str | None, counts: Counts, gwcode: int | None) -> CountryMonth:
    return CountryMonth(
        iso3=iso3,
        month=month.month,
        situation=month.situation,
        own=iso3 in month.countries,
        covered=month.covered,
        coverage=month.coverage,
        tracking=month.tracking,
        entries=int(month.covered),
        trend=month.trend,
        risk_alert=month.risk_alert,
        resolution_opportunity=month.resolution_opportunity,
        gwcode=gwcode,
        views_month_id=views_month_id(month.month),
        **(counts.columns() if month.covered else NOTHING),
    )
