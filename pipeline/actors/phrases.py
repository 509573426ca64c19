"""Phrases that may be mentions: noun phrases by the parse, cut at borders of names, titles and names put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.actors.clauses import Clauses
from pipeline.actors.names import Name, demonym_at
from pipeline.actors.words import ActorWords, Known, Role
from pipeline.countries import Countries, Country
from pipeline.tables import Token

Kind = Literal["known", "country", "capital", "demonym", "role", "person", "titled", "name"]
_NOMINAL = frozenset({"NOUN", "PROPN", "X"})
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "X", "ADV", "VERB"})
_COUNTS = frozenset({"several", "many", "few", "other", "some", "more", "most", "numerous", "various", "alive", "dozen", "additional"})
_HYPHENS = frozenset({"-", "–", "‑"})
_JOINTS = frozenset({"of", "for", "and", "to", "on", "the", "de", "du", "la", "des", "against", "in", "&"})


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
    finder = _Finder(clauses, name_at, long_names, words, countries)
    found: list[Phrase] = []
    for start, end in clauses.sentences():
        chunks = _joined(sorted(finder.chunks(start, end)), finder)
        for left, head in chunks:
            found.extend(finder.phrases(left, head, len(found)))
    return found


@dataclass(frozen=True, slots=True)
class _Finder:
    clauses: Clauses
    name_at: dict[int, Name]
    long_names: Mapping[str, str]
    words: ActorWords
    countries: Countries

    @property
    def tokens(self) -> Sequence[Token]:
        return self.clauses.tokens

    def chunks(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield (first, head) of every noun phrase of a sentence, right to left: the head's left side down to an article or comma."""
        at = end - 1
        while at >= start:
            if not self._nominal(at):
                at -= 1
                continue
            name = self.name_at.get(at)
            left = name.start if name else at
            while left - 1 >= start and self._belongs(left - 1, at):
                left -= 1
                if left in self.name_at:
                    left = self.name_at[left].start
            yield self._without_measure(left, at), at
            at = left - 1

    def _without_measure(self, left: int, head: int) -> int:
        """Return where the phrase starts without counts and measures: "[two] gunmen", "[several other] groups", "[three-week] mission"."""
        while left < head and left not in self.name_at:
            token = self.tokens[left]
            if token.pos in {"NUM", "ADV", "PUNCT"} or token.tag == "PDT" or token.text.lower() in _COUNTS:
                left += 1
                if left < head - 1 and self.tokens[left].text in _HYPHENS and token.pos == "NUM":
                    left += 2
            else:
                break
        return left

    def _nominal(self, i: int) -> bool:
        token = self.tokens[i]
        if token.dep == "date":
            return False
        return token.pos in _NOMINAL or i in self.name_at or self._demonym(i) != () or (token.pos == "ADJ" and self._role(i, i) is not None)

    def _belongs(self, i: int, head: int) -> bool:
        token = self.tokens[i]
        if token.dep == "date" or token.sentence != self.tokens[head].sentence:
            return False
        if i in self.name_at:
            same = self.name_at[i] is self.name_at.get(i + 1)
            return same or self.clauses.under(i, head) or token.ent_type == self.tokens[i + 1].ent_type != ""
        if token.text in _HYPHENS:
            return i > 0 and self.tokens[i - 1].end == token.start and self.tokens[i + 1].start == token.end
        if token.tag in {"POS", "DT", "PRP$", "WDT"} or token.pos not in _INSIDE or token.dep in {"nsubj", "nsubjpass"}:
            return False
        if token.pos == "VERB" and (token.dep not in {"amod", "compound", "nmod"} or self._after_subject(i)):
            return self._hyphened(i)
        return self.clauses.under(i, head) or self._one_entity(i) or self._hyphened(i)

    def _after_subject(self, i: int) -> bool:
        """Tell whether a participle is rather a verb with its subject before it: "Sisi reshuffled govt"."""
        before = self.tokens[i - 1] if i else self.tokens[i]
        return before.i != i and before.sentence == self.tokens[i].sentence and before.pos in {"PROPN", "NOUN"} and before.dep != "date"

    def _one_entity(self, i: int) -> bool:
        after = self.tokens[i + 1]
        return after.ent_iob == "I" and after.ent_type in {"PERSON", "ORG", "NORP"} and self.tokens[i].ent_type == after.ent_type

    def _hyphened(self, i: int) -> bool:
        return self.tokens[i + 1].text in _HYPHENS and self.tokens[i].end == self.tokens[i + 1].start

    def _demonym(self, i: int) -> tuple[Country, ...]:
        return demonym_at(self.tokens, i, self.countries)

    def _role(self, left: int, head: int) -> tuple[Role, int] | None:
        run = [t for t in self.tokens[left : head + 1] if t.text not in _HYPHENS]
        return self.words.role([t.text for t in run], [t.lemma for t in run])

    def phrases(self, left: int, head: int, number: int) -> Iterator[Phrase]:
        """Yield the phrase a chunk is, if its head may denote a participant, then those inside of it."""
        outer = self._headed(left, head)
        if outer:
            outer = replace(outer, within=self._within(outer))
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
                found = replace(found, start=start, outer=number if outer and start >= outer.start else None)
                inner.append(replace(found, within=self._within(found)))
                at = start - 1
            else:
                at -= 1
        yield from reversed(inner)

    def _extends(self, i: int, found: Phrase) -> bool:
        """Tell whether the word before an inner phrase is part of it: "[Turkish army] offensive", "[Amnesty International] report"."""
        token = self.tokens[i]
        if i in self.name_at:
            return found.kind in {"role", "name"} and self.tokens[i + 1].text not in _HYPHENS
        if token.text in _HYPHENS:
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
            token.pos in _NOMINAL and token.text[:1].isupper() and head and self.tokens[head - 1].sentence == token.sentence
        ):
            if long := self.long_names.get(token.text):
                return Phrase(left, head + 1, head, "name", role=self._body(long), long=long)
            title = self._title(left, head) if not inside else None
            return Phrase(left, head + 1, head, "titled" if title else "person" if token.ent_type == "PERSON" else "name", role=title)
        return None

    def _body(self, long: str) -> Role | None:
        """Return the role of the last noun of a long name before its first link: "Party" of "Party of Work for Peace"."""
        first = long.split(" of ")[0].split(" for ")[0].split(" to ")[0]
        found = self.words.role(first.split(), [word.lower().removesuffix("s") for word in first.split()])
        return found[0] if found else None

    def _within(self, phrase: Phrase) -> Known | None:
        """Return the known participant that a phrase says somebody belongs to: "[Hamas] leader", "[M23]'s spokesman", "leader of [HTS]"."""
        ranks = [*range(phrase.end - 1, phrase.start - 1, -1)]
        if phrase.start > 1 and self.tokens[phrase.start - 1].tag == "POS":
            ranks.append(phrase.start - 2)
        if phrase.end + 1 < len(self.tokens) and self.tokens[phrase.end].text == "of":
            ranks.append(phrase.end + 1)
        names = [self.name_at[i] for i in ranks if i in self.name_at]
        return next((name.known for name in names if name.known and name is not phrase.name), None)

    def _title(self, left: int, before: int) -> Role | None:
        """Return the role that stands before a name inside its phrase: that of the last noun that has one."""
        for last in range(before - 1, left - 1, -1):
            if last not in self.name_at and (found := self._role(left, last)):
                return found[0]
        return None


def _joined(chunks: Sequence[tuple[int, int]], finder: _Finder) -> list[tuple[int, int]]:
    """Put together what the parse takes for two phrases: a title and its name, and the halves of a long capitalised name."""
    out: list[tuple[int, int]] = []
    tokens = finder.tokens
    for left, head in chunks:
        if out:
            before_left, before = out[-1]
            close = before + 1 == left and tokens[before].dep not in {"case"}
            related = tokens[head].head == before or tokens[before].head == head or tokens[before].head == tokens[head].head
            titled = (
                close
                and related
                and finder._role(before_left, before) is not None
                and tokens[left].text[:1].isupper()
                and tokens[left].pos == "PROPN"
            )
            if titled or _one_name(before, left, finder):
                out[-1] = (before_left, head)
                continue
        out.append((left, head))
    return out


def _one_name(before: int, left: int, finder: _Finder) -> bool:
    tokens = finder.tokens
    between = range(before + 1, left)
    if not 1 <= len(between) <= 2 or not all(tokens[k].text.lower() in _JOINTS for k in between):
        return False
    return all(tokens[k].ent_iob == "I" and tokens[k].ent_type == "ORG" for k in (*between, left)) and before not in finder.name_at
