"""Learn the events stage's linear models from annotated entries and write them beside this file.

    python models/events/train.py [--gold ../shared/gold/train] [--out FOLDER] [--gold-arguments]

Reads the invented entries of `models/invented`, which may be published, and those of the folder `--gold` where it is given:
one JSON file an annotated real entry. Takes about three minutes on one core; the same input gives the same numbers.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from event_gold import GoldEntry, GoldEvent, read_gold, touches

from pipeline.events.dating import date_candidates, date_features
from pipeline.events.features import Features, candidates, trigger_features, type_features
from pipeline.events.figures import figure_features
from pipeline.events.judging import Verdict, second_look
from pipeline.events.linear import Linear
from pipeline.events.placing import place_candidates, place_features
from pipeline.events.realis import Tellers, realis_features
from pipeline.events.roles import role_candidates, role_features
from pipeline.events.scene import Scene
from pipeline.events.triggers import Triggers
from pipeline.events.vectors import Vectors
from pipeline.typology import Typology

HERE = Path(__file__).resolve().parent
INVENTED = HERE.parent / "invented"
FOLDS = 5
# An invented entry counts for less than a real one: set by hand after a few trials (docs/events.md, "How the settings were chosen").
INVENTED_WEIGHT = 0.7
# Candidates below this chance are left out of the calibration: they are never given out.
UNLIKELY = 0.25
# Features seen less often are left out: they could only be learned by heart.
SEEN = 2
# A weight below this share of the largest one is left out.
NEGLIGIBLE = 0.002
# Inverse strength of the L2 penalty by model: set likewise.
STRENGTH = {"detector": 0.015, "types": 0.02, "dating": 0.5, "roles": 0.1, "placing": 0.3, "figures": 0.3, "realis": 0.3}
# Margins of the support vectors as log-odds, and the share of the family's margin in the type's: set likewise.
STEEPNESS, TYPE_STEEPNESS, FAMILY_SHARE = 2.5, 5.0, 0.4

Sample = tuple[Features, str, float]


def fit(samples: Sequence[Sample], strength: float) -> Linear:
    """Return the L2-regularised logistic regression of the samples (features, class, weight)."""
    from sklearn.linear_model import LogisticRegression

    names, matrix, labels, counts = _matrix(samples)
    model = LogisticRegression(C=strength, max_iter=200, tol=1e-3).fit(matrix, labels, sample_weight=counts)
    return _linear(names, model.classes_, model.coef_, model.intercept_)


def fit_margin(samples: Sequence[Sample], strength: float, steepness: float) -> Linear:
    """Return the linear support vector classifier of the samples; `steepness` turns its margins into log-odds.

    On this little text with this many features it beats logistic regression by a point or two of F1 (docs/events.md), and
    takes a tenth of the time.
    """
    from sklearn.svm import LinearSVC

    names, matrix, labels, counts = _matrix(samples)
    model = LinearSVC(C=strength, random_state=0, max_iter=3000).fit(matrix, labels, sample_weight=counts)
    return _linear(names, model.classes_, steepness * model.coef_, steepness * model.intercept_)


def fit_types(samples: Sequence[Sample], strength: float) -> Linear:
    """Return the type classifier: margins of the type, plus a share of the margins of its family, which has more to learn from."""
    family = Typology.load().family
    fine = fit_margin(samples, strength, TYPE_STEEPNESS)
    coarse = fit_margin([(f, family(label), w) for f, label, w in samples], strength / 2, FAMILY_SHARE * TYPE_STEEPNESS)
    names = {name: row for row, name in enumerate(sorted({*fine.rows, *coarse.rows}))}
    weights = np.zeros((len(names), len(fine.classes)), dtype=np.float32)
    weights[[names[name] for name in fine.rows]] += fine.weights
    column = [coarse.classes.index(family(label)) for label in fine.classes]
    weights[[names[name] for name in coarse.rows]] += coarse.weights[:, column]
    return Linear(fine.classes, names, weights)


def _matrix(samples: Sequence[Sample]) -> tuple[list[str], Any, list[str], list[float]]:
    from sklearn.feature_extraction import DictVectorizer

    seen = Counter(name for features, _, _ in samples for name in features)
    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = vectorizer.fit_transform([{n: v for n, v in features.items() if seen[n] >= SEEN} for features, _, _ in samples])
    # liblinear reads 32-bit indices only.
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return list(map(str, vectorizer.get_feature_names_out())), matrix, [label for _, label, _ in samples], [w for *_, w in samples]


def _linear(names: Sequence[str], classes: Any, weights: Any, bias: Any) -> Linear:
    if len(classes) == 2:
        weights, bias = np.vstack([-weights / 2, weights / 2]), np.array([-bias[0] / 2, bias[0] / 2])
    weights[:, names.index("bias")] += bias
    kept = np.flatnonzero(np.abs(weights).max(axis=0) > NEGLIGIBLE * np.abs(weights).max())
    rows = {names[column]: row for row, column in enumerate(kept.tolist())}
    return Linear(tuple(map(str, classes)), rows, weights[:, kept].T.astype(np.float32))


class Judged:
    """The candidates of one entry: features, truth, weight."""

    def __init__(self, gold: GoldEntry, weight: float, triggers: Triggers, vectors: Vectors) -> None:
        self.gold, self.weight = gold, weight
        self.features = {i: trigger_features(gold.scene, i, triggers, vectors) for i in candidates(gold.scene, triggers)}
        self.second: dict[int, Features] = {}

    def detect(self, second: bool) -> Iterator[Sample]:
        for i, features in self.features.items():
            yield {**features, **self.second.get(i, {})} if second else features, "yes" if i in self.gold.events else "no", self.weight

    def types(self, second: bool) -> Iterator[Sample]:
        for i, features in self.features.items():
            for event in self.gold.events.get(i, ())[:1]:
                seen = {**features, **self.second.get(i, {})} if second else features
                yield type_features(self.gold.scene, i, seen), event.label, self.weight

    def labels(self, i: int) -> list[str]:
        return [event.label for event in self.gold.events.get(i, ())]

    def verdicts(self, detector: Linear, types: Linear, *, second: bool) -> dict[int, Verdict]:
        """Return what a look thinks of every candidate."""
        out = {}
        for i, features in self.features.items():
            seen = {**features, **self.second[i]} if second else features
            shares = types.probabilities(type_features(self.gold.scene, i, seen))
            label = max(shares, key=shares.__getitem__)
            out[i] = Verdict(i, detector.probabilities(seen)["yes"], label, shares[label])
        return out


def learn_look(entries: Sequence[Judged], second: bool) -> tuple[Linear, Linear]:
    """Return detector and type classifier of the first or the second look."""
    return (
        fit_margin([s for e in entries for s in e.detect(second)], STRENGTH["detector"], STEEPNESS),
        fit_types([s for e in entries for s in e.types(second)], STRENGTH["types"]),
    )


def unseen(entries: Sequence[Judged], second: bool) -> Iterator[tuple[Judged, dict[int, Verdict]]]:
    """Yield each entry with the verdicts of a look that was learned without it."""
    for fold in range(FOLDS):
        models = learn_look([e for n, e in enumerate(entries) if n % FOLDS != fold], second)
        for entry in entries[fold::FOLDS]:
            yield entry, entry.verdicts(*models, second=second)


def learn_judging(entries: Sequence[Judged]) -> tuple[dict[str, Linear], list[tuple[float, bool]]]:
    """Return both looks, and the last verdicts on unseen real entries as (score, whether trigger and type were right).

    The second look is learned from first verdicts on entries that the first had not seen.
    """
    for entry, first in unseen(entries, second=False):
        entry.second = {i: second_look(entry.gold.scene, i, first) for i in entry.features}
    scores = [
        (verdict.chance * verdict.share, verdict.label in entry.labels(i))
        for entry, last in unseen(entries, second=True)
        if entry.weight == 1.0
        for i, verdict in last.items()
        if verdict.chance > UNLIKELY
    ]
    detector, types = learn_look(entries, second=False)
    detector2, types2 = learn_look(entries, second=True)
    return {"detector": detector, "types": types, "detector2": detector2, "types2": types2}, scores


def argument_samples(entry: GoldEntry, weight: float) -> Iterator[tuple[str, Sample]]:
    """Yield (model, sample) for dates, roles, places, figures and realis of the entry's annotated events."""
    scene = entry.scene
    settled: dict[int, frozenset[int]] = {}
    for i, events in sorted(entry.events.items()):
        label = events[0].label
        yield from (("dating", sample) for sample in _date_samples(scene, i, events, settled, weight))
        yield "realis", (realis_features(scene, i, label, Tellers.load()), events[0].realis, weight)
        spans = {side: [s for event in events for actor in event.sides[side] for s in actor] for side in ("source", "target")}
        for k in role_candidates(scene, i):
            actor = scene.actor_at[k]
            role = next((side for side in ("source", "target") if touches(actor.start, actor.end, spans[side])), "none")
            yield "roles", (role_features(scene, i, k, label), role, weight)
        for k in place_candidates(scene, i):
            hit = any(scene.place_at[k].text in event.places for event in events)
            yield "placing", (place_features(scene, i, k, label), "yes" if hit else "no", weight)
        told = {n for event in events for n in event.figures}
        for n, (span, kind, scope) in enumerate(entry.figures):
            k_figure = scene.parse.head_of(*span)
            if k_figure is not None and k_figure in scene.parse.sentence(i):
                features = figure_features(scene, i, k_figure, label, kind, scope)
                yield "figures", (features, "yes" if n in told else "no", weight)


def _date_samples(scene: Scene, i: int, events: Sequence[GoldEvent], settled: dict[int, frozenset[int]], weight: float) -> Iterator[Sample]:
    """Yield a sample a date that might be the events', and note in `settled` those that are."""
    told = set()
    for k in date_candidates(scene, i):
        day, end = str(scene.date_at[k].date_from), str(scene.date_at[k].date_to)
        if any(event.date[0] == day and event.date[1] in {end, None} for event in events):
            told.add(k)
        yield date_features(scene, i, k, events[0].label, settled), "yes" if k in told else "no", weight
    settled[i] = frozenset(told)


def learn_arguments(entries: Sequence[tuple[GoldEntry, float]]) -> dict[str, Linear]:
    """Return the models of dates, roles, places, figures and realis."""
    samples: dict[str, list[Sample]] = {}
    for entry, weight in entries:
        for name, sample in argument_samples(entry, weight):
            samples.setdefault(name, []).append(sample)
    return {name: fit(group, STRENGTH[name]) for name, group in samples.items()}


def calibrate(scores: Sequence[tuple[float, bool]]) -> dict[str, float]:
    """Return slope and offset that turn the log-odds of a raw score into those of being right (Platt's scaling)."""
    from sklearn.linear_model import LogisticRegression

    odds = np.array([[math.log((s + 1e-6) / (1 - s + 1e-6))] for s, _ in scores])
    model = LogisticRegression(C=1e6).fit(odds, [right for _, right in scores])
    return {"slope": round(float(model.coef_[0, 0]), 4), "offset": round(float(model.intercept_[0]), 4)}


def load(gold: Path | None, real: bool) -> list[tuple[GoldEntry, float]]:
    """Return the entries to learn from with their weights."""
    out = [(entry, 1.0) for entry in read_gold(gold, real=real)] if gold else []
    return out + [(entry, INVENTED_WEIGHT) for entry in read_gold(INVENTED, real=real)]


def main() -> None:
    """Fit and write all models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, help="folder of annotated real entries; without it the invented ones alone are used")
    parser.add_argument("--out", type=Path, default=HERE, help="folder the weights are written to")
    parser.add_argument("--gold-arguments", action="store_true", help="take actors and places from the annotation, not from the stages")
    args = parser.parse_args()
    learn(load(args.gold, not args.gold_arguments), args.out)


def learn(entries: Sequence[tuple[GoldEntry, float]], out: Path) -> None:
    """Fit all models on the entries (with their weights) and write them to the folder `out`."""
    triggers, vectors = Triggers.load(), Vectors.load()
    judged = [Judged(entry, weight, triggers, vectors) for entry, weight in entries]
    judging, scores = learn_judging(judged)
    models = judging | learn_arguments(entries)
    for name, model in models.items():
        model.save(out / f"{name}.npz")
    (out / "calibration.json").write_text(json.dumps(calibrate(scores) if scores else {"slope": 1.0, "offset": 0.0}) + "\n")
    print(f"{len(entries)} entries; " + ", ".join(f"{name} {len(model.rows)} features" for name, model in models.items()))


if __name__ == "__main__":
    main()
