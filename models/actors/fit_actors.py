"""Recipe of `models/actors/weights.json`: three linear models, learned from annotated entries on a CPU in under two minutes.

    python models/actors/fit_actors.py --gold ../shared/gold/train --tags FOLDER

A folder holds JSON files, one an entry, with its text, dates and actors annotated by the codebook of `docs/actors.md`. Real entries, of
`--gold`, weigh 1; the invented ones of `models/invented` weigh less, least those denser than real text. Without `--gold` the invented ones
alone are used. Same input, same bytes.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from actor_gold import Example, read_examples

# By cross-validation over countries, through the stage itself.
THRESHOLD = 0.42
RARE = 3  # features of fewer phrases are left out
# Inverse strength of the penalty, and how steeply margins become log-odds: by cross-validation over countries.
MARGIN_STRENGTH, STEEPNESS = 0.01, 2.5


def fit(
    rows: Sequence[Sequence[str]], labels: Sequence[str], weights: Sequence[float], strength: float, *, least: float = 0.02
) -> dict[str, Any]:
    """Return a logistic regression as classes and weights a feature; weights under `least` are left out."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    counts = Counter(feature for row in rows for feature in set(row))
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{feature: _value(feature) for feature in row if counts[feature] >= RARE} for row in rows])
    model = LogisticRegression(C=strength, max_iter=1000, fit_intercept=False).fit(matrix, labels, sample_weight=weights)
    kept = {}
    for feature, column in zip(vectorizer.get_feature_names_out(), model.coef_.T, strict=True):
        rounded = [round(float(value) * _value(feature), 3) if abs(value) >= least else 0.0 for value in column]
        if any(rounded):
            kept[feature] = rounded
    return {"classes": [str(label) for label in model.classes_], "weights": kept}


def fit_margin(rows: Sequence[Sequence[str]], labels: Sequence[str], weights: Sequence[float]) -> dict[str, Any]:
    """Return a linear support vector classifier, its margins as log-odds, as `fit` does.

    In cross-validation it finds half a point more than logistic regression.
    """
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.svm import LinearSVC

    counts = Counter(feature for row in rows for feature in set(row))
    seen: list[dict[str, float]] = [{feature: _value(feature) for feature in row if counts[feature] >= RARE} for row in rows]
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(seen)
    # liblinear reads 32-bit indices only.
    matrix.indices, matrix.indptr = matrix.indices.astype("int32"), matrix.indptr.astype("int32")
    model = LinearSVC(C=MARGIN_STRENGTH, random_state=0, max_iter=5000, fit_intercept=False).fit(matrix, labels, sample_weight=weights)
    pairs = zip(vectorizer.get_feature_names_out(), model.coef_[0].tolist(), strict=True)
    kept = {name: [round(STEEPNESS * weight * _value(name), 3)] for name, weight in pairs if abs(weight) >= 0.004}
    return {"classes": [str(label) for label in model.classes_], "weights": kept}


def _told(row: Example) -> str:
    return "yes" if row.type else "no"


def _value(feature: str) -> float:
    """Return the value of a feature: what the role nouns say is shrunk less, as it holds for nouns that no annotated entry has."""
    return 3.0 if feature.startswith(("is=", "within=")) else 1.0


def train(rows: Sequence[Example], threshold: float) -> dict[str, Any]:
    """Return the three models as `ActorWeights` reads them."""
    taken = [row for row in rows if row.type]
    open_ones = [row for row in taken if row.explicit is None and not row.phrase.name]
    return {
        "participation": fit_margin([r.features for r in rows], [_told(r) for r in rows], [r.weight for r in rows]),
        "threshold": threshold,
        "type": fit([_lasting(r.features) for r in taken], [str(r.type) for r in taken], [r.weight for r in taken], 1.0, least=0.06),
        "stateless": fit(
            [r.features for r in open_ones], ["no" if r.iso3 else "yes" for r in open_ones], [r.weight for r in open_ones], 0.3
        ),
    }


def _lasting(names: Sequence[str]) -> list[str]:
    """Return the features without those of the moment: what kind of actor it is does not hang on the date or the next word."""
    return [name for name in names if "<~" not in name and not name.startswith(("before=", "after=", "line=", "dated"))]


def unseen(entries: Mapping[str, Sequence[Example]], folds: int = 5) -> Iterator[tuple[dict[str, Any], set[str]]]:
    """Yield models and the ids of the entries they have not seen, nor another month of the same situation."""
    situations = sorted({_situation(entry_id) for entry_id in entries})
    for fold in range(folds):
        away = {*situations[fold::folds]}
        rows = [row for entry_id, group in entries.items() if _situation(entry_id) not in away for row in group]
        yield train(rows, THRESHOLD), {entry_id for entry_id in entries if _situation(entry_id) in away}


def _situation(entry_id: str) -> str:
    return re.split(r"-\d{4}", entry_id)[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="folder of annotated real entries")
    parser.add_argument("--tags", type=Path, required=True, help="folder of tags that models/tagger/train_tagger.py --fold wrote")
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="least chance of a phrase that is taken for a mention")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("weights.json"))
    args = parser.parse_args()
    rows = [row for group in read_examples(args.gold, args.tags).values() for row in group]
    saved = train(rows, args.threshold)
    args.out.write_text(json.dumps(saved, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(f"{args.out}: {len(rows)} phrases, {sum(row.type is not None for row in rows)} mentions, {args.out.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
