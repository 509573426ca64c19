"""The network: its weights and classes as `models/tagger/train_tagger.py` wrote them, run by onnxruntime on one thread."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import lexicon
from pipeline.lexicon import MODELS
from pipeline.tags.pieces import Vocabulary, Window

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

FOLDER = "tagger"
NETWORK, MEANING, PIECES = "tagger.onnx", "tagger.json", "vocab.txt"
# Log-odds below this are no chance at all, and further down no number of this size.
LOWEST = -30.0
FILES = tuple(f"models/{FOLDER}/{name}" for name in (NETWORK, MEANING, PIECES))


@dataclass(frozen=True, slots=True)
class Said:
    """What the network says of a window's tokens, in their order.

    `classes` has, by question, a row a token and a column a class, chances that sum to 1; `trigger` and `told` are the two sides
    of the relations, a row a token and a matrix a relation.
    """

    classes: Mapping[str, NDArray[np.float32]]
    trigger: NDArray[np.float32]
    told: NDArray[np.float32]
    bias: NDArray[np.float32]

    def related(self, triggers: Sequence[int], least: float) -> Iterator[tuple[int, int, int, float]]:
        """Yield (relation, trigger, token, chance) where the chance that the token belongs to the trigger is `least` or more."""
        import numpy as np

        if not triggers:
            return
        scores = np.einsum("nrd,mrd->rnm", self.trigger[list(triggers)], self.told) + self.bias
        chances = 1 / (1 + np.exp(-np.maximum(scores, LOWEST)))
        told = chances >= least
        relations, ranks, others = (axis.tolist() for axis in told.nonzero())
        yield from zip(relations, [triggers[n] for n in ranks], others, chances[told].tolist(), strict=True)


@dataclass(frozen=True, slots=True)
class Tagger:
    """The loaded network, the classes of each question, and the names of the relations."""

    session: InferenceSession
    vocabulary: Vocabulary
    classes: Mapping[str, Sequence[str]]
    relations: Sequence[str]
    bias: Sequence[float]

    @classmethod
    def load(cls) -> Tagger:
        """Return the tagger; raises FileNotFoundError where it was not built (`models/tagger/train_tagger.py` builds it)."""
        return _load()

    @classmethod
    def of(cls, folder: Path) -> Tagger:
        """Return the tagger of another folder than the shipped one; the vocabulary is the same for all."""
        from onnxruntime import InferenceSession, SessionOptions

        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        said = json.loads((folder / MEANING).read_text(encoding="utf-8"))
        pieces = (MODELS / FOLDER / PIECES).read_text(encoding="utf-8").splitlines()
        session = InferenceSession(str(folder / NETWORK), options, providers=["CPUExecutionProvider"])
        return cls(session, Vocabulary({piece: n for n, piece in enumerate(pieces)}), said["classes"], said["relations"], said["bias"])

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the network's files."""
        return lexicon.digest(FILES)

    def read(self, window: Window) -> Said:
        """Return what the network says of the window's tokens."""
        import numpy as np

        given = {"pieces": np.array(window.pieces, np.int64), "shapes": np.array(window.shapes, np.int64)}
        firsts = np.fromiter(window.at.values(), np.intp, len(window.at))
        scores, trigger, told = (side[firsts] for side in self.session.run(None, given))
        ends = np.cumsum([len(labels) for labels in self.classes.values()])
        parts = np.split(scores, ends[:-1], axis=1)
        classes = {name: _chances(part) for name, part in zip(self.classes, parts, strict=True)}
        bonds = (len(firsts), len(self.relations), -1)
        return Said(classes, trigger.reshape(bonds), told.reshape(bonds), np.array(self.bias, np.float32).reshape(-1, 1, 1))


def _chances(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    out: NDArray[np.float32] = np.exp(scores - scores.max(axis=1, keepdims=True))
    out /= out.sum(axis=1, keepdims=True)
    return out


@cache
def _load() -> Tagger:
    return Tagger.of(MODELS / FOLDER)
