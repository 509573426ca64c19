"""Measure how well the trends are told: the tables of `docs/trends.md`.

    python models/trends/measure_trends.py --tables FOLDER

FOLDER as for `fit_trends.py`. Every region's months are judged by weights learned from the other regions and the invented entries.
Since the phrases of `lexicon/trends.toml` were written by people who had seen the bulletin measured on, the model is measured a
second time with every phrase hidden that no entry it learned from has.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from fit_trends import LEAST, PULL, TRENDS, Array, Told, fit_risk, fit_trend, invented, matrix, names, rates, settled, softmax, stated
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, balanced_accuracy_score, roc_auc_score

from pipeline import store
from pipeline.tables import TrendState
from pipeline.trends import TrendModel

Judge = Callable[[Sequence[Told], Sequence[Told], Sequence[Told]], Array]


def by_region(real: Sequence[Told], made: Sequence[Told], judge: Judge) -> Array:
    """Return the chances of every real entry, judged by what was learned from the other regions and the invented entries."""
    out = np.zeros((len(real), 3))
    for region in sorted({str(told.entry.region) for told in real}):
        held = [i for i, told in enumerate(real) if str(told.entry.region) == region]
        out[held] = judge([told for told in real if str(told.entry.region) != region], made, [real[i] for i in held])
    return out


def model_judge(blind: bool, keep: str = "", pull: float = PULL) -> Judge:
    """Return the judgement of the model.

    `blind` hides the phrases that no entry learned from has; `keep` leaves only cues, or only numbers.
    """

    def judge(real: Sequence[Told], made: Sequence[Told], held: Sequence[Told]) -> Array:
        learn = [*real, *made]
        weights, intercepts = fit_trend(learn, pull)
        mask = np.array([not keep or name.startswith("cue:") == (keep == "cues") for name in names()], float)
        weights = weights * mask
        intercepts = settled(weights, intercepts, matrix(real), rates(real))
        chances: Array = softmax(matrix(held, _unseen(learn, held) if blind else frozenset()) @ weights.T + intercepts)
        return chances

    return judge


def words_judge(whole: bool) -> Judge:
    """Return the judgement of a bag of single words, TF-IDF and logistic regression, on headline or whole entry."""

    def text(told: Told) -> str:
        return told.entry.text if whole else told.entry.text.split("\n")[0]

    def judge(real: Sequence[Told], made: Sequence[Told], held: Sequence[Told]) -> Array:
        learn = [*real, *made]
        words = TfidfVectorizer(min_df=2, sublinear_tf=True)
        x = words.fit_transform([text(told) for told in learn])
        model = LogisticRegression(C=3, max_iter=500).fit(x, [told.trend == "deteriorated" for told in learn])
        worse = model.predict_proba(words.transform([text(told) for told in held]))[:, 1]
        chances: Array = np.c_[worse, np.zeros(len(held)), 1 - worse]
        return chances

    return judge


# A baseline anybody would write in a minute: these words in the headline.
KEYWORDS = (
    re.compile(r"\b(?:deteriorat|escalat|worsen|intensif|clash|attack|violence|war\b|coup|collaps|crackdown|kill)", re.IGNORECASE),
    re.compile(r"\b(?:improv|eas(?:e|ed|ing)\b|peace|ceasefire|agree|deal\b|truce|releas)", re.IGNORECASE),
)


def keyword_judge(_real: Sequence[Told], _made: Sequence[Told], held: Sequence[Told]) -> Array:
    """Return 1 for deteriorated where one of its words is in the headline, else for improved where one of its is."""
    rows = []
    for told in held:
        worse, better = (bool(words.search(told.entry.text.split("\n")[0])) for words in KEYWORDS)
        rows.append([float(worse), float(better and not worse), float(not worse and not better)])
    return np.array(rows)


def majority_judge(_real: Sequence[Told], _made: Sequence[Told], held: Sequence[Told]) -> Array:
    """Return 1 for unchanged."""
    return np.tile([0.0, 0.0, 1.0], (len(held), 1))


def measure(tables: Path, real: Sequence[Told], made: Sequence[Told]) -> Iterator[str]:
    """Yield the lines of the tables in docs/trends.md."""
    yield f"{len(real)} stated months with text, {len(made)} invented entries; {_history(tables)}"
    yield "| judged by | balanced accuracy (3) | deteriorated or not | precision | recall | AUC |"
    judges: dict[str, Judge] = {
        "majority: unchanged": majority_judge,
        "keywords in the headline": keyword_judge,
        "bag of words, headline": words_judge(False),
        "bag of words, whole entry": words_judge(True),
        "model": model_judge(False),
        "model, phrases unseen elsewhere hidden": model_judge(True),
        "the same, cues alone": model_judge(True, "cues"),
        "the same, numbers alone": model_judge(True, "numbers"),
        "the same, weights as the lexicon has them": model_judge(True, pull=1e6),
    }
    for name, judge in judges.items():
        yield from _scores(name, real, by_region(real, made, judge))
    alert = np.array([bool(told.risk) for told in real])
    for name, hidden in (("risk alert", False), ("risk alert, phrases unseen elsewhere hidden", True)):
        chances = by_region(real, made, risk_judge(hidden))[:, 0]
        auc, mean = roc_auc_score(alert, chances), average_precision_score(alert, chances)
        balanced = balanced_accuracy_score(alert, chances >= LEAST)
        yield f"{name}: AUC {auc:.3f}, average precision {mean:.3f} (alerts: {alert.mean():.3f}), balanced accuracy {balanced:.3f}"


def _scores(name: str, real: Sequence[Told], chances: Array) -> Iterator[str]:
    """Yield a line of the table; below it, of the model itself, what it gets wrong."""
    y, worse = [TRENDS.index(told.trend) for told in real], np.array([told.trend == "deteriorated" for told in real])
    said = [_estimate(row) for row in chances]
    flagged = np.array(said) == 0
    hits = (flagged & worse).sum()
    balanced = f"{balanced_accuracy_score(y, said):.3f} | {balanced_accuracy_score(worse, flagged):.3f}"
    shares = f"{hits / max(1, flagged.sum()):.2f} | {hits / worse.sum():.2f}"
    yield f"| {name} | {balanced} | {shares} | {roc_auc_score(worse, chances[:, 0]):.3f} |"
    if name.startswith("model"):
        wrong = [(told, row) for told, row, one in zip(real, chances, said, strict=True) if TRENDS[one] != told.trend]
        yield "  wrong: " + "; ".join(f"{told.entry.situation} ({told.trend}, {row[0]:.2f}/{row[1]:.2f})" for told, row in wrong)


def risk_judge(blind: bool) -> Judge:
    """Return the judgement of the alert model, three times over."""

    def judge(real: Sequence[Told], made: Sequence[Told], held: Sequence[Told]) -> Array:
        weights, intercept = fit_risk(real)
        x = matrix(held, _unseen([*real, *made], held) if blind else frozenset())
        q = 1 / (1 + np.exp(-(x @ weights + intercept)))
        chances: Array = np.c_[q, q, q]
        return chances

    return judge


def _unseen(learn: Sequence[Told], held: Sequence[Told]) -> frozenset[str]:
    """Return the phrases of the held-out entries that no entry learned from has."""
    return frozenset({t.lower() for told in held for t in told.signs.texts} - {t.lower() for told in learn for t in told.signs.texts})


def _estimate(chances: Array) -> int:
    model = TrendModel({}, {}, LEAST)
    return TRENDS.index(model.estimate({"deteriorated": float(chances[0]), "improved": float(chances[1])}))


def _history(tables: Path) -> str:
    states = {(s.situation, s.month): s for s in store.all_rows(tables, TrendState) if s.trend}
    total = max(1, len(states))
    shares = ", ".join(f"{sum(s.trend == trend for s in states.values()) / total:.1%} {trend}" for trend in TRENDS)
    alerts = sum(bool(s.risk_alert) for s in states.values()) / total
    return f"{len(states)} stated months in all: {shares}, {alerts:.1%} risk alert"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=Path, required=True, help="tables of pages that state trends")
    tables = parser.parse_args().tables
    print("\n".join(measure(tables, stated(tables), invented())))


if __name__ == "__main__":
    main()
