"""An event in a line, for terminals: days, type, who did it to whom, where, how many."""

from __future__ import annotations

import calendar
import datetime as dt
import textwrap
from typing import Protocol

_MONTHS = ("", "Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
WIDTH = 100
_DAYS, _TYPE = 13, 24


class Told(Protocol):
    """What of an event goes into a line: tables.Event has it, and so has a hit of the search (days as dates or ISO text)."""

    @property
    def type(self) -> str: ...
    @property
    def date_from(self) -> dt.date | str | None: ...
    @property
    def date_to(self) -> dt.date | str | None: ...
    @property
    def place(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...
    @property
    def target(self) -> str | None: ...
    @property
    def realis(self) -> str: ...
    @property
    def killed_low(self) -> int | None: ...
    @property
    def killed_best(self) -> int | None: ...
    @property
    def killed_high(self) -> int | None: ...
    @property
    def injured_best(self) -> int | None: ...


def event_lines(event: Told, year: int | None = None, indent: int = 2) -> str:
    """Return the event in a line, or more where it does not fit into 100 columns; days of `year` are written without it."""
    who = " -> ".join(filter(None, (event.source or ("?" if event.target else None), event.target)))
    told = " · ".join(filter(None, (who, event.place, figures(event))))
    when = f"{' ' * indent}{days(event.date_from, event.date_to, year):{_DAYS}} {event.type:{_TYPE}}"
    rest = " " * (indent + _DAYS + 1 + _TYPE + 1)
    return textwrap.fill(told, WIDTH, initial_indent=f"{when} ", subsequent_indent=rest, break_on_hyphens=False) or when.rstrip()


def days(since: dt.date | str | None, until: dt.date | str | None, year: int | None = None) -> str:
    """Return an interval as one would write it: "5 Jan", "2-5 Jan", "Jan", "since 5 Jan"; empty where nothing is known."""
    first, last = _date(since), _date(until)
    if first is None or last is None:
        told = first or last
        return f"{'since' if first else 'until'} {_day(told, year)}" if told else ""
    if first == last:
        return _day(first, year)
    if (first.year, first.month) == (last.year, last.month):
        whole = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
        return _day(last, year).partition(" ")[2] if whole else f"{first.day}-{_day(last, year)}"
    if first.year != last.year and (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}-{last.year}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year)
    return f"{_day(first, year if first.year != last.year else first.year)}-{_day(last, year)}"


def _date(day: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if isinstance(day, str) else day


def _day(day: dt.date, year: int | None) -> str:
    return f"{day.day} {_MONTHS[day.month]}" + ("" if day.year == year else f" {day.year}")


def figures(event: Told) -> str:
    """Return killed and injured of an event, and how far it is told as fact: "killed 12, injured 3 (claimed)"."""
    killed = number(event.killed_low, event.killed_best, event.killed_high)
    said = [f"killed {killed}"] if killed else []
    said += [f"injured {event.injured_best}"] if event.injured_best is not None else []
    realis = f"({event.realis})" if event.realis != "actual" else ""
    return " ".join(filter(None, (", ".join(said), realis)))


def number(low: int | None, best: int | None, high: int | None) -> str:
    """Return a figure with its bounds: "12", "12-18", "12+" where only the lower bound is known, "<18" where only the upper."""
    if low is not None and high is not None and low != high:
        return f"{low}-{high}"
    if best is not None:
        return f"{best}+" if high is None and low is not None else str(best)
    return f"{low}+" if low is not None else f"<{high}" if high is not None else ""
