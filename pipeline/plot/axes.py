"""What the plots' axes share: months along the bottom, and the months the tracker did not cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

HALF_MONTH_DAYS = 15


def month_axis(axes: Any, frame: pd.DataFrame) -> None:
    """Label the months: every one of a short stretch, years of a long one."""
    import matplotlib.dates as mdates
    import pandas as pd

    first, last = frame["month"].min(), frame["month"].max()
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= 18:
        axes.xaxis.set_major_locator(mdates.MonthLocator(interval=1 if months <= 9 else 2))
        axes.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y" if months <= 9 else "%b\n%Y"))
    else:
        axes.xaxis.set_major_locator(mdates.YearLocator(1 + months // 240))
        axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
    half = pd.Timedelta(days=HALF_MONTH_DAYS + 5)
    axes.set_xlim(first - half, last + half)


def shade_uncovered(axes: Any, frame: pd.DataFrame) -> None:
    """Hatch the months without an entry: no bar there means no knowledge, not peace."""
    import pandas as pd

    half = pd.Timedelta(days=HALF_MONTH_DAYS)
    for month in frame.loc[~frame["covered"].astype(bool), "month"]:
        axes.axvspan(month - half, month + half, facecolor="none", edgecolor="#bbbbbb", hatch="////", linewidth=0)
