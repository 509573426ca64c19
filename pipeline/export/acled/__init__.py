"""ACLED-like events: one CSV row an event with a counterpart in ACLED's codebook, in ACLED's columns, then ours.

Sources: ACLED Codebook (2023, 2024), "Guide to 2023 ACLED column changes", FAQ "How does ACLED code fatalities?": "tens" are
10, "dozens" 12, "hundreds" 100. What the text does not say is an empty cell; `timestamp` is always empty, so that the same
tables give the same file.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.countries import Countries
from pipeline.durable import whole_or_not
from pipeline.export.acled.actors import CIVILIANS, Side, interaction, sides
from pipeline.export.acled.types import AcledType, acled_type
from pipeline.export.cells import Sheet
from pipeline.export.codes import CountryCodes
from pipeline.export.notice import notice, write_account
from pipeline.export.selection import Month, Selection, months
from pipeline.export.told import Seen, Told, days, number, told_events
from pipeline.tables import Casualty

ACLED_COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type",
    "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting",
    "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision",
    "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
OWN_COLUMNS = (
    "iso3", "date_from", "date_to", "type", "situation", "confidence", "injured", "possible_duplicate_of",
    "entry_id", "start", "end", "provenance",
)  # fmt: skip
COLUMNS = ACLED_COLUMNS + OWN_COLUMNS
# ACLED's numbers for vague ones; the tables' own lowest numbers (dozens 24) read the plural as two of them.
VAGUE = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}
UNDATED, TOO_WIDE = "neither dated nor of a known month", "dated to more than a month"
PEER = "ACLED"
RULES = (
    "fatalities: the best number the text gives, else ACLED's number for the word (tens 10, dozens 12, hundreds 100), else the lowest;",
    "of rival numbers for the same people the one first told as fact counts, as in the tables' own sums.",
    "event_date: the day, or the middle of the dates told; time_precision 1 a day, 2 up to a week, 3 more, or only the entry's month.",
    "geo_precision: UCDP's 1 is 1, 2 and 3 are 2, all wider ones 3. Empty cells: the text does not say.",
    "possible_duplicate_of: another entry seems to tell the same (days, country, and deaths or both sides): do not add both up.",
)
NO_TEXT = "Without the text: notes and the attribution in source are left out; actors known only by a description are [their type]."


def write_acled(tables: Path, chosen: Selection, path: Path, no_text: bool = False) -> tuple[int, Counter[str]]:
    """Write the events to `path` as CSV; return the number of rows, and of events left out by reason."""
    left_out: Counter[str] = Counter()
    seen, count = Seen(), 0
    with whole_or_not(path) as file:
        sheet = Sheet(file, COLUMNS)
        for month in months(tables, chosen):
            count += sheet.write([row[column] for column in COLUMNS] for row in acled_rows(month, left_out, seen, no_text))
    write_account(path, PEER, count, left_out, [*RULES, *([NO_TEXT] if no_text else [])])
    return count, left_out


def acled_rows(month: Month, left_out: Counter[str], seen: Seen, no_text: bool = False) -> Iterator[dict[str, Any]]:
    """Yield a month's rows by column, in the tables' order."""
    for told in told_events(month, left_out):
        kind, when = acled_type(told), event_day(told)
        for reason in (kind, when):
            if isinstance(reason, str):
                left_out[reason] += 1
                break
        else:
            assert isinstance(kind, AcledType)
            assert not isinstance(when, str)
            yield _row(told, kind, when, seen, no_text)


def event_day(told: Told) -> tuple[dt.date, int] | str:
    """Return the day in the middle of the event's dates and ACLED's time_precision (1 day, 2 up to a week, 3 month).

    Returns the reason where it has no such day.
    """
    span = days(told)
    if span is None:
        return UNDATED
    first, last, dated = span
    length = (last - first).days + 1
    if length > 31:
        # What goes on has a beginning, and that is a day or a month.
        if told.event.date_to is not None or told.event.date_precision not in ("day", "days", "week", "part_of_month", "month"):
            return TOO_WIDE
        return first, 3
    return first + (last - first) // 2, (1 if length == 1 else 2 if length <= 7 else 3) if dated else 3


def fatalities(figure: Casualty) -> int:
    """Return the deaths ACLED would take a figure for: the best number, else ACLED's number for the word, else the lowest."""
    if figure.best is None:
        for word in re.findall(r"[a-z]+", figure.text.lower()):
            if word in VAGUE:
                return VAGUE[word]
    return number(figure)


def _row(told: Told, kind: AcledType, when: tuple[dt.date, int], seen: Seen, no_text: bool) -> dict[str, Any]:
    event, entry = told.event, told.entry
    deaths = sum(fatalities(figure) for figure in told.of_kind("killed"))
    duplicate = seen.before(told, deaths)
    country = Countries.load().by_iso3.get(event.iso3 or "")
    name = country.name if country else None
    one, other = sides(told, kind, name, no_text)
    return {
        "event_id_cnty": f"{event.iso3 or 'XXX'}{event.event_id}", "event_date": when[0], "year": when[0].year, "time_precision": when[1],
        "disorder_type": kind.disorder_type, "event_type": kind.event_type, "sub_event_type": kind.sub_event_type,
        "actor1": one.actor, "assoc_actor_1": one.associates, "inter1": one.inter,
        "actor2": other.actor, "assoc_actor_2": other.associates, "inter2": other.inter,
        "interaction": interaction(one.inter, other.inter), "civilian_targeting": _civilian_targeting(told, kind, other),
        **_where(told, name),
        "source": _source(told, no_text), "source_scale": "International", "notes": None if no_text else told.sentence(),
        "fatalities": deaths, "tags": _tags(told, kind, duplicate), "timestamp": None,
        "iso3": event.iso3, "date_from": event.date_from, "date_to": event.date_to, "type": event.type,
        "situation": entry.situation, "confidence": event.confidence, "possible_duplicate_of": duplicate,
        "injured": sum(number(figure) for figure in told.of_kind("injured")),
        "entry_id": event.entry_id, "start": event.start, "end": event.end, "provenance": notice(PEER),
    }  # fmt: skip


def _where(told: Told, name: str | None) -> dict[str, Any]:
    event, codes = told.event, CountryCodes.load()
    known = event.geo_precision is not None
    return {
        "iso": codes.iso_numeric.get(event.iso3 or ""), "region": codes.acled_region.get(event.iso3 or ""), "country": name,
        "admin1": event.admin1, "admin2": None, "admin3": None, "location": event.place, "latitude": event.lat, "longitude": event.lon,
        "geo_precision": {1: 1, 2: 2, 3: 2}.get(event.geo_precision or 0, 3) if known else None,
    }  # fmt: skip


def _source(told: Told, no_text: bool) -> str:
    said = None if no_text else told.event.attribution
    return "International Crisis Group (CrisisWatch)" + (f"; {said}" if said else "")


def _civilian_targeting(told: Told, kind: AcledType, other: Side) -> str | None:
    if kind.event_type == "Violence against civilians" or kind.sub_event_type == "Excessive force against protesters":
        return "Civilian targeting"
    if kind.event_type != "Explosions/Remote violence" and kind.sub_event_type != "Mob violence":
        return None
    groups = {figure.victim_group for figure in (*told.of_kind("killed"), *told.of_kind("injured"))}
    civilians = other.inter == CIVILIANS or (other.actor is None and groups == {"civilian"})
    return "Civilian targeting" if civilians else None


def _tags(told: Told, kind: AcledType, duplicate: str | None) -> str | None:
    tags = []
    if kind.event_type in ("Protests", "Riots"):
        crowd = [figure for figure in told.of_kind("crowd") if number(figure)]
        tags.append(f"crowd size={sum(number(figure) for figure in crowd)}" if crowd else "crowd size=no report")
    if told.event.date_from is None and told.event.date_to is None:
        tags.append("date=month of the entry")
    if duplicate:
        tags.append("possible duplicate")
    return "; ".join(tags) or None
