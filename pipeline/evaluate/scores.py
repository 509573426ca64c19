"""Scores: gold facts and found facts paired one to one, figure by figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Item = Mapping[str, Any]
Same = Callable[[Item, Item], bool]


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
    ("places found", "places", lambda _: True, _equal()),
    ("places right", "places", lambda _: True, _equal("iso3")),
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


def score_entry(
    scores: dict[str, Score], entry: str, gold: Mapping[str, list[dict[str, Any]]], found: Mapping[str, list[dict[str, Any]]]
) -> None:
    for name, table, counts, same in FIGURES:
        wanted = [item for item in gold[table] if counts(item) and item.get("use") != "attribute"]
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
