"""What the text around a place name says of where it is: its kind, the unit it lies in, the country it is said to be of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.places.mentions import Knowledge, Mention, Reading
from pipeline.tables import Level

# Between two names of a list: ", ", " and ", ", and ", " or ", "/".
_LIST = re.compile(r",? (?:and|or|as well as) |, |/|-")
# Between a place and what it lies in: " (", ", ", " town (", " village in ", ", in ", " (both ".
_INSIDE = re.compile(
    r"(?:[ -][a-z]+){0,3}"  # " town", " border crossing"
    r"(?:,? \((?:both |all |in |near )?|, |,? in (?:the )?|,? of )"
    r"(?:(?:northern|southern|eastern|western|central|north|south|east|west|neighbouring) )?"
)
_LEADS = frozenset({"NOUN", "ADJ", "PROPN"})
_BACK = 5  # words looked back for "Chadian border town of"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is said around a name: the word of kind after it, the levels it allows, the rank of the name it lies in, its country.

    `beside` is True where the text places something near the name, as it does with towns: `near Djibo`, `around city of Goma`.
    """

    rank: int
    kind: str
    kinds: tuple[Level, ...]
    outer: int | None
    of: str | None
    beside: bool


def survey(reading: Reading, places: Sequence[Mention], know: Knowledge) -> list[Surroundings]:
    """Return what is said around each of `places`, which are in reading order; what stands at one end of a list counts for all of it."""
    kinds = [kind_beside(reading, place, know) for place in places]
    text = reading.entry.text
    linked = [_LIST.fullmatch(text[a.end : b.start]) is not None for a, b in pairwise(places)]
    after = [following_kind(reading, place, know) for place in places]
    for i in range(len(places) - 2, -1, -1):
        if linked[i] and not kinds[i] and after[i + 1].endswith("s"):
            kinds[i], after[i] = kinds[i + 1], after[i + 1]
    for i in range(1, len(places)):
        if linked[i - 1] and not kinds[i] and before_is_plural(reading, places[i - 1], know):
            kinds[i] = kinds[i - 1]
    outer = [_outer(reading, places, i, know) for i in range(len(places))]
    for i in range(len(places) - 2, -1, -1):
        if linked[i] and outer[i] in (None, i + 1):
            outer[i] = outer[i + 1] if outer[i] is None or kinds[i] == kinds[i + 1] else outer[i]
    of = [country_of(reading, place, know) for place in places]
    for i in range(1, len(places)):
        if linked[i - 1] and not of[i] and not places[i].country and owned(reading, places[i - 1]) and after[i].endswith("s"):
            of[i] = of[i - 1]
    return [
        Surroundings(
            rank=i,
            kind=after[i],
            kinds=levels_of(place, kinds[i], know),
            outer=outer[i],
            of=of[i],
            beside=is_beside(reading, place, know),
        )
        for i, place in enumerate(places)
    ]


def levels_of(place: Mention, kind: str, know: Knowledge) -> tuple[Level, ...]:
    """Return the levels a word of kind allows; of a country's name only a unit's tells something: `Niger state`, not `Niger border`."""
    levels = know.words.kinds.get(kind, ())
    return () if place.country and not {"admin1", "admin2"} & set(levels) else levels


def kind_beside(reading: Reading, place: Mention, know: Knowledge) -> str:
    """Return the word of kind beside a name: `Titao town`, `city of Djibo`, `capital Niamey`; the empty string if there is none."""
    return following_kind(reading, place, know) or preceding_kind(reading, place, know)


def following_kind(reading: Reading, place: Mention, know: Knowledge) -> str:
    """Return the word of kind after a name, one word between them allowed: `Titao military camp`."""
    words = [word.text.lower() for word in reading.words[place.last + 1 : place.last + 4]]
    for skip in (0, 1):
        rest = words[skip:]
        pair = " ".join(rest[:2])
        if pair in know.words.kinds:
            return pair
        if rest and rest[0] in know.words.kinds and not (skip and words[0] in (",", "and", "(", ".", "in", "-", ")", ";", "’s")):
            return rest[0]
    return ""


def preceding_kind(reading: Reading, place: Mention, know: Knowledge) -> str:
    """Return the word of kind before a name, `of` between them or not."""
    words = [word.text.lower() for word in reading.words[max(0, place.first - 3) : place.first]]
    if words and words[-1] == "the":
        words.pop()
    if words and words[-1] == "of":
        words.pop()
    return words[-1] if words and words[-1] in know.words.kinds else ""


def before_is_plural(reading: Reading, place: Mention, know: Knowledge) -> bool:
    """Say whether a list is opened by a plural of kind: `cities of Gao and Timbuktu`."""
    return preceding_kind(reading, place, know).endswith("s")


def owned(reading: Reading, place: Mention) -> bool:
    """Say whether a genitive leads to a name: `Pakistan’s Murid and Bholari bases`."""
    return place.first > 0 and reading.words[place.first - 1].text in ("’s", "'s")


def is_beside(reading: Reading, place: Mention, know: Knowledge) -> bool:
    """Say whether the text puts something close to a name: `near Djibo`, `near the city of Djibo`."""
    words = [word.text.lower() for word in reading.words[max(0, place.first - 4) : place.first]]
    if len(words) > 1 and words[-1] == "of" and words[-2] in know.words.kinds:
        words = words[:-2]
    elif words and words[-1] in know.words.kinds:
        words = words[:-1]
    if words and words[-1] == "the":
        words = words[:-1]
    return bool(words) and words[-1] in know.words.beside


def _outer(reading: Reading, places: Sequence[Mention], i: int, know: Knowledge) -> int | None:
    """Return the rank of the next name if the text between says that this one lies in it; countries lie in nothing."""
    if i + 1 == len(places) or places[i].country or not _INSIDE.fullmatch(reading.entry.text, places[i].end, places[i + 1].start):
        return None
    # "closed, Nigeria 9 Feb": after a comma only what is called a unit, or ends there itself, is what a place lies in.
    after = reading.words[places[i + 1].last + 1 : places[i + 1].last + 2]
    ends = not after or after[0].text in know.words.kinds or not after[0].text[:1].isalnum()
    return i + 1 if ends or reading.entry.text[places[i].end : places[i + 1].start].endswith("(") else None


def country_of(reading: Reading, place: Mention, know: Knowledge) -> str | None:
    """Return the country whose adjective or genitive leads to the name: `Chadian border town of Tine`, `Afghanistan's Paktika`."""
    sentence = reading.words[place.first].sentence
    for i in range(place.first - 1, max(-1, place.first - 1 - _BACK), -1):
        word = reading.words[i]
        possessor = word.text in ("’s", "'s") and i > 0 and i == place.first - 1
        genitive = know.countries.named(reading.words[i - 1].text) if possessor else None
        if genitive:
            return genitive.iso3
        demonym = know.countries.of_demonym(word.text) if word.text[:1].isupper() else ()
        if len(demonym) == 1:
            return demonym[0].iso3
        compound = word.text == "-" and i < place.first - 1
        if word.sentence != sentence or not (word.pos in _LEADS or word.text == "of" or compound):
            return None
    return None
