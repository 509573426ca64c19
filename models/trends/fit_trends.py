"""Learn the weights of the `trends` stage, and write them as `weights.json` beside this file.

    python models/trends/fit_trends.py --tables FOLDER

FOLDER holds tables that `crisiswatch run` made of pages that state trends (none of their text is part of this project). The
invented entries of `models/invented` come on top, with the trends of `labels.csv`. Logistic regression whose weights are pulled
towards those `lexicon/trends.toml` gives each cue, by L-BFGS without randomness; seconds on one CPU.

`measure_trends.py` prints the table of `docs/trends.md`.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from pipeline import store
from pipeline.frames import extract_tables
from pipeline.tables import Entry, TrendSigns
from pipeline.trend_signs import TrendCues
from pipeline.trends import features_of

HERE = Path(__file__).resolve().parent
INVENTED = HERE.parent / "invented"
TRENDS = ("deteriorated", "improved", "unchanged")
ASKED = ("deteriorated", "improved", "risk")
Array = NDArray[np.float64]

# What a unit of each number speaks for before any month was learned from (deteriorated, improved, risk). Those of change stay as they
# are: no labelled month of the input has a past with text, so nothing can be learned of them.
NUMBERS = {
    "killed": (0.3, -0.3, 0.3), "violence": (0.2, -0.2, 0.2), "talks": (0.0, 0.0, 0.0), "displaced": (0.1, 0.0, 0.1),
    "killed_change": (0.6, -0.3, 0.2), "violence_change": (0.6, -0.3, 0.2),
}  # fmt: skip
# How hard weights are pulled to the priors, and how much an invented entry counts; 1, 2, 4 and 0.25, 0.5 were tried, all within 0.03.
PULL, INVENTED_WEIGHT = 2.0, 0.5
PULL_RISK = 4.0
# The middle of a plateau (0.2 to 0.3) of balanced accuracy on the stated months, phrases hidden or not: about twice the base rate.
LEAST = 0.25


@dataclass(frozen=True)
class Told:
    """An entry with its trend, and its alert where one is stated."""

    entry: Entry
    signs: TrendSigns
    trend: str
    risk: bool | None
    real: bool


def stated(tables: Path) -> list[Told]:
    """Return the entries of a run whose trend is stated."""
    signs = {sign.entry_id: sign for sign in store.all_rows(tables, TrendSigns)}
    entries = [entry for entry in store.all_rows(tables, Entry) if entry.trend and entry.superseded_by is None]
    return [Told(entry, signs[entry.entry_id], str(entry.trend), entry.risk_alert, True) for entry in entries]


def invented() -> list[Told]:
    """Return the invented entries that `labels.csv` gives a trend."""
    out = []
    with (HERE / "labels.csv").open(encoding="utf-8", newline="") as file:
        labels = {row["entry_id"]: row["trend"] for row in csv.DictReader(file)}
    for name, trend in labels.items():
        told = json.loads((INVENTED / f"{name}.json").read_text(encoding="utf-8"))
        tables = extract_tables(told["text"], told["country"], told["month"])
        (entry,), (signs,) = (_rows(tables[c.TABLE], c) for c in (Entry, TrendSigns))
        out.append(Told(entry, signs, trend, None, False))
    return out


def _rows(frame: Any, row_class: Any) -> list[Any]:
    records = frame.to_dict("records")
    return [row_class(**{k: tuple(v) if isinstance(v, np.ndarray | list) else v for k, v in record.items()}) for record in records]


def names() -> list[str]:
    """Return the features that have a weight, in order."""
    return [*(f"cue:{name}" for name in TrendCues.load().names), *NUMBERS]


def priors(what: str) -> Array:
    """Return the weights before learning."""
    column = ASKED.index(what)
    return np.array([*(prior[what] for prior in TrendCues.load().priors.values()), *(prior[column] for prior in NUMBERS.values())])


def matrix(group: Sequence[Told], blind: frozenset[str] = frozenset()) -> Array:
    """Return the features of the entries, a row each; the phrases of `blind` are not seen."""
    rows = [features_of(_without(told.signs, blind)) for told in group]
    return np.array([[row.get(name, 0.0) for name in names()] for row in rows])


def _without(signs: TrendSigns, blind: frozenset[str]) -> TrendSigns:
    kept = [i for i, text in enumerate(signs.texts) if text.lower() not in blind]
    picked: dict[str, Any] = {column: tuple(getattr(signs, column)[i] for i in kept) for column in ("cues", "zones", "starts", "texts")}
    return replace(signs, **picked)


def fit_trend(learn: Sequence[Told], pull: float = PULL, pulled_to: Array | None = None) -> tuple[Array, Array]:
    """Return weights (2 x features) and intercepts of deteriorated and improved against unchanged."""
    x = matrix(learn)
    w = np.array([1.0 if told.real else INVENTED_WEIGHT for told in learn])
    y = np.array([[told.trend == trend for trend in TRENDS] for told in learn], float)
    target = np.stack([priors("deteriorated"), priors("improved")]) if pulled_to is None else pulled_to

    def loss(v: Array) -> tuple[float, Array]:
        weights, intercepts = v[:-2].reshape(2, -1), v[-2:]
        q = softmax(x @ weights.T + intercepts)
        gap = weights - target
        value = -(w * np.log((q * y).sum(1))).sum() + pull / 2 * (gap**2).sum() + 0.05 * (intercepts**2).sum()
        error = (w[:, None] * (q - y))[:, :2]
        return value, np.r_[(error.T @ x + pull * gap).ravel(), error.sum(0) + 0.1 * intercepts]

    v = minimize(loss, np.r_[target.ravel(), -2.0, -3.0], jac=True, method="L-BFGS-B").x
    return v[:-2].reshape(2, -1), v[-2:]


def softmax(scores: Array) -> Array:
    """Return the chances of deteriorated, improved and unchanged, the last of score 0."""
    raised = np.exp(np.c_[scores, np.zeros(len(scores))])
    shares: Array = raised / raised.sum(1, keepdims=True)
    return shares


def settled(weights: Array, intercepts: Array, x: Array, rates: tuple[float, float]) -> Array:
    """Return intercepts that make the mean chances over `x` those rates: invented entries are far more often dramatic than months are."""
    settled = intercepts.copy()
    for _ in range(200):
        means = softmax(x @ weights.T + settled).mean(0)[:2]
        settled += [log(rate / mean) for rate, mean in zip(rates, means, strict=True)]
    return settled


def fit_risk(learn: Sequence[Told], pull: float = PULL_RISK) -> tuple[Array, float]:
    """Return weights and intercept of a conflict risk alert, learned from stated ones alone."""
    x, y, target = matrix(learn), np.array([float(bool(told.risk)) for told in learn]), priors("risk")

    def loss(v: Array) -> tuple[float, Array]:
        q = 1 / (1 + np.exp(-(x @ v[:-1] + v[-1])))
        gap = v[:-1] - target
        value = -(y * np.log(q) + (1 - y) * np.log(1 - q)).sum() + pull / 2 * (gap**2).sum()
        return value, np.r_[x.T @ (q - y) + pull * gap, (q - y).sum()]

    v = minimize(loss, np.r_[target, -2.0], jac=True, method="L-BFGS-B").x
    return v[:-1], float(v[-1])


def rates(real: Sequence[Told]) -> tuple[float, float]:
    """Return how often deteriorated and improved are stated, each counted once more than it is, so that none is impossible."""
    return tuple((sum(told.trend == trend for told in real) + 1) / (len(real) + 3) for trend in TRENDS[:2])  # type: ignore[return-value]


def main() -> None:
    """Learn and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=Path, required=True, help="tables of pages that state trends")
    real, made = stated(parser.parse_args().tables), invented()
    weights, intercepts = fit_trend([*real, *made])
    intercepts = settled(weights, intercepts, matrix(real), rates(real))
    risk, risk_intercept = fit_risk(real)
    rows = {what: zip(names(), row, strict=True) for what, row in zip(ASKED, (*weights, risk), strict=True)}
    starts = zip(ASKED, (*intercepts, risk_intercept), strict=True)
    said = {
        "weights": {what: {name: round(float(weight), 3) for name, weight in row} for what, row in rows.items()},
        "intercepts": {what: round(float(start), 3) for what, start in starts},
        "least": LEAST,
    }
    (HERE / "weights.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
