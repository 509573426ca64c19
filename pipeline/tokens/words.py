"""The words the `tokens` stage knows: what to expand, what ends no sentence, what holds a date in place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon

FILES = ("tokens.toml",)


@dataclass(frozen=True, slots=True)
class TokenWords:
    """`lexicon/tokens.toml`, ready for look-up."""

    expand: Mapping[str, str]
    abbreviations: frozenset[str]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]

    @classmethod
    def load(cls) -> TokenWords:
        """Return the words; raises LexiconError where the file is missing or broken."""
        return _load()

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the file behind the words."""
        return lexicon.digest(FILES)


@cache
def _load() -> TokenWords:
    data = lexicon.read_toml(FILES[0])
    return TokenWords(
        expand={short: full for short, full in data["expand"].items() if isinstance(full, str)},
        abbreviations=frozenset(data["abbreviations"]["words"]),
        prepositions=frozenset(data["prepositions"]["words"]),
        conjunctions=frozenset(data["conjunctions"]["words"]),
    )
