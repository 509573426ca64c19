"""Learn the weights of the `figures` stage's rankers from annotated entries, and write them as JSON beside this file.

    python models/figures/fit_figures.py --gold ../shared/gold/train --tags TAGS

Learns from the real entries of the folder `--gold`, where it is given, and the invented ones of `models/invented`, each with the tags of
a tagger that had not seen it, from the folder `--tags` (`models/tagger/README.md`).
Logistic regression over named features (scikit-learn, lbfgs, no randomness), fitted in two minutes on one
CPU, most of them for parsing.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, cast

from pipeline.dates import DateWords, find_dates
from pipeline.figures.attribution import attribute
from pipeline.figures.counted_features import pair_features
from pipeline.figures.harms import Harm
from pipeline.figures.linking import fills_slot, within_reach
from pipeline.figures.mentions import Mention
from pipeline.figures.named_features import named_features
from pipeline.figures.scope import scope_features
from pipeline.figures.sentences import Sentence, sentences_of
from pipeline.figures.setting import Telling
from pipeline.figures.syntax import Parse, parse_of
from pipeline.figures.triggers import Trigger
from pipeline.figures.words import FigureWords, without_rankers
from pipeline.model import Model
from pipeline.tables import Date, Entry, Scope, Token
from pipeline.tags.heard import Heard, heard_by_entry
from pipeline.tokens import TokenWords, parse_tokens

sys.path.append(str(Path(__file__).resolve().parents[1] / "tagger"))
from styles import Style, style_of
from unseen import read_unseen

HERE = Path(__file__).resolve().parent
INVENTED = HERE.parent / "invented"
# Chosen by cross-validation by entry; a feature must be seen in training that often to have a weight.
STRENGTH = {"counted": 1.0, "named": 0.3, "scope": 0.1}
SEEN = 2
# How much an entry counts, by the style it is written in. The early ones are more and harder than what is met in use, the dense ones
# harder still: their people without a number are told of in rare words. The plain ones are told as the tracker tells, but leave out more
# people without a number than its annotators do. By cross-validation on the tracker's own entries (docs/casualties.md).
WEIGHTS: Mapping[str, Mapping[Style, float]] = {
    "counted": {"tracker": 3.0, "early": 1.0, "dense": 0.3, "plain": 0.3},
    "named": {"tracker": 3.0, "early": 1.0, "dense": 0.3, "plain": 0.3},
    "scope": {"tracker": 6.0, "early": 1.0, "dense": 0.15, "plain": 0.3},
}


@dataclass(frozen=True)
class Annotated:
    """A gold entry with its rows: the spans of its figures with what the annotator said of them."""

    entry: Entry
    dates: list[Date]
    parse: Parse
    heard: Heard
    figures: list[tuple[int, int, dict[str, Any]]]
    style: Style


@dataclass(frozen=True)
class Case:
    """One thing to judge: the features, the right label, the entry it comes from and that entry's style."""

    features: list[str]
    label: str
    entry_id: str
    style: Style


def read_gold(folders: Sequence[Path], tags: Path) -> Iterator[Annotated]:
    """Yield the annotated entries of the folders, with the dates and the parse that the pipeline finds in them, and their tags.

    Raises KeyError where an entry has no tags.
    """
    heard = heard_by_entry(read_unseen(tags))
    gold = [json.loads(path.read_text(encoding="utf-8")) for folder in folders for path in sorted(folder.glob("*.json"))]
    entries = [_entry(item) for item in gold]
    dates = list(find_dates(entries, DateWords.load()))
    tokens: dict[str, list[Token]] = defaultdict(list)
    for token in parse_tokens(entries, dates, TokenWords.load(), Model.load()):
        tokens[token.entry_id].append(token)
    for item, entry in zip(gold, entries, strict=True):
        figures = [(*_span(item["text"], f), f) for f in item["figures"]]
        found = [d for d in dates if d.entry_id == entry.entry_id]
        yield Annotated(entry, found, parse_of(tokens[entry.entry_id]), heard[entry.entry_id], figures, style_of(item))


def _span(text: str, item: dict[str, Any]) -> tuple[int, int]:
    at = -1
    for _ in range(item.get("n", 1)):
        at = text.index(item["text"], at + 1)
    return at, at + len(item["text"])


def _entry(item: dict[str, Any]) -> Entry:
    known = {"entry_id": item["entry_id"], "month": date.fromisoformat(item["month"] + "-01"), "text": item["text"]}
    unknown: dict[str, Any] = dict.fromkeys(field.name for field in fields(Entry))
    return Entry(**unknown | known)


def right_triggers(mention: Mention, kinds: set[str], triggers: Sequence[Trigger], parse: Parse) -> dict[int, str]:
    """Return, by position, which harm words are the mention's ("yes") and which cannot be told ("?"): others of the same kind."""
    labels: dict[int, str] = {}
    # Where the annotator was sure of deaths, "neutralised" cannot teach that it tells none.
    if "killed" in kinds:
        labels.update({k: "?" for k, trigger in enumerate(triggers) if trigger.frame.name == "casualties.object"})
    for kind in sorted(kinds):
        same = [k for k, trigger in enumerate(triggers) if trigger.kind == kind]
        if same:
            best = min(
                same, key=lambda k: (not fills_slot(parse.path(mention.top, triggers[k].i), triggers[k]), abs(triggers[k].i - mention.top))
            )
            labels.update({k: "yes" if k == best else "?" for k in same})
    return labels


def gold_of(mention: Mention, annotated: Annotated) -> list[dict[str, Any]]:
    """Return the annotated figures that a mention overlaps, of its own sort: with or without a written number."""
    return [
        f
        for start, end, f in annotated.figures
        if start < mention.end and end > mention.start and bool(f.get("implicit")) == (mention.count is None)
    ]


def link_cases(annotated: Annotated, sentence: Sentence, words: FigureWords) -> Iterator[tuple[str, Case]]:
    """Yield, for each mention and harm word of a sentence, whether they belong together."""
    for name, mentions in (("counted", sentence.counted), ("named", sentence.named)):
        for k, mention in enumerate(mentions):
            labels = right_triggers(mention, {f["kind"] for f in gold_of(mention, annotated)}, sentence.triggers, annotated.parse)
            open_to = sentence.open_to(mention, sentence.people, annotated.parse, words)
            for j, trigger in enumerate(sentence.triggers):
                if (
                    labels.get(j) != "?"
                    and trigger in open_to
                    and (name == "counted" or within_reach(mention.top, trigger, annotated.parse))
                ):
                    features = (
                        pair_features(k, sentence, trigger, annotated.parse, words)
                        if name == "counted"
                        else named_features(mention, trigger, sentence, annotated.parse, words)
                    )
                    yield name, Case(features, labels.get(j, "no"), annotated.entry.entry_id, annotated.style)


def scope_cases(annotated: Annotated, sentences: Sequence[Sentence], words: FigureWords) -> Iterator[Case]:
    """Yield the scope of each annotated figure that has a mention and a harm word."""
    told: dict[tuple[int, str], tuple[Harm, str]] = {}
    for sentence in sentences:
        for mention in sentence.counted + sentence.named:
            for gold in gold_of(mention, annotated):
                labels = right_triggers(mention, {gold["kind"]}, sentence.triggers, annotated.parse)
                right = next((sentence.triggers[j] for j, label in labels.items() if label == "yes"), None)
                if right is not None:
                    told[mention.start, gold["kind"]] = (Harm(mention, right.kind, right), gold["scope"])
    figures = [told[key] for key in sorted(told)]
    sources = [attribute(figure, annotated.entry, annotated.parse, words) for figure, _ in figures]
    telling = Telling(annotated.entry, annotated.dates, annotated.parse, annotated.heard, [figure for figure, _ in figures], sources)
    for k, (_, scope) in enumerate(figures):
        yield Case(
            scope_features(k, telling, words, cast("Scope", figures[k - 1][1]) if k else None),
            scope,
            annotated.entry.entry_id,
            annotated.style,
        )


def all_cases(gold: Sequence[Annotated], words: FigureWords) -> dict[str, list[Case]]:
    """Return the cases of each ranker."""
    cases: dict[str, list[Case]] = defaultdict(list)
    for annotated in gold:
        sentences = list(sentences_of(annotated.entry, annotated.dates, annotated.parse, annotated.heard, words).values())
        for sentence in sentences:
            for name, case in link_cases(annotated, sentence, words):
                cases[name].append(case)
        cases["scope"].extend(scope_cases(annotated, sentences, words))
    return cases


def fit(name: str, cases: Sequence[Case]) -> dict[str, Any]:
    """Return labels, bias and weights of a ranker, rounded so that the file is the same on every machine."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    seen = Counter(feature for case in cases for feature in set(case.features))
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([dict.fromkeys((f for f in case.features if seen[f] >= SEEN), 1) for case in cases])
    model = LogisticRegression(C=STRENGTH[name], max_iter=5000)
    model.fit(table, [case.label for case in cases], sample_weight=[WEIGHTS[name][case.style] for case in cases])
    labels = [str(label) for label in model.classes_]
    labels = labels if len(labels) > 2 else ["yes"]
    weights = {
        feature: [round(float(w), 3) for w in column]
        for feature, column in zip(vectorizer.get_feature_names_out(), model.coef_.T, strict=True)
    }
    kept = {feature: row for feature, row in sorted(weights.items()) if any(abs(w) >= 0.005 for w in row)}
    return {
        "labels": labels,
        "bias": [round(float(b), 3) for b in model.intercept_],
        "weights": kept,
    }


def write(name: str, ranker: dict[str, Any]) -> None:
    """Write a ranker's weights, one feature a line."""
    lines = ",\n".join(f"{json.dumps(feature)}: {json.dumps(row, separators=(',', ':'))}" for feature, row in ranker["weights"].items())
    head = f'{{"labels": {json.dumps(ranker["labels"])}, "bias": {json.dumps(ranker["bias"])}, "weights": {{\n'
    (HERE / f"{name}.json").write_text(head + lines + "\n}}\n", encoding="utf-8")


def main() -> None:
    """Fit and write all rankers."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="folder of annotated real entries")
    parser.add_argument("--tags", type=Path, required=True, help="folder of tags that models/tagger/train_tagger.py --fold wrote")
    args = parser.parse_args()
    gold = list(read_gold([args.gold, INVENTED] if args.gold else [INVENTED], args.tags))
    for name, cases in all_cases(gold, without_rankers()).items():
        ranker = fit(name, cases)
        write(name, ranker)
        print(f"{name}: {len(cases)} cases, {len(ranker['weights'])} weights")


if __name__ == "__main__":
    main()
