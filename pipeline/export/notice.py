"""What every export says of itself: made by machine from CrisisWatch text, whose data it is not, and whom to credit."""

from __future__ import annotations

from pathlib import Path

from pipeline import __version__
from pipeline.durable import whole_or_not

CREDIT = "CrisisWatch text: International Crisis Group, https://www.crisisgroup.org/crisiswatch"


def notice(peer: str = "International Crisis Group, ACLED, UCDP or VIEWS") -> str:
    """Return the mark of an export that looks like the data of `peer`."""
    return f"Derived from CrisisWatch text by machine (crisiswatch-pipeline {__version__}), not {peer} data. {CREDIT}"


def write_readme(path: Path, title: str, peer: str, lines: list[str]) -> Path:
    """Write what an export is, and what was left out of it, beside it; return the path."""
    with whole_or_not(path) as file:
        file.write("\n".join([f"# {title}", "", notice(peer), "", *lines, ""]).encode())
    return path
