"""What may be a place name: stretches of capitalised words, cut in every way that makes a name, before anything is decided."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

from pipeline.countries import Countries, Country
from pipeline.gazetteer import Candidate, Gazetteer
from pipeline.places.regions import Region, Regions
from pipeline.places.words import PlaceWords
from pipeline.spelling import articles, fold
from pipeline.tables import Entry, Token

LONGEST = 7  # words in a name: "Turkish Republic of Northern Cyprus" has five
HYPHENS = "-–/"
CONJUNCTIONS = frozenset({"and", "or", "’s", "'s"})
SEPARATORS = CONJUNCTIONS | frozenset("-–/")
_INNER = frozenset(HYPHENS)
_APOSTROPHES = "'’‘ʻ"
_PLURALS = frozenset({"NNS", "NNPS"})
_MODEL_PLACES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything names are looked up in."""

    gazetteer: Gazetteer
    countries: Countries
    regions: Regions
    words: PlaceWords

    @classmethod
    def load(cls) -> Self:
        """Return all of it, as shipped."""
        return cls(Gazetteer.load(), Countries.load(), Regions.load(), PlaceWords.load())


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that may name a place, `first` to `last` of the reading's words, and what knows its name.

    `run` bounds the stretch of capitalised words it was cut from; `hosts` is the country of the town of that name that is known worldwide
    for the body or the talks it hosts.
    """

    start: int
    end: int
    text: str
    first: int
    last: int
    run: tuple[int, int]
    country: Country | None
    capital_of: Country | None
    region: Region | None
    candidates: tuple[Candidate, ...]
    hosts: str | None = None

    @property
    def known(self) -> bool:
        """True where a table has the name."""
        return bool(self.country or self.capital_of or self.region or self.candidates)


@dataclass(frozen=True, slots=True)
class Reading:
    """One entry with its words and the mentions cut from them, in reading order.

    The words are the entry's tokens, but `U.S.-led`, one token to the tokeniser, is three words with the annotation of the one;
    `word_of` leads from a token's `i` to its last word.
    """

    entry: Entry
    words: Sequence[Token]
    word_of: dict[int, int]
    mentions: tuple[Mention, ...]

    def governor(self, token: Token, most: int = 8) -> Token | None:
        """Return the nearest verb above a token in the parse, None if there is none within `most` steps."""
        for _ in range(most):
            above = self.words[self.word_of[token.head]]
            if above.i == token.i:
                return None
            if above.pos == "VERB":
                return above
            token = above
        return None


def read(entry: Entry, tokens: Sequence[Token], know: Knowledge) -> Reading:
    """Return the entry with everything in it that may be a place name."""
    found: dict[tuple[int, int], Mention] = {}
    tokens = [word for token in tokens for word in ((token,) if _INNER.isdisjoint(token.text[1:-1]) else split_at_hyphens(token))]
    for first, last in find_runs(tokens, know.words):
        for a, b in cuts(tokens, first, last):
            mention = look_up(entry.text[tokens[a].start : tokens[b].end], tokens[a].start, (a, b), (first, last), know)
            if not _is_state(tokens, mention, know.words) and (mention.known or worth_a_look(tokens, mention, know)):
                found[a, b] = mention
    for a, b in lower_case_names(tokens, know.regions):
        found.setdefault((a, b), look_up(entry.text[tokens[a].start : tokens[b].end], tokens[a].start, (a, b), (a, b), know))
    word_of = {word.i: rank for rank, word in enumerate(tokens)}
    return Reading(entry, tokens, word_of, tuple(found[key] for key in sorted(found)))


def split_at_hyphens(token: Token) -> Iterator[Token]:
    """Yield the words of a token that holds a hyphen or slash inside: `U.S.-led` is `U.S.`, `-`, `led`."""
    start = 0
    for i, char in enumerate(token.text):
        if char in HYPHENS:
            if i > start:
                yield replace(token, start=token.start + start, end=token.start + i, text=token.text[start:i])
            yield replace(token, start=token.start + i, end=token.start + i + 1, text=char)
            start = i + 1
    if start < len(token.text):
        yield replace(token, start=token.start + start, end=token.end, text=token.text[start:])


def find_runs(tokens: Sequence[Token], words: PlaceWords) -> Iterator[tuple[int, int]]:
    """Yield first and last token of each stretch of capitalised words; particles may stand between them, an article before."""
    i, count = 0, len(tokens)
    while i < count:
        if not is_name_word(tokens[i]):
            i += 1
            continue
        first = last = i
        while (step := _next_word(tokens, last, words)) is not None:
            last = step
        if first >= 2 and tokens[first - 1].text == "-" and tokens[first - 2].text in articles() and _touch(tokens, first - 2, first):
            first -= 2
        yield first, last
        i = last + 1


def is_name_word(token: Token) -> bool:
    """Say whether a token can be a word of a name: it begins with a capital, after an apostrophe at most, and is no date."""
    text = token.text
    if text[:1] in _APOSTROPHES:
        text = text.lstrip(_APOSTROPHES)
    return text[:1].isupper() and token.dep != "date" and token.ent_type != "DATE"


def _next_word(tokens: Sequence[Token], last: int, words: PlaceWords) -> int | None:
    """Return the token that continues a name after `last`: `Fada | N'Gourma`, `Port | -au-Prince`, `Montes | de María`, `PK | 5`."""
    i, count = last + 1, len(tokens)
    if i >= count or tokens[i].sentence != tokens[last].sentence:
        return None
    if is_name_word(tokens[i]) and (tokens[i].start - tokens[last].end) <= 1:
        return i
    if tokens[i].text.isdigit() and tokens[i].dep != "date" and len(tokens[i].text) < 3 and tokens[last].text.isalpha():
        return i
    # A hyphen, or particles with or without hyphens, then a name word again.
    steps = 0
    while i < count and steps < 4 and (tokens[i].text in HYPHENS or tokens[i].text in words.joiners or tokens[i].text in articles()):
        i += 1
        steps += 1
    inside = steps and i < count and is_name_word(tokens[i]) and tokens[i].sentence == tokens[last].sentence
    return i if inside else None


def cuts(tokens: Sequence[Token], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield every stretch of a run that begins and ends with a word of a name, an article before it included."""
    heads = [i for i in range(first, last + 1) if is_name_word(tokens[i]) or i == first]
    tails = [i for i in range(first, last + 1) if is_name_word(tokens[i]) or tokens[i].text.isdigit()]
    for at, a in enumerate(heads):
        starts = [a]
        beyond = heads[at + LONGEST] if at + LONGEST < len(heads) else last + 1
        ends = tails[bisect_left(tails, a) : bisect_left(tails, beyond)]
        if a - 2 > first and tokens[a - 1].text == "-" and tokens[a - 2].text in articles() and _touch(tokens, a - 2, a):
            starts.append(a - 2)
        for start in starts:
            for b in ends:
                yield start, b


def _touch(tokens: Sequence[Token], a: int, b: int) -> bool:
    return all(tokens[i].end == tokens[i + 1].start for i in range(a, b))


def look_up(text: str, start: int, span: tuple[int, int], run: tuple[int, int], know: Knowledge) -> Mention:
    """Return the mention `text` at offset `start`, words `span` of the run, with what is known by that name."""
    candidates = () if text.isupper() and len(text) < 4 else know.gazetteer.candidates(text)
    country, capital, region = know.countries.named(text), know.countries.with_capital(text), know.regions.named(text)
    if capital and not candidates and know.words.actors.get(fold(text)) == "body":  # Kremlin stands for a government and is no town
        capital = None
    return Mention(start, start + len(text), text, *span, run, country, capital, region, candidates, know.words.hosts.get(fold(text)))


def _is_state(tokens: Sequence[Token], mention: Mention, words: PlaceWords) -> bool:
    """Say whether a point of the compass stands for a state: `North’s missile tests`."""
    after = tokens[mention.last + 1 : mention.last + 2]
    return mention.text in words.compass and bool(after) and after[0].tag == "POS"


def _is_body(tokens: Sequence[Token], mention: Mention, know: Knowledge) -> bool:
    """Say whether an unknown name is a body's or of people: `Kremlin`, `Supreme Court`, `Algerian Islamists`."""
    last = tokens[mention.last]
    if know.words.actors.get(fold(mention.text)) == "body" or last.text.lower() in know.words.bodies:
        return True
    people = mention.last > mention.first and last.tag in _PLURALS
    return people and bool(know.countries.of_demonym(tokens[mention.first].text))


def worth_a_look(tokens: Sequence[Token], mention: Mention, know: Knowledge) -> bool:
    """Say whether an unknown name is worth judging.

    It is where it fills its run, or its part of a run with `and` or a hyphen in it; where the model calls it a place; where a
    word of kind follows. The name of a body, or of people, that no table has for a place is none.
    """
    if _is_body(tokens, mention, know):
        return False
    first, last = mention.run
    before = tokens[mention.first - 1].text if mention.first > first else ""
    opens = (
        mention.first == first or before in SEPARATORS or before == "of" or (mention.first == first + 1 and starts_sentence(tokens, first))
    )
    closes = mention.last == last or tokens[mention.last + 1].text in SEPARATORS
    inside = tokens[mention.first : mention.last + 1]
    if opens and closes and not any(token.text in CONJUNCTIONS for token in inside):
        return True
    follows = tokens[mention.last + 1].text if mention.last + 1 < len(tokens) else ""
    return all(token.ent_type in _MODEL_PLACES for token in inside) or (opens and follows in know.words.kinds)


def starts_sentence(tokens: Sequence[Token], i: int) -> bool:
    """Say whether word `i` is the first of its sentence."""
    return i == 0 or tokens[i - 1].sentence != tokens[i].sentence


def lower_case_names(tokens: Sequence[Token], regions: Regions) -> Iterator[tuple[int, int]]:
    """Yield where a region is named in small letters: `deep south`, `southern border provinces`."""
    for i, token in enumerate(tokens):
        for part in regions.lowercase.get(token.text, ()):
            if [t.text for t in tokens[i : i + len(part)]] == list(part):
                yield i, i + len(part) - 1
                break
