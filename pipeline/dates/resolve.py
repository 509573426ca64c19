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

SENTENCE_END = re.compile(r"[.!?]”?[ \n](?=[A-Z“])")
ATTRIBUTE = re.compile(r"\b(?:of|after|in|over|for|following|from|against|during|to|about|with) $")


def resolve_mentions(mentions: list[Mention], text: str, month: dt.date | None, words: DateWords) -> list[Interval | None]:
    """Return the interval of each mention, null where nothing says what it points to."""
    told = Told(text, month, [])
    for mention in mentions:
        told.so_far.append((mention, _resolve(mention, told, words)))
    return [interval for _, interval in told.so_far]


@dataclass(frozen=True, slots=True)
class Told:
    """The dates resolved so far in a text, as far as later ones may point to them."""

    text: str
    month: dt.date | None
    so_far: list[tuple[Mention, Interval | None]]

    def day_before(self, start: int) -> Interval | None:
        """Return the day that "next day" at `start` counts from: the last one told for itself, not as background."""
        background: tuple[int, Interval] | None = None
        for mention, interval in reversed(self.so_far):
            if interval is None or interval.precision not in ("day", "days"):
                continue
            if background and SENTENCE_END.search(self.text, mention.end, background[0]):
                break
            if not self._is_background(mention, interval):
                return interval
            background = background or (mention.start, interval)
        return background[1] if background else None

    def _is_background(self, mention: Mention, interval: Interval) -> bool:
        """A day of another month, a bound ("until 3 Feb") or an attribute ("after 3 Feb attack") rather than when it happened."""
        if self.month and not -10 <= (interval.last - self.month).days <= 41:
            return True
        if isinstance(mention.says, Step | Weekday):
            return False
        before = self.text[max(0, mention.start - 12) : mention.start].lower()
        if before.endswith(("until ", "till ", "since ", "before ")):
            return True
        return bool(ATTRIBUTE.search(before)) and bool(re.match(r" [a-z]+(?<!ed)\b", self.text[mention.end : mention.end + 24]))

    def year_named(self, month: int | None, day: int | None) -> int | None:
        """Return the year the text itself gave this day before ("since 7 Oct 2023 ... since 7 Oct"), unless it lies in the entry's month."""
        if day is None or (self.month and self.month.month == month):
            return None
        for mention, _ in reversed(self.so_far):
            if isinstance(mention.says, Partial) and (mention.says.month, mention.says.day) == (month, day) and mention.says.year:
                return mention.says.year
        return None


def _resolve(mention: Mention, told: Told, words: DateWords) -> Interval | None:
    says, month = mention.says, told.month
    try:
        if isinstance(says, Step):
            return _step(says, month, told.day_before(mention.start))
        if isinstance(says, Weekday):
            return _weekday(says, told.day_before(mention.start))
        if isinstance(says, Echo):
            return _echo(says, month, next((i for _, i in reversed(told.so_far) if i), None))
        lean = _lean(mention, told.text, words)
        if isinstance(says, Stretch):
            return _stretch(says, month, lean)
        if says.year is None and says.year_shift is None and (year := told.year_named(says.month, says.day)):
            says = replace(says, year=year)
        return _partial(says, month, lean)
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
