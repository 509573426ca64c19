"""Timeline: events a month, one strip a family, with the month's trend above and what the tracker did not cover hatched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.plot.axes import month_axis, shade_uncovered

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.plot.render import Wanted

FAMILIES = {
    "political_violence": "Political violence",
    "protest": "Protest",
    "military_posture": "Military posture",
    "state_coercion": "State coercion",
    "peace_process": "Peace process",
    "diplomacy": "Diplomacy",
    "domestic_politics": "Domestic politics",
    "humanitarian": "Humanitarian",
    "economy_crime_disaster": "Economy, crime, disaster",
}
ARROWS = {"deteriorated": "▲", "improved": "▽", "unchanged": "–"}


def data(out: Path, wanted: Wanted) -> pd.DataFrame:
    """Return a row a month: covered, trend, and the number of actual events of each family (summed over situations)."""
    from pipeline.frames import load_table

    rows = wanted.of(load_table("situation_months", out))
    counts = rows.groupby("month")[list(FAMILIES)].sum(min_count=1)
    about = rows.groupby("month").agg(covered=("covered", "any"), trend=("trend", _only))
    return about.join(counts).reset_index()


def _only(trends: Any) -> str | None:
    stated = set(trends.dropna())
    return stated.pop() if len(stated) == 1 and len(trends) == 1 else None


def draw(frame: pd.DataFrame, wanted: Wanted) -> Any:
    """Return the figure: a strip of bars a family on one scale, busiest month labelled."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.5, 7.2), layout="constrained")
    strips = figure.subplots(len(FAMILIES), 1, sharex=True, sharey=True)
    top = float(max([1, *(frame[column].max() for column in FAMILIES if frame[column].notna().any())]))
    for axes, (column, label) in zip(strips, FAMILIES.items(), strict=True):
        values = frame[column].fillna(0).astype(float)
        axes.bar(frame["month"], values, width=22, color="#333333")
        shade_uncovered(axes, frame)
        axes.set_ylim(0, top * 1.15)
        axes.set_yticks([0, int(top)])
        axes.set_ylabel(label, rotation=0, ha="right", va="center", fontsize=8)
    for month, trend in zip(frame["month"], frame["trend"], strict=True):
        if trend in ARROWS:
            strips[0].annotate(ARROWS[trend], (month, top * 1.2), ha="center", va="bottom", fontsize=7, annotation_clip=False)
    strips[0].set_title(wanted.title("events a month", "▲ deteriorated, ▽ improved, – unchanged as stated; hatched: no entry"), pad=14)
    month_axis(strips[-1], frame)
    return figure
