"""The command that sums up a month."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import OUT, OutOption, app, fail


@app.command(epilog="Example: crisiswatch brief 2026-05 --to brief.html")
def brief(
    month: Annotated[str | None, typer.Argument(metavar="[YYYY-MM]", help="Month; the newest with entries where none is named.")] = None,
    out: OutOption = OUT,
    html: Annotated[bool, typer.Option("--html", help="Print HTML instead of Markdown.")] = False,
    to: Annotated[Path | None, typer.Option("--to", "--file", help="Write to this file instead; HTML where it ends in .html.")] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave out Crisis Group's headlines, for publishing.")] = False,
) -> None:
    """Print a month at a glance: trends, alerts, changes, new actors, unusual silence; every line names its entries."""
    from pipeline.asked import NotKnown
    from pipeline.brief import NoSuchMonth, as_html, as_markdown, make_brief
    from pipeline.durable import whole_or_not
    from pipeline.store import TableError

    try:
        made = make_brief(out, month, text=not no_text)
        page = as_html(made) if html or (to and to.suffix.lower() in (".html", ".htm")) else as_markdown(made)
        if to is None:
            typer.echo(page, nl=False)
        else:
            with whole_or_not(to) as file:
                file.write(page.encode("utf-8"))
            typer.echo(f"{to} written", err=True)
    except (NotKnown, NoSuchMonth) as error:
        fail(error, 2)
    except (TableError, OSError) as error:
        fail(error)
