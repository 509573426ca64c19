"""How many: which casualty figures hang on an event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.events.linear import Linear
from pipeline.events.parse import lemma
from pipeline.events.scene import Scene
from pipeline.events.ties import relation, tie
from pipeline.tables import Figure
from pipeline.tags.heard import level

# Set by hand after a few trials (docs/events.md, "How the settings were chosen").
THRESHOLD = 0.3


def assign_figures(scene: Scene, events: Sequence[tuple[int, str]], figures: Iterable[Figure], model: Linear) -> dict[int, list[Figure]]:
    """Return the figures of each event, given as (trigger, type), by the event's rank in `events`; a figure hangs on one event at most."""
    heads = [(figure, k) for figure in figures if (k := scene.parse.head_of(figure.start, figure.end)) is not None]
    pairs = [(f, n) for f, (_, k) in enumerate(heads) for n, (i, _) in enumerate(events) if i in scene.parse.sentence(k)]
    seen = [figure_features(scene, events[n][0], heads[f][1], events[n][1], heads[f][0].kind, heads[f][0].scope) for f, n in pairs]
    best: dict[int, tuple[float, int]] = {}
    for (f, n), chance in zip(pairs, model.column("yes", seen), strict=True):
        if chance >= THRESHOLD:
            best[f] = max(best.get(f, (0.0, 0)), (chance, -n))
    out: dict[int, list[Figure]] = {}
    for f, (_, n) in sorted(best.items()):
        out.setdefault(-n, []).append(heads[f][0])
    return out


def figure_features(scene: Scene, i: int, k: int, label: str, kind: str, scope: str) -> list[str]:
    """Return what ties the figure headed by word `k` to the trigger `i`."""
    bond = relation(scene.parse, i, k)
    return [
        "bias", *tie(scene.parse, i, k, [k]), f"kind={kind}", f"label={label}", f"label/kind={label}/{kind}", f"rel={bond}",
        f"rel/kind={bond}/{kind}", f"word/kind={lemma(scene.parse, i)}/{kind}", f"scope={scope}", f"scope/label={scope}/{label}",
        f"tag={level(scene.heard.role('figure', i, [k]))}",
    ]  # fmt: skip
