"""What a file is, told by its first bytes, then by its name: the one place that knows all readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.readers import Piece, Unreadable
from pipeline.readers.decode import decode
from pipeline.readers.html import read_html
from pipeline.readers.tables import looks_like_table, read_delimited, read_json, read_json_lines
from pipeline.readers.text import read_text

_HTML = re.compile(r"\s{0,500}(?:<!--.{0,2000}?-->\s{0,500})?<(?:!doctype\s+html|html|head|body|\?xml[^>]{0,200}>\s{0,100}<(?:!doctype html|html))\b",
                   re.IGNORECASE | re.DOTALL)  # fmt: skip
_TAG = re.compile(r"<(?:div|p|h[1-6]|table|span|a)\b[^>]{0,500}>", re.IGNORECASE)


class Content(NamedTuple):
    """What is in a file: the columns of Document that reading tells, and its pieces."""

    format: str
    layout: str
    encoding: str | None
    repairs: tuple[str, ...]
    pieces: Iterator[Piece]


def read_bytes(name: str, data: bytes) -> Content:
    """Return the content of a file named `name`; pieces are read as they are asked for.

    Raises Unreadable, here or while pieces are read, where the file cannot be read.
    """
    if not data.strip():
        raise Unreadable("empty file")
    text, encoding, repairs = decode(data)
    form, layout, pieces = _read_text(PurePosixPath(name).suffix.lower(), text)
    return Content(form, layout, encoding, repairs, pieces)


def _read_text(suffix: str, text: str) -> tuple[str, str, Iterator[Piece]]:
    if _HTML.match(text) or (suffix in {".html", ".htm", ".xhtml"} and _TAG.search(text)):
        return "html", "html_page", read_html(text)
    if suffix in {".jsonl", ".ndjson"}:
        return "jsonl", "table", read_json_lines(text)
    if suffix == ".json":
        return "json", "table", read_json(text)
    if suffix == ".tsv":
        return "tsv", "table", read_delimited(text, "\t")
    if suffix == ".csv" or looks_like_table(text):
        return "csv", "table", read_delimited(text)
    return "text", "plain_text", read_text(text)
