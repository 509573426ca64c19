"""Where an expression can begin: each rule names the words it begins with, and is tried at those instead of at every character."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

# A numeral with what is glued to it, or a run of letters: "7", "3rd", "2024年2月", "F" and "16" of F16.
WORD = re.compile(r"\d\w*|[^\W\d]+")
NUMERAL = "0"
# What a decoy's template begins with: a slot, a word, or a choice of them; {start} takes no room.
OPENING = re.compile(r"(?:\{start\})?(?:\(\?:([^()]*)\)|(\{\w+\}|\w+))")


def first_words(*groups: Iterable[str]) -> frozenset[str]:
    """Return the words, in lower case, that the phrases of these groups begin with; NUMERAL stands for any number."""
    words = (WORD.match(phrase) for group in groups for phrase in group)
    return frozenset(_key(word[0]) for word in words if word)


def opening(template: str, slots: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Return the words a template may begin with, given those of its slots; none where it begins in a way that names none."""
    match = OPENING.match(template)
    pieces = (match[1] or match[2]).split("|") if match else []
    found = [slots[piece[1:-1]] if piece[:1] == "{" else first_words([piece]) for piece in pieces]
    return frozenset().union(*found) if all(found) else frozenset()


def places_by_rule(text: str, rules_by_word: Mapping[str, Sequence[str]]) -> dict[str, list[int]]:
    """Return by rule the places of the text, in order, at which a word stands that it may begin with."""
    places: dict[str, list[int]] = defaultdict(list)
    for word in WORD.finditer(text):
        if rules := rules_by_word.get(_key(word[0])):
            place = word.start()
            for rule in rules:
                places[rule].append(place)
    return places


def matches_at(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """Yield what the pattern matches from these places on, from left to right, none overlapping."""
    past = 0
    for place in places:
        if place >= past and (match := pattern.match(text, place)):
            past = match.end()
            yield match


def _key(word: str) -> str:
    return NUMERAL if word[0].isdigit() else word.lower()
