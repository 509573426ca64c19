"""The words of the `actors` stage: well-known participants by name, and nouns that denote participants."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Self, cast, get_args

from pipeline import lexicon
from pipeline.spelling import fold, plain
from pipeline.tables import ActorType

_ROLES = "actor_roles.toml"
_NAMES = "actors.csv"
_EVENTS = "events.toml"
_NATIONS = "actor_nations.toml"
TYPES = frozenset(get_args(ActorType))
# An alias as short as this is matched only as written, capitals included: folded, `is`, `cut` and `ant` would be groups.
_SHORT = 6
# Words of the longest role noun.
_LONGEST_ROLE = 5


@dataclass(frozen=True, slots=True)
class Role:
    """What a noun says of the participant it denotes: its type, and whether it is an office, an organ, people or a vessel."""

    type: ActorType
    sort: str
    words: str


@dataclass(frozen=True, slots=True)
class Known:
    """A well-known participant as it is from `begins` to `ends`, both inclusive, null where open; a person has a `surname`."""

    name: str
    surname: str
    aliases: tuple[str, ...]
    type: ActorType
    iso3: str | None
    begins: dt.date | None
    ends: dt.date | None

    def distance(self, month: dt.date | None) -> int:
        """Return how many days the month lies outside of the row's span; 0 where they share a day or the month is unknown."""
        if month is None:
            return 0
        before = (self.begins - month).days - 27 if self.begins else 0
        after = (month - self.ends).days if self.ends else 0
        return max(before, after, 0)

    def at(self, month: dt.date | None) -> Self:
        """Return the row as of that month: a member of government before or after the term is a politician."""
        return replace(self, type="party") if self.surname and self.type == "government" and self.distance(month) else self


@dataclass(frozen=True, slots=True)
class Context:
    """What decides between namesakes: the month, the entry's own countries and those it has to do with (named, neighbours)."""

    month: dt.date | None
    home: frozenset[str]
    near: frozenset[str]

    def rank(self, iso3: str | None) -> int:
        """Return 0 for what belongs to the entry's own countries, 1 to none, 2 to a country near, 3 to any other."""
        return 1 if iso3 is None else 0 if iso3 in self.home else 2 if iso3 in self.near else 3


@dataclass(frozen=True, slots=True)
class ActorWords:
    """Names and roles, indexed for the search: `names` by folded words, `roles` by words in lower case, which end on `endings`.

    `blocs` are of no one country. Adjectives: `stateless` ones say so of a participant, `sided` ones whose side it is on, `partial` ones
    that it is not the state itself. Of `numerous` organs a state has many.
    """

    names: Mapping[tuple[str, ...], tuple[tuple[str, Known], ...]]
    lengths: Mapping[str, tuple[int, ...]]
    shared: frozenset[str]
    roles: Mapping[tuple[str, ...], Role]
    predicates: Mapping[str, tuple[str, ...]]
    endings: frozenset[str]
    stateless: frozenset[str] = frozenset()
    blocs: frozenset[str] = frozenset()
    sided: frozenset[str] = frozenset()
    partial: frozenset[str] = frozenset()
    numerous: frozenset[str] = frozenset()

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the files; raises LexiconError where one is missing, torn, or says what cannot be used."""
        groups = lexicon.read_toml(_NATIONS)
        stateless, blocs, sided, partial, numerous = (
            frozenset(groups[name]["words"]) for name in ("stateless", "blocs", "sided", "partial", "numerous")
        )
        plain_words = cls.of(_known(), _roles(), _predicates())
        return replace(plain_words, stateless=stateless, blocs=blocs, sided=sided, partial=partial, numerous=numerous)

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the files the words are read from."""
        return lexicon.digest((_NAMES, _ROLES, _EVENTS, _NATIONS))

    @classmethod
    def of(cls, known: Iterable[Known], roles: Iterable[tuple[str, Role]], predicates: Mapping[str, tuple[str, ...]]) -> Self:
        """Index rows and roles; the first group that names a noun keeps it. `shared` are names that two countries have."""
        names: defaultdict[tuple[str, ...], list[tuple[str, Known]]] = defaultdict(list)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        homes: defaultdict[str, set[str | None]] = defaultdict(set)
        for row in known:
            homes[row.name].add(row.iso3)
            for alias in dict.fromkeys(filter(None, (row.name, row.surname, *row.aliases))):
                words = tuple(fold(alias).split())
                names[words].append((alias, row))
                lengths[words[0]].add(len(words))
        by_words: dict[tuple[str, ...], Role] = {}
        for noun, role in roles:
            by_words.setdefault(role_key(noun.split()), role)
        return cls(
            {words: tuple(rows) for words, rows in names.items()},
            {word: tuple(sorted(sizes, reverse=True)) for word, sizes in lengths.items()},
            frozenset(name for name, codes in homes.items() if len(codes) > 1),
            by_words,
            predicates,
            frozenset(key[-1] for key in by_words),
        )

    def role(self, words: Sequence[str], lemmas: Sequence[str]) -> tuple[Role, int] | None:
        """Return the role of the longest noun that the phrase ends on, and how many words it has; None if there is none."""
        return self.role_of_keys(role_key(words[-_LONGEST_ROLE:]), role_key(lemmas[-1:]))

    def role_of_keys(self, words: tuple[str, ...], last: tuple[str, ...]) -> tuple[Role, int] | None:
        """Return the same, of words as the index has them and the base form of the last one."""
        if not words or (words[-1] not in self.endings and last[0] not in self.endings):
            return None
        keys = words[-_LONGEST_ROLE:]
        for size in range(len(keys), 0, -1):
            tail = keys[-size:]
            if found := self.roles.get(tail) or self.roles.get(tail[:-1] + last):
                return found, size
        return None

    def named(self, words: tuple[str, ...], text: str, context: Context) -> Known | None:
        """Return the participant of that name in that context, as of its month; None if there is none.

        `words` are the folded words of `text`. A short name must be written as the file writes it, any other with a capital.
        Short names, surnames and names that end on a common noun ("Labour Party") hold only where their country has to do with
        the entry; those that are nothing but a common noun ("Presidential Council") only in its own entries.
        """
        rows = [(alias, row) for alias, row in self.names.get(words, ()) if _written_as(alias, text)]
        if not rows:
            return None
        ending = self.role(text.split(), text.split())
        most = 1 if ending and ending[1] == len(words) else 2 if ending else 3
        fitting = [
            row
            for alias, row in rows
            if context.rank(row.iso3) <= (min(most, 2) if len(alias) <= _SHORT or alias == row.surname or row.name in self.shared else most)
        ]
        if not fitting:
            return None
        best = min(fitting, key=lambda row: (context.rank(row.iso3), row.distance(context.month), -(row.begins or dt.date.min).toordinal()))
        return best.at(context.month)


def role_key(words: Sequence[str]) -> tuple[str, ...]:
    """Return the words as the index has them."""
    return tuple(plain(word).lower() for word in words)


def _written_as(alias: str, text: str) -> bool:
    if len(alias) <= _SHORT and alias[:2].isupper():
        return plain(alias) == plain(text)
    return any(char.isupper() for char in text)


def _known() -> Iterator[Known]:
    for line, row in enumerate(lexicon.read_csv(_NAMES), start=2):
        where = f"{lexicon.FOLDER / _NAMES}, line {line}"
        if row["type"] not in TYPES:
            raise lexicon.LexiconError(f"{where}: {row['type']!r} is no type of actor; use one of {', '.join(sorted(TYPES))}")
        try:
            begins, ends = (dt.date.fromisoformat(row[c]) if row[c] else None for c in ("from", "to"))
        except ValueError as error:
            raise lexicon.LexiconError(f"{where}: {error}; give from and to as YYYY-MM-DD or leave them empty") from None
        yield Known(
            name=row["name"],
            surname=row["surname"],
            aliases=tuple(alias for alias in row["aliases"].split("|") if alias),
            type=cast("ActorType", row["type"]),
            iso3=row["iso3"] or None,
            begins=begins,
            ends=ends,
        )


def _roles() -> Iterator[tuple[str, Role]]:
    for kind, sorts in lexicon.read_toml(_ROLES).items():
        if kind not in TYPES:
            raise lexicon.LexiconError(f"{lexicon.FOLDER / _ROLES}: [{kind}] is no type of actor; use one of {', '.join(sorted(TYPES))}")
        for sort, group in sorts.items():
            for noun in group["nouns"]:
                yield noun, Role(cast("ActorType", kind), sort, noun)


def _predicates() -> dict[str, tuple[str, ...]]:
    """Return the types of event that a verb or noun may name, by the words of the events stage."""
    types: defaultdict[str, set[str]] = defaultdict(set)
    for kind, group in lexicon.read_toml(_EVENTS).items():
        for word in (*group.get("verbs", ()), *group.get("nouns", ())):
            types[word].add(kind)
    return {word: tuple(sorted(kinds)) for word, kinds in types.items()}
