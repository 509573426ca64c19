"""The noun phrases of an entry, without a number, that may speak of people: the candidates of implicit figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.casualties.mentions import INSIDE_NOUN, PART_BEFORE, Mention, nature_of
from pipeline.casualties.syntax import Parse
from pipeline.casualties.words import CasualtyWords
from pipeline.tables import Entry

# Entities that are no people, whatever stands over them.
NO_PERSON = frozenset({"GPE", "LOC", "ORG", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "DATE", "LANGUAGE", "MONEY"})


def named_mentions(entry: Entry, parse: Parse, counted: Sequence[Mention], words: CasualtyWords) -> Iterator[Mention]:
    """Yield every noun phrase with no number in it that may speak of people, in reading order: the candidates of implicit figures."""
    taken = {i for mention in counted for i in (mention.top, mention.noun)}
    called = {token.text for token in parse.tokens if token.ent_type == "PERSON" and token.text[:1].isupper()}
    parts: set[int] = set()
    for token in parse.tokens:
        if (
            token.i in taken
            or token.pos not in {"NOUN", "PROPN"}
            or _in_apposition(parse, token.i)
            or _inside_phrase(parse, token.i, words)
        ):
            continue
        # The entity tagger sees each name alone: who is a person in one sentence is none the less one in the next.
        nature = "person" if token.text in called and token.ent_type in NO_PERSON else nature_of(parse, token.i, words)
        unseen_name = token.pos == "PROPN" and token.ent_type not in NO_PERSON
        if nature == "person" or (nature == "other" and (unseen_name or parse.word(token.i) in words.collectives)):
            start, end = _named_span(parse, token.i)
            if any(mention.start < end and start < mention.end for mention in counted):
                continue
            part = bool(PART_BEFORE.search(entry.text[max(0, start - 40) : start])) or (token.dep == "conj" and token.head in parts)
            if part:
                parts.add(token.i)
            yield Mention(start, end, None, token.i, token.i, nature, part)


def _in_apposition(parse: Parse, i: int) -> bool:
    """Tell whether a word only says more of a person already named: "Diallo, mayor and critic"."""
    token = parse.tokens[i]
    above = parse.tokens[token.head]
    listed = any(parse.tokens[child].dep == "nummod" for child in parse.children[token.head])
    return token.dep in {"date", "appos"} or (token.dep == "conj" and above.dep == "appos" and not listed)


def _inside_phrase(parse: Parse, i: int, words: CasualtyWords) -> bool:
    """Tell whether a word stands inside the phrase of another: "police chief", the owner in "president's adviser"."""
    token = parse.tokens[i]
    if token.dep == "poss":
        return nature_of(parse, token.head, words) == "person"
    return token.dep in INSIDE_NOUN and token.head > i and parse.tokens[token.head].pos in {"NOUN", "PROPN"}


def _named_span(parse: Parse, noun: int) -> tuple[int, int]:
    """Return the span of a noun phrase without its article; a name in apposition ends it, and stands alone where words come between."""
    tokens = parse.tokens
    first, last = parse.phrase(noun)
    while first < noun and (tokens[first].tag in {"DT", "PRP$"} or tokens[first].dep == "date" or tokens[first].pos == "PUNCT"):
        first += 1
    for child in parse.children[noun]:
        start = parse.phrase(child)[0]
        named = tokens[child].ent_type == "PERSON" or (tokens[child].pos == "PROPN" and start == noun + 1)
        if child > noun and tokens[child].dep == "appos" and named and tokens[noun].ent_type != "PERSON":
            first, last = first if start <= noun + 2 else start, child
    holder = _office_holder(parse, noun) if last == noun else None
    if holder is not None:
        first, last = parse.phrase(holder)[0], holder
    return tokens[first].start, tokens[last].end


def _office_holder(parse: Parse, noun: int) -> int | None:
    """Return the name that the parser hung on the place of an office: "mayor of Gao municipality, Amadou Diallo"."""
    tokens = parse.tokens
    if tokens[noun].ent_type == "PERSON":
        return None
    below = (i for prep in parse.children[noun] if prep > noun and tokens[prep].dep == "prep" for i in parse.children[prep])
    found = (c for i in below for c in parse.children[i] if c > i and tokens[c].dep == "appos" and tokens[c].ent_type == "PERSON")
    return next(found, None)
