"""Linear models from samples of named features and numbers: logistic regression, support vectors, types helped by their families."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.events.linear import Linear
from pipeline.typology import Typology

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Features seen less often are left out: they could only be learned by heart.
SEEN = 2
# A weight below this share of the largest one is left out.
NEGLIGIBLE = 0.002
# Margins of the support vectors as log-odds, and the share of the family's margin in the type's: by hand (docs/events.md).
STEEPNESS, TYPE_STEEPNESS, FAMILY_SHARE = 2.5, 5.0, 0.4


class Sample(NamedTuple):
    """What a model sees (features by name, and numbers), what it should say, and how much it counts."""

    names: Sequence[str]
    label: str
    weight: float
    numbers: NDArray[np.float32] | None = None


def fit(samples: Sequence[Sample], strength: float) -> Linear:
    """Return the L2-regularised logistic regression of the samples."""
    from sklearn.linear_model import LogisticRegression

    names, matrix, labels, counts = _matrix(samples, ())
    model = LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(matrix, labels, sample_weight=counts)
    return _linear(names, (), model.classes_, model.coef_, model.intercept_)


def fit_margin(samples: Sequence[Sample], numbers: tuple[str, ...], strength: float, steepness: float) -> Linear:
    """Return the linear support vector classifier of the samples; `steepness` turns its margins into log-odds.

    On this little text with this many features it beats logistic regression by a point or two of F1 (docs/events.md), and
    takes a tenth of the time.
    """
    from sklearn.svm import LinearSVC

    names, matrix, labels, counts = _matrix(samples, numbers)
    model = LinearSVC(C=strength, random_state=0, max_iter=3000).fit(matrix, labels, sample_weight=counts)
    return _linear(names, numbers, model.classes_, steepness * model.coef_, steepness * model.intercept_)


def fit_types(samples: Sequence[Sample], numbers: tuple[str, ...], strength: float) -> Linear:
    """Return the type classifier: margins of the type, plus a share of the margins of its family, which has more to learn from."""
    family = Typology.load().family
    fine = fit_margin(samples, numbers, strength, TYPE_STEEPNESS)
    families = [sample._replace(label=family(sample.label)) for sample in samples]
    coarse = fit_margin(families, numbers, strength / 2, FAMILY_SHARE * TYPE_STEEPNESS)
    names = sorted({*fine.rows, *coarse.rows})
    column = [coarse.classes.index(family(label)) for label in fine.classes]
    # Row 0 of either model is zeros: what only one of them knows takes nothing from the other.
    weights = fine.weights[[fine.rows.get(name, 0) for name in names]]
    weights = weights + coarse.weights[[coarse.rows.get(name, 0) for name in names]][:, column]
    return Linear.of(fine.classes, names, weights, numbers)


def _matrix(samples: Sequence[Sample], numbers: tuple[str, ...]) -> tuple[list[str], Any, list[str], list[float]]:
    """Return the names of the columns, features that were seen often enough and then numbers; rows, labels and weights."""
    from scipy import sparse

    seen = Counter(name for sample in samples for name in set(sample.names))
    column = {name: n for n, name in enumerate(sorted(name for name, count in seen.items() if count >= SEEN))}
    known = [sorted({column[name] for name in sample.names if name in column}) for sample in samples]
    ends = np.cumsum([0, *map(len, known)])
    ones = np.ones(ends[-1], np.float32)
    matrix = sparse.csr_matrix((ones, [k for row in known for k in row], ends), shape=(len(samples), len(column)))
    if numbers:
        matrix = sparse.hstack([matrix, np.array([sample.numbers for sample in samples])], format="csr", dtype=np.float32)
    # liblinear reads 32-bit indices only.
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return [*column, *numbers], matrix, [sample.label for sample in samples], [sample.weight for sample in samples]


def _linear(names: Sequence[str], numbers: tuple[str, ...], classes: Any, weights: Any, bias: Any) -> Linear:
    if len(classes) == 2:
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    weights[:, names.index("bias")] += bias
    kept = np.flatnonzero(np.abs(weights).max(axis=0) > NEGLIGIBLE * np.abs(weights).max())
    return Linear.of([str(name) for name in classes], [names[k] for k in kept.tolist()], weights[:, kept].T.astype(np.float32), numbers)
