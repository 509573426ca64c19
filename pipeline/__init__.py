"""crisiswatch-pipeline: raw CrisisWatch text in, Parquet tables out.

import pipeline
pipeline.run("data/raw", "data/processed")
events = pipeline.load("events", "data/processed")
hits = pipeline.search("drone strike", situation="Sudan", since="2023-01")
tables = pipeline.extract("Gunmen 3 May killed two in Gao.", situation="Mali", month="2024-05")
"""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from pipeline.engine import Report

__all__ = ["extract", "load", "run", "search"]
__version__ = "0.1.0"


def run(raw: str | PathLike[str], out: str | PathLike[str], stages: Sequence[str] = ()) -> Report:
    """Bring the tables in folder `out` up to date with the files in folder `raw`; return counts of what was read and made.

    `stages` limits the run to those named and what they need. Raises RunError where a folder is missing or cannot be
    written, ModelError where no language model is installed.
    """
    from pipeline.engine import run as run_folder

    return run_folder(Path(raw), Path(out), stages)


def load(table: str, out: str | PathLike[str] = "data/processed") -> pd.DataFrame:
    """Return one table as a DataFrame with nullable types: whole numbers stay whole, what is unknown is NA.

    Raises FileNotFoundError, with the names there are, where there is no such table.
    """
    from pipeline.frames import load_table

    return load_table(table, Path(out))


def search(words: str = "", out: str | PathLike[str] = "data/processed", **filters: Any) -> pd.DataFrame:
    """Return the entries that answer, the best first: a row each, with the passage that shows why and the event_ids that match.

    The filters are those of `crisiswatch search`: situation, type, family, actor, place and kind (a name, or several in a
    list), since and until ("2023-01"), superseded, order, limit. Raises ValueError where a filter names what does not exist
    or the words hold none, FileNotFoundError where there are no tables.
    """
    from pipeline.frames import search_tables

    return search_tables(words, Path(out), filters)


def extract(text: str, situation: str | None = None, month: str | None = None) -> dict[str, pd.DataFrame]:
    """Return the tables of one entry's text, by name, without touching a file.

    `month` is "2024-05"; without it dates stay partial. The first line is the headline where more follow. Raises
    ValueError where the month is no month.
    """
    from pipeline.frames import extract_tables

    return extract_tables(text, situation, month)
