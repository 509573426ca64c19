"""Dates that point to other dates: "next day", "two days later", "same week", "on Sunday", "same period in 2025"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import get_args

from pipeline.dates.intervals import Interval, add_months, month_end, week_of, weekend_of, whole_month, whole_years
from pipeline.dates.words import DateWords, Unit
from pipeline.dates.written import Echo, Mention, Partial, Step, Weekday
from pipeline.tables import Precision

SENTENCE_END = re.compile(r"[.!?]”?[ \n](?=[A-Z“])")
THING = re.compile(r" [a-z]{1,20}(?<!ed)\b")  # after a day, what it is said of rather than what was done
LAST_WORD = re.compile(r"([a-z]{1,40}) $")
NEAR_MONTH = (-10, 41)  # days from the first of the entry's month within which a day is told as news, not as background
PHRASE = re.compile(r"[,;.]")
CLAUSE = re.compile(r"[;.]|, (?:and|but|while)\b")
OF_WORD = 30  # characters from a date within which a word of its clause is what the date is of
OF_SENTENCE = 300  # characters back from a date in which the day its sentence tells of stands
NEAR_WORD = 80  # characters on either side of a date in which a word stands beside it
DAY = dt.timedelta(days=1)
SHORTER: dict[Unit, tuple[Precision, ...]] = {
    "calendar month": ("day", "days", "week", "part_of_month", "month"),
    "calendar year": ("day", "days", "week", "part_of_month", "month", "months", "part_of_year", "year"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """A text, and its dates resolved so far, as far as later ones may point to them."""

    text: str
    month: dt.date | None
    words: DateWords
    so_far: list[tuple[Mention, Interval | None]] = field(default_factory=list)
    days: list[tuple[Mention, Interval]] = field(default_factory=list)
    years: dict[tuple[int | None, int | None], int] = field(default_factory=dict)

    def add(self, mention: Mention, interval: Interval | None) -> None:
        """Remember a date, and the year if the text names it: "7 Oct 2023"."""
        self.so_far.append((mention, interval))
        if interval and interval.precision in ("day", "days"):
            self.days.append((mention, interval))
        if isinstance(mention.says, Partial) and mention.says.day and mention.says.year:
            self.years[mention.says.month, mention.says.day] = mention.says.year

    def day_before(self, start: int) -> Interval | None:
        """Return the day that "next day" at `start` counts from: the last one told for itself, not as background."""
        background: tuple[int, Interval] | None = None
        for i in range(len(self.days) - 1, -1, -1):
            mention, interval = self.days[i]
            if mention.start >= start:
                continue
            if background and SENTENCE_END.search(self.text, mention.end, background[0]):
                break
            if not self._is_background(mention, interval) and not self._is_reported(i, start):
                return interval
            background = background or (mention.start, interval)
        return background[1] if background else None

    def day_of_sentence(self, start: int) -> Interval | None:
        """Return the last day without a preposition before `start` in its sentence: the one its news is told of."""
        for mention, interval in reversed(self.days):
            if start - mention.end > OF_SENTENCE or SENTENCE_END.search(self.text, mention.end, start):
                return None
            if mention.relation is None:
                return interval
        return None

    def opens_sentence(self, mention: Mention, after: Mention) -> bool:
        """Tell whether the date after is the first of the sentence both are in: "after previous day’s raid, police 3 May held two"."""
        if SENTENCE_END.search(self.text, mention.end, after.start):
            return False
        before = self.days[-1][0] if self.days else None
        return before is None or bool(SENTENCE_END.search(self.text, before.end, mention.start))

    def day_beside(self, words: tuple[str, ...]) -> Interval | None:
        """Return the last day of one of these words ("10 Jan polls", "elections on 10 Jan"), else the last in a sentence with one."""
        beside: dict[bool, Interval | None] = {True: None, False: None}
        for mention, interval in reversed(self.days):
            before = SENTENCE_END.split(self.text[max(0, mention.start - NEAR_WORD) : mention.start])[-1]
            after = SENTENCE_END.split(self.text[mention.end : mention.end + NEAR_WORD])[0]
            for near, piece in (
                (True, PHRASE.split(before[-OF_WORD:])[-1] + " " + PHRASE.split(after[:OF_WORD])[0]),
                (False, f"{before} {after}"),
            ):
                if not beside[near] and not set(words).isdisjoint(re.findall(r"[\w-]+", piece.lower())):
                    beside[near] = interval
        return beside[True] or beside[False]

    def year_named(self, says: Partial) -> int | None:
        """Return the year the text gave this day before ("since 7 Oct 2023 ... since 7 Oct"), unless it is a day of the entry's month."""
        own = self.month is not None and self.month.month == says.month
        return None if own else self.years.get((says.month, says.day))

    def latest(self, within: Unit | None = None) -> Interval | None:
        """Return the last interval told; `within` a calendar month or year, the last no longer than that, else the entry's own."""
        fits = SHORTER.get(within, ()) if within else get_args(Precision)
        told = (interval for _, interval in reversed(self.so_far) if interval and interval.precision in fits)
        return next(told, whole_month(self.month.year, self.month.month) if within and self.month else None)

    def _is_background(self, mention: Mention, interval: Interval) -> bool:
        """A day of another month, a bound ("until 3 Feb") or an attribute ("after 3 Feb attack") rather than when it happened."""
        if self.month and not NEAR_MONTH[0] <= (interval.last - self.month).days <= NEAR_MONTH[1]:
            return True
        if isinstance(mention.says, Step | Weekday):
            return False
        word = LAST_WORD.search(self.text[max(0, mention.start - 12) : mention.start].lower())
        kind = self.words.background.get(word[1]) if word else None
        return kind == "bound" or (kind == "attribute" and bool(THING.match(self.text, mention.end)))

    def _is_reported(self, i: int, start: int) -> bool:
        """A day behind the one before it in its clause, seen from a later sentence: "army 24 May said it held six [23 May]"."""
        (before, report), (mention, interval) = self.days[i - 1], self.days[i]
        back = i > 0 and interval.last < report.first and not CLAUSE.search(self.text, before.end, mention.start)
        return back and bool(SENTENCE_END.search(self.text, mention.end, start))


def from_month(says: Step, month: dt.date | None) -> Interval | None:
    """Count from the entry's month: "two years ago"."""
    if month is None:
        return None
    steps = says.phrases.step * says.n
    if says.phrases.unit == "year of entry":
        return whole_years(month.year + steps)
    there = add_months(month, steps)
    return whole_month(there.year, there.month)


def from_day(says: Step, anchor: Interval | None) -> Interval | None:
    """Count from a day told: forward from its last day, back from its first. Without it, or where the leap day decides, null."""
    if anchor is None:
        return None
    steps, unit = says.phrases.step * says.n, says.phrases.unit
    base = anchor.first if steps < 0 else anchor.last
    if unit in ("day", "week"):
        there = base + steps * DAY * (7 if unit == "week" else 1)
        first, last = sorted((base + DAY * (1 if steps > 0 else -1), there)) if says.phrases.stretch else (there, there)
        result = Interval(first, last, "days" if says.phrases.stretch else "day", anchor.dated)
        return None if not anchor.dated and _leap_day_between(base, there) else result
    if unit == "month" and says.n == 1:
        return Interval(add_months(base, steps), add_months(base, steps), "day", anchor.dated)
    if unit in ("month", "calendar month"):
        there = add_months(base, steps)
        return replace(whole_month(there.year, there.month), dated=anchor.dated)
    if not anchor.dated:
        return None
    if unit in ("year", "calendar year"):
        return whole_years(base.year + steps)
    there = base + 7 * DAY * steps
    return week_of(there) if unit == "calendar week" else weekend_of(there)


def _leap_day_between(a: dt.date, b: dt.date) -> bool:
    """Tell whether the number of days from a to b depends on the year, which is unknown."""
    first, last = sorted((a, b))
    return (first.month, first.day) <= (2, 28) and (last.month, last.day) >= (2, 29)


def weekday_near(says: Weekday, anchor: Interval | None) -> Interval | None:
    """The nearest such day within three days of the date before it, or the one before or after that date."""
    if anchor is None or not anchor.dated:
        return None
    ahead = (says.iso - anchor.last.isoweekday()) % 7
    days = {-1: ahead - 7, 0: ahead if ahead <= 3 else ahead - 7, 1: ahead or 7}[says.turn]
    day = anchor.last + DAY * days
    return Interval(day, day, "day")


def echo(says: Echo, month: dt.date | None, latest: Interval | None) -> Interval | None:
    """The same days of another year; a month's end stays a month's end. Without a stretch before it, the whole of that year."""
    year = says.year if says.year is not None else month.year + (says.year_shift or 0) if month else None
    if year is None:
        return None
    if latest is None:
        return whole_years(year)
    shift = (year - latest.last.year) * 12
    first, last = add_months(latest.first, shift), add_months(latest.last, shift)
    return Interval(first, month_end(last.year, last.month) if (latest.last + DAY).day == 1 else last, latest.precision)
