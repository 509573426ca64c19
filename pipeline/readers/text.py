"""Plain text -> one piece a line; quoting marks of mail programs taken out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.readers import Piece

# Not str.splitlines(): that also cuts at U+0085, which is half a letter in mojibake.
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\u2028\u2029]")
_QUOTED = re.compile(r"^[ \t]{0,3}(?:>[ \t]?){1,20}", re.MULTILINE)
_FULL_LINE = re.compile(r"^.*\S", re.MULTILINE)


def unquote(text: str) -> tuple[str, bool]:
    """Return `text` without the `> ` that mail programs set before lines they quote, and True, if most lines that are not blank have it.

    Else the text as it is, and False.
    """
    quoted = sum(1 for _ in _QUOTED.finditer(text))
    if not quoted or 2 * quoted <= sum(1 for _ in _FULL_LINE.finditer(text)):
        return text, False
    return _QUOTED.sub("", text), True


def read_text(text: str) -> Iterator[Piece]:
    """Yield one piece of kind "line" for each line that is not blank, placed at its line number from 0."""
    for number, line in enumerate(_LINE_END.split(text)):
        if line and not line.isspace():
            yield Piece(line, "line", at=number)
