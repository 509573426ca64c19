"""Learn the events stage's linear models from annotated entries and write them beside this file.

    python models/events/train.py --tags FOLDER [--gold ../shared/gold/train] [--out FOLDER] [--gold-arguments]

Reads the invented entries of `models/invented`, which may be published, and those of the folder `--gold` where it is given:
one JSON file an annotated real entry. The actors in them are found by models that had not seen them, as in any other text.
Takes about eleven minutes on one core; the same input gives the same numbers.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from event_gold import GoldEntry, GoldEvent, read_gold, read_unseen, touches, unseen_judges
from fitting import STEEPNESS, Sample, fit, fit_margin, fit_types
from styles import Style

from pipeline.events.dating import date_candidates, date_features
from pipeline.events.features import GLANCE_NUMBERS, candidates, glance, glance_numbers, trigger_features, trigger_numbers
from pipeline.events.figures import figure_features
from pipeline.events.judging import PASSES, FirstLook, second_look, standing
from pipeline.events.light import LightVerbs, give_way
from pipeline.events.linear import Linear
from pipeline.events.models import numbers_of
from pipeline.events.placing import place_candidates, place_features
from pipeline.events.realis import Tellers, realis_features
from pipeline.events.roles import bonds, role_features
from pipeline.events.scene import Scene
from pipeline.events.surroundings import topic
from pipeline.events.triggers import Triggers, Votes
from pipeline.events.vectors import Vectors
from pipeline.events.verdicts import Verdict

HERE = Path(__file__).resolve().parent
INVENTED = HERE.parent / "invented"
FOLDS = 5
# An invented entry counts for less than a real one. In cross-validation twice or half as much is within a point (docs/events.md, "How
# good it is"); the plain ones together count as much as when there were half as many.
WEIGHTS: Mapping[Style, float] = {"tracker": 1.0, "plain": 0.25, "dense": 0.3, "early": 0.3}
# Candidates below this chance are left out of the calibration: they are never given out.
UNLIKELY = 0.25
# How much dearer it is to pass over a trigger at a glance than to look at another word in vain.
MISSED = 2.0
# Inverse strength of the L2 penalty by model: set likewise.
STRENGTH = {"glance": 0.02, "detector": 0.015, "types": 0.02, "dating": 0.5, "roles": 0.1, "placing": 0.3, "figures": 0.3, "realis": 0.3}


class Judged:
    """The candidates of one entry: what is seen of them, truth, weight."""

    def __init__(self, gold: GoldEntry, weight: float, triggers: Triggers, vectors: Vectors) -> None:
        self.gold, self.weight = gold, weight
        self.votes = votes = Votes(gold.scene.parse, triggers)
        self.all = candidates(gold.scene, votes)
        self.glances = {i: glance(gold.scene, i, votes) for i in self.all}
        self.glance_numbers = dict(zip(self.all, glance_numbers(gold.scene, self.all, vectors), strict=True))
        self.names = {i: trigger_features(gold.scene, i, votes) for i in self.all}
        self.topics = {i: list(topic(gold.scene, i)) for i in self.all}
        self.numbers = dict(zip(self.all, trigger_numbers(gold.scene, self.all, vectors), strict=True))
        self.ranks = self.all
        self.second: dict[int, list[str]] = {}
        self.standing: dict[int, float] = {}

    def glance(self) -> Iterator[Sample]:
        """Yield every candidate as it is seen at a glance; missed triggers cost more than words looked at in vain."""
        for i in self.all:
            yes = i in self.gold.events
            yield Sample(self.glances[i], "yes" if yes else "no", self.weight * (MISSED if yes else 1), self.glance_numbers[i])

    def pass_over(self, model: Linear) -> None:
        """Leave only the candidates that are worth a closer look."""
        numbers = np.array([self.glance_numbers[i] for i in self.all])
        chances = model.probabilities([model.known(self.glances[i]) for i in self.all], numbers)[:, model.classes.index("yes")]
        self.ranks = [i for i, chance in zip(self.all, chances, strict=True) if chance >= PASSES]

    def look_again(self, first: dict[int, Verdict]) -> None:
        """Note what the second look sees of the first verdicts."""
        look = FirstLook.of_entry(self.gold.scene, list(first.values()))
        self.second = {i: second_look(self.gold.scene, i, look) for i in self.ranks}
        self.standing = {i: standing(first[i]) for i in self.ranks}

    def sample(self, i: int, label: str, *, second: bool, topics: bool) -> Sample:
        """Return candidate `i` as a look's detector sees it, or with `topics` as its type classifier does."""
        names = [*self.names[i], *(self.second[i] if second else ()), *(self.topics[i] if topics else ())]
        numbers = np.append(self.numbers[i], self.standing[i]) if second else self.numbers[i]
        return Sample(names, label, self.weight, numbers.astype(np.float32))

    def detect(self, second: bool) -> Iterator[Sample]:
        for i in self.ranks:
            yield self.sample(i, "yes" if i in self.gold.events else "no", second=second, topics=False)

    def types(self, second: bool) -> Iterator[Sample]:
        for i in self.ranks if second else self.all:
            for event in self.gold.events.get(i, ())[:1]:
                yield self.sample(i, event.label, second=second, topics=True)

    def labels(self, i: int) -> list[str]:
        return [event.label for event in self.gold.events.get(i, ())]

    def verdicts(
        self, detector: Linear, types: Linear, *, second: bool, keep: Callable[[Sample], Sample] = lambda sample: sample
    ) -> dict[int, Verdict]:
        """Return what a look thinks of every candidate; `keep` leaves features out."""
        seen = [keep(self.sample(i, "", second=second, topics=False)) for i in self.ranks]
        with_topics = [keep(self.sample(i, "", second=second, topics=True)) for i in self.ranks]
        numbers = np.array([sample.numbers for sample in seen], np.float32)[:, : len(detector.numbers)]
        chances = detector.probabilities([detector.known(s.names) for s in seen], numbers)[:, detector.classes.index("yes")]
        shares = types.probabilities([types.known(s.names) for s in with_topics], numbers)
        best = shares.argmax(axis=1)
        return {i: Verdict(i, float(chances[n]), types.classes[best[n]], float(shares[n, best[n]])) for n, i in enumerate(self.ranks)}


def learn_glance(entries: Sequence[Judged]) -> Linear:
    """Return the model of the glance; what the looks are learned from is passed over by a glance that had not seen it."""
    samples = [list(entry.glance()) for entry in entries]
    for fold in range(FOLDS):
        learn = [sample for n, group in enumerate(samples) if n % FOLDS != fold for sample in group]
        model = fit_margin(learn, GLANCE_NUMBERS, STRENGTH["glance"], STEEPNESS)
        for entry in entries[fold::FOLDS]:
            entry.pass_over(model)
    return fit_margin([sample for group in samples for sample in group], GLANCE_NUMBERS, STRENGTH["glance"], STEEPNESS)


def learn_look(entries: Sequence[Judged], second: bool) -> tuple[Linear, Linear]:
    """Return detector and type classifier of the first or the second look."""
    numbers = numbers_of("detector2" if second else "detector")
    return (
        fit_margin([s for e in entries for s in e.detect(second)], numbers, STRENGTH["detector"], STEEPNESS),
        fit_types([s for e in entries for s in e.types(second)], numbers, STRENGTH["types"]),
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
    glance_model = learn_glance(entries)
    for entry, first in unseen(entries, second=False):
        entry.look_again(first)
    scores = [
        (verdict.chance * verdict.share, verdict.label in entry.labels(verdict.i))
        for entry, last in unseen(entries, second=True)
        if entry.weight == 1.0
        for verdict in give_way(entry.gold.scene.parse, list(last.values()), entry.votes, LightVerbs.load())
        if verdict.chance > UNLIKELY
    ]
    detector, types = learn_look(entries, second=False)
    detector2, types2 = learn_look(entries, second=True)
    return {"glance": glance_model, "detector": detector, "types": types, "detector2": detector2, "types2": types2}, scores


def argument_samples(entry: GoldEntry, weight: float) -> Iterator[tuple[str, Sample]]:
    """Yield (model, sample) for dates, roles, places, figures and realis of the entry's annotated events."""
    scene = entry.scene
    settled: dict[int, frozenset[int]] = {}
    for i, events in sorted(entry.events.items()):
        label = events[0].label
        yield from (("dating", sample) for sample in _date_samples(scene, i, events, settled, weight))
        yield "realis", Sample(realis_features(scene, i, label, Tellers.load()), events[0].realis, weight)
        spans = {side: [s for event in events for actor in event.sides[side] for s in actor] for side in ("source", "target")}
        bond_of = bonds(scene, i)
        for k in bond_of:
            actor = scene.actor_at[k]
            role = next((side for side in ("source", "target") if touches(actor.start, actor.end, spans[side])), "none")
            yield "roles", Sample(role_features(scene, i, label, k, bond_of), role, weight)
        places = place_candidates(scene, i)
        for k in places:
            hit = any(scene.place_at[k].text in event.places for event in events)
            yield "placing", Sample(place_features(scene, i, k, label, places), "yes" if hit else "no", weight)
        told = {n for event in events for n in event.figures}
        for n, (span, kind, scope) in enumerate(entry.figures):
            k_figure = scene.parse.head_of(*span)
            if k_figure is not None and k_figure in scene.parse.sentence(i):
                features = figure_features(scene, i, k_figure, label, kind, scope)
                yield "figures", Sample(features, "yes" if n in told else "no", weight)


def _date_samples(scene: Scene, i: int, events: Sequence[GoldEvent], settled: dict[int, frozenset[int]], weight: float) -> Iterator[Sample]:
    """Yield a sample a date that might be the events', and note in `settled` those that are."""
    told = set()
    for k in date_candidates(scene, i):
        day, end = str(scene.date_at[k].date_from), str(scene.date_at[k].date_to)
        if any(event.date[0] == day and event.date[1] in {end, None} for event in events):
            told.add(k)
        yield Sample(date_features(scene, i, k, events[0].label, settled), "yes" if k in told else "no", weight)
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


def load(gold: Path | None, tags: Path, real: bool) -> list[tuple[GoldEntry, float]]:
    """Return the entries to learn from with their weights."""
    judges = unseen_judges(gold, tags) if real else None
    heard = list(read_unseen(tags))
    folders = [gold, INVENTED] if gold else [INVENTED]
    return [(entry, WEIGHTS[entry.style]) for folder in folders for entry in read_gold(folder, heard, real=real, judges=judges)]


def main() -> None:
    """Fit and write all models."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, help="folder of annotated real entries; without it the invented ones alone are used")
    parser.add_argument("--tags", type=Path, required=True, help="folder of `*.jsonl` that models/tagger/train_tagger.py --fold wrote")
    parser.add_argument("--out", type=Path, default=HERE, help="folder the weights are written to")
    parser.add_argument("--gold-arguments", action="store_true", help="take actors and places from the annotation, not from the stages")
    args = parser.parse_args()
    learn(load(args.gold, args.tags, not args.gold_arguments), args.out)


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
