"""Victims: the words that say who was harmed, and which side they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pipeline.figures.harms import Harm
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords
from pipeline.tables import Actor

# Between numbers of the same people: "ten of 25 miners", "ten and 14 May 23 miners".
JOINING = frozenset({"of", "and"})
Side = Literal["civilian", "state_forces", "non_state_armed", "mixed", "unknown"]
SIDES: dict[Side, tuple[str, ...]] = {
    "state_forces": ("military", "police", "intelligence", "diplomat_mission"),
    "non_state_armed": ("rebel", "militia", "criminal", "armed_unidentified"),
    "civilian": (
        "civilian",
        "activist",
        "media",
        "religious",
        "business",
        "ngo",
        "ethnic",
        "party",
        "government",
        "judiciary",
        "legislature",
    ),
}
ARMED: tuple[Side, ...] = ("state_forces", "non_state_armed")
SIDE_OF_TYPE = {actor_type: side for side, types in SIDES.items() for actor_type in types}


def victim_phrase(figure: Harm, parse: Parse) -> tuple[int, int] | None:
    """Return first and last token of the words for the victims, number and article left out; None where a number stands alone."""
    mention, tokens = figure.mention, parse.tokens
    if mention.count is None:
        inside = [t.i for t in tokens[max(0, mention.noun - 30) : mention.noun + 30] if mention.start <= t.start and t.end <= mention.end]
        return inside[0], inside[-1]
    if mention.nature == "bare":
        return None
    first, last = parse.phrase(mention.noun)
    while first < last and (
        tokens[first].start < mention.end
        or tokens[first].pos == "PUNCT"
        or tokens[first].tag in {"DT", "PRP$"}
        or tokens[first].dep == "date"
        or parse.word(first) in JOINING
        or (tokens[first].dep, tokens[first].head) == ("nummod", last)
        or (tokens[first].dep, tokens[first].pos) == ("conj", "NUM")
    ):
        first += 1
    return (first, last) if tokens[first].start >= mention.end or tokens[last].end <= mention.start else None


def victim_group(figure: Harm, parse: Parse, actors: Mapping[int, Actor], words: FigureWords) -> Side:
    """Return the side the victims belong to: civilian, state_forces, non_state_armed, mixed or unknown.

    An actor named among the victims' words decides by its type; else the noun for them does, and the words before it. Armed men of a
    civilian actor are armed: of a government its forces ("Taliban fighters" where it governs), of others what the noun says.
    """
    span = victim_phrase(figure, parse)
    if span is None:
        return "unknown"
    named = [actor.type for i in range(span[0], span[1] + 1) if (actor := actors.get(i)) is not None and actor.type in SIDE_OF_TYPE]
    sides = {SIDE_OF_TYPE[actor_type] for actor_type in named}
    noun = words.group_of.get(parse.word(figure.mention.noun))
    if sides == {"civilian"} and noun in ARMED:
        return "state_forces" if "government" in named else noun
    if len(sides) == 1:
        return sides.pop()
    forms = [f for i in range(span[1], span[0] - 1, -1) for f in (parse.word(i), parse.tokens[i].text.lower())]
    groups = [words.group_of[form] for form in forms if form in words.group_of]
    return next((group for group in groups if group in SIDES), "unknown")


def number_of(figure: Harm, parse: Parse, words: FigureWords) -> tuple[int | None, int | None, int | None]:
    """Return low, best and high: as written, or, where no number is, 1, 1, 1 for one person and 2, None, None for more."""
    count = figure.mention.count
    if count is not None:
        return count.low, count.best, count.high
    form = parse.word(figure.mention.noun)
    if form in words.pairs:
        return words.pairs[form], words.pairs[form], words.pairs[form]
    token = parse.tokens[figure.mention.noun]
    # "Population displacement eastward": what the parser takes for a name is no person, the many stand before it.
    inside = range(*parse.phrase(token.i)) if figure.mention.nature != "person" else range(0)
    forms = {form, token.text.lower(), *(parse.word(i) for i in inside)}
    return (2, None, None) if token.tag in {"NNS", "NNPS"} or forms & words.collectives else (1, 1, 1)
