"""What the columns of a row are to one another: which may not be above which, and which bounds a corrected number takes along."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from pipeline.schema import IN_ORDER

BEST = ("best", "killed_best")


def disorder(row: Any, corrected: Collection[str]) -> str:
    """Return which corrected column contradicts another, and which to correct too; of a row that is new, with none named, any column.

    The empty string where all are in order.
    """
    for first, second in IN_ORDER:
        low, high = getattr(row, first, None), getattr(row, second, None)
        if low is not None and high is not None and low > high and (not corrected or not {first, second}.isdisjoint(corrected)):
            return f"{first} {low} is greater than {second} {high}: correct {second if first in corrected else first} too"
    return ""


def linked(column: str) -> set[str]:
    """Return the columns that a column is in order with, directly or through others, itself among them."""
    found = {column}
    while more := {name for pair in IN_ORDER for name in pair if not found.isdisjoint(pair)} - found:
        found |= more
    return found


def bounds_along(row: Any, values: Mapping[str, Any], given: Collection[str]) -> dict[str, Any]:
    """Return the bounds that were the same number as a corrected best one, as the new number; those `given` lines of their own stay."""
    new: dict[str, Any] = {}
    for best in values.keys() & set(BEST):
        if values[best] is not None and (old := getattr(row, best)) is not None:
            bounds = linked(best) - {best, *given}
            new |= {bound: values[best] for bound in bounds if getattr(row, bound, None) == old}
    return new
