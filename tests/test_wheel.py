"""The wheel holds all that a run needs: installed apart from this checkout it makes the same tables."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pipeline.engine import Report
from tests.conftest import ROOT, table_bytes


def test_a_wheel_installed_elsewhere_makes_the_sample_s_tables(sample: tuple[Path, Report], tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "dist"], cwd=ROOT, check=True, capture_output=True
    )
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    subprocess.run([*pip, "install", "--no-deps", "--target", tmp_path / "site", wheel], check=True)
    env = os.environ | {"PYTHONPATH": str(tmp_path / "site")}
    where = subprocess.run(
        [sys.executable, "-c", "import pipeline; print(pipeline.__file__)"], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert where.stdout.startswith(str(tmp_path / "site"))
    command = [sys.executable, "-m", "pipeline", "run", "--raw", str(ROOT / "data" / "raw"), "--out", str(tmp_path / "out")]
    subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
    assert table_bytes(tmp_path / "out") == table_bytes(sample[0])
    page = [sys.executable, "-m", "pipeline", "explore", "--tables", str(tmp_path / "out"), "--out", str(tmp_path / "page")]
    subprocess.run(page, cwd=tmp_path, env=env, check=True, capture_output=True)
    assert (tmp_path / "page" / "index.html").is_file()
