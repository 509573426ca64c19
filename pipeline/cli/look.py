"""Commands that look at what there is: stages, codebook, entries, places, scores, two editions side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.command import OUT, OutOption, app, fail


@app.command("stages", epilog="Example: crisiswatch stages")
def list_stages() -> None:
    """List the stages in the order they run: what each reads and writes."""
    from pipeline import stages

    for stage in stages.STAGES:
        said = stages.signature(stage)
        reads = ", ".join(row_class.TABLE for row_class in said.reads.values()) or "raw files"
        typer.echo(f"{stage.name:18} {reads} -> {', '.join(row_class.TABLE for row_class in said.writes)}")


@app.command(epilog="Example: crisiswatch tables casualties")
def tables(name: Annotated[str | None, typer.Argument(help="Table; all where none is named.")] = None) -> None:
    """Print the codebook: every table, or every column of one."""
    from pipeline import codebook

    try:
        typer.echo(codebook.describe(name) if name else codebook.overview())
    except codebook.NoSuchTable as error:
        fail(error, 2)


@app.command(epilog="Example: crisiswatch show 3f2a9c0d1e4b5a67 --out data/processed")
def show(
    entry_id: Annotated[str, typer.Argument(help="The entry's identity, or the first characters of it.")],
    out: OutOption = OUT,
) -> None:
    """Print an entry with its spans marked, and its facts as tables."""
    from pipeline.show import show_entry
    from pipeline.store import TableError

    try:
        show_entry(entry_id, out)
    except LookupError as error:
        fail(error.args[0], 2)
    except TableError as error:
        fail(error)


@app.command(epilog="Example: crisiswatch evaluate --gold gold/dev --out data/processed")
def evaluate(
    gold: Annotated[Path, typer.Option("--gold", help="Folder of annotated entries, one JSON file each.")],
    out: OutOption = OUT,
    misses: Annotated[int, typer.Option(help="Print up to so many misses and false ones a figure.")] = 0,
) -> None:
    """Score the tables against annotated entries: precision, recall and F1 a figure."""
    from pipeline.evaluate import GoldError, evaluate_tables
    from pipeline.store import TableError

    try:
        typer.echo(evaluate_tables(out, gold).as_text(misses))
    except (GoldError, FileNotFoundError) as error:
        fail(error, 2)
    except TableError as error:
        fail(error)


@app.command(epilog='Example: crisiswatch places "Titao town, Nord region" --country BFA')
def places(
    name: Annotated[str, typer.Argument(help="A place as a text would write it; what it lies in may follow after a comma.")],
    country: Annotated[str | None, typer.Option(help="ISO3 code of the country the entry is on.")] = None,
) -> None:
    """Print what a name can stand for, the likeliest first, and what speaks for and against each."""
    from pipeline.countries import Countries
    from pipeline.gazetteer import Gazetteer
    from pipeline.places import Knowledge, PlaceModel, PlaceWords, Regions, explain

    know = Knowledge(Gazetteer.load(), Countries.load(), Regions.load(), PlaceWords.load())
    found = explain(name, know, PlaceModel.load(), country)
    for place in found[:10]:
        option = place.option
        where = f"{option.lat:.3f} {option.lon:.3f}" if option.lat is not None and option.lon is not None else ""
        reasons = ", ".join(f"{reason} {points:+.2f}" for reason, points in place.reasons[:6] if points)
        typer.echo(f"{place.score:7.2f}  {option.name}, {option.admin1 or '-'}, {option.iso3 or '-'}  {option.level}  {where}  ({reasons})")
    if not found:
        fail(LookupError(f"no place is called {name!r} in the gazetteer"), 2)


@app.command(epilog="Example: crisiswatch diff data/processed-may data/processed")
def diff(
    old: Annotated[Path, typer.Argument(help="Folder of tables of the older edition.")],
    new: Annotated[Path, typer.Argument(help="Folder of tables of the newer edition.")],
) -> None:
    """List the entries added, revised and withdrawn between two sets of tables, with the figures that changed."""
    from pipeline.diff import diff_entries
    from pipeline.store import TableError, all_rows
    from pipeline.tables import Casualty, Entry

    for folder in (old, new):
        if not (folder / Entry.TABLE).is_dir():
            fail(FileNotFoundError(f"{folder} holds no table entries; name a folder `crisiswatch run` wrote"), 2)
    try:
        changes = list(diff_entries(all_rows(old, Entry), all_rows(new, Entry), all_rows(old, Casualty), all_rows(new, Casualty)))
    except TableError as error:
        fail(error)
    for change in changes:
        month = f"{change.month:%Y-%m}" if change.month else "unknown"
        told = ", ".join(change.fields)
        typer.echo(
            f"{change.change:9}  {month}  {change.situation or 'unknown situation'}  {change.new_id or change.old_id}  {told}".rstrip()
        )
        for figure in change.figures:
            typer.echo(f"           {figure.kind}: {figure.old or 'none'} -> {figure.new or 'none'}")
    typer.echo(f"{len(changes)} changes")
