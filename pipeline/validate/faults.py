"""What the checks find: a fault a row, with what is wrong and what to do, gathered so that a million of one kind stay readable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

AGAIN = "run `crisiswatch run --force`; if it stays, report the entry"
# Of one kind of fault in one table so many are kept; all are counted.
KEPT = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that breaks a rule: its table, month (or file), key, what is wrong, and the remedy."""

    table: str
    part: str
    key: str
    rule: str
    what: str
    remedy: str = AGAIN


@dataclass(slots=True)
class Faults:
    """The faults of all tables; `counts` by table and rule goes on counting where `rows` is full."""

    rows: list[Fault] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, faults: Iterable[Fault]) -> None:
        """Take in faults."""
        for fault in faults:
            self.counts[fault.table, fault.rule] += 1
            if self.counts[fault.table, fault.rule] <= KEPT:
                self.rows.append(fault)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def key_of(columns: Sequence[str], values: Iterable[Any]) -> str:
    """Return a row's key as it is printed: "entry_id=3f2a start=12"."""
    return " ".join(f"{name}={value}" for name, value in zip(columns, values, strict=True))
