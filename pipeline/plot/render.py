"""From a kind of plot to files: picture as PNG and SVG, its data as CSV, the same bytes from the same tables."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipeline import asked, store
from pipeline.durable import whole_or_not
from pipeline.tables import SituationMonth

if TYPE_CHECKING:
    import pandas as pd

KINDS = ("timeline", "heatmap", "casualties", "map", "coverage")
CREDIT = "Derived by machine from CrisisWatch text, © International Crisis Group"
STYLE: dict[str, Any] = {
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": "#555555",
    "axes.linewidth": 0.6,
    "xtick.color": "#333333",
    "ytick.color": "#333333",
    "hatch.linewidth": 0.4,
    "svg.fonttype": "none",
    "svg.hashsalt": "crisiswatch",
    "figure.dpi": 100,
}


class PlotError(ValueError):
    """The plot cannot be made: an unknown kind, or the library is missing; the message says what to do."""


class NothingToPlot(LookupError):  # noqa: N818
    """The tables hold nothing of what was asked for; the message says what was looked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to draw: one situation or all, first and last month (inclusive), and, for heat maps, which column of the panel."""

    situation: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    measure: str = "events"

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Return the rows of the situation and months wanted; raises NothingToPlot where there are none."""
        import pandas as pd

        months = pd.to_datetime(frame["month"])
        keep = months.notna()
        if self.situation is not None:
            keep &= frame["situation"] == self.situation
        if self.since is not None:
            keep &= months >= pd.Timestamp(self.since)
        if self.until is not None:
            keep &= months <= pd.Timestamp(self.until)
        if not keep.any():
            raise NothingToPlot(f"no row of {self.situation or 'any situation'} in those months")
        return frame[keep].assign(month=months[keep])

    def title(self, what: str, how: str) -> str:
        """Return the heading: whose and what in the first line, how to read it in the second."""
        return f"{self.situation or 'All situations'}: {what}\n{how}"


def choose(out: Path, situation: str | None, since: str | None, until: str | None, measure: str = "events") -> Wanted:
    """Return what a user asks for in words: months as 2024-05 or 2024, a situation in any spelling.

    Raises NotKnown, with what is near, for what is no month or no situation of the tables in `out`.
    """
    first, last = asked.first_month(since), asked.last_month(until)
    if situation is not None:
        parts = [store.part(out, SituationMonth, label) for label in store.labels(out, SituationMonth)]
        situation = asked.situation(situation, {name for path in parts for name in store.column(path, "situation")}) if parts else situation
    return Wanted(situation, first, last, measure)


def plot(kind: str, out: Path, wanted: Wanted, file: Path) -> list[Path]:
    """Draw one kind of plot of the tables in `out`; return the files written: `file` with endings .png, .svg and .csv added.

    Raises PlotError for an unknown kind, ModuleNotFoundError where matplotlib is missing, NothingToPlot where nothing fits,
    FileNotFoundError where the tables are not there.
    """
    if kind not in KINDS:
        raise PlotError(f"there is no plot {kind!r}; there are {', '.join(KINDS)}")
    try:
        import matplotlib as mpl
    except ImportError:
        raise ModuleNotFoundError("matplotlib is not installed; run: pip install 'crisiswatch-pipeline[plot]'") from None
    module = _module(kind)
    frame = module.data(out, wanted)
    mpl.use("agg")
    with mpl.rc_context(STYLE):
        figure = module.draw(frame, wanted)
        figure.supxlabel(CREDIT, x=0.995, ha="right", fontsize=6, color="#777777")
        pictures = {suffix: _rendered(figure, suffix) for suffix in ("png", "svg")}
    data = frame.to_csv(index=False, date_format="%Y-%m-%d", lineterminator="\n").encode()
    # An ending of another kind is part of the name: "mali.2024" is no mali.png.
    written, name = [], file.stem if file.suffix.lower() in (".png", ".svg", ".csv") else file.name
    for suffix, content in (*pictures.items(), ("csv", data)):
        path = file.with_name(f"{name}.{suffix}")
        with whole_or_not(path) as handle:
            handle.write(content)
        written.append(path)
    return written


def _module(kind: str) -> ModuleType:
    import importlib

    return importlib.import_module(f"pipeline.plot.{kind}")


def _rendered(figure: Any, suffix: str) -> bytes:
    buffer = io.BytesIO()
    # Without the day of drawing, the same tables give the same bytes.
    metadata = {"Date": None, "Creator": "crisiswatch-pipeline"} if suffix == "svg" else {"Software": "crisiswatch-pipeline"}
    figure.savefig(buffer, format=suffix, dpi=200, metadata=metadata)
    return buffer.getvalue()
