"""What the network reads: an entry's tokens as numbered word pieces, in windows of whole lines.

The pieces are those of BERT's uncased vocabulary (Devlin et al., 2019): greedily, the longest first. Since capitals are lost
there, each piece also carries the shape of its word.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, islice

from pipeline.tables import Entry, Token

# Attention costs the square of the length; paragraphs of CrisisWatch have some 120 pieces, headlines 30.
LONGEST = 240
# A word of more letters than this is unknown to the vocabulary; of a token of many words ("----", an address) these pieces are read.
LONGEST_WORD = 60
MOST_PIECES = 40
# Of the name of a situation, so many words are read.
LONGEST_NAME = 6
FIRST, SEPARATOR, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


@dataclass(frozen=True, slots=True)
class Window:
    """Pieces that are read together: their numbers and shapes, and for each token (by its `i`) where its first piece stands."""

    pieces: Sequence[int]
    shapes: Sequence[int]
    at: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The pieces by their text; those inside a word begin with "##"."""

    numbers: Mapping[str, int]
    known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def word(self, text: str) -> tuple[int, ...]:
        """Return the numbers of a word's pieces, at least one."""
        if (known := self.known.get(text)) is None:
            pieces = islice(chain.from_iterable(self._greedy(part) for part in _parts(text)), MOST_PIECES)
            known = self.known[text] = tuple(pieces) or (self.numbers[UNKNOWN],)
        return known

    def _greedy(self, word: str) -> Iterator[int]:
        pieces, start = [], 0
        while start < len(word) <= LONGEST_WORD:
            heads = (("##" if start else "") + word[start:end] for end in range(len(word), start, -1))
            piece = next((piece for piece in heads if piece in self.numbers), None)
            if piece is None:
                break
            pieces.append(self.numbers[piece])
            start += len(piece) - (2 if start else 0)
        yield from pieces if start == len(word) else (self.numbers[UNKNOWN],)


def windows(entry: Entry, tokens: Sequence[Token], vocabulary: Vocabulary) -> Iterator[Window]:
    """Yield the entry's tokens in windows of whole lines where they fit, else of whole sentences, else of what fits.

    Each begins with the name of the situation; every token stands in just one.
    """
    name = [piece for word in (entry.situation or "").split()[:LONGEST_NAME] for piece in vocabulary.word(word)]
    room = LONGEST - len(name) - 2
    held: list[Token] = []
    size = 0
    for run in _runs(entry.text, tokens, vocabulary, room):
        more = _size(run, vocabulary) + 1
        if held and size + more > room:
            yield _window(name, held, entry.text, vocabulary)
            held, size = [], 0
        held, size = [*held, *run], size + more
    if held:
        yield _window(name, held, entry.text, vocabulary)


def _runs(text: str, tokens: Sequence[Token], vocabulary: Vocabulary, room: int) -> Iterator[list[Token]]:
    """Yield the lines of an entry; a long one by its sentences, a long sentence in halves."""
    breaks = [found.start() for found in re.finditer("\n", text)]
    for _, line in groupby(tokens, key=lambda token: bisect_left(breaks, token.start)):
        whole = list(line)
        if _size(whole, vocabulary) < room:
            yield whole
            continue
        for _, sentence in groupby(whole, key=lambda token: token.sentence):
            yield from _halves(list(sentence), vocabulary, room)


def _halves(run: list[Token], vocabulary: Vocabulary, room: int) -> Iterator[list[Token]]:
    if len(run) < 2 or _size(run, vocabulary) < room:
        yield run
    else:
        middle = len(run) // 2
        yield from _halves(run[:middle], vocabulary, room)
        yield from _halves(run[middle:], vocabulary, room)


def _size(run: Iterable[Token], vocabulary: Vocabulary) -> int:
    return sum([len(vocabulary.word(token.text)) for token in run])


def _window(name: Sequence[int], tokens: Sequence[Token], text: str, vocabulary: Vocabulary) -> Window:
    separator = vocabulary.numbers[SEPARATOR]
    pieces, at = [vocabulary.numbers[FIRST], *name, separator], {}
    shapes = [OTHER] * len(pieces)
    before = tokens[0]
    for token in tokens:
        if "\n" in text[before.end : token.start]:
            pieces.append(separator)
            shapes.append(OTHER)
        at[token.i] = len(pieces)
        word = vocabulary.word(token.text)
        pieces.extend(word)
        shapes.extend([shape(token.text)] * len(word))
        before = token
    return Window([*pieces, separator], [*shapes, OTHER], at)


LOWER, UPPER, TITLE, DIGITS, OTHER = range(5)


def shape(word: str) -> int:
    """Return the shape of a word: lower case, capitals throughout, a capital first, with digits, other."""
    if word.islower():
        return LOWER
    if word.isupper() and len(word) > 1:
        return UPPER
    if word[:1].isupper():
        return TITLE
    return DIGITS if any(map(str.isdigit, word)) else OTHER


def _parts(word: str) -> Iterator[str]:
    """Yield a word in lower case without accents, its punctuation apart."""
    plain = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    for alphanumeric, group in groupby(plain, key=str.isalnum):
        if alphanumeric:
            yield "".join(group)
        else:
            yield from (c for c in group if not c.isspace())
