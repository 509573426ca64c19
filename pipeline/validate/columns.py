"""What holds for one file of any table by the names and types of its columns: no rule here knows a table."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from pipeline import store
from pipeline.schema import IN_ORDER
from pipeline.validate.faults import Fault, key_of

# Lowest and highest value of columns of these names; other whole numbers are counts, codes or offsets, from 0.
BETWEEN = {
    "lat": (-90.0, 90.0), "lon": (-180.0, 180.0), "geo_precision": (1, 7), "confidence": (0.0, 1.0), "month_confidence": (0.0, 1.0),
    "probability": (0.0, 1.0),
}  # fmt: skip
COUNTRIES = ("iso3", "countries")


def column_faults(table: Any, row_class: type[store.Row], part: str) -> Iterator[Fault]:
    """Yield the faults of one file's rows, each column held against its declaration and against its neighbours.

    Nulls where none may be are not looked for: Parquet itself refuses them in a file with the declared columns.
    """
    yield from _key_faults(table, row_class, part)
    for name, (kind, _, values, _) in store.columns(row_class).items():
        column = table[name]
        if values:
            yield from _at(table, row_class, part, "closed list", _outside(column, values), _says(name, f"is none of {', '.join(values)}"))
        if kind is int or name in BETWEEN:
            low, high = BETWEEN.get(name, (0, None))
            yield from _at(table, row_class, part, "range", _beyond(column, low, high), _says(name, _wanted(low, high)))
        if name == "month" and part != store.UNKNOWN:
            yield from _at(table, row_class, part, "month", _wrong_months(column, row_class, part), _says(name, _month(row_class, part)))
        if name in COUNTRIES:
            yield from _country_faults(table, row_class, part, name)
    yield from _order_faults(table, row_class, part)


def _key_faults(table: Any, row_class: type[store.Row], part: str) -> Iterator[Fault]:
    """Yield rows out of order and rows whose key stands twice."""
    keys = list(zip(*(_values(table[name]) for name in row_class.KEY), strict=True))
    if not any(table[name].null_count for name in row_class.KEY) and all(map(operator.lt, keys, keys[1:])):
        return  # in order and each once, as nearly always
    sortable = [tuple((value is not None, value) for value in key) for key in keys]
    for number, (one, other) in enumerate(pairwise(sortable), start=1):
        if other <= one:
            rule, what = ("unique key", "the key stands twice") if other == one else ("order", "the row is not in order of key")
            yield Fault(row_class.TABLE, part, key_of(row_class.KEY, keys[number]), rule, what)


def _values(column: Any) -> list[Any]:
    """Return a column's values as Python objects, strings the fast way."""
    import pyarrow.types as types

    text = types.is_string(column.type) or (types.is_integer(column.type) and not column.null_count)
    values: list[Any] = column.to_numpy(zero_copy_only=False).tolist() if text else column.to_pylist()
    return values


def _order_faults(table: Any, row_class: type[store.Row], part: str) -> Iterator[Fault]:
    import pyarrow.compute as pc

    names = set(table.column_names)
    for first, second in IN_ORDER:
        if {first, second} <= names:
            wrong = pc.greater(table[first], table[second])
            yield from _at(table, row_class, part, "order of values", wrong, _pair(first, second))
    if {"start", "end"} <= names:
        yield from _at(table, row_class, part, "empty span", pc.greater_equal(table["start"], table["end"]), _pair("start", "end"))


def _country_faults(table: Any, row_class: type[store.Row], part: str, name: str) -> Iterator[Fault]:
    import pyarrow as pa
    import pyarrow.compute as pc

    from pipeline.countries import Countries

    known = pa.array(sorted(Countries.load().by_iso3))
    column = table[name]
    flat, rows = (pc.list_flatten(column), pc.list_parent_indices(column)) if column.type.num_fields else (column, None)
    odd = pc.and_(pc.is_valid(flat), pc.invert(pc.is_in(flat, value_set=known)))
    if rows is not None:
        odd = pc.is_in(pa.array(range(table.num_rows), pa.int64()), value_set=pc.unique(pc.filter(rows, odd)).cast(pa.int64()))
    yield from _at(table, row_class, part, "country", odd, _says(name, "is no ISO 3166-1 alpha-3 code this project knows"))


def _outside(column: Any, values: tuple[str, ...]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.and_(pc.is_valid(column), pc.invert(pc.is_in(column, value_set=pa.array(values))))


def _beyond(column: Any, low: float, high: float | None) -> Any:
    import pyarrow.compute as pc

    below = pc.less(column, low)
    return below if high is None else pc.or_(below, pc.greater(column, high))


def _wrong_months(column: Any, row_class: type[store.Row], part: str) -> Any:
    """Tell which months are not the first of a month or, where there is a file a month, not that of the file."""
    import pyarrow.compute as pc

    if row_class.BY == "month":
        return pc.not_equal(pc.strftime(column, "%Y-%m-%d"), f"{part}-01")
    return pc.not_equal(pc.day(column), 1) if str(column.type).startswith("date") else pc.less(0, 0)


def _at(table: Any, row_class: type[store.Row], part: str, rule: str, wrong: Any, say: Callable[[dict[str, Any]], str]) -> Iterator[Fault]:
    """Yield a fault for each row where `wrong` is true; null is not wrong."""
    import pyarrow.compute as pc

    if not pc.any(wrong).as_py():
        return
    for row in table.filter(pc.fill_null(wrong, False)).to_pylist():
        yield Fault(row_class.TABLE, part, key_of(row_class.KEY, (row[name] for name in row_class.KEY)), rule, say(row))


def _says(name: str, what: str) -> Callable[[dict[str, Any]], str]:
    return lambda row: f"{name} {'null' if row[name] is None else row[name]} {what}"


def _pair(first: str, second: str) -> Callable[[dict[str, Any]], str]:
    return lambda row: f"{first} {row[first]} is greater than {second} {row[second]}"


def _wanted(low: float, high: float | None) -> str:
    return f"is not between {low:g} and {high:g}" if high is not None else "is negative"


def _month(row_class: type[store.Row], part: str) -> str:
    return f"is not the month of its file, {part}" if row_class.BY == "month" else "is not the first day of a month"
