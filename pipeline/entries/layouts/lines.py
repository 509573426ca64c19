"""Text with headings: region, situation and month lines of scraped database pages, bulletin pages and PDFs, pasted headers, cards.

The lines are read once from top to bottom. Headings say what the prose below them is of; overview lists of a bulletin's
front are noted; prose with no situation open is no entry. A page without any heading is the other layout's (see plain).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.entries import furniture, issue, repair, sections
from pipeline.entries.headings import Heading, find_heading, openings, unlisted
from pipeline.entries.overview import Overview, read_lists
from pipeline.entries.page import Layout, Origin, Page, Piece
from pipeline.entries.sections import Section
from pipeline.entries.wording import TRENDS, key
from pipeline.tables import Block, Trend

_PREFIX = re.compile(r"([^\W\d_]{3,12}\.? (?:19|20)\d\d) ?[:–—] (?=\S)")


def recognises(page: Page) -> bool:
    """Whether some line heads a situation, or a month on a page whose situation is given, or begins with `Mar 2026: `."""
    headings = [find_heading(page, block.text) for block in page.blocks]
    kinds = {heading.kind for heading in headings if heading}
    if "situation" in kinds or ("month" in kinds and page.given_situation is not None) or openings(page, headings):
        return True
    return any((match := _PREFIX.match(block.text)) and page.wording.month(match[1]) for block in page.blocks)


@dataclass(slots=True)
class _State:
    """What the headings passed so far say, and the section being filled."""

    overview: Overview
    issue: issue.Issue
    only: Heading | None
    """On a page of one situation, the heading that names it, or one without name: its months head its entries."""
    trails: bool
    """Whether trends are told below the text they are of."""
    region: str | None = None
    month: dt.date | None = None
    trend: Trend | None = None
    section: Section | None = None
    sections: list[Section] = field(default_factory=list)


def split(page: Page) -> Iterator[Piece]:
    """Yield drafts section by section, overview lists, and why every other line is skipped."""
    blocks = page.blocks
    running = furniture.running_lines(blocks)
    headings, tails = _find_headings(page, running)
    opened = openings(page, headings)
    overview = Overview()
    listed = read_lists(page, headings, overview)
    state = _State(overview, issue.find_issue(page), _only(page, headings, opened), _trails(headings, listed))
    for index, (block, heading) in enumerate(zip(blocks, headings, strict=True)):
        following = headings[index + 1] if index + 1 < len(blocks) and index + 1 not in listed else None
        if block.position in running:
            if state.month is None and (title := find_heading(page, block.text)) and title.kind == "month":
                state.month = title.month
            yield page.skip(block, "page_header")
        elif index in listed:
            yield page.skip(block, "overview")
        elif reason := state.issue.reasons.get(block.position):
            state.section = None if state.section and not state.section.lines else state.section
            yield page.skip(block, reason)
        elif heading is not None:
            yield page.skip(block, _enter(page, state, block, heading, following))
        else:
            yield from _prose(page, state, block, opened.get(block.position), tail=block.position in tails)
    state.overview.month = state.issue.month
    ordered = len(state.sections) > 1 or any(heading and heading.kind in {"region", "month"} for heading in headings)
    for section in state.sections:
        section.sure = ordered or section.trend is not None
        for piece in sections.drafts(page, section):
            yield state.overview.complete(piece) if isinstance(piece, sections.Draft) else piece
    yield from state.overview.states(page.document.document_id)


def _find_headings(page: Page, running: Set[int]) -> tuple[list[Heading | None], set[int]]:
    """Return what each line is the heading of, and the positions of those that are parts of a sentence, whatever they look like."""
    blocks = page.blocks
    tails = {after.position for before, after in pairwise(blocks) if repair.ends(before.text, after.text)}
    none = running | tails
    headings = [None if block.position in none else find_heading(page, block.text) for block in blocks]
    for index in range(1, len(blocks) - 1):
        between = headings[index - 1] is None and headings[index + 1] is None
        if between and repair.surround(blocks[index - 1].text, blocks[index + 1].text):
            tails.add(blocks[index].position)
            headings[index] = None
    for index, unheard in unlisted(page, headings).items():
        headings[index] = unheard
    return headings, tails


def _only(page: Page, headings: Sequence[Heading | None], opened: Mapping[int, Heading]) -> Heading | None:
    """Return the heading of a page of one situation, which stands above its months; a bare one where the sidecar gives the situation."""
    ranked = [heading for heading in headings if heading and heading.kind in {"situation", "month"}]
    named = [heading for heading in ranked if heading.kind == "situation"]
    if opened or len({heading.situation for heading in named}) > 1:
        return None
    if named:
        return ranked[0] if ranked[0].kind == "situation" and ranked[0].month is None else None
    return Heading("situation", page.given_situation)


def _trails(headings: Sequence[Heading | None], listed: Set[int]) -> bool:
    """Whether every trend stands below prose, and above the next heading of a situation or nothing: it is that of the text above."""
    shown = [(index, heading) for index, heading in enumerate(headings) if heading and heading.kind == "list" and heading.value in TRENDS]
    if not shown or any(index + 1 in listed for index, _ in shown):
        return False
    after = [headings[index + 1] if index + 1 < len(headings) else None for index, _ in shown]
    ends = after[-1] is None or after[-1].kind != "situation"
    return ends and all(index and headings[index - 1] is None for index, _ in shown) and all(after[:-1]) and shown[0][0] > 1


def _enter(page: Page, state: _State, block: Block, heading: Heading, following: Heading | None) -> str:
    """Note what a heading says of the lines below it, and return why its line is skipped."""
    section = state.section
    if heading.kind == "list":
        return _list_title(state, heading.value or "", following)
    if heading.kind == "month":
        _enter_month(page, state, heading, headed=following is not None and following.kind not in {"list", "month"})
        return "heading: month"
    if heading.kind in {"region", "subregion"}:
        state.trend = None if state.region else state.trend
        state.region = heading.value or state.region
        state.section = None
        return "heading: region"
    trend = heading.trend or page.wording.arrow(block.text)
    same = section is not None and not section.lines and section.situation == heading.situation
    if not (same and section and section.month and heading.month is None):
        heard = page.situations.named(heading.written or "") is not None
        _open(page, state, heading, "stated" if heard else "inferred", trend)
    return "heading: situation and month" if heading.month else "heading: situation"


def _enter_month(page: Page, state: _State, heading: Heading, *, headed: bool) -> None:
    """Note a month: of all that follows, or, right above text, of the one situation whose heading stands above it."""
    section = state.section
    if section is not None and not headed and (section.told or not section.lines):
        if section.lines:
            _open(page, state, Heading("situation", section.situation, section.written), section.origin)
        if state.section:
            _tell(state.section, heading)
        return
    state.month, state.region, state.section, state.trend = heading.month, None, None, None
    if state.only is not None:
        _open(page, state, state.only, "stated" if state.only.written else "given", heading.trend)


def _tell(section: Section, heading: Heading) -> None:
    """Note a month told below a name: the newest of several is the entry's, the others are its history."""
    if heading.month and (section.told is None or section.month is None or heading.month >= section.month):
        section.month = heading.month
        section.trend = heading.trend or section.trend
    section.told = heading.month


def _open(page: Page, state: _State, heading: Heading, origin: Origin, trend: Trend | None = None) -> None:
    month = heading.month or state.month or state.issue.month
    joined = page.document.format == "pdf"
    state.section = Section(heading.situation, heading.written, origin, state.region, month, trend=trend or state.trend, joined=joined)
    state.sections.append(state.section)


def _list_title(state: _State, kind: str, following: Heading | None) -> str:
    """Note the title of an overview list, or the trend written above or below the text of a section."""
    section = state.section
    trend = next((trend for trend in TRENDS if trend == kind), None)
    if section is not None and section.lines and trend and state.trails:
        section.trend, state.section = trend, None
        return "heading: trend"
    if section is not None and not section.lines and kind != "none" and (following is None or following.kind in {"list", "month"}):
        if trend and section.told in {None, section.month}:
            section.trend = trend
        elif not trend:
            section.alerts.add(kind)
        return "heading: trend"
    state.section, state.trend = None, None
    if trend and following is not None and following.kind != "list":
        state.trend = trend
        return "heading: trend"
    return "overview"


def _prose(page: Page, state: _State, block: Block, opened: Heading | None, *, tail: bool) -> Iterator[Piece]:
    wording = page.wording
    text = block.text
    match = _PREFIX.match(text)
    if match and (month := wording.month(match[1])):
        yield page.skip(block, "heading: month prefix", match[0].strip())
        text, state.month = text[match.end() :], month
        above = state.section
        heading = Heading("situation", above.situation, above.written) if above else Heading("situation", page.given_situation)
        _open(page, state, heading, "stated" if above else "given")
    elif opened:
        name = opened.written or ""
        yield page.skip(block, "heading: situation", name)
        text = text[len(name) :].lstrip(" :–—-.")
        _open(page, state, opened._replace(written=name.strip(" :–—-.•*")), "stated", opened.trend)
    if (reason := furniture.label(text, wording)) and not (tail and state.section):
        if state.section is not None and (key(text) in wording.card_end or reason == "section"):
            state.section = None
        yield page.skip(block, reason, text)
    elif "oversize" in block.marks or state.section is None:
        yield page.skip(block, "oversize" if "oversize" in block.marks else furniture.reason(text, wording), text)
    else:
        state.section.lines.append((block, text))


LAYOUT = Layout("lines", recognises, split)
