"""Compact word vectors: the language model's own, cut to their main directions, so that `events` runs without the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from pipeline import lexicon
from pipeline.lexicon import MODELS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = "models/events/vectors.npz"
# Numbers a word.
SIZE = 64


@dataclass(frozen=True, slots=True)
class Vectors:
    """Vectors of lower-case English words; several words may share one. `table` has one row a vector, of about unit length."""

    rows: Mapping[str, int]
    table: NDArray[np.float32]

    @classmethod
    def load(cls) -> Vectors:
        """Return the vectors of `models/events/vectors.npz`, made by `models/events/make_vectors.py`."""
        return _load()

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the file."""
        return lexicon.digest((FILE,))

    def means(self, groups: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Return a row a group: the mean of its words' vectors; zeros where none of them has one."""
        import numpy as np

        known = [[row for word in words if (row := self.rows.get(word)) is not None] for words in groups]
        counts = [len(rows) for rows in known]
        out = np.zeros((len(groups), self.table.shape[1]), np.float32)
        filled = np.flatnonzero(counts)
        if len(filled):
            flat = np.fromiter(chain.from_iterable(known), dtype=np.intp)
            starts = np.cumsum([0, *counts])[filled]
            rows = self.table.take(flat, axis=0)
            # A mean of one is itself.
            single = len(flat) == len(filled)
            out[filled] = rows if single else np.add.reduceat(rows, starts, axis=0) / np.array(counts, np.float32)[filled, None]
        return out


@cache
def _load() -> Vectors:
    import numpy as np

    path = MODELS / FILE.removeprefix("models/")
    with np.load(path, allow_pickle=False) as data:
        words = bytes(data["words"]).decode("ascii").split("\n")
        rows = data["rows"]
        table = data["table"].astype(np.float32) * data["scale"].astype(np.float32)
    return Vectors(dict(zip(words, rows.tolist(), strict=True)), table)
