"""Tables of entries: what cells, titles, names of columns and of sheets say of situation, month and trend."""

from __future__ import annotations

import datetime as dt
import io
import json
import random
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from pipeline.documents import read_file
from pipeline.entries import Wording
from pipeline.entries.layouts.celldates import Order, month_of, order_of
from pipeline.tables import Block, Document
from tests.made_pages import Result, make, split_files, split_rows

DRAW = random.Random(11)
MAY, JUNE = dt.date(2021, 5, 1), dt.date(2021, 6, 1)
MALI, CHAD, MALI_JUNE = make(DRAW, "Mali", MAY), make(DRAW, "Chad", MAY, 1), make(DRAW, "Mali", JUNE)


def told(result: Result) -> list[tuple[str | None, dt.date | None]]:
    return sorted(((entry.situation, entry.month) for entry in result.entries), key=str)


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["01/05/2021", "31/05/2021"], "day"),
        (["05/01/2021", "05/31/2021"], "month"),
        # The same day of every month.
        (["1.5.2021", "1.6.2021"], "day"),
        (["5/1/2021 0:00", "6/1/2021 0:00"], "month"),
        # Nothing tells, or the column is of two minds.
        (["01/05/2021"], None),
        (["01/05/2021", "02/06/2021"], None),
        (["31/05/2021", "05/31/2021"], None),
        (["May 2021"], None),
        ([], None),
    ],
)
def test_which_number_of_a_date_is_the_day_is_told_by_the_whole_column(texts: Sequence[str], order: Order | None) -> None:
    assert order_of(texts) == order


@pytest.mark.parametrize(
    ("text", "order", "year", "month"),
    [
        ("01/06/2021", "day", None, JUNE),
        ("06/01/2021", "month", None, JUNE),
        ("01/06/2021", None, None, None),
        # One number is a month in any order.
        ("06/06/2021", None, None, JUNE),
        ("30-06-2021", None, None, JUNE),
        ("30/13/2021", "day", None, None),
        ("0/06/2021", "day", None, None),
        ("Jun-21", None, None, JUNE),
        ("June ’21", None, None, JUNE),
        ("Area-21", None, None, None),
        ("June 21", None, None, None),
        ("6", None, 2021, JUNE),
        ("06", None, 2021, JUNE),
        ("juin", None, 2021, JUNE),
        ("6", None, None, None),
        ("13", None, 2021, None),
        # The last evening of May in London is the first of June farther east.
        ("1622498400", None, None, JUNE),
        ("1622505600000", None, None, JUNE),
    ],
)
def test_what_month_a_cell_says(text: str, order: Order | None, year: int | None, month: dt.date | None) -> None:
    assert month_of(Wording.load(), text, order, year) == month


@pytest.mark.parametrize(
    ("columns", "may", "june"),
    [
        ("year,month", "2021,5", "2021,6"),
        ("Year,Month No", "2021,05", "2021,06"),
        ("n,date", "1,31/05/2021", "2,01/06/2021"),
        ("n,date", "1,05/31/2021", "2,06/01/2021"),
        ("n,month", "1,May-21", "2,Jun-21"),
        ("n,month", "1,1619827200", "2,1622505600"),
    ],
)
def test_months_as_spreadsheets_write_them(tmp_path: Path, columns: str, may: str, june: str) -> None:
    rows = [f"{columns},country,text", f'{may},Mali,"{MALI.line}"', f'{june},Mali,"{MALI_JUNE.line}"']
    entries = split_files(tmp_path, {"table.csv": "\n".join(rows)}).entries
    assert sorted((entry.month, entry.month_source) for entry in entries if entry.month) == [(MAY, "stated"), (JUNE, "stated")]


def test_a_date_of_unknown_order_leaves_the_month_open(tmp_path: Path) -> None:
    undated = (
        "Talks went on without result in capital as parties traded blame over the road blockades in north and the stalled salaries there."
    )
    result = split_files(tmp_path, {"table.csv": f'country,date,text\nMali,01/05/2021,"{undated}"\n'})
    assert told(result) == [("Mali", None)]
    assert result.reason("01/05/2021") == "heading: month"


def test_the_name_of_a_sheet_says_the_month_its_columns_do_not(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, made in (("May 2021", MALI), ("Jun 2021", MALI_JUNE)):
        sheet = book.create_sheet(title)
        sheet.append(["Country", "Text"])
        sheet.append([made.situation, made.line])
    del book["Sheet"]
    data = io.BytesIO()
    book.save(data)
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "book.xlsx").write_bytes(data.getvalue())
    rows = list(read_file(tmp_path / "raw", tmp_path / "raw" / "book.xlsx"))
    result = split_rows([row for row in rows if isinstance(row, Document)], [row for row in rows if isinstance(row, Block)])
    assert told(result) == [("Mali", MAY), ("Mali", JUNE)]


def test_trends_are_told_by_words_and_arrows(tmp_path: Path) -> None:
    rows = ["country,month,trend,text", f'Mali,May 2021,↓,"{MALI.line}"', f'Chad,May 2021,No change,"{CHAD.line}"']
    entries = split_files(tmp_path, {"table.csv": "\n".join(rows)}).entries
    assert sorted((entry.situation or "", entry.trend) for entry in entries) == [("Chad", "unchanged"), ("Mali", "deteriorated")]


def test_a_column_called_country_is_the_situation_known_or_not(tmp_path: Path) -> None:
    rows = [f'Elbonia,May 2021,"{MALI.line}"', f'Mali,June 2021,"{MALI_JUNE.line}"', f'Upper Elbonia,May 2021,"{CHAD.line}"']
    result = split_files(tmp_path, {"table.csv": "\n".join(["country,month,text", *rows])})
    assert told(result) == [("Elbonia", MAY), ("Mali", JUNE), ("Upper Elbonia", MAY)]


def test_a_column_called_country_that_holds_something_else_is_not(tmp_path: Path) -> None:
    rows = [f'Africa,Mali,May 2021,"{MALI.line}"', f'Africa,Chad,May 2021,"{CHAD.line}"']
    result = split_files(tmp_path, {"table.csv": "\n".join(["situation,name,month,text", *rows])})
    assert [(entry.situation, entry.region) for entry in result.entries] == [("Chad", "Africa"), ("Mali", "Africa")]


@pytest.mark.parametrize("title", ["Mali - May 2021", "Mali (May 2021)", "Mali: May 2021"])
def test_a_title_of_situation_and_month_is_no_headline(tmp_path: Path, title: str) -> None:
    records = [{"title": title, "body": MALI.line}, {"title": title.replace("May", "June"), "body": MALI_JUNE.line}]
    result = split_files(tmp_path, {"table.json": json.dumps(records)})
    assert told(result) == [("Mali", MAY), ("Mali", JUNE)]
    assert result.texts == {MALI.line, MALI_JUNE.line}
    assert result.reason(title) == "heading: label"


def test_a_date_beside_a_title_with_a_month_is_the_day_of_publication(tmp_path: Path) -> None:
    records = [
        {"date": "2021-06-01T09:00:00", "title": {"rendered": "Mali &#8211; May 2021"}, "content": {"rendered": f"<p>{MALI.line}</p>"}}
    ]
    result = split_files(tmp_path, {"posts.json": json.dumps(records)})
    assert told(result) == [("Mali", MAY)]
    assert result.texts == {MALI.line}


def test_one_title_on_all_rows_is_no_headline(tmp_path: Path) -> None:
    rows = [f'Our long list of conflicts,{made.situation},{when},"{made.line}"'
            for made, when in ((MALI, "May 2021"), (CHAD, "May 2021"), (MALI_JUNE, "June 2021"))]  # fmt: skip
    result = split_files(tmp_path, {"table.csv": "\n".join(["title,country,month,text", *rows])})
    assert result.texts == {MALI.line, CHAD.line, MALI_JUNE.line}


NESTED = {
    "May 2021": {
        "Mali": {"trend": "improved", "text": MALI.line},
        "Chad": {"trend": "unchanged", "text": CHAD.line},
        "Elbonia": {"text": "Talks 3 May failed."},
    },
    "June 2021": {"Mali": {"trend": "improved", "text": MALI_JUNE.line}},
}


@pytest.mark.parametrize(
    "value",
    [
        NESTED,
        {"made": "by hand", "months": NESTED},
        {when: [{"country": name, **record} for name, record in inner.items()] for when, inner in NESTED.items()},
        {
            "months": [
                {"month": when, "entries": [{"country": name, **record} for name, record in inner.items()]}
                for when, inner in NESTED.items()
            ]
        },
    ],
)
def test_months_and_countries_as_keys_are_read_as_columns_are(tmp_path: Path, value: object) -> None:
    result = split_files(tmp_path, {"table.json": json.dumps(value)})
    assert told(result) == [("Chad", MAY), ("Elbonia", MAY), ("Mali", MAY), ("Mali", JUNE)]
    assert {entry.trend for entry in result.entries} == {"improved", "unchanged", None}


def test_a_text_under_the_name_of_its_country(tmp_path: Path) -> None:
    result = split_files(tmp_path, {"table.json": json.dumps({"month": "May 2021", "Mali": MALI.line, "Chad": CHAD.line})})
    assert told(result) == [("Chad", MAY), ("Mali", MAY)]


def test_a_table_with_a_column_a_month(tmp_path: Path) -> None:
    rows = ["Country,May 2021,June 2021", f'Mali,"{MALI.line}","{MALI_JUNE.line}"', f'Chad,"{CHAD.line}",']
    result = split_files(tmp_path, {"table.csv": "\n".join(rows)})
    assert told(result) == [("Chad", MAY), ("Mali", MAY), ("Mali", JUNE)]
    assert result.texts == {MALI.line, MALI_JUNE.line, CHAD.line}
    assert [row.text for row in result.skipped] == ["Mali", "Chad"]
