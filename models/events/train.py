"""Learn the events stage's linear models from annotated entries and write them beside this file.

    python models/events/train.py [--shared ../shared] [--gold-arguments]

Reads `gold/train` and `gold/invented` of the shared folder; where there is none, the invented entries alone, which may be
published. `gold/dev` is never read. Takes about three minutes on one core; the same input gives the same numbers.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from event_gold import GoldEntry, read_gold, touches

from pipeline.events.dating import date_candidates, date_features
from pipeline.events.features import Features, candidates, trigger_features, type_features
from pipeline.events.figures import figure_features
from pipeline.events.judging import Verdict, second_look
from pipeline.events.linear import Linear
from pipeline.events.placing import place_candidates, place_features
from pipeline.events.realis import Tellers, realis_features
from pipeline.events.roles import role_candidates, role_features
from pipeline.events.triggers import Triggers
from pipeline.events.vectors import Vectors

OUT = Path(__file__).resolve().parent
FOLDS = 5
# An invented entry counts for less than a real one: fitted by cross-validation on gold/train.
INVENTED_WEIGHT = 0.7
# Candidates below this chance are left out of the calibration: they are never given out.
UNLIKELY = 0.25
# Features seen less often are left out: they could only be learned by heart.
SEEN = 2
# Inverse strength of the L2 penalty by model, fitted by cross-validation on gold/train.
STRENGTH = {
    "detector": 0.1, "types": 0.5, "detector2": 0.1, "types2": 0.5, "dating": 0.5, "roles": 0.1,
    "placing": 0.3, "figures": 0.3, "realis": 0.3,
}  # fmt: skip

Sample = tuple[Features, str, float]


def fit(samples: Sequence[Sample], strength: float) -> Linear:
    """Return the L2-regularised logistic regression of the samples (features, class, weight)."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(name for features, _, _ in samples for name in features)
    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = vectorizer.fit_transform([{n: v for n, v in features.items() if seen[n] >= SEEN} for features, _, _ in samples])
    model = LogisticRegression(C=strength, max_iter=200, tol=1e-3)
    model.fit(matrix, [label for _, label, _ in samples], sample_weight=[weight for _, _, weight in samples])
    classes = tuple(map(str, model.classes_))
    weights = model.coef_ if len(classes) > 2 else np.vstack([-model.coef_ / 2, model.coef_ / 2])
    kept = np.abs(weights).max(axis=0) > 0.004 * np.abs(weights).max()
    names = [name for name, keep in zip(vectorizer.get_feature_names_out(), kept, strict=True) if keep]
    assert "bias" in names
    weights = weights[:, kept]
    bias = model.intercept_ if len(classes) > 2 else np.array([-model.intercept_[0] / 2, model.intercept_[0] / 2])
    weights[:, names.index("bias")] += bias
    return Linear(classes, {str(name): row for row, name in enumerate(names)}, weights.T.astype(np.float32))


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

    def look_again(self, detector: Linear, types: Linear) -> dict[int, Verdict]:
        first = {}
        for i, features in self.features.items():
            shares = types.probabilities(type_features(self.gold.scene, i, features))
            label = max(shares, key=shares.__getitem__)
            first[i] = Verdict(i, detector.probabilities(features)["yes"], label, shares[label])
        self.second = {i: second_look(self.gold.scene, i, first) for i in self.features}
        return first


def learn_judging(entries: Sequence[Judged]) -> tuple[dict[str, Linear], list[tuple[float, bool]]]:
    """Return both looks, and the first verdicts on unseen real entries as (score, whether trigger and type were right).

    The second look is learned from first verdicts on entries that the first had not seen.
    """
    scores: list[tuple[float, bool]] = []

    def both(part: Sequence[Judged]) -> tuple[Linear, Linear]:
        return (
            fit([s for e in part for s in e.detect(False)], STRENGTH["detector"]),
            fit([s for e in part for s in e.types(False)], STRENGTH["types"]),
        )

    for fold in range(FOLDS):
        models = both([e for n, e in enumerate(entries) if n % FOLDS != fold])
        for entry in [e for n, e in enumerate(entries) if n % FOLDS == fold]:
            first = entry.look_again(*models)
            if entry.weight == 1.0:
                scores += [(v.chance * v.share, v.label in entry.labels(i)) for i, v in first.items() if v.chance > UNLIKELY]
    detector, types = both(entries)
    return {
        "detector": detector,
        "types": types,
        "detector2": fit([s for e in entries for s in e.detect(True)], STRENGTH["detector2"]),
        "types2": fit([s for e in entries for s in e.types(True)], STRENGTH["types2"]),
    }, scores


def argument_samples(entry: GoldEntry, weight: float) -> Iterator[tuple[str, Sample]]:
    """Yield (model, sample) for dates, roles, places, figures and realis of the entry's annotated events."""
    scene = entry.scene
    for i, events in sorted(entry.events.items()):
        label = events[0].label
        yield "realis", (realis_features(scene, i, label, Tellers.load()), events[0].realis, weight)
        for k in date_candidates(scene, i):
            date = scene.date_at[k]
            day, end = str(date.date_from), str(date.date_to)
            hit = any(event.date[0] == day and event.date[1] in {end, None} for event in events)
            yield "dating", (date_features(scene, i, k, label), "yes" if hit else "no", weight)
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


def load(shared: Path, real: bool) -> list[tuple[GoldEntry, float]]:
    """Return the entries to learn from with their weights."""
    out = []
    if (shared / "gold" / "train").is_dir():
        out += [(entry, 1.0) for entry in read_gold(shared / "gold" / "train", real=real)]
    out += [(entry, INVENTED_WEIGHT) for entry in read_gold(shared / "gold" / "invented", real=real)]
    return out


def main() -> None:
    """Fit and write all models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=OUT.parents[2] / "shared")
    parser.add_argument("--gold-arguments", action="store_true", help="take actors and places from the annotation, not from the stages")
    args = parser.parse_args()
    entries = load(args.shared, not args.gold_arguments)
    triggers, vectors = Triggers.load(), Vectors.load()
    judged = [Judged(entry, weight, triggers, vectors) for entry, weight in entries]
    judging, scores = learn_judging(judged)
    models = judging | learn_arguments(entries)
    for name, model in models.items():
        model.save(OUT / f"{name}.npz")
    (OUT / "calibration.json").write_text(json.dumps(calibrate(scores) if scores else {"slope": 1.0, "offset": 0.0}) + "\n")
    print(f"{len(entries)} entries; " + ", ".join(f"{name} {len(model.rows)} features" for name, model in models.items()))


if __name__ == "__main__":
    main()
