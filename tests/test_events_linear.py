"""Linear models: stored without loss that matters, and probabilities that are probabilities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import EventModels
from pipeline.events.linear import Linear
from pipeline.events.models import NAMES
from pipeline.typology import Typology

MODELS = EventModels.load()
SMALL = Linear(("no", "yes"), {"bias": 0, "killed": 1}, np.array([[1.0, -1.0], [-2.0, 2.0]], dtype=np.float32))


def test_a_feature_moves_the_odds_as_its_weight_says() -> None:
    assert SMALL.probabilities({"bias": 1.0})["yes"] == pytest.approx(1 / (1 + np.exp(2)))
    assert SMALL.probabilities({"bias": 1.0, "killed": 1.0})["yes"] == pytest.approx(1 / (1 + np.exp(-2)))


def test_an_unknown_feature_counts_for_nothing() -> None:
    assert SMALL.probabilities({"bias": 1.0, "sang": 1.0}) == SMALL.probabilities({"bias": 1.0})
    assert SMALL.probabilities({}) == {"no": 0.5, "yes": 0.5}


def test_a_model_is_read_as_it_was_saved(tmp_path: Path) -> None:
    SMALL.save(tmp_path / "small.npz")
    again = Linear.read(tmp_path / "small.npz")
    assert (again.classes, again.rows) == (SMALL.classes, SMALL.rows)
    assert np.allclose(again.weights, SMALL.weights, atol=0.02)


@given(st.sampled_from(NAMES), st.lists(st.integers(0, 500), max_size=20))
def test_chances_add_up_to_one(name: str, rows: list[int]) -> None:
    model = MODELS.linear[name]
    features = list(model.rows)
    chances = model.probabilities({features[row % len(features)]: 1.0 for row in rows})
    assert sum(chances.values()) == pytest.approx(1)
    assert min(chances.values()) >= 0


@pytest.mark.parametrize("name", ["types", "types2"])
def test_the_classifier_knows_types_of_the_typology_only(name: str) -> None:
    assert set(MODELS.linear[name].classes) <= set(Typology.load().types)


def test_like_words_have_like_vectors() -> None:
    def likeness(a: str, b: str) -> float:
        one, two = MODELS.vectors.mean([a]), MODELS.vectors.mean([b])
        assert one is not None
        assert two is not None
        return float(one @ two / (np.linalg.norm(one) * np.linalg.norm(two)))

    assert likeness("attacked", "ambushed") > likeness("attacked", "elected")
    assert MODELS.vectors.mean(["qqqqqq"]) is None
