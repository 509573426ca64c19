"""XLSX to cells."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from openpyxl import Workbook

from pipeline.readers import Unreadable, workbook
from pipeline.readers.workbook import read_xlsx


def saved(*sheets: tuple[str, list[list[object]]]) -> bytes:
    book = Workbook(write_only=True)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_cells_of_every_sheet_come_with_row_column_and_sheet() -> None:
    data = saved(
        ("entries", [["Country", "Month", "n"], ["Togo", dt.date(2026, 5, 1), 3.0], [None, None, None], ["Chad", "May 2026", 2.5]]),
        ("about", [["Made by hand"]]),
        ("empty", []),
    )
    assert [(piece.group, piece.field, piece.text, piece.marks) for piece in read_xlsx(data)] == [
        (0, "Country", "Togo", ("sheet=entries",)),
        (0, "Month", "2026-05-01", ("sheet=entries",)),
        (0, "n", "3", ("sheet=entries",)),
        (1, "Country", "Chad", ("sheet=entries",)),
        (1, "Month", "May 2026", ("sheet=entries",)),
        (1, "n", "2.5", ("sheet=entries",)),
        (2, None, "Made by hand", ("sheet=about",)),
    ]


def test_times_truth_values_and_formulas_are_written_plainly() -> None:
    data = saved(("s", [["a", "b", "c"], [dt.datetime(2026, 5, 1, 13, 30), True, "=1+1"]]))
    # A formula never computed has no value, and is never run.
    assert [(piece.field, piece.text) for piece in read_xlsx(data)] == [("a", "2026-05-01T13:30:00"), ("b", "true")]


def test_a_workbook_without_values_broken_or_too_big_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable, match="a workbook with no row in it"):
        list(read_xlsx(saved(("s", []))))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(Unreadable, match="broken XLSX: OSError"):
        list(read_xlsx(buffer.getvalue()))
    monkeypatch.setattr(workbook, "_MOST_CELLS", 3)
    with pytest.raises(Unreadable, match="more than 3 cells"):
        list(read_xlsx(saved(("s", [["a", "b"], ["c", "d"]]))))
