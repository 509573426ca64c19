"""Commands that run the pipeline or say what a run would do."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from pipeline.cli.command import OUT, RAW, SET_ASIDE, OutOption, ParamsOption, RawOption, app, fail

if TYPE_CHECKING:
    from pipeline.engine import Report
    from pipeline.entryless import Entryless
    from pipeline.workers import Engine


@app.command(epilog="Example: crisiswatch run dates tokens --raw data/raw --out data/processed")
def run(
    stages: Annotated[list[str] | None, typer.Argument(help="Stages to run, with what they need; all where none is named.")] = None,
    raw: RawOption = RAW,
    out: OutOption = OUT,
    params: ParamsOption = None,
    month: Annotated[
        str | None, typer.Option(metavar="YYYY-MM", help="Newest month of undated files that sources.csv gives none for.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Do everything again, whatever is up to date.")] = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait for another run in the same folder to end.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would be done, and why, and stop.")] = False,
    workers: Annotated[int, typer.Option(min=1, help="Processes that work on months side by side.")] = 1,
    engine: Annotated[str, typer.Option(help="local, or dask (needs the extra [dask]).")] = "local",
    scheduler: Annotated[str | None, typer.Option(help="Address of a Dask scheduler; without it a local cluster is made.")] = None,
) -> None:
    """Bring the tables up to date with the raw files; what has not changed is not done again."""
    if dry_run:
        _print_stale(stages or (), raw, out, params, month, force)
        return
    from pipeline.engine import run as run_folder
    from pipeline.progress import Progress

    with _told(), Progress() as progress:
        report = run_folder(
            raw, out, stages or (), settings=_settings(params), month=_month(month), force=force, wait=wait,
            engine=_engine(engine, workers, scheduler), listen=progress,
        )  # fmt: skip
    _print_report(report, raw, out)
    if report.quarantined or report.unfit:
        raise typer.Exit(SET_ASIDE)


@app.command(epilog="Example: crisiswatch status --raw data/raw --out data/processed")
def status(
    stages: Annotated[list[str] | None, typer.Argument(help="Stages to look at, with what they need; all where none is named.")] = None,
    raw: RawOption = RAW,
    out: OutOption = OUT,
    params: ParamsOption = None,
) -> None:
    """Print what is stale and why: what a run would do now; and how many files gave no entry."""
    from pipeline.entryless import find_entryless

    _print_stale(stages or (), raw, out, params)
    with _told():
        entryless = find_entryless(out)
    _print_entryless(entryless)


def _print_stale(stages: Sequence[str], raw: Path, out: Path, params: Path | None, month: str | None = None, force: bool = False) -> None:
    from pipeline.plan import explain

    with _told():
        rows = list(explain(raw, out, stages, _settings(params), month=_month(month), force=force))
    for stage, what, why in rows:
        typer.echo(f"{stage:18} {what:24} {why}")
    if not rows:
        typer.echo("all up to date")


def _print_entryless(found: Sequence[Entryless]) -> None:
    if found:
        names = [file.path for file in found[:3]] + [f"{len(found) - 3} more"] * (len(found) > 3)
        typer.echo(f"prose without an entry: {len(found)} ({', '.join(names)})")


@contextmanager
def _told() -> Iterator[None]:
    """Turn what can stop a run into a line on stderr and an exit code."""
    from pipeline.cluster import ClusterError
    from pipeline.corrections import CorrectionsError
    from pipeline.documents.sources import SourcesError
    from pipeline.durable import DamagedFile
    from pipeline.engine import RunError
    from pipeline.files import FoldersError, NoFiles
    from pipeline.lexicon import LexiconError
    from pipeline.model import ModelError
    from pipeline.settings import SettingsError
    from pipeline.stages import StageError
    from pipeline.store import TableError
    from pipeline.workers import WorkerError

    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    except (StageError, SettingsError, FoldersError) as error:
        fail(error, 2)
    except (
        RunError,
        NoFiles,
        SourcesError,
        CorrectionsError,
        LexiconError,
        ModelError,
        TableError,
        DamagedFile,
        ClusterError,
        WorkerError,
        OSError,
    ) as error:
        fail(error)
    except KeyboardInterrupt:
        fail(InterruptedError("stopped; what is done is kept, the next run goes on from here"), 130)
    except typer.Exit:
        raise
    except Exception as error:
        # Python's own exit code for a traceback is 1, which here would mean that the run was done.
        traceback.print_exc()
        fail(RuntimeError(f"a fault of this program, not of the input ({type(error).__name__}); please report what stands above"))
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _engine(name: str, workers: int, scheduler: str | None) -> Engine:
    from pipeline.workers import one_process, processes

    if name == "dask":
        from pipeline.cluster import dask

        return dask(scheduler, workers)
    if name != "local":
        fail(ValueError(f"there is no engine {name!r}; there are local and dask"), 2)
    if scheduler:
        fail(ValueError(f"--scheduler {scheduler} goes with --engine dask; without it months are worked on here"), 2)
    return processes(workers) if workers > 1 else one_process


def _month(month: str | None) -> str | None:
    from pipeline import asked

    try:
        first = asked.month(month)
    except asked.NotKnown as error:
        fail(ValueError(f"--month {error}"), 2)
    return f"{first:%Y-%m}" if first else None


def _settings(params: Path | None) -> dict[str, Any]:
    if params is None:
        return {}
    import yaml

    try:
        said = yaml.safe_load(params.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        fail(ValueError(f"{params}: {error}"), 2)
    if not isinstance(said, dict) or not all(isinstance(values, dict | None) for values in said.values()):
        fail(ValueError(f"{params}: write each stage's settings below its name, such as `events: {{min_confidence: 0.5}}`"), 2)
    return {stage: values or {} for stage, values in said.items()}


def _print_report(report: Report, raw: Path, out: Path) -> None:
    typer.echo(f"{report.documents} files read from {raw}, {report.entries} entries, tables in {out}")
    for table, rows in report.rows.items():
        typer.echo(f"  {table:18} {rows:>9,} rows")
    if report.skipped:
        typer.echo("skipped: " + ", ".join(f"{count} {reason}" for reason, count in report.skipped.items()))
    if not report.documents:
        typer.echo(f"{raw} holds no file to read: all tables are empty; is it the folder you mean, and mounted?", err=True)
    for name, meant in report.misspelt:
        typer.echo(f"sources.csv has a column {name}, which is not read: is it {meant}?", err=True)
    for path in report.unmatched:
        typer.echo(f"sources.csv names {path}, but there is no such file: what it says was not used", err=True)
    for file in report.entryless:
        typer.echo(
            f"no entry in {file.path}: {file.skipped} pieces skipped, most of the text as {file.reason}; if it holds entries, give its "
            "situation and month in a line of sources.csv, or put each entry below a heading with its situation",
            err=True,
        )
    for row in report.quarantined:
        typer.echo(f"set aside in {row.stage}: {row.key}: {row.error}", err=True)
    for correction in report.unfit:
        at = f"{correction.table} {correction.entry_id} {correction.start}-{correction.end} {correction.column}"
        typer.echo(f"corrections.csv, line {correction.line}: not applied to {at}: {correction.detail}", err=True)
    _print_entryless(report.entryless)
    typer.echo("quarantined: " + (f"{len(report.quarantined)} (see table quarantine)" if report.quarantined else "nothing"))
    work = ", ".join(f"{stage} {count}" for stage, count in report.made.items())
    typer.echo(f"done in {report.seconds:.1f} s: {work or 'nothing to do, all up to date'}", err=True)
