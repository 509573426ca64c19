"""The words beside and inside of place names (`lexicon/place_words.toml`), and the names and offices of people, which places share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from pipeline import lexicon
from pipeline.spelling import fold
from pipeline.tables import Level

_FILE = "place_words.toml"
_ACTORS = "actors.csv"
_ROLES = "actor_roles.toml"


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words of kind, singular and plural, with the levels they mean, the likeliest first; words inside of names.

    `actors` says of a folded name that it is a well-known person's (`person`) or body's (`body`), `offices` are titles before a
    person's name, `personal` what is done to or had by persons sooner than places; `months` could be places by their looks.
    `hosts` are towns known worldwide for a body or for talks, with their countries; `bodies` end names of no place, singular and plural;
    `compass` are its points.
    """

    kinds: Mapping[str, tuple[Level, ...]]
    joiners: frozenset[str]
    tails: frozenset[str]
    beside: frozenset[str]
    actors: Mapping[str, str]
    offices: frozenset[str]
    personal: frozenset[str]
    months: frozenset[str]
    hosts: Mapping[str, str]
    bodies: frozenset[str]
    compass: frozenset[str]

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
            actors=_actors(),
            offices=_offices(),
            personal=frozenset(data["personal"]["words"]),
            months=frozenset(data["months"]["words"]),
            hosts={fold(name): iso3 for name, iso3 in data["hosts"]["towns"].items()},
            bodies=frozenset(form for word in data["bodies"]["words"] for form in (word, _plural(word))),
            compass=frozenset(data["compass"]["words"]),
        )

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the files behind the words."""
        return lexicon.digest((_FILE, _ACTORS, _ROLES))


@cache
def _read() -> dict[str, Any]:
    return lexicon.read_toml(_FILE)


def _actors() -> dict[str, str]:
    """Return the names of well-known participants, folded; a name that both a person and a body bear is the person's."""
    found: dict[str, str] = {}
    for row in lexicon.read_csv(_ACTORS):
        if row["surname"]:
            found[fold(row["surname"])] = "person"
        else:
            for name in (row["name"], *row["aliases"].split("|")):
                found.setdefault(fold(name), "body")
    found.pop("", None)
    return found


def _offices() -> frozenset[str]:
    """Return the titles of one word that a person holds: `president`, `colonel`."""
    roles = lexicon.read_toml(_ROLES)
    nouns = (noun for sorts in roles.values() for sort, group in sorts.items() if sort == "office" for noun in group["nouns"])
    return frozenset(noun for noun in nouns if " " not in noun)


def _plural(word: str) -> str:
    if word.endswith(("ss", "ch", "x")):
        return f"{word}es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}s"
