"""Mentions: what of an entry may speak of people, and what kind of people or things a noun stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.figures.numbers import Count
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords

INSIDE_NOUN = frozenset({"nummod", "amod", "compound", "quantmod", "nmod", "det", "predet", "poss"})
# "31 inmates, including seven women", "among them seven women", "incl those of seven women"; "31 inmates, seven of them women",
# "seven women included", "seven women were among dead".
GROUP = r"(?:them|whom|which|these|those|latter)"
HARMED = r"(?:dead|wounded|injured|killed|victims|casualties|fatalities|arrested|detained|detainees|arrestees|captives|hostages|missing)"
PART_BEFORE = re.compile(
    rf"(?:\b(?:including|include[sd]?|incl\.?|comprising|notably)(?: (?:those|deaths?|lives|bodies|that) of)?"
    rf"|\b(?:of {GROUP}|among (?:{GROUP}|(?:the )?{HARMED}))(?: were| was)?(?: also)?,?)\s+$",
    re.IGNORECASE,
)
PART_AFTER = re.compile(
    rf"\s{{1,2}}(?:(?:\w{{1,40}} )?of {GROUP}\b"
    rf"|(?:[\w’-]{{1,40}} ){{1,3}}(?:included(?=\s*(?:[,.;)–]|$))|(?:were |was )?among (?:the )?{HARMED}\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """People spoken of: the number (none where none is written), the word their phrase hangs by, and the noun for them.

    `top` is the word that has a place in the sentence ("dozens" in "dozens of men"), `noun` the word that says who they are
    ("men"; the same as `top` where no noun is written). `nature` is that noun's: person, thing, bare, other.
    `part`: the text says they are some of those just spoken of. `others`: nouns for more people of the same phrase ("women and children").
    """

    start: int
    end: int
    count: Count | None
    top: int
    noun: int
    nature: str
    part: bool = False
    others: tuple[int, ...] = ()


def is_part(text: str, start: int, end: int) -> bool:
    """Tell whether the text says that the people at these offsets are some of those just spoken of."""
    return bool(PART_BEFORE.search(text[max(0, start - 40) : start]) or PART_AFTER.match(text[end : end + 40]))


def nature_of(parse: Parse, noun: int, words: FigureWords) -> str:
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
