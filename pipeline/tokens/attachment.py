"""Which word a lifted date modifies: read off the parse of the words around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token as SpacyToken

    from pipeline.tokens.lifting import Line

VERBAL = frozenset({"VERB", "AUX"})
# Dependents a noun carries on its left: "11 Feb parliament resolution" dates the resolution.
LEFT_OF_NOUN = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "quantmod"})


def modified_word(position: int, line: Line, parsed: Mapping[int, SpacyToken], ranks: Sequence[int]) -> int:
    """Return the position, in the line, of the word that the lifted token at `position` modifies.

    The verb right after it ("police 12 Feb launched", adverbs and auxiliaries passed over); else the noun of the phrase it
    stands in; else the verb that governs the word before it; else that word.
    """
    sentence = line.pieces[position].sentence
    after = next((k for k in range(position + 1, len(line.pieces)) if k in parsed), None)
    before = next((k for k in range(position - 1, -1, -1) if k in parsed), None)
    if after is not None and line.pieces[after].sentence == sentence and not line.pieces[after].clause_start:
        token = parsed[after]
        while token.pos_ in {"ADV", "AUX", "PART"} and token.head.pos_ in VERBAL and token.head.i > token.i:
            token = token.head
        if token.pos_ in VERBAL:
            return ranks[token.i]
        if token.pos_ in {"NOUN", "PROPN", "ADJ", "NUM", "DET"} and (before is None or not _closes_clause(parsed[before], token)):
            while token.dep_ in LEFT_OF_NOUN and token.head.i > token.i:
                token = token.head
            return ranks[token.i]
    if before is not None and line.pieces[before].sentence == sentence:
        return ranks[_governing_verb(parsed[before]).i]
    if after is not None:
        return ranks[_governing_verb(parsed[after]).i]
    return position


def _closes_clause(before: SpacyToken, after: SpacyToken) -> bool:
    """Tell whether the words on both sides belong to different phrases of one verb ("killed 3 May five soldiers")."""
    return before.pos_ in VERBAL and after.head == before


def _governing_verb(token: SpacyToken) -> SpacyToken:
    climb = token
    while climb.pos_ not in VERBAL and climb.head.i != climb.i:
        climb = climb.head
    return climb if climb.pos_ in VERBAL else token
