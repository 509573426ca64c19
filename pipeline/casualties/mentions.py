"""Mentions: the numbers and noun phrases of an entry that may speak of people."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.casualties.numbers import Count, find_counts
from pipeline.casualties.syntax import Parse
from pipeline.casualties.words import CasualtyWords
from pipeline.tables import Date, Entry

INSIDE_NOUN = frozenset({"nummod", "amod", "compound", "quantmod", "nmod", "det", "predet", "poss"})
# "31 inmates, including seven women", "among them seven women"; "31 inmates, seven of them women".
GROUP = r"(?:them|whom|which|these|those|latter)"
PART_BEFORE = re.compile(
    rf"(?:\b(?:including|include[sd]?|comprising|notably)|\b(?:among|of) {GROUP}(?: were| was)?(?: also)?,?)\s+$", re.IGNORECASE
)
PART_AFTER = re.compile(rf"\s+(?:\w+ )?of {GROUP}\b", re.IGNORECASE)
WHOLE_BEFORE = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) (?:out )?of (?:the |its |their )?$", re.IGNORECASE
)
OLDEST = 110
# Entities that are no people, whatever stands over them.
NO_PERSON = frozenset({"GPE", "LOC", "ORG", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "DATE", "LANGUAGE", "MONEY"})


@dataclass(frozen=True, slots=True)
class Mention:
    """People spoken of: the number (none where none is written), the word their phrase hangs by, and the noun for them.

    `top` is the word that has a place in the sentence ("dozens" in "dozens of men"), `noun` the word that says who they are
    ("men"; the same as `top` where no noun is written). `nature` is that noun's: person, thing, bare, other.
    `part`: the text says they are some of those just spoken of.
    """

    start: int
    end: int
    count: Count | None
    top: int
    noun: int
    nature: str
    part: bool = False


def counted_mentions(entry: Entry, dates: Sequence[Date], parse: Parse, words: CasualtyWords) -> Iterator[Mention]:
    """Yield every number of an entry that may count people, dates and ages aside, in reading order."""
    starts = [token.start for token in parse.tokens]
    ends = [token.end for token in parse.tokens]
    for count in find_counts(_without_dates(entry.text, dates), words.numbers):
        inside = range(bisect_right(ends, count.core), bisect_left(starts, count.end))
        if inside and not (_is_age(parse, inside, count) or _is_name(parse, inside, count) or _is_whole(entry.text, count)):
            top, noun = _anchor(parse, inside)
            nature = nature_of(parse, noun, words) if noun not in inside else "bare"
            part = bool(
                PART_BEFORE.search(entry.text[max(0, count.start - 40) : count.start])
                or PART_AFTER.match(entry.text[count.end : count.end + 40])
            )
            if nature != "thing":
                yield Mention(count.start, count.end, count, top, noun, nature, part)


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


def _without_dates(text: str, dates: Sequence[Date]) -> str:
    """Return the text with every date blotted out, so that no day number is read as a count."""
    out = list(text)
    for date in dates:
        out[date.start : date.end] = "§" * (date.end - date.start)
    return "".join(out)


def _is_age(parse: Parse, inside: range, count: Count) -> bool:
    """Tell whether a number stands behind a name or a person as in "Amina Sow, 34, fled"."""
    tokens = parse.tokens
    before, after = inside[0] - 1, inside[-1] + 1
    if (
        count.hedge
        or before < 1
        or tokens[before].text not in {",", "("}
        or not tokens[inside[0]].text.isdigit()
        or (count.best or OLDEST) >= OLDEST
    ):
        return False
    closed = after >= len(tokens) or tokens[after].text in {",", ")", ";", "."}
    person = tokens[before - 1]
    return closed and person.pos in {"PROPN", "NOUN"} and person.tag not in {"NNS", "NNPS"}


def _is_name(parse: Parse, inside: range, count: Count) -> bool:
    """Tell whether a number belongs to a name ("District 11", "Barrio 18", "Region Eight") or is no number at all ("both sick and old")."""
    first, token = inside[0], parse.tokens[inside[0]]
    if token.text.lower() == "both":
        return token.dep in {"preconj", "cc", "advmod"} or parse.tokens[token.head].pos not in {"VERB", "AUX"}
    before = parse.tokens[first - 1] if first and parse.tokens[first - 1].sentence == token.sentence else None
    if count.hedge or before is None or before.pos != "PROPN" or not before.text[0].isupper():
        return False
    return (token.text.isdigit() and len(token.text) < 4) or token.text[0].isupper()


def _is_whole(text: str, count: Count) -> bool:
    """Tell whether a number is the whole that another is some of: 25 in "six of 25 militants"."""
    return bool(WHOLE_BEFORE.search(text[max(0, count.start - 30) : count.start]))


def _anchor(parse: Parse, inside: range) -> tuple[int, int]:
    """Return the word by which a number hangs in its sentence and the noun it counts."""
    tokens = parse.tokens
    head = next((i for i in inside if tokens[i].head not in inside or tokens[i].head == i), inside[-1])
    head = next(
        (
            i
            for i in inside
            if tokens[i].head not in inside and tokens[i].dep in {"nummod", "amod"} and tokens[tokens[i].head].pos in {"NOUN", "PROPN"}
        ),
        head,
    )
    token = tokens[head]
    if token.dep in INSIDE_NOUN and token.head > inside[-1] and tokens[token.head].pos in {"NOUN", "PROPN", "ADJ", "NUM", "PRON"}:
        return token.head, token.head
    for child in parse.children[head]:
        if parse.word(child) == "of" and child > head:
            for grandchild in parse.children[child]:
                if tokens[grandchild].dep == "pobj":
                    return head, grandchild
    after = inside[-1] + 1
    if after < len(tokens) and tokens[after].pos == "NOUN" and tokens[after].head == head:
        return head, after
    return head, head


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


def nature_of(parse: Parse, noun: int, words: CasualtyWords) -> str:
    """Return what a noun stands for: "person", "thing" or "other"."""
    token = parse.tokens[noun]
    if token.ent_type in {"PERSON", "NORP"}:
        return "person"
    for form in (parse.word(noun), token.text.lower()):
        if form in words.group_of:
            return "person"
        if form in words.things:
            return "thing"
    if token.pos in {"NOUN", "ADJ"} and token.text.lower().endswith(words.endings):
        return "person"
    return "other"
