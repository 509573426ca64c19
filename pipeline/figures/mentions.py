"""Mentions: what of an entry may speak of people, and what kind of people or things a noun stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.figures.numbers import Count
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords

INSIDE_NOUN = frozenset({"nummod", "amod", "compound", "quantmod", "nmod", "det", "predet", "poss"})
# "31 inmates, including seven women", "among them seven women", "incl those of seven women", "including judge and seven women";
# "31 inmates, seven of them women", "seven of dead were women", "seven women included", "seven women among them".
GROUP = r"(?:them|whom|which|these|those|latter)"
HARMED = (
    r"(?:dead|wounded|injured|killed|slain|deaths|victims|casualties|fatalities|missing|abducted|captives|hostages"
    r"|arrested|detained|detainees|arrestees)"
)
# Of a list that "including" opens, so many words stand before its last member.
LISTED = r"(?: [\w’'-]{1,40}){1,7} and"
PART_BEFORE = re.compile(
    rf"(?:\b(?:including|include[sd]?|incl\.?|comprising|notably)(?: (?:those|deaths?|lives|bodies|that) of|{LISTED})?"
    rf"|\b(?:of {GROUP}|among (?:{GROUP}|(?:the )?{HARMED}))(?: were| was)?(?: also)?,?(?:{LISTED})?)\s+$",
    re.IGNORECASE,
)
PART_AFTER = re.compile(
    rf"\s{{1,2}}(?:(?:\w{{1,40}} )?of {GROUP}\b"
    rf"|(?:[\w’-]{{1,40}} ){{1,3}}(?:included(?=\s*(?:[,.;)–]|$))|(?:were |was )?among (?:{GROUP}|(?:the )?{HARMED})\b))",
    re.IGNORECASE,
)
# "Seven of dead were women"; "dozens of dead" are all.
PART_OF_HARMED = re.compile(rf"\s{{1,2}}of (?:the )?{HARMED}\b", re.IGNORECASE)
# By these a sentence speaks of people of the one before, unless it has a clause of its own for them: "two of whom".
BACK = re.compile(rf"\b(?:{HARMED}|they|them|these|those|latter)\b", re.IGNORECASE)
OWN_CLAUSE = re.compile(r"\b(?:whom|which)\b", re.IGNORECASE)
# Characters before and behind a mention in which these are looked for.
REACH = 100


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


def follows_part_word(text: str, start: int) -> bool:
    """Tell whether the words before an offset say that the people told of there are some of those just spoken of."""
    return bool(PART_BEFORE.search(text[max(0, start - REACH) : start]))


def is_part(text: str, count: Count) -> bool:
    """Tell whether the text says that the people counted are some of those just spoken of."""
    behind = text[count.end : count.end + REACH]
    return bool(follows_part_word(text, count.start) or PART_AFTER.match(behind) or (not count.vague and PART_OF_HARMED.match(behind)))


def nature_of(parse: Parse, noun: int, words: FigureWords) -> str:
    """Return what a noun stands for: "person", "thing" or "other"; what measures animals ("40 head of cattle") is a thing."""
    token = parse.tokens[noun]
    if parse.word(noun) in words.measures and any(parse.word(c) in words.animals for c in parse.of(noun)):
        return "thing"
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


def refers_back(told: str) -> bool:
    """Tell whether a sentence, as far as it is told, speaks of those harmed in the one before: "Among dead were", "They included"."""
    return bool(BACK.search(told)) and not OWN_CLAUSE.search(told)
