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
    """Words of kind, singular and plural, with the levels they mean, the likeliest first; words inside of names; other spellings."""

    kinds: Mapping[str, tuple[Level, ...]]
    joiners: frozenset[str]
    articles: tuple[str, ...]
    trades: tuple[tuple[str, str], ...]
    endings: tuple[tuple[str, str], ...]
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
        spelling = data["spelling"]
        return cls(
            kinds=kinds,
            joiners=frozenset(inside["joiners"]),
            articles=tuple(inside["articles"]),
            trades=tuple((old, new) for old, new in spelling["trades"]),
            endings=tuple((old, new) for old, new in spelling["endings"]),
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
