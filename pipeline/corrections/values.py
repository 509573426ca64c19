"""A column's value from its text and back."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args, get_origin

from pipeline import store

ROW = "row"
SPAN = ("start", "end")
# What Arrow's 64-bit columns hold.
LEAST, MOST = -(2**63), 2**63 - 1


class Unfit(ValueError):  # noqa: N818
    """A correction does not fit the rows as they are now; the message says why."""


def value_of(row_class: type[store.Row], column: str, written: str | None) -> Any:
    """Return a column's value from its text; raises Unfit where the column cannot hold it."""
    kind, nullable, allowed, _ = store.columns(row_class)[column]
    if written is None:
        if not nullable:
            raise Unfit(f"{row_class.TABLE}.{column} may not be empty")
        return None
    if allowed and written not in allowed:
        raise Unfit(f"{row_class.TABLE}.{column} may be one of {', '.join(allowed)}, not {written!r}")
    try:
        if get_origin(kind) is tuple:
            return tuple(get_args(kind)[0](part.strip()) for part in written.split(";"))
        if kind is bool:
            return {"true": True, "false": False}[written.lower()]
        if kind is dt.date:
            return _date(written, first=column == "month")
        value = kind(written)
        if kind in (int, float) and not LEAST <= value <= MOST:
            raise ValueError(written)
        return value
    except (KeyError, ValueError):
        raise Unfit(f"{row_class.TABLE}.{column} holds a {kind.__name__}, not {written!r}") from None


def _date(written: str, *, first: bool) -> dt.date:
    """Return a date; with `first`, a month as 2024-05 or by its first day, nothing else."""
    day = dt.date.fromisoformat(f"{written}-01" if first and len(written) == len("2024-05") else written)
    if first and day.day != 1:
        raise ValueError(written)
    return day


def written(value: Any) -> str | None:
    """Return a value as `corrections.csv` writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return "; ".join(map(str, value)) if isinstance(value, tuple) else None if value is None else str(value)
