"""Rows of the stages for one sentence, for tests of events: the sentence is an entry of its own, of May 2026."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import cache
from typing import Any

from pipeline import stages
from pipeline.stages import Stage
from pipeline.tables import Entry, Event, EventRole, Token

BEFORE_EVENTS = ("dates", "tokens", "tags", "places", "actors", "figures")


def entry_of(text: str) -> Entry:
    """Return the text as an entry without a headline, on no country."""
    return Entry(
        entry_id=hashlib.sha256(text.encode()).hexdigest()[:16], situation=None, countries=(), region=None, month=dt.date(2026, 5, 1),
        month_source="given", month_confidence=1.0, month_evidence=None, trend=None, risk_alert=None, resolution_opportunity=None,
        headline=None, text=text, situation_as_written=None, situation_source="unknown", document_ids=(), superseded_by=None,
    )  # fmt: skip


def run(stage: Stage, tables: dict[str, list[Any]]) -> list[Any]:
    """Return what a stage yields for the tables."""
    said = stages.signature(stage)
    arguments: dict[str, Any] = {name: tables.get(row_class.TABLE, []) for name, row_class in said.reads.items()}
    arguments |= {name: resource.load() for name, resource in said.resources.items()}
    return list(stages.load(stage)(**arguments))


@cache
def tables_of(text: str) -> dict[str, list[Any]]:
    """Return the tables that the events stage reads, for one text."""
    tables: dict[str, list[Any]] = {"entries": [entry_of(text)]}
    for name in BEFORE_EVENTS:
        tables[name] = run(stages.named(name), tables)
    return tables


@cache
def tokens_of(text: str) -> list[Token]:
    """Return the tokens of a text."""
    tables: dict[str, list[Any]] = {"entries": [entry_of(text)]}
    for name in ("dates", "tokens"):
        tables[name] = run(stages.named(name), tables)
    return tables["tokens"]


@cache
def events_of(text: str) -> list[tuple[Event, list[EventRole]]]:
    """Return the events of a text, each with its roles."""
    rows = run(stages.named("events"), tables_of(text))
    roles = [row for row in rows if isinstance(row, EventRole)]
    return [(row, [r for r in roles if r.event_id == row.event_id]) for row in rows if isinstance(row, Event)]
