"""The trend model: logistic regression over few named features, its weights in `models/trends/weights.json`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from typing import Self

from pipeline import lexicon
from pipeline.tables import Trend

WEIGHTS = "models/trends/weights.json"


@dataclass(frozen=True, slots=True)
class TrendModel:
    """Weights by what is asked (deteriorated, improved, risk) and feature, intercepts, and the least chance that makes an estimate."""

    weights: Mapping[str, Mapping[str, float]]
    intercepts: Mapping[str, float]
    least: float

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the weights; raises LexiconError where the file is missing."""
        path = lexicon.MODELS / WEIGHTS.removeprefix("models/")
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise lexicon.LexiconError(f"{path} is missing; run `python models/trends/fit_trends.py --tables TABLES`") from None
        return cls(said["weights"], said["intercepts"], said["least"])

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the file behind the weights."""
        return lexicon.digest((WEIGHTS,))

    def trend(self, features: Mapping[str, float]) -> dict[Trend, float]:
        """Return the chance of each trend; they sum to 1."""
        worse, better = exp(self._score("deteriorated", features)), exp(self._score("improved", features))
        total = 1 + worse + better
        return {"deteriorated": worse / total, "improved": better / total, "unchanged": 1 / total}

    def risk(self, features: Mapping[str, float]) -> float:
        """Return the chance of a conflict risk alert for the month after."""
        return 1 / (1 + exp(-self._score("risk", features)))

    def estimate(self, chances: Mapping[Trend, float]) -> Trend:
        """Return the likelier change where its chance is at least `least`, else unchanged: most months are."""
        worse, better = chances["deteriorated"], chances["improved"]
        if max(worse, better) < self.least:
            return "unchanged"
        return "deteriorated" if worse >= better else "improved"

    def parts(self, features: Mapping[str, float]) -> dict[str, float]:
        """Return by feature what it adds to the log-odds of deteriorated over improved, the strongest first."""
        worse, better = self.weights["deteriorated"], self.weights["improved"]
        shares = {name: value * (worse.get(name, 0.0) - better.get(name, 0.0)) for name, value in features.items()}
        return dict(sorted(shares.items(), key=lambda share: (-abs(share[1]), share[0])))

    def _score(self, what: str, features: Mapping[str, float]) -> float:
        weight = self.weights[what].get
        return self.intercepts[what] + sum([weight(name, 0.0) * value for name, value in features.items()])
