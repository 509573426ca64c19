"""What each part of the event detector and type classifier is worth: rules, model, both; by cross-validation, then on dev.

    python models/events/ablate.py --tags FOLDER [--shared ../shared] [--folds 3]

Figures are F1 over triggers (found, family right, type right) at a chance of 0.4, and the share of annotated triggers whose type
is right. Arguments are those of the pipeline's own stages. Cross-validation is by entry over gold/train, the invented entries
always on the learning side; dev is only measured on. One line a variant, as the table of docs/events.md has it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from event_gold import read_gold, read_unseen
from fitting import STEEPNESS, Sample, fit_margin, fit_types
from train import INVENTED, STRENGTH, WEIGHTS, Judged, learn_glance

from pipeline.events.features import NUMBERS
from pipeline.events.light import LightVerbs, give_way
from pipeline.events.triggers import FRAME, Triggers
from pipeline.events.vectors import Vectors
from pipeline.events.verdicts import Verdict
from pipeline.tables import Tag
from pipeline.typology import Typology

LEAST = 0.4
LEXICON = ("vote", "frame", "headvote", "downvote", "v=")
GROUPS: dict[str, tuple[str, ...]] = {
    "both": (),
    "model without lexicon": LEXICON,
    "without word vectors": (),
    "light verbs kept": (),
    "without pairs": ("v=",),
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
    "without tags": ("tag=",),
}
# The numbers among the features are the word vectors; they are left out with this variant.
WITHOUT_NUMBERS = "without word vectors"


def without(sample: Sample, starts: tuple[str, ...]) -> Sample:
    """Return the sample without the features whose names begin with one of `starts`."""
    return sample._replace(names=[name for name in sample.names if not name.startswith(starts)]) if starts else sample


def learned(learn: Sequence[Judged], variant: str) -> Callable[[Judged], list[Verdict]]:
    """Return what a first look, learned without a group of features, says of an entry; light verbs give way."""
    starts = GROUPS.get(variant, ())
    numbers = () if variant == WITHOUT_NUMBERS else NUMBERS
    detector = fit_margin([without(s, starts) for e in learn for s in e.detect(False)], numbers, STRENGTH["detector"], STEEPNESS)
    types = fit_types([without(s, starts) for e in learn for s in e.types(False)], numbers, STRENGTH["types"])

    def verdicts(entry: Judged) -> list[Verdict]:
        seen = entry.verdicts(detector, types, second=False, keep=lambda sample: without(sample, starts))
        light = LightVerbs.load()
        return (
            list(seen.values())
            if variant == "light verbs kept"
            else give_way(entry.gold.scene.parse, list(seen.values()), entry.votes, light)
        )

    return verdicts


def by_rule(entry: Judged) -> list[Verdict]:
    """Return the lexicon's own verdicts: an event where it votes outside of the headline; of a frame's type before a word's."""
    out = []
    for i in entry.all:
        votes = entry.votes.on(i)
        if votes and not entry.gold.scene.headline(i):
            label = min(votes, key=lambda label: (votes[label] != FRAME, list(votes).index(label)))
            out.append(Verdict(i, 1.0, label, 1.0))
    return out


def measure(entries: Sequence[Judged], verdicts: Callable[[Judged], list[Verdict]]) -> list[float]:
    """Return the counts (annotated, found, hits, family right, type right, type right of all annotated) over the entries."""
    family = Typology.load().family
    counts = [0.0] * 6
    for entry in entries:
        counts[0] += sum(len(group) for group in entry.gold.events.values())
        for verdict in verdicts(entry):
            label, true = verdict.label, entry.labels(verdict.i)
            counts[5] += label in true
            if verdict.chance >= LEAST:
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
    for name in GROUPS:
        yield line(name, "dev", measure(dev, learned([*train, *invented], name)))
    yield line("both, invented entries alone", "dev", measure(dev, learned(invented, "both")))
    yield line("both, real entries alone", "dev", measure(dev, learned(train, "both")))
    for name in ("both", "model without lexicon", "without tags"):
        total = [0.0] * 6
        for fold in range(folds):
            learn = [e for n, e in enumerate(train) if n % folds != fold]
            counts = measure([e for n, e in enumerate(train) if n % folds == fold], learned([*learn, *invented], name))
            total = [a + b for a, b in zip(total, counts, strict=True)]
        yield line(name, "cv", total)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[3] / "shared")
    parser.add_argument("--tags", type=Path, required=True, help="folder with the tags of all entries, by taggers that had not seen them")
    parser.add_argument("--folds", type=int, default=3)
    args = parser.parse_args()
    triggers, vectors, heard = Triggers.load(), Vectors.load(), list(read_unseen(args.tags))
    gold = args.shared / "gold"

    def judged(folder: Path, tags: list[Tag] | None = heard) -> list[Judged]:
        return [Judged(entry, WEIGHTS[entry.style], triggers, vectors) for entry in read_gold(folder, tags, real=True)]

    learners, invented, dev = judged(gold / "train"), judged(INVENTED), judged(gold / "dev", None)
    glance = learn_glance([*learners, *invented])
    for entry in dev:
        entry.pass_over(glance)
    print("| variant | measured on | found | family | typed | type of annotated triggers |\n|---|---|---|---|---|---|")
    for row in rows(learners, invented, dev, args.folds):
        print(row, flush=True)


if __name__ == "__main__":
    main()
