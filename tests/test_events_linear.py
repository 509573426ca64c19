"""Linear models: stored without loss that matters, and probabilities that are probabilities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events import EventModels
from pipeline.events.linear import Linear, sharing
from pipeline.events.models import NAMES
from pipeline.typology import Typology

MODELS = EventModels.load()
SMALL = Linear.of(("no", "yes"), ["bias", "killed", "force"], np.array([[1, -1], [-2, 2], [0, 0.5]], dtype=np.float32), ("force",))


def test_a_feature_moves_the_odds_as_its_weight_says() -> None:
    assert SMALL.column("yes", [["bias"], ["bias", "killed"]]) == pytest.approx([1 / (1 + np.exp(2)), 1 / (1 + np.exp(-2))])


def test_a_feature_told_twice_counts_once() -> None:
    assert SMALL.column("yes", [["bias", "killed", "killed"]]) == SMALL.column("yes", [["killed", "bias"]])


def test_a_number_moves_the_odds_by_its_size() -> None:
    rows = [SMALL.known(["bias"])] * 2
    chances = SMALL.probabilities(rows, np.array([[0.0], [4.0]], dtype=np.float32))[:, 1]
    assert chances.tolist() == pytest.approx([1 / (1 + np.exp(2)), 0.5])


def test_an_unknown_feature_counts_for_nothing() -> None:
    assert SMALL.column("yes", [["bias", "sang"]]) == SMALL.column("yes", [["bias"]])
    assert SMALL.column("yes", [[]]) == [0.5]
    assert SMALL.column("yes", []) == []


def test_models_that_share_rows_say_what_they_said_alone() -> None:
    other = Linear.of(("a", "b", "c"), ["force", "sang", "bias"], np.array([[1, 2, 3], [0, 1, 0], [3, 0, 0]], dtype=np.float32))
    one, two = sharing([SMALL, other])
    assert one.rows == two.rows
    for names in (["bias"], ["sang", "killed"], ["bias", "sang"]):
        assert one.column("yes", [names]) == SMALL.column("yes", [names])
        assert two.column("c", [names]) == other.column("c", [names])


def test_a_model_is_read_as_it_was_saved(tmp_path: Path) -> None:
    SMALL.save(tmp_path / "small.npz")
    again = Linear.read(tmp_path / "small.npz")
    assert (again.classes, again.rows) == (SMALL.classes, SMALL.rows)
    assert np.allclose(again.weights, SMALL.weights, atol=0.02)


@given(st.sampled_from(NAMES), st.lists(st.integers(0, 500), max_size=20))
def test_chances_add_up_to_one(name: str, rows: list[int]) -> None:
    model = MODELS.linear[name]
    features = list(model.rows)
    chances = model.probabilities([model.known(features[row % len(features)] for row in rows)])
    assert chances.sum() == pytest.approx(1)
    assert chances.min() >= 0


@pytest.mark.parametrize("name", ["types", "types2"])
def test_the_classifier_knows_types_of_the_typology_only(name: str) -> None:
    assert set(MODELS.linear[name].classes) <= set(Typology.load().types)


def test_like_words_have_like_vectors() -> None:
    def likeness(a: str, b: str) -> float:
        one, two = MODELS.vectors.means([[a], [b]])
        return float(one @ two / (np.linalg.norm(one) * np.linalg.norm(two)))

    assert likeness("attacked", "ambushed") > likeness("attacked", "elected")
    assert not MODELS.vectors.means([["qqqqqq"], []]).any()


def test_words_without_a_vector_do_not_thin_the_mean() -> None:
    alone, beside = MODELS.vectors.means([["army"], ["army", "qqqqqq"]])
    assert alone.tolist() == beside.tolist()
