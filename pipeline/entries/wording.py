"""What pages say around entries: regions, list titles, labels, furniture cues, column names, month names; all from lexicon files.

Names of months in other languages are those of Unicode CLDR.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self, get_args

from pipeline import lexicon
from pipeline.spelling import fold
from pipeline.tables import Trend

TRENDS: tuple[Trend, ...] = get_args(Trend)
_FILES = ("pages.toml", "month_names.csv")

# A year between quotation marks of the tracker's life and a generation ahead.
YEAR = r"(?:19|20)\d\d"
_ISO = re.compile(
    rf"({YEAR})[-/.]?(0[1-9]|1[0-2])(?:[-/.](?:0[1-9]|[12]\d|3[01]))?(?:[T ][\d:.]{{4,15}}Z?)?"
)  # 2026-03, 2026-03-01 00:00:00
_SLASHED = re.compile(rf"(0?[1-9]|1[0-2])[/.]({YEAR})")  # 03/2026
_CHINESE = re.compile(rf"({YEAR}) ?年 ?(0?[1-9]|1[0-2]) ?月")  # 2019年2月
# 'June 2023', 'février 2019', 'março de 2019', 'Nov. 2012', 'Mar-2026'
_NAMED = re.compile(rf"([^\W\d_]{{3,12}})\.?,?(?: (?:de|of|del) | ?[-–/]? ?)({YEAR})")
_PUNCTUATION = re.compile(r"[^\w\s]|_")
_FULL = re.compile(rf"\(?(0?[1-9]|[12]\d|3[01])\.? (?:de )?([^\W\d_]{{3,12}})\.?,? (?:de )?({YEAR})\)?")  # 1 February 2012, (01 Feb 2009)


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """Words of the page, by folded spelling (see `key`)."""

    regions: Mapping[str, str]
    subregions: frozenset[str]
    overview: Mapping[str, str]
    trends: Mapping[str, Trend]
    arrows: Mapping[str, Trend]
    labels: Mapping[str, str]
    card_end: frozenset[str]
    columns: Mapping[str, str]
    months: Mapping[str, int]
    cues: Mapping[str, re.Pattern[str]]
    house: re.Pattern[str]
    openings: re.Pattern[str]
    hyphen_first: frozenset[str]
    hyphen_second: frozenset[str]

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the words; raises LexiconError where a file or a group is missing."""
        data = lexicon.read_toml("pages.toml")
        try:
            return cls(
                regions={key(name): region for region, names in data["regions"].items() for name in (region, *names)},
                subregions=_keys(data["subregions"]["names"]),
                overview={key(name): kind for kind, names in data["overview"].items() for name in names},
                trends={key(name): trend for group in ("overview", "trends") for trend in TRENDS for name in data[group][trend]},
                arrows={sign: trend for trend in TRENDS for sign in data["arrows"][trend]},
                labels={key(name): reason for reason, names in data["labels"].items() for name in names},
                card_end=_keys(data["card_end"]["names"]),
                columns={key(name): role for role, names in data["columns"].items() for name in names},
                months={fold(name): int(row["month"]) for row in lexicon.read_csv("month_names.csv") for name in row["names"].split("|")},
                cues={reason: phrases(group["words"]) for reason, group in data["cues"].items()},
                house=phrases(data["house"]["words"]),
                openings=re.compile(rf"(?:{'|'.join(map(re.escape, data['openings']['words']))})\b"),
                hyphen_first=frozenset(data["hyphens"]["first"]),
                hyphen_second=frozenset(data["hyphens"]["second"]),
            )
        except KeyError as error:
            raise lexicon.LexiconError(f"{lexicon.FOLDER / 'pages.toml'}: no group {error}; add it, with a list of words") from None

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the files the words are read from."""
        return lexicon.digest(_FILES)

    def region(self, line: str) -> str | None:
        """Return the region that `line` is the heading of, in today's capitals; None if it is no such heading."""
        return self.regions.get(key(line))

    def trend(self, text: str) -> Trend | None:
        """Return the trend that the whole of `text` says, by a word, an arrow or both; None if it says none or two."""
        found = {self.arrow(text), self.trends.get(key(text))} - {None}
        if key(text) and key(text) not in self.trends:
            return None
        return found.pop() if len(found) == 1 else None

    def arrow(self, text: str) -> Trend | None:
        """Return the trend of the arrow in `text`; None if there is none, or arrows of two trends."""
        found = {trend for sign, trend in self.arrows.items() if sign in text}
        return found.pop() if len(found) == 1 else None

    def month(self, line: str) -> dt.date | None:
        """Return the first of the month that the whole of `line` names, in any of the languages; None if it names none."""
        text = line.strip(" .,:;()[]–-")
        if match := _ISO.fullmatch(text) or _CHINESE.fullmatch(text):
            return dt.date(int(match[1]), int(match[2]), 1)
        if match := _SLASHED.fullmatch(text):
            return dt.date(int(match[2]), int(match[1]), 1)
        if match := _NAMED.fullmatch(text):
            return self._named(match[1], match[2])
        return None

    def day(self, line: str) -> dt.date | None:
        """Return the date that the whole of `line` is (`1 February 2012`, `(01 Feb 2009)`); None if it is none."""
        match = _FULL.fullmatch(line.strip(" |.,;"))
        first = self._named(match[2], match[3]) if match else None
        try:
            return first.replace(day=int(match[1])) if match and first else None
        except ValueError:
            return None

    def named_months(self, text: str) -> Iterable[tuple[int, int, dt.date]]:
        """Yield start, end and month of every `June 2023` in `text`."""
        for match in _NAMED.finditer(text):
            if month := self._named(match[1], match[2]):
                yield match.start(), match.end(), month
        for match in _CHINESE.finditer(text):
            yield match.start(), match.end(), dt.date(int(match[1]), int(match[2]), 1)

    def _named(self, name: str, year: str) -> dt.date | None:
        number = self.months.get(fold(name))
        return dt.date(int(year), number, 1) if number else None


def key(line: str) -> str:
    """Return the spelling under which a label, a name or a heading is looked up: no case, accents or punctuation, `&` as `and`."""
    return " ".join(_PUNCTUATION.sub(" ", fold(line.replace("&", " and "))).split())


def phrases(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds any of `words` as whole words; capitals count only where a word is written with some."""
    parts = [re.escape(word) if word != word.lower() else f"(?i:{re.escape(word)})" for word in sorted(words, key=len, reverse=True)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])")


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(key, names))
