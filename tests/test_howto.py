"""The how-tos of docs/howto: their edits are made in a copy of the package, and there each block and command gives what the page says."""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "docs" / "howto"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "README.md")
FENCED = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
REST = "..."  # at the end of a line of a diff: the line goes on as it is


def blocks(page: Path, language: str) -> list[str]:
    return [text for said, text in FENCED.findall(page.read_text(encoding="utf-8")) if said == language]


def new_files(page: Path) -> dict[str, str]:
    """Return the modules a page gives whole, by path."""
    headed = [block.partition("\n") for block in blocks(page, "python") if block.startswith("# ")]
    return {first.removeprefix("# "): rest for first, _, rest in headed}


def matches(said: str, line: str) -> bool:
    return line.startswith(said.removesuffix(REST)) if said.endswith(REST) else line == said


def edited(text: str, diff: str) -> str:
    """Return the text after a diff: its old lines stand in one place, or there are none and the new ones go to the end."""
    said = diff.splitlines()
    old, lines = [line[1:] for line in said if line[:1] != "+"], text.splitlines()
    if not old:
        return "\n".join([*lines, *(line[1:] for line in said)]) + "\n"
    at = [k for k in range(len(lines) - len(old) + 1) if all(map(matches, old, lines[k : k + len(old)]))]
    assert len(at) == 1, f"these lines stand in {len(at)} places:\n{diff}"
    found = iter(lines[at[0] : at[0] + len(old)])
    out, rests = [], []
    for line in said:
        if line[:1] != "+":
            taken = next(found)
            rests += [taken[len(line) - 1 - len(REST) :]] if line.startswith("-") and line.endswith(REST) else []
            out += [] if line.startswith("-") else [taken]
        else:
            out.append(line[1:].removesuffix(REST) + rests.pop(0) if line.endswith(REST) else line[1:])
    return "\n".join([*lines[: at[0]], *out, *lines[at[0] + len(old) :]]) + "\n"


def edit(page: Path, root: Path) -> None:
    for block in blocks(page, "diff"):
        head, _, diff = block.partition("\n")
        path = root / head.removeprefix("--- ")
        path.write_text(edited(path.read_text(encoding="utf-8"), diff), encoding="utf-8")
    for name, text in new_files(page).items():
        assert not (root / name).exists(), f"{name} is there already"
        (root / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package and its tests after the edits of all pages, one after the other."""
    root = tmp_path_factory.mktemp("howto")
    for name in ("pipeline", "tests"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("models", "data", "docs", "pyproject.toml"):
        (root / name).symlink_to(ROOT / name)
    for page in PAGES:
        edit(page, root)
    return root


def python(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    env = os.environ | {"PYTHONPATH": str(folder)}
    return subprocess.run([sys.executable, *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False)


def test_every_page_edits_asks_and_names_a_command() -> None:
    for page in PAGES:
        assert blocks(page, "diff"), page.name
        assert any(block.startswith(">>> ") for block in blocks(page, "python")), page.name
        assert blocks(page, "sh"), page.name


def test_the_list_of_pages_names_them_all() -> None:
    links = set(re.findall(r"\(([\w-]+\.md)\)", (FOLDER / "README.md").read_text(encoding="utf-8")))
    assert links == {page.name for page in PAGES}


def test_after_the_edits_python_answers_as_the_pages_say(copy: Path) -> None:
    asked = python(["-m", "doctest", *(str(page) for page in PAGES)], copy)
    assert (asked.returncode, asked.stdout) == (0, ""), asked.stdout + asked.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_before_its_edit_a_page_s_answers_are_wrong(page: Path) -> None:
    asked = doctest.DocTestParser().get_doctest(page.read_text(encoding="utf-8"), {}, page.name, str(page), 0)
    assert doctest.DocTestRunner(verbose=False).run(asked, out=lambda _: None).failed > 0


def test_after_the_edits_the_commands_of_the_pages_pass(copy: Path) -> None:
    commands = [line.split() for page in PAGES for block in blocks(page, "sh") for line in block.splitlines()]
    assert {tuple(command[:3]) for command in commands} == {("python", "-m", "pytest")}
    targets = sorted({target for command in commands for target in command[3:]})
    ran = python(["-m", "pytest", "-p", "no:cacheprovider", *targets], copy)
    assert ran.returncode == 0, ran.stdout + ran.stderr
