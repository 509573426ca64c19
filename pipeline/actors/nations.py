"""Which state a participant belongs to, as far as the text says: an adjective, a possessor, "of X", or the entry's own country."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.actors.clauses import Clauses
from pipeline.actors.names import Name, demonym_at
from pipeline.actors.phrases import Phrase
from pipeline.actors.words import ActorWords
from pipeline.countries import Countries, Country
from pipeline.tables import Place, Token

_HYPHEN = re.compile(r"[-–/]")
_ACTED_ON = frozenset({"dobj", "nsubjpass", "pobj", "conj", "appos", "compound", "poss"})


Land = Literal["home", "abroad", "unsaid"]
"""Whether a phrase names the entry's own country, another one, or none."""


@dataclass(frozen=True, slots=True)
class Nations:
    """The countries named in one entry, the entry's own, and those that each sentence is set in."""

    tokens: Sequence[Token]
    name_at: Mapping[int, Name]
    words: ActorWords
    countries: Countries
    home: tuple[str, ...]
    located: Mapping[int, frozenset[str]]

    def explicit(self, phrase: Phrase) -> str | None:
        """Return the country that the phrase itself, its possessor or a following "of X" names; None if none does.

        The empty string where what is named is of no state: "[UN] envoy", "[JNIM] commander", "[Western] officials".
        """
        if self._of_several(phrase):
            return ""
        for i in range(phrase.end - 1, phrase.start - 1, -1):
            if (found := self.at(i)) is not None and not self._sided(i):
                return found
        if self._stateless(phrase):
            return ""
        before = phrase.start - 1
        if before > 0 and self.tokens[before].tag == "POS" and (found := self.at(before - 1)) is not None:
            return found
        if before >= 0 and self.tokens[before].text in {"”", '"'} and (found := self.at(before - 1)):
            return found
        if before > 1 and self.tokens[before].text == ")" and self.tokens[before - 2].text == "(" and phrase.kind == "role":
            return self.at(before - 1)
        if phrase.kind == "role" and phrase.end + 1 < len(self.tokens) and self.tokens[phrase.end].text == "of":
            return self.at(phrase.end + 1)
        return None

    def land(self, explicit: str | None) -> Land:
        """Return what the country that a phrase names is to the entry."""
        return "unsaid" if not explicit else "home" if explicit in self.home else "abroad"

    def at(self, i: int) -> str | None:
        """Return the country that token `i` names, or that what it names belongs to (empty: to none); None if it names neither."""
        name = self.name_at.get(i)
        if name:
            return name.country.iso3 if name.country else name.known.iso3 or "" if name.known else None
        return self._pick(demonym_at(self.tokens, i, self.countries))

    def _sided(self, i: int) -> bool:
        """Tell whether the name only says whose side somebody is on: "[Ankara]-backed forces", "anti-[Pakistan] groups"."""
        tokens = self.tokens
        if i + 2 < len(tokens) and tokens[i + 1].text == "-" and tokens[i + 2].text.lower() in self.words.sided:
            return True
        return i > 1 and tokens[i - 1].text == "-" and tokens[i - 2].text.lower() in {"anti", "pro"}

    def _of_several(self, phrase: Phrase) -> bool:
        """Tell whether a phrase names several states or bodies in one word ("U.S.-Israel", "U.S./EU officials"), or a bloc ("West")."""
        inside = self.tokens[phrase.start : phrase.end]
        if " ".join(token.text for token in inside) in self.words.blocs:
            return True
        parts = [_HYPHEN.split(token.text) for token in inside]
        states = [[self.countries.named(part) is not None for part in words] for words in parts]
        return any(
            any(named) and len(words) > 1 and all(w[:1].isupper() for w in words) for words, named in zip(parts, states, strict=True)
        )

    def _stateless(self, phrase: Phrase) -> bool:
        """Tell whether an adjective of a plain description says that it is of no one country; one in an office's title does not."""
        if phrase.kind != "role" or phrase.role is None or self.tokens[phrase.head].text[:1].isupper():
            return False
        noun = 1 if phrase.role.sort == "people" else len(phrase.role.words.split())
        return any(token.text.lower() in self.words.stateless for token in self.tokens[phrase.start : phrase.end - noun])

    def _pick(self, found: tuple[Country, ...]) -> str | None:
        codes = [country.iso3 for country in found]
        return next((code for code in codes if code in self.home), codes[0] if codes else None)

    def implied(self, phrase: Phrase) -> tuple[str | None, Literal["sentence", "entry"]]:
        """Return the country of a phrase that names none, and whether the sentence or the entry tells it.

        People and soldiers acted on, and police, are of the one country that the sentence is set in ("killed four [villagers] in
        Pakistan"), anyone else of the entry's; of several the one named last before the phrase.
        """
        there = self.located.get(self.tokens[phrase.head].sentence, frozenset())
        if len(there) == 1 and self._of_there(phrase):
            return min(there), "sentence"
        if len(self.home) == 1:
            return self.home[0], "entry"
        for i in range(phrase.start - 1, -1, -1):
            if (found := self.at(i)) in self.home and found:
                return found, "entry"
        return self.home[0] if self.home else None, "entry"

    def _of_there(self, phrase: Phrase) -> bool:
        """Tell whether a phrase is of the land it is told in: people and forces acted on, and police, who act at home, whatever they do."""
        if phrase.role is None:
            return False
        return (phrase.role.type == "police") or (
            self.tokens[phrase.head].dep in _ACTED_ON and (phrase.role.sort == "people" or phrase.role.type == "military")
        )


def located(clauses: Clauses, places: Sequence[Place]) -> dict[int, frozenset[str]]:
    """Return the countries that each sentence, by rank, is set in: those of the places it gives as locations."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    starts = [token.start for token in clauses.tokens]
    for place in places:
        if place.use == "location" and place.iso3:
            found[clauses.tokens[bisect_right(starts, place.start) - 1].sentence].add(place.iso3)
    return {sentence: frozenset(codes) for sentence, codes in found.items()}
