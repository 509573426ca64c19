"""One entry's parse as a tree to walk: heads, children, clauses, and the path between two words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.tables import Token

LONGEST_PATH = 6
# Dependents that stand on a noun's left and belong to its phrase.
LEFT_OF_NOUN = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "quantmod", "predet", "case", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Parse:
    """The tokens of one entry (tokens[k].i == k), each word's children, and the root of each word's clause."""

    tokens: Sequence[Token]
    children: Sequence[Sequence[int]]
    roots: Sequence[int]

    def word(self, i: int) -> str:
        """Return the token's base form in lower case."""
        return self.tokens[i].lemma.lower()

    def same_sentence(self, i: int) -> Iterator[int]:
        """Yield the ranks of the tokens of the sentence that token `i` stands in."""
        sentence = self.tokens[i].sentence
        first = i
        while first and self.tokens[first - 1].sentence == sentence:
            first -= 1
        while first < len(self.tokens) and self.tokens[first].sentence == sentence:
            yield first
            first += 1

    def ups(self, i: int) -> list[int]:
        """Return token `i` and its heads up to the root."""
        chain = [i]
        while self.tokens[chain[-1]].head != chain[-1]:
            chain.append(self.tokens[chain[-1]].head)
        return chain

    def path(self, start: int, end: int) -> str:
        """Return the way from one word to another as dependency labels: "dobj" up to a verb, "conj>dobj", "dobj<conj" down again.

        Prepositions are named ("of>nsubj"); "none" where the words share no tree, "far" where the way is long.
        """
        up, down = self.ups(start), self.ups(end)
        meeting = next((i for i in up if i in down), None)
        if meeting is None:
            return "none"
        steps = [self._label(i) for i in up[: up.index(meeting)]]
        back = [self._label(i) for i in down[: down.index(meeting)]]
        if len(steps) + len(back) > LONGEST_PATH:
            return "far"
        return ">".join(steps) + "".join(f"<{label}" for label in reversed(back))

    def _label(self, i: int) -> str:
        token = self.tokens[i]
        if token.dep in {"prep", "agent", "dative"} and token.pos in {"ADP", "SCONJ", "VERB"}:
            return token.lemma.lower()
        return token.dep

    def phrase(self, i: int) -> tuple[int, int]:
        """Return first and last rank of the noun phrase headed by `i`, as far as it runs on the noun's left."""
        first = i
        for child in self.children[i]:
            if child < i and self.tokens[child].dep in LEFT_OF_NOUN:
                first = min(first, self.phrase(child)[0])
        return first, i


def parse_of(tokens: Sequence[Token]) -> Parse:
    """Return the parse of one entry's tokens, given in reading order."""
    children: list[list[int]] = [[] for _ in tokens]
    for token in tokens:
        if token.head != token.i and token.dep != "date":
            children[token.head].append(token.i)
    roots: list[int] = []
    for token in tokens:
        i = token.i
        while tokens[i].head != i:
            i = tokens[i].head
        roots.append(i)
    return Parse(tokens, children, roots)
