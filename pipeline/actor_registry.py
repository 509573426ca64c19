"""The `actor_registry` stage: every participant once, with the names it goes by and the months it is seen in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Annotated, Any, Literal, TypeVar

from pipeline.tables import Actor, ActorType, Entry, RegisteredActor

Match = Literal["lexicon", "alias", "role", "ner", "description"]

_T = TypeVar("_T", bound=str)
# How an actor may be known, the surest first.
_SUREST = ("lexicon", "alias", "ner", "role", "description")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What some mentions share, how many they are and from when to when, and of how many entries one is the identity's first."""

    actor_id: str
    name: str
    text: str
    type: ActorType
    iso3: str | None
    match: Match
    mentions: int
    entries: int
    first: dt.date | None
    last: dt.date | None


def count_mentions(
    entries: Annotated[Sequence[Entry], "entry_id", "month"],
    actors: Annotated[Sequence[Actor], "entry_id", "text", "actor_id", "name", "type", "iso3", "match"],
) -> Iterator[Seen]:
    """Yield one row an identity and way of writing it, with the number of mentions.

    An entry that a later revision supersedes counts like any other: its mentions stand in the table of actors.
    """
    months = {entry.entry_id: entry.month for entry in entries}
    alike: defaultdict[tuple[Any, ...], list[str]] = defaultdict(list)
    firsts: defaultdict[tuple[Any, ...], int] = defaultdict(int)
    seen: set[tuple[str, str]] = set()
    shared = attrgetter("actor_id", "name", "text", "type", "iso3", "match")
    for actor in actors:
        key, where = shared(actor), (actor.actor_id, actor.entry_id)
        alike[key].append(actor.entry_id)
        if where not in seen:
            seen.add(where)
            firsts[key] += 1
    for key, entry_ids in alike.items():
        actor_id, name, text, kind, iso3, match = key
        known = {month for entry_id in entry_ids if (month := months.get(entry_id))}
        yield Seen(
            actor_id=actor_id,
            name=name,
            text=text,
            type=kind,
            iso3=iso3,
            match=match,
            mentions=len(entry_ids),
            entries=firsts[key],
            first=min(known, default=None),
            last=max(known, default=None),
        )


def register_actors(seen: Annotated[Sequence[Seen], count_mentions]) -> Iterator[RegisteredActor]:
    """Yield one row an identity, by identity, over all entries and months."""
    by_id: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        by_id[one.actor_id].append(one)
    for actor_id, group in sorted(by_id.items()):
        name = _most(_counts(group, "name"))
        written = _counts(group, "text")
        yield RegisteredActor(
            actor_id=actor_id,
            name=name,
            aliases=tuple(sorted(written.keys() - {name}, key=lambda text: (-written[text], text))),
            type=_most(_counts(group, "type")),
            iso3=_most({iso3 or "": count for iso3, count in _counts(group, "iso3").items()}) or None,
            first_seen=min((one.first for one in group if one.first), default=None),
            last_seen=max((one.last for one in group if one.last), default=None),
            entries=sum(one.entries for one in group),
            mentions=sum(one.mentions for one in group),
            known_by=min((one.match for one in group), key=_SUREST.index),
        )


def _counts(group: Sequence[Seen], column: str) -> dict[Any, int]:
    """Return how many mentions have each value of a column."""
    counts: defaultdict[Any, int] = defaultdict(int)
    value = attrgetter(column)
    for one in group:
        counts[value(one)] += one.mentions
    return counts


def _most(counts: Mapping[_T, int]) -> _T:
    """Return the most frequent value, of equals the first in the alphabet."""
    return min(counts, key=lambda value: (-counts[value], value))
