"""What several test modules need: the sample's tables, rows to build on, and the shared folder where there is one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from pipeline.engine import Report, run
from pipeline.tables import Entry

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """The tables of data/raw, made once, and the report of that run."""
    out = tmp_path_factory.mktemp("sample")
    return out, run(ROOT / "data" / "raw", out)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real input, truth and gold beside the project."""
    if not SHARED.is_dir():
        pytest.skip("needs the folder ../shared with real input and gold, which is not part of the project")
    return SHARED


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw folder with one small file: Mali, May 2024, with two figures of people killed."""
    folder = tmp_path / "raw"
    folder.mkdir()
    (folder / "mali.csv").write_text(
        "country,month,text\n"
        'Mali,May 2024,"Jihadists continued attacks in centre.\n'
        "JNIM militants 3 May attacked army post near Mopti city, killing at least five soldiers. "
        'Army 9 May raided camp in Gao region, killing three militants."\n',
        encoding="utf-8",
    )
    return folder


def table_bytes(out: Path) -> dict[str, bytes]:
    """Return the bytes of every table file below a folder, by its path there."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


def make_entry(text: str = "Army 3 May raided camp.", **known: Any) -> Entry:
    """Return an entry of Mali, May 2024, with what is given in other values."""
    values: dict[str, Any] = {
        "entry_id": "e1", "situation": "Mali", "countries": ("MLI",), "region": "Africa", "month": dt.date(2024, 5, 1),
        "month_source": "given", "month_confidence": 1.0, "month_evidence": None, "trend": None, "risk_alert": None,
        "resolution_opportunity": None, "headline": None, "text": text, "situation_as_written": "Mali", "situation_source": "stated",
        "document_ids": ("d1",), "superseded_by": None,
    }  # fmt: skip
    return Entry(**values | known)
