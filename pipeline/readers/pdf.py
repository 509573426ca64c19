"""PDF with a text layer -> one piece a line, grouped by page."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.readers import Piece, Unreadable

if TYPE_CHECKING:
    from pypdf import PageObject

MOST_PAGES = 2_000
# What typesetting makes of letters, and the hyphen it puts at the end of a line.
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SOFT_HYPHEN = re.compile(r"\u00ad(?=[ \u00a0]{0,9}$)")
_SILENT = logging.NullHandler()
# Bytes of drawing instructions of one page. A page full of text has some 50 kB; above this it is a map or a trap, and takes seconds.
_LARGEST_PAGE = 2 * 2**20


def read_pdf(data: bytes) -> Iterator[Piece]:
    """Yield one piece of kind "line" for each line that is not blank, in the order of the file; `group` is the page number from 1.

    Ligatures are spelled out and a soft hyphen at the end of a line becomes a hyphen, with the repair "typesetting".
    A page that cannot be read, or whose drawing is larger than a page of text could be, is left out with the repair "page_N_unread".
    Raises Unreadable where the file is broken, encrypted, has over MOST_PAGES pages, or no text layer.
    """
    from pypdf import PdfReader

    # What pypdf mends or misses it tells the log; without a handler that would be written to stderr.
    logging.getLogger("pypdf").addHandler(_SILENT)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable("an encrypted PDF: save it without its password first")
        pages = len(reader.pages)
    except Unreadable:
        raise
    except Exception as error:  # pypdf lets any error of its parser through
        raise Unreadable(f"broken PDF: {_plain(error)}") from None
    if pages > MOST_PAGES:
        raise Unreadable(f"a PDF of {pages:,} pages, {MOST_PAGES:,} are the most; split it")
    number, found = 0, False
    for page in range(pages):
        try:
            lines = _text(reader.pages[page]).split("\n")
        except Exception:  # see above
            yield Piece("", "line", repairs=(f"page_{page + 1}_unread",))
            continue
        for line in lines:
            if line and not line.isspace():
                found = True
                whole = _SOFT_HYPHEN.sub("-", line.translate(_LIGATURES))
                yield Piece(whole, "line", page + 1, at=number, repairs=("typesetting",) if whole != line else ())
            number += 1
    if not found:
        raise Unreadable("a PDF without a text layer, perhaps scanned: run text recognition (OCR) on it first")


def _text(page: PageObject) -> str:
    contents = page.get_contents()
    if contents is not None and len(contents.get_data()) > _LARGEST_PAGE:
        raise ValueError(f"more than {_LARGEST_PAGE:,} bytes of drawing")
    return page.extract_text()


def _plain(error: Exception) -> str:
    return f"{type(error).__name__} {error}".replace("\n", " ").strip()[:200]
