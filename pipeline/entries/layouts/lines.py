"""Text with headings: region, situation and month lines of scraped database pages, bulletin pages and PDFs, pasted headers, cards.

The lines are read once from top to bottom. Headings say what the prose below them is of; overview lists of a bulletin's
front are noted; prose with no situation open is no entry. A page without any heading is the other layout's (see plain).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.entries import furniture, issue, sections
from pipeline.entries.headings import MOST_WORDS, Heading, find_heading, run_in
from pipeline.entries.overview import TRENDS, Overview
from pipeline.entries.page import Layout, Origin, Page, Piece
from pipeline.entries.sections import Section
from pipeline.entries.situations import Situation
from pipeline.entries.wording import key
from pipeline.tables import Block, Trend

_ARROWS: dict[str, Trend] = {
    "↓": "deteriorated",
    "▼": "deteriorated",
    "↑": "improved",
    "▲": "improved",
    "→": "unchanged",
    "►": "unchanged",
    "↔": "unchanged",
}
_PREFIX = re.compile(r"([^\W\d_]{3,12}\.? (?:19|20)\d\d) ?[:–—] (?=\S)")
_LIST_LINES, _LIST_LENGTH = 12, 300


def recognises(page: Page) -> bool:
    """Whether some line heads a situation, or a month on a page whose situation is given, or begins with `Mar 2026: `."""
    kinds = {heading.kind for block in page.blocks if (heading := find_heading(page, block.text))}
    if "situation" in kinds or ("month" in kinds and page.given_situation is not None):
        return True
    if any(run_in(page, block) for block in page.blocks):
        return True
    return any((match := _PREFIX.match(block.text)) and page.wording.month(match[1]) for block in page.blocks)


@dataclass(slots=True)
class _State:
    """What the headings passed so far say, and the section being filled."""

    overview: Overview
    issue: issue.Issue
    region: str | None = None
    month: dt.date | None = None
    section: Section | None = None
    sections: list[Section] = field(default_factory=list)


def split(page: Page) -> Iterator[Piece]:
    """Yield drafts section by section, overview lists, and why every other line is skipped."""
    blocks = page.blocks
    state = _State(Overview(), issue.find_issue(page))
    running = furniture.running_lines(blocks)
    headings = [None if block.position in running else find_heading(page, block.text) for block in blocks]
    listed = _read_lists(page, headings, state.overview)
    alone = not any(heading and heading.kind == "situation" for heading in headings) and not any(run_in(page, b) for b in blocks)
    for index, (block, heading) in enumerate(zip(blocks, headings, strict=True)):
        following = headings[index + 1] if index + 1 < len(blocks) and index + 1 not in listed else None
        if block.position in running:
            yield page.skip(block, "page_header")
        elif index in listed:
            yield page.skip(block, "overview")
        elif reason := state.issue.reasons.get(block.position):
            state.section = None if state.section and not state.section.lines else state.section
            yield page.skip(block, reason)
        elif heading is not None:
            yield page.skip(block, _enter(page, state, block, heading, following, alone))
        else:
            yield from _prose(page, state, block)
    state.overview.month = state.issue.month
    ordered = len(state.sections) > 1 or any(heading and heading.kind in {"region", "month"} for heading in headings)
    for section in state.sections:
        section.sure = ordered or section.trend is not None
        for piece in sections.drafts(page, section):
            yield state.overview.complete(piece) if isinstance(piece, sections.Draft) else piece
    yield from state.overview.states(page.document.document_id)


def _read_lists(page: Page, headings: Sequence[Heading | None], overview: Overview) -> set[int]:
    """Note the names below each list title, which may break over lines, and return the indexes of those lines."""
    listed: set[int] = set()
    for index, heading in enumerate(headings):
        if heading is None or heading.kind != "list" or heading.value in {None, "none"}:
            continue
        after = headings[index + 1] if index + 1 < len(headings) else None
        if after is not None and after.value == "none":
            overview.add(heading.value or "", ())
        elif (end := _end_of_list(page, headings, index + 1)) > index + 1:
            names = " ".join(block.text for block in page.blocks[index + 1 : end])
            overview.add(heading.value or "", page.situations.listed(names) or ())
            listed |= set(range(index + 1, end))
    return listed


def _end_of_list(page: Page, headings: Sequence[Heading | None], start: int) -> int:
    """Return where the list that begins at `start` ends: after the most lines that are names and nothing else together."""
    stop = start
    while stop < min(len(headings), start + _LIST_LINES) and _may_list(headings[stop], page.blocks[stop].text):
        stop += 1
    for end in range(stop, start, -1):
        if page.situations.listed(" ".join(block.text for block in page.blocks[start:end])) is None:
            continue
        prose = end < len(headings) and headings[end] is None and len(page.blocks[end].text.split()) > MOST_WORDS
        # The last of several names, right above prose, is the heading of the first entry.
        return end - 1 if prose and end > start + 1 and headings[end - 1] is not None else end
    return start


def _may_list(heading: Heading | None, line: str) -> bool:
    """Whether a line below a list title may be part of the list."""
    return (heading is None and len(line) <= _LIST_LENGTH) or (
        heading is not None and heading.kind == "situation" and heading.month is None
    )


def _enter(page: Page, state: _State, block: Block, heading: Heading, following: Heading | None, alone: bool) -> str:
    """Note what a heading says of the lines below it, and return why its line is skipped."""
    section = state.section
    if heading.kind == "list":
        return _list_title(state, heading.value or "", following)
    if heading.kind == "month":
        state.month, state.region, state.section = heading.month, None, None
        if alone:
            _open(page, state, page.given_situation, None, "given")
        return "heading: month"
    if heading.kind in {"region", "subregion"}:
        state.region = heading.value or state.region
        state.section = None
        return "heading: region"
    trend = next((trend for arrow, trend in _ARROWS.items() if arrow in block.text), None)
    same = section is not None and not section.lines and section.situation == heading.situation
    if not (same and section and section.month and heading.month is None):
        _open(page, state, heading.situation, heading.written, "stated", heading.month, trend)
    return "heading: situation and month" if heading.month else "heading: situation"


def _open(
    page: Page, state: _State, situation: Situation | None, written: str | None, origin: Origin,
    month: dt.date | None = None, trend: Trend | None = None,
) -> None:  # fmt: skip
    month = month or state.month or state.issue.month
    state.section = Section(situation, written, origin, state.region, month, trend=trend, joined=page.document.format == "pdf")
    state.sections.append(state.section)


def _list_title(state: _State, kind: str, following: Heading | None) -> str:
    """Note the title of an overview list, or the trend written above the text of an open section."""
    section = state.section
    in_card = section is not None and not section.lines and (following is None or following.kind == "list")
    if in_card and section is not None and kind != "none":
        if kind in TRENDS:
            section.trend = kind
        else:
            section.alerts.add(kind)
        return "heading: trend"
    state.section = None
    return "overview"


def _prose(page: Page, state: _State, block: Block) -> Iterator[Piece]:
    wording = page.wording
    text = block.text
    match = _PREFIX.match(text)
    if match and (month := wording.month(match[1])):
        yield page.skip(block, "heading: month prefix", match[0].strip())
        text, state.month = text[match.end() :], month
        situation = state.section.situation if state.section else page.given_situation
        _open(page, state, situation, state.section.written if state.section else None, "stated" if state.section else "given")
    elif heading := run_in(page, block):
        name = heading.written or ""
        yield page.skip(block, "heading: situation", name)
        text = text[len(name) :].lstrip(" :–—-.")
        _open(page, state, heading.situation, name.strip(" :–—-."), "stated", heading.month)
    if reason := furniture.label(text, wording):
        if state.section is not None and (key(text) in wording.card_end or reason == "section"):
            state.section = None
        yield page.skip(block, reason, text)
    elif "oversize" in block.marks or state.section is None:
        yield page.skip(block, "oversize" if "oversize" in block.marks else furniture.reason(text, wording), text)
    else:
        state.section.lines.append((block, text))


LAYOUT = Layout("lines", recognises, split)
