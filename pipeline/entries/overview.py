"""Lists of situations by trend and alert, on overview pages and bulletin covers.

An alert is an outlook for the month after; it is tied to the month reported on, as the arrows are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from pipeline.entries.headings import Heading, is_prose
from pipeline.entries.page import Draft, Page
from pipeline.entries.situations import Situation
from pipeline.entries.wording import TRENDS
from pipeline.tables import Trend, TrendState

_LIST_LINES, _LIST_LENGTH = 80, 300


@dataclass(slots=True)
class Overview:
    """The lists of one page: names of situations by list title, and the month they report on."""

    lists: dict[str, set[str]] = field(default_factory=dict)
    month: dt.date | None = None
    evidence: str | None = None

    def add(self, kind: str, situations: tuple[Situation, ...]) -> None:
        """Note `situations` under the list of that kind; an empty list is a list all the same."""
        self.lists.setdefault(kind, set()).update(situation.name for situation in situations)

    def trend(self, name: str) -> Trend | None:
        """Return the trend under which `name` is listed; None if it is in no list, or in two."""
        found = [trend for trend in TRENDS if name in self.lists.get(trend, ())]
        return found[0] if len(found) == 1 else None

    def shown(self, kind: str, name: str) -> bool | None:
        """Return whether `name` is in the alert list of that kind; None if the page has no alert lists at all."""
        if not ({"risk_alert", "resolution_opportunity"} & self.lists.keys()):
            return None
        return name in self.lists.get(kind, ())

    def complete(self, draft: Draft) -> Draft:
        """Return `draft` with what the lists know of its situation, if they are of its month."""
        if draft.situation is None or not self.lists or (self.month and draft.month and self.month != draft.month):
            return draft
        name = draft.situation.name
        return replace(
            draft,
            trend=draft.trend or self.trend(name),
            risk_alert=self.shown("risk_alert", name) if draft.risk_alert is None else draft.risk_alert,
            resolution_opportunity=(
                self.shown("resolution_opportunity", name) if draft.resolution_opportunity is None else draft.resolution_opportunity
            ),
        )

    def states(self, document_id: str) -> Iterator[TrendState]:
        """Yield one row a situation listed, if the page says of which month the lists are."""
        if self.month is None:
            return
        for name in sorted(set().union(*self.lists.values())):
            yield TrendState(
                situation=name,
                month=self.month,
                trend=self.trend(name),
                risk_alert=self.shown("risk_alert", name),
                resolution_opportunity=self.shown("resolution_opportunity", name),
                document_id=document_id,
            )


def read_lists(page: Page, headings: Sequence[Heading | None], overview: Overview) -> set[int]:
    """Note the names below each list title, which may break over lines, and return the indexes of those lines."""
    listed: set[int] = set()
    for index, heading in enumerate(headings):
        if heading is None or heading.kind != "list" or heading.value in {None, "none"}:
            continue
        after = headings[index + 1] if index + 1 < len(headings) else None
        if after is not None and after.value == "none":
            overview.add(heading.value or "", ())
        elif (end := _end_of_list(page, headings, index + 1, heading.value in TRENDS)) > index + 1:
            names = " ".join(block.text for block in page.blocks[index + 1 : end])
            overview.add(heading.value or "", page.situations.listed(names) or ())
            listed |= set(range(index + 1, end))
    return listed


def _end_of_list(page: Page, headings: Sequence[Heading | None], start: int, of_trend: bool) -> int:
    """Return where the list that begins at `start` ends: after the most lines that are names and nothing else together."""
    stop = start
    while stop < min(len(headings), start + _LIST_LINES) and _may_list(headings[stop], page.blocks[stop].text):
        stop += 1
    for end in range(stop, start, -1):
        if page.situations.listed(" ".join(block.text for block in page.blocks[start:end])) is None:
            continue
        last = headings[end - 1]
        prose = end < len(headings) and headings[end] is None and is_prose(page.blocks[end].text)
        if prose and last is not None:
            # The last name, right above prose, is the heading of the first entry if it heads none below; a lone one only below a trend.
            lone = end == start + 1
            again = any(other is not None and other.situation == last.situation for other in headings[end:])
            return end if again or (lone and not of_trend) else end - 1
        return end
    return start


def _may_list(heading: Heading | None, line: str) -> bool:
    """Whether a line below a list title may be part of the list."""
    return (heading is None and len(line) <= _LIST_LENGTH) or (
        heading is not None and heading.kind == "situation" and heading.month is None
    )
