"""Heat map: situations down, months across, one measure of the panel as shades of grey; white is none, hatched not covered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.plot.render import Wanted

MOST_ROWS = 80


def data(out: Path, wanted: Wanted) -> pd.DataFrame:
    """Return a row a situation and month: covered, and the measure; the MOST_ROWS situations with the largest sums.

    Raises PlotError where the panel counts no such thing.
    """
    from pipeline.counts import COUNTED
    from pipeline.frames import load_table
    from pipeline.plot.render import PlotError

    rows = wanted.of(load_table("situation_months", out))
    if wanted.measure not in COUNTED:
        raise PlotError(f"situation_months has no measure {wanted.measure!r}; there are {', '.join(COUNTED)}")
    sums = rows.groupby("situation")[wanted.measure].sum().sort_values(ascending=False, kind="stable")
    kept = rows[rows["situation"].isin(sums.index[:MOST_ROWS])]
    return kept[["situation", "month", "covered", wanted.measure]].sort_values(["situation", "month"]).reset_index(drop=True)


def draw(frame: pd.DataFrame, wanted: Wanted) -> Any:
    """Return the figure; the scale is logarithmic, since tolls differ by orders of magnitude."""
    import numpy as np
    from matplotlib.colors import LogNorm
    from matplotlib.figure import Figure

    values = frame.pivot(index="situation", columns="month", values=wanted.measure).astype(float)
    values = values.loc[values.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    covered = frame.pivot(index="situation", columns="month", values="covered").reindex(index=values.index).fillna(False).astype(bool)
    figure = Figure(figsize=(8, 1.2 + 0.17 * len(values)), layout="constrained")
    axes = figure.subplots()
    most = max(1.0, float(np.nanmax(values.to_numpy(), initial=1.0)))
    shown = np.where(values.to_numpy() > 0, values.to_numpy(), np.nan)
    image = axes.pcolormesh(shown, cmap="Greys", norm=LogNorm(0.5, most), edgecolors="#eeeeee", linewidth=0.3)
    for row, column in np.argwhere(~covered.to_numpy()):
        axes.fill(
            [column, column + 1, column + 1, column], [row, row, row + 1, row + 1], fill=False, hatch="////", edgecolor="#cccccc", lw=0
        )
    axes.invert_yaxis()
    axes.set_yticks(np.arange(len(values)) + 0.5, values.index, fontsize=7)
    step = max(1, len(values.columns) // 12)
    axes.set_xticks(np.arange(0, len(values.columns), step) + 0.5, [f"{m:%Y-%m}" for m in values.columns[::step]], rotation=45, ha="right")
    axes.set_title(wanted.title(f"{wanted.measure.replace('_', ' ')} a month", "white: none; hatched: no entry"))
    figure.colorbar(image, ax=axes, shrink=0.6, format="%d")
    return figure
