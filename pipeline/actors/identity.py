"""Who is who inside an entry: mentions of one participant put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.actors.naming import Namer, is_proper, name_start
from pipeline.actors.phrases import Phrase
from pipeline.spelling import fold
from pipeline.tables import Token


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase taken for a mention, with what is known of it before the entry is seen as a whole: its features and the country it names."""

    phrase: Phrase
    told: Sequence[str]
    nation: str | None


def group(mentions: Sequence[Mention], tokens: Sequence[Token], implied: Sequence[str | None], namer: Namer) -> list[list[int]]:
    """Return the mentions of each participant, by rank: same name, surname with full name, bracketed short form with long one."""
    first_of: dict[tuple[str, ...], int] = {}
    leader = list(range(len(mentions)))

    def find(i: int) -> int:
        while leader[i] != i:
            i = leader[i]
        return i

    def join(i: int, j: int) -> None:
        leader[max(find(i), find(j))] = min(find(i), find(j))

    keys = [_key(mention, tokens, implied[i], namer) for i, mention in enumerate(mentions)]
    for i, key in enumerate(keys):
        join(i, first_of.setdefault(key, i))
        if i and key[0] != "state" and keys[i - 1][0] != "state" and _in_brackets_after(mentions[i - 1].phrase, mentions[i].phrase, tokens):
            join(i, i - 1)
    for i, key in enumerate(keys):
        if key[0] == "name" and len(key) == 2:
            full = [j for j, other in enumerate(keys) if other[0] == "name" and len(other) > 2 and other[-1] == key[1]]
            if full:
                join(i, max((j for j in full if j < i), default=full[0]))
    groups: dict[int, list[int]] = {}
    for i in range(len(mentions)):
        groups.setdefault(find(i), []).append(i)
    return list(groups.values())


def _key(mention: Mention, tokens: Sequence[Token], implied: str | None, namer: Namer) -> tuple[str, ...]:
    """Return what mentions of one participant share; of a person or body told by name, "name" and its words."""
    phrase = mention.phrase
    nation = (implied or "") if mention.nation is None else mention.nation
    if phrase.name and phrase.name.known:
        return ("known", phrase.name.known.name)
    if namer.is_state(phrase):
        return ("state", phrase.name.country.iso3 if phrase.name and phrase.name.country else nation)
    if phrase.long:
        return ("body", *fold(phrase.long).split())
    words = [fold(token.text) for token in tokens[phrase.start : phrase.end]]
    if phrase.kind == "demonym":
        return ("people", nation, words[-1].removesuffix("s"))
    if phrase.kind == "role" and phrase.role:
        if is_proper(phrase, tokens):
            return ("body", *words)
        return ("role", nation, phrase.role.words, *map(fold, namer.without_nation(phrase, nation or None)[:-1]))
    start = name_start(phrase, tokens)
    return ("name", *(word for token in tokens[start : phrase.end] for word in fold(token.text).split()))


def _in_brackets_after(before: Phrase, after: Phrase, tokens: Sequence[Token]) -> bool:
    opened = after.start - 1
    while opened > before.end and tokens[opened].text in {"“", '"', "‘"}:
        opened -= 1
    return opened == before.end and tokens[opened].text == "(" and tokens[min(after.end, len(tokens) - 1)].text in {")", "”", '"', "’"}
