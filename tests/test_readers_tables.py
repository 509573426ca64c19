"""CSV and TSV to cells."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers import Unreadable
from pipeline.readers.tables import looks_like_prose, looks_like_table, read_delimited, sniff_delimiter

LONG = "Gunmen 5 May attacked market in north, killing at least four people and burning stalls."


def cells(text: str) -> list[tuple[int | None, str | None, str]]:
    return [(piece.group, piece.field, piece.text) for piece in read_delimited(text) if piece.text]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_cells_come_with_row_and_column_whatever_the_delimiter(delimiter: str) -> None:
    text = f'country{delimiter} month \r\nTogo{delimiter}"May\n2026"\r\n{delimiter}\r\nBenin{delimiter}\r\n'
    assert cells(text) == [(0, "country", "Togo"), (0, "month", "May\n2026"), (1, "country", "Benin")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # No header: text or figures stand in the first row.
        (
            f'Togo,"{LONG}"\nChad,short\n',
            [(0, "column_1", "Togo"), (0, "column_2", LONG), (1, "column_1", "Chad"), (1, "column_2", "short")],
        ),
        ("1,Togo\n2,Chad\n", [(0, "column_1", "1"), (0, "column_2", "Togo"), (1, "column_1", "2"), (1, "column_2", "Chad")]),
        # A header alone, a title above the header, one column, a row too wide, an unnamed column.
        ("country,month\n", [(0, "column_1", "country"), (0, "column_2", "month")]),
        ("My notes,,\n,,\na,b,c\n1,2,3\n", [(0, None, "My notes"), (1, "a", "1"), (1, "b", "2"), (1, "c", "3")]),
        ("text\nOne.\nTwo.\n", [(0, "text", "One."), (1, "text", "Two.")]),
        ("a,b\n1,2,3\n", [(0, "a", "1"), (0, "b", "2"), (0, "column_3", "3")]),
        (",b\n7,8\n", [(0, "column_1", "7"), (0, "b", "8")]),
        ('a,b\n1,"never closed\n2,3\n', [(0, "a", "1"), (0, "b", "never closed\n2,3\n")]),
    ],
)
def test_no_cell_is_lost_where_the_header_is_not_plain(text: str, expected: list[tuple[int, str | None, str]]) -> None:
    assert cells(text) == expected


def test_quotation_marks_that_were_not_doubled_are_told() -> None:
    found = list(read_delimited('a,b\n1,"Void" law passed\n'))
    assert [(piece.text, piece.repairs) for piece in found] == [("", ("broken_quotes",)), ("1", ()), ("Void law passed", ())]
    assert [piece.repairs for piece in read_delimited('a,b\n1,"""Void"" law"\n')] == [(), ()]


def test_a_table_without_a_value_is_refused() -> None:
    with pytest.raises(Unreadable, match="a table with no row in it"):
        cells(",,\n,\n")


def test_a_table_is_told_from_prose() -> None:
    table = f'country,month,text\nTogo,May 2026,"{LONG}"\n'
    prose = f"Libya, Sudan, Chad\n{LONG} Talks, said envoy, failed, again.\n"
    assert (looks_like_table(table), looks_like_prose(table)) == (True, False)
    assert (looks_like_table(prose), looks_like_prose(f"{LONG} One, two.\nThree.\nFour, five, six.\n")) == (False, True)
    assert sniff_delimiter(f"a;b\nx;{LONG}, and, so, on\n") == ";"


NAMES = st.lists(st.text("abcdef", min_size=1, max_size=8), min_size=2, max_size=5, unique=True)
VALUE = st.text(st.sampled_from("ab 1,;\t|\"'\né’"), max_size=20)


@given(NAMES, st.lists(st.lists(VALUE, min_size=2, max_size=5), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_every_cell_written_is_read_back(names: list[str], rows: list[list[str]], delimiter: str) -> None:
    rows = [(row + [""] * len(names))[: len(names)] for row in rows]
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([names, *rows])
    expected = [(group, name, cell) for group, row in enumerate(kept) for name, cell in zip(names, row, strict=True) if cell.strip()]
    found = [(piece.group, piece.field, piece.text) for piece in read_delimited(buffer.getvalue(), delimiter)]
    assert found == (expected if kept else [(0, f"column_{number}", name) for number, name in enumerate(names, start=1)])
