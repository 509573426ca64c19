"""The `situation_months` stage: the panel by situation, so that borders, seas and regions have counts of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.counts import NOTHING, Counts, count, views_month_id
from pipeline.tables import Casualty, Coverage, Entry, Event, SituationMonth


def count_situation_months(
    entries: Sequence[Entry], coverage: Sequence[Coverage], events: Sequence[Event], casualties: Sequence[Casualty]
) -> Iterator[SituationMonth]:
    """Yield a row for every situation of the month; its counts are null where the input has no entry."""
    counts = count(entries, events, casualties, lambda entry, _: entry.situation)
    for month in coverage:
        yield SituationMonth(
            situation=month.situation,
            month=month.month,
            countries=month.countries,
            covered=month.covered,
            coverage=month.coverage,
            tracking=month.tracking,
            entry_id=month.entry_id,
            trend=month.trend,
            risk_alert=month.risk_alert,
            resolution_opportunity=month.resolution_opportunity,
            views_month_id=views_month_id(month.month),
            **(counts.get(month.situation, Counts()).columns() if month.covered else NOTHING),
        )
