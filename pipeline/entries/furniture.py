"""Why a line outside of entries stands on the page: the reason written beside it in `skipped`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from pipeline.entries.style import shape
from pipeline.entries.wording import Wording, key
from pipeline.tables import Block

_PAGER = re.compile(
    r"(?:page )?\d{1,4} (?:of|/) \d{1,4}|(?:page|p\.?) ?\d{1,4}|[«‹]? ?(?:first|previous|next|last) ?[»›]?|[‹›«»\d .…|]{1,60}",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(r"[^>»›/]{1,60}(?: [>»›/] [^>»›/]{1,60}){2,8}")
_CONTENTS = re.compile(r"[^.]{1,80}[. …·]{4,200}\d{1,3}")  # AFRICA .......... 3
_FOOTER = re.compile(r"\b(?:www\.|https?://)\S|\b[Pp]age \d{1,3}$")
_PROSE_WORDS = 8
_EDGE = 3
_FOOTER_WORDS = 10


def label(line: str, wording: Wording) -> str | None:
    """Return the reason for a line that is a bare label, a pager, a breadcrumb or a table of contents; None for any other."""
    if reason := wording.labels.get(key(line)):
        return reason
    if _PAGER.fullmatch(line.strip()):
        return "pager"
    if _CONTENTS.fullmatch(line):
        return "contents"
    if _BREADCRUMB.fullmatch(line) and not re.search(r"[.!?]$", line):
        return "breadcrumb"
    if not any(char.isalnum() for char in line):
        return "ornament"
    return None


def reason(line: str, wording: Wording) -> str:
    """Return why `line`, which is no entry text, stands on the page: the best guess at its kind."""
    if found := label(line, wording):
        return found
    if key(line) in wording.overview:
        return "overview"
    if wording.region(line) or key(line) in wording.subregions:
        return "heading: region"
    if wording.month(line):
        return "heading: month"
    if wording.day(line):
        return "date_line"
    if _FOOTER.search(line):
        return "page_footer"
    seen = shape(line, wording)
    if seen.reason in {"newsletter", "cookie_notice", "intro", "contact"}:
        return seen.reason
    if seen.words < _PROSE_WORDS:
        return "label"
    return seen.reason


def running_lines(blocks: Sequence[Block]) -> frozenset[int]:
    """Return the positions of page headers and footers of a paged file: lines at a page's edge that
    return on other pages with another number, or hold an address or a page number."""
    pages: defaultdict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.group is not None:
            pages[block.group].append(block)
    edges = [(block, re.sub(r"\d+", "0", block.text)) for page in pages.values() for block in (*page[:_EDGE], *page[_EDGE:][-_EDGE:])]
    seen = Counter(masked for _, masked in edges)
    return frozenset(
        block.position
        for block, masked in edges
        if (seen[masked] > 1 and masked != block.text) or (_FOOTER.search(block.text) and len(block.text.split()) <= _FOOTER_WORDS)
    )
