"""How many: which casualty figures hang on an event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.events.linear import Linear
from pipeline.events.parse import lemma
from pipeline.events.scene import Scene
from pipeline.events.ties import relation, tie
from pipeline.tables import Casualty

# Set by hand after a few trials (docs/events.md, "How the settings were chosen").
THRESHOLD = 0.3


def assign_figures(
    scene: Scene, events: Sequence[tuple[int, str]], figures: Iterable[Casualty], model: Linear
) -> dict[int, list[Casualty]]:
    """Return the figures of each event, given as (trigger, type), by the event's rank in `events`; a figure hangs on one event at most."""
    out: dict[int, list[Casualty]] = {}
    figures = list(figures)
    for figure in figures:
        k = scene.parse.head_of(figure.start, figure.end)
        if k is None:
            continue
        sentence = scene.parse.sentence(k)
        near = [(n, i, label) for n, (i, label) in enumerate(events) if i in sentence]
        chances = model.column("yes", [figure_features(scene, i, k, label, figure.kind, figure.scope) for _, i, label in near])
        chance, n = max(((chance, -n) for (n, _, _), chance in zip(near, chances, strict=True)), default=(0.0, 0))
        if chance >= THRESHOLD:
            out.setdefault(-n, []).append(figure)
    return out


def figure_features(scene: Scene, i: int, k: int, label: str, kind: str, scope: str) -> list[str]:
    """Return what ties the figure headed by word `k` to the trigger `i`."""
    bond = relation(scene.parse, i, k)
    return [
        "bias", *tie(scene.parse, i, k, [k]), f"kind={kind}", f"label={label}", f"label/kind={label}/{kind}", f"rel={bond}",
        f"rel/kind={bond}/{kind}", f"word/kind={lemma(scene.parse, i)}/{kind}", f"scope={scope}", f"scope/label={scope}/{label}",
    ]  # fmt: skip
