"""The command that draws."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import OUT, OutOption, app, fail


@app.command(epilog="Example: crisiswatch plot timeline --situation Colombia --file colombia")
def plot(
    kind: Annotated[str, typer.Argument(help="timeline, heatmap, casualties, map or coverage.")],
    out: OutOption = OUT,
    situation: Annotated[str | None, typer.Option(help="One situation, in any spelling; all without it.")] = None,
    since: Annotated[str | None, typer.Option(metavar="YYYY[-MM]", help="First month.")] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY[-MM]", help="Last month.")] = None,
    measure: Annotated[str, typer.Option(help="heatmap: column of situation_months to shade by, such as killed_best.")] = "events",
    file: Annotated[Path | None, typer.Option("--file", "--to", help="Where to write, without ending; the kind's name without it.")] = None,
) -> None:
    """Draw the tables: a PNG and an SVG readable in grey, and the data behind them as CSV."""
    from pipeline.asked import NotKnown
    from pipeline.plot import NothingToPlot, PlotError, choose
    from pipeline.plot import plot as draw
    from pipeline.store import TableError

    try:
        for path in draw(kind, out, choose(out, situation, since, until, measure), file or Path(kind)):
            typer.echo(str(path))
    except (PlotError, NotKnown, NothingToPlot, FileNotFoundError) as error:
        fail(error, 2)
    except (TableError, ModuleNotFoundError, OSError) as error:
        fail(error)
