"""Markdown, as page-to-text tools write it -> one piece a line, without the marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.readers import Piece
from pipeline.readers.text import read_text

# Each mark with what stays of it. Bounded, so that a line of brackets takes no time.
_MARKS = (
    (re.compile(r"^\s{0,9}(?:[-*_=]\s{0,3}){3,200}$"), ""),  # "---"
    (re.compile(r"^\s{0,9}(?:#{1,6}|>|[*+-])\s+"), ""),  # "## Africa", "> quoted", "* item"
    (re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\n]{0,2000}\)"), ""),  # "![alt](image.svg)"
    (re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\n]{0,2000}\)"), r"\1"),  # "[Chad](https://...)"
    (re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,5000}?)(?<=\S)\1"), r"\2"),  # "**Headline.**"
    (re.compile(r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,5000}?)(?<=\S)\1(?![\w*])"), r"\2"),  # "_Lead._"
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|&])"), r"\1"),  # "2\."
)
# A name in bold that opens a line, as pages set the situation of a paragraph.
_LEAD = re.compile(r"\s{0,9}(?:[*+-]\s+)?(\*\*|__)(?=\S)([^*_\n]{1,100})(?<=\S)\1\s*\S")


def read_markdown(text: str) -> Iterator[Piece]:
    """Yield one piece of kind "line" for each line that is not blank, as `read_text` does.

    A line that opens in bold has the mark "strong-lead=N" for its first N characters. Heading, list and quotation marks, emphasis,
    addresses of links and images are taken out, with the repair "markup".
    """
    for piece in read_text(text):
        plain = piece.text
        for mark, kept in _MARKS:
            plain = mark.sub(kept, plain)
        lead = _LEAD.match(piece.text)
        marks = (f"strong-lead={len(lead[2])}",) if lead and plain.startswith(lead[2]) else ()
        yield piece._replace(text=plain, marks=marks, repairs=("markup",) if plain != piece.text else ())
