"""The words beside and inside of place names, as `lexicon/place_words.toml` has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from pipeline import lexicon
from pipeline.tables import Level

_FILE = "place_words.toml"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words of kind, singular and plural, with the levels they mean, the likeliest first; words inside of names."""

    kinds: Mapping[str, tuple[Level, ...]]
    joiners: frozenset[str]
    tails: frozenset[str]
    beside: frozenset[str]

    @classmethod
    def load(cls) -> Self:
        """Return the words; raises LexiconError where the file is missing or broken."""
        data = _read()
        kinds: dict[str, tuple[Level, ...]] = {}
        for level in ("admin1", "admin2", "settlement", "site", "area"):
            for word in data["kinds"][level]:
                for form in (word, _plural(word)):
                    kinds[form] = (*kinds.get(form, ()), level)
        inside = data["inside"]
        return cls(
            kinds=kinds,
            joiners=frozenset(inside["joiners"]),
            tails=frozenset(data["tails"]["words"]),
            beside=frozenset(data["beside"]["words"]),
        )

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the file behind the words."""
        return lexicon.digest((_FILE,))


@cache
def _read() -> dict[str, Any]:
    return lexicon.read_toml(_FILE)


def _plural(word: str) -> str:
    if word.endswith(("ss", "ch", "x")):
        return f"{word}es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"
