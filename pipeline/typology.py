"""The event typology: 73 types in ten families, with their counterparts in PLOVER, ACLED and CAMEO."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from pipeline import lexicon

_FILE = "typology.csv"


@dataclass(frozen=True, slots=True)
class EventType:
    """One type; `code` is its short name in annotations, the crosswalk columns say "none" where a system has no such event."""

    label: str
    code: str
    family: str
    definition: str
    plover: str
    quad: str
    acled: str
    cameo: str


@dataclass(frozen=True, slots=True)
class Typology:
    """The types by label, in the order of the file."""

    types: Mapping[str, EventType]

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the typology; raises LexiconError where the file is missing or gives a label or a code twice."""
        rows = [EventType(**row) for row in lexicon.read_csv(_FILE)]
        types = {row.label: row for row in rows}
        if len(types) != len(rows) or len({row.code for row in rows}) != len(rows):
            raise lexicon.LexiconError(f"{lexicon.FOLDER / _FILE}: a label or a code stands in two rows; keep each in one")
        return cls(types)

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the file the types are read from."""
        return lexicon.digest((_FILE,))

    def family(self, label: str) -> str:
        """Return the family of a type; raises KeyError for a label the typology does not have."""
        return self.types[label].family
