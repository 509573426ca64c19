"""The `actor_registry` stage: every participant once, with the names it goes by and the months it is seen in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, TypeVar

from pipeline.tables import Actor, Entry, RegisteredActor

_T = TypeVar("_T", bound=str)
# How an actor may be known, the surest first.
_SUREST = ("lexicon", "alias", "ner", "role", "description")


def register_actors(
    entries: Annotated[Sequence[Entry], "entry_id", "month"],
    actors: Annotated[Sequence[Actor], "entry_id", "text", "actor_id", "name", "type", "iso3", "match"],
) -> Iterator[RegisteredActor]:
    """Yield one row an identity, by identity, over all entries and months.

    An entry that a later revision supersedes counts like any other: its mentions stand in the table of actors.
    """
    months = {entry.entry_id: entry.month for entry in entries}
    by_id: defaultdict[str, list[Actor]] = defaultdict(list)
    for actor in actors:
        by_id[actor.actor_id].append(actor)
    for actor_id in sorted(by_id):
        mentions = by_id[actor_id]
        name = _most(mention.name for mention in mentions)
        written = Counter(mention.text for mention in mentions if mention.text != name)
        seen = sorted(month for mention in mentions if (month := months.get(mention.entry_id)))
        countries = Counter(mention.iso3 or "" for mention in mentions)
        yield RegisteredActor(
            actor_id=actor_id,
            name=name,
            aliases=tuple(sorted(written, key=lambda text: (-written[text], text))),
            type=_most(mention.type for mention in mentions),
            iso3=_most(countries.elements()) or None,
            first_seen=seen[0] if seen else None,
            last_seen=seen[-1] if seen else None,
            entries=len({mention.entry_id for mention in mentions}),
            mentions=len(mentions),
            known_by=min((mention.match for mention in mentions), key=_SUREST.index),
        )


def _most(values: Iterable[_T]) -> _T:
    """Return the most frequent value, of equals the first in the alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))
