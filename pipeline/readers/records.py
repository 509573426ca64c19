"""JSON and JSON Lines -> one piece a value, grouped by record, wherever in the text the records stand."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from typing import TypeGuard

from pipeline.readers import Piece, Unreadable
from pipeline.readers.tables import read_rows

# A string longer than this beside a list of records is text of the record itself: the list holds its paragraphs, not entries.
_LONGEST_LABEL = 80
_SENTENCE_WORDS = 5
_DEEPEST = 100


class _Object(list[tuple[str, object]]):
    """A JSON object as its pairs: a key that stands there twice is kept twice."""


_Cells = list[tuple[str, str]]


def read_json(text: str) -> Iterator[Piece]:
    """Yield the values of a JSON text as cells, a record a group, the field its key path ("entries.title").

    Records are the objects of a list; the objects under the keys of an object, the key becoming a cell named "key" ("key.key" below
    another); and the objects of a list at any depth inside a record, each with the short values around it
    (`{"country": ..., "entries": [{...}, {...}]}`). Tables written by column or as a list of rows are turned into records. Numbers
    are kept as written; null and NaN are empty cells. Raises Unreadable where the text is not JSON.
    """
    value = _parse(text)
    if _is_rows(value):
        yield from read_rows([[cell if isinstance(cell, str) else "" for cell in row] for row in value])
        return
    for group, cells in enumerate(_records(value, 0)):
        for field, cell in cells:
            yield Piece(cell, "cell", group, field or None)


def read_json_lines(text: str) -> Iterator[Piece]:
    """Yield the values of a text with one JSON record a line, as `read_json` does.

    A line that is no JSON comes out as it is, with kind "line" and the repair "line_not_json". Raises Unreadable where no line is JSON.
    """
    group, broken = 0, []
    for line in text.split("\n"):
        try:
            records = list(_records([_parse(line)], 0)) if line.strip() else []
        except Unreadable:
            broken.append(Piece(line, "line", repairs=("line_not_json",)))
            yield broken[-1]
            continue
        for cells in records:
            yield from (Piece(cell, "cell", group, field or None) for field, cell in cells)
            group += 1
    if broken and not group:
        raise Unreadable("broken JSON Lines: no line is a JSON record")


def looks_like_json(text: str) -> bool:
    """Tell whether the text is one JSON object or list."""
    try:
        return text.lstrip()[:1] in {"[", "{"} and isinstance(_parse(text), list)
    except Unreadable:
        return False


def looks_like_json_lines(text: str) -> bool:
    """Tell whether the first two lines that are not blank are a JSON object each."""
    lines = [line for line in islice(text.split("\n"), 1000) if line.strip()][:2]
    return len(lines) == 2 and all(line.lstrip()[:1] == "{" and looks_like_json(line) for line in lines)


def _parse(text: str) -> object:
    try:
        # Numbers stay strings: an integer of 5,000 digits is an error in Python, and 2023.10 would become another month.
        return json.loads(text, strict=False, object_pairs_hook=_Object, parse_int=str, parse_float=str, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise Unreadable(f"broken JSON: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise Unreadable("broken JSON: nested too deeply") from None


def _records(value: object, depth: int) -> Iterator[_Cells]:
    if depth > _DEEPEST:
        raise Unreadable("broken JSON: nested too deeply")
    if isinstance(value, _Object):
        if (turned := _turned(value)) is not None:
            yield from _records(turned, depth + 1)
        elif _is_map(value, depth):
            for key, inner in value:
                yield from ([("key", key), *_deeper(cells)] for cells in _records(inner, depth + 1))
        else:
            yield from _record(value, depth)
    elif isinstance(value, list):
        for inner in value:
            # What stands in a list is a record, whatever it looks like.
            yield from _record(inner, depth + 1) if isinstance(inner, _Object) else _records(inner, depth + 1)
    elif (cell := _scalar(value)) is not None:
        yield [("", cell)]


def _deeper(cells: _Cells) -> _Cells:
    """Return cells below a key: the keys among them are named "key.key", so that months and countries stay two columns."""
    return [(f"key.{field}" if field.rpartition(".")[2] == "key" else field, cell) for field, cell in cells]


def _turned(table: _Object) -> list[object] | None:
    """Return the records of a table written by column, `{"a": ["x", "y"]}` or `{"a": {"0": "x", "1": "y"}}`, or None if it is none."""
    columns = [list(inner) if isinstance(inner, list) else [] for _, inner in table]
    width = len(columns[0]) if columns else 0
    if len(columns) < 2 or width < 2 or any(len(column) != width for column in columns):
        return None
    by_key = all(isinstance(inner, _Object) for _, inner in table)
    if by_key:
        keys = [[key for key, _ in column] for column in columns]
        if any(names != keys[0] for names in keys) or not all(key.isdigit() for key in keys[0]):
            return None
        columns = [[item for _, item in column] for column in columns]
    if any(isinstance(item, list) for column in columns for item in column) or any(
        isinstance(inner, _Object) != by_key for _, inner in table
    ):
        return None
    return [_Object((key, column[row]) for (key, _), column in zip(table, columns, strict=True)) for row in range(width)]


def _is_rows(value: object) -> TypeGuard[list[list[object]]]:
    """Tell whether the value is a list of rows: `[["country", "month"], ["Nepal", "May 2024"]]`."""
    if not isinstance(value, list) or isinstance(value, _Object) or len(value) < 2:
        return False
    return all(isinstance(row, list) and not isinstance(row, _Object) and not any(isinstance(cell, list) for cell in row) for row in value)


def _is_map(value: _Object, depth: int) -> bool:
    """Tell a map of records from a record: every value is a list of records or a map, or all are records that share a key."""
    if depth > _DEEPEST:
        raise Unreadable("broken JSON: nested too deeply")
    inner = [item for _, item in value]
    if inner and all(_is_list_of_records(item) or (isinstance(item, _Object) and _is_map(item, depth + 1)) for item in inner):
        return True
    keys = [{key for key, _ in item} for item in inner if isinstance(item, _Object)]
    return len(inner) > 1 and len(keys) == len(inner) and bool(set.intersection(*keys))


def _is_list_of_records(value: object) -> bool:
    return isinstance(value, list) and not isinstance(value, _Object) and bool(value) and all(isinstance(item, _Object) for item in value)


def _record(value: _Object, depth: int) -> Iterator[_Cells]:
    """Yield the record; or where a list of records stands somewhere inside it those records, each with the short values around it.

    Of several lists only those with text in them are entries; then the key of a list is a cell named "key", as in a map.
    """
    inner = [index for index, (_, item) in enumerate(value) if _holds_records(item, depth)]
    if long := [index for index in inner if _is_long(value[index][1])]:
        # With them a list of one: a region that had one entry in a month.
        inner = [index for index, (_, item) in enumerate(value) if index in long or (_is_list_of_records(item) and _is_long(item))]
    elif len(inner) > 1:
        inner = []
    own = [cell for index, (key, item) in enumerate(value) if index not in inner for cell in _flat(key, item)]
    if not inner or any(_is_text(cell) for _, cell in own):
        yield list(_flat("", value))
        return
    for index in inner:
        key, item = value[index]
        for cells in _inside(item, depth + 1):
            yield own + (
                [("key", key), *_deeper(cells)] if len(inner) > 1 else [(f"{key}.{field}" if field else key, cell) for field, cell in cells]
            )


def _inside(value: object, depth: int) -> Iterator[_Cells]:
    """Yield the records of a list of records, or of an object that holds one."""
    if isinstance(value, _Object):
        yield from _records(value, depth)
    elif isinstance(value, list):
        for item in value:
            yield from _record(item, depth)


def _holds_records(value: object, depth: int) -> bool:
    """Tell whether the value is a list of several records, or one record with such a list at any depth."""
    if depth > _DEEPEST:
        raise Unreadable("broken JSON: nested too deeply")
    if isinstance(value, _Object):
        return any(_holds_records(item, depth + 1) for _, item in value)
    if not isinstance(value, list) or not _is_list_of_records(value):
        return False
    return _holds_records(value[0], depth + 1) if len(value) == 1 else not _are_paragraphs(value)


def _are_paragraphs(values: list[object]) -> bool:
    """Tell whether the objects are no records: a text each, and nothing beside it."""
    return all(isinstance(item, _Object) and len(item) == 1 and isinstance(item[0][1], str) and _is_text(item[0][1]) for item in values)


def _is_long(value: object) -> bool:
    return any(_is_text(cell) for _, cell in _flat("", value))


def _is_text(cell: str) -> bool:
    """Tell a text, a sentence at least, from a label."""
    return len(cell) > _LONGEST_LABEL or (cell.rstrip()[-1:] in {".", "!", "?"} and len(cell.split()) >= _SENTENCE_WORDS)


def _flat(path: str, value: object, depth: int = 0) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        raise Unreadable("broken JSON: nested too deeply")
    if isinstance(value, _Object):
        for key, inner in value:
            yield from _flat(f"{path}.{key}" if path else key, inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _flat(path, inner, depth + 1)
    elif (cell := _scalar(value)) is not None:
        yield path, cell


def _scalar(value: object) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) and value.strip() else None
