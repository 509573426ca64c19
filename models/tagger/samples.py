"""Annotated entries as the network learns from them: windows of word pieces with the answers beside them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.tables import Entry, Token
from pipeline.tags.pieces import Vocabulary, Window, windows
from pipeline.typology import Typology

sys.path.append(str(Path(__file__).resolve().parents[1] / "actors"))
from actor_gold import entry_of, locate, parse, read_gold
from styles import Style, style_of

INVENTED = Path(__file__).resolve().parents[1] / "invented"
REALIS = ("actual", "claimed", "reported", "denied", "planned")
SCOPES = ("incident", "part", "cumulative", "repeat", "not_actual")
RELATIONS = ("source", "target", "date", "figure")
NOTHING = "O"
# The chance that an epoch has an entry: invented ones that are denser than real text are read less often.
SHARES: Mapping[Style, float] = {"tracker": 1.0, "plain": 1.0, "dense": 0.3, "early": 0.3}

Span = tuple[int, int]


@dataclass(frozen=True)
class Sample:
    """A window with its answers by token: class names by head and token, and related tokens by relation and trigger.

    `weight` is how much it counts in the loss, `share` the chance that an epoch has it.
    """

    entry_id: str
    window: Window
    classes: Mapping[str, Mapping[int, str]]
    related: Mapping[int, Mapping[str, frozenset[int]]]
    weight: float
    share: float


def read_samples(folder: Path, weight: float, vocabulary: Vocabulary) -> dict[str, list[Sample]]:
    """Return the samples of a folder's annotated entries, by entry."""
    golds = read_gold(folder)
    tokens = parse(golds)
    return {gold["entry_id"]: list(samples(gold, entry_of(gold), tokens[gold["entry_id"]], weight, vocabulary)) for gold in golds}


def samples(gold: Mapping[str, Any], entry: Entry, tokens: Sequence[Token], weight: float, vocabulary: Vocabulary) -> Iterator[Sample]:
    """Yield the windows of an entry with their answers."""
    answers = Answers(gold, tokens)
    for window in windows(entry, tokens, vocabulary):
        classes = {name: {i: label for i, label in labels.items() if i in window.at} for name, labels in answers.classes.items()}
        related = {i: answers.related(i, window) for i in classes["event"]}
        yield Sample(entry.entry_id, window, classes, related, weight, SHARES[style_of(gold)])


class Answers:
    """What the annotation says of an entry's tokens."""

    def __init__(self, gold: Mapping[str, Any], tokens: Sequence[Token]) -> None:
        self.gold, self.tokens = dict(gold), tokens
        label = {row.code: row.label for row in Typology.load().types.values()}
        self.classes: dict[str, dict[int, str]] = {"event": {}, "realis": {}, "actor": {}, "figure": {}, "scope": {}}
        self.events: dict[int, list[Mapping[str, Any]]] = {}
        for event in gold["events"]:
            inside = self.inside(locate(gold["text"], event["trigger"]))
            heads = [i for i in inside if tokens[i].head not in inside or tokens[i].head == i]
            for i in heads[:1]:
                self.classes["event"].setdefault(i, label[event["type"]])
                self.classes["realis"].setdefault(i, event["realis"])
                self.events.setdefault(i, []).append(event)
        for actor in gold["actors"]:
            for mention in actor["mentions"]:
                for n, i in enumerate(self.inside(locate(gold["text"], mention))):
                    self.classes["actor"][i] = f"{'I' if n else 'B'}-{actor['type']}"
        for figure in gold["figures"]:
            for i in self.inside(locate(gold["text"], figure)):
                self.classes["figure"][i] = figure["kind"] + ("?" if figure["implicit"] else "")
                self.classes["scope"][i] = figure["scope"]

    def inside(self, span: Span) -> list[int]:
        """Return the tokens that overlap a span."""
        return [token.i for token in self.tokens if token.start < span[1] and token.end > span[0]]

    def related(self, i: int, window: Window) -> dict[str, frozenset[int]]:
        """Return the tokens of the window that belong to the trigger `i`, by relation."""
        text, events = self.gold["text"], self.events[i]
        mentions = {actor["id"]: [locate(text, mention) for mention in actor["mentions"]] for actor in self.gold["actors"]}
        spans: dict[str, list[list[Span]]] = {
            side: [mentions[actor] for event in events for actor in event[side] if actor in mentions] for side in ("source", "target")
        }
        days = [(event["from"], event["to"]) for event in events]
        spans["date"] = [[locate(text, date)] for date in self.gold["dates"] if _same_day(date, days)]
        spans["figure"] = [[locate(text, self.gold["figures"][n])] for event in events for n in event["figures"]]
        return {name: frozenset(k for group in groups for k in self._nearest(i, group, window)) for name, groups in spans.items()}

    def _nearest(self, i: int, spans: Sequence[Span], window: Window) -> Iterator[int]:
        """Yield the tokens of those of the spans in the trigger's sentence, else of the one before that is nearest in the window."""
        places = [held for span in spans if (held := self.inside(span)) and held[0] in window.at]
        near = [held for held in places if self.tokens[held[0]].sentence == self.tokens[i].sentence]
        before = [held for held in places if held[0] < i]
        for held in near or before[-1:]:
            yield from held


def _same_day(date: Mapping[str, Any], days: Sequence[tuple[str | None, str | None]]) -> bool:
    return any(first is not None and date["from"] == first and last in {date["to"], None} for first, last in days)


def names_of(groups: Sequence[Sequence[Sample]]) -> dict[str, list[str]]:
    """Return the classes of each head; the first, of what nobody annotated, is "O" where a word may be nothing."""
    seen: dict[str, set[str]] = {}
    for group in groups:
        for sample in group:
            for name, labels in sample.classes.items():
                seen.setdefault(name, set()).update(labels.values())
    return {
        "event": [NOTHING, *sorted(seen["event"])], "actor": [NOTHING, *sorted(seen["actor"])],
        "figure": [NOTHING, *sorted(seen["figure"])], "realis": list(REALIS), "scope": list(SCOPES),
    }  # fmt: skip


def read_vocabulary() -> Vocabulary:
    """Return the vocabulary beside this file."""
    lines = (Path(__file__).resolve().parent / "vocab.txt").read_text(encoding="utf-8").splitlines()
    return Vocabulary({piece: n for n, piece in enumerate(lines)})


__all__ = ["INVENTED", "NOTHING", "RELATIONS", "Sample", "names_of", "read_samples", "read_vocabulary"]
