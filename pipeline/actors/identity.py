"""Who is who inside an entry: mentions of one participant put together, named, and given an identity that holds across entries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.actors.phrases import Phrase
from pipeline.countries import Countries
from pipeline.spelling import fold
from pipeline.tables import Token

# Nouns that, bare, stand for the state itself, as a country's name and its capital's do.
STATE = frozenset({"government", "govt", "govts", "authority", "authorities", "state", "administration"})
_PERSONAL = frozenset({"office", "people"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A phrase taken for a mention, with what is known of it before the entry is seen as a whole."""

    phrase: Phrase
    scores: list[float]
    stateless: float
    nation: str | None


def group(mentions: Sequence[Mention], tokens: Sequence[Token], implied: Sequence[str | None]) -> list[list[int]]:
    """Return the mentions of each participant, by rank: same name, surname with full name, bracketed short form with long one."""
    first_of: dict[tuple[str, ...], int] = {}
    leader = list(range(len(mentions)))

    def find(i: int) -> int:
        while leader[i] != i:
            i = leader[i]
        return i

    def join(i: int, j: int) -> None:
        leader[max(find(i), find(j))] = min(find(i), find(j))

    keys = [_key(mention, tokens, implied[i]) for i, mention in enumerate(mentions)]
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


def _key(mention: Mention, tokens: Sequence[Token], implied: str | None) -> tuple[str, ...]:
    """Return what mentions of one participant share; of a person or body told by name, "name" and its words."""
    phrase = mention.phrase
    nation = (implied or "") if mention.nation is None else mention.nation
    if phrase.name:
        if phrase.name.known:
            return ("known", phrase.name.known.name)
        return ("state", phrase.name.country.iso3 if phrase.name.country else "")
    if phrase.long:
        return ("body", *fold(phrase.long).split())
    words = [fold(token.text) for token in tokens[phrase.start : phrase.end]]
    if phrase.kind == "demonym":
        return ("people", nation, words[-1].removesuffix("s"))
    if phrase.kind == "role" and phrase.role:
        if _is_proper(phrase, tokens):
            return ("body", *words)
        if phrase.role.words in STATE and len(words) <= 2 and words[-1] != "states":
            return ("state", nation)
        return ("role", nation, phrase.role.words, *words[:-1])
    start = name_start(phrase, tokens)
    return ("name", *(word for token in tokens[start : phrase.end] for word in fold(token.text).split()))


def _is_proper(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Tell whether a phrase on a role noun is a proper name ("Kurdistan Democratic Party"): capitals from its second word on."""
    inside = [token.text for token in tokens[phrase.start + 1 : phrase.end] if token.text[:1].isalpha()]
    return len(inside) > 0 and tokens[phrase.head].text[:1].isupper() and all(word[:1].isupper() or len(word) < 4 for word in inside)


def _in_brackets_after(before: Phrase, after: Phrase, tokens: Sequence[Token]) -> bool:
    opened = after.start - 1
    while opened > before.end and tokens[opened].text in {"“", '"', "‘"}:
        opened -= 1
    return opened == before.end and tokens[opened].text == "(" and tokens[min(after.end, len(tokens) - 1)].text in {")", "”", '"', "’"}


def canonical(
    members: Sequence[Mention], tokens: Sequence[Token], text: str, iso3: str | None, shared: frozenset[str], countries: Countries
) -> tuple[str, str]:
    """Return the name and the identity of a participant: a known one's own, the longest of its names, or a plain description."""
    country = countries.by_iso3.get(iso3 or "")
    for member in members:
        if member.phrase.name and member.phrase.name.known:
            name = member.phrase.name.known.name
            return name, slug(f"{name} {iso3 or ''}" if name in shared else name)
    if any(_key(member, tokens, iso3)[0] == "state" for member in members):
        where = country.name if country else "unknown country"
        return f"Government of {where}", slug(f"government {iso3 or 'unknown'}")
    names = [bare_name(member.phrase, tokens, text) for member in members]
    best = max(names, key=lambda name: (len(name.split()) > 1, len(name)))
    if all(member.phrase.kind in {"role", "demonym"} for member in members) and not _is_proper(members[0].phrase, tokens):
        first = tokens[members[names.index(best)].phrase.start]
        # Only the head of a sentence is capital by its place; "French envoy" is so anywhere.
        opens = first.i == 0 or tokens[first.i - 1].sentence != first.sentence
        national = country is not None and best.split()[0] in country.demonyms
        plain = best[0].lower() + best[1:] if opens and not national and first.pos != "PROPN" and not best[1:2].isupper() else best
        told = country is None or any(member.phrase.within for member in members)
        if not told and country and not any(word.lower() in best.lower() for word in (*country.demonyms, country.name)):
            plain = f"{_adjective(country.demonyms, country.name)} {plain}"
        role = members[0].phrase.role
        return plain, slug(f"{role.words if role and len(names[0].split()) == 1 else best} {iso3 or ''}")
    # Every country has its constitutional court; persons' full names are their own.
    alone = len(best.split()) > 1 and not any(member.phrase.kind == "role" for member in members)
    return best, slug(best if alone else f"{best} {iso3 or ''}")


def _adjective(demonyms: Sequence[str], name: str) -> str:
    return demonyms[0] if demonyms else name


def bare_name(phrase: Phrase, tokens: Sequence[Token], text: str) -> str:
    """Return the phrase without the title before a name ("Turkish FM Hakan Fidan": "Hakan Fidan")."""
    if phrase.long:
        return phrase.long
    return text[tokens[name_start(phrase, tokens)].start : tokens[phrase.end - 1].end]


def name_start(phrase: Phrase, tokens: Sequence[Token]) -> int:
    """Return the token that the name itself starts on: the one after the title and after words in small letters."""
    start = phrase.start
    if phrase.kind not in {"titled", "person"}:
        return start
    size = len(phrase.role.words.split()) if phrase.role else 0
    for k in range(phrase.head - 1, phrase.start - 1, -1):
        before = [token.text.lower() for token in tokens[max(phrase.start, k - size + 1) : k + 1]]
        titled = phrase.role and (phrase.role.sort != "organ" or tokens[k].text[:1].islower())
        if phrase.role and titled and phrase.role.words in {" ".join(before), " ".join((*before[:-1], tokens[k].lemma.lower()))}:
            return k + 1
        if tokens[k].text[:1].islower() and len(tokens[k].text) > 3:
            return k + 1
    return start


def slug(name: str) -> str:
    """Return the name in lower-case ASCII letters and digits, joined by hyphens."""
    ascii_name = unicodedata.normalize("NFKD", fold(name)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-") or "unnamed"
