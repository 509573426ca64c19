"""One entry's tokens as a tree: who governs whom, who is whose subject, how two words are tied together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from pipeline.tables import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
PASSIVES = frozenset({"nsubjpass", "auxpass", "csubjpass"})
# Clauses that borrow the subject of the word they hang on when they have none of their own ("attacked post, killing two").
BORROWERS = frozenset({"conj", "xcomp", "advcl", "pcomp", "ccomp", "dep"})
# Longest chain of words followed from one to another; longer ones tie nothing together that a reader would.
FAR = 8


@dataclass(frozen=True, slots=True)
class Parse:
    """The tokens of one entry by rank, with what hangs on each; ranks are `Token.i` and start at 0.

    `lemmas` are in lower case; `verbs` and `semicolons` count those before each word; `hyphens` are the ranks of
    hyphens. What is asked of a word again and again (its governors, subjects, objects and phrases) is worked out once and kept.
    """

    tokens: tuple[Token, ...]
    lemmas: tuple[str, ...]
    children: tuple[tuple[int, ...], ...]
    sentence_ends: dict[int, range]
    lines: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    verbs: tuple[int, ...]
    semicolons: tuple[int, ...]
    hyphens: frozenset[int]
    _up: dict[int, list[int]] = field(default_factory=dict)
    _subjects: dict[tuple[int, bool], list[int]] = field(default_factory=dict)
    _objects: dict[int, list[int]] = field(default_factory=dict)
    _governed: dict[int, list[tuple[str, int]]] = field(default_factory=dict)
    _passive: dict[int, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, tokens: Sequence[Token], text: str) -> Parse:
        """Index the tokens of one entry, given in order of rank; `text` is the entry's text."""
        children: list[list[int]] = [[] for _ in tokens]
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for token in tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
            first.setdefault(token.sentence, token.i)
            last[token.sentence] = token.i + 1
        breaks = [found.start() for found in re.finditer("\n", text)]
        starts = tuple([token.start for token in tokens])
        return cls(
            tuple(tokens),
            tuple([token.lemma.lower() for token in tokens]),
            tuple(map(tuple, children)),
            {sentence: range(i, last[sentence]) for sentence, i in first.items()},
            tuple([bisect_left(breaks, start) for start in starts]),
            starts,
            tuple([token.end for token in tokens]),
            tuple(accumulate([token.pos == "VERB" for token in tokens], initial=0)),
            tuple(accumulate([token.text == ";" for token in tokens], initial=0)),
            frozenset([token.i for token in tokens if token.text == "-"]),
        )

    def sentence(self, i: int) -> range:
        """Return the ranks of the sentence that word `i` stands in."""
        return self.sentence_ends[self.tokens[i].sentence]

    def opening(self, i: int) -> range:
        """Return the ranks of the first sentence of the line that word `i` stands in."""
        return self.sentence(bisect_left(self.lines, self.lines[i]))

    def under(self, i: int, *deps: str) -> list[int]:
        """Return the words that hang on `i` by one of the given dependencies (by any where none is given)."""
        tokens = self.tokens
        return [k for k in self.children[i] if not deps or tokens[k].dep in deps]

    def subtree(self, i: int) -> list[int]:
        """Return `i` and all that hangs on it, in reading order."""
        out, waiting = [], [i]
        while waiting:
            k = waiting.pop()
            out.append(k)
            waiting.extend(self.children[k])
        return sorted(out)

    def up(self, i: int) -> list[int]:
        """Return the words that govern `i`, the nearest first."""
        if (known := self._up.get(i)) is not None:
            return known
        out: list[int] = []
        k = i
        while self.tokens[k].head != k and len(out) < FAR:
            k = self.tokens[k].head
            out.append(k)
        self._up[i] = out
        return out

    def conjuncts(self, i: int) -> list[int]:
        """Return `i` and the words coordinated with it further on ("A, B and C": B and C hang on A)."""
        out = [i]
        for k in out:
            if self.children[k]:
                out.extend(self.under(k, "conj"))
        return out

    def passive(self, i: int) -> bool:
        """Tell whether verb `i` is in the passive, its own or the one it shares by coordination."""
        if (known := self._passive.get(i)) is not None:
            return known
        told = any(self.tokens[k].dep in PASSIVES for k in self.children[i])
        if not told:
            token = self.tokens[i]
            shared = token.dep == "conj" and token.tag == "VBN" and not self.subjects(i, borrow=False)
            told = shared and self.passive(token.head)
        self._passive[i] = told
        return told

    def subjects(self, i: int, *, borrow: bool = True) -> list[int]:
        """Return the heads of the subject of word `i`; with `borrow`, of the clause it leans on where it has none."""
        if (known := self._subjects.get((i, borrow))) is None:
            known = self._subjects[i, borrow] = self._find_subjects(i, borrow)
        return known

    def _find_subjects(self, i: int, borrow: bool) -> list[int]:
        for _ in range(FAR):
            own = [k for k in self.children[i] if self.tokens[k].dep in SUBJECTS]
            if own:
                return [j for k in own for j in self.conjuncts(k)]
            token = self.tokens[i]
            if token.dep in {"acl", "relcl"}:
                return [token.head] if borrow else []
            if not borrow or token.head == i or token.dep not in BORROWERS:
                return []
            i = token.head
        return []

    def objects(self, i: int) -> list[int]:
        """Return the heads of the direct objects of verb `i`, coordinated ones too."""
        if (known := self._objects.get(i)) is None:
            known = self._objects[i] = [j for k in self.under(i, "dobj", "dative") for j in self.conjuncts(k)]
        return known

    def governed(self, i: int) -> list[tuple[str, int]]:
        """Return (preposition, head of its object) for the prepositional phrases on `i`, one inside another included."""
        if (known := self._governed.get(i)) is not None:
            return known
        out: list[tuple[str, int]] = []
        for k in self.under(i, "prep", "agent", "dative"):
            for j in self.under(k, "pobj", "pcomp"):
                out.extend((self.lemmas[k], m) for m in self.conjuncts(j))
            out.extend(self.governed(k))
        self._governed[i] = out
        return out

    def path(self, a: int, b: int) -> tuple[list[str], list[str]] | None:
        """Return the dependencies climbed from `a` and gone down to `b` up to their first common word; None if there is none."""
        tokens = self.tokens
        if tokens[a].sentence != tokens[b].sentence:
            return None
        above_b = [b, *self.up(b)]
        climbed: list[str] = []
        for k in (a, *self.up(a)):
            if k in above_b:
                return climbed, [tokens[j].dep for j in above_b[: above_b.index(k)][::-1]]
            climbed.append(tokens[k].dep)
        return None

    def head_of(self, start: int, end: int) -> int | None:
        """Return the word of the span that governs the rest of it: the first whose head lies outside; None for an empty span."""
        inside = self.ranks(start, end)
        free = [k for k in inside if self.tokens[k].dep != "date"] or list(inside)
        # An unmatched bracket or a cut name can leave several heads: the last noun of English noun phrases is the head.
        outside = [k for k in free if self.tokens[k].head not in inside or self.tokens[k].head == k]
        return outside[0] if outside else (free[-1] if free else None)

    def ranks(self, start: int, end: int) -> range:
        """Return the ranks of the tokens that touch the characters from `start` to `end`."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))


def lemma(parse: Parse, i: int) -> str:
    """Return the base form of word `i` in lower case."""
    return parse.lemmas[i]
