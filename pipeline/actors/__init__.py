"""The `actors` stage: every mention of a participant, its type, its country, and an identity that holds across entries and months.

Three steps: noun phrases that could be mentions, by the parse, the lexicon and role nouns; a linear model that tells
participants of events from the rest; the entry seen as a whole, where short forms go back to full ones.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import cast

from pipeline.actors.clauses import Clauses
from pipeline.actors.features import features, headline_end, surroundings
from pipeline.actors.identity import Mention, canonical, group
from pipeline.actors.names import context_of, find_names, home
from pipeline.actors.nations import Nations
from pipeline.actors.phrases import Phrase, find_phrases
from pipeline.actors.weights import ActorWeights
from pipeline.actors.words import ActorWords
from pipeline.countries import Countries
from pipeline.tables import Actor, ActorType, Entry, Place, Token

__all__ = ["ActorWeights", "ActorWords", "find_actors"]


def find_actors(
    entries: Sequence[Entry],
    tokens: Sequence[Token],
    places: Sequence[Place],
    words: ActorWords,
    weights: ActorWeights,
    countries: Countries,
) -> Iterator[Actor]:
    """Yield one row a mention of a participant, by position; nothing goes from one entry to another.

    `places` keep the names of towns and regions out; where there are none, the parse alone tells.
    """
    tokens_of: dict[str, list[Token]] = defaultdict(list)
    for token in tokens:
        tokens_of[token.entry_id].append(token)
    sites: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for place in places:
        if place.use != "actor" and place.level != "country":
            sites[place.entry_id].add((place.start, place.end))
    for entry in entries:
        if tokens_of[entry.entry_id]:
            yield from _entry_actors(entry, tokens_of[entry.entry_id], sites[entry.entry_id], words, weights, countries)


def _entry_actors(
    entry: Entry, tokens: Sequence[Token], sites: set[tuple[int, int]], words: ActorWords, weights: ActorWeights, countries: Countries
) -> Iterator[Actor]:
    clauses = Clauses(tokens)
    names = list(find_names(tokens, entry.text, context_of(entry, tokens, countries), words, countries))
    nations = Nations(tokens, {k: name for name in names for k in range(name.start, name.end)}, countries, home(entry, countries))
    mentions = list(_judged(entry, clauses, find_phrases(clauses, names, words, countries), sites, nations, words, weights))
    implied = [nations.implied(mention.phrase) for mention in mentions]
    rows: list[Actor] = []
    for members in group(mentions, tokens, implied):
        rows.extend(_rows(entry, [mentions[i] for i in members], [implied[i] for i in members], tokens, words, weights, countries))
    yield from sorted(rows, key=lambda row: (row.start, row.end))


def _judged(
    entry: Entry,
    clauses: Clauses,
    phrases: Sequence[Phrase],
    sites: set[tuple[int, int]],
    nations: Nations,
    words: ActorWords,
    weights: ActorWeights,
) -> Iterator[Mention]:
    """Yield the phrases that the model takes for participants; inside of one that is, nothing is looked for."""
    taken: set[int] = set()
    headline = headline_end(entry.text, clauses)
    around = surroundings(phrases, clauses, entry.text)
    for number, phrase in enumerate(phrases):
        span = clauses.tokens[phrase.start].start, clauses.tokens[phrase.end - 1].end
        if phrase.outer in taken or (span in sites and not (phrase.name and phrase.name.known)):
            continue
        known = list(features(phrase, around[number], clauses, words, headline))
        chance = weights.participation.chance(known)
        if chance >= weights.threshold:
            taken.add(number)
            yield Mention(phrase, chance, weights.type.scores(known), weights.stateless.chance(known), nations.explicit(phrase))


def _rows(
    entry: Entry,
    members: Sequence[Mention],
    implied: Sequence[str | None],
    tokens: Sequence[Token],
    words: ActorWords,
    weights: ActorWeights,
    countries: Countries,
) -> Iterator[Actor]:
    known = next((m.phrase.name.known for m in members if m.phrase.name and m.phrase.name.known), None)
    total = [sum(column) for column in zip(*(m.scores for m in members), strict=True)]
    best = weights.type.classes[max(range(len(total)), key=total.__getitem__)]
    kind = known.type if known else cast("ActorType", best)
    nation = next((m.nation for m in members if m.nation is not None), None)
    if known:
        iso3 = known.iso3
    elif nation is not None:
        iso3 = nation or None
    elif kind == "igo" or sum(m.stateless for m in members) / len(members) > 0.5:
        iso3 = None
    else:
        iso3 = implied[0]
    name, actor_id = canonical(members, tokens, entry.text, iso3, words.shared, countries)
    for member in members:
        span = tokens[member.phrase.start].start, tokens[member.phrase.end - 1].end
        yield Actor(
            entry_id=entry.entry_id,
            start=span[0],
            end=span[1],
            text=entry.text[span[0] : span[1]],
            actor_id=actor_id,
            name=name,
            type=kind,
            iso3=iso3,
            match="ner",
        )
