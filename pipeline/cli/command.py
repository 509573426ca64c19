"""The command itself: its name, its exit codes, and the options several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pipeline import __version__

RAW = Path("data/raw")
OUT = Path("data/processed")
SET_ASIDE, CANNOT = 1, 3

app = typer.Typer(
    name="crisiswatch",
    help="Raw CrisisWatch text in, Parquet tables out: actors, places, dates, casualty figures and events, each with its span.",
    epilog="Exit codes: 0 done; 1 done, but some input was set aside (see table quarantine); 2 wrong usage; 3 cannot run; 130 stopped. "
    "Example: crisiswatch run --raw data/raw --out data/processed",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
)

RawOption = Annotated[
    Path, typer.Option("--raw", help="Folder of raw files, with sources.csv where months or names are known from outside.")
]
ParamsOption = Annotated[Path | None, typer.Option("--params", help="YAML file of settings by stage; see params.yaml.")]
OutOption = Annotated[Path, typer.Option("--out", "--tables", help="Folder of the tables.")]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"crisiswatch-pipeline {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")] = False,
) -> None:
    """Take the version question before any command."""


def fail(error: Exception, code: int = CANNOT) -> NoReturn:
    typer.echo(f"crisiswatch: {error}", err=True)
    raise typer.Exit(code)
