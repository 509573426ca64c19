"""The filters of a question, as conditions on the index; names are looked up first, so that a misspelt one is told, not searched."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from pipeline import asked, lexicon
from pipeline.spelling import fold
from pipeline.tables import HarmKind
from pipeline.typology import Typology

Order = Literal["best", "newest", "oldest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked for; several values of one filter widen it, different filters narrow it.

    With `type` or `family`, the other filters on facts must hold of that same event; without, of the entry.
    """

    words: str = ""
    situation: Sequence[str] = ()
    since: str | None = None
    until: str | None = None
    type: Sequence[str] = ()
    family: Sequence[str] = ()
    actor: Sequence[str] = ()
    place: Sequence[str] = ()
    kind: Sequence[str] = ()
    superseded: bool = False
    order: Order | None = None
    limit: int = 20


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in SQL on entries `e` or events `v`, and the values of its marks."""

    sql: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question's filters: what must hold of entries, of their events, and which `facts` show why an entry answers."""

    entries: tuple[Condition, ...]
    events: tuple[Condition, ...]
    mentions: Condition | None


def read_filters(question: Question, connection: sqlite3.Connection) -> Wanted:
    """Return the filters as conditions; raises NotKnown for a name there is not."""
    types, facts = _types(question), list(_facts(question, connection))
    own, name = ("v.id", "event") if types else ("e.id", "entry")
    # Asked of the whole index, what has a fact is best listed once; asked of one entry's events, it is looked up.
    listed = [_within(f"{own} IN (SELECT {name} FROM facts WHERE", fact, ")") for fact in facts]
    events = [*types, *(_within("EXISTS (SELECT 1 FROM facts WHERE", fact, " AND entry = v.entry AND event = v.id)") for fact in facts)]
    if types:
        told = joined([*types, *listed])
        listed = [Condition(f"e.id IN (SELECT v.entry FROM events v WHERE {told.sql})", told.values)]
    mentions = joined([_within("(", fact, ")") for fact in facts], " OR ") if facts else None
    return Wanted((*_of_entries(question, connection), *listed), tuple(events), mentions)


def joined(conditions: Sequence[Condition], by: str = " AND ") -> Condition:
    """Return conditions as one."""
    values = tuple(value for condition in conditions for value in condition.values)
    return Condition(by.join(condition.sql for condition in conditions) or "true", values)


def _of_entries(question: Question, connection: sqlite3.Connection) -> Iterator[Condition]:
    if not question.superseded:
        yield Condition("e.current")
    if question.situation:
        known = [name for (name,) in connection.execute("SELECT DISTINCT situation FROM entries WHERE situation IS NOT NULL")]
        yield _among("e.situation", [asked.situation(name, known) for name in question.situation])
    if since := asked.first_month(question.since):
        yield Condition("e.month >= ?", (since.isoformat(),))
    if until := asked.last_month(question.until):
        yield Condition("e.month <= ?", (until.isoformat(),))


def _types(question: Question) -> list[Condition]:
    types = Typology.load().types
    families = {name: row.family for row in types.values() for name in (row.family, row.family.split()[0])}
    named = [asked.choice("event type", name, list(types)) for name in question.type]
    wide = {asked.choice("family", name, families) for name in question.family}
    within = [label for label, row in types.items() if row.family in wide]
    return [_among("v.type", labels) for labels in (named, within) if labels]


def _facts(question: Question, connection: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    """Yield what is asked of actors, places and kinds of harm, as the index has it."""
    if question.actor:
        yield "actor", sorted({actor_id for name in question.actor for actor_id in _actors(name, connection)})
    if question.place:
        yield "place", sorted({key for name in question.place for key in _places(name, connection)})
    if question.kind:
        yield "kind", sorted({asked.choice("kind of harm", name, get_args(HarmKind)) for name in question.kind})


def _actors(name: str, connection: sqlite3.Connection) -> list[str]:
    """Return the actors of that name, alias or identity; where there are none, those whose name has all its words; raises NotKnown."""
    ids = "SELECT DISTINCT actor_id FROM actor_names WHERE key = ?"
    if found := connection.execute(ids, (fold(name),)).fetchall():
        return [actor_id for (actor_id,) in found]
    keys = [known for (known,) in connection.execute("SELECT DISTINCT key FROM actor_names")]
    holding = _holding(name, keys)
    if not holding:
        raise asked.NotKnown(f"no actor is called {name!r}" + _near(name, keys))
    return [actor_id for known in holding for (actor_id,) in connection.execute(ids, (known,))]


def _places(name: str, connection: sqlite3.Connection) -> list[str]:
    """Return the keys of a place there are; where there are none, those with all its words; raises NotKnown."""
    known = "SELECT 1 FROM facts WHERE what = 'place' AND value = ? LIMIT 1"
    found = [key for key in place_keys(name) if connection.execute(known, (key,)).fetchone()]
    if not found:
        keys = [key for (key,) in connection.execute("SELECT DISTINCT value FROM facts WHERE what = 'place'")]
        found = _holding(name, keys)
        if not found:
            raise asked.NotKnown(f"no place is called {name!r}" + _near(name, keys))
    return found


def place_keys(name: str) -> list[str]:
    """Return the keys that a place's name stands for: itself, a country's code, and, of what is no country, its parts."""
    from pipeline.countries import Countries

    codes = {fold(said): row.iso3.lower() for row in Countries.load().by_iso3.values() for said in (row.name, *row.aliases)}
    key = fold(name)
    if key in codes:
        return [key, codes[key]]
    parts = (part for word in _parts() for part in (f"{word} {key}", f"{key} {word}"))
    return [key, *(part for part in parts if part not in codes)] if key else []


@cache
def _parts() -> tuple[str, ...]:
    return tuple(lexicon.read_toml("search.toml")["parts"]["words"])


def _holding(name: str, keys: Sequence[str]) -> list[str]:
    """Return the keys that have all words of a name."""
    words = set(fold(name).split())
    return [key for key in keys if words and words <= set(key.split())]


def _near(name: str, keys: Sequence[str]) -> str:
    near = asked.nearest(name, keys)
    return f"; did you mean {', '.join(near)}?" if near else ""


def _among(column: str, values: Sequence[str]) -> Condition:
    return Condition(f"{column} IN ({', '.join('?' * len(values))})", tuple(values))


def _within(before: str, fact: tuple[str, Sequence[str]], after: str) -> Condition:
    what, wanted = fact
    condition = _among("value", wanted)
    return Condition(f"{before} what = ? AND {condition.sql}{after}", (what, *condition.values))
