"""Lines that are headings: of a region, a month, a situation, a situation and month, a list of situations."""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal, NamedTuple

from pipeline.entries.page import Page
from pipeline.entries.repair import BULLETS
from pipeline.entries.situations import Situation
from pipeline.entries.wording import key
from pipeline.tables import Block

MOST_WORDS = 12
"""A longer line is no heading: the longest name, of the Kuril Islands, has six words, a month and a title four more."""
_LONGEST = 120
_LEAD = re.compile(r"strong-lead=(\d{1,6})")
_ORNAMENT = re.compile(r"^[^\w(“\"‘]+|[^\w).”\"’]+$")
_TRACKER = re.compile(r"crisis ?watch ", re.IGNORECASE)


class Heading(NamedTuple):
    """What a line is that is no prose."""

    kind: Literal["situation", "region", "subregion", "month", "list"]
    situation: Situation | None = None
    written: str | None = None
    month: dt.date | None = None
    value: str | None = None


def run_in(page: Page, block: Block) -> Heading | None:
    """Return the situation that a block's bold beginning names, `**Guinea** Authorities 8 Jan ...`; None if it names none."""
    lead = next((match for mark in block.marks if (match := _LEAD.fullmatch(mark))), None)
    name = block.text[: int(lead[1])] if lead else ""
    heading = find_heading(page, name) if name and len(name) < len(block.text) else None
    return heading._replace(written=name) if heading and heading.kind == "situation" else None


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
    for start, end, month in wording.named_months(bare):
        name = (bare[:start] + bare[end:] if start == 0 or end == len(bare) else "").strip(" ,:;|()[]–—-")
        if name and (situation := page.situations.named(name)):
            return Heading("situation", situation, name, month)
    return None
