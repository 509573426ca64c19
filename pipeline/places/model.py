"""The learned weights of the three decisions: is it a place, which one, and what does it do in its sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self, cast

from pipeline import lexicon

_FILE = "models/places/weights.json"


@dataclass(frozen=True, slots=True)
class PlaceModel:
    """Weights by name of evidence, fitted by `models/places/fit_places.py`; the intercept under the empty name.

    `place` and `use` give log odds (of being a place, of standing for a government), `choice` the utilities of a conditional logit over
    what a name can stand for.
    """

    place: Mapping[str, float]
    use: Mapping[str, float]
    choice: Mapping[str, float]

    @classmethod
    def load(cls) -> Self:
        """Return the weights; raises LexiconError where the file is missing."""
        return cast("Self", _load())

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the weights."""
        return lexicon.digest((_FILE,))


@cache
def _load() -> PlaceModel:
    path = lexicon.MODELS / _FILE.removeprefix("models/")
    try:
        weights = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise lexicon.LexiconError(f"{path} is missing; reinstall, or fit it with `python models/places/fit_places.py`") from None
    return PlaceModel(**weights)
