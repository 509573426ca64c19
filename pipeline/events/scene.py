"""One entry as the events stage sees it: its parse, with the dates, places and actors tied to the words that head them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.by_entry import by_entry
from pipeline.events.parse import Parse
from pipeline.tables import Actor, Date, Entry, Place, Tag, Token
from pipeline.tags.heard import NOTHING_HEARD, Heard, heard_by_entry

NO_WORDS: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Scene:
    """An entry's rows, and which word of the parse heads each: `actor_at[i]`, `place_at[i]`, `date_at[i]` by rank of the word.

    `within` has every word of an actor mention, `anchor_of` the word that a date modifies, `anchors_in` those words by sentence;
    `dates_in`, `actors_in` and `places_in` are the ranks by sentence, in order. `heard` is what the tagger says of the words.
    """

    entry: Entry
    parse: Parse
    heard: Heard
    actor_at: Mapping[int, Actor]
    place_at: Mapping[int, Place]
    date_at: Mapping[int, Date]
    within: Mapping[int, Actor]
    anchor_of: Mapping[int, int]
    anchors_in: Mapping[int, frozenset[int]]
    dates_in: Mapping[int, Sequence[int]]
    actors_in: Mapping[int, Sequence[int]]
    places_in: Mapping[int, Sequence[int]]

    @classmethod
    def of(
        cls,
        entry: Entry,
        dates: Sequence[Date],
        tokens: Sequence[Token],
        heard: Heard,
        places: Sequence[Place],
        actors: Sequence[Actor],
    ) -> Scene:
        """Tie the rows of one entry together."""
        parse = Parse.of(tokens, entry.text)
        actor_at: dict[int, Actor] = {}
        within: dict[int, Actor] = {}
        # The longest mention wins where two share a head; the words inside of it still say whose they are.
        for actor in sorted(actors, key=lambda a: (a.end - a.start, a.start)):
            if (head := parse.head_of(actor.start, actor.end)) is not None:
                actor_at[head] = actor
                within.update(dict.fromkeys(parse.ranks(actor.start, actor.end), actor))
        place_at = {head: place for place in places if (head := parse.head_of(place.start, place.end)) is not None}
        date_at = {first: date for date in dates for first in parse.ranks(date.start, date.end)[:1]}
        anchor_of = {k: _anchor(parse, k, date) for k, date in date_at.items()}
        dates_in, actors_in, places_in = (_by_sentence(parse, ranks) for ranks in (date_at, actor_at, place_at))
        anchors_in = {number: frozenset(anchor_of[k] for k in ranks) for number, ranks in dates_in.items()}
        return cls(entry, parse, heard, actor_at, place_at, date_at, within, anchor_of, anchors_in, dates_in, actors_in, places_in)

    def words_of(self, mention: Actor | Date) -> range:
        """Return the ranks of a mention's words."""
        return self.parse.ranks(mention.start, mention.end)

    def headline(self, i: int) -> bool:
        """Tell whether word `i` stands in the headline."""
        # Where the file has no headline line, the headline is the first sentence of the first line.
        return self.entry.headline is not None and self.parse.starts[i] < len(self.entry.headline)

    def dates_beside(self, i: int) -> Sequence[int]:
        """Return the ranks of the dates in the sentence of word `i`, in order."""
        return self.dates_in.get(self.parse.tokens[i].sentence, ())

    def anchors_beside(self, i: int) -> frozenset[int]:
        """Return the words that the dates in the sentence of word `i` modify."""
        return self.anchors_in.get(self.parse.tokens[i].sentence, NO_WORDS)


def _by_sentence(parse: Parse, ranks: Iterable[int]) -> dict[int, list[int]]:
    out: dict[int, list[int]] = {}
    for k in sorted(ranks):
        out.setdefault(parse.tokens[k].sentence, []).append(k)
    return out


def _anchor(parse: Parse, k: int, date: Date) -> int:
    """Return the word that the date at word `k` modifies: where it was lifted out, its head; where kept, what its preposition hangs on."""
    tokens = parse.tokens
    if tokens[k].dep == "date":
        return tokens[k].head
    inside = parse.ranks(date.start, date.end)
    while (k in inside or tokens[k].pos in {"ADP", "SCONJ"} or tokens[k].dep == "prep") and tokens[k].head != k:
        k = tokens[k].head
    return k


def scenes(
    entries: Sequence[Entry],
    dates: Sequence[Date],
    tokens: Sequence[Token],
    tags: Sequence[Tag],
    places: Sequence[Place],
    actors: Sequence[Actor],
) -> Iterator[Scene]:
    """Yield each entry that has tokens, with its rows; every table is gone through once."""
    dates_of, tokens_of, places_of, actors_of = by_entry(dates), by_entry(tokens), by_entry(places), by_entry(actors)
    heard = heard_by_entry(tags)
    for entry in entries:
        key = entry.entry_id
        if tokens_of[key]:
            yield Scene.of(entry, dates_of[key], tokens_of[key], heard.get(key, NOTHING_HEARD), places_of[key], actors_of[key])
