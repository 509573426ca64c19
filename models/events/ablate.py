"""What each part of the event detector and type classifier is worth: rules, model, both; by cross-validation, then on dev.

    python models/events/ablate.py [--shared ../shared] [--folds 3]

Figures are F1 over triggers (found, family right, type right) at a chance of 0.4, and the share of annotated triggers whose type
is right. Arguments are those of the pipeline's own stages. Cross-validation is by entry over gold/train, the invented entries
always on the learning side; dev is only measured on. One line a variant, as the table of docs/events.md has it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from event_gold import read_gold
from train import INVENTED, INVENTED_WEIGHT, STEEPNESS, STRENGTH, Judged, fit_margin, fit_types

from pipeline.events.features import Features, type_features
from pipeline.events.triggers import FRAME, Triggers
from pipeline.events.vectors import Vectors
from pipeline.typology import Typology

LEAST = 0.4
LEXICON = ("vote", "frame", "headvote", "downvote", "v=")
GROUPS: dict[str, tuple[str, ...]] = {
    "both": (),
    "model without lexicon": LEXICON,
    "without word vectors": ("vt", "vo", "vs", "vc"),
    "without words in pairs": ("l=", "v="),
    "without actors and places": (
        "subjtype",
        "objtype",
        "preptype",
        "ofwhom",
        "inactor",
        "actorhead",
        "actorpart",
        "isplace",
        "headsubjtype",
    ),
    "without topic": ("topic",),
}
Answer = tuple[str, dict[int, str]]


def without(features: Features, starts: tuple[str, ...]) -> Features:
    """Return the features whose names begin with none of `starts`."""
    return {name: value for name, value in features.items() if not name.startswith(starts)} if starts else features


def learned(learn: Sequence[Judged], starts: tuple[str, ...]) -> Callable[[Judged, int], tuple[float, str]]:
    """Return the verdict (chance, type) of one look, learned without a group of features."""
    detector = fit_margin([(without(f, starts), y, w) for e in learn for f, y, w in e.detect(False)], STRENGTH["detector"], STEEPNESS)
    types = fit_types([(without(f, starts), y, w) for e in learn for f, y, w in e.types(False)], STRENGTH["types"])

    def verdict(entry: Judged, i: int) -> tuple[float, str]:
        shares = types.probabilities(without(type_features(entry.gold.scene, i, entry.features[i]), starts))
        return detector.probabilities(without(entry.features[i], starts))["yes"], max(shares, key=shares.__getitem__)

    return verdict


def by_rule(entry: Judged, i: int) -> tuple[float, str]:
    """Return the lexicon's own verdict: an event where it votes outside of the headline; of a frame's type before a word's."""
    votes = Triggers.load().votes(entry.gold.scene.parse, i)
    if not votes or entry.gold.scene.headline(i):
        return 0.0, ""
    return 1.0, min(votes, key=lambda label: (votes[label] != FRAME, list(votes).index(label)))


def measure(entries: Sequence[Judged], verdict: Callable[[Judged, int], tuple[float, str]]) -> list[float]:
    """Return the counts (annotated, found, hits, family right, type right, type right of all annotated) over the entries."""
    family = Typology.load().family
    counts = [0.0] * 6
    for entry in entries:
        counts[0] += sum(len(group) for group in entry.gold.events.values())
        for i in entry.features:
            chance, label = verdict(entry, i)
            true = entry.labels(i)
            counts[5] += label in true
            if chance >= LEAST and label:
                counts[1] += 1
                counts[2] += bool(true)
                counts[3] += family(label) in {family(name) for name in true}
                counts[4] += label in true
    return counts


def line(name: str, where: str, counts: Sequence[float]) -> str:
    """Return a line of the table."""
    gold, found = counts[0], counts[1]
    scores = [2 * hits / (gold + found) for hits in counts[2:5]]
    return f"| {name} | {where} | " + " | ".join(f"{score:.3f}" for score in scores) + f" | {counts[5] / gold:.3f} |"


def rows(train: Sequence[Judged], invented: Sequence[Judged], dev: Sequence[Judged], folds: int) -> Iterator[str]:
    """Yield the lines of the table, the cheapest first."""
    yield line("rules: lexicon alone", "cv", measure(train, by_rule))
    yield line("rules: lexicon alone", "dev", measure(dev, by_rule))
    for name, starts in GROUPS.items():
        yield line(name, "dev", measure(dev, learned([*train, *invented], starts)))
    yield line("both, invented entries alone", "dev", measure(dev, learned(invented, ())))
    yield line("both, real entries alone", "dev", measure(dev, learned(train, ())))
    for name in ("both", "model without lexicon"):
        total = [0.0] * 6
        for fold in range(folds):
            learn = [e for n, e in enumerate(train) if n % folds != fold]
            counts = measure([e for n, e in enumerate(train) if n % folds == fold], learned([*learn, *invented], GROUPS[name]))
            total = [a + b for a, b in zip(total, counts, strict=True)]
        yield line(name, "cv", total)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    parser.add_argument("--folds", type=int, default=3)
    args = parser.parse_args()
    triggers, vectors = Triggers.load(), Vectors.load()
    gold = args.shared / "gold"

    def judged(folder: Path, weight: float) -> list[Judged]:
        return [Judged(entry, weight, triggers, vectors) for entry in read_gold(folder, real=True)]

    print("| variant | measured on | found | family | typed | type of annotated triggers |\n|---|---|---|---|---|---|")
    for row in rows(judged(gold / "train", 1.0), judged(INVENTED, INVENTED_WEIGHT), judged(gold / "dev", 1.0), args.folds):
        print(row, flush=True)


if __name__ == "__main__":
    main()
