"""`crisiswatch history`: a situation, month by month."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from pipeline.cli.command import OUT, OutOption, app, fail


@app.command(epilog="Example: crisiswatch history Liberia --since 2022 --until 2023-06")
def history(
    situation: Annotated[str, typer.Argument(help="The situation, by its name today, a former one, or another spelling.")],
    out: OutOption = OUT,
    since: Annotated[str | None, typer.Option(metavar="YYYY[-MM]", help="First month.")] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY[-MM]", help="Last month.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, a record a month, with event_ids and offsets.")] = False,
) -> None:
    """Print a situation's entries and events in order of time, and the months there is nothing of, with the reason."""
    from pipeline.asked import NotKnown
    from pipeline.history import as_records, as_text, read_history
    from pipeline.store import TableError

    try:
        months = read_history(situation, out, since, until)
    except (NotKnown, FileNotFoundError) as error:
        fail(error, 2)
    except (TableError, OSError) as error:
        fail(error)
    typer.echo(json.dumps(as_records(months), ensure_ascii=False, indent=1) if as_json else as_text(months))
