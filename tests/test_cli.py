"""The command line: what goes to stdout, what to stderr, and the exit codes scripts rely on."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline import __version__, codebook, store
from pipeline.cli import app
from pipeline.engine import Report
from pipeline.tables import Entry
from tests.conftest import ROOT

CLI = CliRunner()
COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands if command.callback)


def test_the_version_is_printed() -> None:
    result = CLI.invoke(app, ["--version"])
    assert (result.exit_code, result.stdout) == (0, f"crisiswatch-pipeline {__version__}\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_s_help_ends_with_an_example(command: str) -> None:
    result = CLI.invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert re.search(rf"Example: crisiswatch {command}\b[^\n]*(\n {{2}}[^\n]+)*\s*$", result.stdout)


def test_help_loads_none_of_the_heavy_libraries() -> None:
    code = (
        "import sys; from pipeline.cli import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: print(sorted({'spacy', 'pandas', 'pyarrow', 'numpy'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "[]"


def test_a_missing_raw_folder_cannot_run(tmp_path: Path) -> None:
    result = CLI.invoke(app, ["run", "--raw", str(tmp_path / "nowhere"), "--out", str(tmp_path)])
    assert result.exit_code == 3
    assert "nowhere is no folder" in result.stderr


def test_an_unknown_stage_is_wrong_usage(tmp_path: Path) -> None:
    result = CLI.invoke(app, ["run", "dats", "--raw", str(tmp_path)])
    assert result.exit_code == 2
    assert "there is no stage 'dats'; the stages are documents" in result.stderr


def test_bad_input_is_told_and_the_exit_code_says_so(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "empty.txt").write_bytes(b"")
    result = CLI.invoke(app, ["run", "entries", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "set aside in documents: empty.txt: " in result.stderr
    assert "quarantined: 1 (see table quarantine)" in result.stdout


ESSAY = (
    "We have been asked what our readers make of the year behind us. In this essay, I set out why the talks failed.\n\n"
    "Our colleagues who travelled to the coast found that the fishermen had little hope, and that their children had less.\n"
)
ENTRY = "May 2024\n\nChad\n\nArmy 3 May shelled camp near lake, killing four; rebels 9 May ambushed convoy on road to capital.\n"


def test_a_file_that_holds_prose_and_gives_no_entry_is_told_and_counted(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    files = {"essay.txt": ESSAY, "chad.txt": ENTRY, "menu.txt": "Home\nAbout\nContact us\n"}
    for name, text in files.items():
        (tmp_path / "raw" / name).write_text(text, encoding="utf-8")
    where = ["--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out")]
    for _ in ("made", "up to date"):
        result = CLI.invoke(app, ["run", "entries", *where])
        assert result.exit_code == 0
        assert [line for line in result.stderr.splitlines() if line.startswith("no entry in ")] == [
            "no entry in essay.txt: 2 pieces skipped, most of the text as report_blurb; if it holds entries, give its situation and "
            "month in a line of sources.csv, or put each entry below a heading with its situation"
        ]
        assert "prose without an entry: 1 (essay.txt)\n" in result.stdout
        assert json.loads((tmp_path / "out" / "runs.jsonl").read_text(encoding="utf-8").splitlines()[-1])["entryless"] == 1
    status = ["status", "entries", *where]
    assert CLI.invoke(app, status).stdout == "all up to date\nprose without an entry: 1 (essay.txt)\n"
    (tmp_path / "raw" / "essay.txt").unlink()
    assert "prose without" not in CLI.invoke(app, ["run", "entries", *where]).stdout
    assert CLI.invoke(app, status).stdout == "all up to date\n"


def test_of_many_files_without_an_entry_three_are_named_in_the_count(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for number in range(5):
        (tmp_path / "raw" / f"{number}.txt").write_text(ESSAY + f"Essay {number}\n", encoding="utf-8")
    result = CLI.invoke(app, ["run", "entries", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out")])
    assert "prose without an entry: 5 (0.txt, 1.txt, 2.txt, 2 more)\n" in result.stdout


def test_a_row_of_the_sidecar_that_no_file_has_is_told(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "sources.csv").write_text("path,situation,newest_month,url,retrieved\nchad.txt,Chad,2024-05,,\n", encoding="utf-8")
    result = CLI.invoke(app, ["run", "entries", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert "sources.csv names chad.txt, but there is no such file" in result.stderr


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("path,months", "sources.csv has a column months, which is not read: is it month?"),
        ("path,mnth", "sources.csv has a column mnth, which is not read: is it month?"),
        ("path,Newest Month", "sources.csv has a column newest month, which is not read: is it newest_month?"),
        ("path,notes", ""),
        ("path,month,months", ""),
    ],
)
def test_a_column_of_the_sidecar_that_is_nearly_one_is_told(header: str, said: str, tmp_path: Path) -> None:
    where = folder(tmp_path)
    (tmp_path / "raw" / "sources.csv").write_text(f"{header}\nmali.csv,2024-05\n", encoding="utf-8")
    result = CLI.invoke(app, ["run", "entries", *where])
    assert result.exit_code == 0
    assert [line for line in result.stderr.splitlines() if "sources.csv" in line] == ([said] if said else [])


def test_a_scheduler_without_its_engine_is_wrong_usage(tmp_path: Path) -> None:
    result = CLI.invoke(app, ["run", "entries", *folder(tmp_path), "--scheduler", "tcp://127.0.0.1:9"])
    assert result.exit_code == 2
    assert "--scheduler tcp://127.0.0.1:9 goes with --engine dask" in result.stderr
    assert not (tmp_path / "out").exists()


def folder(tmp_path: Path) -> list[str]:
    (tmp_path / "raw").mkdir()
    text = "Militants 3 May attacked Diallassagou village; army 5 May retook post."
    (tmp_path / "raw" / "mali.csv").write_text(f"country,month,content\nMali,May 2024,{text}\n", encoding="utf-8")
    return ["--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out")]


def test_a_raw_folder_that_lost_all_files_empties_no_table_unless_forced(tmp_path: Path) -> None:
    where, kept = folder(tmp_path), tmp_path / "out" / "entries" / "year=2024" / "2024-05.parquet"
    assert CLI.invoke(app, ["run", "entries", *where]).exit_code == 0
    (tmp_path / "raw" / "mali.csv").unlink()
    for command in (["run", "entries"], ["run", "--dry-run"], ["status"]):
        result = CLI.invoke(app, [*command, *where])
        assert result.exit_code == 3
        assert f"{tmp_path / 'raw'} holds no file, but the tables were made from 1 file: is it mounted?" in result.stderr
    assert kept.is_file()
    result = CLI.invoke(app, ["run", "entries", "--force", *where])
    assert (result.exit_code, kept.exists()) == (0, False)
    assert "holds no file to read: all tables are empty" in result.stderr


@pytest.mark.parametrize("inside", [".", "tables", ".tables", "../raw/tables"])
@pytest.mark.parametrize("command", ["run", "status"])
def test_tables_among_the_raw_files_are_wrong_usage(command: str, inside: str, tmp_path: Path) -> None:
    raw, before = Path(folder(tmp_path)[1]), sorted(tmp_path.rglob("*"))
    result = CLI.invoke(app, [command, "entries", "--raw", str(raw), "--out", str(raw / inside)])
    assert result.exit_code == 2
    assert f"--out {raw / inside} lies in --raw {raw}" in result.stderr
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("command", ["run", "status"])
def test_a_sidecar_that_cannot_be_used_cannot_run(command: str, tmp_path: Path) -> None:
    where = folder(tmp_path)
    assert CLI.invoke(app, ["run", "entries", *where]).exit_code == 0
    (tmp_path / "raw" / "sources.csv").write_text("path,newest_month\nmali.csv,May 2024\n", encoding="utf-8")
    result = CLI.invoke(app, [command, "entries", *where])
    assert result.exit_code == 3
    assert "sources.csv, line 2: newest_month is 'May 2024'; write it as YYYY-MM" in result.stderr


@pytest.mark.parametrize("command", ["run", "status"])
def test_a_file_in_the_place_of_the_tables_folder_cannot_run(command: str, tmp_path: Path) -> None:
    where = folder(tmp_path)
    (tmp_path / "out").write_bytes(b"")
    result = CLI.invoke(app, [command, "entries", *where])
    assert result.exit_code == 3
    assert result.stderr.startswith("crisiswatch: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("damage", [b"", b"PAR1 no table PAR1"])
def test_a_damaged_table_cannot_run_and_the_remedy_told_is_one(damage: bytes, tmp_path: Path) -> None:
    where = folder(tmp_path)
    assert CLI.invoke(app, ["run", "dates", *where]).exit_code == 0
    for table in ("entries", "dates"):
        path = tmp_path / "out" / table / "year=2024" / "2024-05.parquet"
        whole = path.read_bytes()
        path.write_bytes(damage)
        result = CLI.invoke(app, ["run", "dates", *where])
        assert result.exit_code == 3
        assert f"{path} is damaged" in result.stderr
        assert result.stderr.rstrip().endswith("run `crisiswatch run --force`")
        assert CLI.invoke(app, ["run", "dates", "--force", *where]).exit_code == 0
        assert path.read_bytes() == whole
    (tmp_path / "out" / "quarantine" / "quarantine.parquet").write_bytes(damage)
    assert CLI.invoke(app, ["run", "dates", *where]).exit_code == 0
    (tmp_path / "out" / "entries" / "year=2024" / "2024-05.parquet").write_bytes(damage)
    assert CLI.invoke(app, ["show", "0", "--out", str(tmp_path / "out")]).exit_code == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_among_the_raw_files_is_not_waited_on(tmp_path: Path) -> None:
    where = folder(tmp_path)
    os.mkfifo(tmp_path / "raw" / "pipe.txt")
    result = CLI.invoke(app, ["run", "entries", *where])
    assert result.exit_code == 1
    assert "set aside in documents: pipe.txt: not a regular file" in result.stderr


@pytest.mark.parametrize("said", ["- dates", "dates: 3", "dates: [", b"\xff\xfe".decode("latin-1")])
def test_settings_that_are_none_are_wrong_usage(said: str, tmp_path: Path) -> None:
    where = folder(tmp_path)
    (tmp_path / "params.yaml").write_text(said, encoding="latin-1")
    result = CLI.invoke(app, ["run", "entries", *where, "--params", str(tmp_path / "params.yaml")])
    assert result.exit_code == 2
    assert f"crisiswatch: {tmp_path / 'params.yaml'}: " in result.stderr


@pytest.mark.parametrize("said", ["events: {min_confidence: high}", "events: {confidence: 0.3}", "event: {min_confidence: 0.3}"])
@pytest.mark.parametrize("command", ["run", "status"])
def test_a_setting_that_is_none_is_wrong_usage(command: str, said: str, tmp_path: Path) -> None:
    where = folder(tmp_path)
    (tmp_path / "params.yaml").write_text(said, encoding="utf-8")
    assert CLI.invoke(app, [command, "entries", *where, "--params", str(tmp_path / "params.yaml")]).exit_code == 2


def test_a_stop_is_told_with_its_own_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> Report:
        signal.raise_signal(signal.SIGTERM)
        return Report()

    monkeypatch.setattr("pipeline.engine.run", stopped)
    result = CLI.invoke(app, ["run", *folder(tmp_path)])
    assert result.exit_code == 130
    assert "stopped; what is done is kept" in result.stderr


def test_a_fault_of_the_program_is_not_told_as_a_run_that_was_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Report:
        raise KeyError("no such thing")

    monkeypatch.setattr("pipeline.engine.run", broken)
    result = CLI.invoke(app, ["run", *folder(tmp_path)])
    assert result.exit_code == 3
    assert "KeyError: 'no such thing'" in result.stderr
    assert "a fault of this program, not of the input (KeyError)" in result.stderr


def test_a_month_can_be_given_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    text = (
        "Court freed opposition leader amid protests.\nCourt 3 May freed leader of main opposition party; police 9 May dispersed rally.\n"
    )
    (tmp_path / "raw" / "page.txt").write_text("Togo\n" + text, encoding="utf-8")
    result = CLI.invoke(app, ["run", "entries", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--month", "2024-05"])
    assert result.exit_code == 0, result.stderr
    assert [entry.month_source for entry in store.all_rows(tmp_path / "out", Entry)] == ["given"]
    assert CLI.invoke(app, ["run", "--month", "May"]).exit_code == 2
    given = ["run", "entries", "--raw", str(tmp_path / "raw"), "--out", str(tmp_path / "out"), "--dry-run"]
    assert CLI.invoke(app, [*given, "--month", "2024-05"]).stdout == "all up to date\n"
    assert CLI.invoke(app, given).stdout.split() == ["entries", "whole", "corpus", "sources", "changed"]
    assert CLI.invoke(app, [*given, "--month", "2024-05", "--force"]).stdout.startswith("documents ")


@pytest.mark.parametrize(
    ("module", "command", "extra"),
    [
        ("matplotlib", "plot timeline --tables {out} --file {tmp}/x", "plot"),
        ("duckdb", "export duckdb --tables {out} --out {tmp}/x", "export"),
        ("distributed", "run --raw {out} --out {tmp} --engine dask", "dask"),
    ],
)
def test_a_missing_extra_cannot_run_and_is_named(
    module: str, command: str, extra: str, sample: tuple[Path, Report], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    result = CLI.invoke(app, command.format(out=sample[0], tmp=tmp_path).split())
    assert result.exit_code == 3
    assert result.stderr.rstrip().endswith(f"is not installed; run: pip install 'crisiswatch-pipeline[{extra}]'")
    assert f"[{extra}]" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_stages_says_what_reads_what() -> None:
    lines = CLI.invoke(app, ["stages"]).stdout.splitlines()
    assert "tokens             entries, dates -> tokens" in lines


def test_tables_lists_every_table() -> None:
    assert {line.split()[0] for line in CLI.invoke(app, ["tables"]).stdout.splitlines()} == set(codebook.all_tables())


def test_tables_of_an_unknown_name_is_wrong_usage() -> None:
    result = CLI.invoke(app, ["tables", "deaths"])
    assert result.exit_code == 2
    assert "there is no table 'deaths'" in result.stderr


def test_show_marks_the_spans_and_lists_the_facts(sample: tuple[Path, Report]) -> None:
    out, _ = sample
    label = store.labels(out, Entry)[0]
    entry = store.read(Entry, store.part(out, Entry, label))[0]
    result = CLI.invoke(app, ["show", entry.entry_id, "--out", str(out)])
    assert result.exit_code == 0
    assert "|d]" in result.stdout
    assert "precision" in result.stdout


def test_show_of_an_unknown_entry_says_where_to_look(sample: tuple[Path, Report]) -> None:
    result = CLI.invoke(app, ["show", "zzzz", "--out", str(sample[0])])
    assert result.exit_code == 2
    assert "no one entry 'zzzz'" in result.stderr


def test_evaluate_of_a_folder_without_gold_is_wrong_usage(sample: tuple[Path, Report], tmp_path: Path) -> None:
    result = CLI.invoke(app, ["evaluate", "--gold", str(tmp_path), "--out", str(sample[0])])
    assert result.exit_code == 2
    assert "holds no annotated entries" in result.stderr


def test_places_prints_the_likeliest_place_of_a_name_first() -> None:
    result = CLI.invoke(app, ["places", "Gao", "--country", "MLI"])
    assert result.exit_code == 0
    assert ", MLI  " in result.stdout.splitlines()[0]


def test_a_name_of_no_place_is_told() -> None:
    result = CLI.invoke(app, ["places", "Xyzzyqq"])
    assert result.exit_code == 2
    assert "no place is called 'Xyzzyqq'" in result.stderr


def test_diff_lists_what_was_added(tmp_path: Path) -> None:
    header = "country,month,title,content\n"
    mali = "Mali,May 2024,Jihadists struck in centre.,Militants 3 May attacked Diallassagou village; army 5 May retook post.\n"
    chad = "Chad,May 2024,Opposition protested in capital.,Police 9 May dispersed rally in N’Djamena city; court 12 May freed leader.\n"
    for name, text in (("old", mali), ("new", mali + chad)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.csv").write_text(header + text, encoding="utf-8")
        CLI.invoke(app, ["run", "entries", "--raw", str(tmp_path / name), "--out", str(tmp_path / f"{name}-tables")])
    result = CLI.invoke(app, ["diff", str(tmp_path / "old-tables"), str(tmp_path / "new-tables")])
    assert result.exit_code == 0
    assert [line.split()[:3] for line in result.stdout.splitlines()] == [["added", "2024-05", "Chad"], ["1", "changes"]]
