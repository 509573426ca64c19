"""Casualties: people killed a month by incident figures, the best number as a bar, what the text allows as a line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.plot.axes import month_axis, shade_uncovered

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.plot.render import Wanted


def data(out: Path, wanted: Wanted) -> pd.DataFrame:
    """Return a row a month: covered, and the sums killed_low, killed_best, killed_high (null where any figure is open)."""
    from pipeline.frames import load_table

    rows = wanted.of(load_table("situation_months", out))
    months = rows.groupby("month")
    frame = months.agg(covered=("covered", "any"), killed_low=("killed_low", "sum"), killed_best=("killed_best", "sum"))
    told = rows[rows["covered"].astype(bool)]
    # One open figure leaves the whole sum open.
    frame["killed_high"] = told.groupby("month")["killed_high"].agg(lambda highs: highs.sum(skipna=False))
    return frame.reset_index()


def draw(frame: pd.DataFrame, wanted: Wanted) -> Any:
    """Return the figure: grey bars, a line from lowest to highest, an arrow where the text sets no highest number."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.5, 3.4), layout="constrained")
    axes = figure.subplots()
    axes.bar(frame["month"], frame["killed_best"].astype(float), width=22, color="#999999")
    closed = frame[frame["killed_high"].notna()]
    axes.vlines(closed["month"], closed["killed_low"].astype(float), closed["killed_high"].astype(float), color="#000000", linewidth=1.2)
    still_open = frame[frame["killed_high"].isna() & (frame["killed_best"] > 0)]
    axes.scatter(still_open["month"], still_open["killed_best"].astype(float), marker="^", color="#000000", s=16)
    shade_uncovered(axes, frame)
    axes.set_ylim(bottom=0)
    axes.set_ylabel("people killed")
    axes.set_title(
        wanted.title("people killed a month", "bar: best number; line: lowest to highest; ▲: no highest given; hatched: no entry")
    )
    month_axis(axes, frame)
    return figure
