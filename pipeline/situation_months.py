"""The `situation_months` stage: for each situation, every month from its first entry to its last, covered or not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from pipeline.tables import Entry, SituationMonth


def list_situation_months(entries: Sequence[Entry]) -> Iterator[SituationMonth]:
    """Yield one row a situation and month between its first and last entry of the input.

    A month without an entry has a row with `covered` false: the tracker was silent, which is not the same as peace.
    Entries of unknown month or situation, and those superseded by a later revision, give none.
    """
    known: dict[str, dict[dt.date, Entry]] = {}
    for told in entries:
        if told.situation is not None and told.month is not None and told.superseded_by is None:
            known.setdefault(told.situation, {})[told.month] = told
    for situation, months in sorted(known.items()):
        newest = months[max(months)]
        for month in _months(min(months), max(months)):
            entry = months.get(month)
            yield SituationMonth(
                situation=situation,
                month=month,
                countries=(entry or newest).countries,
                covered=entry is not None,
                entry_id=entry.entry_id if entry else None,
                trend=entry.trend if entry else None,
                risk_alert=entry.risk_alert if entry else None,
                resolution_opportunity=entry.resolution_opportunity if entry else None,
            )


def _months(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield dt.date(number // 12, number % 12 + 1, 1)
