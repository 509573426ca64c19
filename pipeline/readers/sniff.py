"""What a file is, told by its first bytes, then by its name: the one place that knows all readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.readers import Piece, Unreadable
from pipeline.readers.archives import office_format
from pipeline.readers.decode import decode
from pipeline.readers.feeds import is_xml, read_feed
from pipeline.readers.html import read_html
from pipeline.readers.mail import Mail, is_mail, open_mail
from pipeline.readers.markdown import read_markdown
from pipeline.readers.pdf import read_pdf
from pipeline.readers.records import looks_like_json, looks_like_json_lines, read_json, read_json_lines
from pipeline.readers.tables import looks_like_prose, looks_like_table, read_delimited
from pipeline.readers.text import read_text, unquote
from pipeline.readers.word import read_docx
from pipeline.readers.workbook import read_xlsx

# First bytes of files that are not text, with what they are and what to do.
_BINARY = (
    (b"\x89PNG", "a PNG image: run text recognition (OCR) on it first"),
    (b"\xff\xd8\xff", "a JPEG image: run text recognition (OCR) on it first"),
    (b"GIF8", "a GIF image: run text recognition (OCR) on it first"),
    (b"II*\0", "a TIFF image: run text recognition (OCR) on it first"),
    (b"MM\0*", "a TIFF image: run text recognition (OCR) on it first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (.doc, .xls): save it as .xlsx, .csv, .pdf or text"),
    (b"{\\rtf", "a rich text document (.rtf): save it as text or PDF"),
    (b"Rar!", "a RAR archive: pack it as zip"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive: pack it as zip"),
    (b"BZh", "a bzip2 file: pack it as gzip or zip"),
    (b"\xfd7zXZ", "an xz file: pack it as gzip or zip"),
    (b"PAR1", "a Parquet file: save it as CSV"),
    (b"SQLite format 3", "an SQLite database: save its table as CSV"),
)
_OFFICE = {
    "pptx": "a PowerPoint document: save it as text or PDF",
    "opendocument": "an OpenDocument file: save it as text, .xlsx or PDF",
}
# The start of a page or of a part of one: an optional XML declaration or comments, then a doctype or an element that holds others.
_PAGE = re.compile(
    r"\s{0,1000}(?:<\?xml[^>]{0,200}>|<!--[^>]{0,2000}>|\s){0,9}"
    r"<(?:!doctype\s{1,9}html|html|head|body|main|article|section|div|table|ul|h[1-6]|p)\b[^<]{0,2000}>",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?:div|p|h[1-6]|table|span|a|ul|br)\b", re.IGNORECASE)


class Content(NamedTuple):
    """What is in a file: the columns of Document that reading tells, and its pieces."""

    format: str
    layout: str
    encoding: str | None
    repairs: tuple[str, ...]
    pieces: Iterator[Piece]


def read_bytes(name: str, data: bytes) -> Content:
    """Return the content of a file named `name`; its pieces are read as they are asked for.

    Raises Unreadable, here or while pieces are read, where the file cannot be read.
    """
    if not data.strip():
        raise Unreadable("empty file")
    for start, reason in _BINARY:
        if data.startswith(start):
            raise Unreadable(reason)
    if b"%PDF-" in data[:1024]:
        return Content("pdf", "pdf_text", None, (), read_pdf(data))
    office = office_format(data)
    if office == "xlsx":
        return Content("xlsx", "table", None, (), read_xlsx(data))
    if office == "docx":
        return Content("docx", "plain_text", None, (), read_docx(data))
    if office is not None:
        raise Unreadable(_OFFICE[office])
    if is_mail(data):
        return _read_mail(open_mail(data))
    decoded = decode(data)
    if not decoded.text.strip():
        raise Unreadable("empty file")
    form, layout, pieces = _read_decoded(PurePosixPath(name).suffix.lower(), decoded.text)
    return Content(form, layout, decoded.encoding, decoded.repairs, pieces)


def _read_mail(mail: Mail) -> Content:
    """Return the content of a mail, its subject for a title."""
    form, layout = ("html", "html_page") if mail.is_page else ("text", "plain_text")
    title = [Piece(mail.subject, "heading" if mail.is_page else "line")] if mail.subject else []
    return Content(form, layout, mail.encoding, mail.repairs, chain(title, (read_html if mail.is_page else read_text)(mail.text)))


def _read_decoded(suffix: str, text: str) -> tuple[str, str, Iterator[Piece]]:
    if _PAGE.match(text) or (suffix in {".html", ".htm", ".xhtml"} and _TAG.search(text)):
        return "html", "html_page", read_html(text)
    if is_xml(text):
        return "feed", "table", read_feed(text)
    if suffix in {".jsonl", ".ndjson"} or looks_like_json_lines(text):
        return "jsonl", "table", read_json_lines(text)
    if suffix == ".json" or looks_like_json(text):
        return "json", "table", read_json(text)
    if suffix in {".tsv", ".tab"}:
        return "tsv", "table", read_delimited(text, "\t")
    if not looks_like_prose(text) if suffix == ".csv" else looks_like_table(text):
        return "csv", "table", read_delimited(text)
    if suffix in {".md", ".markdown"}:
        return "text", "plain_text", read_markdown(text)
    return "text", "plain_text", _read_quoted(text)


def _read_quoted(text: str) -> Iterator[Piece]:
    """Yield the lines of a text, pasted from a mail perhaps."""
    plain, quoted = unquote(text)
    if quoted:
        yield Piece("", "line", repairs=("quoting_left_out",))
    yield from read_text(plain)
