"""PLOVER records: one JSON object a line for every event with a PLOVER category, in PLOVER's field names.

Source: PLOVER manual, draft 0.7b1, "JSON Data Fields" (id, date, enddate, recipient, event, mode, context, quad_code,
event_loc, text_info, cite_info; dead, injured, arrested of the size object) and its codes of sectors. The list of who acts is
called `actor`, as in POLECAT. Where the typology's crosswalk names several categories, all are given, as PLOVER allows; where
it names several modes, they stand in `mode_alternatives` and `mode` is null: the tables do not decide.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.countries import Countries
from pipeline.durable import whole_or_not
from pipeline.export.notice import notice
from pipeline.export.selection import Month, Selection, months
from pipeline.export.told import Told, days, number, shown, told_events
from pipeline.tables import Actor
from pipeline.typology import Typology

SECTORS = {
    "government": "GOV", "military": "MIL", "police": "COP", "intelligence": "SPY", "judiciary": "JUD", "legislature": "LEG",
    "election_body": "GOV", "party": "PTY", "rebel": "REB", "militia": "PRM", "criminal": "CRM", "civilian": "CVL",
    "activist": "SOC", "media": "JRN", "religious": "REL", "business": "BUS", "armed_unidentified": "UAF", "ethnic": "CVL",
}  # fmt: skip
# Actors beyond states have codes of their own; a mission is sent by an organisation.
CODES = {"igo": "IGO", "diplomat_mission": "IGO", "ngo": "NGO"}
CONTEXTS = frozenset(
    {"legal", "diplomatic", "election", "executive", "legislative", "political_institutions", "territory", "peacekeeping", "pro_autocracy",
     "human_security", "health", "economic", "crime", "trafficking", "disasters"}
)  # fmt: skip
NO_COUNTERPART, UNDATED = "type without a PLOVER category", "neither dated nor of a known month"
PEER = "POLECAT or other PLOVER-coded"


def write_plover(tables: Path, chosen: Selection, path: Path, no_text: bool = False) -> tuple[int, Counter[str]]:
    """Write the records to `path` as JSON lines; return their number, and that of events left out by reason."""
    left_out: Counter[str] = Counter()
    count = 0
    with whole_or_not(path) as file:
        for month in months(tables, chosen):
            for record in plover_records(month, left_out, no_text):
                file.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
                count += 1
    return count, left_out


def categories(crosswalk: str | None) -> tuple[list[str], list[str], list[str]]:
    """Return the categories, modes and contexts a crosswalk cell names: `PROTEST-strike / boycott` is PROTEST, strike, boycott.

    What stands in brackets names contexts; a condition there ("if prison") takes no part. No category: PLOVER has none.
    """
    brackets = " ".join(re.findall(r"\(([^)]*)\)", crosswalk or ""))
    contexts = [word for word in re.findall(r"[a-z_]+", brackets) if word in CONTEXTS]
    events: list[str] = []
    modes: list[str] = []
    for part in re.split(r" / |; | \+ |/", re.sub(r" ?\([^)]*\)| by content.*| if .*", "", crosswalk or "")):
        event, _, mode = part.strip().partition("-") if re.match(r"[A-Z]{3,}", part.strip()) else ("", "", part.strip())
        if event and event not in events:
            events.append(event)
        if events and re.fullmatch(r"[a-z][a-z-]+", mode) and mode not in modes:
            modes.append(mode)
    return events, modes, contexts


def plover_records(month: Month, left_out: Counter[str], no_text: bool = False) -> Iterator[dict[str, Any]]:
    """Yield a month's records, in the tables' order."""
    for told in told_events(month, left_out):
        events, modes, contexts = categories(told.event.plover)
        span = days(told)
        if not events or span is None:
            left_out[UNDATED if events else NO_COUNTERPART] += 1
            continue
        first, last, dated = span
        yield {
            "id": told.event.event_id, "date": first.isoformat(), "enddate": last.isoformat(), "date_is_month_of_entry": not dated,
            "actor": [_actor(name, actor, no_text) for name, actor in told.sources],
            "recipient": [_actor(name, actor, no_text) for name, actor in told.targets],
            "event": events, "mode": modes if len(modes) == 1 else None,
            "mode_alternatives": modes if len(modes) > 1 else None, "context": contexts or None, "quad_code": _quad(told),
            "event_loc": _place(told), "event_text": None if no_text else [told.event.text],
            **{size: _size(told, kind) for size, kind in (("dead", "killed"), ("injured", "injured"), ("arrested", "detained"))},
            "text": None if no_text else told.sentence(),
            "text_info": {"start": told.event.sentence_start, "end": told.event.sentence_end, "entry_id": told.event.entry_id,
                          "trigger_start": told.event.start, "trigger_end": told.event.end},
            "cite_info": {"corpus": "CrisisWatch", "publication": "International Crisis Group", "title": told.entry.situation,
                          "language": "en", "codebook": "PLOVER 0.7b1", "license": notice(PEER)},
            "coder": "crisiswatch-pipeline", "type": told.event.type, "confidence": told.event.confidence,
        }  # fmt: skip


def _actor(name: str, actor: Actor | None, no_text: bool) -> dict[str, Any]:
    kind = actor.type if actor else ""
    described = {"actor_text": shown(name, actor, no_text), "identifier_text": shown(name, actor, no_text)}
    return {"code": CODES.get(kind) or (actor and actor.iso3), "sector": SECTORS.get(kind), **described}


def _quad(told: Told) -> int | None:
    quad = Typology.load().types[told.event.type].quad
    return int(quad) if quad in ("1", "2", "3", "4") else None


def _place(told: Told) -> dict[str, Any] | None:
    event = told.event
    if not (event.place or event.iso3):
        return None
    country = Countries.load().by_iso3.get(event.iso3 or "")
    return {
        "name": event.place or (country and country.name), "latitude": event.lat, "longitude": event.lon, "cc3": event.iso3,
        "admin1_name": event.admin1, "geo_precision": event.geo_precision,
    }  # fmt: skip


def _size(told: Told, kind: str) -> int | None:
    figures = told.of_kind(kind)
    return sum(number(figure) for figure in figures) if figures else None
