"""One entry's tokens as a tree: who governs whom, who is whose subject, how two words are tied together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.tables import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
PASSIVES = frozenset({"nsubjpass", "auxpass", "csubjpass"})
# Clauses that borrow the subject of the word they hang on when they have none of their own ("attacked post, killing two").
BORROWERS = frozenset({"conj", "xcomp", "advcl", "pcomp", "ccomp", "dep"})
# Longest chain of words followed from one to another; longer ones tie nothing together that a reader would.
FAR = 8


@dataclass(frozen=True, slots=True)
class Parse:
    """The tokens of one entry by rank, with what hangs on each; ranks are `Token.i` and start at 0."""

    tokens: tuple[Token, ...]
    children: tuple[tuple[int, ...], ...]
    sentence_ends: dict[int, tuple[int, int]]
    lines: tuple[int, ...]

    @classmethod
    def of(cls, tokens: Sequence[Token], text: str) -> Parse:
        """Index the tokens of one entry, given in order of rank; `text` is the entry's text."""
        children: list[list[int]] = [[] for _ in tokens]
        ends: dict[int, tuple[int, int]] = {}
        lines, line, at = [], 0, 0
        for token in tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
            first, _ = ends.get(token.sentence, (token.i, token.i))
            ends[token.sentence] = first, token.i + 1
            line += text.count("\n", at, token.start)
            at = token.start
            lines.append(line)
        return cls(tuple(tokens), tuple(map(tuple, children)), ends, tuple(lines))

    def sentence(self, i: int) -> range:
        """Return the ranks of the sentence that word `i` stands in."""
        return range(*self.sentence_ends[self.tokens[i].sentence])

    def under(self, i: int, *deps: str) -> Iterator[int]:
        """Yield the words that hang on `i` by one of the given dependencies (by any where none is given)."""
        return (k for k in self.children[i] if not deps or self.tokens[k].dep in deps)

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
        out: list[int] = []
        while self.tokens[i].head != i and len(out) < FAR:
            i = self.tokens[i].head
            out.append(i)
        return out

    def conjuncts(self, i: int) -> list[int]:
        """Return `i` and the words coordinated with it further on ("A, B and C": B and C hang on A)."""
        out = [i]
        for k in out:
            out.extend(self.under(k, "conj"))
        return out

    def passive(self, i: int) -> bool:
        """Tell whether verb `i` is in the passive, its own or the one it shares by coordination."""
        if any(self.tokens[k].dep in PASSIVES for k in self.children[i]):
            return True
        token = self.tokens[i]
        return token.dep == "conj" and token.tag == "VBN" and not self.subjects(i, borrow=False) and self.passive(token.head)

    def subjects(self, i: int, *, borrow: bool = True) -> list[int]:
        """Return the heads of the subject of word `i`; with `borrow`, of the clause it leans on where it has none."""
        for _ in range(FAR):
            own = [k for k in self.under(i) if self.tokens[k].dep in SUBJECTS]
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
        return [j for k in self.under(i, "dobj", "dative") for j in self.conjuncts(k)]

    def governed(self, i: int) -> Iterator[tuple[str, int]]:
        """Yield (preposition, head of its object) for the prepositional phrases on `i`, one inside another included."""
        for k in self.under(i, "prep", "agent", "dative"):
            for j in self.under(k, "pobj", "pcomp"):
                yield from ((self.tokens[k].lemma.lower(), m) for m in self.conjuncts(j))
            yield from self.governed(k)

    def path(self, a: int, b: int) -> tuple[list[str], list[str]] | None:
        """Return the dependencies climbed from `a` and gone down to `b` up to their first common word; None if there is none."""
        above_a, above_b = [a, *self.up(a)], [b, *self.up(b)]
        common = next((k for k in above_a if k in above_b), None)
        if common is None:
            return None
        climbed = [self.tokens[k].dep for k in above_a[: above_a.index(common)]]
        down = [self.tokens[k].dep for k in reversed(above_b[: above_b.index(common)])]
        return climbed, down

    def head_of(self, start: int, end: int) -> int | None:
        """Return the word of the span that governs the rest of it: the first whose head lies outside; None for an empty span."""
        inside = [token.i for token in self.between(start, end)]
        free = [k for k in inside if self.tokens[k].dep != "date"] or inside
        # An unmatched bracket or a cut name can leave several heads: the last noun of English noun phrases is the head.
        outside = [k for k in free if self.tokens[k].head not in inside or self.tokens[k].head == k]
        return outside[0] if outside else (free[-1] if free else None)

    def between(self, start: int, end: int) -> list[Token]:
        """Return the tokens that touch the characters from `start` to `end`."""
        from bisect import bisect_left, bisect_right

        first = bisect_right(self.tokens, start, key=lambda token: token.end)
        last = bisect_left(self.tokens, end, key=lambda token: token.start)
        return list(self.tokens[first:last])


def lemma(parse: Parse, i: int) -> str:
    """Return the base form of word `i` in lower case."""
    return parse.tokens[i].lemma.lower()
