"""What a participant is called: a known one by its own name, another by the longest its entry gives it, unnamed ones as described."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.actors.phrases import Phrase
from pipeline.actors.words import ActorWords
from pipeline.countries import Countries, Country
from pipeline.spelling import fold, plain
from pipeline.tables import Token

# Nouns that, bare, stand for the state itself, as a country's name and its capital's do.
_STATE = frozenset(
    {"government", "govt", "govts", "authority", "authorities", "state", "administration", "federal government", "interim government",
     "transitional government", "caretaker government", "unity government", "coalition government"}
)  # fmt: skip
# What a state has one of: "police" in an entry on Georgia is the Georgian police, "villagers" there need not be Georgian.
_OF_STATE = frozenset({"government", "military", "police", "intelligence", "judiciary", "legislature", "election_body"})
_LONGEST_NATION = 4
_TITLE_LETTERS = 5  # of a title cut short: "Brig.", "Capt."


@dataclass(frozen=True, slots=True)
class Namer:
    """What the naming of an entry's participants rests on: its tokens and text, words and countries."""

    tokens: Sequence[Token]
    text: str
    words: ActorWords
    countries: Countries

    def is_state(self, phrase: Phrase) -> bool:
        """Tell whether a phrase stands for a state itself: "Kenya", "govt", "Kenyan authorities", not "local authorities"."""
        if phrase.name:
            return phrase.name.known is None
        if phrase.kind == "demonym":
            return self._of_act(phrase)
        if phrase.kind != "role" or phrase.role is None or phrase.within or is_proper(phrase, self.tokens):
            return False
        words = [token.text.lower() for token in self.tokens[phrase.start : phrase.end]]
        more = len(words) - len(phrase.role.words.split()) - 2 * words.count("-")
        if phrase.role.words not in _STATE or more > 1 or words[-1] == "states":
            return False
        return more == 0 or words[0] not in self.words.partial

    def _of_act(self, phrase: Phrase) -> bool:
        """Tell whether a nationality is an adjective before an act: "[Israeli] strikes", not "[Israelis]", "[Thai] and Lao troops"."""
        head = self.tokens[phrase.head]
        after = self.tokens[phrase.end : phrase.end + 1]
        alone = phrase.end - phrase.start == 1 and head.dep in {"amod", "compound", "nmod"} and not head.text.endswith("s")
        return alone and bool(after) and after[0].pos in {"NOUN", "PROPN", "ADJ"}

    def without_nation(self, phrase: Phrase, iso3: str | None) -> list[str]:
        """Return the words of a phrase but for the country's own in front: "Kenyan police" in Kenya is "police"."""
        words = [token.text for token in self.tokens[phrase.start : phrase.end]]
        country = self.countries.by_iso3.get(iso3 or "")
        for size in range(min(_LONGEST_NATION, len(words) - 1), 0, -1) if country else ():
            front = plain(" ".join(words[:size]))
            if country and (front in country.demonyms or self.countries.named(front) is country):
                return words[size:]
        return words

    def name(self, phrases: Sequence[Phrase], iso3: str | None) -> tuple[str, str]:
        """Return the name and the identity of a participant that these phrases mention, of that country."""
        country = self.countries.by_iso3.get(iso3 or "")
        for phrase in phrases:
            if phrase.name and phrase.name.known:
                name = phrase.name.known.name
                return name, slug(f"{name} {iso3 or ''}" if name in self.words.shared else name)
        if any(self.is_state(phrase) for phrase in phrases):
            return f"Government of {country.name if country else 'unknown country'}", slug(f"government {iso3 or 'unknown'}")
        names = [self._bare(phrase) for phrase in phrases]
        best = max(range(len(names)), key=lambda i: (len(names[i].split()) > 1, len(names[i])))
        if all(phrase.kind in {"role", "demonym"} for phrase in phrases):
            return self._described(phrases[best], names[best], country)
        # Every country has its constitutional court; persons' full names are their own.
        alone = len(names[best].split()) > 1 and not any(phrase.kind == "role" for phrase in phrases)
        return names[best], slug(names[best] if alone else f"{names[best]} {iso3 or ''}")

    def _described(self, phrase: Phrase, written: str, country: Country | None) -> tuple[str, str]:
        """Return the description as it is written; an institution of the state, bare, gets the adjective of its country."""
        iso3 = country.iso3 if country else None
        noun = self.without_nation(phrase, iso3)
        role = phrase.role
        size = len(role.words.split()) if role else 1
        identity = slug(f"{' '.join((*noun[:-size], role.words)) if role else ' '.join(noun)} {iso3 or ''}")
        if not is_proper(phrase, self.tokens):
            written = self._lowered(written, self.tokens[phrase.start], common=role is not None and len(noun) == size)
        alone = role is not None and len(noun) == size == phrase.end - phrase.start
        one = alone and role is not None and role.sort == "organ" and role.type in _OF_STATE and role.words not in self.words.numerous
        return f"{_adjective(country)} {written}" if one and country else written, identity

    def _lowered(self, written: str, first: Token, *, common: bool) -> str:
        """Return a description without the capital that the head of a sentence gives it; "French envoy" has one anywhere.

        `common`: it is a role noun alone, so that the tagger's word on it counts for nothing.
        """
        opens = first.i == 0 or self.tokens[first.i - 1].sentence != first.sentence
        proper = bool(self.countries.of_demonym(first.text)) or (first.pos == "PROPN" and not common) or written[1:2].isupper()
        return written[0].lower() + written[1:] if opens and not proper else written

    def _bare(self, phrase: Phrase) -> str:
        """Return the phrase without the title before a name ("Turkish FM Hakan Fidan": "Hakan Fidan")."""
        if phrase.long:
            return phrase.long
        return self.text[self.tokens[name_start(phrase, self.tokens)].start : self.tokens[phrase.end - 1].end]


def is_proper(phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Tell whether a phrase on a role noun is a proper name ("Kurdistan Democratic Party"): capitals from its second word on."""
    inside = [token.text for token in tokens[phrase.start + 1 : phrase.end] if token.text[:1].isalpha()]
    return len(inside) > 0 and tokens[phrase.head].text[:1].isupper() and all(word[:1].isupper() or len(word) < 4 for word in inside)


def name_start(phrase: Phrase, tokens: Sequence[Token]) -> int:
    """Return the token that the name itself starts on: the one after all titles and after words in small letters."""
    if phrase.kind not in {"titled", "person"}:
        return phrase.start
    start = _after_title(phrase, tokens)
    while start < phrase.end - 1 and _shortened(start, phrase, tokens):
        start += 1
    return start


def _after_title(phrase: Phrase, tokens: Sequence[Token]) -> int:
    size = len(phrase.role.words.split()) if phrase.role else 0
    for k in range(phrase.head - 1, phrase.start - 1, -1):
        before = [token.text.lower() for token in tokens[max(phrase.start, k - size + 1) : k + 1]]
        titled = phrase.role and (phrase.role.sort != "organ" or tokens[k].text[:1].islower())
        if phrase.role and titled and phrase.role.words in {" ".join(before), " ".join((*before[:-1], tokens[k].lemma.lower()))}:
            return k + 1
        if tokens[k].text[:1].islower() and len(tokens[k].text) > 3:
            return k + 1
    return phrase.start


def _shortened(k: int, phrase: Phrase, tokens: Sequence[Token]) -> bool:
    """Tell whether a word before a name is a stop or a title cut short ("Lt", "Dr."), or a body ("envoy to UN [Kofi Darko]")."""
    word = tokens[k].text.rstrip(".")
    if not any(character.isalnum() for character in word):
        return True
    stopped = tokens[k].text != word or tokens[k + 1].text == "."
    if stopped:
        return 1 < len(word) <= _TITLE_LETTERS and word != "St" and not word.isupper()
    return word.isupper() and len(word) > 1 and phrase.within is not None and k + 2 < phrase.end


def slug(name: str) -> str:
    """Return the name in lower-case ASCII letters and digits, joined by hyphens."""
    ascii_name = unicodedata.normalize("NFKD", fold(name)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-") or "unnamed"


def _adjective(country: Country) -> str:
    return country.demonyms[0] if country.demonyms else country.name
