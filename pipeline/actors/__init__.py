"""The `actors` stage: every mention of a participant, its type, its country, and an identity that holds across entries and months.

Three steps: noun phrases that could be mentions, by the parse, the lexicon and role nouns; a linear model that tells
participants of events from the rest; the entry seen as a whole, where short forms go back to full ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from pipeline.acronyms import definitions
from pipeline.actors.clauses import Clauses
from pipeline.actors.features import features, headline_end, places_named, surroundings
from pipeline.actors.identity import Mention, group
from pipeline.actors.names import context_of, find_names, home
from pipeline.actors.naming import Namer
from pipeline.actors.nations import Nations, located
from pipeline.actors.phrases import Phrase, find_phrases
from pipeline.actors.weights import ActorWeights
from pipeline.actors.words import ActorWords, Known
from pipeline.by_entry import by_entry
from pipeline.countries import Countries
from pipeline.spelling import fold
from pipeline.tables import Actor, ActorType, Entry, Place, Tag, Token
from pipeline.tags.heard import NOTHING_HEARD, Heard, heard_by_entry

__all__ = ["ActorWeights", "ActorWords", "find_actors"]

Told = tuple[str | None, Literal["lexicon", "text", "sentence", "entry"]]
"""A country, and what tells it."""


def find_actors(
    entries: Sequence[Entry],
    tokens: Sequence[Token],
    tags: Sequence[Tag],
    places: Sequence[Place],
    words: ActorWords,
    weights: ActorWeights,
    countries: Countries,
) -> Iterator[Actor]:
    """Yield one row a mention of a participant, by position; nothing goes from one entry to another.

    `places` tell which names of places stand for a government; where there are none, the parse alone tells.
    """
    finder = _Finder(words, weights, countries)
    heard = heard_by_entry(tag for tag in tags if tag.question == "actor")
    tokens_of, places_of = by_entry(tokens), by_entry(places)
    for entry in entries:
        if tokens_of[entry.entry_id]:
            yield from finder.actors(entry, tokens_of[entry.entry_id], heard.get(entry.entry_id, NOTHING_HEARD), places_of[entry.entry_id])


@dataclass(frozen=True, slots=True)
class _Finder:
    """What the stage knows of words, weights and countries, applied to one entry after the other."""

    words: ActorWords
    weights: ActorWeights
    countries: Countries

    def actors(self, entry: Entry, tokens: Sequence[Token], heard: Heard, places: Sequence[Place]) -> Iterator[Actor]:
        """Yield the rows of one entry by position."""
        clauses = Clauses(tokens)
        names = list(find_names(tokens, entry.text, context_of(entry, tokens, self.countries), self.words, self.countries))
        name_at = {k: name for name in names for k in range(name.start, name.end)}
        nations = Nations(tokens, name_at, self.words, self.countries, home(entry, self.countries), located(clauses, places))
        namer = Namer(tokens, entry.text, self.words, self.countries)
        long_names = {short: name for short, name, _ in definitions(entry.text)}
        phrases = find_phrases(clauses, names, long_names, self.words, self.countries)
        mentions = list(self._judged(entry, clauses, phrases, heard, places, nations))
        implied = [nations.implied(mention.phrase) for mention in mentions]
        rows: list[Actor] = []
        for members in group(mentions, tokens, [iso3 for iso3, _ in implied], namer):
            rows.extend(self._rows(entry, [mentions[i] for i in members], implied[members[0]], namer))
        yield from sorted(rows, key=lambda row: (row.start, row.end))

    def _judged(
        self, entry: Entry, clauses: Clauses, phrases: Sequence[Phrase], heard: Heard, places: Sequence[Place], nations: Nations
    ) -> Iterator[Mention]:
        """Yield the phrases that the model takes for participants; inside of one that is, nothing is looked for."""
        taken: set[int] = set()
        headline = headline_end(entry.text, clauses)
        around = surroundings(phrases, clauses, entry.text)
        at_head = places_named(phrases, clauses, places)
        for number, phrase in enumerate(phrases):
            if phrase.outer in taken:
                continue
            nation = nations.explicit(phrase)
            told = features(phrase, around[number], at_head[number], nations.land(nation), clauses, heard, self.words, headline)
            if self.weights.participation.chance(told) >= self.weights.threshold:
                taken.add(number)
                yield Mention(phrase, told, nation)

    def _rows(self, entry: Entry, members: Sequence[Mention], implied: Told, namer: Namer) -> Iterator[Actor]:
        """Yield the mentions of one participant, which share its type, country, name and identity."""
        known = next((m.phrase.name.known for m in members if m.phrase.name and m.phrase.name.known), None)
        # An adjective before an act ("[Turkish] strikes") is the state, whoever struck for it.
        adjective = any(m.phrase.kind == "demonym" and namer.is_state(m.phrase) for m in members)
        kind = known.type if known else "government" if adjective else self._type(members)
        told: Told = (known.iso3, "lexicon") if known else self._country(members, kind, implied)
        iso3, by = told
        name, actor_id = namer.name([member.phrase for member in members], iso3)
        for member in members:
            start, end = namer.tokens[member.phrase.start].start, namer.tokens[member.phrase.end - 1].end
            text = entry.text[start:end]
            yield Actor(
                entry_id=entry.entry_id,
                start=start,
                end=end,
                text=text,
                actor_id=actor_id,
                name=name,
                type=kind,
                iso3=iso3,
                iso3_by=by if iso3 else None,
                match=_match(member.phrase, known, text),
            )

    def _type(self, members: Sequence[Mention]) -> ActorType:
        """Return the type that the mentions speak for together."""
        total = [sum(column) for column in zip(*(self.weights.type.scores(member.told) for member in members), strict=True)]
        return cast("ActorType", self.weights.type.classes[total.index(max(total))])

    def _country(self, members: Sequence[Mention], kind: ActorType, implied: Told) -> Told:
        """Return the country that a mention names, else that of the context, unless such an actor is of no one country."""
        named = next((member.nation for member in members if member.nation is not None), None)
        if named is not None:
            return named or None, "text"
        if kind == "igo" or sum(self.weights.stateless.chance(member.told) for member in members) > len(members) / 2:
            return None, "text"
        return implied


def _match(phrase: Phrase, known: Known | None, written: str) -> Literal["lexicon", "alias", "role", "ner", "description"]:
    if known:
        return "lexicon" if fold(written) == fold(known.name) else "alias"
    if phrase.name:
        return "lexicon" if phrase.name.kind == "country" else "alias"
    if phrase.long:
        return "alias"
    if phrase.kind in {"role", "demonym"}:
        return "role" if phrase.end - phrase.start == 1 else "description"
    return "ner"
