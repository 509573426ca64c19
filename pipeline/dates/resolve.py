"""Pass two: turn what is written into intervals, with the entry's month and the dates before it in the text."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from functools import cache

from pipeline.dates.grammar import SP, either
from pipeline.dates.intervals import Interval, add_months, month_end, part_of_month, part_of_year, week_of, whole_month, whole_years
from pipeline.dates.words import DateWords
from pipeline.dates.written import Echo, Mention, Partial, Step, Stretch, Weekday

STAND_IN = dt.date(2000, 6, 1)  # entry of unknown month: any leap year, mid-year so that no month is nearer to another year


def resolve_mentions(mentions: list[Mention], text: str, month: dt.date | None, words: DateWords) -> list[Interval | None]:
    """Return the interval of each mention, null where nothing says what it points to."""
    out: list[Interval | None] = []
    anchors = Anchors(month)
    for mention in mentions:
        interval = _resolve(mention, text, month, anchors, words)
        out.append(interval)
        if interval:
            anchors.add(mention, interval)
    return out


@dataclass
class Anchors:
    """The dates told so far, as far as "next day" or "same period" may point to them."""

    month: dt.date | None
    day: Interval | None = None
    latest: Interval | None = None

    def add(self, mention: Mention, interval: Interval) -> None:
        """Remember a date; a day far from the entry's month is background, as is one that only bounds a stretch."""
        self.latest = interval
        if interval.precision not in ("day", "days") or mention.relation in ("until", "since", "before"):
            return
        if self.month and abs((interval.first - self.month).days) > 62:
            return
        self.day = interval


def _resolve(mention: Mention, text: str, month: dt.date | None, anchors: Anchors, words: DateWords) -> Interval | None:
    says = mention.says
    try:
        if isinstance(says, Step):
            return _step(says, month, anchors.day)
        if isinstance(says, Weekday):
            return _weekday(says, anchors.day)
        if isinstance(says, Echo):
            return _echo(says, month, anchors.latest)
        lean = _lean(mention, text, words)
        return _stretch(says, month, lean) if isinstance(says, Stretch) else _partial(says, month, lean)
    except ValueError:  # 31 June: no such day
        return None


def _lean(mention: Mention, text: str, words: DateWords) -> int:
    """Return -2 right after `since`, 2 right after `until`, -1 or 1 where words around point to the past or the future, else 0."""
    cues = _cues(words)
    before = text[max(0, mention.start - 70) : mention.start]
    if right_before := cues.right_before.search(before):
        return -2 if right_before[1] else 2
    around = re.split(r"[.;\n] ?(?=[A-Z]|$)", before)[-1] + "\0" + re.split(r"[.;\n]", text[mention.end : mention.end + 40])[0]
    return bool(cues.future.search(around)) - bool(cues.past.search(around))


@dataclass(frozen=True, slots=True)
class Cues:
    """The leaning words, compiled."""

    right_before: re.Pattern[str]
    past: re.Pattern[str]
    future: re.Pattern[str]


@cache
def _cues(words: DateWords) -> Cues:
    lean = words.lean
    return Cues(
        re.compile(rf"\b(?i:({either(lean.back)})|{either(lean.ahead)}){SP}(?:the{SP})?$"),
        re.compile(rf"\b(?i:{either(lean.past)})\b"),
        re.compile(rf"\b(?i:{either(lean.future)})\b"),
    )


def _year(month: int, ref: dt.date, lean: int) -> int:
    """Return the year that puts the month nearest to the reference, ties to the past, with the window moved by the lean."""
    lowest = {-2: -10, -1: -8, 0: -6, 1: -4, 2: -2}[lean]
    distance = (month - ref.month - lowest) % 12 + lowest
    return (ref.year * 12 + ref.month - 1 + distance) // 12


def _partial(says: Partial, month: dt.date | None, lean: int) -> Interval | None:
    ref = month or STAND_IN
    dated = month is not None or says.year is not None
    if (says.month_shift is not None or says.year_shift is not None) and month is None:
        return None
    year = says.year if says.year is not None else ref.year + says.year_shift if says.year_shift is not None else None
    if says.month_shift is not None:
        there = add_months(ref, says.month_shift)
        interval = part_of_month(there.year, there.month, says.part) if says.part else whole_month(there.year, there.month)
    elif says.month is not None:
        if says.turn is not None:
            lowest = {-1: -12, 0: -6, 1: 1}[says.turn]
            distance = (says.month - ref.month - lowest) % 12 + lowest
            year = (ref.year * 12 + ref.month - 1 + distance) // 12
        year = _year(says.month, ref, lean) if year is None else year
        interval = _in_month(says, year)
    elif says.part and says.part.kind == "season" and year is None:
        if month is None:
            return None
        first, last = divmod(says.part.of, 100)
        year = ref.year
        if says.turn == -1 and part_of_year(year, says.part).last >= ref:
            year -= 1
        if says.turn == 1 and part_of_year(year, says.part).first <= ref:
            year += 1
        interval = part_of_year(year, says.part)
    elif year is not None:
        interval = part_of_year(year, says.part) if says.part else whole_years(year, says.years)
    else:
        return None
    return replace(interval, dated=dated)


def _in_month(says: Partial, year: int) -> Interval:
    assert says.month is not None
    if says.day is not None:
        day = dt.date(year, says.month, says.day)
        if says.part and says.part.kind == "week":
            week = dt.timedelta(days=6)
            return Interval(day - week, day, "week") if says.part.n < 0 else Interval(day, day + week, "week")
        return Interval(day, day, "day")
    return part_of_month(year, says.month, says.part) if says.part else whole_month(year, says.month)


def _stretch(says: Stretch, month: dt.date | None, lean: int) -> Interval | None:
    if says.first.year is not None and says.last.year is None:
        says = replace(says, last=replace(says.last, year=says.first.year))
    last = _partial(says.last, month, lean)
    if last is None:
        return None
    given = says.first.year is not None and says.first.year != says.last.year
    first = _partial(says.first if given else replace(says.first, year=last.last.year, year_shift=None), month, lean)
    if first is None:
        return None
    if first.first > last.last:
        first = _partial(replace(says.first, year=last.last.year - 1), month, lean)
        assert first is not None
    fine = "day" in (first.precision, last.precision) and "month" not in (first.precision, last.precision)
    precision = "days" if fine else "months" if first.precision == last.precision == "month" else "part_of_month"
    return Interval(first.first, last.last, precision, last.dated)  # type: ignore[arg-type]


def _step(says: Step, month: dt.date | None, anchor: Interval | None) -> Interval | None:
    steps, unit = says.phrases.step * says.n, says.phrases.unit
    if unit == "month of entry":
        there = add_months(month, steps) if month else None
        return whole_month(there.year, there.month) if there else None
    if unit == "year of entry":
        return whole_years(month.year + steps) if month else None
    if anchor is None:
        return None
    base = anchor.last if steps > 0 else anchor.first
    if unit == "day":
        if says.phrases.stretch:
            day = dt.timedelta(days=1)
            return (
                Interval(base + day, base + day * says.n, "days", anchor.dated)
                if steps > 0
                else Interval(base - day * says.n, base - day, "days", anchor.dated)
            )
        there = (anchor.last if steps == 0 else base) + dt.timedelta(days=steps)
        return Interval(there, there, "day", anchor.dated)
    if unit == "week":
        there = base + dt.timedelta(days=7 * steps)
        return Interval(there, there, "day", anchor.dated)
    if unit == "weekend":
        saturday = week_of(base + dt.timedelta(days=7 * steps)).first + dt.timedelta(days=5)
        return Interval(saturday, saturday + dt.timedelta(days=1), "days", anchor.dated)
    if unit == "calendar week":
        return replace(week_of(base + dt.timedelta(days=7 * steps)), dated=anchor.dated)
    months = steps * (12 if unit in ("year", "calendar year") else 1)
    there = add_months(base, months)
    if unit == "calendar month":
        return replace(whole_month(there.year, there.month), dated=anchor.dated)
    if unit == "calendar year":
        return replace(whole_years(there.year), dated=anchor.dated)
    return Interval(there, there, "day", anchor.dated)


def _weekday(says: Weekday, anchor: Interval | None) -> Interval | None:
    """The nearest such day within three days of the date before it, or the one before or after that date."""
    if anchor is None:
        return None
    ahead = (says.iso - anchor.last.isoweekday()) % 7
    days = {-1: ahead - 7, 0: ahead if ahead <= 3 else ahead - 7, 1: ahead or 7}[says.turn]
    day = anchor.last + dt.timedelta(days=days)
    return Interval(day, day, "day", anchor.dated)


def _echo(says: Echo, month: dt.date | None, latest: Interval | None) -> Interval | None:
    """The same days of another year; a month's end stays a month's end."""
    year = says.year if says.year is not None else month.year + (says.year_shift or 0) if month else None
    if year is None or latest is None:
        return None
    shift = (year - latest.last.year) * 12
    first, last = add_months(latest.first, shift), add_months(latest.last, shift)
    if (latest.last + dt.timedelta(days=1)).day == 1:
        last = month_end(last.year, last.month)
    return Interval(first, last, latest.precision)
