"""Which words are triggers, and of what: every candidate is judged at a glance, those left twice
more closely, the second time knowing the verdicts on its neighbours."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.events.features import candidates, glance, glance_numbers, trigger_features, trigger_numbers
from pipeline.events.light import LightVerbs, give_way
from pipeline.events.models import EventModels
from pipeline.events.scene import Scene
from pipeline.events.surroundings import topic
from pipeline.events.triggers import Triggers, Votes
from pipeline.events.verdicts import Verdict

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# At a glance, six candidates of ten have less than this chance; to pass them over costs 0.2 points of F1 (docs/events.md).
PASSES = 0.2
# From this chance on, a first verdict counts as an event in the second look.
LIKELY = 0.5


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The first verdicts on an entry by rank, and the ranks of those judged and of the likely events among them, by sentence."""

    of: Mapping[int, Verdict]
    judged: Mapping[int, Sequence[int]]
    likely: Mapping[int, Sequence[int]]

    @classmethod
    def of_entry(cls, scene: Scene, verdicts: Sequence[Verdict]) -> FirstLook:
        """Sort the verdicts, given in reading order, by sentence."""
        judged: dict[int, list[int]] = defaultdict(list)
        likely: dict[int, list[int]] = defaultdict(list)
        for verdict in verdicts:
            sentence = scene.parse.tokens[verdict.i].sentence
            judged[sentence].append(verdict.i)
            if verdict.chance > LIKELY:
                likely[sentence].append(verdict.i)
        return cls({verdict.i: verdict for verdict in verdicts}, dict(judged), dict(likely))


def judge(scene: Scene, triggers: Triggers, light: LightVerbs, models: EventModels, passes: float = PASSES) -> list[Verdict]:
    """Return the second verdict on every candidate of the entry that is worth one, in reading order; light verbs give way to nouns."""
    import numpy as np

    votes = Votes(scene.parse, triggers)
    ranks = passing(scene, candidates(scene, votes), votes, models, passes)
    if not ranks:
        return []
    known = models.linear["detector"].known
    seen = [known(trigger_features(scene, i, votes)) for i in ranks]
    # The detector does better without the topic, which says what an event would be about, not that there is one.
    topics = _topics(scene, ranks, known)
    numbers = trigger_numbers(scene, ranks, models.vectors)
    first = FirstLook.of_entry(scene, _verdicts(models, ("detector", "types"), ranks, seen, topics, numbers))
    seen = [rows + known(second_look(scene, i, first)) for i, rows in zip(ranks, seen, strict=True)]
    numbers = np.hstack([numbers, np.array([[standing(first.of[i])] for i in ranks], np.float32).reshape(-1, 1)])
    second = _verdicts(models, ("detector2", "types2"), ranks, seen, topics, numbers)
    return give_way(scene.parse, second, votes, light)


def passing(scene: Scene, ranks: Sequence[int], votes: Votes, models: EventModels, least: float) -> list[int]:
    """Return the candidates that are worth a closer look: whose chance at a glance is not below `least`."""
    model = models.linear["glance"]
    seen = [model.known(glance(scene, i, votes)) for i in ranks]
    chances = model.probabilities(seen, glance_numbers(scene, ranks, models.vectors))[:, model.classes.index("yes")]
    return [i for i, chance in zip(ranks, chances.tolist(), strict=True) if chance >= least]


def _topics(scene: Scene, ranks: Sequence[int], known: Callable[[Iterable[str]], list[int]]) -> list[list[int]]:
    """Return the rows of each candidate's topic, which those of a line share; the opening sentence itself has none."""
    shared: dict[int | None, list[int]] = {}
    out = []
    for i in ranks:
        opening = scene.parse.opening(i)
        line = None if i in opening else opening.start
        if line not in shared:
            shared[line] = known(topic(scene, i))
        out.append(shared[line])
    return out


def _verdicts(
    models: EventModels,
    names: tuple[str, str],
    ranks: Sequence[int],
    seen: Sequence[list[int]],
    topics: Sequence[list[int]],
    numbers: NDArray[np.float32],
) -> list[Verdict]:
    detector, types = (models.linear[name] for name in names)
    chances = detector.probabilities(seen, numbers)[:, detector.classes.index("yes")]
    shares = types.probabilities([a + b for a, b in zip(seen, topics, strict=True)], numbers)
    best = shares.argmax(axis=1)
    return [
        Verdict(i, chance, types.classes[k], share)
        for i, chance, k, share in zip(ranks, chances.tolist(), best.tolist(), shares.max(axis=1).tolist(), strict=True)
    ]


def standing(verdict: Verdict) -> float:
    """Return the first verdict on a candidate as the number that the second look sees."""
    return math.log((verdict.chance + 1e-4) / (1 - verdict.chance + 1e-4)) / 4


def second_look(scene: Scene, i: int, first: FirstLook) -> list[str]:
    """Return what the first verdicts on a candidate and on its neighbours in parse, sentence and entry say."""
    own = first.of[i]
    return [
        f"own={_level(own)}", f"own type={own.label}", f"own type={own.label}/{own.share > LIKELY}", *_kin(scene, i, first),
        *_row(scene, i, first), *_told(scene, i, first),
    ]  # fmt: skip


def _level(verdict: Verdict) -> int:
    return int(verdict.chance * 5 - 1e-9)


def _kin(scene: Scene, i: int, first: FirstLook) -> Iterator[str]:
    parse, of = scene.parse, first.of
    token, label = parse.tokens[i], of[i].label
    if token.head in of and token.head != i:
        head = of[token.head]
        yield f"head level={_level(head)}/{token.dep}"
        if head.chance > LIKELY:
            yield f"head type={head.label}/{token.dep}"
            yield f"head type={head.label}/{label}"
    above = next((of[k] for k in parse.up(i) if k in of and of[k].chance > LIKELY), None)
    if above is not None:
        yield f"above={above.label}/{token.dep}"
        yield f"above same={above.label == label}/{token.dep}/{token.pos}"
    best = max((k for k in first.likely.get(token.sentence, ()) if i in parse.up(k)), key=lambda k: (of[k].chance, -k), default=None)
    if best is not None:
        yield f"below={of[best].label}/{parse.tokens[best].dep}"
        yield f"below={of[best].label}/{label}"
        yield f"below dep={parse.tokens[best].dep}/{parse.tokens[best].head == i}/{token.pos}"
        yield f"below stronger={of[best].chance > of[i].chance}"


def _row(scene: Scene, i: int, first: FirstLook) -> Iterator[str]:
    of, sentence = first.of, scene.parse.tokens[i].sentence
    label = of[i].label
    likely = [k for k in first.likely.get(sentence, ()) if k != i]
    yield f"others={min(len(likely), 4)}"
    yield f"same type in sentence={any(of[k].label == label for k in likely)}"
    stronger = sum(of[k].chance > of[i].chance for k in first.judged[sentence])
    yield f"stronger={min(stronger, 4)}"
    before = max((k for k in likely if k < i), default=None)
    after = min((k for k in likely if k > i), default=None)
    if before is not None:
        yield f"before={of[before].label}"
        yield f"before={of[before].label}/{label}"
        yield f"before near={i - before < 5}"
    if after is not None:
        yield f"after={of[after].label}"
        yield f"after={of[after].label}/{label}"
        yield f"after near={after - i < 5}"


def _told(scene: Scene, i: int, first: FirstLook) -> Iterator[str]:
    """Yield whether an event of that type is told later on in the entry, or was told before in the line."""
    parse, token = scene.parse, scene.parse.tokens[i]
    label, line = first.of[i].label, parse.lines[i]
    alike = {sentence: ranks for sentence, likely in first.likely.items() if (ranks := [k for k in likely if first.of[k].label == label])}
    later = any(sentence > token.sentence for sentence in alike)
    yield f"told later={later}/{scene.headline(i)}/{i in parse.opening(i)}"
    dated = any(scene.anchor_of[k] == i for k in scene.dates_beside(i))
    before = {sentence for sentence, ranks in alike.items() if sentence < token.sentence and parse.lines[ranks[-1]] == line}
    yield f"told before={bool(before)}/{token.pos}/{dated}"
    yield f"told just before={token.sentence - 1 in before}/{token.pos}/{dated}/{token.dep}"
