"""Word documents (.docx) -> one piece a line, so that a page pasted into Word reads like one saved as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from pipeline.readers import Piece, Unreadable

_LARGEST_UNPACKED = 64 * 2**20
_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH = f"{_NAMESPACE}p"
_WRITTEN = {f"{_NAMESPACE}tab": "\t", f"{_NAMESPACE}br": "\n", f"{_NAMESPACE}cr": "\n", f"{_NAMESPACE}noBreakHyphen": "-"}


def read_docx(data: bytes) -> Iterator[Piece]:
    """Yield one piece of kind "line" for each line of each paragraph, those in table cells among them.

    Headers, footers, notes, comments and deleted text are left out. Raises Unreadable where the document is broken or too big.
    """
    number = 0
    for paragraph in _paragraphs(data):
        for line in paragraph.split("\n"):
            if line and not line.isspace():
                yield Piece(line, "line", at=number)
            number += 1


def _paragraphs(data: bytes) -> list[str]:
    found = []
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if archive.getinfo("word/document.xml").file_size > _LARGEST_UNPACKED:
            raise Unreadable(f"too big: more than {_LARGEST_UNPACKED:,} bytes when unpacked; split it")
        with archive.open("word/document.xml") as file:
            for _, element in ElementTree.iterparse(file):
                if element.tag == _PARAGRAPH:
                    found.append("".join(_text(element)))
                    element.clear()
    except Unreadable:
        raise
    except Exception as error:  # zipfile and the XML parser raise a dozen kinds of error on damaged files
        raise Unreadable(f"broken Word document: {type(error).__name__} {error}"[:200]) from None
    return found


def _text(paragraph: ElementTree.Element) -> Iterator[str]:
    for element in paragraph.iter():
        if element.tag == f"{_NAMESPACE}t":
            yield element.text or ""
        elif element.tag in _WRITTEN:
            yield _WRITTEN[element.tag]
