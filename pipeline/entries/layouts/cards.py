"""Saved HTML with CrisisWatch cards: monthly pages and database pages of any year.

A card is one situation and month: icons and name in its heading, month in its `time`, text in its paragraphs, and at times
the states of earlier months. Between cards stand month and region headings; before them the overview lists.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from pipeline.entries import furniture
from pipeline.entries.overview import Overview
from pipeline.entries.page import Draft, Layout, Page, Piece
from pipeline.entries.situations import Situation
from pipeline.entries.wording import key
from pipeline.tables import Block, Trend, TrendState

_ICONS: dict[str, Trend] = {"#deteriorated": "deteriorated", "#improved": "improved", "#unchanged": "unchanged"}
_STATES: dict[str, Trend] = {f"state-{trend}": trend for trend in _ICONS.values()}
_LEAD = re.compile(r"strong-lead=(\d+)")
_REGION = "c-crisiswatch-region"


@dataclass(slots=True)
class _Around:
    """What the headings passed so far say of the cards that follow."""

    regions: bool
    alerts: bool
    overview: Overview
    region: str | None = None
    month: dt.date | None = None


def recognises(page: Page) -> bool:
    """Whether the page has a card with a situation's name or slug."""
    return any(block.group is not None and block.kind != "cell" and (block.kind == "heading" or _slug(block)) for block in page.blocks)


def split(page: Page) -> Iterator[Piece]:
    """Yield a draft a card, the states of earlier months, the overview lists, and why everything else is skipped."""
    icons = any(mark in _ICONS for block in page.blocks if block.group is not None for mark in block.marks)
    around = _Around(any(_REGION in block.marks for block in page.blocks), icons, _read_overview(page))
    for group, members in groupby(page.blocks, key=lambda block: block.group):
        if group is None:
            for block in members:
                yield page.skip(block, _outside(page, block, around))
        else:
            yield from _card(page, list(members), around)
    yield from around.overview.states(page.document.document_id)


def _read_overview(page: Page) -> Overview:
    """Return the lists that stand outside of the cards, and the month their trends are of."""
    overview, kind = Overview(), None
    for block in page.blocks:
        if block.group is not None:
            continue
        if found := page.wording.overview.get(key(block.text)):
            kind = found if found != "none" else kind
            overview.add(kind, ()) if kind else None
        elif block.kind == "heading":
            kind = None
            if overview.month is None or re.search(r"\btrends?\b", block.text, re.IGNORECASE):
                months = [month for _, _, month in page.wording.named_months(block.text)]
                overview.month = months[-1] if months and not re.search(r"\boutlook\b", block.text, re.IGNORECASE) else overview.month
        elif block.kind == "time" and overview.month is None:
            overview.month = page.wording.month(block.text)
        elif kind and (listed := page.situations.listed(block.text)):
            overview.add(kind, listed)
    if not overview.lists:
        overview.month = None
    return overview


def _outside(page: Page, block: Block, around: _Around) -> str:
    """Return why a block between cards is skipped, and note what it says of the cards that follow."""
    wording = page.wording
    if _REGION in block.marks or (block.kind == "heading" and not around.regions and wording.region(block.text)):
        around.region = wording.region(block.text) or block.text
        return "heading: region"
    if block.kind == "heading" and (month := wording.month(block.text)):
        around.month, around.region = month, None
        return "heading: month"
    if "c-in-focus__state" in block.marks or "c-global-overview" in block.marks or key(block.text) in wording.overview:
        return "overview"
    if {"nav", "header", "footer", "form"} & set(block.marks):
        return furniture.label(block.text, wording) or ("page_foot" if "footer" in block.marks else "navigation")
    if "c-focus" in block.marks:
        return "editorial"
    return furniture.reason(block.text, wording)


def _slug(block: Block) -> str | None:
    return next((mark.partition("=")[2] for mark in block.marks if mark.startswith("entry-country=")), None)


@dataclass(slots=True)
class _Card:
    """What one card holds, block by block."""

    slug: str | None
    title: str | None = None
    month: dt.date | None = None
    icons: set[str] = field(default_factory=set)
    lines: list[Block] = field(default_factory=list)
    states: list[Block] = field(default_factory=list)


def _card(page: Page, blocks: Sequence[Block], around: _Around) -> Iterator[Piece]:
    card = _Card(_slug(blocks[0]))
    for block in blocks:
        if reason := _read(page, card, block):
            yield page.skip(block, reason)
        else:
            card.lines.append(block)
    situation = (page.situations.named(card.title) if card.title else None) or (page.situations.slugged(card.slug) if card.slug else None)
    name = situation.name if situation else card.title
    if name:
        yield from (_state(page, name, block, month) for block in card.states if (month := page.wording.month(block.text)))
    if card.lines:
        yield _draft(page, card, situation or (Situation(card.title, "", ()) if card.title else None), around)


def _read(page: Page, card: _Card, block: Block) -> str | None:
    """Note what a block says of its card, and return why it is skipped; None if it is text of the entry."""
    if block.kind == "state":
        card.states.append(block)
        return "heading: trend history"
    if any(mark.startswith("o-state-entry") for mark in block.marks):
        return "trend_history_tooltip"
    if block.kind == "heading" and card.title is None:
        card.title = block.text
        card.icons |= set(block.marks)
        return "heading: situation"
    if block.kind != "paragraph" and (month := page.wording.month(block.text)):
        card.month = card.month or month
        return "heading: month"
    reason = furniture.label(block.text, page.wording)
    if block.kind in {"paragraph", "item"} and not reason:
        return None
    if not card.lines:
        card.icons |= set(block.marks)
    return reason or "link"


def _draft(page: Page, card: _Card, situation: Situation | None, around: _Around) -> Draft:
    month = card.month or around.month or around.overview.month
    draft = Draft(
        document_id=page.document.document_id,
        position=card.lines[0].position,
        lines=tuple(block.text for block in card.lines),
        headline=_headline(card.lines[0]),
        situation=situation,
        situation_as_written=card.title or card.slug,
        situation_source="stated" if situation else "unknown",
        # A card above the first region heading of a page that has some is of no region of the world.
        region=around.region or (situation.region if situation and around.regions else None),
        month=month,
        month_source="stated" if month else "unknown",
        trend=next((trend for icon, trend in _ICONS.items() if icon in card.icons), None),
        risk_alert="#risk-alert" in card.icons if around.alerts else None,
        resolution_opportunity=bool({"#resolution", "#resolution-opportunity"} & card.icons) if around.alerts else None,
    )
    return around.overview.complete(draft)


def _headline(first: Block) -> str | None:
    """Return the bold beginning of a card's first paragraph, if it is whole sentences; None if the file shows none."""
    if "strong" in first.marks:
        return first.text
    lead = next((match for mark in first.marks if (match := _LEAD.fullmatch(mark))), None)
    text = first.text[: int(lead[1])].strip() if lead else ""
    return text if re.search(r"[.!?][”\"’»)]{0,2}$", text) else None


def _state(page: Page, name: str, block: Block, month: dt.date) -> TrendState:
    marks = set(block.marks)
    return TrendState(
        situation=name,
        month=month,
        trend=next((trend for mark, trend in (_STATES | _ICONS).items() if mark in marks), None),
        risk_alert=bool({"state-risk-alert", "#risk-alert"} & marks),
        resolution_opportunity=bool({"state-resolution", "#resolution"} & marks),
        document_id=page.document.document_id,
    )


LAYOUT = Layout("cards", recognises, split)
