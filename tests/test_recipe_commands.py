"""The commands that docs, docstrings and errors give for making models anew are ones their recipes take."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.conftest import ROOT

INLINE = re.compile(r"`python (models/[\w/]+\.py)((?: [^`\n]*)?)`")
REQUIRED = re.compile(r'add_argument\("(--[\w-]+)"[^\n]*required=True')
SOURCES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted((ROOT / "pipeline").rglob("*.py")), *sorted((ROOT / "models").rglob("*.md"))]
GIVEN = [(path, *found) for path in SOURCES for found in INLINE.findall(path.read_text(encoding="utf-8"))]


@pytest.mark.parametrize(("page", "recipe", "options"), GIVEN, ids=[f"{path.name}: {recipe}{options}" for path, recipe, options in GIVEN])
def test_a_command_names_all_that_its_recipe_requires(page: Path, recipe: str, options: str) -> None:
    required = REQUIRED.findall((ROOT / recipe).read_text(encoding="utf-8"))
    assert [name for name in required if name not in options.split()] == [], page


def test_recipes_that_require_something_are_among_them() -> None:
    assert any(REQUIRED.search((ROOT / recipe).read_text(encoding="utf-8")) for _, recipe, _ in GIVEN)
