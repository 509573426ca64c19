"""Pass two: turn what is written into intervals, with the entry's month and the dates before it in the text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import zip_longest

from pipeline.dates import years
from pipeline.dates.anaphora import Told, echo, from_day, from_month, weekday_near
from pipeline.dates.intervals import Interval, add_months, part_of_month, part_of_year, weekend_of, whole_month, whole_years
from pipeline.dates.words import DateWords
from pipeline.dates.written import Echo, Mention, Partial, Step, Stretch, Weekday
from pipeline.tables import Precision

# The month of an entry of unknown month: of a leap year, so that 29 Feb exists; what is resolved with it is marked as not dated.
STAND_IN = dt.date(2000, 6, 1)
# day before [12 Feb] vote · same day as [12 Feb] vote
NAMES_IT = re.compile(r"(?<=before|.after) (?:\w{1,20} ){0,2}| as (?:\w{1,20} ){0,2}")


def resolve_mentions(mentions: list[Mention], text: str, month: dt.date | None, words: DateWords) -> list[Interval | None]:
    """Return the interval of each mention, null where nothing says what it points to."""
    told = Told(text, month, words)
    for mention, after in zip_longest(mentions, mentions[1:]):
        told.add(mention, _resolve(mention, after, told))
    return [interval for _, interval in told.so_far]


def _resolve(mention: Mention, after: Mention | None, told: Told) -> Interval | None:
    says = mention.says
    try:
        if isinstance(says, Step):
            return _step(says, mention, after, told)
        if isinstance(says, Weekday):
            return weekday_near(says, told.day_before(mention.start))
        if isinstance(says, Echo):
            return echo(says, told.month, told.latest())
        return _absolute(says, mention, told)
    except ValueError:  # 31 June, fifth Monday of Feb: no such day
        return None


def _step(says: Step, mention: Mention, after: Mention | None, told: Told) -> Interval | None:
    """Count from the entry's month, a day beside the words asked for, the date named right after, or the one told before."""
    if says.phrases.unit in ("month of entry", "year of entry"):
        return from_month(says, told.month)
    if says.phrases.beside:
        return from_day(says, told.day_beside(says.phrases.beside))
    if says.phrases.unit in ("calendar month", "calendar year"):
        return from_day(says, told.latest(within=says.phrases.unit))
    if after and isinstance(after.says, Partial | Stretch):
        named = NAMES_IT.fullmatch(told.text, mention.end, after.start)
        if named or (says.phrases.step < 0 and told.opens_sentence(mention, after)):
            return from_day(says, _absolute(after.says, after, told))
    return from_day(says, told.day_before(mention.start))


def _absolute(says: Partial | Stretch, mention: Mention, told: Told) -> Interval | None:
    lean = years.lean(told.text, mention.start, mention.end, told.words) if told.month else "neither"
    if isinstance(says, Stretch):
        return _stretch(says, told.month, lean)
    if says.month is None or (says.year, says.year_shift, says.turn) != (None, None, None):
        return _partial(says, told.month, lean)
    if lean not in ("scheduled", "moved") and (year := told.year_named(says)):
        return _partial(replace(says, year=year), told.month, lean)
    interval = _partial(says, told.month, lean)
    day = told.day_of_sentence(mention.start) if lean == "moved" else None
    if interval and day and interval.last <= day.first:
        return _partial(replace(says, year=interval.first.year + 1), told.month, lean)
    return interval


def _partial(says: Partial, month: dt.date | None, lean: years.Leaning) -> Interval | None:
    """Resolve one partial date; null where the year or month it needs is unknown."""
    dated = month is not None or says.year is not None
    if not dated and (says.month is None or says.turn is not None or (says.part and says.part.kind in ("weekday", "weekend"))):
        return None
    reference = month or STAND_IN
    year = says.year if says.year_shift is None else reference.year + says.year_shift
    if says.month_shift is not None:
        there = add_months(reference, says.month_shift)
        interval = _month(replace(says, month=there.month), there.year)
    elif says.month is not None:
        lowest = years.lowest(lean, says)
        interval = _month(says, year if year is not None else years.nearest_year(says.month, reference, lowest))
    elif year is None:
        interval = _season(says, reference)
    else:
        interval = part_of_year(year, says.part) if says.part else whole_years(year, says.years)
    return replace(interval, dated=dated)


def _month(says: Partial, year: int) -> Interval:
    assert says.month is not None
    if says.day is None:
        return part_of_month(year, says.month, says.part) if says.part else whole_month(year, says.month)
    day, week = dt.date(year, says.month, says.day), dt.timedelta(days=6)
    if says.part and says.part.kind == "weekend":  # weekend of 16 May
        return weekend_of(day)
    if says.part:  # week to 22 Sept · week of 16 Sept
        return Interval(day - week, day, "week") if says.part.n < 0 else Interval(day, day + week, "week")
    return Interval(day, day, "day")


def _season(says: Partial, reference: dt.date) -> Interval:
    """Last summer ended before the entry's month, next summer begins after it."""
    assert says.part is not None
    around = [part_of_year(reference.year + shift, says.part) for shift in (-2, -1, 0, 1)]
    if says.turn == -1:
        return max((season for season in around if season.last < reference), key=lambda season: season.last)
    if says.turn == 1:
        return min((season for season in around if season.first > reference), key=lambda season: season.first)
    return around[2]


def _stretch(says: Stretch, month: dt.date | None, lean: years.Leaning) -> Interval | None:
    """Resolve the end, then the latest beginning before it; "Nov 2025-Feb" takes the year from its beginning."""
    a, b = says.first, says.last
    if a.day and b.day and a.day > b.day and (a.year, a.month) == (b.year, b.month) and a.month:  # 30-1 June
        says = replace(says, first=replace(a, month=(a.month - 2) % 12 + 1))
    if says.first.year is not None and says.last.year is None:
        first, last = _partial(says.first, month, lean), _partial(replace(says.last, year=says.first.year), month, lean)
        if first and last and first.first > last.last:
            last = _partial(replace(says.last, year=says.first.year + 1), month, lean)
    else:
        last = _partial(says.last, month, lean)
        first = last and _partial(says.first if says.first.year else replace(says.first, year=last.last.year, year_shift=None), month, lean)
        if first and last and first.first > last.last and says.first.month:
            first = _partial(replace(says.first, year=last.last.year - 1, year_shift=None), month, lean)
    if first is None or last is None or first.first > last.last:
        return None
    grains = {first.precision, last.precision}
    precision: Precision = "days" if grains & {"day", "part_of_month"} else "months" if grains == {"month"} else "part_of_year"
    return Interval(first.first, last.last, precision, month is not None or says.last.year is not None)
