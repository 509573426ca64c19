"""dates: what holds for every row, of any text put together from the words of the grammar and its look-alikes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dates import DateWords, find_dates, find_in_text
from pipeline.tables import Date
from tests.conftest import make_entry

WORDS = DateWords.load()
MONTH = dt.date(2024, 2, 1)
PIECES = st.sampled_from(
    [
        *WORDS.months, *WORDS.parts, *WORDS.weekdays, *WORDS.relations, *WORDS.shifts, *WORDS.ordinals, *WORDS.feasts, *WORDS.seasons,
        *(p.replace("{n}", "two") for family in WORDS.relative for p in family.phrases),
        "1", "7", "12", "29", "30", "31", "31st", "0", "99", "2024", "1899", "2000", "1,500", "7.62mm", "N380",
        "$12", "12%", "2023-24", "3/4/05",
        "month", "year", "month’s end", "week", "half", "quarter", "days", "months",
        "of", "and", "the", "-", "–", "/", ",", ", ", ".", ";", "\n", "(", ")",
        "killing", "troops", "Movement", "polls", "postponed", "between", "from", "until", "army", "Rebels", "élan", "٣",
    ]
)  # fmt: skip
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", " ", "", "\u00a0"])), max_size=24).map(
    lambda ps: "".join(a + b for a, b in ps)
)


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, known=st.booleans())
def test_rows_hold_what_the_contract_promises(text: str, known: bool) -> None:
    rows = list(find_dates([make_entry(text, month=MONTH if known else None)], WORDS))
    end = 0
    for row in rows:
        assert text[row.start : row.end] == row.text
        assert row.text == row.text.strip()
        assert row.start >= end, "rows overlap or are not sorted"
        end = row.end
        assert (row.date_from is None) == (row.date_to is None)
        if row.date_from and row.date_to:
            assert row.date_from <= row.date_to
            assert row.edtf is not None
            assert "XXXX" not in row.edtf
            assert (row.precision == "day") == (row.date_from == row.date_to)
        elif known:
            assert row.edtf is None


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_a_month_only_adds_to_what_is_known(text: str) -> None:
    """The same spans are found with and without the entry's month; what is dated without it is dated the same with it."""
    with_month = {(f.mention.start, f.mention.end): f.interval for f in find_in_text(text, MONTH, WORDS)}
    for found in find_in_text(text, None, WORDS):
        span = (found.mention.start, found.mention.end)
        assert span in with_month
        if found.interval and found.interval.dated:
            assert with_month[span] is not None


@settings(max_examples=150, deadline=None)
@given(text=TEXTS, before=st.sampled_from(["Army stayed put. ", "Élite unit, 40 strong, left. ", "\n"]))
def test_words_without_a_date_before_a_text_only_move_its_spans(text: str, before: str) -> None:
    alone = [(f.mention.start + len(before), f.mention.end + len(before)) for f in find_in_text("Army left. " + text, MONTH, WORDS)]
    moved = [(f.mention.start, f.mention.end) for f in find_in_text(before + "Army left. " + text, MONTH, WORDS)]
    assert moved == alone


def gold(folder: Path) -> Iterator[tuple[list[Date], dict[tuple[int, int], tuple[str, str]]]]:
    for path in sorted(folder.glob("*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        wanted = {}
        for date in entry["dates"]:
            at = -1
            for _ in range(date.get("n", 1)):
                at = entry["text"].index(date["text"], at + 1)
            wanted[at, at + len(date["text"])] = (date["from"], date["to"])
        yield list(find_dates([make_entry(entry["text"], month=dt.date.fromisoformat(entry["month"] + "-01"))], WORDS)), wanted


@pytest.mark.parametrize(("part", "least"), [("train", 0.99), ("invented", 0.99), ("dev", 0.98)])
def test_dates_of_the_gold_entries_are_found_and_resolved(shared: Path, part: str, least: float) -> None:
    """F1 of span overlap with both bounds right, as evaluation/score.py counts it but for its order of pairing."""
    hits = found = wanted = 0
    for rows, dates in gold(shared / "gold" / part):
        hits += sum(
            any(r.start < end and start < r.end and (str(r.date_from), str(r.date_to)) == bounds for r in rows)
            for (start, end), bounds in dates.items()
        )
        found, wanted = found + len(rows), wanted + len(dates)
    assert 2 * hits / (found + wanted) >= least
