"""Cells of CSV files that no spreadsheet takes for a formula.

A spreadsheet runs a cell that begins with = + - or @ (their full-width forms too), also behind blanks, quotes or control
characters; and where it cuts at another separator than the comma, the same holds behind a semicolon, a bar, a tab or a line
break inside the cell (OWASP, "CSV Injection"). Text there gets an apostrophe in front, as does text that begins with a tab
or a line break. Numbers are numbers and stay as they are. `unescape` gives the text back, character for character.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import pyarrow as pa

# Where a cell may begin, what may stand before the sign unseen, the signs. Both Python's and Arrow's RE2 read these.
START = r"(^|[;|\t\r\n])"
UNSEEN = "[ '\"`\u2018\u2019\u201c\u201d\u00a0\u200b\u2060\ufeff\x01-\x08\x0b\x0c\x0e-\x1f]*"
SIGN = "[=+\\-@\uff1d\uff0b\uff0d\uff20]"
FORMULA = f"{START}({UNSEEN}{SIGN})"
BREAK = r"^('*[\t\r\n])"
NEEDED = f"(?:^|[;|\t\r\n]){UNSEEN}{SIGN}|^'*[\t\r\n]"

_FORMULA, _BREAK = re.compile(FORMULA), re.compile(BREAK)
_ESCAPED_FORMULA = re.compile(f"{START}'({UNSEEN}{SIGN})")
_ESCAPED_BREAK = re.compile(r"^'('*[\t\r\n])")


def escape(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: `=1+1` becomes `'=1+1`."""
    return _BREAK.sub(r"'\1", _FORMULA.sub(r"\1'\2", text))


def unescape(text: str) -> str:
    """Return the text `escape` was given."""
    return _ESCAPED_FORMULA.sub(r"\1\2", _ESCAPED_BREAK.sub(r"\1", text))


def cell(value: Any) -> str:
    """Return a value as it stands in the file: text escaped and in quotes, days in ISO form, null as nothing at all.

    All text is quoted, as Arrow does: a line break in it can then end no row, and the empty text is not null.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return '"' + escape(value).replace('"', '""') + '"'
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


class Sheet:
    """A CSV file being written: UTF-8, comma, a header line, every text cell safe."""

    def __init__(self, file: BinaryIO, columns: Sequence[str]) -> None:
        self._file = file
        self.write([columns])

    def write(self, rows: Iterable[Sequence[Any]]) -> int:
        """Write the rows; return how many."""
        count = 0
        for count, row in enumerate(rows, 1):  # noqa: B007
            self._file.write((",".join(map(cell, row)) + "\n").encode())
        return count


def safe_table(table: pa.Table) -> pa.Table:
    """Return an Arrow table whose text is escaped and whose lists are text, their items joined by | (a | or \\ in one behind a \\)."""
    import pyarrow as pa

    return pa.table({name: _safe_column(table[name]) for name in table.column_names})


def _safe_column(column: pa.ChunkedArray) -> pa.ChunkedArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_list(column.type):
        column = pc.binary_join(_items(column.combine_chunks()), "|")
    if not pa.types.is_string(column.type):
        return column
    # Looking is many times cheaper than replacing, and most columns hold nothing to replace.
    if not pc.any(pc.match_substring_regex(column, NEEDED)).as_py():
        return column
    return pc.replace_substring_regex(pc.replace_substring_regex(column, FORMULA, r"\1'\2"), BREAK, r"'\1")


def _items(lists: pa.ListArray) -> pa.ListArray:
    import pyarrow as pa
    import pyarrow.compute as pc

    items = pc.cast(lists.flatten(), pa.string())
    return pa.ListArray.from_arrays(_offsets(lists), pc.replace_substring_regex(items, r"([\\|])", r"\\\1"))


def _offsets(lists: pa.ListArray) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    lengths = pc.list_value_length(lists)
    return pa.concat_arrays([pa.array([0], pa.int32()), pc.cast(pc.cumulative_sum(lengths), pa.int32())])
