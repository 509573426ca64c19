"""A linear model over named features: learned by `models/events/train.py`, stored without pickle, applied with numpy alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Linear:
    """Softmax over classes: `weights` has a row a feature and a column a class."""

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.float32]

    def probabilities(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return the probability of each class; features the model does not know count for nothing."""
        import numpy as np

        known = [(row, value) for name, value in features.items() if (row := self.rows.get(name)) is not None]
        scores = np.zeros(len(self.classes), dtype=np.float64)
        if known:
            at, values = zip(*known, strict=True)
            scores = np.asarray(values, dtype=np.float64) @ self.weights[list(at)].astype(np.float64)
        scores = np.exp(scores - scores.max())
        return dict(zip(self.classes, (scores / scores.sum()).tolist(), strict=True))

    def save(self, path: Path) -> None:
        """Write the model: names as lines of text, weights as one byte a number with a scale a feature."""
        import numpy as np

        names = sorted(self.rows, key=self.rows.__getitem__)
        scale = np.maximum(np.abs(self.weights).max(axis=1, keepdims=True), 1e-9) / 127
        np.savez_compressed(
            path,
            names=_bytes(names),
            classes=_bytes(self.classes),
            scale=scale.astype(np.float32),
            weights=np.round(self.weights / scale).astype(np.int8),
        )

    @classmethod
    def read(cls, path: Path) -> Linear:
        """Read what `save` wrote."""
        import numpy as np

        with np.load(path, allow_pickle=False) as data:
            names, classes = _lines(data["names"]), _lines(data["classes"])
            weights = data["weights"].astype(np.float32) * data["scale"]
        return cls(tuple(classes), {name: row for row, name in enumerate(names)}, weights)


def _bytes(lines: tuple[str, ...] | list[str]) -> NDArray[np.uint8]:
    import numpy as np

    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(data: NDArray[np.uint8]) -> list[str]:
    return bytes(data).decode().split("\n")
