"""The noun phrases of an entry, without a number, that may speak of people: the candidates of implicit figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from pipeline.figures.mentions import INSIDE_NOUN, Mention, follows_part_word, nature_of
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords
from pipeline.tables import Entry

# Entities that are no people, whatever stands over them.
NO_PERSON = frozenset({"GPE", "LOC", "ORG", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "DATE", "LANGUAGE", "MONEY"})

PAST = frozenset({"VBD", "VBN"})
# Places in the sentence that a noun fills, whatever part of speech the parser took it for ("lynched constable"); how verbs of objects end.
ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "appos", "oprd"})
MISTAKEN = frozenset({"ADJ", "ADV", "INTJ", "X"})
VERB_ENDINGS = ("ing", "ed")
NO_VERB = frozenset({"NNS", "NNP", "NNPS", "CD", "JJ"})

# What may stand between an office and its holder's name, and how many words further the name may end.
IN_TITLE = frozenset({"NOUN", "PROPN", "ADJ"})
TITLE_MARKS = frozenset({",", "-", "–", "(", ")", "“", "”"})
LONGEST_TITLE = 14


def named_mentions(
    entry: Entry, parse: Parse, counted: Sequence[Mention], told: Set[int], sentences: Set[int], words: FigureWords
) -> Iterator[Mention]:
    """Yield every noun phrase with no number in it that may speak of people, in reading order: the candidates of implicit figures.

    `told` are words that end a harm told in two; looks in the sentences of these ranks alone.
    """
    tokens = parse.tokens
    taken = {i for mention in counted for i in (mention.top, mention.noun)}
    called = {token.text for token in tokens if token.ent_type == "PERSON" and token.text[:1].isupper()}
    parts: set[int] = set()
    covered = 0
    for token in tokens:
        if token.sentence not in sentences or token.start < covered or token.i in taken:
            continue
        nature = _nature(parse, token.i, called, words)
        if nature is None or _says_more(parse, token.i, words):
            continue
        first, last = _named_span(parse, token.i, told)
        others = _joined(parse, token.i, last, called, words)
        last = others[-1] if others else last
        start, end = tokens[first].start, tokens[last].end
        if any(mention.start < end and start < mention.end for mention in counted) or _shares_number(parse, token.i, taken):
            continue
        part = follows_part_word(entry.text, start) or (token.dep == "conj" and token.head in parts)
        if part:
            parts.add(token.i)
        covered = end
        yield Mention(start, end, None, token.i, token.i, nature, part, others)


def _nature(parse: Parse, i: int, called: Set[str], words: FigureWords) -> str | None:
    """Return what a noun stands for where that may be people; None where it is no noun or none for people."""
    token = parse.tokens[i]
    if token.pos not in {"NOUN", "PROPN"}:
        return "person" if _mistaken(parse, i, words) else None
    if token.pos == "PROPN" and token.ent_type in NO_PERSON and _titled(parse, i, words):
        return "person"
    # The entity tagger sees each name alone: who is a person in one sentence is none the less one in the next.
    nature = "person" if token.text in called and token.ent_type in NO_PERSON else nature_of(parse, i, words)
    unseen_name = token.pos == "PROPN" and token.ent_type not in NO_PERSON
    likely = nature == "person" or (nature == "other" and (unseen_name or parse.word(i) in words.collectives))
    return nature if likely else None


def _mistaken(parse: Parse, i: int, words: FigureWords) -> bool:
    """Tell whether a word that the parser took for no noun is one for a person: "lynched constable", "shot 16-year-old"."""
    token = parse.tokens[i]
    if token.dep not in ARGUMENTS or token.pos not in MISTAKEN:
        return False
    aged = parse.word(i) == "old" and i > 1 and parse.tokens[i - 1].text == "-"
    return aged or (token.tag not in {"JJR", "JJS"} and words.group_of.get(token.text.lower(), "neutral") != "neutral")


def _titled(parse: Parse, i: int, words: FigureWords) -> bool:
    """Tell whether a name follows a noun for one person: "journalist Amadou Samassa" is no organisation."""
    titles = (c for c in parse.children[i] if c < i and parse.tokens[c].dep in {"compound", "nmod"} and parse.tokens[c].tag == "NN")
    return parse.word(i) not in words.things and any(
        nature_of(parse, c, words) == "person" and parse.word(c) not in words.collectives for c in titles
    )


def _says_more(parse: Parse, i: int, words: FigureWords) -> bool:
    """Tell whether a word is part of what is said of others, not people of its own."""
    return _in_apposition(parse, i) or _inside_phrase(parse, i, words)


def _joined(parse: Parse, noun: int, last: int, called: Set[str], words: FigureWords) -> tuple[int, ...]:
    """Return the plurals that "and" joins to a plural, nothing else between: "women and children" are one group, two persons are two."""
    found: list[int] = []
    for child in parse.children[noun] if _is_plural(parse, noun) else ():
        first = parse.phrase(child)[0] if child > noun else child
        joins = first == last + 2 and parse.word(last + 1) == "and" and parse.tokens[child].dep == "conj"
        if (
            joins
            and _is_plural(parse, child)
            and not any(parse.tokens[c].dep == "nummod" for c in parse.children[child])
            and _nature(parse, child, called, words)
        ):
            found.append(child)
            last = child
    return tuple(found)


def _is_plural(parse: Parse, i: int) -> bool:
    return parse.tokens[i].tag in {"NNS", "NNPS"}


def _shares_number(parse: Parse, i: int, taken: Set[int]) -> bool:
    """Tell whether a plural is counted by the number before the noun it is joined to: "four soldiers and policemen"."""
    token = parse.tokens[i]
    plain = not any(parse.tokens[child].dep in {"nummod", "det", "poss"} for child in parse.children[i])
    return token.dep == "conj" and _is_plural(parse, i) and token.head in taken and plain and parse.word(i - 1) == "and"


def _in_apposition(parse: Parse, i: int) -> bool:
    """Tell whether a word only says more of a person already named: "Diallo, mayor and critic"."""
    token = parse.tokens[i]
    above = parse.tokens[token.head]
    first = parse.phrase(i)[0]
    before = parse.tokens[first - 1] if first > parse.same_sentence(i).start else token
    # "wounding shepherd": what stands right behind a verb is its object, whatever the parser made of it.
    if token.dep == "appos" and before.tag not in NO_VERB and before.dep != "date" and before.text.lower().endswith(VERB_ENDINGS):
        return False
    listed = any(parse.tokens[child].dep == "nummod" for child in parse.children[token.head])
    return token.dep in {"date", "appos"} or (token.dep == "conj" and above.dep == "appos" and not listed)


def _inside_phrase(parse: Parse, i: int, words: FigureWords) -> bool:
    """Tell whether a word stands inside the phrase of another: "police chief", the owner in "president's adviser"."""
    token = parse.tokens[i]
    if token.dep == "poss":
        return nature_of(parse, token.head, words) == "person"
    return token.dep in INSIDE_NOUN and token.head > i and parse.tokens[token.head].pos in {"NOUN", "PROPN"}


def _named_span(parse: Parse, noun: int, told: Set[int]) -> tuple[int, int]:
    """Return first and last word of a noun phrase without its article; the name that its holder is called by ends it.

    What tells the harm is no part of it: "set free elderly hostage".
    """
    tokens = parse.tokens
    first, last = parse.phrase(noun)
    # "arrested and 9 Oct charged man": a date stands before a verb, whatever the parser made of it, never inside a phrase.
    dated = [k for k in range(first, noun) if tokens[k].dep == "date"]
    if dated:
        first = next((k for k in range(dated[-1] + 1, noun) if tokens[k].tag not in PAST), noun)
    while first < noun and (first in told or tokens[first].tag in {"DT", "PRP$"} or tokens[first].pos == "PUNCT"):
        first += 1
    for child in parse.children[noun]:
        start = parse.phrase(child)[0]
        named = tokens[child].ent_type == "PERSON" or (tokens[child].pos == "PROPN" and start == noun + 1)
        if child > noun and tokens[child].dep == "appos" and named and tokens[noun].ent_type != "PERSON":
            first, last = first if start <= noun + 2 else start, child
    if last == noun:
        holder = _office_holder(parse, noun)
        if holder is not None:
            return parse.phrase(holder)[0], holder
        last = _name_behind(parse, noun)
    return first, last


def _name_behind(parse: Parse, noun: int) -> int:
    """Return the last word of the name that a noun for one person runs into, whatever the parser made of it, else the noun itself.

    "party VP Alassani Tigri", "author and critic Boualem Sansal", "speaker of parliament, party leader Rached Ghannouchi".
    """
    tokens, sentence = parse.tokens, parse.same_sentence(noun)
    if tokens[noun].tag != "NN" or tokens[noun].ent_type == "PERSON":
        return noun
    for i in range(noun + 1, min(noun + LONGEST_TITLE, sentence.stop)):
        if (tokens[i].ent_type == "PERSON" and tokens[i].text[0].isupper() and tokens[i].pos != "NOUN") or (
            tokens[i].pos == "PROPN" and tokens[i].ent_type not in NO_PERSON and i == noun + 1
        ):
            while i + 1 < sentence.stop and tokens[i + 1].pos == "PROPN" and tokens[i + 1].ent_type == tokens[i].ent_type:
                i += 1
            return i
        if tokens[i].dep == "date" or not _in_title(parse, i):
            return noun
    return noun


def _in_title(parse: Parse, i: int) -> bool:
    """Tell whether a word may stand between an office and its holder's name."""
    token = parse.tokens[i]
    described = token.pos in IN_TITLE or (token.tag == "VBN" and token.dep == "amod")
    return described or token.text in TITLE_MARKS or parse.word(i) in {"and", "of"}


def _office_holder(parse: Parse, noun: int) -> int | None:
    """Return the name that the parser hung on the place of an office: "mayor of Gao municipality, Amadou Diallo"."""
    tokens = parse.tokens
    if tokens[noun].ent_type == "PERSON":
        return None
    below = (i for prep in parse.children[noun] if prep > noun and tokens[prep].dep == "prep" for i in parse.children[prep])
    found = (c for i in below for c in parse.children[i] if c > i and tokens[c].dep == "appos" and tokens[c].ent_type == "PERSON")
    return next(found, None)
