"""Coverage: how many situations each month the input has an entry of, and how many it knows or misses otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.plot.axes import month_axis

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.plot.render import Wanted

# The kinds of situation_months.coverage, from most to least known, with shade and hatch.
KINDS = {
    "entry": ("entry", "#222222", ""),
    "state_only": ("trend known, no text", "#888888", ""),
    "silent": ("tracker silent", "#ffffff", "...."),
    "unknown": ("not known", "#ffffff", "////"),
}


def data(out: Path, wanted: Wanted) -> pd.DataFrame:
    """Return a row a month, and a column a kind of coverage with the number of situations."""
    from pipeline.frames import load_table

    rows = wanted.of(load_table("situation_months", out))
    counts = rows.groupby(["month", "coverage"]).size().unstack(fill_value=0)
    return counts.reindex(columns=list(KINDS), fill_value=0).reset_index()


def draw(frame: pd.DataFrame, wanted: Wanted) -> Any:
    """Return the figure: stacked bars, a shade or hatch a kind."""
    import numpy as np
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.5, 3.4), layout="constrained")
    axes = figure.subplots()
    below = np.zeros(len(frame))
    for column, (label, shade, hatch) in KINDS.items():
        values = frame[column].to_numpy(dtype=float)
        axes.bar(frame["month"], values, width=26, bottom=below, color=shade, hatch=hatch, edgecolor="#777777", linewidth=0.3, label=label)
        below += values
    axes.set_ylabel("situations")
    axes.set_title(wanted.title("what the input knows of each month", "situations by month"))
    axes.legend(frameon=False, ncols=4, fontsize=7, loc="upper left", bbox_to_anchor=(0, -0.12))
    month_axis(axes, frame)
    return figure
