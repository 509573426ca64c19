"""Text without headings: a database page of one situation newest first, a country's front page, a page of furniture only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.entries import furniture, grouping, sections
from pipeline.entries.headings import Heading, find_heading, is_prose
from pipeline.entries.page import Draft, Layout, Origin, Page, Piece
from pipeline.entries.sections import Paragraph
from pipeline.entries.situations import Situation
from pipeline.entries.style import day_months
from pipeline.tables import Block


def recognises(page: Page) -> bool:  # noqa: ARG001
    """Any page is of this kind if it is of no other."""
    return True


def split(page: Page) -> Iterator[Piece]:
    """Yield a draft a run of lines that makes an entry, and why every other line is skipped."""
    headings = [find_heading(page, block.text) for block in page.blocks]
    stated = _stated_months(page, headings)
    under: list[tuple[dt.date | None, list[tuple[Block, str]]]] = [(None, [])]
    for block, heading in zip(page.blocks, headings, strict=True):
        if "oversize" in block.marks:
            yield page.skip(block, "oversize")
        elif (reason := furniture.label(block.text, page.wording)) or (reason := _reason(heading)):
            yield page.skip(block, reason)
            if block.position in stated:
                under.append((stated[block.position], []))
        else:
            under[-1][1].append((block, block.text))
    drafts = []
    for month, lines in under:
        found = sections.paragraphs(page, lines, joined=False)
        for run in grouping.group([sections.as_line(page, paragraph, False) for paragraph in found]):
            if run.kind == "skip":
                yield from sections.skip(page, found[run.start])
            else:
                drafts.append((_draft(page, month, found[run.start : run.end]), found[run.start : run.end]))
    situation, origin = _situation(page, [draft for draft, _ in drafts])
    for draft, kept in drafts:
        one = situation or page.situations.told_by(draft.text)
        if one or draft.month or any(_is_told(page, paragraph) for paragraph in kept):
            yield replace(draft, situation=one, situation_source=origin if situation else "inferred" if one else "unknown")
        else:
            yield from (piece for paragraph in kept for piece in sections.skip(page, paragraph))


def _draft(page: Page, month: dt.date | None, kept: Sequence[Paragraph]) -> Draft:
    return Draft(
        document_id=page.document.document_id,
        position=kept[0].blocks[0][0].position,
        lines=tuple(paragraph.text for paragraph in kept),
        month=month,
        month_source="stated" if month else "unknown",
    )


def _is_told(page: Page, paragraph: Paragraph) -> bool:
    """Whether a text of no known situation and month has at least a day or a word of the house style: a script or a list has neither."""
    return bool(day_months(paragraph.text) or page.wording.house.search(paragraph.text))


def _stated_months(page: Page, headings: Sequence[Heading | None]) -> dict[int, dt.date]:
    """Return the months that head the text below them, by position; none where some month heads no text, as in a list of months."""
    found: dict[int, dt.date] = {}
    waiting: int | None = None
    for block, heading in zip(page.blocks, headings, strict=True):
        if heading and heading.kind == "month" and heading.month:
            if waiting is not None:
                return {}
            found[block.position] = heading.month
            waiting = block.position
        elif is_prose(block.text):
            waiting = None
    return found if waiting is None else {}


def _reason(heading: Heading | None) -> str | None:
    """Return why a line that is a heading is skipped."""
    return f"heading: {heading.kind}" if heading and heading.kind in {"region", "month"} else None


def _situation(page: Page, drafts: list[Draft]) -> tuple[Situation | None, Origin]:
    """Return the situation of the page: as the sidecar gives it, else from the file's name, else from what the texts name most."""
    if page.given_situation:
        return page.given_situation, "given"
    if page.named_situation:
        return page.named_situation, "inferred"
    situation = page.situations.told_by("\n".join(draft.text for draft in drafts))
    return situation, "inferred" if situation else "unknown"


LAYOUT = Layout("plain", recognises, split)
