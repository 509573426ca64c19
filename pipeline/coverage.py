"""The `coverage` stage: for each situation, month by month, what the tracker covered and what of it the input has."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pipeline.entries.situations import Situations
from pipeline.tables import Coverage, Entry, TrendState

# A bulletin carries 70 situations and more; input with entries on this many in a month holds the month's bulletin, give or take.
BULLETIN = 40
# Standby situations are covered in some months only: told over a year, once a third of it is known.
YEAR, LEAST_KNOWN, MONTHLY_SHARE = 12, 4, 0.75

Kind = Literal["entry", "state_only", "silent", "unknown"]


@dataclass(slots=True)
class _Known:
    """What the input tells of one situation: by month its entry, its states, and where a file's run of months has a hole."""

    entries: dict[int, Entry] = field(default_factory=dict)
    states: dict[int, list[TrendState]] = field(default_factory=lambda: defaultdict(list))
    holes: set[int] = field(default_factory=set)


def trace_coverage(
    entries: Annotated[
        Sequence[Entry],
        "entry_id",
        "situation",
        "countries",
        "month",
        "document_ids",
        "superseded_by",
        "trend",
        "risk_alert",
        "resolution_opportunity",
    ],
    trend_history: Sequence[TrendState],
    situations: Situations,
) -> Iterator[Coverage]:
    """Yield a row for every situation and month from the first to the last month of which the input tells anything.

    A month is silent, and so known not to be covered, where a page's trend history runs past it, where a file of this situation
    alone has entries before and after it, or where the input has entries on at least `BULLETIN` other situations for it.
    Entries of unknown month or situation, and those superseded by a later revision, give none.
    """
    known = _gather(entries, trend_history)
    months = Counter(month for told in known.values() for month in told.entries)
    bulletins = {month for month, count in months.items() if count >= BULLETIN}
    for name, told in sorted(known.items()):
        if told.entries:
            countries = told.entries[max(told.entries)].countries
        else:
            listed = situations.named(name)
            countries = listed.countries if listed else ()
        kinds: list[Kind] = []
        first = min((*told.entries, *told.states))
        for month in range(first, max((*told.entries, *told.states, *bulletins)) + 1):
            kinds.append(_kind(told, month, bulletins))
            yield _row(name, month, countries, told, kinds)


def _gather(entries: Iterable[Entry], states: Iterable[TrendState]) -> dict[str, _Known]:
    known: dict[str, _Known] = defaultdict(_Known)
    by_file: dict[str, set[tuple[str, int]]] = defaultdict(set)
    for entry in entries:
        if entry.situation is not None and entry.month is not None:
            for document_id in entry.document_ids:
                by_file[document_id].add((entry.situation, _number(entry.month)))
            if entry.superseded_by is None:
                known[entry.situation].entries[_number(entry.month)] = entry
    by_page: dict[tuple[str, str], set[int]] = defaultdict(set)
    for state in states:
        known[state.situation].states[_number(state.month)].append(state)
        by_page[state.document_id, state.situation].add(_number(state.month))
    runs = [(situation, months) for (_, situation), months in by_page.items()]
    for pairs in by_file.values():
        if len(names := {situation for situation, _ in pairs}) == 1:
            runs.append((names.pop(), {month for _, month in pairs}))
    for situation, months in runs:
        if situation in known:
            known[situation].holes |= set(range(min(months), max(months))) - months
    return {name: told for name, told in known.items() if told.entries or told.states}


def _kind(told: _Known, month: int, bulletins: set[int]) -> Kind:
    if month in told.entries:
        return "entry"
    if month in told.states:
        return "state_only"
    return "silent" if month in told.holes or month in bulletins else "unknown"


def _row(name: str, month: int, countries: tuple[str, ...], told: _Known, kinds: Sequence[Kind]) -> Coverage:
    entry, states = told.entries.get(month), told.states.get(month, [])
    year = Counter(kinds[-YEAR:])
    covered = year["entry"] + year["state_only"]
    settled = covered + year["silent"]
    stated: dict[str, Any] = {
        column: value if entry is not None and (value := getattr(entry, column)) is not None else _most_stated(states, column)
        for column in ("trend", "risk_alert", "resolution_opportunity")
    }
    return Coverage(
        situation=name,
        month=dt.date(month // 12, month % 12 + 1, 1),
        countries=countries,
        covered=entry is not None,
        coverage=kinds[-1],
        tracking=None if settled < LEAST_KNOWN else "monthly" if covered >= MONTHLY_SHARE * settled else "standby",
        months_known=settled,
        months_covered=covered,
        entry_id=entry.entry_id if entry else None,
        **stated,
    )


def _most_stated(states: Sequence[TrendState], column: str) -> str | bool | None:
    """Return what most pages state of a month; of two as often stated, the first in order."""
    votes: Mapping[str | bool, int] = Counter(value for state in states if (value := getattr(state, column)) is not None)
    return min(votes, key=lambda value: (-votes[value], str(value)), default=None)


def _number(month: dt.date) -> int:
    return month.year * 12 + month.month - 1
