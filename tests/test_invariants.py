"""What holds for every row of every table of the sample."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline import codebook, store
from pipeline.engine import Report
from pipeline.tables import Block, Casualty, Document, Entry, Event, EventRole, Skipped, Token

TABLES = codebook.all_tables()
SPANS = [name for name, row_class in TABLES.items() if {"entry_id", "start", "end", "text"} <= set(store.columns(row_class))]


def rows(out: Path, row_class: type[Any]) -> list[Any]:
    return [row for label in store.labels(out, row_class) for row in store.read(row_class, store.part(out, row_class, label))]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_there_under_its_schema_with_unique_keys(sample: tuple[Path, Report], table: str) -> None:
    row_class = TABLES[table]
    found = rows(sample[0], row_class)
    keys = [tuple(getattr(row, name) for name in row_class.KEY) for row in found]
    assert len(set(keys)) == len(keys)
    assert store.labels(sample[0], row_class)
    if table != "quarantine":
        assert found, f"the sample has no row of {table}: it shows nothing of it"


@pytest.mark.parametrize("table", SPANS)
def test_every_span_is_the_entry_s_text_and_its_entry_exists(sample: tuple[Path, Report], table: str) -> None:
    texts = {entry.entry_id: entry.text for entry in rows(sample[0], Entry)}
    for row in rows(sample[0], TABLES[table]):
        assert 0 <= row.start < row.end <= len(texts[row.entry_id])
        assert texts[row.entry_id][row.start : row.end] == row.text


def test_every_entry_has_tokens_for_all_its_characters(sample: tuple[Path, Report]) -> None:
    tokens: dict[str, str] = {}
    for token in sorted(rows(sample[0], Token), key=lambda token: (token.entry_id, token.i)):
        tokens[token.entry_id] = tokens.get(token.entry_id, "") + token.text
    for entry in rows(sample[0], Entry):
        assert tokens[entry.entry_id] == "".join(entry.text.split())


def test_roles_and_figures_point_to_events_that_exist(sample: tuple[Path, Report]) -> None:
    events = {event.event_id: event for event in rows(sample[0], Event)}
    assert {role.event_id for role in rows(sample[0], EventRole)} <= set(events)
    assert {figure.event_id for figure in rows(sample[0], Casualty)} - {None} <= set(events)


def test_low_best_and_high_are_in_order(sample: tuple[Path, Report]) -> None:
    for figure in rows(sample[0], Casualty):
        told = [n for n in (figure.low, figure.best, figure.high) if n is not None]
        assert told == sorted(told)
        assert all(n >= 0 for n in told)


def test_every_fact_s_dates_are_in_order(sample: tuple[Path, Report]) -> None:
    for table in ("dates", "events"):
        for row in rows(sample[0], TABLES[table]):
            assert table == "events" or (row.date_from is None) == (row.date_to is None)
            assert row.date_from is None or row.date_to is None or row.date_from <= row.date_to


def test_entries_and_skipped_account_for_every_word_of_the_input(sample: tuple[Path, Report]) -> None:
    out, _ = sample
    for document in rows(out, Document):
        kept = " ".join(e.text for e in rows(out, Entry) if document.document_id in e.document_ids)
        kept += " " + " ".join(s.text for s in rows(out, Skipped) if s.document_id == document.document_id)
        known = set(kept.split())
        for block in store.read(Block, store.part(out, Block, document.document_id)):
            assert set(block.text.split()) <= known, block
