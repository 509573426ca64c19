"""Fit the weights of `pipeline/places` on annotated entries and write weights.json beside this file.

    python models/places/fit_places.py [--gold GOLD] [--folds 5]

GOLD is a folder of real entries, one JSON file an entry with `text`, `country`, `month` and `places` (text, n, iso3, level, use). The
invented ones of `models/invented` are always read, and alone where GOLD is not given; so are the invented sentences of `sentences.csv`,
which tell no use: foreign towns, and people whose names are places.
Three models, each over named evidence, none over the names of places themselves:

- place: logistic regression, is this stretch of capitalised words the name of a place?
- use: logistic regression, does the place stand for its government?
- choice: conditional logit over what a name can stand for; all options of the right country and level count as right.

With --folds the entries of GOLD are cross-validated (the invented ones always help to train), nothing is written.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipeline.dates import DateWords, find_dates
from pipeline.entries import Situations
from pipeline.model import Model
from pipeline.places import Knowledge, features
from pipeline.places.mentions import Mention, Reading, read
from pipeline.places.options import Option
from pipeline.places.resolve import paragraph_of, stage
from pipeline.places.weigh import evidence
from pipeline.spelling import fold
from pipeline.tables import Entry, Token
from pipeline.tokens import TokenWords, parse_tokens

HERE = Path(__file__).resolve().parent
INVENTED = HERE.parent / "invented"
SENTENCES = HERE / "sentences.csv"
RAREST = 4  # evidence seen less often is left out
STRENGTH = {"place": 1.0, "use": 1.0}  # scikit-learn's C
DECAY = 0.001  # L2 of the conditional logit, a mention
IMAGINED = ("own_town", "own_unit", "near", "far_small", "far_middle")  # what a person's name is imagined to be a place's
SMALLEST = 0.02  # weights below are dropped

Span = tuple[int, int]
# What the conditional logit starts from: it decides which picks the second pass leans on while the evidence is collected.
FIRST_GUESS = {
    "sort=country": 6.0, "sort=region": 4.5, "sort=admin1": 1.5, "sort=admin2": 0.3, "sort=settlement": 0.8, "sort=unknown": -2.2,
    "own country": 4.0, "own region": 4.0, "own admin1": 4.0, "own admin2": 4.0, "own settlement": 4.0, "own unknown": 4.0,
    "named beside": 2.5, "named": 1.8, "near": 1.2, "of": 4.0, "of another": -2.0,
    "several countries": 2.0, "population": 3.0, "capital": 3.0,
    "alias": -0.6, "variant": -0.8, "inside": 4.0, "outside": -3.0, "twin": 1.5, "unit named": 1.0, "close": 2.0,
    "kind fits admin1": 2.0, "kind fits admin2": 2.0, "kind fits settlement": 2.0, "kind fits unknown": 1.0, "kind fits region": 2.0,
    "kind differs admin1": -1.0, "kind differs admin2": -1.0, "kind differs settlement": -1.0, "kind differs country": -3.0,
}  # fmt: skip


# The annotation tells country and level, not which of two towns of one country is meant, and shows too few cases of
# what the text says outright ("Italian city of Milan"): what speaks to that is set by hand and held fast.
BY_HAND = {
    "of": 2.0,
    "of another": -1.5,
    "no kind country": 2.0,
    "inside": 3.0,
    "outside": -3.0,
    "beside": -1.5,
    "unit named": 1.0,
    "close": 1.5,
    # The annotated entries name few such places; without a say of its own a unit loses to any namesake town in the world.
    "only unit at home": 1.8,
}


@dataclass(frozen=True, slots=True)
class Annotated:
    """An entry as read, its annotated places by span, and whether its text is real or invented."""

    reading: Reading
    places: dict[Span, dict[str, Any]]
    real: bool


def main() -> None:
    """Fit or cross-validate, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, help="folder of annotated real entries")
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    know = Knowledge.load()
    entries = [*(annotated(args.gold, True, know) if args.gold else ()), *annotated(INVENTED, False, know), *sentences(know)]
    if args.folds:
        print(cross_validate(entries, args.folds, know))
        return
    weights = fit(entries, know)
    (HERE / "weights.json").write_text(json.dumps(weights, indent=0, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8")
    print({name: len(model) for name, model in weights.items()})


def annotated(folder: Path, real: bool, know: Knowledge) -> Iterator[Annotated]:
    """Yield the entries of a gold folder, parsed by the stages before this one."""
    situations = Situations.load()
    read_in = {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
    # Places that the stage itself found teach it nothing but its own habits.
    gold = {name: entry for name, entry in read_in.items() if "places" not in entry.get("by_pipeline", ())}
    entries = [_entry(name, entry, situations) for name, entry in gold.items()]
    yield from _parsed(entries, {name: _spans(entry) for name, entry in gold.items()}, real, know)


def sentences(know: Knowledge) -> Iterator[Annotated]:
    """Yield the invented sentences, an entry each; their places stand in reading order as name:ISO3:level, joined by `|`."""
    entries: list[Entry] = []
    spans: dict[str, dict[Span, dict[str, Any]]] = {}
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            name, at = f"sentence-{line}", 0
            entry = _entry(name, {"country": "", "month": "2026-02", "text": row["text"]}, Situations.load())
            entries.append(replace(entry, countries=tuple(row["countries"].split())))
            spans[name] = {}
            for place in filter(None, row["places"].split("|")):
                text, iso3, level = place.split(":")
                at = row["text"].index(text, at)
                spans[name][at, at + len(text)] = {"iso3": iso3 or None, "level": level, "use": None}
                at += len(text)
    yield from _parsed(entries, spans, False, know)


def _parsed(entries: Sequence[Entry], places: dict[str, dict[Span, dict[str, Any]]], real: bool, know: Knowledge) -> Iterator[Annotated]:
    dates = list(find_dates(entries, DateWords.load()))
    tokens: dict[str, list[Token]] = defaultdict(list)
    for token in parse_tokens(entries, dates, TokenWords.load(), Model.load()):
        tokens[token.entry_id].append(token)
    for entry in entries:
        yield Annotated(read(entry, tokens[entry.entry_id], know), places[entry.entry_id], real)


def _entry(name: str, gold: dict[str, Any], situations: Situations) -> Entry:
    known = situations.named(gold["country"])
    return Entry(
        entry_id=name, situation=gold["country"], countries=known.countries if known else (), region=None,
        month=dt.date.fromisoformat(gold["month"] + "-01"), month_source="given", month_confidence=1.0, month_evidence=None,
        trend=None, risk_alert=None, resolution_opportunity=None, headline=None, text=gold["text"], situation_as_written=gold["country"],
        situation_source="given", document_ids=(), superseded_by=None,
    )  # fmt: skip


def _spans(gold: dict[str, Any]) -> dict[Span, dict[str, Any]]:
    spans = {}
    for place in gold["places"]:
        at = -1
        for _ in range(place.get("n", 1)):
            at = gold["text"].index(place["text"], at + 1)
        spans[at, at + len(place["text"])] = place
    return spans


def fit(entries: Sequence[Annotated], know: Knowledge) -> dict[str, dict[str, float]]:
    """Return the weights of the three models."""
    return {
        "place": logistic(*_joined(place_rows(entries, know), imagined_rows(entries, know)), STRENGTH["place"]),
        "use": logistic(*use_rows(entries), STRENGTH["use"]),
        "choice": conditional_logit([row for entry in entries for row in choice_rows(entry, know)]),
    }


Rows = tuple[list[list[str]], list[bool]]


def place_rows(entries: Sequence[Annotated], know: Knowledge) -> Rows:
    """Return evidence and answer of every mention: is exactly this stretch an annotated place?"""
    seen, answers = [], []
    for entry in entries:
        observed = features.observe(entry.reading, know)
        for rank, mention in enumerate(entry.reading.mentions):
            seen.append(list(features.at_mention(entry.reading, rank, observed, know)))
            answers.append((mention.start, mention.end) in entry.places)
    return seen, answers


def imagined_rows(entries: Sequence[Annotated], know: Knowledge) -> Rows:
    """Return rows of the people named by one word, as if that were also a place's name, in turn one at home, near or far.

    Few of the people annotated bear such names, in a new entry any may; what the table of actors knows of them is left out.
    """
    seen: list[list[str]] = []
    for entry in entries:
        observed = features.observe(entry.reading, know)
        for rank, mention in enumerate(entry.reading.mentions):
            if mention.run != (mention.first, mention.last) or any(a < mention.end and mention.start < b for a, b in entry.places):
                continue
            named = features.model_label(mention, entry.reading.words) == "PERSON" or fold(mention.text) in observed.namesakes.persons
            if named and not mention.country and not mention.capital_of and not mention.region:
                sorts = list(observed.sorts)
                sorts[rank] = IMAGINED[len(seen) % len(IMAGINED)]
                found = features.at_mention(entry.reading, rank, replace(observed, sorts=sorts), know)
                seen.append([name for name in found if not name.startswith("known ")])
    return seen, [False] * len(seen)


def _joined(first: Rows, second: Rows) -> Rows:
    return [*first[0], *second[0]], [*first[1], *second[1]]


def use_rows(entries: Sequence[Annotated]) -> Rows:
    """Return evidence and answer of every annotated place: does it stand for its government?"""
    seen, answers = [], []
    for entry in entries:
        for mention, place in _paired(entry):
            if place["use"] in ("location", "actor"):
                seen.append(list(features.at_use(entry.reading, mention)))
                answers.append(place["use"] == "actor")
    return seen, answers


def _paired(entry: Annotated) -> list[tuple[Mention, dict[str, Any]]]:
    return [(m, entry.places[m.start, m.end]) for m in entry.reading.mentions if (m.start, m.end) in entry.places]


def logistic(seen: list[list[str]], answers: list[bool], strength: float) -> dict[str, float]:
    """Return the weights of a logistic regression over evidence that is there or not, the intercept under the empty name."""
    count = Counter(name for names in seen for name in set(names))
    column = {name: i for i, name in enumerate(sorted(name for name in count if count[name] >= RAREST))}
    rows = [sorted({column[name] for name in names if name in column}) for names in seen]
    starts = np.cumsum([0] + [len(row) for row in rows], dtype=np.int32)
    indices = np.array([i for row in rows for i in row], dtype=np.int32)
    matrix = csr_matrix((np.ones(len(indices)), indices, starts), shape=(len(rows), len(column)))
    model = LogisticRegression(C=strength, solver="liblinear", max_iter=1000, random_state=0)
    model.fit(matrix, np.array(answers))
    found = {name: round(float(model.coef_[0][i]), 3) for name, i in column.items()}
    return {"": round(float(model.intercept_[0]), 3)} | {name: weight for name, weight in found.items() if abs(weight) >= SMALLEST}


Choice = tuple[list[dict[str, float]], list[bool], list[bool]]  # evidence of the options, right in all, right in country


def choice_rows(entry: Annotated, know: Knowledge, weights: dict[str, float] | None = None) -> Iterator[Choice]:
    """Yield the evidence of every option of every annotated place, and which options are right in all and in country."""
    paired = _paired(entry)
    places = [mention for mention, _ in paired]
    around, options, _, scene = stage(entry.reading, places, know, weights or FIRST_GUESS)
    for (mention, place), near, found in zip(paired, around, options, strict=True):
        paragraph = paragraph_of(entry.reading, mention)
        seen = [dict(evidence(mention, option, near, scene, paragraph)) for option in found]
        exact = [option.iso3 == place["iso3"] and _same_level(option, place["level"]) for option in found]
        country = [option.iso3 == place["iso3"] for option in found]
        if any(country) and not all(country):
            yield seen, exact if any(exact) else country, country


def _same_level(option: Option, level: str) -> bool:
    return option.level == level or {option.level, level} == {"settlement", "site"}


def conditional_logit(rows: Sequence[Choice]) -> dict[str, float]:
    """Return the weights that make the right options likeliest among the options of their mention."""
    names = sorted({name for seen, _, _ in rows for option in seen for name in option} - set(BY_HAND))
    column = {name: i for i, name in enumerate(names)}
    choices = []
    for seen, right, _ in rows:
        matrix, given = np.zeros((len(seen), len(names))), np.zeros(len(seen))
        for i, option in enumerate(seen):
            for name, value in option.items():
                if name in BY_HAND:
                    given[i] += BY_HAND[name] * value
                else:
                    matrix[i, column[name]] = value
        choices.append((matrix, given, np.array(right)))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        decay = DECAY * len(choices)
        total, slope = decay * float(weights @ weights) / 2, decay * weights
        for matrix, given, right in choices:
            utility = matrix @ weights + given
            odds = np.exp(utility - utility.max())
            share, share_right = odds / odds.sum(), np.where(right, odds, 0) / odds[right].sum()
            total -= float(np.log(odds[right].sum() / odds.sum()))
            slope = slope + matrix.T @ (share - share_right)
        return total, slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return BY_HAND | {name: round(float(found[i]), 3) for name, i in column.items() if abs(found[i]) >= SMALLEST}


def cross_validate(entries: Sequence[Annotated], folds: int, know: Knowledge) -> dict[str, str]:
    """Return accuracy on the real entries, each predicted by models that have not seen it; the invented ones always help to train."""
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for part in range(folds):
        held = [entry for entry in entries if entry.real and _fold(entry, folds) == part]
        weights = fit([entry for entry in entries if entry not in held], know)
        for name, rows in (("place", place_rows(held, know)), ("use", use_rows(held))):
            for seen, answer in zip(*rows, strict=True):
                total[name] += 1
                right[name] += (features.likelihood(iter(seen), weights[name]) > 0) == answer
        for name, guess in (("choice", weights["choice"]), ("choice by hand", FIRST_GUESS)):
            for options, exact, country in (row for entry in held for row in choice_rows(entry, know, guess)):
                utilities = [sum(guess.get(key, 0.0) * value for key, value in option.items()) for option in options]
                best = max(range(len(utilities)), key=utilities.__getitem__)
                for title, good in ((name, exact), (f"{name}, country", country)):
                    total[title] += 1
                    right[title] += good[best]
    return {name: f"{right[name] / total[name]:.4f} of {total[name]}" for name in sorted(total)}


def _fold(entry: Annotated, folds: int) -> int:
    return int(hashlib.sha256(entry.reading.entry.entry_id.encode()).hexdigest(), 16) % folds


if __name__ == "__main__":
    main()
