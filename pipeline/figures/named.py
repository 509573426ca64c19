"""The noun phrases of an entry, without a number, that may speak of people: the candidates of implicit figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from pipeline.figures.holders import NO_PERSON, name_behind, office_holder
from pipeline.figures.mentions import INSIDE_NOUN, Mention, follows_part_word, nature_of
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords
from pipeline.tables import Entry

PAST = frozenset({"VBD", "VBN"})
# Places in the sentence that a noun fills, whatever part of speech the parser took it for ("lynched constable"); how verbs of objects end.
ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj", "appos", "oprd"})
MISTAKEN = frozenset({"ADJ", "ADV", "INTJ", "X"})
VERB_ENDINGS = ("ing", "ed")
NO_VERB = frozenset({"NNS", "NNP", "NNPS", "CD", "JJ"})


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
    numbered = _is_numbered(parse, i + 1) and parse.tokens[i + 1].head > i + 1
    return numbered or _in_apposition(parse, i) or _inside_phrase(parse, i, words)


def _is_numbered(parse: Parse, i: int) -> bool:
    """Tell whether a word is the number of the name before it: "Barrio 18 members"."""
    if not 0 < i < len(parse.tokens):
        return False
    name, number = parse.tokens[i - 1 : i + 1]
    return number.text.isdigit() and name.pos == "PROPN" and name.text[0].isupper() and "date" not in {name.dep, number.dep}


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


def _behind_verb(parse: Parse, first: int, noun: int) -> int:
    """Return the first word of a phrase without the verb that the parser took for part of it, and what stands before that.

    "Arrested and 9 May charged man": a date stands before a verb, never inside a phrase; "bullet killed girl": so does who did it.
    """
    tokens = parse.tokens
    dated = [k for k in range(max(first - 1, parse.same_sentence(noun).start), noun) if tokens[k].dep == "date"]
    if dated:
        first = next((k for k in range(dated[-1] + 1, noun) if tokens[k].tag not in PAST), noun)
    for k in range(first + 1, noun):
        is_verb = tokens[k].dep == "amod" and tokens[k].tag in PAST and tokens[k - 1].text != "-"
        if is_verb and any(c < k and tokens[c].dep == "npadvmod" for c in parse.children[k]):
            first = k + 1
    return first


def _named_span(parse: Parse, noun: int, told: Set[int]) -> tuple[int, int]:
    """Return first and last word of a noun phrase without its article; the name that its holder is called by ends it.

    What tells the harm is no part of it: "set free elderly hostage".
    """
    tokens = parse.tokens
    first, last = parse.phrase(noun)
    if _is_numbered(parse, first):
        first = parse.phrase(first - 1)[0]
    first = _behind_verb(parse, first, noun)
    while first < noun and (first in told or tokens[first].tag in {"DT", "PRP$"} or tokens[first].pos == "PUNCT"):
        first += 1
    for child in parse.children[noun]:
        start = parse.phrase(child)[0]
        named = tokens[child].ent_type == "PERSON" or (tokens[child].pos == "PROPN" and start == noun + 1)
        if child > noun and tokens[child].dep == "appos" and named and tokens[noun].ent_type != "PERSON":
            first, last = first if start <= noun + 2 else start, child
    if last == noun:
        holder = office_holder(parse, noun)
        if holder is not None:
            return parse.phrase(holder)[0], holder
        last = name_behind(parse, noun)
    return first, last
