"""VIEWS country-months: one CSV row a country and month, in the names VIEWS gives its identifiers and CrisisWatch's five flags.

Sources: OpenViEWS2's codebook (icgcw_alerts, icgcw_deteriorated, icgcw_improved, icgcw_opportunities, icgcw_unobserved) and
VIEWS' month_id, 1 for January 1980. `country_id` is a number of VIEWS' own and not ours to give: join by `gwcode` and
`month_id`. A country of several situations has one row, their counts added up; what an entry on another country tells of it
is left out, since the country's own may tell it too. Months without an entry stay, without counts: they are not months of
peace. `icgcw_unobserved` is 1 where the tracker was silent, 0 where it was not, empty where the input does not tell.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.countries import Countries
from pipeline.durable import whole_or_not
from pipeline.export.cells import Sheet
from pipeline.export.notice import notice, write_account
from pipeline.export.selection import Month, Selection, months
from pipeline.export.told import Seen
from pipeline.export.ucdp import NON_STATE, ONE_SIDED, STATE_BASED, ucdp_rows
from pipeline.tables import CountryMonth

FLAGS = ("icgcw_alerts", "icgcw_deteriorated", "icgcw_improved", "icgcw_opportunities", "icgcw_unobserved")
SUMS = (
    "events", "political_violence", "protest", "military_posture", "state_coercion", "peace_process", "diplomacy",
    "domestic_politics", "humanitarian", "economy_crime_disaster", "reported_information",
    "killed_low", "killed_best", "killed_high", "injured_best", "abducted_best", "detained_best", "displaced_best",
)  # fmt: skip
# Deaths of the UCDP-like events by type of violence, in the manner of VIEWS' ged_sb, ged_ns and ged_os.
BY_TYPE = {"cw_sb_best": STATE_BASED, "cw_ns_best": NON_STATE, "cw_os_best": ONE_SIDED, "cw_untyped_best": None}
COLUMNS = (
    "country_id",
    "gwcode",
    "isoab",
    "name",
    "month_id",
    "year",
    "month",
    "situations",
    "coverage",
    *FLAGS,
    *SUMS,
    *BY_TYPE,
    "provenance",
)
ELSEWHERE = "panel row of events in no one country, or told by an entry on another country"
PEER = "VIEWS"
RULES = (
    "Join by gwcode and month_id. country_id is VIEWS' own number and empty here.",
    "Empty counts: the input has no entry for the month, which is not peace. icgcw_unobserved: 1 the tracker was silent, empty: not known.",
    "Sums are of incident figures of actual events. cw_*_best: deaths of the UCDP-like events by type of violence, each told once.",
)


def write_views(tables: Path, chosen: Selection, path: Path) -> tuple[int, Counter[str]]:
    """Write the country-months to `path` as CSV; return the number of rows, and of panel rows left out by reason."""
    left_out: Counter[str] = Counter()
    seen, count = Seen(), 0
    with whole_or_not(path) as file:
        sheet = Sheet(file, COLUMNS)
        for month in months(tables, chosen):
            count += sheet.write([row[column] for column in COLUMNS] for row in views_rows(month, left_out, seen))
    write_account(path, PEER, count, left_out, RULES)
    return count, left_out


def views_rows(month: Month, left_out: Counter[str], seen: Seen) -> Iterator[dict[str, Any]]:
    """Yield a month's rows by column, in order of country."""
    rows = month.rows(CountryMonth)
    left_out[ELSEWHERE] += sum(not row.own for row in rows)
    deaths = _deaths(month, seen)
    own = sorted((row for row in rows if row.own and row.iso3), key=lambda row: (row.iso3 or "", row.situation))
    for iso3, group in groupby(own, key=lambda row: row.iso3 or ""):
        told = list(group)
        covered = [row for row in told if row.covered]
        country = Countries.load().by_iso3.get(iso3)
        yield {
            "country_id": None, "gwcode": told[0].gwcode, "isoab": iso3, "name": country.name if country else None,
            "month_id": told[0].views_month_id, "year": told[0].month.year, "month": told[0].month.month,
            "situations": "; ".join(row.situation for row in told), "coverage": "; ".join(row.coverage for row in told),
            **_flags(told), **{column: _sum([getattr(row, column) for row in covered], column) for column in SUMS},
            **{column: deaths[iso3, kind] if covered else None for column, kind in BY_TYPE.items()},
            "provenance": notice(PEER),
        }  # fmt: skip


def _deaths(month: Month, seen: Seen) -> Counter[tuple[str, int | None]]:
    """Return the dead of the UCDP-like events by country and type of violence, of entries on that country, told once."""
    countries = {entry.entry_id: entry.countries for entry in month.entries}
    deaths: Counter[tuple[str, int | None]] = Counter()
    for row in ucdp_rows(month, Counter(), seen):
        if row["iso3"] in countries[row["entry_id"]] and not row["possible_duplicate_of"]:
            deaths[row["iso3"], row["type_of_violence"]] += row["best"]
    return deaths


def _flags(told: Sequence[CountryMonth]) -> dict[str, int | None]:
    """Return the flags as 1 and 0; None where the input does not say, which in scraped text is the rule for trends."""
    trends = [row.trend for row in told if row.trend]
    silent = [row.coverage == "silent" for row in told]
    return {
        "icgcw_alerts": _any([row.risk_alert for row in told]),
        "icgcw_deteriorated": _any([trend == "deteriorated" for trend in trends]),
        "icgcw_improved": _any([trend == "improved" for trend in trends]),
        "icgcw_opportunities": _any([row.resolution_opportunity for row in told]),
        "icgcw_unobserved": 0 if any(row.coverage in ("entry", "state_only") for row in told) else 1 if all(silent) else None,
    }


def _any(values: Sequence[bool | None]) -> int | None:
    said = [value for value in values if value is not None]
    return int(any(said)) if said else None


def _sum(values: Sequence[int | None], column: str) -> int | None:
    """Return the sum; None where nothing is covered, and of an upper bound also where one is open."""
    if not values or (column.endswith("_high") and None in values):
        return None
    return sum(value or 0 for value in values)
