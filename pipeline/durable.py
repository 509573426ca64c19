"""Files that are whole or not there: written beside their place, synced, then renamed over it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

TEMPORARY = ".tmp"


class DamagedFile(ValueError):  # noqa: N818
    """A file of ours does not say what it must; the message names it and the remedy."""


@contextmanager
def whole_or_not(path: Path, *, lasting: bool = True) -> Iterator[BinaryIO]:
    """Give a file to write that takes the place of `path` only once all of it is on the disk.

    One that need not be `lasting`, since its reader can tell whether it is whole and can do without it, is not waited for.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}{TEMPORARY}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        temporary.replace(path)
        if lasting:
            _sync_folder(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; where the system cannot sync a folder, it does so itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep_temporaries(out: Path) -> None:
    """Take away what a killed run left half written; only safe while no other run is at work there."""
    for path in out.glob(f"**/.*{TEMPORARY}"):
        path.unlink(missing_ok=True)


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, or the empty string where it cannot be read or is no plain file."""
    if not path.is_file():
        return ""  # a named pipe would be waited on for ever
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def write_json(path: Path, value: Any) -> None:
    """Write a JSON file, whole or not at all."""
    with whole_or_not(path) as file:
        file.write(json.dumps(value, indent=1, sort_keys=True).encode())


def read_json(path: Path) -> Any:
    """Return what a JSON file of ours says, None where there is none.

    Raises DamagedFile where it is damaged.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise DamagedFile(f"{path} is damaged ({error}); run `crisiswatch run --force`") from None
