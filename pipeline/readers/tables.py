"""Tables (CSV, TSV, JSON, JSON Lines, XLSX) -> one piece a non-empty cell, grouped by row."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.readers import Piece, Unreadable

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE_ROWS = 200
# A header cell is a name; the longest seen in the wild has 30 characters. Anything longer is text: the table has no header.
_LONGEST_NAME = 60
# Above this length a string beside a list of records is text of the record itself, so the list holds its paragraphs, not entries.
_LONGEST_LABEL = 80


def read_delimited(text: str, delimiter: str | None = None) -> Iterator[Piece]:
    """Yield the cells of a CSV or TSV text, row by row; quoted cells may hold line breaks.

    The first row names the columns, unless it holds text. Raises Unreadable where there is no row.
    """
    rows = _rows(text, delimiter or sniff_delimiter(text))
    yield from _cells((row for row in rows if any(cell.strip() for cell in row)), group=0)


def sniff_delimiter(text: str) -> str:
    """Return the delimiter that cuts most rows into as many cells as the first, the wider table winning; a comma if none cuts."""

    def fit(delimiter: str) -> tuple[float, int]:
        widths = [len(row) for row, _ in zip(_rows(text, delimiter), range(_SAMPLE_ROWS), strict=False) if row]
        if not widths or widths[0] < 2:
            return 0.0, 0
        return widths.count(widths[0]) / len(widths), widths[0]

    return max(_DELIMITERS, key=fit)


def looks_like_table(text: str) -> bool:
    """Tell whether a text of unknown kind is a delimited table: at least two rows, all as wide as a header of short, distinct names."""
    delimiter = sniff_delimiter(text)
    rows = [row for row, _ in zip(_rows(text, delimiter), range(_SAMPLE_ROWS), strict=False) if row]
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return False
    return _names(rows[0]) is not None


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    # The limit is one for the whole process; no cell can be longer than the file it is in.
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise Unreadable(f"broken table: {error}") from None


def _names(row: Sequence[str]) -> list[str] | None:
    """Return the column names in `row`, or None if it holds values: text, nothing but numbers, or the same twice."""
    names = [" ".join(cell.split()) for cell in row]
    named = [name for name in names if name]
    if not named or any(len(name) > _LONGEST_NAME or name[0].isdigit() for name in named):
        return None
    return names


def _cells(rows: Iterator[list[str]], group: int) -> Iterator[Piece]:
    first = next(rows, None)
    if first is None:
        raise Unreadable("holds no row")
    names = _names(first)
    second = next(rows, None)
    if names is None or second is None:
        # Values from the first row on: nothing that stands there may be lost as a name.
        yield from _row(first, [], group)
        group += 1
    for row in [second] if second is not None else []:
        yield from _row(row, names or [], group)
    for number, row in enumerate(rows, start=group + 1):
        yield from _row(row, names or [], number)


def _row(row: Sequence[str], names: Sequence[str], group: int) -> Iterator[Piece]:
    for column, cell in enumerate(row):
        if cell.strip():
            name = names[column] if column < len(names) and names[column] else f"column_{column + 1}" if len(row) > 1 else None
            yield Piece(cell, "cell", group, name)


class _Object(list[tuple[str, object]]):
    """A JSON object as its pairs: a key that stands there twice is kept twice."""


def read_json(text: str) -> Iterator[Piece]:
    """Yield the values of a JSON text: a record a group, wherever in the text the records stand.

    Records are the objects of a list, the objects under the keys of an object (the key becomes a cell named "key"), or the objects
    of a list inside a record, each with the plain values around it (`{"country": ..., "entries": [{...}, {...}]}`). Numbers are
    kept as written; null and NaN are empty cells. Raises Unreadable where the text is not JSON.
    """
    for group, cells in enumerate(_records(_parse(text))):
        for field, value in cells:
            yield Piece(value, "cell", group, field or None)


def read_json_lines(text: str) -> Iterator[Piece]:
    """Yield the values of a text with one JSON record a line; a line that is no JSON comes out as a line, marked "not_json"."""
    group = 0
    for line in text.split("\n"):
        if not line.strip():
            continue
        try:
            value = _parse(line)
        except Unreadable:
            yield Piece(line, "line", marks=("not_json",))
            continue
        for cells in _records(value):
            yield from (Piece(cell, "cell", group, field or None) for field, cell in cells)
            group += 1


def _parse(text: str) -> object:
    try:
        # Numbers stay strings: an integer of 5,000 digits is an error in Python, and 1.10 is not 1.1 when it is a date.
        return json.loads(text, object_pairs_hook=_Object, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise Unreadable(f"broken JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise Unreadable("broken JSON: nested too deeply") from None


type_Cells = list[tuple[str, str]]


def _records(value: object) -> Iterator[type_Cells]:
    if isinstance(value, _Object):
        if _is_map(value):
            for key, inner in value:
                for cells in _records(inner):
                    yield [("key", key), *cells]
        else:
            yield from _record(value)
    elif isinstance(value, list):
        for inner in value:
            yield from _records(inner)
    elif (cell := _scalar(value)) is not None:
        yield [("", cell)]


def _is_map(value: _Object) -> bool:
    """Tell a map of records from a record: every value holds records, and the records share a key."""
    inner = [item for _, item in value]
    if inner and all(isinstance(item, list) and not isinstance(item, _Object) and _all_objects(item) for item in inner):
        return True
    if len(inner) < 2 or not all(isinstance(item, _Object) for item in inner):
        return False
    keys = Counter(key for item in inner if isinstance(item, _Object) for key in {key for key, _ in item})
    return max(keys.values(), default=0) == len(inner)


def _all_objects(items: list[object]) -> bool:
    return bool(items) and all(isinstance(item, _Object) for item in items)


def _record(value: _Object) -> Iterator[type_Cells]:
    """Yield the record, or one record for each object of its one inner list of records, with the record's own values before it."""
    lists = [key for key, item in value if isinstance(item, list) and not isinstance(item, _Object) and _all_objects(item)]
    own = list(_flat("", _Object((key, item) for key, item in value if key not in lists)))
    inner = [item for key, item in value if key in lists]
    if len(lists) != 1 or not isinstance(inner[0], list) or len(inner[0]) < 2 or any(len(cell) > _LONGEST_LABEL for _, cell in own):
        yield list(_flat("", value))
        return
    for item in inner[0]:
        yield own + list(_flat(lists[0], item))


def _flat(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, _Object):
        for key, inner in value:
            yield from _flat(f"{path}.{key}" if path else key, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _flat(path, inner)
    elif (cell := _scalar(value)) is not None:
        yield path, cell


def _scalar(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) and value.strip() else None


def read_xlsx(data: bytes) -> Iterator[Piece]:
    """Yield the cells of every sheet, groups counting on from sheet to sheet; dates as ISO 8601, formulas as their last value.

    Each piece is marked "sheet=<name>". Raises Unreadable where the workbook cannot be opened.
    """
    raise Unreadable("xlsx: not yet")
