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


@dataclass(slots=True)
class Mention:
    """A phrase taken for a mention, with what is known of it before the entry is seen as a whole."""

    phrase: Phrase
    chance: float
    scores: list[float]
    stateless: float
    nation: str | None


def group(mentions: Sequence[Mention], tokens: Sequence[Token], implied: Sequence[str | None]) -> list[list[int]]:
    """Return the mentions of each participant, by rank: same name, same surname, a bracketed short form with its long one."""
    first_of: dict[tuple[str, ...], int] = {}
    leader = list(range(len(mentions)))

    def find(i: int) -> int:
        while leader[i] != i:
            i = leader[i]
        return i

    for i, mention in enumerate(mentions):
        for key in _keys(mention, tokens, implied[i]):
            if key in first_of:
                leader[find(i)] = find(first_of[key])
            first_of.setdefault(key, i)
        if i and _in_brackets_after(mentions[i - 1].phrase, mention.phrase, tokens):
            leader[find(i)] = find(i - 1)
    groups: dict[int, list[int]] = {}
    for i in range(len(mentions)):
        groups.setdefault(find(i), []).append(i)
    return list(groups.values())


def _keys(mention: Mention, tokens: Sequence[Token], implied: str | None) -> list[tuple[str, ...]]:
    phrase = mention.phrase
    nation = mention.nation or implied or ""
    if phrase.name:
        if phrase.name.known:
            return [("known", phrase.name.known.name)]
        return [("state", phrase.name.country.iso3 if phrase.name.country else "")]
    words = [fold(token.text) for token in tokens[phrase.start : phrase.end]]
    if phrase.kind == "demonym":
        return [("people", nation, words[-1].removesuffix("s"))]
    if phrase.kind == "role" and phrase.role:
        if _is_proper(phrase, tokens):
            return [("name", " ".join(words))]
        if phrase.role.words in STATE and len(words) <= 2:
            return [("state", nation)]
        return [("role", nation, phrase.role.words, *words[:-1])]
    # A person's later mentions are by surname; an organisation's last word is a name of its own less often.
    return [("name", words[-1])]


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
    if any(_keys(member, tokens, iso3)[0][0] == "state" for member in members):
        where = country.name if country else "unknown country"
        return f"Government of {where}", slug(f"government {iso3 or 'unknown'}")
    names = [bare_name(member.phrase, tokens, text) for member in members]
    best = max(names, key=lambda name: (len(name.split()) > 1, len(name)))
    if all(member.phrase.kind in {"role", "demonym"} for member in members) and not _is_proper(members[0].phrase, tokens):
        plainly = (
            best
            if not country or any(d.lower() in best.lower() for d in (*country.demonyms, country.name))
            else f"{_adjective(country.demonyms, country.name)} {best}"
        )
        return plainly, slug(
            f"{members[0].phrase.role.words if members[0].phrase.role and len(names[0].split()) == 1 else best} {iso3 or ''}"
        )
    return best, slug(best if len(best.split()) > 1 else f"{best} {iso3 or ''}")


def _adjective(demonyms: Sequence[str], name: str) -> str:
    return demonyms[0] if demonyms else name


def bare_name(phrase: Phrase, tokens: Sequence[Token], text: str) -> str:
    """Return the phrase without the title before a name ("Turkish FM Hakan Fidan": "Hakan Fidan")."""
    start = phrase.start
    if phrase.kind in {"titled", "person"} and phrase.role and phrase.role.sort in {"office", "people", "organ"}:
        size = len(phrase.role.words.split())
        for k in range(phrase.head - 1, phrase.start - 1, -1):
            tail = [t.text.lower() for t in tokens[max(phrase.start, k - size + 1) : k + 1]]
            lemma = [t.lemma.lower() for t in tokens[max(phrase.start, k - size + 1) : k + 1]]
            if " ".join(tail) == phrase.role.words or " ".join((*tail[:-1], lemma[-1])) == phrase.role.words:
                start = k + 1
                break
    return text[tokens[start].start : tokens[phrase.end - 1].end]


def slug(name: str) -> str:
    """Return the name in lower-case ASCII letters and digits, joined by hyphens."""
    ascii_name = unicodedata.normalize("NFKD", fold(name)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-") or "unnamed"
