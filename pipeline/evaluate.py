"""Scores on annotated entries: the tables' rows held against gold spans, figure by figure.

Gold is one JSON file an entry: `country`, `month`, `text`, and lists `dates`, `figures`, `places`, `actors`, `events` whose
spans are given as `text` and `n`, the how-manieth occurrence of it in the entry's text. An entry is found by its
situation and month; spans are compared by their characters other than white space, so that line breaks do not matter.
Two spans match where they share a character; each gold item is matched once, the largest share first.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.tables import Actor, Casualty, Date, Entry, Event, EventRole, Place
from pipeline.typology import Typology

Item = Mapping[str, Any]
Same = Callable[[Item, Item], bool]


class GoldError(ValueError):
    """The gold folder is missing, empty, or holds a file that cannot be read; the message names it."""


@dataclass(slots=True)
class Score:
    """Counts of one figure over all entries, and what was missed or false, for reading."""

    gold: int = 0
    found: int = 0
    hits: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the found that are right."""
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that is found."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(slots=True)
class Evaluation:
    """Scores by figure, and the gold entries that were not found whole."""

    scores: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    entries: int = 0
    lost: list[str] = field(default_factory=list)

    def as_text(self, misses: int = 0) -> str:
        """Return a line a figure; with `misses`, up to so many of its misses and false ones below it."""
        lines = [f"{'entries':20} {self.entries - len(self.lost)}/{self.entries} found whole", *(f"    lost: {name}" for name in self.lost)]
        for name, s in self.scores.items():
            lines.append(f"{name:20} P {s.precision:.3f}  R {s.recall:.3f}  F1 {s.f1:.3f}  gold {s.gold}, found {s.found}")
            lines += [f"    missed {line}" for line in s.missed[:misses]] + [f"    false  {line}" for line in s.false[:misses]]
        return "\n".join(lines)


def evaluate_tables(out: Path, gold: Path) -> Evaluation:
    """Return the scores of the tables in `out` on the annotated entries in `gold`; raises GoldError."""
    result = Evaluation()
    tables = _Tables(out)
    kinds = Typology.load()
    labels = {kind.code: (kind.label, kind.family) for kind in kinds.types}
    for annotated in _read_gold(gold):
        name = f"{annotated['country']} {annotated['month']}"
        entry = tables.entry(annotated)
        result.entries += 1
        if entry is None:
            result.lost.append(name)
        steps = _solid(annotated["text"])
        wanted = _wanted(annotated, steps, labels)
        _score(result.scores, name, wanted, tables.items(entry) if entry else defaultdict(list))
    return result


def _read_gold(folder: Path) -> Iterator[dict[str, Any]]:
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise GoldError(f"{folder} holds no annotated entries (*.json); name the folder with --gold")
    for path in paths:
        try:
            yield json.loads(path.read_text(encoding="utf-8"))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise GoldError(f"{path}: {error}") from None


def _solid(text: str) -> list[int]:
    """Return, for each offset, the number of characters before it that are no white space."""
    counts = [0]
    for char in text:
        counts.append(counts[-1] + (not char.isspace()))
    return counts


def _name(situation: str) -> str:
    folded = unicodedata.normalize("NFKD", situation).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]", "", folded)


class _Tables:
    """The tables of a run, by entry."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.entries: dict[tuple[str, str], list[tuple[str, Entry]]] = defaultdict(list)
        for label in store.labels(out, Entry):
            for entry in store.read(Entry, store.part(out, Entry, label)):
                self.entries[_name(entry.situation or ""), label].append((label, entry))
        if not self.entries:
            raise FileNotFoundError(f"no table entries in {out}; run `crisiswatch run` first")
        self.cache: dict[tuple[str, str], dict[str, list[Any]]] = {}

    def entry(self, annotated: Item) -> tuple[str, Entry] | None:
        """Return the entry of the same situation, month and characters, with its partition's label."""
        solid = "".join(annotated["text"].split())
        for label, entry in self.entries[_name(annotated["country"]), annotated["month"]]:
            if "".join(entry.text.split()) == solid:
                return label, entry
        return None

    def rows(self, row_class: type[store.Row], label: str, entry_id: str) -> list[Any]:
        """Return the entry's rows of a table; each partition is read once."""
        key = (row_class.TABLE, label)
        if key not in self.cache:
            by_entry: dict[str, list[Any]] = defaultdict(list)
            path = store.part(self.out, row_class, label)
            for row in store.read(row_class, path) if path.is_file() else ():
                by_entry[row.entry_id].append(row)  # type: ignore[attr-defined]
            self.cache[key] = by_entry
        return self.cache[key].get(entry_id, [])

    def items(self, found: tuple[str, Entry]) -> dict[str, list[dict[str, Any]]]:
        """Return the entry's facts in the shape gold facts are put in."""
        label, entry = found
        steps = _solid(entry.text)
        out: dict[str, list[dict[str, Any]]] = defaultdict(list)
        roles = self.rows(EventRole, label, entry.entry_id)
        for name, row_class in (("dates", Date), ("figures", Casualty), ("places", Place), ("actors", Actor), ("events", Event)):
            for row in self.rows(row_class, label, entry.entry_id):
                item = {key: getattr(row, key) for key in store.columns(row_class)}
                item["span"] = (steps[row.start], steps[row.end])
                if name == "events":
                    for role in ("source", "target"):
                        item[f"{role}s"] = [(steps[r.start], steps[r.end]) for r in roles if r.event_id == row.event_id and r.role == role]
                out[name].append(item)
        return out


def _wanted(annotated: Item, steps: Sequence[int], labels: Mapping[str, tuple[str, str]]) -> dict[str, list[dict[str, Any]]]:
    """Return the gold facts with the names and values of the tables' columns."""
    text = annotated["text"]

    def span(item: Item) -> tuple[int, int]:
        at = -1
        for _ in range(item.get("n", 1)):
            at = text.find(item["text"], at + 1)
        if at < 0:
            raise GoldError(f"{annotated['country']} {annotated['month']}: {item['text']!r} ({item.get('n', 1)}) is not in the text")
        return steps[at], steps[at + len(item["text"])]

    mentions = {actor["id"]: [span(mention) for mention in actor["mentions"]] for actor in annotated["actors"]}
    return {
        "dates": [{"span": span(d), "text": d["text"], "date_from": d["from"], "date_to": d["to"]} for d in annotated["dates"]],
        "figures": [f | {"span": span(f), "implicit": bool(f.get("implicit"))} for f in annotated["figures"]],
        "places": [p | {"span": span(p)} for p in annotated["places"]],
        "actors": [
            {"span": at, "text": mention["text"], "type": actor["type"], "iso3": actor.get("iso3")}
            for actor in annotated["actors"]
            for mention, at in zip(actor["mentions"], mentions[actor["id"]], strict=True)
        ],
        "events": [
            {
                "span": span(e["trigger"]), "text": e["trigger"]["text"], "type": labels[e["type"]][0], "family": labels[e["type"]][1],
                "date_from": e["from"], "date_to": e["to"], "realis": e["realis"],
                "sources": [mentions[a] for a in e["source"]], "targets": [mentions[a] for a in e["target"]],
            }
            for e in annotated["events"]
        ],
    }  # fmt: skip


def _equal(*names: str) -> Same:
    def same(one: Item, other: Item) -> bool:
        return all(_plain(one.get(name)) == _plain(other.get(name)) for name in names)

    return same


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


FIGURES: tuple[tuple[str, str, Callable[[Item], bool], Same], ...] = (
    ("dates found", "dates", lambda _: True, _equal()),
    ("dates resolved", "dates", lambda _: True, _equal("date_from", "date_to")),
    ("figures found", "figures", lambda f: not f["implicit"], _equal("kind")),
    ("figures right", "figures", lambda f: not f["implicit"], _equal("kind", "low", "best", "high")),
    ("figures scoped", "figures", lambda f: not f["implicit"], _equal("kind", "low", "best", "high", "scope")),
    ("figures victims", "figures", lambda f: not f["implicit"], _equal("kind", "victims")),
    ("figures attributed", "figures", lambda f: not f["implicit"], _equal("kind", "attribution")),
    ("implicit figures", "figures", lambda f: bool(f["implicit"]), _equal("kind")),
    ("places found", "places", lambda p: p["use"] != "attribute", _equal()),
    ("places right", "places", lambda p: p["use"] != "attribute", _equal("iso3")),
    ("locations", "places", lambda p: p["use"] == "location", _equal("iso3")),
    ("actors found", "actors", lambda _: True, _equal()),
    ("actors typed", "actors", lambda _: True, _equal("type")),
    ("actors placed", "actors", lambda _: True, _equal("iso3")),
    ("events found", "events", lambda _: True, _equal()),
    ("events family", "events", lambda _: True, _equal("family")),
    ("events typed", "events", lambda _: True, _equal("type")),
    ("events dated", "events", lambda _: True, _equal("type", "date_from", "date_to")),
    ("events realis", "events", lambda _: True, _equal("type", "realis")),
)


def _score(
    scores: dict[str, Score], entry: str, gold: Mapping[str, list[dict[str, Any]]], found: Mapping[str, list[dict[str, Any]]]
) -> None:
    for name, table, counts, same in FIGURES:
        wanted = [item for item in gold[table] if counts(item)]
        # What gold calls an attribute ("U.S. President") may be given or left out.
        free = [item["span"] for item in gold[table] if item.get("use") == "attribute"]
        got = [item for item in found[table] if counts(item) and not any(_shared(item["span"], span) for span in free)]
        pairs = _paired(wanted, got, same)
        score = scores[name]
        score.gold += len(wanted)
        score.found += len(got)
        score.hits += len(pairs)
        hit_gold, hit_found = {id(g) for g, _ in pairs}, {id(f) for _, f in pairs}
        score.missed += [f"{entry}: {_shown(item)}" for item in wanted if id(item) not in hit_gold]
        score.false += [f"{entry}: {_shown(item)}" for item in got if id(item) not in hit_found]
        if name == "events typed":
            _score_roles(scores, pairs)


def _score_roles(scores: dict[str, Score], pairs: Sequence[tuple[Item, Item]]) -> None:
    for role in ("sources", "targets"):
        score = scores[f"roles {role}"]
        for gold, found in pairs:
            reached = sum(any(_shared(span, other) for span in actor for other in found[role]) for actor in gold[role])
            score.gold += len(gold[role])
            score.found += len(found[role])
            score.hits += reached


def _shown(item: Item) -> str:
    hidden = {"span", "entry_id", "start", "end", "mentions", "n", "sources", "targets", "event_id"}
    return ", ".join(f"{key} {_plain(value)}" for key, value in item.items() if key not in hidden and value is not None)


def _shared(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _paired(gold: Sequence[Item], found: Sequence[Item], same: Same) -> list[tuple[Item, Item]]:
    """Return one-to-one pairs of items that share characters and are the same, those that share most first."""
    ranked = []
    for i, wanted in enumerate(gold):
        for j, got in enumerate(found):
            if (shared := _shared(wanted["span"], got["span"])) and same(wanted, got):
                widest = max(wanted["span"][1] - wanted["span"][0], got["span"][1] - got["span"][0])
                ranked.append((-shared / widest, i, j))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for _, i, j in sorted(ranked):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((gold[i], found[j]))
    return pairs
