"""The index of words: for every word of every text, the entries it stands in and where, cut into blocks a page loads as it needs them.

A word is a run of letters and digits, without its case and accents; `text.js` cuts and folds queries in the same way.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.explorer.pack import vlq

if TYPE_CHECKING:
    from pipeline.explorer.pack import Numbers

WORD = re.compile(r"[^\W_]+")
# Bytes of postings in one block: small enough to be read in a few milliseconds, large enough to keep the files few.
BLOCK = 96_000


def fold(word: str) -> str:
    """Return a word as it is looked up: accents off, lower case."""
    if word.isascii():
        return word.lower()
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.category(char).startswith("M")).lower()


class _Numbers(dict[str, int]):
    """The number of a word by any of its spellings, given out at first sight."""

    def __init__(self) -> None:
        self.folded: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        number = self[word] = self.folded.setdefault(fold(word), len(self.folded))
        return number


@dataclass(slots=True)
class WordIndex:
    """Texts in, blocks of postings out. Entries are numbered in the order they are added."""

    numbers: _Numbers = field(default_factory=_Numbers)
    words: array[int] = field(default_factory=lambda: array("i"))
    lengths: array[int] = field(default_factory=lambda: array("i"))

    def add(self, texts: Iterable[str]) -> None:
        numbers = self.numbers
        for text in texts:
            before = len(self.words)
            self.words.extend([numbers[word] for word in WORD.findall(text)])
            self.lengths.append(len(self.words) - before)

    def blocks(self) -> Iterator[tuple[str, list[str]]]:
        """Yield, in order of the words, each block's first word and its three strings.

        They are its words, a line each; for each word, a space between, the entries it stands in as pairs (difference to the
        entry before, how often); and for each word the positions in those entries, as differences to the one before in the entry.
        """
        words = sorted(self.numbers.folded, key=_as_browsers_sort)
        if not words:
            return
        postings, positions, first_posting, first_word = self._sorted(words)
        docs, doc_at = vlq(postings)
        spots, spot_at = vlq(positions)
        doc_cuts, spot_cuts = doc_at[2 * first_posting].tolist(), spot_at[first_word].tolist()
        start = 0
        for end in range(1, len(words) + 1):
            size = doc_cuts[end] - doc_cuts[start] + spot_cuts[end] - spot_cuts[start]
            if size >= BLOCK or end == len(words):
                yield words[start], ["\n".join(words[start:end]), _cut(docs, doc_cuts, start, end), _cut(spots, spot_cuts, start, end)]
                start = end

    def _sorted(self, words: list[str]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """Return the postings (entry, count) as differences, the positions likewise, and where each word's begin, with the end."""
        import numpy as np

        rank = np.empty(len(words), dtype=np.int32)
        rank[[self.numbers.folded[word] for word in words]] = np.arange(len(words), dtype=np.int32)
        lengths = np.frombuffer(self.lengths, dtype=np.int32)
        word: Any = rank[np.frombuffer(self.words, dtype=np.int32)]
        order = np.argsort(word, kind="stable")
        word = word[order]
        entry = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)[order]
        position = (np.arange(len(word)) - np.repeat(np.cumsum(lengths) - lengths, lengths))[order]
        new_word = np.concatenate(([True], word[1:] != word[:-1]))
        new_entry = new_word | np.concatenate(([True], entry[1:] != entry[:-1]))
        spots = _differences(position, new_entry)
        at = np.flatnonzero(new_entry)
        pairs = np.stack([_differences(entry[at].astype(np.int64), new_word[at]), np.diff(np.append(at, len(word)))], axis=1)
        first_posting = np.append(np.flatnonzero(new_word[at]), len(at))
        return pairs.ravel(), spots, first_posting, np.append(np.flatnonzero(new_word), len(word))


def _differences(values: Numbers, new: Any) -> Numbers:
    import numpy as np

    before = np.concatenate(([0], values[:-1]))
    return np.where(new, values, values - before)


def _cut(data: bytes, cuts: list[int], start: int, end: int) -> str:
    return " ".join(data[cuts[k] : cuts[k + 1]].decode() for k in range(start, end))


def _as_browsers_sort(word: str) -> bytes:
    return word.encode("utf-16-be")
