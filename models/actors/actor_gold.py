"""Annotated entries as the `actors` stage sees them: its phrases with their features, paired with the annotated mentions."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections import defaultdict
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
from styles import Style, style_of
from unseen import read_unseen

INVENTED = Path(__file__).resolve().parents[1] / "invented"
# An invented entry counts for less than a real one, by cross-validation; the plain ones together as much as when there were half as many.
WEIGHTS: Mapping[Style, float] = {"tracker": 1.0, "plain": 0.35, "dense": 0.3, "early": 0.3}


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


def read_examples(gold: Path | None, tags: Path) -> dict[str, list[Example]]:
    """Return the phrases of each entry, by its id: those of the folder `gold`, and the invented ones.

    `tags` is a folder with the tags of all of them, by taggers that had not seen them.
    """
    heard = heard_by_entry(read_unseen(tags))
    out: dict[str, list[Example]] = {}
    for folder in (gold, INVENTED):
        golds = read_gold(folder) if folder else []
        tokens = parse(golds)
        places = locate_places(golds, tokens)
        for gold_entry in golds:
            entry_id = gold_entry["entry_id"]
            out[entry_id] = list(examples(gold_entry, tokens[entry_id], heard[entry_id], places[entry_id], WEIGHTS[style_of(gold_entry)]))
    return out
