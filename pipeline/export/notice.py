"""What every export says of itself: made by machine from CrisisWatch text, whose data it is not, and whom to credit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pipeline import __version__
from pipeline.durable import whole_or_not

CREDIT = "CrisisWatch text: International Crisis Group, https://www.crisisgroup.org/crisiswatch"


def notice(peer: str = "International Crisis Group, ACLED, UCDP or VIEWS") -> str:
    """Return the mark of an export that looks like the data of `peer`."""
    return f"Derived from CrisisWatch text by machine (crisiswatch-pipeline {__version__}), not {peer} data. {CREDIT}"


def write_readme(path: Path, title: str, peer: str, lines: Sequence[str]) -> None:
    """Write what an export is beside it."""
    with whole_or_not(path) as file:
        file.write("\n".join([f"# {title}", "", notice(peer), "", *lines, ""]).encode())


def write_account(path: Path, peer: str, count: int, left_out: Counter[str], lines: Sequence[str]) -> None:
    """Write beside an export in another data set's columns how many rows it has, what was left out, and by which rules."""
    out = [f"- {number:,}: {reason}" for reason, number in sorted(left_out.items()) if number]
    account = [f"{count:,} rows in `{path.name}`.", "", *(["Left out:", "", *out, ""] if out else []), *lines]
    write_readme(path.with_suffix(".README.md"), f"{peer}-like rows from CrisisWatch", peer, account)
