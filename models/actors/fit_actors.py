"""Recipe of `models/actors/weights.json`: three linear models, learned from annotated entries on a CPU in about a minute.

    python models/actors/fit_actors.py --gold ../shared/gold/train --tags FOLDER

A folder holds JSON files, one an entry, with its text, dates and actors annotated by the codebook of `docs/actors.md`. Real entries, of
`--gold`, weigh 1; the invented ones of `models/invented` weigh `--others` (they are written to a plan and name fewer bystanders). Without
`--gold` the invented ones alone are used. Same input, same bytes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import lexicon
from pipeline.acronyms import definitions
from pipeline.actors import ActorWords
from pipeline.actors.clauses import Clauses
from pipeline.actors.features import features, headline_end, places_named, surroundings
from pipeline.actors.names import context_of, find_names, home
from pipeline.actors.nations import Nations, located
from pipeline.actors.phrases import Phrase, find_phrases
from pipeline.countries import Countries
from pipeline.tables import Date, Entry, Place, Token
from pipeline.tags.heard import Heard, heard_by_entry

sys.path.append(str(Path(__file__).resolve().parents[1] / "tagger"))
from unseen import read_unseen

INVENTED = Path(__file__).resolve().parents[1] / "invented"
# By cross-validation over countries, through the stage itself.
OTHERS, THRESHOLD = 0.4, 0.42
RARE = 3  # features of fewer phrases are left out
# Inverse strength of the penalty, and how steeply margins become log-odds: by cross-validation over countries.
MARGIN_STRENGTH, STEEPNESS = 0.01, 2.5


@dataclass(frozen=True, slots=True)
class Example:
    """A phrase of an annotated entry: its features, and the type and country of the mention it pairs with (None: no mention)."""

    entry_id: str
    features: tuple[str, ...]
    type: str | None
    iso3: str | None
    explicit: str | None
    phrase: Phrase
    weight: float


def read_gold(folder: Path) -> list[dict[str, Any]]:
    """Return the annotated entries of a folder by file name."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def locate(text: str, span: dict[str, Any]) -> tuple[int, int]:
    """Return the offsets of a span given as words and the rank of their occurrence."""
    at = -1
    for _ in range(span.get("n", 1)):
        at = text.find(span["text"], at + 1)
    return at, at + len(span["text"])


def entry_of(gold: dict[str, Any]) -> Entry:
    """Return the annotated entry as a row; its countries are those of the situation of its name."""
    named = {row["situation"]: row["iso3"] for row in lexicon.read_csv("situations.csv")}
    month = dt.date.fromisoformat(gold["month"] + "-01")
    countries = tuple(filter(None, named.get(gold["country"], "").split("|")))
    return Entry(
        entry_id=gold["entry_id"], situation=gold["country"], countries=countries, region=None, month=month, month_source="given",
        month_confidence=1.0, month_evidence=None, trend=None, risk_alert=None, resolution_opportunity=None,
        headline=gold["text"].split("\n")[0], text=gold["text"], situation_as_written=None, situation_source="given",
        document_ids=(), superseded_by=None,
    )  # fmt: skip


def dates_of(gold: dict[str, Any]) -> list[Date]:
    """Return the annotated dates as rows, for the lifting before the parse."""
    rows = []
    for date in gold["dates"]:
        start, end = locate(gold["text"], date)
        span = {"entry_id": gold["entry_id"], "start": start, "end": end, "text": date["text"]}
        known = {"precision": date["precision"], "kind": "absolute"}
        rows.append(Date(**span, **known, date_from=None, date_to=None, relation=None, edtf=None))
    return sorted(rows, key=lambda row: row.start)


def parse(golds: Sequence[dict[str, Any]]) -> dict[str, list[Token]]:
    """Return the tokens of each entry."""
    from pipeline.model import Model
    from pipeline.tokens import TokenWords, parse_tokens

    out: dict[str, list[Token]] = defaultdict(list)
    rows = [date for gold in golds for date in dates_of(gold)]
    for token in parse_tokens([entry_of(gold) for gold in golds], rows, TokenWords.load(), Model.load()):
        out[token.entry_id].append(token)
    return out


def locate_places(golds: Sequence[dict[str, Any]], tokens: dict[str, list[Token]]) -> dict[str, list[Place]]:
    """Return the places of each entry, as the places stage finds them."""
    from pipeline.gazetteer import Gazetteer
    from pipeline.places import PlaceModel, PlaceWords, Regions, find_places

    entries = [entry_of(gold) for gold in golds]
    flat = [token for entry in entries for token in tokens[entry.entry_id]]
    resources = Gazetteer.load(), Countries.load(), Regions.load(), PlaceWords.load(), PlaceModel.load()
    out: dict[str, list[Place]] = defaultdict(list)
    for place in find_places(entries, [], flat, *resources):
        out[place.entry_id].append(place)
    return out


def examples(gold: dict[str, Any], tokens: Sequence[Token], heard: Heard, places: Sequence[Place], weight: float) -> Iterator[Example]:
    """Yield the phrases of an entry, paired with annotated mentions one to one, the best overlap first."""
    entry, countries, words = entry_of(gold), Countries.load(), ActorWords.load()
    clauses = Clauses(tokens)
    names = list(find_names(tokens, entry.text, context_of(entry, tokens, countries), words, countries))
    nations = Nations(
        tokens,
        {k: name for name in names for k in range(name.start, name.end)},
        words,
        countries,
        home(entry, countries),
        located(clauses, places),
    )
    phrases = find_phrases(clauses, names, {short: name for short, name, _ in definitions(entry.text)}, words, countries)
    spans = [(tokens[phrase.start].start, tokens[phrase.end - 1].end) for phrase in phrases]
    mentions = [(*locate(entry.text, mention), actor) for actor in gold["actors"] for mention in actor["mentions"]]
    actor_of = {j: mentions[i][2] for i, j in pairs([m[:2] for m in mentions], spans)}
    headline, around = headline_end(entry.text, clauses), surroundings(phrases, clauses, entry.text)
    at_head = places_named(phrases, clauses, places)
    for number, phrase in enumerate(phrases):
        if phrase.outer in actor_of:
            continue
        actor, nation = actor_of.get(number), nations.explicit(phrase)
        yield Example(
            entry_id=entry.entry_id,
            features=tuple(features(phrase, around[number], at_head[number], nations.land(nation), clauses, heard, words, headline)),
            type=actor and actor["type"],
            iso3=actor and actor.get("iso3"),
            explicit=nation,
            phrase=phrase,
            weight=weight,
        )


def pairs(gold: Sequence[tuple[int, int]], found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return (rank in gold, rank in found) of spans that overlap, one to one, the greatest share of overlap first."""
    scored = []
    for i, (a, b) in enumerate(gold):
        for j, (c, d) in enumerate(found):
            if (common := min(b, d) - max(a, c)) > 0:
                scored.append((-common / max(b - a, d - c), i, j))
    out: list[tuple[int, int]] = []
    for _, i, j in sorted(scored):
        if all(i != k and j != m for k, m in out):
            out.append((i, j))
    return out


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


def read_examples(gold: Path | None, others: float, tags: Path) -> dict[str, list[Example]]:
    """Return the phrases of each entry, by its id: those of the folder `gold`, and the invented ones, of weight `others`.

    `tags` is a folder with the tags of all of them, by taggers that had not seen them.
    """
    heard = heard_by_entry(read_unseen(tags))
    out: dict[str, list[Example]] = {}
    for folder, weight in ((gold, 1.0), (INVENTED, others)):
        golds = read_gold(folder) if folder else []
        tokens = parse(golds)
        places = locate_places(golds, tokens)
        for gold_entry in golds:
            entry_id = gold_entry["entry_id"]
            out[entry_id] = list(examples(gold_entry, tokens[entry_id], heard[entry_id], places[entry_id], weight))
    return out


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
    parser.add_argument("--tags", type=Path, required=True, help="folder of `*.jsonl` that models/tagger/train_tagger.py --fold wrote")
    parser.add_argument("--others", type=float, default=OTHERS, help="weight of the invented entries")
    parser.add_argument("--threshold", type=float, default=THRESHOLD, help="least chance of a phrase that is taken for a mention")
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("weights.json"))
    args = parser.parse_args()
    rows = [row for group in read_examples(args.gold, args.others, args.tags).values() for row in group]
    saved = train(rows, args.threshold)
    args.out.write_text(json.dumps(saved, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")
    print(f"{args.out}: {len(rows)} phrases, {sum(row.type is not None for row in rows)} mentions, {args.out.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
