"""What speaks for a person in a name that may be a place's: `Noboa`, `Morales` and `Kavala` are towns, and people in most entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.places.mentions import Knowledge, Mention, Reading, is_name_word
from pipeline.spelling import fold
from pipeline.tables import Token

_Ranks = Mapping[str, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Namesakes:
    """Where in an entry a word, folded, is the last of a person's full or titled name (`persons`), or is told to be a place (`places`).

    By the ranks of the reading's words: what a mention is told by must be elsewhere.
    """

    persons: _Ranks
    places: _Ranks


def find_namesakes(reading: Reading, know: Knowledge) -> Namesakes:
    """Return the names of the entry that the text itself tells to be a person's or a place's."""
    persons: dict[str, set[int]] = {}
    places: dict[str, set[int]] = {}
    words = reading.words
    for i, word in enumerate(words):
        if not is_name_word(word):
            continue
        follows = words[i + 1] if i + 1 < len(words) else None
        if _ends_a_person(words, i, know):
            persons.setdefault(fold(word.text), set()).add(i)
        elif (follows is not None and follows.text in know.words.kinds) or (i >= 2 and _kind_of(words, i, know)):
            places.setdefault(fold(word.text), set()).add(i)
    return Namesakes(*({key: frozenset(ranks) for key, ranks in found.items()} for found in (persons, places)))


def _ends_a_person(words: Sequence[Token], i: int, know: Knowledge) -> bool:
    """Say whether word `i` ends a person's name of several words, or follows a title."""
    after = words[i + 1] if i + 1 < len(words) else None
    if after is not None and is_name_word(after) and after.sentence == words[i].sentence:
        return False
    before = words[i - 1] if i and words[i - 1].sentence == words[i].sentence else None
    if before is None:
        return False
    if before.text.lower() in know.words.offices:
        return True
    return before.ent_type == words[i].ent_type == "PERSON" and words[i].ent_iob == "I"


def _kind_of(words: Sequence[Token], i: int, know: Knowledge) -> bool:
    return words[i - 1].text == "of" and words[i - 2].text in know.words.kinds


def at_person(reading: Reading, mention: Mention, sort: str, namesakes: Namesakes, know: Knowledge) -> Iterator[str]:
    """Yield the features that tell people, and bodies, from places."""
    words, last = reading.words, reading.words[mention.last]
    here = range(mention.first, mention.last + 1)
    actor = know.words.actors.get(fold(mention.text))
    if actor:
        yield f"known {actor}+{sort}"
    if actor == "person":
        yield "known person"
    single = mention.first == mention.last
    for title, found in (("person", namesakes.persons), ("place", namesakes.places)):
        ranks = found.get(fold(last.text), frozenset()) if single or title == "place" else frozenset()
        if any(rank not in here for rank in ranks):
            yield f"{title} elsewhere"
            yield f"{title} elsewhere+{sort}"
    before = words[mention.first - 1] if mention.first else None
    if before is not None and before.text.lower() in know.words.offices:
        yield "office before"
        yield f"office before+{sort}"
    if mention.text in know.words.months:
        yield "month"
    yield from _by_syntax(reading, last, sort, know)


def _by_syntax(reading: Reading, token: Token, sort: str, know: Knowledge) -> Iterator[str]:
    """Yield what is done to the name or is the name's, and whether that is done to persons sooner than places."""
    head, role = attachment(reading, token)
    if role == "pobj":
        above, _ = attachment(reading, head)
        yield f"{sort}+prep={head.lemma.lower()}"
        yield f"prep={head.lemma.lower()}+{above.lemma.lower()}"
        yield f"prep={head.lemma.lower()}+{above.pos}+{sort}"
        link, head = head.lemma.lower(), above
    else:
        link = role
        yield f"{role} of={head.lemma.lower()}"
    if head.lemma.lower() in know.words.personal:
        yield f"personal {link}"
        yield f"personal {link}+{sort}"


def attachment(reading: Reading, token: Token, depth: int = 4) -> tuple[Token, str]:
    """Return the head of a token and its role there; of a conjunct, those of the first of its list, at most `depth` steps up."""
    for _ in range(depth):
        if token.dep not in ("conj", "appos"):
            break
        above = reading.words[reading.word_of[token.head]]
        if above.i == token.i:
            break
        token = above
    return reading.words[reading.word_of[token.head]], token.dep
