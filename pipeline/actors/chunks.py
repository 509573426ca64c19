"""Noun phrases by the parse: where each begins and on which word it ends, cut at borders of names, titles and names put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.actors.clauses import Clauses
from pipeline.actors.names import Name, demonym_at
from pipeline.actors.words import ActorWords, Role, role_key
from pipeline.countries import Countries
from pipeline.tables import Token

NOMINAL = frozenset({"NOUN", "PROPN", "X"})
HYPHENS = frozenset({"-", "–", "‑"})
_INSIDE = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "X", "ADV", "VERB"})
_COUNTS = frozenset({"several", "many", "few", "other", "some", "more", "most", "numerous", "various", "alive", "dozen", "additional"})
_MEASURES = frozenset({"scale", "week", "day", "month", "year", "man", "member", "hour"})
_APOSTROPHES = frozenset({"'", "’"})
_SHORT = 4
_PLURAL = ("s", "people", "People")
_JOINTS = frozenset({"of", "for", "and", "to", "on", "the", "de", "du", "la", "des", "against", "in", "&"})


@dataclass(frozen=True, slots=True)
class Chunker:
    """The noun phrases of an entry; `name_at` tells which name a token is part of, `keys` and `base_keys` are the tokens as role words."""

    clauses: Clauses
    name_at: Mapping[int, Name]
    words: ActorWords
    countries: Countries
    keys: tuple[str, ...] = field(init=False)
    base_keys: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keys", role_key([token.text for token in self.tokens]))
        object.__setattr__(self, "base_keys", role_key([self._lemma(token) for token in self.tokens]))

    @property
    def tokens(self) -> Sequence[Token]:
        """The entry's tokens."""
        return self.clauses.tokens

    def chunks(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return (first, head) of every noun phrase of a sentence, what the parse takes for two put together."""
        return self._joined(sorted(self._apart(start, end)))

    def role(self, left: int, head: int) -> tuple[Role, int] | None:
        """Return the role of the noun that these tokens end on, and how many words it has; None if there is none."""
        run = [k for k in range(left, head + 1) if self.keys[k] not in HYPHENS]
        return self.words.role_of_keys(tuple([self.keys[k] for k in run]), (self.base_keys[run[-1]],)) if run else None

    def _lemma(self, token: Token) -> str:
        """Return the base form; the tagger takes a plural with a capital for a name, and leaves it as it is."""
        opens = token.i == 0 or self.tokens[token.i - 1].sentence != token.sentence
        plural = token.tag == "NNPS" or (token.tag == "NNP" and opens)
        return token.text.removesuffix("s") if plural and len(token.text) > _SHORT else token.lemma

    def _apart(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the noun phrases of a sentence right to left: each the head's left side down to an article or comma."""
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
            number = token.pos == "NUM" or token.text[:1].isdigit()
            if number or token.pos in {"ADV", "PUNCT"} or token.tag == "PDT" or token.text.lower() in _COUNTS:
                left += 1
                if left < head - 1 and self.tokens[left].text in HYPHENS and token.pos == "NUM":
                    left += 2
            else:
                break
        return self.whole(left, head)

    def whole(self, left: int, head: int) -> int:
        """Return where the phrase starts so that no hyphenated word is cut: "[high-ranking officials]", "large-scale [protests]"."""
        tokens = self.tokens
        joined = (
            left > 1 and tokens[left - 1].text in HYPHENS and tokens[left - 2].end == tokens[left - 1].start and left not in self.name_at
        )
        if not joined or tokens[left - 1].end != tokens[left].start or tokens[left - 2].sentence != tokens[left].sentence:
            return left
        if left < head and (tokens[left].text in _MEASURES or tokens[left - 2].pos == "NUM"):
            return left + 1
        return left if left - 2 in self.name_at or tokens[left - 2].dep == "date" else left - 2

    def _nominal(self, i: int) -> bool:
        token = self.tokens[i]
        if token.dep == "date":
            return False
        if token.pos in NOMINAL or i in self.name_at or demonym_at(self.tokens, i, self.countries):
            return True
        return token.pos == "ADJ" and self.role(i, i) is not None

    def _belongs(self, i: int, head: int) -> bool:
        token = self.tokens[i]
        if token.dep == "date" or token.sentence != self.tokens[head].sentence:
            return False
        if i in self.name_at:
            same = self.name_at[i] is self.name_at.get(i + 1)
            return same or self.clauses.under(i, head) or token.ent_type == self.tokens[i + 1].ent_type != ""
        if token.text in HYPHENS:
            return i > 0 and self.tokens[i - 1].end == token.start and self.tokens[i + 1].start == token.end
        if token.text.strip("s") in _APOSTROPHES and self._inside_name(i):
            return True
        if token.tag in {"POS", "DT", "PRP$", "WDT"} or token.pos not in _INSIDE or token.dep in {"nsubj", "nsubjpass"}:
            return False
        if token.pos == "VERB" and (token.dep not in {"amod", "compound", "nmod"} or self._after_subject(i)):
            return self._hyphened(i)
        return self.clauses.under(i, head) or self._one_entity(i) or self._hyphened(i)

    def _after_subject(self, i: int) -> bool:
        """Tell whether a participle is rather a verb, its subject or "had" before it: "Sisi reshuffled govt", "had asked officials"."""
        at = i - 1
        while at > 0 and self.tokens[at].pos == "ADV":
            at -= 1
        if at >= 0 and self.tokens[at].lemma == "have" and self.tokens[at].sentence == self.tokens[i].sentence:
            return True
        before = self.tokens[i - 1] if i else self.tokens[i]
        return before.i != i and before.sentence == self.tokens[i].sentence and before.pos in {"PROPN", "NOUN"} and before.dep != "date"

    def _inside_name(self, i: int) -> bool:
        """Tell whether an apostrophe stands inside of a name: "New People[’s] Army", "Teachers[’] Union", not "Kenya[’s] Army"."""
        if not 0 < i < len(self.tokens) - 1 or not (self.tokens[i - 1].text[:1].isupper() and self.tokens[i + 1].text[:1].isupper()):
            return False
        found = self.role(i - 1, i - 1)
        return self.tokens[i - 1].text.endswith(_PLURAL) and found is not None and found[0].sort == "people"

    def _one_entity(self, i: int) -> bool:
        after = self.tokens[i + 1]
        return after.ent_iob == "I" and after.ent_type in {"PERSON", "ORG", "NORP"} and self.tokens[i].ent_type == after.ent_type

    def _hyphened(self, i: int) -> bool:
        return self.tokens[i + 1].text in HYPHENS and self.tokens[i].end == self.tokens[i + 1].start

    def _joined(self, chunks: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Put together what the parse takes for two phrases: a title and its name, and the halves of a long capitalised name."""
        out: list[tuple[int, int]] = []
        tokens = self.tokens
        for left, head in chunks:
            if out:
                before_left, before = out[-1]
                close = before + 1 == left and tokens[before].dep not in {"case"}
                related = tokens[head].head == before or tokens[before].head == head or tokens[before].head == tokens[head].head
                titled = (
                    close
                    and related
                    and self.role(before_left, before) is not None
                    and tokens[left].text[:1].isupper()
                    and tokens[left].pos == "PROPN"
                )
                if titled or self._one_name(before, left):
                    out[-1] = (before_left, head)
                    continue
            out.append((left, head))
        return out

    def _one_name(self, before: int, left: int) -> bool:
        tokens = self.tokens
        between = range(before + 1, left)
        if not 1 <= len(between) <= 2 or not all(tokens[k].text.lower() in _JOINTS for k in between):
            return False
        return all(tokens[k].ent_iob == "I" and tokens[k].ent_type == "ORG" for k in (*between, left)) and before not in self.name_at
