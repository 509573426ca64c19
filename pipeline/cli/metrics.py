"""The command that measures a set of tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import OUT, OutOption, app, fail


@app.command(epilog="Example: crisiswatch metrics --out data/processed --file metrics.json")
def metrics(
    out: OutOption = OUT,
    gold: Annotated[Path | None, typer.Option("--gold", help="Folder of annotated entries: adds the scores on them.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "--to", help="JSON file to write, for `dvc metrics`; printed without it.")] = None,
) -> None:
    """Print counts of the tables, and scores where gold is given, as JSON."""
    import json

    from pipeline.durable import write_json
    from pipeline.evaluate import GoldError
    from pipeline.metrics import measure
    from pipeline.store import TableError

    try:
        said = measure(out, gold)
        if file:
            write_json(file, said)
        else:
            typer.echo(json.dumps(said, indent=1, sort_keys=True))
    except (GoldError, FileNotFoundError) as error:
        fail(error, 2)
    except (TableError, OSError) as error:
        fail(error)
