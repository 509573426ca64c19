"""The lines below one heading, made into drafts: wrapped lines joined, PDF damage mended, furniture left out, glued entries cut off."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.entries import furniture, grouping, repair
from pipeline.entries.page import Draft, Origin, Page, Piece
from pipeline.entries.situations import Situation
from pipeline.entries.style import day_months, shape
from pipeline.entries.wording import key
from pipeline.tables import Block, Trend

__all__ = ["Draft", "Paragraph", "Section", "drafts", "paragraphs"]

# A paragraph below a stated month must be this foreign to house style to be taken for furniture.
_FOREIGN = 3.0
_FOREIGN_FIRST = 4.5
_LABEL_WORDS = 5
_FRAGMENT = re.compile(r"[a-z,;:)’–]")
# The next entry's first sentence, after the name that was its heading: 'Electoral body 15 Nov ...'
_GLUED = re.compile(r" [A-Z][\w’'-]+ [a-z\d(]")
_GLUED_WORDS = 6


@dataclass(slots=True)
class Section:
    """What stands below one heading."""

    situation: Situation | None
    written: str | None
    origin: Origin
    region: str | None
    month: dt.date | None
    trend: Trend | None = None
    joined: bool = False
    """Whether lines break anywhere, as in a PDF, so that all of them are one paragraph."""
    sure: bool = True
    """Whether the heading is one of an order of headings, and not a lone name such as a page's title."""
    told: dt.date | None = None
    """The last month told below its name, and not above it for all that follows; of another month than its own, it is history."""
    alerts: set[str] = field(default_factory=set)
    lines: list[tuple[Block, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of one or more lines that belong together."""

    text: str
    blocks: tuple[tuple[Block, str], ...]


def paragraphs(page: Page, lines: Sequence[tuple[Block, str]], joined: bool) -> list[Paragraph]:
    """Return the lines with those that go on a sentence joined to the one before, and PDF damage mended."""
    runs: list[list[tuple[Block, str]]] = []
    for block, text in lines:
        if runs and (joined or repair.wraps(runs[-1][-1][1], text) or page.wraps(runs[-1][-1][0], block)):
            runs[-1].append((block, text))
        else:
            runs.append([(block, text)])
    texts = [" ".join(text for _, text in run) for run in runs]
    return [
        Paragraph(repair.mend(text, page.wording, page.words) if page.imported or len(run) > 1 else text, tuple(run))
        for text, run in zip(texts, runs, strict=True)
    ]


def drafts(page: Page, section: Section) -> Iterator[Piece]:
    """Yield the drafts of one section, and what is skipped of its lines."""
    found = paragraphs(page, section.lines, section.joined)
    if section.month is None:
        yield from _grouped(page, section, found)
        return
    kept: list[Paragraph] = []
    for paragraph in found:
        if _is_foot(page, paragraph, kept):
            yield from skip(page, paragraph)
        else:
            kept.append(paragraph)
    yield from _entry(page, section, kept)


def _entry(page: Page, section: Section, kept: Sequence[Paragraph]) -> Iterator[Piece]:
    """Yield the draft of `kept`, or why they are none: a lone label, or the rest of a sentence that a link with a name cut in two."""
    seen = [shape(paragraph.text, page.wording) for paragraph in kept]
    dated = any(each.months for each in seen)
    label = len(kept) == 1 and seen[0].words <= _LABEL_WORDS and not seen[0].closed
    if kept and not dated and (label or (len(kept) == 1 and _FRAGMENT.match(kept[0].text))):
        for paragraph in kept:
            yield from skip(page, paragraph)
    elif kept:
        yield from _with_glued(page, section, kept)


def _is_foot(page: Page, paragraph: Paragraph, kept: Sequence[Paragraph]) -> bool:
    """Whether a paragraph below a heading with a month is no text of the entry, but of the page's foot or a blurb."""
    seen = shape(paragraph.text, page.wording)
    if not kept:
        return seen.cues > _FOREIGN_FIRST
    if seen.words <= _LABEL_WORDS and not seen.closed:
        return True
    # A lone undated sentence below the paragraphs is more likely of the page's foot.
    if seen.sentences == 1 and not seen.months:
        return seen.foreign + 1.5 > _FOREIGN
    # Entries of 2003-05 are in plain English: their manner is no evidence against more of it.
    plain = shape(kept[0].text, page.wording).manner > 0
    return (seen.cues if plain else seen.foreign) > _FOREIGN


def skip(page: Page, paragraph: Paragraph) -> Iterator[Piece]:
    """Yield why each line of a paragraph that is no entry text is skipped."""
    reason = furniture.reason(paragraph.text, page.wording)
    yield from (page.skip(block, reason, text) for block, text in paragraph.blocks)


def as_line(page: Page, paragraph: Paragraph, headed: bool) -> grouping.Line:
    """Return what grouping needs to know of a paragraph."""
    return grouping.Line(shape(paragraph.text, page.wording), bool(page.wording.openings.match(paragraph.text)), headed)


def _grouped(page: Page, section: Section, found: Sequence[Paragraph]) -> Iterator[Piece]:
    lines = [as_line(page, paragraph, headed=section.sure and number == 0) for number, paragraph in enumerate(found)]
    for run in grouping.group(lines):
        if run.kind == "skip":
            yield from skip(page, found[run.start])
        else:
            yield from _entry(page, section, found[run.start : run.end])


def _with_glued(page: Page, section: Section, kept: Sequence[Paragraph]) -> Iterator[Piece]:
    """Yield the draft of `kept`; where a PDF import glued the next country's entry on, that one's too."""
    cut = _find_glued(page, section, kept[-1]) if page.imported else None
    last = kept[-1].text if cut is None else kept[-1].text[: cut[0]].rstrip()
    yield _draft(page, section, kept[0].blocks[0][0], (*(paragraph.text for paragraph in kept[:-1]), last))
    if cut is None:
        return
    start, end, situation = cut
    name = kept[-1].text[start:end]
    block = next((block for block, text in kept[-1].blocks if name in text), kept[-1].blocks[-1][0])
    yield page.skip(block, "heading: situation (glued on)", name)
    glued = Section(situation, name, "stated", section.region, section.month)
    rest = Paragraph(kept[-1].text[end:].strip(), ((block, kept[-1].text[end:].strip()),))
    yield from _with_glued(page, glued, [rest])


def _find_glued(page: Page, section: Section, paragraph: Paragraph) -> tuple[int, int, Situation] | None:
    """Return where in `paragraph` the heading of another entry stands: a name that opens a sentence but is no part of it.

    Entries stand in the order of the alphabet inside of a region, so the name must come after the section's own.
    """
    text = paragraph.text
    for start, end, situation in page.situations.mentioned(text):
        before = text[max(0, start - 10) : start].rstrip()
        ended = bool(before) and re.search(r"[.!?][”\"’»)\]]{0,3}$|[)\]”]\.?$", before)
        if not ended or situation == section.situation or not _GLUED.match(text, end):
            continue
        later = section.situation is None or key(situation.name) > key(section.situation.name)
        region = section.situation is None or situation.region == section.situation.region
        if later and region and len(text[end:].split()) >= _GLUED_WORDS and day_months(text[end:]):
            return start, end, situation
    return None


def _draft(page: Page, section: Section, first: Block, lines: tuple[str, ...]) -> Draft:
    return Draft(
        document_id=page.document.document_id,
        position=first.position,
        lines=lines,
        situation=section.situation,
        situation_as_written=section.written,
        situation_source=section.origin if section.situation else "unknown",
        region=section.region,
        month=section.month,
        month_source="stated" if section.month else "unknown",
        trend=section.trend,
        risk_alert=True if "risk_alert" in section.alerts else None,
        resolution_opportunity=True if "resolution_opportunity" in section.alerts else None,
    )
