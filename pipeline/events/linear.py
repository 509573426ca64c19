"""A linear model over named features: learned by `models/events/train.py`, stored without pickle, applied with numpy alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


# From so many classes on, a sample's weights are gathered and summed on their own: less memory is gone through at a time.
MANY = 10


@dataclass(frozen=True, slots=True)
class Linear:
    """Softmax over classes: `weights` has a row a feature and a column a class; row 0, all zeros, is for what the model does not know.

    Most features are there or not. Those of the names `numbers` have a value: they are handed over as an array, in that order.
    """

    classes: tuple[str, ...]
    rows: Mapping[str, int]
    weights: NDArray[np.float32]
    numbers: tuple[str, ...] = ()
    slopes: NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "slopes", self.weights[[self.rows.get(name, 0) for name in self.numbers]])

    def known(self, names: Iterable[str]) -> list[int]:
        """Return the rows of the features, each once; row 0 is always among them."""
        rows = set(map(self.rows.get, names, repeat(0)))
        rows.add(0)
        return list(rows)

    def probabilities(self, samples: Sequence[Sequence[int]], numbers: NDArray[np.float32] | None = None) -> NDArray[np.float64]:
        """Return the probability of each class (column) for each sample (row), given by the rows of its features and its `numbers`."""
        import numpy as np

        scores = self._sums(samples)
        if numbers is not None:
            scores += numbers @ self.slopes
        if not samples:
            return scores
        scores -= scores.max(axis=1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=1, keepdims=True)
        return scores

    def column(self, name: str, samples: Sequence[Iterable[str]]) -> list[float]:
        """Return the probability of one class for each sample, given by the names of its features."""
        column: list[float] = self.probabilities([self.known(names) for names in samples])[:, self.classes.index(name)].tolist()
        return column

    def _sums(self, samples: Sequence[Sequence[int]]) -> NDArray[np.float64]:
        import numpy as np

        if len(self.classes) >= MANY or not samples:
            out = np.zeros((len(samples), len(self.classes)))
            for n, rows in enumerate(samples):
                np.add.reduce(self.weights.take(rows, axis=0), axis=0, out=out[n])
            return out
        starts = list(accumulate(map(len, samples[:-1]), initial=0))
        flat = list(chain.from_iterable(samples))
        sums: NDArray[np.float64] = np.add.reduceat(self.weights.take(flat, axis=0), starts, axis=0, dtype=np.float64)
        return sums

    def save(self, path: Path) -> None:
        """Write the model: names as lines of text, weights as one byte a number with a scale a feature."""
        import numpy as np

        names = sorted(self.rows, key=self.rows.__getitem__)
        weights = self.weights[[self.rows[name] for name in names]]
        scale = np.maximum(np.abs(weights).max(axis=1, keepdims=True), 1e-9) / 127
        np.savez_compressed(
            path,
            names=_bytes(names),
            classes=_bytes(self.classes),
            scale=scale.astype(np.float32),
            weights=np.round(weights / scale).astype(np.int8),
        )

    @classmethod
    def read(cls, path: Path, numbers: tuple[str, ...] = ()) -> Linear:
        """Read what `save` wrote."""
        import numpy as np

        with np.load(path, allow_pickle=False) as data:
            names, classes = _lines(data["names"]), _lines(data["classes"])
            weights = data["weights"].astype(np.float32) * data["scale"]
        return cls.of(classes, names, weights, numbers)

    @classmethod
    def of(cls, classes: Sequence[str], names: Sequence[str], weights: NDArray[np.float32], numbers: tuple[str, ...] = ()) -> Linear:
        """Return the model with a row of `weights` a name."""
        import numpy as np

        rows = {name: row for row, name in enumerate(names, start=1)}
        return cls(tuple(classes), rows, np.vstack([np.zeros((1, len(classes)), np.float32), weights]), numbers)


def sharing(models: Sequence[Linear]) -> list[Linear]:
    """Return the models with the same rows for the same features, so that features are looked up once for all of them."""
    import numpy as np

    names = {name: row for row, name in enumerate(dict.fromkeys(chain.from_iterable(model.rows for model in models)), start=1)}
    out = []
    for model in models:
        weights = np.zeros((len(names) + 1, len(model.classes)), np.float32)
        weights[[names[name] for name in model.rows]] = model.weights[list(model.rows.values())]
        out.append(replace(model, rows=names, weights=weights))
    return out


def _bytes(lines: tuple[str, ...] | list[str]) -> NDArray[np.uint8]:
    import numpy as np

    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(data: NDArray[np.uint8]) -> list[str]:
    return bytes(data).decode().split("\n")
