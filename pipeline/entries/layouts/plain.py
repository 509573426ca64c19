"""Text without headings: a database page of one situation newest first, a country's front page, a page of furniture only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.entries import furniture, grouping, sections
from pipeline.entries.page import Draft, Layout, Origin, Page, Piece
from pipeline.entries.situations import Situation
from pipeline.tables import Block


def recognises(page: Page) -> bool:  # noqa: ARG001
    """Any page is of this kind if it is of no other."""
    return True


def split(page: Page) -> Iterator[Piece]:
    """Yield a draft a run of lines that makes an entry, and why every other line is skipped."""
    lines: list[tuple[Block, str]] = []
    for block in page.blocks:
        if "oversize" in block.marks:
            yield page.skip(block, "oversize")
        elif (reason := furniture.label(block.text, page.wording)) or (reason := _heading(page, block)):
            yield page.skip(block, reason)
        else:
            lines.append((block, block.text))
    found = sections.paragraphs(page, lines, joined=False)
    drafts = []
    for run in grouping.group([sections.as_line(page, paragraph, False) for paragraph in found]):
        if run.kind == "skip":
            yield from sections.skip(page, found[run.start])
        else:
            kept = found[run.start : run.end]
            drafts.append(
                Draft(
                    document_id=page.document.document_id,
                    position=kept[0].blocks[0][0].position,
                    lines=tuple(paragraph.text for paragraph in kept),
                )
            )
    situation, origin = _situation(page, drafts)
    for draft in drafts:
        one = situation or page.situations.told_by(draft.text)
        yield replace(draft, situation=one, situation_source=origin if situation else "inferred" if one else "unknown")


def _heading(page: Page, block: Block) -> str | None:
    """Return why a line that is a heading is skipped; on these pages it says nothing of the entries."""
    if page.wording.region(block.text):
        return "heading: region"
    return "heading: month" if page.wording.month(block.text) else None


def _situation(page: Page, drafts: list[Draft]) -> tuple[Situation | None, Origin]:
    """Return the situation of the page: as the sidecar gives it, else from the file's name, else from what the texts name most."""
    if page.given_situation:
        return page.given_situation, "given"
    words = re.findall(r"[^\W\d_]+", page.document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    for size in range(min(4, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            if situation := page.situations.named(" ".join(words[start : start + size])):
                return situation, "inferred"
    situation = page.situations.told_by("\n".join(draft.text for draft in drafts))
    return situation, "inferred" if situation else "unknown"


LAYOUT = Layout("plain", recognises, split)
