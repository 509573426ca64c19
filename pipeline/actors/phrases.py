"""Phrases that may be mentions: noun phrases whose head may denote a participant, and those inside of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.actors.chunks import HYPHENS, NOMINAL, Chunker
from pipeline.actors.clauses import Clauses
from pipeline.actors.names import Name, demonym_at
from pipeline.actors.words import ActorWords, Known, Role
from pipeline.countries import Countries, Country
from pipeline.tables import Token

Kind = Literal["known", "country", "capital", "demonym", "role", "person", "titled", "name"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of tokens that may denote a participant.

    `head` is the token that names it, `role` the role noun it is or has for a title, `within` a known participant named before
    the head ("[Hamas] leader"), `long` what an acronym stands for, `outer` the rank of the phrase it stands inside of.
    """

    start: int
    end: int
    head: int
    kind: Kind
    name: Name | None = None
    role: Role | None = None
    demonym: tuple[Country, ...] = ()
    within: Known | None = None
    long: str | None = None
    outer: int | None = None


def find_phrases(
    clauses: Clauses, names: Sequence[Name], long_names: Mapping[str, str], words: ActorWords, countries: Countries
) -> list[Phrase]:
    """Return the phrases of an entry by position; an inner phrase ("[TTP] attack" in "TTP attack group") comes after its outer one.

    `long_names` tells what an acronym stands for.
    """
    name_at = {k: name for name in names for k in range(name.start, name.end)}
    finder = _Finder(Chunker(clauses, name_at, words, countries), long_names)
    found: list[Phrase] = []
    for start, end in clauses.sentences():
        for left, head in finder.chunker.chunks(start, end):
            found.extend(finder.phrases(left, head, len(found)))
    return found


@dataclass(frozen=True, slots=True)
class _Finder:
    chunker: Chunker
    long_names: Mapping[str, str]

    @property
    def tokens(self) -> Sequence[Token]:
        return self.chunker.tokens

    @property
    def name_at(self) -> Mapping[int, Name]:
        return self.chunker.name_at

    def _demonym(self, i: int) -> tuple[Country, ...]:
        return demonym_at(self.tokens, i, self.chunker.countries)

    def _role(self, left: int, head: int) -> tuple[Role, int] | None:
        return self.chunker.role(left, head)

    def phrases(self, left: int, head: int, number: int) -> Iterator[Phrase]:
        """Yield the phrase a chunk is, if its head may denote a participant, then those inside of it."""
        outer = self._headed(left, head)
        if outer:
            within = self._within(outer.start, outer.end, outer.name)
            outer = replace(outer, within=within) if within else outer
            yield outer
        stop = outer.name.start if outer and outer.name else head
        at = stop - 1
        inner: list[Phrase] = []
        while at >= left:
            name = self.name_at.get(at)
            found = self._headed(name.start if name else at, at, inside=True)
            if found:
                start = found.start
                while start - 1 >= left and self._extends(start - 1, found):
                    start -= 1
                start = self.chunker.whole(start, found.head) if found.kind == "role" else start
                rank = number if outer and start >= outer.start else None
                inner.append(replace(found, start=start, outer=rank, within=self._within(start, found.end, found.name)))
                at = start - 1
            else:
                at -= 1
        yield from reversed(inner)

    def _extends(self, i: int, found: Phrase) -> bool:
        """Tell whether the word before an inner phrase is part of it: "[Turkish army] offensive", "[Amnesty International] report"."""
        token = self.tokens[i]
        if i in self.name_at:
            return found.kind in {"role", "name"} and self.tokens[i + 1].text not in HYPHENS
        if token.text in HYPHENS:
            return found.kind in {"name", "role"} and self.tokens[i - 1].pos == "PROPN" and i - 1 not in self.name_at and i > 0
        return token.pos in {"PROPN", "ADJ"} or (found.kind == "role" and self._role(i, found.end - 1) is not None and token.pos == "NOUN")

    def _headed(self, left: int, head: int, *, inside: bool = False) -> Phrase | None:
        token = self.tokens[head]
        name = self.name_at.get(head)
        role = self._role(left, head)
        if name:
            kind: Kind = name.kind
            if name.country:
                return Phrase(name.start, head + 1, head, kind, name=name)
            title = self._title(left, name.start) if not inside else None
            return Phrase(left, head + 1, head, kind, name=name, role=title)
        if role:
            first = left if not inside else head - role[1] + 1
            return Phrase(min(first, head), head + 1, head, "role", role=role[0])
        if demonym := self._demonym(head):
            return Phrase(left, head + 1, head, "demonym", demonym=demonym)
        if token.pos == "PROPN" or (
            token.pos in NOMINAL and token.text[:1].isupper() and head and self.tokens[head - 1].sentence == token.sentence
        ):
            if long := self.long_names.get(token.text):
                return Phrase(left, head + 1, head, "name", role=self._body(long), long=long)
            title = self._title(left, head) if not inside else None
            return Phrase(left, head + 1, head, "titled" if title else "person" if token.ent_type == "PERSON" else "name", role=title)
        return None

    def _body(self, long: str) -> Role | None:
        """Return the role of the last noun of a long name before its first link: "Party" of "Party of Work for Peace"."""
        first = long.split(" of ")[0].split(" for ")[0].split(" to ")[0]
        found = self.chunker.words.role(first.split(), [word.lower().removesuffix("s") for word in first.split()])
        return found[0] if found else None

    def _within(self, start: int, end: int, own: Name | None) -> Known | None:
        """Return the known participant that a phrase says somebody belongs to: "[Hamas] leader", "[M23]'s spokesman", "leader of [HTS]"."""
        ranks = [*range(end - 1, start - 1, -1)]
        if start > 1 and self.tokens[start - 1].tag == "POS":
            ranks.append(start - 2)
        if end + 1 < len(self.tokens) and self.tokens[end].text == "of":
            ranks.append(end + 1)
        names = [self.name_at[i] for i in ranks if i in self.name_at]
        return next((name.known for name in names if name.known and name is not own), None)

    def _title(self, left: int, before: int) -> Role | None:
        """Return the role that stands before a name inside its phrase: that of the last noun that has one."""
        for last in range(before - 1, left - 1, -1):
            if last not in self.name_at and (found := self._role(left, last)):
                return found[0]
        return None
