"""The learned part: linear models whose weights `models/actors/fit_actors.py` wrote, read from JSON and applied in plain Python."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from typing import Any, Self

from pipeline import lexicon

_FILE = "models/actors/weights.json"


@dataclass(frozen=True, slots=True)
class Linear:
    """A linear model over named features: `weights[feature]` has one number a class; two classes have one number, for the second."""

    classes: tuple[str, ...]
    weights: Mapping[str, Sequence[float]]
    first: Mapping[str, float] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", {feature: row[0] for feature, row in self.weights.items()})

    def scores(self, features: Iterable[str]) -> list[float]:
        """Return the sum of weights of each class (of the second alone, where there are two)."""
        if len(self.classes) == 2:
            return [sum(map(self.first.get, features, repeat(0.0)))]
        rows = [row for row in map(self.weights.get, features) if row is not None]
        return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * len(self.classes)

    def chance(self, features: Iterable[str]) -> float:
        """Return the probability of the second of two classes."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.scores(features)[0]))))


@dataclass(frozen=True, slots=True)
class ActorWeights:
    """Three judges of a phrase: is it a participant, of what type, and is it of no one country."""

    participation: Linear
    threshold: float
    type: Linear
    stateless: Linear

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the weights; raises LexiconError where the file is missing or is not what the recipe writes."""
        path = lexicon.MODELS / _FILE.removeprefix("models/")
        try:
            return cls.of(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise lexicon.LexiconError(f"{path} is missing; make it with models/actors/fit_actors.py") from None
        except (KeyError, TypeError, ValueError) as error:
            raise lexicon.LexiconError(
                f"{path}: not the weights of this version ({error!r}); make them again with models/actors/fit_actors.py"
            ) from None

    @classmethod
    def of(cls, saved: Mapping[str, Any]) -> Self:
        """Return the judges that the recipe made; raises KeyError, TypeError or ValueError where `saved` is something else."""
        models = {name: _linear(saved[name]) for name in ("participation", "type", "stateless")}
        return cls(threshold=float(saved["threshold"]), **models)

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the file of weights."""
        return lexicon.digest((_FILE,))


def _linear(saved: Mapping[str, Any]) -> Linear:
    return Linear(tuple(saved["classes"]), {feature: tuple(row) for feature, row in saved["weights"].items()})
