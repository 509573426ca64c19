"""Linear rankers: weights learned with scikit-learn, kept as JSON, applied with plain sums."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.lexicon import MODELS, LexiconError

FOLDER = "figures"
NOTHING: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Ranker:
    """Named features and what each adds to each label's score."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]

    def scores(self, features: Iterable[str]) -> dict[str, float]:
        """Return the score of each label in log-odds; features never met in training add nothing."""
        get = self.weights.get
        known = [weights for feature in features if (weights := get(feature)) is not None]
        return dict(zip(self.labels, map(sum, zip(self.bias, *known, strict=True)), strict=True))

    def score(self, label: str, features: Iterable[str]) -> float:
        """Return the score of one label in log-odds."""
        column, get = self.labels.index(label), self.weights.get
        return sum([weights[column] for feature in features if (weights := get(feature)) is not None], self.bias[column])

    def best(self, features: Iterable[str], but: Collection[str] = (), more: Mapping[str, float] = NOTHING) -> str:
        """Return the label of the highest score, `but` some; the first of them where two are equal. `more` is added to the scores."""
        scores = {label: score + more.get(label, 0.0) for label, score in self.scores(features).items()}
        return max((label for label in self.labels if label not in but), key=lambda label: (scores[label], -self.labels.index(label)))


def path_of(name: str) -> str:
    """Return the name by which `lexicon.digest` finds a ranker's weights."""
    return f"models/{FOLDER}/{name}.json"


@cache
def load(name: str) -> Ranker:
    """Return the ranker of that name.

    Raises LexiconError where its weights are missing or broken.
    """
    path = MODELS / FOLDER / f"{name}.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        width = len(data["labels"])
        weights = {feature: tuple(float(w) for w in row) for feature, row in data["weights"].items()}
        bias = tuple(float(b) for b in data["bias"])
    except FileNotFoundError:
        raise LexiconError(
            f"{path} is missing; make it with `python models/figures/fit_figures.py --tags TAGS`, or reinstall crisiswatch-pipeline"
        ) from None
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconError(
            f"{path}: not a ranker's weights ({error}); make it anew with `python models/figures/fit_figures.py --tags TAGS`"
        ) from None
    if len(bias) != width or any(len(row) != width or not all(map(math.isfinite, row)) for row in weights.values()):
        raise LexiconError(
            f"{path}: rows of weights do not fit its {width} labels; make it anew with `python models/figures/fit_figures.py --tags TAGS`"
        )
    return Ranker(tuple(data["labels"]), bias, weights)
