"""Which words are triggers, and of what: every candidate is judged twice, the second time knowing the verdicts on its neighbours."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.events.features import Features, candidates, trigger_features, type_features
from pipeline.events.models import EventModels
from pipeline.events.scene import Scene
from pipeline.events.triggers import Triggers

# From this chance on, a first verdict counts as an event in the second look.
LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of the word at rank `i`: how likely it is a trigger (0 to 1), of which type, and how sure that is (0 to 1)."""

    i: int
    chance: float
    label: str
    share: float


def judge(scene: Scene, triggers: Triggers, models: EventModels) -> list[Verdict]:
    """Return the second verdict on every candidate of the entry, in reading order."""
    features = {i: trigger_features(scene, i, triggers, models.vectors) for i in candidates(scene, triggers)}
    first = {i: _verdict(models, scene, i, seen, "detector", "types") for i, seen in features.items()}
    return [
        _verdict(models, scene, i, {**seen, **second_look(scene, i, first)}, "detector2", "types2") for i, seen in features.items()
    ]  # fmt: skip


def _verdict(models: EventModels, scene: Scene, i: int, features: Features, detector: str, types: str) -> Verdict:
    chance = models.linear[detector].probabilities(features)["yes"]
    shares = models.linear[types].probabilities(type_features(scene, i, features))
    label = max(shares, key=shares.__getitem__)
    return Verdict(i, chance, label, shares[label])


def second_look(scene: Scene, i: int, first: Mapping[int, Verdict]) -> Features:
    """Return what the first verdicts on a candidate and on its neighbours in parse, sentence and entry say."""
    own = first[i]
    out: Features = {"own": math.log((own.chance + 1e-4) / (1 - own.chance + 1e-4)) / 4}
    names = [f"own={_level(own)}", f"own type={own.label}", f"own type={own.label}/{own.share > LIKELY}"]
    names += _kin(scene, i, first)
    names += _row(scene, i, first)
    out.update(dict.fromkeys(names, 1.0))
    return out


def _level(verdict: Verdict) -> int:
    return int(verdict.chance * 5 - 1e-9)


def _kin(scene: Scene, i: int, first: Mapping[int, Verdict]) -> Iterator[str]:
    parse = scene.parse
    head = parse.tokens[i].head
    if head in first and head != i:
        yield f"head level={_level(first[head])}/{parse.tokens[i].dep}"
        if first[head].chance > LIKELY:
            yield f"head type={first[head].label}/{parse.tokens[i].dep}"
            yield f"head type={first[head].label}/{first[i].label}"
    above = next((k for k in parse.up(i) if k in first and first[k].chance > LIKELY), None)
    if above is not None:
        yield f"above={first[above].label}/{parse.tokens[i].dep}"
        yield f"above same={first[above].label == first[i].label}/{parse.tokens[i].dep}/{parse.tokens[i].pos}"
    below = [k for k in parse.subtree(i) if k != i and k in first and first[k].chance > LIKELY]
    if below:
        best = max(below, key=lambda k: (first[k].chance, -k))
        yield f"below={first[best].label}/{parse.tokens[best].dep}"
        yield f"below={first[best].label}/{first[i].label}"
        yield f"below dep={parse.tokens[best].dep}/{parse.tokens[best].head == i}/{parse.tokens[i].pos}"
        yield f"below stronger={first[best].chance > first[i].chance}"


def _row(scene: Scene, i: int, first: Mapping[int, Verdict]) -> Iterator[str]:
    likely = [k for k in scene.parse.sentence(i) if k in first and k != i and first[k].chance > LIKELY]
    yield f"others={min(len(likely), 4)}"
    yield f"same type in sentence={any(first[k].label == first[i].label for k in likely)}"
    stronger = [k for k in scene.parse.sentence(i) if k in first and first[k].chance > first[i].chance]
    yield f"stronger={min(len(stronger), 4)}"
    before = [k for k in likely if k < i]
    after = [k for k in likely if k > i]
    if before:
        yield f"before={first[before[-1]].label}"
        yield f"before={first[before[-1]].label}/{first[i].label}"
        yield f"before near={i - before[-1] < 5}"
    if after:
        yield f"after={first[after[0]].label}"
        yield f"after={first[after[0]].label}/{first[i].label}"
        yield f"after near={after[0] - i < 5}"
    start, end = scene.parse.sentence(i).start, scene.parse.sentence(i).stop
    told = any(k >= end and v.chance > LIKELY and v.label == first[i].label for k, v in first.items())
    line = scene.parse.lines[i]
    opening = i in scene.parse.sentence(next(t.i for t in scene.parse.tokens if scene.parse.lines[t.i] == line))
    yield f"told later={told}/{scene.headline(i)}/{opening}"
    pos = scene.parse.tokens[i].pos
    same = [k for k, v in first.items() if k < start and scene.parse.lines[k] == line and v.chance > LIKELY and v.label == first[i].label]
    dated = any(scene.anchors(k) == i for k in scene.parse.sentence(i) if k in scene.date_at)
    yield f"told before={bool(same)}/{pos}/{dated}"
    just = any(scene.parse.tokens[k].sentence == scene.parse.tokens[i].sentence - 1 for k in same)
    yield f"told just before={just}/{pos}/{dated}/{scene.parse.tokens[i].dep}"
