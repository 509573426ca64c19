"""XLSX -> one piece a non-empty cell, grouped by row, sheet after sheet."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator

from pipeline.readers import Piece, Unreadable
from pipeline.readers.tables import read_rows

_LARGEST_UNPACKED = 256 * 2**20
_MOST_CELLS = 5_000_000


def read_xlsx(data: bytes) -> Iterator[Piece]:
    """Yield the cells of every sheet as `read_rows` does, groups counting on from sheet to sheet, marked "sheet=<name>".

    Dates come out as ISO 8601, whole numbers without a fraction, formulas as the value last computed; none is ever run. Raises
    Unreadable where the workbook is broken, too big or empty.
    """
    group, found = 0, False
    for name, rows in _sheets(data):
        if rows:
            pieces = list(read_rows(rows, group, (f"sheet={name}",)))
            yield from pieces
            found, group = True, 1 + max(piece.group or 0 for piece in pieces)
    if not found:
        raise Unreadable("a workbook with no row in it")


def _sheets(data: bytes) -> list[tuple[str, list[list[str]]]]:
    from openpyxl import load_workbook

    try:
        if sum(info.file_size for info in zipfile.ZipFile(io.BytesIO(data)).infolist()) > _LARGEST_UNPACKED:
            raise Unreadable(f"too big: more than {_LARGEST_UNPACKED:,} bytes when unpacked; split it")
        with warnings.catch_warnings():
            # It warns of styles, filters and extensions that it leaves out: none of them holds text.
            warnings.simplefilter("ignore")
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            cells = 0
            sheets: list[tuple[str, list[list[str]]]] = []
            for sheet in workbook.worksheets:
                # The size a sheet declares may be a million empty rows.
                sheet.reset_dimensions()
                rows = []
                for row in sheet.iter_rows(values_only=True):
                    cells += len(row)
                    if cells > _MOST_CELLS:
                        raise Unreadable(f"a workbook of more than {_MOST_CELLS:,} cells; split it")
                    if any(value is not None for value in row):
                        rows.append([_written(value) for value in row])
                sheets.append((sheet.title, [row for row in rows if any(cell.strip() for cell in row)]))
            return sheets
    except Unreadable:
        raise
    except Exception as error:  # openpyxl lets the errors of its zip, XML and type readers through
        raise Unreadable(f"broken XLSX: {type(error).__name__} {error}"[:200]) from None


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case dt.datetime(hour=0, minute=0, second=0):
            return value.date().isoformat()
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
