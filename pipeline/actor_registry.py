"""The `actor_registry` stage: every participant once, with the names it goes by and the months it is seen in."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
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
    """What some mentions of one month share, how many they are, and in how many entries they are the identity's first mention."""

    actor_id: str
    month: dt.date | None
    name: str
    text: str
    type: ActorType
    iso3: str | None
    match: Match
    mentions: int
    entries: int


def count_mentions(
    entries: Annotated[Sequence[Entry], "entry_id", "month"],
    actors: Annotated[Sequence[Actor], "entry_id", "text", "actor_id", "name", "type", "iso3", "match"],
) -> Iterator[Seen]:
    """Yield one row a month, identity and way of writing, with the number of mentions.

    An entry that a later revision supersedes counts like any other: its mentions stand in the table of actors.
    """
    months = {entry.entry_id: entry.month for entry in entries}
    mentions: Counter[tuple[str, dt.date | None, str, str, ActorType, str | None, Match]] = Counter()
    firsts: Counter[tuple[str, dt.date | None, str, str, ActorType, str | None, Match]] = Counter()
    seen: set[tuple[str, str]] = set()
    for actor in actors:
        shared = (actor.actor_id, months.get(actor.entry_id), actor.name, actor.text, actor.type, actor.iso3, actor.match)
        mentions[shared] += 1
        if (actor.actor_id, actor.entry_id) not in seen:
            seen.add((actor.actor_id, actor.entry_id))
            firsts[shared] += 1
    for shared, count in mentions.items():
        actor_id, month, name, text, kind, iso3, match = shared
        yield Seen(
            actor_id=actor_id, month=month, name=name, text=text, type=kind, iso3=iso3, match=match, mentions=count, entries=firsts[shared]
        )


def register_actors(seen: Annotated[Sequence[Seen], count_mentions]) -> Iterator[RegisteredActor]:
    """Yield one row an identity, by identity, over all entries and months."""
    by_id: defaultdict[str, list[Seen]] = defaultdict(list)
    for one in seen:
        by_id[one.actor_id].append(one)
    for actor_id, group in sorted(by_id.items()):
        name = _most(_counts(group, "name"))
        written = _counts(group, "text")
        months = {one.month for one in group if one.month is not None}
        yield RegisteredActor(
            actor_id=actor_id,
            name=name,
            aliases=tuple(sorted(written.keys() - {name}, key=lambda text: (-written[text], text))),
            type=_most(_counts(group, "type")),
            iso3=_most({iso3 or "": count for iso3, count in _counts(group, "iso3").items()}) or None,
            first_seen=min(months, default=None),
            last_seen=max(months, default=None),
            entries=sum(one.entries for one in group),
            mentions=sum(one.mentions for one in group),
            known_by=min((one.match for one in group), key=_SUREST.index),
        )


def _counts(group: Sequence[Seen], column: str) -> dict[Any, int]:
    """Return how many mentions have each value of a column."""
    counts: dict[Any, int] = {}
    for value, mentions in zip(map(attrgetter(column), group), map(attrgetter("mentions"), group), strict=True):
        counts[value] = counts.get(value, 0) + mentions
    return counts


def _most(counts: Mapping[_T, int]) -> _T:
    """Return the most frequent value, of equals the first in the alphabet."""
    return min(counts, key=lambda value: (-counts[value], value))
