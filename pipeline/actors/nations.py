"""Which state a participant belongs to, as far as the text says: an adjective, a possessor, "of X", or the entry's own country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.actors.names import Name, demonym_at
from pipeline.actors.phrases import Phrase
from pipeline.countries import Countries, Country
from pipeline.tables import Token


@dataclass(frozen=True, slots=True)
class Nations:
    """The countries named in one entry, and the entry's own."""

    tokens: Sequence[Token]
    name_at: Mapping[int, Name]
    countries: Countries
    home: tuple[str, ...]

    def explicit(self, phrase: Phrase) -> str | None:
        """Return the country that the phrase itself, its possessor or a following "of X" names; None if none does."""
        for i in range(phrase.end - 1, phrase.start - 1, -1):
            if found := self.at(i):
                return found
        before = phrase.start - 1
        if before > 0 and self.tokens[before].tag == "POS" and (found := self.at(before - 1)):
            return found
        if before >= 0 and self.tokens[before].text in {"”", '"'} and (found := self.at(before - 1)):
            return found
        if phrase.kind == "role" and phrase.end + 1 < len(self.tokens) and self.tokens[phrase.end].text == "of":
            return self.at(phrase.end + 1)
        return None

    def at(self, i: int) -> str | None:
        """Return the country that token `i` names, by name, seat of government or adjective; None if it names none."""
        name = self.name_at.get(i)
        if name:
            return name.country.iso3 if name.country else None
        return self._pick(demonym_at(self.tokens, i, self.countries))

    def _pick(self, found: tuple[Country, ...]) -> str | None:
        codes = [country.iso3 for country in found]
        return next((code for code in codes if code in self.home), codes[0] if codes else None)

    def implied(self, phrase: Phrase) -> str | None:
        """Return the country of a phrase that names none: the entry's; of several, the one named last before the phrase."""
        if len(self.home) == 1:
            return self.home[0]
        for i in range(phrase.start - 1, -1, -1):
            if (found := self.at(i)) in self.home and found:
                return found
        return self.home[0] if self.home else None
