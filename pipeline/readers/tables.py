"""Tables: rows of strings -> one piece a non-empty cell, grouped by row. CSV and TSV here; JSON and XLSX give the same pieces."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pipeline.readers import Piece, Unreadable

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_ROWS = 200
# A header cell is a name; the longest seen in the wild has 30 characters. Anything longer is text: the table has no header.
_LONGEST_NAME = 60
_MOST_WORDS = 8


def read_delimited(text: str, delimiter: str | None = None) -> Iterator[Piece]:
    """Yield the cells of a CSV or TSV text as `read_rows` does; quoted cells may hold line breaks.

    Without `delimiter` the one that fits best is taken. Quotation marks that are neither doubled nor around a cell are told as
    the repair "broken_quotes". Raises Unreadable where the text is no table or holds no row.
    """
    delimiter = delimiter or sniff_delimiter(text)
    try:
        for _ in _rows(text, delimiter, strict=True):
            pass
    except Unreadable:
        # Where such cells end is the reader's guess, and it drops some of the marks.
        yield Piece("", "cell", repairs=("broken_quotes",))
    yield from read_rows(_rows(text, delimiter))


def sniff_delimiter(text: str) -> str:
    """Return the delimiter that cuts most rows into as many cells as the first, the wider table winning; a comma if none cuts."""

    def fit(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row in islice(_rows(text, delimiter), _SAMPLE_ROWS) if row]
        return (widths.count(widths[0]) / len(widths), widths[0]) if widths and widths[0] > 1 else (0.0, 0)

    return max(_DELIMITERS, key=fit)


def looks_like_prose(text: str) -> bool:
    """Tell whether a text that is called a table is none: its first line is no header, and lines are cut into many widths."""
    rows = [row for row in islice(_rows(text, sniff_delimiter(text)), _SAMPLE_ROWS) if row]
    return bool(rows) and _names(rows[0]) is None and sum(len(row) == len(rows[0]) for row in rows) < 0.9 * len(rows)


def looks_like_table(text: str) -> bool:
    """Tell whether a text of unknown kind is a delimited table.

    Prose has commas too, so much is asked: at least two rows, all as wide as a header of short, distinct names that no blank sets
    apart from the delimiter, and a cell with text below.
    """
    delimiter = sniff_delimiter(text)
    rows = [row for row in islice(_rows(text, delimiter), _SAMPLE_ROWS) if row]
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return False
    names = _names(rows[0])
    if names is None or not all(names) or len(set(names)) < len(names) or [name.strip() for name in rows[0]] != rows[0]:
        return False
    return any(len(cell) > _LONGEST_NAME for row in rows[1:] for cell in row)


def read_rows(rows: Iterable[Sequence[str]], first_group: int = 0, marks: tuple[str, ...] = ()) -> Iterator[Piece]:
    """Yield the non-empty cells of a table, rows counting from `first_group`, fields named by the header.

    The header is the first row with a value beyond the first column, or the first row where none has; a title above it comes out
    as cells without a field. A row that holds text or begins with numbers is no header: then columns are named column_1,
    column_2, ... and so are those whose name is empty. A header without a row below it is values too, so that nothing is lost.
    Raises Unreadable where no row holds a value.
    """
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        raise Unreadable("a table with no row in it")
    title = next((number for number, row in enumerate(filled) if _is_wide(row)), 0)
    names = _names(filled[title]) if title + 1 < len(filled) else None
    for number, row in enumerate(filled):
        if number == title and names is not None:
            continue
        group = first_group + number - (number > title and names is not None)
        for column, cell in enumerate(row):
            if cell.strip():
                yield Piece(cell, "cell", group, None if number < title else _name(names, column, len(row)), marks)


def _is_wide(row: Sequence[str]) -> bool:
    return any(cell.strip() for cell in row[1:])


def _name(names: Sequence[str] | None, column: int, width: int) -> str | None:
    if names is not None and column < len(names) and names[column]:
        return names[column]
    return f"column_{column + 1}" if width > 1 else None


def _names(row: Sequence[str]) -> list[str] | None:
    """Return the column names in `row`, or None if it holds values."""
    names = [" ".join(cell.split()) for cell in row]
    if any(len(name) > _LONGEST_NAME or len(name.split()) > _MOST_WORDS or name[:1].isdigit() or ". " in name for name in names):
        return None
    return names


def _rows(text: str, delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    # The limit is one for the whole process; no cell can be longer than the file it is in.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    except csv.Error as error:
        raise Unreadable(f"broken table: {error}") from None
