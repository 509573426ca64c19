"""A sentence as the parse has it: who governs whom, read off token rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.tables import Token

VERBAL = frozenset({"VERB", "AUX"})
# Labels of words that stand before their noun inside its phrase.
LEFT = frozenset(
    {
        "compound",
        "amod",
        "nmod",
        "poss",
        "nummod",
        "quantmod",
        "npadvmod",
        "det",
        "advmod",
        "punct",
        "case",
        "conj",
        "cc",
        "dep",
        "appos",
        "nsubj",
    }
)


@dataclass(slots=True)
class Clauses:
    """The tokens of one entry with the links between them; `tokens[k].i == k`. `lemmas` are in lower case."""

    tokens: Sequence[Token]
    lemmas: list[str] = field(init=False)
    children: list[list[int]] = field(init=False)
    dated: set[int] = field(init=False)
    sentence_starts: dict[int, int] = field(init=False)
    dated_sentences: set[int] = field(init=False)

    def __post_init__(self) -> None:
        self.lemmas = [token.lemma.lower() for token in self.tokens]
        self.children = [[] for _ in self.tokens]
        self.dated, self.dated_sentences, self.sentence_starts = set(), set(), {}
        for token in self.tokens:
            self.sentence_starts.setdefault(token.sentence, token.i)
            if token.dep == "date" or token.ent_type == "DATE":
                self.dated_sentences.add(token.sentence)
            if token.head != token.i:
                self.children[token.head].append(token.i)
                if token.dep == "date":
                    self.dated.add(token.head)

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Yield the first and the past-last rank of every sentence."""
        start = 0
        for k in range(1, len(self.tokens) + 1):
            if k == len(self.tokens) or self.tokens[k].sentence != self.tokens[start].sentence:
                yield start, k
                start = k

    def under(self, i: int, head: int) -> bool:
        """Tell whether token `i` depends on token `head`, directly or not."""
        for _ in range(12):
            if i == head:
                return True
            up = self.tokens[i].head
            if up == i:
                return False
            i = up
        return False

    def first_conjunct(self, i: int) -> int:
        """Return the token whose place in the clause `i` shares: the head of its list, itself outside of one."""
        for _ in range(12):
            token = self.tokens[i]
            if token.dep not in {"conj", "appos"} or token.head == i:
                return i
            i = token.head
        return i

    def verb_above(self, i: int) -> int | None:
        """Return the nearest verb that governs `i`; None if there is none."""
        for _ in range(16):
            up = self.tokens[i].head
            if up == i:
                return None
            i = up
            if self.tokens[i].pos in VERBAL:
                return i
        return None
