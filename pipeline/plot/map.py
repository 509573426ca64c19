"""Map: where events are placed, never finer than the text. Rings are places; a country known only as such is hatched, with its count."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.plot.render import Wanted

OUTLINES = Path(__file__).resolve().parents[1] / "explorer" / "outlines.json"
# UCDP precision 1 to 3 is a place or a second-level unit; 4 a first-level one; 5 to 7 a country, a line, nothing at all.
FINE, COARSE = 3, 5
MARGIN_DEGREES = 2.0
WIDTH_TO_HEIGHT = 1.6
# No entry is on Antarctica, and flat maps tear it apart.
LEFT_OUT = frozenset({"ATA"})


def data(out: Path, wanted: Wanted) -> pd.DataFrame:
    """Return a row a place of actual events: iso3, place, lat, lon, geo_precision, events, killed_best.

    What is placed no finer than a country has no place, lat and lon.
    """
    import pandas as pd

    from pipeline.frames import load_table
    from pipeline.plot.render import NothingToPlot

    entries = wanted.of(load_table("entries", out))
    events = load_table("events", out)
    told = events[events["entry_id"].isin(entries["entry_id"]) & (events["realis"] == "actual") & events["iso3"].notna()]
    if told.empty:
        raise NothingToPlot(f"{wanted.situation or 'any situation'}: no event of those months has a country")
    told = told.assign(killed_best=told["killed_best"].fillna(0))
    whole = told["geo_precision"].fillna(COARSE + 1) >= COARSE
    keys = ["iso3", "place", "lat", "lon"]
    sums = {"geo_precision": ("geo_precision", "min"), "events": ("type", "size"), "killed_best": ("killed_best", "sum")}
    places = told[~whole].groupby(keys).agg(**sums).reset_index()
    countries = told[whole].groupby("iso3").agg(**sums).reset_index()
    both = pd.concat([places, countries], ignore_index=True)
    return both.sort_values(["events", "iso3", "place"], ascending=[False, True, True], kind="stable")[[*keys, *sums]].reset_index(
        drop=True
    )


def draw(frame: pd.DataFrame, wanted: Wanted) -> Any:
    """Return the figure; a ring's area is the number of events, its line is dashed for first-level units."""
    from matplotlib.figure import Figure

    points = frame[frame["lat"].notna()]
    counts = frame[frame["lat"].isna()].set_index("iso3")["events"]
    shapes = {iso3: list(rings) for iso3, rings in read_outlines()}
    box = _box(points, [shapes[iso3] for iso3 in counts.index if iso3 in shapes])
    figure = Figure(figsize=(8, 5.2), layout="constrained")
    axes = figure.subplots()
    for iso3, rings in shapes.items():
        for ring in rings:
            hatch = "...." if iso3 in counts.index else None
            axes.fill(*zip(*ring, strict=True), facecolor="#f4f4f4", edgecolor="#aaaaaa", linewidth=0.4, hatch=hatch)
        if iso3 in counts.index:
            axes.annotate(f"{counts[iso3]}", _middle(rings), ha="center", va="center", fontsize=7, color="#000000", annotation_clip=True)
    _draw_rings(axes, points)
    # A box as wide for its height as the page is, so that no degree is stretched and no line is cut.
    axes.set_xlim(*_stretched(box[0], box[1], (box[3] - box[2]) * WIDTH_TO_HEIGHT))
    axes.set_ylim(*_stretched(box[2], box[3], (box[1] - box[0]) / WIDTH_TO_HEIGHT))
    axes.set_aspect("equal", adjustable="box")
    axes.set_xticks([])
    axes.set_yticks([])
    axes.spines[:].set_visible(False)
    axes.set_title(
        wanted.title(
            "events by place", "ring: its area is their number; dashed: first-level unit; dotted country and number: placed no finer"
        )
    )
    return figure


def _draw_rings(axes: Any, points: pd.DataFrame) -> None:
    for fine, line in ((False, "--"), (True, "-")):
        chosen = points[(points["geo_precision"] <= FINE) == fine]
        lon, lat, sizes = (chosen[name].astype(float) for name in ("lon", "lat", "events"))
        axes.scatter(lon, lat, s=sizes * 14, facecolors="none", edgecolors="#000000", linewidths=0.8, linestyles=line)


def _stretched(low: float, high: float, least: float) -> tuple[float, float]:
    more = max(0.0, least - (high - low)) / 2
    return low - more, high + more


def read_outlines() -> Iterator[tuple[str, Iterator[list[tuple[float, float]]]]]:
    """Yield each country's ISO3 code and its rings as lists of longitude and latitude."""
    packed = json.loads(OUTLINES.read_text(encoding="utf-8"))
    arcs = [list(_absolute(arc, packed["step"])) for arc in packed["arcs"]]
    for iso3, rings in packed["countries"].items():
        if iso3 not in LEFT_OUT:
            yield iso3, (_on_one_side(_joined(ring, arcs)) for ring in rings)


def _on_one_side(ring: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a ring that crosses the date line drawn beyond 180 degrees, not back across the whole map."""
    xs = [x for x, _ in ring]
    return [(x + 360 if x < 0 else x, y) for x, y in ring] if max(xs) - min(xs) > 180 else ring


def _absolute(arc: list[int], step: float) -> Iterator[tuple[float, float]]:
    x = y = 0
    for dx, dy in zip(arc[::2], arc[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x * step, y * step


def _joined(ring: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    return [point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]


def _middle(rings: list[list[tuple[float, float]]]) -> tuple[float, float]:
    """Return the middle of the largest ring's box: where a country's count stands."""
    largest = max(rings, key=_area)
    xs, ys = zip(*largest, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _area(ring: list[tuple[float, float]]) -> float:
    xs, ys = zip(*ring, strict=True)
    return float((max(xs) - min(xs)) * (max(ys) - min(ys)))


def _box(points: pd.DataFrame, shapes: list[list[list[tuple[float, float]]]]) -> tuple[float, float, float, float]:
    largest = [max(rings, key=_area) for rings in shapes]
    lons = [*points["lon"].astype(float), *(x for ring in largest for x, _ in ring)]
    lats = [*points["lat"].astype(float), *(y for ring in largest for _, y in ring)]
    return min(lons) - MARGIN_DEGREES, max(lons) + MARGIN_DEGREES, min(lats) - MARGIN_DEGREES, max(lats) + MARGIN_DEGREES
