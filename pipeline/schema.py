"""Row classes as Arrow schemas, and rows held against them: what a table's columns are, which may be null, which values are allowed."""

from __future__ import annotations

import datetime as dt
import types
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from functools import cache
from itertools import islice, pairwise, repeat
from operator import attrgetter, lt
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Literal,
    Protocol,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.tables import Partition


class Row(Protocol):
    """What every row class declares (see pipeline.tables)."""

    TABLE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]
    BY: ClassVar[Partition]
    __dataclass_fields__: ClassVar[dict[str, Any]]


R = TypeVar("R", bound=Row)
T = TypeVar("T")
# Columns of which the first is never above the second, in whatever table both stand; null says nothing.
IN_ORDER = (
    ("date_from", "date_to"), ("first_seen", "last_seen"), ("first_month", "last_month"),
    ("low", "best"), ("best", "high"), ("low", "high"),
    ("killed_low", "killed_best"), ("killed_best", "killed_high"), ("killed_low", "killed_high"),
    ("sentence_start", "start"), ("end", "sentence_end"),
)  # fmt: skip


class TableError(ValueError):
    """Rows break the contract, or a file holds another schema than the code; the message names table, column and value."""


@cache
def columns(row_class: Any) -> dict[str, tuple[Any, bool, tuple[str, ...], str]]:
    """Return, by column name, its plain type, whether it may be null, its closed list of values, and its description."""
    out: dict[str, tuple[Any, bool, tuple[str, ...], str]] = {}
    hints = get_type_hints(row_class, include_extras=True)
    for field in fields(row_class):
        hint, doc, nullable, values = hints[field.name], "", False, tuple[str, ...]()
        while get_origin(hint) is Annotated:
            doc = doc or str(hint.__metadata__[0])
            hint = get_args(hint)[0]
        while get_origin(hint) in (Union, types.UnionType):
            nullable = True
            hint = next(arg for arg in get_args(hint) if arg is not type(None))
            hint = get_args(hint)[0] if get_origin(hint) is Annotated else hint
        if get_origin(hint) is Literal:
            values, hint = get_args(hint), str
        out[field.name] = (hint, nullable, values, doc)
    return out


@cache
def schema(row_class: type[Row]) -> pa.Schema:
    """Return the Arrow schema of a table, each column's description in its field's metadata."""
    import pyarrow as pa

    arrow = {
        str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_(), dt.date: pa.date32(),
        tuple[str, ...]: pa.list_(pa.string()), tuple[int, ...]: pa.list_(pa.int64()),
    }  # fmt: skip
    return pa.schema(
        [pa.field(name, arrow[kind], nullable, {"description": doc}) for name, (kind, nullable, _, doc) in columns(row_class).items()]
    )


def from_columns(row_class: type[T], values: Mapping[str, Sequence[Any]]) -> list[T]:
    """Return the rows that have these values, column by column; a column left out raises AttributeError where it is asked for.

    Through the slots: a constructor that sets field by field takes three times as long.
    """
    length = len(next(iter(values.values()), ()))
    rows = list(map(object.__new__, repeat(row_class, length)))
    for name, column in values.items():
        deque(map(getattr(row_class, name).__set__, rows, column), maxlen=0)
    return rows


def to_arrow(rows: Iterable[R], row_class: type[R]) -> pa.Table:
    """Return the rows as an Arrow table, sorted by key.

    Raises TableError where a key stands twice, a value is null that may not be, or is none of the column's list.
    """
    import pyarrow as pa

    ordered, arrays = _ordered(list(rows), row_class), []
    for field in schema(row_class):
        values = list(map(attrgetter(field.name), ordered))
        array = pa.array(values, field.type)
        _check_column(row_class, field.name, values, array.null_count)
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=schema(row_class))


def _ordered(rows: list[R], row_class: type[R]) -> list[R]:
    """Return the rows sorted by key; raises TableError where two have the same."""
    key = attrgetter(*row_class.KEY)
    keys = list(map(key, rows))
    try:
        if all(map(lt, keys, islice(keys, 1, None))):
            return rows
        ordered = sorted(rows, key=key)
    except TypeError:  # a null in a key: it stands before what is there
        ordered = sorted(rows, key=lambda row: _sortable(key(row)))
    for one, other in pairwise(map(key, ordered)):
        if one == other:
            raise TableError(f"{row_class.TABLE}: two rows have the key {one!r} ({', '.join(row_class.KEY)})")
    return ordered


def _sortable(key: Any) -> tuple[Any, ...]:
    return tuple((part is not None, part) for part in (key if isinstance(key, tuple) else (key,)))


def _check_column(row_class: type[Row], name: str, values: Sequence[Any], nulls: int) -> None:
    _, nullable, allowed, _ = columns(row_class)[name]
    if nulls and not nullable:
        raise TableError(f"{row_class.TABLE}.{name} may not be null")
    if allowed and (odd := set(values) - set(allowed) - {None}):
        raise TableError(f"{row_class.TABLE}.{name} may be one of {', '.join(allowed)}; got {sorted(map(str, odd))}")
