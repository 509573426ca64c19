"""Plain text -> one piece a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.readers import Piece

# Not str.splitlines(): that also cuts at U+0085, which is half a letter in mojibake.
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\u2028\u2029]")


def read_text(text: str) -> Iterator[Piece]:
    """Yield one piece of kind "line" for each line that is not blank, placed at its line number from 0."""
    for number, line in enumerate(_LINE_END.split(text)):
        if line and not line.isspace():
            yield Piece(line, "line", at=number)
