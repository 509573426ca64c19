"""The learned parts of the stage, as `models/events/train.py` wrote them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.events.linear import Linear
from pipeline.events.vectors import FILE as VECTORS_FILE
from pipeline.events.vectors import Vectors
from pipeline.lexicon import MODELS

NAMES = ("detector", "types", "detector2", "types2", "dating", "roles", "placing", "figures", "realis")
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
        """Return the models; raises FileNotFoundError where one was not built (`python models/events/train.py` builds them)."""
        return _load()

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the model files."""
        return lexicon.digest(FILES)


@cache
def _load() -> EventModels:
    folder = MODELS / "events"
    linear = {name: Linear.read(folder / f"{name}.npz") for name in NAMES}
    calibration = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    return EventModels(linear, Vectors.load(), calibration)
