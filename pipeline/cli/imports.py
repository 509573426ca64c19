"""The command that takes reviewed rows back in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import RAW, RawOption, app, fail


@app.command("import", epilog="Example: crisiswatch import labelstudio reviewed.json --raw data/raw")
def import_review(
    tool: Annotated[str, typer.Argument(help="Tool the file comes from: labelstudio.")],
    file: Annotated[Path, typer.Argument(help="Its JSON export of the tasks that `crisiswatch export labelstudio` wrote.")],
    raw: RawOption = RAW,
) -> None:
    """Turn reviewed tasks into lines of corrections.csv beside the raw files; the next run applies them."""
    from pipeline.codebook import all_tables
    from pipeline.corrections import CorrectionsError, add_corrections
    from pipeline.imports.labelstudio import ReviewError, read_labelstudio

    if tool != "labelstudio":
        fail(ValueError(f"cannot import from {tool!r}; there is labelstudio"), 2)
    if not raw.is_dir():
        fail(FileNotFoundError(f"{raw} is no folder; name the folder that holds the raw files with --raw"))
    try:
        found = read_labelstudio(file)
        new = add_corrections(raw, found, all_tables())
    except (ReviewError, CorrectionsError) as error:
        fail(error, 2)
    except OSError as error:
        fail(error)
    typer.echo(f"{len(found)} corrections read, {new} of them new, in {raw / 'corrections.csv'}; `crisiswatch run` applies them")
