"""Organisations that a month's entries name for the first time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pipeline import lexicon
from pipeline.brief.changes import LEAST_PAST, span_of
from pipeline.brief.rows import Line, Rows
from pipeline.tables import RegisteredActor

# Those that fight come first; governments, police and officials are no news as such.
_PARTIES = ("rebel", "militia", "criminal", "military", "party", "igo", "ngo", "religious", "media", "business")
_SHOWN = 20
_SHARED = 3  # organisations of the lexicon that share a head word
_OF = re.compile(r" (?:of|for|in|against) ")


def new_actors(rows: Rows) -> Iterator[Line]:
    """Yield the organisations no earlier entry of the input names, in situations that have enough earlier entries to tell."""
    known = {situation for situation, past in rows.past.items() if len(past) >= LEAST_PAST}
    new: dict[str, tuple[RegisteredActor, dict[str, str]]] = {}
    for mention in rows.actors:
        actor, entry = rows.registry.get(mention.actor_id), rows.entries.get(mention.entry_id)
        if actor and entry and entry.situation in known and actor.first_seen == rows.month and _is_organisation(actor):
            new.setdefault(actor.actor_id, (actor, {}))[1][entry.entry_id] = entry.situation or ""
    ordered = sorted(new.values(), key=lambda found: (_PARTIES.index(found[0].type), -found[0].mentions, found[0].name))
    yield from (_line(rows, actor, where) for actor, where in ordered[:_SHOWN])


def _line(rows: Rows, actor: RegisteredActor, where: dict[str, str]) -> Line:
    situations = list(dict.fromkeys(where.values()))
    times = "once" if actor.mentions == 1 else f"{actor.mentions} times"
    known = ", not in the lexicon" if actor.known_by == "ner" else ""
    note = f"mentioned {times}{known}; not in {span_of(rows.past[situations[0]])}"
    return Line(", ".join(situations), tuple(where), f"{actor.name} ({actor.type.replace('_', ' ')})", note)


def _is_organisation(actor: RegisteredActor) -> bool:
    """Tell whether the actor is a named organisation: the registry has persons, too, under the type of whom they speak for."""
    if actor.type not in _PARTIES or actor.known_by not in ("lexicon", "alias", "ner"):
        return False
    organisations, heads = _organisations()
    return actor.name in organisations or _head(actor.name) in heads or (actor.name.isupper() and actor.name.isalpha())


@cache
def _organisations() -> tuple[frozenset[str], frozenset[str]]:
    """Return the names of the lexicon's organisations, and the head words that several of them share: front, army, party, ..."""
    names = [row["name"] for row in lexicon.read_csv("actors.csv") if not row["surname"]]
    heads = Counter(_head(name) for name in names)
    return frozenset(names), frozenset(head for head, count in heads.items() if count >= _SHARED)


def _head(name: str) -> str:
    """Return the word that says what it is: "movement" of "Movement of Victims", "party" of "Green Party"."""
    return _OF.split(name)[0].split()[-1].casefold() if name.strip() else ""
