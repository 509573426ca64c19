"""A bulletin's first page whose lists and side bar came out as one line: `97 1 September 2011 Board of Trustees ... Trends ...`.

It holds no entries. Lists set in two columns are torn line by line; their names cannot be told apart and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.entries import issue
from pipeline.entries.overview import Overview
from pipeline.entries.page import Layout, Page, Piece
from pipeline.entries.situations import Situation
from pipeline.entries.wording import TRENDS, key
from pipeline.spelling import plain

_LONG = 120
_TITLES = re.compile(
    r"((?:Deteriorated|Improved|Unchanged) Situations?|(?:Conflict )?Risk Alerts?|(?:Conflict )?Resolution Opportunit(?:y|ies)"
    r"|\w{3,12} \d{4}(?: –)? (?:Trends|Watchlist))",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\D{0,20}(\d{1,3}) (\d{1,2} [^\W\d_]+ (?:19|20)\d\d)\b")
_PAGED = re.compile(r"\(p+\.? ?\d{1,3}\)")


def recognises(page: Page) -> bool:
    """Whether one long line holds two or more list titles and no line heads an entry."""
    return any(_is_cover(block.text) for block in page.blocks) and len(page.blocks) <= 12


def _is_cover(line: str) -> bool:
    return len(line) > _LONG and len(set(map(str.lower, _TITLES.findall(line)))) >= 3


def split(page: Page) -> Iterator[Piece]:
    """Yield the states that the lists tell for certain; every line is skipped."""
    overview = Overview()
    for block in page.blocks:
        yield page.skip(block, "overview")
        if _is_cover(block.text):
            _read(page, block.text, overview)
    yield from overview.states(page.document.document_id)


def _read(page: Page, line: str, overview: Overview) -> None:
    parts = _TITLES.split(line)
    if match := _NUMBERED.match(line):
        overview.month = issue.month_of_number(int(match[1]))
    paged = bool(_PAGED.search(line))
    torn = False
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        kind = page.wording.overview.get(key(title))
        if kind is None:
            months = [month for _, _, month in page.wording.named_months(title)]
            overview.month = months[0] if months and "trend" in title.lower() else overview.month
        elif not body.strip():
            torn = True
        elif torn:
            torn = False
        elif kind in TRENDS and paged:
            overview.add(kind, tuple(_paged(page, body)))
        else:
            overview.add(kind, tuple(_leading(page, body)))


def _paged(page: Page, body: str) -> Iterator[Situation]:
    """Yield the names that a page number follows; people of the side bar have none."""
    text = plain(body)
    for _, end, situation in page.situations.mentioned(text):
        if _PAGED.match(text, end + 1) or re.match(r" \([^()]{1,30}\) \(p", text[end:]):
            yield situation


def _leading(page: Page, body: str) -> Iterator[Situation]:
    """Yield the names the text begins with, up to the first word that is none."""
    at = 0
    for start, end, situation in page.situations.mentioned(body):
        if body[at:start].strip(" ,;"):
            return
        at = end
        yield situation


LAYOUT = Layout("cover", recognises, split)
