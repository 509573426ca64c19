"""`crisiswatch export`: the tables in the shape other tools and other data sets have."""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.command import OUT, app, fail

if TYPE_CHECKING:
    from pipeline.export.selection import Selection


class Format(StrEnum):
    """What can be written."""

    csv = "csv"
    jsonl = "jsonl"
    sqlite = "sqlite"
    duckdb = "duckdb"
    acled = "acled"
    ucdp = "ucdp"
    plover = "plover"
    views = "views"
    labelstudio = "labelstudio"
    spacy = "spacy"
    prodigy = "prodigy"


EXPORTS = Path("exports")
# Where an export goes that is given no place; without a suffix it is a folder.
PLACES = {
    Format.csv: "csv", Format.jsonl: "entries.jsonl", Format.sqlite: "crisiswatch.sqlite", Format.duckdb: "crisiswatch.duckdb",
    Format.acled: "acled-like.csv", Format.ucdp: "ucdp-ged-like.csv", Format.plover: "plover.jsonl", Format.views: "views-like.csv",
    Format.labelstudio: "labelstudio.json", Format.spacy: "spacy", Format.prodigy: "prodigy.jsonl",
}  # fmt: skip
# These keep superseded revisions, marked as such, as the tables do.
AS_THEY_ARE = frozenset({Format.csv, Format.jsonl, Format.sqlite, Format.duckdb})


@app.command(
    epilog="csv (a folder, one file a table), jsonl (one entry a line), sqlite (Datasette), duckdb; acled, ucdp, views: CSV in those data "
    "sets' columns, plover: JSON lines; labelstudio, prodigy: tasks to review, spacy: training data. "
    "Example: crisiswatch export acled --since 2024 --situation Mali --out mali.csv"
)
def export(
    form: Annotated[Format, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(Format)}.")],
    tables: Annotated[Path, typer.Option("--tables", help="Folder of the tables.")] = OUT,
    out: Annotated[Path | None, typer.Option("--out", help="File or folder to write; below exports/ if not given.")] = None,
    since: Annotated[str | None, typer.Option(metavar="YYYY[-MM]", help="First month of entries.")] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY[-MM]", help="Last month of entries.")] = None,
    situation: Annotated[list[str] | None, typer.Option(help="Situation, such as Sudan. May be given several times.")] = None,
    no_text: Annotated[bool, typer.Option("--no-text", help="Leave out Crisis Group's sentences, as for publishing.")] = False,
    table: Annotated[list[str] | None, typer.Option(help="csv: only this table. May be given several times.")] = None,
) -> None:
    """Write the tables in another format; each file says that it was derived by machine, and from whose text."""
    from pipeline.asked import NotKnown
    from pipeline.export.parts import NoSuchTable
    from pipeline.export.selection import NothingChosen, choose
    from pipeline.store import TableError

    place = out or EXPORTS / PLACES[form]
    if table and form is not Format.csv:
        fail(ValueError("--table goes with csv; the other formats hold the tables they need"), 2)
    if place.resolve() == tables.resolve() or (place / "entries").is_dir():
        fail(ValueError(f"{place} holds the tables; name another place with --out, and the folder of the tables with --tables"), 2)
    try:
        chosen = choose(tables, since, until, situation or (), current=form not in AS_THEY_ARE)
        if form in AS_THEY_ARE:
            written = _tables(form, tables, chosen, place, no_text, table or ())
            left_out: Counter[str] = Counter()
        else:
            written, left_out = _derived(form, tables, chosen, place, no_text)
    except (NotKnown, NothingChosen, NoSuchTable) as error:
        fail(error, 2)
    except ModuleNotFoundError as error:
        fail(ModuleNotFoundError(f"{error.name} is not installed; run: pip install 'crisiswatch-pipeline[export]'"))
    except (TableError, OSError) as error:
        fail(error)
    for name, count in written.items():
        typer.echo(f"{name:20} {count:>11,}")
    for reason, count in sorted(left_out.items()):
        if count:
            typer.echo(f"left out {count:,}: {reason}")
    typer.echo(f"written to {place}", err=True)


def _tables(form: Format, tables: Path, chosen: Selection, place: Path, no_text: bool, names: list[str] | tuple[()]) -> Counter[str]:
    if form is Format.csv:
        from pipeline.export.csv import write_csv

        return write_csv(tables, chosen, place, no_text, names)
    if form is Format.jsonl:
        from pipeline.export.jsonl import write_jsonl

        return write_jsonl(tables, chosen, place, no_text)
    if form is Format.sqlite:
        from pipeline.export.sqlite import write_sqlite

        return write_sqlite(tables, chosen, place, no_text)
    from pipeline.export.duckdb import write_duckdb

    return write_duckdb(tables, chosen, place, no_text)


def _derived(form: Format, tables: Path, chosen: Selection, place: Path, no_text: bool) -> tuple[Counter[str], Counter[str]]:
    if form in (Format.labelstudio, Format.spacy, Format.prodigy):
        return _tasks(form, tables, chosen, place, no_text), Counter()
    if form is Format.acled:
        from pipeline.export.acled import write_acled

        count, left_out = write_acled(tables, chosen, place, no_text)
    elif form is Format.ucdp:
        from pipeline.export.ucdp import write_ucdp

        count, left_out = write_ucdp(tables, chosen, place, no_text)
    elif form is Format.plover:
        from pipeline.export.plover import write_plover

        count, left_out = write_plover(tables, chosen, place, no_text)
    else:
        from pipeline.export.views import write_views

        count, left_out = write_views(tables, chosen, place)
    return Counter(rows=count), left_out


def _tasks(form: Format, tables: Path, chosen: Selection, place: Path, no_text: bool) -> Counter[str]:
    if form is Format.labelstudio:
        from pipeline.export.labelstudio import write_labelstudio

        return Counter(tasks=write_labelstudio(tables, chosen, place, no_text))
    if form is Format.spacy:
        from pipeline.export.spacy import write_spacy

        return write_spacy(tables, chosen, place, no_text)
    from pipeline.export.prodigy import write_prodigy

    return write_prodigy(tables, chosen, place, no_text)
