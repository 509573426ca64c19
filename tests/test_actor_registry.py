"""The registry: one row an identity, counted over all entries and months."""

from __future__ import annotations

import datetime as dt

from pipeline.actor_registry import count_mentions, register_actors
from pipeline.tables import Actor
from tests.actor_rows import entry


def mention(entry_id: str, start: int, text: str, **facts: str | None) -> Actor:
    usual: dict[str, str | None] = {"actor_id": "m23", "name": "March 23 Movement", "type": "rebel", "iso3": "COD", "match": "alias"}
    return Actor(entry_id=entry_id, start=start, end=start + len(text), text=text, **usual | facts)  # type: ignore[arg-type]


def test_names_months_and_counts_of_one_identity() -> None:
    entries = [entry("x", "a", month=dt.date(2026, 2, 1)), entry("x", "b", month=dt.date(2025, 11, 1)), entry("x", "c", month=None)]
    rows = [
        mention("a", 0, "M23"), mention("a", 9, "M23"), mention("b", 0, "March 23 Movement", match="lexicon"),
        mention("c", 0, "M23 rebels", match="description"), mention("c", 20, "M23 rebels", type="militia", iso3=None),
    ]  # fmt: skip
    (row,) = register_actors(list(count_mentions(entries, rows)))
    assert (row.name, row.aliases, row.type, row.iso3) == ("March 23 Movement", ("M23", "M23 rebels"), "rebel", "COD")
    assert (row.first_seen, row.last_seen) == (dt.date(2025, 11, 1), dt.date(2026, 2, 1))
    assert (row.entries, row.mentions, row.known_by) == (3, 5, "lexicon")


def test_rows_come_by_identity_whatever_the_order_of_mentions() -> None:
    entries = [entry("x", "a")]
    rows = [mention("a", 0, "Army", actor_id="army-ken", name="Kenyan army"), mention("a", 9, "M23")]
    assert list(register_actors(list(count_mentions(entries, rows)))) == list(register_actors(list(count_mentions(entries, rows[::-1]))))
    assert [row.actor_id for row in register_actors(list(count_mentions(entries, rows)))] == ["army-ken", "m23"]


def test_no_mentions_no_rows() -> None:
    assert list(register_actors(list(count_mentions([entry("x")], [])))) == []
