"""Rows for the tests of actors: an entry of ours, its tokens, the actors found in it."""

from __future__ import annotations

import datetime as dt
from functools import cache

from pipeline.actors import ActorWeights, ActorWords, find_actors
from pipeline.countries import Countries
from pipeline.dates import DateWords, find_dates
from pipeline.model import Model
from pipeline.tables import Actor, Entry, Tag, Token
from pipeline.tags import Tagger, find_tags
from pipeline.tokens import TokenWords, parse_tokens


def entry(text: str, entry_id: str = "e1", countries: tuple[str, ...] = ("KEN",), month: dt.date | None = dt.date(2026, 2, 1)) -> Entry:
    return Entry(
        entry_id=entry_id, situation=None, countries=countries, region=None, month=month, month_source="given", month_confidence=1.0,
        month_evidence=None, trend=None, risk_alert=None, resolution_opportunity=None, headline=None, text=text,
        situation_as_written=None, situation_source="given", document_ids=(), superseded_by=None,
    )  # fmt: skip


def tokens_of(*entries: Entry) -> list[Token]:
    dates = find_dates(entries, DateWords.load())
    return list(parse_tokens(entries, list(dates), TokenWords.load(), Model.load()))


def tags_of(*entries: Entry) -> list[Tag]:
    return list(find_tags(entries, tokens_of(*entries), Tagger.load()))


@cache
def actors_of(text: str, countries: tuple[str, ...] = ("KEN",), month: dt.date | None = dt.date(2026, 2, 1)) -> tuple[Actor, ...]:
    row = entry(text, countries=countries, month=month)
    return tuple(find_actors([row], tokens_of(row), tags_of(row), [], ActorWords.load(), ActorWeights.load(), Countries.load()))
