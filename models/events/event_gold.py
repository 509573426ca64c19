"""Annotated entries as the events stage sees them: scenes made by the pipeline's own stages, with the annotation tied to their words."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.actors import ActorWeights, ActorWords, find_actors
from pipeline.by_entry import by_entry
from pipeline.countries import Countries
from pipeline.dates import DateWords, find_dates
from pipeline.entries.situations import Situations
from pipeline.events.scene import Scene, scenes
from pipeline.model import Model
from pipeline.tables import Actor, Entry, Place, Tag, Token
from pipeline.tags import Tagger, find_tags
from pipeline.tokens import TokenWords, parse_tokens
from pipeline.typology import Typology

sys.path.append(str(Path(__file__).resolve().parents[1] / "tagger"))
from styles import Style, style_of
from unseen import read_unseen as read_unseen

# A headline has no day of a month in it and at most 46 words: 181 of 182 headlines, measured on real pages.
HEADLINE_WORDS = 46
DATED = re.compile(r"\d (?:Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)")

Span = tuple[int, int]


@dataclass(frozen=True)
class GoldEvent:
    """An annotated event: trigger span, type, dates as written in the annotation, and the spans of those who take part."""

    span: Span
    label: str
    date: tuple[str | None, str | None]
    realis: str
    places: frozenset[str]
    sides: Mapping[str, tuple[tuple[Span, ...], ...]]
    figures: tuple[int, ...]


@dataclass(frozen=True)
class GoldEntry:
    """An annotated entry: its scene and its events, by the rank of the word that heads the trigger."""

    scene: Scene
    events: Mapping[int, Sequence[GoldEvent]]
    figures: Sequence[tuple[Span, str, str]]
    style: Style


def read_gold(folder: Path, tags: Sequence[Tag] | None, *, real: bool, judges: Mapping[str, ActorWeights] | None = None) -> list[GoldEntry]:
    """Return the entries of a folder of annotations; `real` takes places and actors from the stages, else from the annotation.

    `tags` are those of the entries, by taggers that had not seen them (None: by the shipped one); `judges` are actor models by the id of
    the entries that they are to be used on, in place of the shipped one.
    Raises FileNotFoundError where the folder has no annotation.
    """
    raw = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    if not raw:
        raise FileNotFoundError(f"{folder} holds no annotated entry (*.json); name the folder that does")
    entries = [_entry(item) for item in raw]
    dates = list(find_dates(entries, DateWords.load()))
    tokens = list(parse_tokens(entries, dates, TokenWords.load(), Model.load()))
    tags = list(find_tags(entries, tokens, Tagger.load())) if tags is None else tags
    places, actors = _stages(entries, dates, tokens, tags, judges or {}) if real else _annotated(raw)
    of = {item["entry_id"]: item for item in raw}
    return [_aligned(scene, of[scene.entry.entry_id]) for scene in scenes(entries, dates, tokens, tags, places, actors)]


def unseen_judges(gold: Path | None, tags: Path) -> dict[str, ActorWeights]:
    """Return, for each entry to learn from, an actor model that had not seen it: actors found in it are as good as in any other text."""
    sys.path.append(str(Path(__file__).resolve().parents[1] / "actors"))
    from actor_gold import read_examples
    from fit_actors import unseen

    return {entry_id: ActorWeights.of(saved) for saved, ids in unseen(read_examples(gold, tags)) for entry_id in ids}


def _stages(
    entries: Sequence[Entry], dates: Any, tokens: Sequence[Token], tags: Sequence[Tag], judges: Mapping[str, ActorWeights]
) -> tuple[list[Place], list[Actor]]:
    from pipeline import stages

    said = stages.signature(stages.named("places"))
    tables: dict[str, Any] = {"entries": entries, "crossrefs": [], "dates": dates, "tokens": tokens}
    arguments = {key: tables[row_class.TABLE] for key, row_class in said.reads.items()}
    resources = {key: resource.load() for key, resource in said.resources.items()}
    places: list[Place] = list(stages.load(stages.named("places"))(**arguments, **resources))
    words, shipped, countries = ActorWords.load(), ActorWeights.load(), Countries.load()
    tokens_of, tags_of, places_of = by_entry(tokens), by_entry(tags), by_entry(places)
    actors = [
        actor
        for key, entry in ((entry.entry_id, entry) for entry in entries)
        for actor in find_actors([entry], tokens_of[key], tags_of[key], places_of[key], words, judges.get(key, shipped), countries)
    ]
    return places, actors


def _annotated(raw: Sequence[dict[str, Any]]) -> tuple[list[Place], list[Actor]]:
    places, actors = [], []
    for item in raw:
        for place in item["places"]:
            start, end = locate(item["text"], place)
            places.append(
                Place(
                    entry_id=item["entry_id"], start=start, end=end, text=place["text"], name=place["text"], iso3=place["iso3"],
                    level=place["level"], use=place["use"], admin1=None, lat=None, lon=None, geonameid=None, geo_precision=None,
                    match="exact", score=None, ambiguous=False,
                )
            )  # fmt: skip
        for actor in item["actors"]:
            for mention in actor["mentions"]:
                start, end = locate(item["text"], mention)
                actors.append(
                    Actor(
                        entry_id=item["entry_id"], start=start, end=end, text=mention["text"], actor_id=actor["id"],
                        name=actor["name"], type=actor["type"], iso3=actor.get("iso3"), match="lexicon",
                    )
                )  # fmt: skip
    return places, actors


def _entry(item: Mapping[str, Any]) -> Entry:
    year, month = map(int, item["month"].split("-"))
    first, _, rest = item["text"].partition("\n")
    headed = bool(rest) and len(first.split()) <= HEADLINE_WORDS and not DATED.search(first)
    situation = Situations.load().named(item["country"])
    countries = situation.countries if situation else ()
    return Entry(
        entry_id=item["entry_id"], situation=item["country"], countries=countries, region=None, month=dt.date(year, month, 1),
        month_source="given", month_confidence=1.0, month_evidence=None, trend=None, risk_alert=None, resolution_opportunity=None,
        headline=first if headed else None, text=item["text"], situation_as_written=None, situation_source="given", document_ids=(),
        superseded_by=None,
    )  # fmt: skip


def locate(text: str, span: Mapping[str, Any]) -> Span:
    """Return the offsets of an annotated span: the n-th occurrence of its text."""
    at = -1
    for _ in range(span.get("n", 1)):
        at = text.find(span["text"], at + 1)
    if at < 0:
        raise ValueError(f"{span['text']!r} is not in the text {span.get('n', 1)} times")
    return at, at + len(span["text"])


def _aligned(scene: Scene, item: dict[str, Any]) -> GoldEntry:
    label = {row.code: row.label for row in Typology.load().types.values()}
    mentions = {actor["id"]: tuple(locate(item["text"], m) for m in actor["mentions"]) for actor in item["actors"]}
    events: dict[int, list[GoldEvent]] = defaultdict(list)
    for event in item["events"]:
        span = locate(item["text"], event["trigger"])
        head = scene.parse.head_of(*span)
        if head is not None:
            sides = {side: tuple(mentions[a] for a in event[side]) for side in ("source", "target")}
            events[head].append(
                GoldEvent(
                    span, label[event["type"]], (event["from"], event["to"]), event["realis"], frozenset(event["places"]), sides,
                    tuple(event["figures"]),
                )
            )  # fmt: skip
    figures = [(locate(item["text"], figure), figure["kind"], figure["scope"]) for figure in item["figures"]]
    return GoldEntry(scene, dict(events), figures, style_of(item))


def touches(start: int, end: int, spans: Iterator[Span] | Sequence[Span]) -> bool:
    """Tell whether the characters from `start` to `end` overlap one of the spans."""
    return any(a < end and b > start for a, b in spans)
