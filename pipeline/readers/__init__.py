"""Readers: the bytes or the text of one file -> pieces in reading order, with what the format says of each.

A reader is a plain function that yields `Piece` rows, or raises `Unreadable` with a reason in plain words. It knows
a format, not CrisisWatch: what is an entry and what is furniture is told by the `entries` stage.
"""

from __future__ import annotations

from typing import NamedTuple


class Unreadable(Exception):  # noqa: N818 - it says what the file is, and is always turned into a quarantined document
    """The file cannot be read; the message says why, in plain words and lower case, for `documents.reason`."""


class Piece(NamedTuple):
    """A Block before it belongs to a document: text as the format gives it, not yet mended or folded."""

    text: str
    kind: str
    group: int | None = None
    field: str | None = None
    marks: tuple[str, ...] = ()
    at: int = 0
    """Lowest position the piece may take: the line number in text files, so that blank lines leave a gap."""
    repairs: tuple[str, ...] = ()
    """What the reader mended or left out up to here, for `documents.repairs`; the text may then be empty."""
