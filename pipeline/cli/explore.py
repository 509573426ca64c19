"""The command that writes the explorer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import OUT, app, fail


@app.command(epilog="Example: crisiswatch explore --tables data/processed --out explorer")
def explore(
    out: Annotated[Path, typer.Option("--out", help="Folder to write; an explorer that is there is replaced.")] = Path("explorer"),
    tables: Annotated[Path, typer.Option("--tables", help="Folder of the tables.")] = OUT,
) -> None:
    """Write a folder whose index.html opens the tables in a browser: search, entries with their spans, map, heat map. It works offline."""
    from pipeline.explorer import CannotBuild, build
    from pipeline.store import TableError

    try:
        built = build(tables, out)
    except CannotBuild as error:
        fail(error, 2)
    except (TableError, OSError) as error:
        fail(error)
    typer.echo(f"{built.page}: {built.entries:,} entries, {built.situations:,} situations; {built.files} files, {built.bytes / 1e6:.1f} MB")
