"""The command that draws."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import OUT, OutOption, app, fail


@app.command(epilog="Example: crisiswatch plot timeline --situation Colombia --file colombia")
def plot(
    kind: Annotated[str, typer.Argument(help="timeline, heatmap, casualties, map or coverage.")],
    out: OutOption = OUT,
    situation: Annotated[str | None, typer.Option(help="CrisisWatch's name of one situation; all without it.")] = None,
    since: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="First month.")] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY-MM", help="Last month.")] = None,
    measure: Annotated[str, typer.Option(help="heatmap: column of situation_months to shade by, such as killed_best.")] = "events",
    file: Annotated[Path | None, typer.Option("--file", help="Where to write, without ending; the kind's name without it.")] = None,
) -> None:
    """Draw the tables: a PNG and an SVG readable in grey, and the data behind them as CSV."""
    from pipeline.plot import NothingToPlot, PlotError
    from pipeline.plot import plot as draw
    from pipeline.plot.render import Wanted

    try:
        for path in draw(kind, out, Wanted(situation, _month(since), _month(until), measure), file or Path(kind)):
            typer.echo(str(path))
    except PlotError as error:
        fail(error, 2)
    except NothingToPlot as error:
        fail(error, 1)
    except OSError as error:
        fail(error)


def _month(written: str | None) -> dt.date | None:
    if written is None:
        return None
    if not re.fullmatch(r"(19|20)\d\d-(0[1-9]|1[0-2])", written):
        fail(ValueError(f"{written!r} is no month; write it as 2024-05"), 2)
    return dt.date.fromisoformat(f"{written}-01")
