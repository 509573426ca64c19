"""UCDP GED-like events: one CSV row an act of violence with at least one death in low, best or high, in UCDP GED's columns, then ours.

Sources: UCDP Georeferenced Event Dataset codebook (type_of_violence, where_prec, date_prec, event_clarity, deaths by side)
and UCDP's API schema for the names and order of columns. UCDP's own identities of conflicts, dyads and actors are not ours
to give: those columns are empty, and so is whatever else the text does not say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.countries import Countries
from pipeline.durable import whole_or_not
from pipeline.export.acled.types import STATE
from pipeline.export.cells import Sheet
from pipeline.export.codes import ucdp_region
from pipeline.export.notice import notice, write_account
from pipeline.export.selection import Month, Selection, months
from pipeline.export.told import Seen, Told, days, number, shown, told_events
from pipeline.tables import Actor, Casualty

UCDP_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence",
    "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name",
    "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b",
    "number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original",
    "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid",
    "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end",
    "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
OWN_COLUMNS = ("iso3", "type", "situation", "confidence", "dated", "possible_duplicate_of", "entry_id", "start", "end", "provenance")
COLUMNS = UCDP_COLUMNS + OWN_COLUMNS
# Organised violence outside the family: what security forces do in raids and against protesters. Riots are not organised.
ALSO_VIOLENCE = frozenset({"security_operation", "protest_repressed"})
# Groups UCDP takes for non-state actors; who is unidentified is no actor one can name.
GROUPS = frozenset({"rebel", "militia", "criminal", "ethnic"})
UNARMED = frozenset({"civilian", "activist", "media", "religious", "business", "ngo", "party", "legislature"})
STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3
NOT_VIOLENCE, NO_DEATHS, UNDATED = "not an act of organised violence", "no death in low, best or high", "neither dated nor of a known month"
PEER = "UCDP"
RULES = (
    "best: the best number the text gives, the lowest where it is vague; low counts 0 where the text sets no lower bound ('up to 20'),",
    "high is empty where it sets no upper one. Of rival numbers for the same people the one first told as fact counts.",
    "deaths_a, deaths_b, deaths_civilians: only where the text names the victims' group, else deaths_unknown; the four add up to best.",
    "type_of_violence: only where both sides are typed. Conflict, dyad and actor identities are UCDP's own and empty here.",
    "date_start, date_end: the dates told, else the entry's month (dated is false). country_id, gwnoa, gwnob: Gleditsch and Ward.",
    "possible_duplicate_of: another entry seems to tell the same (days, country, and deaths or both sides): do not add both up.",
)
NO_TEXT = "Without the text: source_headline and source_original are left out; actors known only by a description are [their type]."


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a dyad: its name and what it is (state, group, civilians; None where it has no type)."""

    name: str | None
    kind: str | None
    gwno: int | None


def write_ucdp(tables: Path, chosen: Selection, path: Path, no_text: bool = False) -> tuple[int, Counter[str]]:
    """Write the events to `path` as CSV; return the number of rows, and of events left out by reason."""
    left_out: Counter[str] = Counter()
    seen, count = Seen(), 0
    with whole_or_not(path) as file:
        sheet = Sheet(file, COLUMNS)
        for month in months(tables, chosen):
            count += sheet.write([row[column] for column in COLUMNS] for row in ucdp_rows(month, left_out, seen, no_text))
    write_account(path, PEER, count, left_out, [*RULES, *([NO_TEXT] if no_text else [])])
    return count, left_out


def ucdp_rows(month: Month, left_out: Counter[str], seen: Seen, no_text: bool = False) -> Iterator[dict[str, Any]]:
    """Yield a month's rows by column, in the tables' order."""
    for told in told_events(month, left_out):
        span = days(told)
        if not (told.event.family == "Political violence" or told.event.type in ALSO_VIOLENCE):
            left_out[NOT_VIOLENCE] += 1
        elif not any((figure.low, figure.best, figure.high) != (0, 0, 0) for figure in told.of_kind("killed")):
            left_out[NO_DEATHS] += 1
        elif span is None:
            left_out[UNDATED] += 1
        else:
            first, last, dated = span
            row: dict[str, Any] = dict.fromkeys(COLUMNS) | _who(told, no_text) | _deaths(told) | _where(told) | _source(told, no_text)
            row |= {
                "id": told.event.event_id, "relid": f"CW-{told.entry.entry_id}-{told.event.start}", "year": first.year,
                "code_status": "Machine", "event_clarity": 2 if told.event.type == "violence_aggregate" else 1,
                "date_start": first, "date_end": last, "date_prec": date_prec((last - first).days + 1), "dated": dated,
                "type": told.event.type, "situation": told.entry.situation, "confidence": told.event.confidence,
                "possible_duplicate_of": seen.before(told, row["best"]), "entry_id": told.entry.entry_id,
                "start": told.event.start, "end": told.event.end, "provenance": notice(PEER),
            }  # fmt: skip
            yield row


def date_prec(length: int) -> int:
    """Return UCDP's precision of a stretch of days: 1 a day, 2 up to six, 3 a week, 4 up to a month, 5 more."""
    return next((code for code, longest in ((1, 1), (2, 6), (3, 7), (4, 31)) if length <= longest), 5)


def parties(told: Told, no_text: bool = False) -> tuple[Party, Party]:
    """Return sides a and b: the state first, then who attacks; unarmed victims nobody names are civilians."""
    sources, targets = told.sources, told.targets
    if not targets and len(sources) == 2 and _kind(sources[0][1]) != _kind(sources[1][1]):
        sources, targets = sources[:1], sources[1:]
    one, other = _party(sources, None, no_text), _party(targets, _kind(sources[0][1]) if sources else None, no_text)
    if other.name is None and {figure.victim_group for figure in told.of_kind("killed")} == {"civilian"}:
        other = Party("Civilians", "civilians", None)
    if other.kind == "civilians":
        other = Party("Civilians", "civilians", None)
    if one.kind == other.kind == "state" and one.gwno == other.gwno:
        other = Party(None, None, None)  # its own dead are no opponent
    return (other, one) if other.kind == "state" and one.kind in ("group", None) else (one, other)


def _party(named: tuple[tuple[str, Actor | None], ...], foe: str | None, no_text: bool) -> Party:
    """Return the first of a side's actors that is armed and not of the foe's kind, else the first."""
    if not named:
        return Party(None, None, None)
    name, actor = next((pair for pair in named if _kind(pair[1]) in {"state", "group"} - {foe}), named[0])
    country = Countries.load().by_iso3.get((actor and actor.iso3) or "")
    kind = _kind(actor)
    return Party(shown(name, actor, no_text), kind, country.gwcode if country and kind == "state" else None)


def _kind(actor: Actor | None) -> str | None:
    if actor is None:
        return None
    return "state" if actor.type in STATE else "group" if actor.type in GROUPS else "civilians" if actor.type in UNARMED else None


def type_of_violence(one: Party, other: Party) -> int | None:
    """Return UCDP's type: 1 state-based, 2 non-state, 3 one-sided; None unless both sides are typed."""
    kinds = {one.kind, other.kind}
    if None in kinds or one.kind == "civilians":
        return None
    if "civilians" in kinds:
        return ONE_SIDED
    return STATE_BASED if "state" in kinds else NON_STATE


def _who(told: Told, no_text: bool) -> dict[str, Any]:
    one, other = parties(told, no_text)
    return {
        "type_of_violence": type_of_violence(one, other),
        "dyad_name": f"{one.name} - {other.name}" if one.name and other.name else None,
        "side_a": one.name, "side_b": other.name, "gwnoa": one.gwno, "gwnob": other.gwno,
    }  # fmt: skip


def _deaths(told: Told) -> dict[str, Any]:
    """Return the dead by side, where the text names the victims' group, and in all; the four parts add up to `best`."""
    one, other = parties(told)
    parts = Counter[str]()
    killed = told.of_kind("killed")
    for figure in killed:
        parts[_part(figure, one, other)] += number(figure)
    highs = [figure.high for figure in killed]
    return {
        **{part: parts[part] for part in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")},
        "best": parts.total(),
        "low": sum(figure.low or 0 for figure in killed),
        "high": None if None in highs else sum(high or 0 for high in highs),
    }


def _part(figure: Casualty, one: Party, other: Party) -> str:
    if figure.victim_group == "civilian":
        return "deaths_civilians"
    wanted = {"state_forces": "state", "non_state_armed": "group"}.get(figure.victim_group)
    sides = [part for part, party in (("deaths_a", one), ("deaths_b", other)) if wanted and party.kind == wanted]
    return sides[0] if len(sides) == 1 else "deaths_unknown"


def _where(told: Told) -> dict[str, Any]:
    event = told.event
    country = Countries.load().by_iso3.get(event.iso3 or "")
    point = event.lat is not None and event.lon is not None
    return {
        "where_prec": event.geo_precision, "where_coordinates": event.place, "adm_1": event.admin1,
        "latitude": event.lat, "longitude": event.lon, "geom_wkt": f"POINT ({event.lon} {event.lat})" if point else None,
        "priogrid_gid": priogrid(event.lat, event.lon) if event.lat is not None and event.lon is not None else None,
        "country": country.name if country else None, "country_id": country.gwcode if country else None,
        "region": ucdp_region(country.gwcode) if country else None, "iso3": event.iso3,
    }  # fmt: skip


def priogrid(lat: float, lon: float) -> int:
    """Return the PRIO-GRID cell a point lies in: half degrees, counted from 1 in the south-west, row by row of 720."""
    return min(int((lat + 90) * 2), 359) * 720 + min(int((lon + 180) * 2), 719) + 1


def _source(told: Told, no_text: bool) -> dict[str, Any]:
    entry = told.entry
    month = f", {entry.month:%B %Y}" if entry.month else ""
    return {
        "number_of_sources": 1, "source_office": "International Crisis Group",
        "source_article": f"CrisisWatch, {entry.situation or 'unknown situation'}{month}",
        "source_headline": None if no_text else entry.headline, "source_original": None if no_text else told.event.attribution,
    }  # fmt: skip
