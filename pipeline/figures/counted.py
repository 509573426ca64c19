"""The numbers of an entry that may count people."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from pipeline.figures.mentions import INSIDE_NOUN, Mention, is_part, nature_of
from pipeline.figures.numbers import Count, NumberWords, find_counts
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords
from pipeline.tables import Date, Entry

OLDEST = 110
# Names that no number belongs to: of countries, towns and rivers ("In Gaza 45 were killed").
NO_NUMBER = frozenset({"GPE", "LOC", "DATE"})
# Words from a number to the noun it counts.
LONGEST_NOUN = 5


def counted_mentions(entry: Entry, dates: Sequence[Date], parse: Parse, words: FigureWords) -> Iterator[Mention]:
    """Yield every number of an entry that may count people, dates and ages aside, in reading order."""
    ends = [token.end for token in parse.tokens]
    before: Mention | None = None
    for count in find_counts(_without_dates(entry.text, dates), words.numbers):
        inside = range(bisect_right(ends, count.core), bisect_left(parse.starts, count.end))
        if inside and not (_is_age(parse, inside, count) or _is_name(parse, inside, count, words) or _is_whole(entry.text, count)):
            top, noun = _anchor(parse, inside)
            noun = parse.last_of_word(noun)
            nature = nature_of(parse, noun, words) if noun not in inside else "bare"
            if nature == "thing" and (people := _people_of(parse, noun, words)) is not None:
                top, noun, nature = people, people, "person"
            part = is_part(entry.text, count) or (before is not None and _joined(before, inside[0], parse))
            if nature != "thing" and not (nature == "bare" and part and _of_things(parse, top, words)):
                mention = Mention(count.start, count.end, count, top, noun, nature, part)
                before = mention if part else None
                yield mention


def _joined(part: Mention, first: int, parse: Parse) -> bool:
    """Tell whether nothing but "and" or a comma stands between a part and the number at `first`: "including ten men and two women"."""
    between = [parse.tokens[i].text for i in range(part.noun + 1, first)]
    return part.noun < first and between in ([","], ["and"])


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


def _is_name(parse: Parse, inside: range, count: Count, words: FigureWords) -> bool:
    """Tell whether a number belongs to a name ("District 11", "Barrio 18", "Region Eight") or is no number at all ("both sick and old")."""
    first, token = inside[0], parse.tokens[inside[0]]
    if token.text.lower() == "both":
        return token.dep in {"preconj", "cc", "advmod"} or parse.tokens[token.head].pos not in {"VERB", "AUX"}
    before = parse.tokens[first - 1] if first and parse.tokens[first - 1].sentence == token.sentence else None
    if count.hedge or before is None or before.pos != "PROPN" or before.ent_type in NO_NUMBER or not before.text[0].isupper():
        return False
    return token.text[0].isupper() or (
        token.text.isdigit() and len(token.text) < 4 and before.dep != "date" and not _counts_people(parse, inside[-1] + 1, words)
    )


def _counts_people(parse: Parse, after: int, words: FigureWords) -> bool:
    """Tell whether a noun for several people begins at a word: "In Goma 15 local women"."""
    noun = _noun_from(parse, after)
    return noun is not None and parse.tokens[noun].tag in {"NNS", "NNPS"} and nature_of(parse, noun, words) == "person"


def _noun_from(parse: Parse, first: int) -> int | None:
    """Return the noun of the phrase that begins at a word, as far as the words up to it hang on it; None where none does."""
    tokens = parse.tokens
    i = first
    while i < len(tokens) and tokens[i].dep in INSIDE_NOUN and i < tokens[i].head <= first + LONGEST_NOUN:
        i = tokens[i].head
    return i if i < len(tokens) and tokens[i].sentence == tokens[first].sentence and tokens[i].pos in {"NOUN", "PROPN"} else None


def _of_things(parse: Parse, top: int, words: FigureWords) -> bool:
    """Tell whether a number is of some of the things that its relative clause tells of: "179 aircraft, of which 136 crossed line"."""
    clause = next((i for i in parse.ups(top) if parse.tokens[i].dep == "relcl"), None)
    return clause is not None and nature_of(parse, parse.tokens[clause].head, words) == "thing"


def _people_of(parse: Parse, thing: int, words: FigureWords) -> int | None:
    """Return the people right behind a thing that the parser counted in their stead: "herders" of "60 cattle herders"; else None."""
    token = parse.tokens[thing]
    people = token.head == thing + 1 and token.dep in INSIDE_NOUN and _counts_people(parse, thing + 1, words)
    return thing + 1 if people else None


def _is_whole(text: str, count: Count) -> bool:
    """Tell whether a number is the whole that another is some of: 25 in "six of 25 militants"."""
    return bool(NumberWords.load().whole_before.search(text[max(0, count.start - 30) : count.start]))


def _counted_by(parse: Parse, i: int) -> int:
    """Return the noun counted by a number on which another hangs: "hostages" of "three of 12 hostages"; any other word itself."""
    token = parse.tokens[i]
    return token.head if token.pos == "NUM" and token.dep == "nummod" and token.head > i else i


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
        noun = _counted_by(parse, token.head)
        return noun, noun
    other = tokens[token.head]
    if token.dep == "conj" and other.pos == "NUM" and _counted_by(parse, other.i) > inside[-1]:
        # "Killed ten and 14 May 23 people": both numbers are of people.
        return head, other.head
    for child in parse.children[head]:
        if parse.word(child) == "of" and child > head:
            for grandchild in parse.children[child]:
                if tokens[grandchild].dep == "pobj":
                    return head, grandchild
    after = inside[-1] + 1
    if after < len(tokens) and tokens[after].pos == "NOUN" and tokens[after].head == head:
        return head, after
    if token.head < inside[0] and token.dep in INSIDE_NOUN:
        # "Near Goma 15 civilians fled": the parser hangs the number on the name before it.
        counted = _noun_from(parse, after)
        return (head, head) if counted is None else (counted, counted)
    return head, head
