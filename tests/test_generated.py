"""Files written from the code are current, and every command and number of the README is true today."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from pipeline import codebook, load, stages
from pipeline.dvc import dvc_yaml
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
ENV = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", "DVC_NO_ANALYTICS": "true"}


def fenced(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def commands() -> list[str]:
    lines = [line.partition("#")[0].strip() for block in fenced("sh") for line in block.splitlines()]
    return sorted({line for line in lines if line.startswith("crisiswatch ")})


def test_dvc_yaml_is_what_the_stages_say() -> None:
    assert (ROOT / "dvc.yaml").read_text(encoding="utf-8") == dvc_yaml()


def test_make_metadata_writes_every_file_that_a_module_says_it_writes() -> None:
    said = subprocess.run(["make", "-n", "metadata"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    modules = [path.read_text(encoding="utf-8") for path in (ROOT / "pipeline").glob("*.py")]
    written = {command for text in modules for command in re.findall(r"python -m (pipeline\.\w+ > [\w./]+?\w)`", text)}
    assert len(written) == 4
    assert set(re.findall(r"python -m (.+)", said)) == written


def test_params_yaml_gives_the_stages_defaults() -> None:
    said = yaml.safe_load((ROOT / "params.yaml").read_text(encoding="utf-8")) or {}
    assert said == {stage.name: settings for stage in stages.STAGES if (settings := stages.signature(stage).settings)}


def test_the_readme_names_every_table() -> None:
    assert {table for table in codebook.all_tables() if f"`{table}`" not in README} == set()


@pytest.mark.parametrize("command", commands())
def test_the_readme_s_commands_work(command: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if "GOLD" in command:
        command = command.replace("GOLD", str(request.getfixturevalue("shared") / "gold" / "dev"))
    out, _ = request.getfixturevalue("sample")
    shutil.copytree(out, tmp_path / "data/processed")
    shutil.copytree(ROOT / "data/raw", tmp_path / "data/raw")
    if "ENTRY_ID" in command:
        command = command.replace("ENTRY_ID", load("entries", out)["entry_id"][0])
    result = subprocess.run(shlex.split(command), cwd=tmp_path, env=ENV, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert result.stdout


def added_up(folder: Path) -> int:
    """Return what README's Python says of the people killed, run in a folder with `data/raw`."""
    (code,) = fenced("python")
    result = subprocess.run([sys.executable, "-c", f"{code}\nprint(killed)"], cwd=folder, env=ENV, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return int(result.stdout.splitlines()[-1])


def test_the_readme_s_python_adds_up_what_the_panels_do(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data/raw", tmp_path / "data/raw")
    killed = added_up(tmp_path)
    for panel in ("situation_months", "country_months"):
        assert killed == load(panel, tmp_path / "data/processed")["killed_best"].sum() > 0


def test_the_readme_s_sum_has_vague_numbers_but_not_what_is_only_reported(tmp_path: Path) -> None:
    (tmp_path / "data/raw").mkdir(parents=True)
    text = (
        "Shelling 9 May killed dozens of villagers in Jilib. Militants late March ambushed bus in Afgoye, killing 18 people. Rebels 3 May "
        "reportedly killed 30 soldiers near Kismayo."
    )
    (tmp_path / "data/raw/may.csv").write_text(f'country,month,content\nSomalia,May 2024,"{text}"\n', encoding="utf-8")
    assert added_up(tmp_path) == 42
    (row,) = load("situation_months", tmp_path / "data/processed").to_dict("records")
    assert (row["killed_low"], row["killed_best"], row["killed_earlier_best"]) == (42, 42, 18)


def test_the_sql_of_the_casualties_page_adds_up_what_the_panel_does(
    sample: tuple[Path, object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb: pip install 'crisiswatch-pipeline[export]'")
    shutil.copytree(sample[0], tmp_path / "data/processed")
    monkeypatch.chdir(tmp_path)
    (query,) = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/casualties.md").read_text(encoding="utf-8"), re.DOTALL)
    told = {(situation, month): killed for situation, month, killed in duckdb.sql(query).fetchall()}
    panel = {(row.situation, row.month): row.killed_best for row in load("situation_months", sample[0]).itertuples() if row.covered}
    assert {key: killed for key, killed in panel.items() if killed} == {key: killed for key, killed in told.items() if killed}


def test_the_readme_s_example_gives_the_rows_it_shows() -> None:
    (block,) = fenced("pycon")
    example = doctest.DocTestParser().get_doctest(block, {}, "README", "README.md", 0)
    said: list[str] = []
    doctest.DocTestRunner(verbose=False, optionflags=doctest.NORMALIZE_WHITESPACE).run(example, out=said.append)
    assert said == []


def test_the_readme_s_run_prints_what_it_shows(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data/raw", tmp_path / "data/raw")
    (block,) = fenced("console")
    command, shown = block.removeprefix("$ ").split("\n", 1)
    result = subprocess.run(shlex.split(command), cwd=tmp_path, env=ENV, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    assert result.stdout == shown


def test_the_readme_s_sql_runs_in_duckdb(sample: tuple[Path, object], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb: pip install 'crisiswatch-pipeline[export]'")
    shutil.copytree(sample[0], tmp_path / "data/processed")
    monkeypatch.chdir(tmp_path)
    (query,) = fenced("sql")
    rows = duckdb.sql(query).fetchall()
    panel = load("country_months", sample[0])
    assert sum(killed or 0 for _, _, killed in rows) == panel[panel["own"]]["killed_best"].sum() > 0


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="needs R with arrow and dplyr")
def test_the_readme_s_r_runs(sample: tuple[Path, object], tmp_path: Path) -> None:
    shutil.copytree(sample[0], tmp_path / "data/processed")
    (code,) = fenced("r")
    result = subprocess.run(["Rscript", "-e", code], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("target", sorted(set(re.findall(r"`(docs/[\w./-]+)`|\]\((docs/[^)]+)\)", README))))
def test_what_the_readme_points_to_is_there(target: tuple[str, str]) -> None:
    assert (ROOT / "".join(target)).exists()


@pytest.mark.skipif(shutil.which("dvc", path=ENV["PATH"]) is None, reason="needs dvc: pip install 'crisiswatch-pipeline[dvc]'")
def test_dvc_repro_works_from_a_fresh_clone_and_then_has_nothing_to_do(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    first = subprocess.run(["dvc", "repro", "--quiet"], cwd=clone, env=ENV, capture_output=True, text=True)
    assert first.returncode == 0, first.stderr
    assert (clone / "data/processed/country_months").is_dir()
    again = subprocess.run(["dvc", "status"], cwd=clone, env=ENV, capture_output=True, text=True)
    assert "up to date" in again.stdout, again.stdout
