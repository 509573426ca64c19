"""Lines that are headings: of a region, a month, a situation, a list of situations, or several of these in one line."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from pipeline.entries import furniture
from pipeline.entries.nearest import both_ways
from pipeline.entries.page import Page
from pipeline.entries.repair import BULLETS
from pipeline.entries.situations import Situation
from pipeline.entries.style import day_months
from pipeline.entries.wording import TRENDS, Wording, key
from pipeline.tables import Block, Trend

MOST_WORDS = 12
"""A longer line is no heading: the longest name, of the Kuril Islands, has six words, a month and a title four more."""
_LONGEST = 120
_LEAST_TEXT = 60
_SENTENCE_WORDS = 6
_KNOWN = 2
_LEAD = re.compile(r"strong-lead=(\d{1,6})")
_ORNAMENT = re.compile(r"^[^\w(“\"‘]+|[^\w).”\"’]+$")
_TRACKER = re.compile(r"crisis ?watch ", re.IGNORECASE)
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[ivx]{1,5})[.)] ?(?=[^\W\d_])", re.IGNORECASE)  # '1. Mali', '(iv) Mali'
_BETWEEN = re.compile(r" ?[|·:;,] ?| [–—-] ")  # 'Mali | May 2021'
_BRACKETED = re.compile(r"([^\[]{1,100}?) ?[(\[]([^()\[\]]{1,60})[)\]]")  # 'Mali (deteriorated)'
# 'Sahel', 'Gulf of Guinea': up to five words, all but the small ones with capitals.
_TITLE = re.compile(r"[^\W\d_a-z][\w’'.-]{2,30}(?:[ /](?:of|the|and|de|du|&|[^\W\d_a-z][\w’'-]{0,30})){0,4}(?<!\.)")
_CODES = re.compile(r"[A-Z]{3}(?:/[A-Z]{3}){0,3}")  # MLI, ISR/PSE
# A name that opens a paragraph, 'Mali: ...', 'MALI – ...': of at most six words, the longest situation's.
_NAME = re.compile(r"((?:[^\s:–—]{1,30} ){0,5}[^\s:–—]{1,30}?)(?:: | [–—] )(?=\S)")
# Of the bare labels of the site, those that may stand beside a month in a title; of a table's columns, those that may stand before a value.
_TITLES = frozenset({"page_title", "navigation"})
_FIELDS = frozenset({"situation", "place", "month", "trend", "text"})


class Heading(NamedTuple):
    """What a line is that is no prose."""

    kind: Literal["situation", "region", "subregion", "month", "list"]
    situation: Situation | None = None
    written: str | None = None
    month: dt.date | None = None
    value: str | None = None
    """The region's name, or the kind of list."""
    trend: Trend | None = None
    """What is told beside the name of a situation, or beside a month."""


def is_prose(line: str) -> bool:
    """Whether `line` is too long for a heading, or a whole sentence."""
    words = len(line.split())
    return words > MOST_WORDS or (words >= _SENTENCE_WORDS and line.endswith("."))


def openings(page: Page, headings: Sequence[Heading | None]) -> dict[int, Heading]:
    """Return the situations that paragraphs open with, by position: `**Guinea** Authorities 8 Jan ...`, `Guinea: Authorities ...`.

    `written` is all that stands before the text. A name that is not bold heads an entry only on a page where no line is a heading of
    a situation, and where a name opens the first paragraph: else the text above it would be nobody's.
    """
    bold = {block.position: heading for block in page.blocks if (heading := _bold(page, block))}
    if bold or page.given_situation or page.named_situation or any(heading and heading.kind == "situation" for heading in headings):
        return bold
    plain = {block.position: heading for block in page.blocks if (heading := _plain(page, block))}
    first = next((block.position for block in page.blocks if is_prose(block.text)), None)
    return plain if first in plain else {}


def _bold(page: Page, block: Block) -> Heading | None:
    lead = next((match for mark in block.marks if (match := _LEAD.fullmatch(mark))), None)
    name = block.text[: int(lead[1])] if lead else ""
    heading = find_heading(page, name) if name and len(name) < len(block.text) else None
    return heading._replace(written=name) if heading and heading.kind == "situation" else None


def _plain(page: Page, block: Block) -> Heading | None:
    bare = BULLETS.sub(" ", block.text).lstrip(" *-–")
    match = _NAME.match(bare)
    if not match or len(bare) - match.end() < _LEAST_TEXT:
        return None
    heading = find_heading(page, match[1])
    before = len(block.text) - len(bare) + match.end()
    return heading._replace(written=block.text[:before]) if heading and heading.kind == "situation" else None


def find_heading(page: Page, line: str) -> Heading | None:
    """Return what `line` is the heading of; None if it is none."""
    text = _ORNAMENT.sub("", BULLETS.sub(" ", line).strip())
    if not text or len(text.split()) > MOST_WORDS or len(text) > _LONGEST:
        return None
    wording = page.wording
    if region := wording.region(text):
        return Heading("region", value=region)
    if key(text) in wording.subregions:
        return Heading("subregion")
    if kind := wording.overview.get(key(text)):
        return Heading("list", value=kind)
    if month := wording.month(text):
        return Heading("month", month=month)
    bare = _TRACKER.sub("", text, count=1) if _TRACKER.match(text) else text
    if situation := page.situations.named(bare):
        return Heading("situation", situation, bare)
    return _composed(page, _NUMBER.sub("", bare, count=1))


def unlisted(page: Page, headings: Sequence[Heading | None]) -> dict[int, Heading]:
    """Return the lines, by index, that head a situation nobody has heard of: a name that stands as the known names of the page do.

    Such a line has a few capitalised words without a full stop, stands once, right below a region or between two known names in the
    order of the alphabet, behind a finished paragraph, and above a dated paragraph or a headline with one. What is below it is at least
    not told of the situation above.
    """
    names = [key(heading.written or "") if heading and heading.kind == "situation" else None for heading in headings]
    if len(set(names)) <= _KNOWN:
        return {}
    texts = Counter(block.text for block in page.blocks)
    before, after = both_ways(names)
    found = {}
    for index, block in enumerate(page.blocks[:-1]):
        if headings[index] is not None or not _TITLE.fullmatch(block.text) or texts[block.text] > 1:
            continue
        above = headings[index - 1] if index else None
        closed = is_prose(page.blocks[index - 1].text) and page.blocks[index - 1].text.endswith(".") if index else False
        first, second = before[index], after[index]
        between = closed and first is not None and second is not None and first < key(block.text) < second
        below = [other.text for other in page.blocks[index + 1 : index + 3]]
        placed = between or (above is not None and above.kind in {"region", "subregion"})
        if placed and is_prose(below[0]) and any(map(day_months, below)) and not furniture.label(block.text, page.wording):
            found[index] = Heading("situation", Situation(block.text, "", ()), block.text)
    return found


def _composed(page: Page, text: str) -> Heading | None:
    """Return what a line is that holds a name, a month, a trend, a label side by side and nothing else; None for any other line."""
    month: dt.date | None = None
    rest, situation, written, trend = text, None, None, None
    for start, end, named_month in page.wording.named_months(text):
        rest, month = f"{text[:start].rstrip(' ([')} | {text[end:].lstrip(' )]')}", named_month
    for part in _parts(page, rest):
        kind = _kind(page.wording, part)
        if situation is None and (named := page.situations.named(part)):
            situation, written = named, part
        elif kind and kind != "label" and trend is None:
            trend = kind
        elif month is None and (stated := page.wording.month(part)):
            month = stated
        elif kind != "label" and not (situation and _CODES.fullmatch(part) and set(part.split("/")) <= set(situation.countries)):
            return None
    if situation:
        return Heading("situation", situation, written, month, trend=trend)
    if month:
        return Heading("month", month=month, trend=trend)
    return Heading("list", value=trend) if trend else None


def _parts(page: Page, text: str) -> Iterator[str]:
    """Yield what stands side by side in `text`: between signs, in brackets behind a name, a trend at the end of a name."""
    text = text.strip(" |,:;–—-")
    pieces = [piece for piece in _BETWEEN.split(text) if piece] if not page.situations.named(text) else [text]
    if len(pieces) > 1:
        yield from (part for piece in pieces for part in _parts(page, piece))
    elif (bracketed := _BRACKETED.fullmatch(text)) and not page.situations.named(text):
        yield from (*_parts(page, bracketed[1]), *_parts(page, bracketed[2]))
    else:
        words = text.split()
        cut = next((n for n in range(1, len(words)) if _kind(page.wording, " ".join(words[n:])) in TRENDS), len(words))
        yield from filter(None, (" ".join(words[:cut]), " ".join(words[cut:])))


def _kind(wording: Wording, part: str) -> Trend | Literal["label"] | None:
    """Return the trend that `part` is, or `label` if it may stand beside a name, a month or a trend and says nothing."""
    if trend := wording.trend(part):
        return trend
    titled = wording.labels.get(key(part)) in _TITLES or wording.columns.get(key(part)) in _FIELDS
    return "label" if titled else None
