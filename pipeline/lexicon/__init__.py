"""Words as data: reads the TOML and CSV files of this folder and of `models/`, and says clearly what is wrong in them.

Adding a phrase, an alias or a region is an edit of a file here; no stage needs to change for it.
"""

from __future__ import annotations

import csv
import hashlib
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
_INSTALLED = FOLDER.parent / "_models"
MODELS = _INSTALLED if _INSTALLED.is_dir() else FOLDER.parents[1] / "models"


class LexiconError(ValueError):
    """A lexicon file is missing or says something that cannot be used; the message names file, place and remedy."""


def read_toml(name: str) -> dict[str, Any]:
    """Return the tables of `lexicon/<name>`.

    Raises LexiconError where the file is missing or is not TOML.
    """
    path = FOLDER / name
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise LexiconError(f"{path} is missing; reinstall crisiswatch-pipeline") from None
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{path}: not valid TOML ({error}); mend the line it names") from None


def read_csv(name: str) -> list[dict[str, str]]:
    """Return the rows of `lexicon/<name>` by column name; an empty cell is the empty string, never missing.

    Raises LexiconError where the file is missing or a row has more or fewer cells than the header.
    """
    path = FOLDER / name
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, restkey="", strict=True))
    except FileNotFoundError:
        raise LexiconError(f"{path} is missing; reinstall crisiswatch-pipeline") from None
    for number, row in enumerate(rows, start=2):
        if "" in row or None in row.values():
            raise LexiconError(f"{path}, line {number}: not as many cells as the header; mend the commas of that line")
    return rows


@cache
def digest(paths: tuple[str, ...]) -> str:
    """Return one hash over files named relative to this folder or, as `models/...`, to the models folder."""
    total = hashlib.sha256()
    for name in paths:
        path = MODELS / name.removeprefix("models/") if name.startswith("models/") else FOLDER / name
        total.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]
