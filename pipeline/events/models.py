"""The learned parts of the stage, as `models/events/train.py` wrote them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.events.features import GLANCE_NUMBERS, NUMBERS
from pipeline.events.linear import Linear, sharing
from pipeline.events.vectors import FILE as VECTORS_FILE
from pipeline.events.vectors import Vectors
from pipeline.lexicon import MODELS

# The first look's detector and type classifier, and the second's: they have the same rows, and see numbers besides features.
JUDGES = ("detector", "types", "detector2", "types2")
NAMES = ("glance", *JUDGES, "dating", "roles", "placing", "figures", "realis")
CALIBRATION = "models/events/calibration.json"
FILES = (*(f"models/events/{name}.npz" for name in NAMES), CALIBRATION, VECTORS_FILE)


@dataclass(frozen=True, slots=True)
class EventModels:
    """Linear models by name, the word vectors they see, and the numbers that turn a raw score into a confidence."""

    linear: Mapping[str, Linear]
    vectors: Vectors
    calibration: Mapping[str, float]

    @classmethod
    def load(cls) -> EventModels:
        """Return the models; raises FileNotFoundError where one was not built (`python models/events/train.py --tags TAGS` builds them)."""
        return _load()

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the model files."""
        return lexicon.digest(FILES)


@cache
def _load() -> EventModels:
    folder = MODELS / "events"
    linear = {name: Linear.read(folder / f"{name}.npz", numbers_of(name)) for name in NAMES}
    linear |= zip(JUDGES, sharing([linear[name] for name in JUDGES]), strict=True)
    calibration = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    return EventModels(linear, Vectors.load(), calibration)


def numbers_of(name: str) -> tuple[str, ...]:
    """Return the names of the numbers that a model sees."""
    if name == "glance":
        return GLANCE_NUMBERS
    return {"detector": NUMBERS, "types": NUMBERS, "detector2": (*NUMBERS, "own"), "types2": (*NUMBERS, "own")}.get(name, ())
