"""`crisiswatch export`: every format from one command, counts on stdout, mistakes told."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.cli.export import Format
from tests.export_rows import raid, write_tables

CLI = CliRunner()


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tables(tmp_path_factory.mktemp("tables"), *raid()[1])


@pytest.mark.parametrize("form", list(Format))
@pytest.mark.parametrize("more", [[], ["--no-text", "--since", "2024", "--until", "2024-05", "--situation", "mali"]])
def test_every_format_is_written(tables: Path, tmp_path: Path, form: Format, more: list[str]) -> None:
    place = tmp_path / "made" / form
    result = CLI.invoke(app, ["export", form, "--tables", str(tables), "--out", str(place), *more])
    assert (result.exit_code, result.stderr) == (0, f"written to {place}\n")
    assert place.exists()
    assert result.stdout.split()[1] in {"1", "3"}
    assert "left out 0" not in result.stdout


def test_what_was_left_out_is_told(tables: Path, tmp_path: Path) -> None:
    entry, written = raid()
    held = [row for row in written if row is not entry]
    assert held
    result = CLI.invoke(app, ["export", "ucdp", "--tables", str(tables), "--out", str(tmp_path / "x.csv")])
    assert result.stdout == f"{'rows':20} {1:>11,}\n"
    result = CLI.invoke(app, ["export", "plover", "--tables", str(tables), "--out", str(tmp_path / "x.jsonl")])
    assert result.stdout == f"{'rows':20} {1:>11,}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["csv", "--out", "{tables}"], "holds the tables"),
        (["acled", "--table", "events"], "--table goes with csv"),
        (["acled", "--situation", "Malli"], "no situation is called 'Malli'; did you mean Mali?"),
        (["acled", "--since", "soon"], "'soon' is no month"),
        (["acled", "--since", "2030"], "no entry is of the months asked for; the tables have 2024-05 to 2024-05"),
        (["csv", "--table", "evnts"], "there is no table 'evnts'"),
        (["xlsx"], "'xlsx' is not one of"),
    ],
)
def test_wrong_usage_is_told(tables: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    given = [argument.format(tables=tables) for argument in arguments]
    out = [] if "--out" in given else ["--out", str(tmp_path / "x")]
    result = CLI.invoke(app, ["export", *given, "--tables", str(tables), *out])
    assert result.exit_code == 2
    assert message in result.stderr
    assert not (tmp_path / "x").exists()


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    result = CLI.invoke(app, ["export", "acled", "--tables", str(tmp_path), "--out", str(tmp_path / "x.csv")])
    assert (result.exit_code, "holds no table entries" in result.stderr) == (2, True)


def test_a_file_that_no_export_wrote_is_not_replaced(tables: Path, tmp_path: Path) -> None:
    (tmp_path / "entries.csv").write_text("country,month,text\n", encoding="utf-8")
    result = CLI.invoke(app, ["export", "csv", "--tables", str(tables), "--out", str(tmp_path)])
    assert (result.exit_code, "entries.csv is there, and no export wrote it" in result.stderr) == (3, True)
    assert [path.name for path in tmp_path.iterdir()] == ["entries.csv"]


def test_one_table_as_csv(tables: Path, tmp_path: Path) -> None:
    result = CLI.invoke(app, ["export", "csv", "--table", "events", "--tables", str(tables), "--out", str(tmp_path / "x")])
    assert (result.exit_code, result.stdout) == (0, f"{'events':20} {1:>11,}\n")
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == ["README.md", "events.csv"]
