"""One entry's parse as a tree to walk: heads, children, clauses, and the path between two words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.tables import Token

LONGEST_PATH = 6
# Dependents that stand on a noun's left and belong to its phrase.
LEFT_OF_NOUN = frozenset({"compound", "amod", "nmod", "poss", "nummod", "det", "quantmod", "predet", "case", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Parse:
    """The tokens of one entry (tokens[k].i == k) as trees.

    By rank: each token's children, its base form in lower case, the root of its clause. By number of sentence: the ranks of its tokens.
    `starts`: the offset of each token. `undated`: the tokens that belong to no date. `chains`: tokens with their heads up to the root,
    and `paths`: the ways between words, as far as they were asked for, each looked for once.
    """

    tokens: Sequence[Token]
    children: Sequence[Sequence[int]]
    lemmas: Sequence[str]
    roots: Sequence[int]
    sentences: Mapping[int, range]
    starts: Sequence[int]
    undated: Sequence[Token]
    chains: dict[int, Sequence[int]] = field(default_factory=dict, repr=False, compare=False)
    paths: dict[tuple[int, int], str] = field(default_factory=dict, repr=False, compare=False)

    def word(self, i: int) -> str:
        """Return the token's base form in lower case."""
        return self.lemmas[i]

    def same_sentence(self, i: int) -> range:
        """Return the ranks of the tokens of the sentence that token `i` stands in."""
        return self.sentences[self.tokens[i].sentence]

    def ups(self, i: int) -> Sequence[int]:
        """Return token `i` and its heads up to the root."""
        known = self.chains.get(i)
        if known is None:
            found = [i]
            while self.tokens[found[-1]].head != found[-1]:
                found.append(self.tokens[found[-1]].head)
            known = self.chains[i] = tuple(found)
        return known

    def at_or_after(self, offset: int) -> int:
        """Return the rank of the first token that starts at an offset or behind it; the number of tokens where none does."""
        return bisect_left(self.starts, offset)

    def span(self, start: int, end: int) -> range:
        """Return the ranks of the tokens that start between two offsets."""
        return range(self.at_or_after(start), self.at_or_after(end))

    def between(self, low: int, high: int) -> Sequence[Token]:
        """Return the tokens of no date that stand between two ranks."""
        return self.undated[bisect_right(self.undated, low, key=_rank) : bisect_left(self.undated, high, key=_rank)]

    def path(self, start: int, end: int) -> str:
        """Return the way from one word to another as dependency labels: "dobj" up to a verb, "conj>dobj", "dobj<conj" down again.

        Prepositions are named ("of>nsubj"); "none" where the words share no tree, "far" where the way is long.
        """
        known = self.paths.get((start, end))
        if known is None:
            known = self.paths[start, end] = self._path(start, end)
        return known

    def _path(self, start: int, end: int) -> str:
        if self.roots[start] != self.roots[end]:
            return "none"
        up, down = self.ups(start), self.ups(end)
        shared = 1
        while shared < min(len(up), len(down)) and up[-shared - 1] == down[-shared - 1]:
            shared += 1
        steps, back = up[:-shared], down[:-shared]
        if len(steps) + len(back) > LONGEST_PATH:
            return "far"
        return ">".join(map(self._label, steps)) + "".join(f"<{self._label(i)}" for i in reversed(back))

    def _label(self, i: int) -> str:
        token = self.tokens[i]
        if token.dep in {"prep", "agent", "dative"} and token.pos in {"ADP", "SCONJ", "VERB"}:
            return self.lemmas[i]
        return token.dep

    def of(self, i: int) -> Iterator[int]:
        """Yield the words that a noun's "of" leads to: "raids" of "series of raids"."""
        return (c for child in self.children[i] if self.lemmas[child] == "of" for c in self.children[child])

    def last_of_word(self, i: int) -> int:
        """Return the last token of a hyphenated word that the parser took for one: "combatants" of "ex-combatants"; `i` of any other.

        What "non-" denies is none: "non-combatants" are no combatants.
        """
        tokens, last = self.tokens, i
        while tokens[i].text.lower() != "non" and last + 2 < len(tokens) and tokens[last + 1].text == "-":
            hyphen, part = tokens[last + 1 : last + 3]
            if tokens[last].end != hyphen.start or hyphen.end != part.start or (part.head, part.dep) != (tokens[i].head, tokens[i].dep):
                break
            last += 2
        return last

    def phrase(self, i: int) -> tuple[int, int]:
        """Return first and last rank of the noun phrase headed by `i`, as far as it runs on the noun's left."""
        first = i
        for child in self.children[i]:
            if child < i and self.tokens[child].dep in LEFT_OF_NOUN:
                first = min(first, self.phrase(child)[0])
        return first, i


def _rank(token: Token) -> int:
    return token.i


def parse_of(tokens: Sequence[Token]) -> Parse:
    """Return the parse of one entry's tokens, given in reading order."""
    children: list[list[int]] = [[] for _ in tokens]
    firsts: dict[int, int] = {}
    lasts: dict[int, int] = {}
    for token in tokens:
        if token.head != token.i and token.dep != "date":
            children[token.head].append(token.i)
        firsts.setdefault(token.sentence, token.i)
        lasts[token.sentence] = token.i
    return Parse(
        tokens=tokens,
        children=children,
        lemmas=[token.lemma.lower() for token in tokens],
        roots=_roots([token.head for token in tokens]),
        sentences={number: range(first, lasts[number] + 1) for number, first in firsts.items()},
        starts=[token.start for token in tokens],
        undated=[token for token in tokens if token.dep != "date"],
    )


def _roots(heads: Sequence[int]) -> list[int]:
    """Return the root above each token, given the rank of each one's head; a root is its own head."""
    roots = [-1] * len(heads)
    for i in range(len(heads)):
        below = []
        at = i
        while roots[at] < 0 and heads[at] != at:
            below.append(at)
            at = heads[at]
        root = roots[at] if roots[at] >= 0 else at
        roots[at] = root
        for lower in below:
            roots[lower] = root
    return roots
