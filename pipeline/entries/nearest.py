"""What is known nearest to each place of a sequence in which only some places know anything."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def both_ways(values: Sequence[T | None]) -> tuple[list[T | None], list[T | None]]:
    """Return, for each place, the last known value up to it and the first from it on; None where there is none."""
    return _carried(values), _carried(values[::-1])[::-1]


def _carried(values: Sequence[T | None]) -> list[T | None]:
    last: T | None = None
    return [last := last if value is None else value for value in values]
