"""The documents that no stage has of its own: they name files and commands that exist, and the version that is installed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from typer.main import get_command

import pipeline
from pipeline.cli import app
from pipeline.codebook import all_tables
from tests.conftest import ROOT

PAGES = [ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "docs" / "howto").glob("*.md"), ROOT / "docs" / "tour.ipynb"]
# `docs/events.md`, `models/events/train.py`, `lexicon/regions.csv`; names with a star or capitals for what to fill in are patterns.
NAMED = re.compile(
    r"[`( ]((?:docs|models|pipeline|lexicon|tests|benchmarks)/[a-z0-9_./-]*[a-z0-9_-]\.(?:py|md|csv|toml|json|npz|ipynb))[`) ]"
)
LINKED = re.compile(r"\]\(([^)#:]+?\.\w+)(?:#[\w-]+)?\)")
COMMAND = re.compile(r"`crisiswatch ([a-z]+)")
# Of a how-to: a file its reader writes.
TO_WRITE = {"pipeline/entries/layouts/digest.py"}


@pytest.mark.parametrize("page", sorted(PAGES), ids=lambda page: page.name)
def test_a_page_names_files_that_exist(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = {name.replace("lexicon/", "pipeline/lexicon/") if name.startswith("lexicon/") else name for name in NAMED.findall(text)}
    assert sorted(name for name in named - TO_WRITE if not (ROOT / name).exists()) == []
    assert sorted(link for link in LINKED.findall(text) if not (page.parent / link).exists()) == []


@pytest.mark.parametrize("page", sorted(PAGES), ids=lambda page: page.name)
def test_a_page_names_commands_that_exist(page: Path) -> None:
    known = set(getattr(get_command(app), "commands", {}))
    assert sorted(set(COMMAND.findall(page.read_text(encoding="utf-8"))) - known) == []


def test_models_md_runs_every_recipe_there_is() -> None:
    text = (ROOT / "docs" / "models.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^python (models/\S+\.py)", text, re.MULTILINE))
    recipes = [path for kind in ("fit_*", "train*", "build_gazetteer", "make_*") for path in ROOT.glob(f"models/*/{kind}.py")]
    assert named == {path.relative_to(ROOT).as_posix() for path in recipes}


def test_the_changelog_names_every_command_and_table() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    commands = set(getattr(get_command(app), "commands", {}))
    assert sorted(name for name in commands if not re.search(rf"`{name}[` ]", text)) == []
    beside = {"sources", "corrections", "trend_signs"}  # the sidecar, the corrections' own record, a step on the way to trends
    assert sorted(table for table in set(all_tables()) - beside if f"`{table}`" not in text) == []


def test_the_citation_is_of_this_version_and_credits_the_source() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == pipeline.__version__
    assert "International Crisis Group" in cited["message"]
    assert cited["references"][0]["authors"] == [{"name": "International Crisis Group"}]
