"""Lists of situations by trend and alert, on overview pages and bulletin covers.

An alert is an outlook for the month after; it is tied to the month reported on, as the arrows are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.entries.page import Draft
from pipeline.entries.situations import Situation
from pipeline.tables import Trend, TrendState

TRENDS: tuple[Trend, ...] = ("deteriorated", "improved", "unchanged")


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
