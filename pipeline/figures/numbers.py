"""Numbers as the tracker writes them: digits and words, dozens, ranges, hedges and vague plurals, read off plain text.

What a number counts is not asked here, save that it can count people at all: percentages, money, ages, spans of time
and measures are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from pipeline import lexicon

FILE = "numbers.toml"
# Beyond this a figure counts no people: the largest displaced populations are below 20 million.
MOST_PEOPLE = 500_000_000
# Lower case that keeps every character's place, as `str.lower` does not outside ASCII.
LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)
# A year or a span of years; followed by a noun it counts ("2000 people"; behind a word in small letters "killed 2000 Palestinians"),
# unless the words before it say it is one.
YEAR = re.compile(r"(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?")
BEFORE_YEAR = re.compile(r"\b(?:in|since|of|from|by|until|during|early|late|mid|after|before)[ -]$", re.IGNORECASE)
COUNTED_NOUN, COUNTED_NAME = re.compile(r"\s+[a-z]"), re.compile(r"\s+[A-Za-z]")
SMALL_BEFORE = re.compile(r"(?<![A-Z\w])[a-z]+\s$")
# The thousands that a range names once: "10-15,000".
THOUSANDS = re.compile(r"(?:[,\s]000)+$")
# What stands before a capitalised noun that belongs to no longer name.
FREE = r"(?:^|[^\w\s]\s?|[’']s\s|(?:^|[\s“(])[a-z][\w’'-]{0,40}\s)"


@dataclass(frozen=True, slots=True)
class Count:
    """A number with its hedge: where it stands, what it says, and the hedge as written (null if none)."""

    start: int
    end: int
    low: int | None
    best: int | None
    high: int | None
    hedge: str | None
    core: int
    vague: bool


@dataclass(frozen=True, slots=True)
class NumberWords:
    """`lexicon/numbers.toml`, compiled."""

    values: Mapping[str, int]
    scales: Mapping[str, int]
    exact: Mapping[str, int]
    vague: Mapping[str, int]
    hedges: Mapping[str, str]
    hedges_behind: Mapping[str, str]
    pattern: re.Pattern[str]
    not_after: re.Pattern[str]
    not_before: re.Pattern[str]
    whole_before: re.Pattern[str]
    numbered: re.Pattern[str]

    @classmethod
    def load(cls) -> NumberWords:
        """Return the words; raises LexiconError where the file is missing or broken."""
        return _load()


def find_counts(text: str, words: NumberWords) -> Iterator[Count]:
    """Yield the numbers of a text that can count people, left to right, never overlapping.

    low, best and high follow the codebook: "at least 26" gives 26, 26, None; "nearly 100" None, 100, 100; "between 60
    and 70" 60, 65, 70 (the middle, halves dropped); "dozens" 24, None, None.
    """
    for match in words.pattern.finditer(_lower(text)):
        for count in _read(match, text, words):
            if not _counts_things(text, count, words):
                yield count


def _lower(text: str) -> str:
    """Return a text in lower case, every character in its place."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text.translate(LOWER)


def _read(match: re.Match[str], text: str, words: NumberWords) -> Iterator[Count]:
    hedge = match["hedge"] and text[match.start("hedge") : match.end("hedge")].strip()
    side = _open_side(hedge, words) if hedge else "both"
    if match["behind"]:
        side = side if hedge else words.hedges_behind[match["behind"]]
        hedge = hedge or text[match.start("behind") : match.end("behind")].strip(" -")
    if match["vague"]:
        lowest = words.vague[_fold(match["vague"])]
        yield Count(match.start(), match.end(), lowest, None, None, hedge, match.start("core"), vague=True)
    elif match["one"]:
        yield from _exact(match, "one", hedge, side, words)
    elif ends := _range(match["low"] or match["from"], match["high"] or match["to"], words):
        yield Count(match.start(), match.end(), ends[0], sum(ends) // 2, ends[1], hedge, match.start("core"), vague=False)
    elif match["from"] and _value(match["core"], words) is not None and not re.search(r"\d", match["core"]):
        yield from _exact(match, "core", hedge, side, words)
    elif match["from"]:
        yield from _exact(match, "from", hedge, side, words)
        yield from _exact(match, "to", None, "both", words)


def _exact(match: re.Match[str], group: str, hedge: str | None, side: str, words: NumberWords) -> Iterator[Count]:
    number = _value(match[group], words)
    if number is not None and number <= MOST_PEOPLE:
        low, high = None if side == "high" else number, None if side == "low" else number
        start = match.start() if hedge else match.start(group)
        end = match.end() if match["behind"] else match.end(group)
        yield Count(start, end, low, number, high, hedge, match.start(group), vague=False)


def _open_side(hedge: str, words: NumberWords) -> str:
    """Return which side one or two hedges leave open: "at least some" is as open as "at least"."""
    folded = _fold(hedge)
    while folded:
        phrase = max((phrase for phrase in words.hedges if (folded + " ").startswith(phrase + " ")), key=len)
        if words.hedges[phrase] != "both":
            return words.hedges[phrase]
        folded = folded[len(phrase) + 1 :]
    return "both"


def _range(first: str, second: str, words: NumberWords) -> tuple[int, int] | None:
    """Return both ends of a range; "2-3mn" means two to three million, "10-15,000" ten to fifteen thousand."""
    low, high = _value(first, words), _value(second, words)
    if low is None or high is None:
        return None
    scale = next((words.scales[w] for w in re.findall(r"[a-z]+", _fold(second)) if w in words.scales), 1)
    if thousands := THOUSANDS.search(second):
        scale = 1000 ** (len(thousands[0]) // 4)
    if scale > 1 and low < scale and low * scale < high:
        low *= scale
    return (low, high) if low < high else None


def _fold(words: str) -> str:
    return " ".join(words.lower().replace("-", " ").split())


def _value(written: str, words: NumberWords) -> int | None:
    """Return the number that digits, words or both ("2.5mn", "three hundred and sixty") say, or None if they say none."""
    folded = _fold(written)
    if folded in words.exact:
        return words.exact[folded]
    total, current, seen = 0.0, 0.0, False
    for piece in re.findall(r"\d[\d,.  ]*\d|\d|[a-z]+", folded):
        if piece == "and" or piece in {"a", "of"}:
            continue
        if piece[0].isdigit():
            current += float(re.sub(r"[,  ]", "", piece))
        elif piece in words.values:
            current += words.values[piece]
        elif piece in words.scales:
            current = (current or 1) * words.scales[piece]
            if words.scales[piece] >= 1000:
                total, current = total + current, 0.0
        else:
            return None
        seen = True
    number = total + current
    return round(number) if seen and abs(number - round(number)) < 1e-6 else None


def _counts_things(text: str, count: Count, words: NumberWords) -> bool:
    after, before = text[count.end : count.end + 40], text[max(0, count.start - 40) : count.start]
    if words.not_after.match(after) or words.not_before.search(before) or words.numbered.search(before):
        return True
    year = YEAR.fullmatch(text, count.core, count.end) is not None
    counted = COUNTED_NAME if SMALL_BEFORE.search(text[max(0, count.core - 24) : count.core]) else COUNTED_NOUN
    return year and (BEFORE_YEAR.search(before) is not None or not counted.match(after))


def _any(phrases: Any) -> str:
    """Return an alternation of phrases, longest first; a space in a phrase matches a blank or a hyphen."""
    return "|".join(re.escape(p).replace(r"\ ", r"[ -]") for p in sorted(phrases, key=lambda p: (-len(p), p)))


@cache
def _load() -> NumberWords:
    data = lexicon.read_toml(FILE)
    hedges = {phrase: side for side in ("low", "high", "both") for phrase in data["hedges"][side]}
    hedges_behind = {phrase: side for side in ("low", "both") for phrase in data["hedges_behind"][side]}
    units, scales, exact = data["units"], data["scales"], data["exact"]
    vague = {phrase: n for phrase, n in data["vague"].items() if isinstance(n, int)}
    things, numbered = data["units_of_things"], data["numbered"]
    # Named bricks. DIGITS: "1,200", "2.5", "232".  WORD: "five", "twenty-five".  ONE: "2.5mn", "three hundred and sixty".
    digits = r"\d{1,3}(?:[,  ]\d{3})+(?!\d)|\d+(?:\.\d+)?"
    unit = _any(units)
    scale = _any(scales)
    tens = _any(k for k, v in units.items() if v >= 20)
    ones = _any(k for k, v in units.items() if v < 10)
    word = rf"(?:(?:{tens})[ -](?:{ones})|{unit})"
    spelled = rf"{word}\b(?:[ -](?:{scale})\b(?:(?: and)? {word}\b)?){{0,2}}"
    whole = _any(k for k, v in exact.items() if isinstance(v, int))
    one = rf"(?:{whole})\b|(?:{digits})(?:\s?(?:{scale})\b)?|{spelled}"
    end = r"(?![\w%]|[.,]\d)"
    hedge = rf"(?:{_any(hedges)})\s+"
    # Most words are told off by their first two letters, before the long lists are gone through.
    opening = rf"(?=\d|{_any({phrase[:2] for phrase in (*hedges, *vague, *units, *exact, 'between')})})"
    pattern = (
        rf"(?<![\w$€£¥.,-]){opening}(?P<hedge>{hedge}(?:{hedge})?)?(?P<core>"
        rf"(?P<vague>{_any(vague)})\b"
        rf"|between\s+(?P<low>{one})\s+and\s+(?P<high>{one}){end}"
        rf"|(?<!from )(?P<from>{one})(?:\s+(?:to|or)\s+|[-–])(?P<to>{one})(?!-){end}"
        rf"|(?P<one>{one})(?P<behind>{'|'.join(map(re.escape, hedges_behind))})?{end})"
    )
    return NumberWords(
        values=units,
        scales=scales,
        exact={k: v for k, v in exact.items() if isinstance(v, int)},
        vague=vague,
        hedges=hedges,
        hedges_behind=hedges_behind,
        pattern=re.compile(pattern),
        not_after=re.compile(rf"[\s-]{{0,3}}(?:{_any(things['after'])})(?![\w])|-(?:{_any(things['hyphenated'])})\b", re.IGNORECASE),
        not_before=re.compile(rf"(?:(?<!\w)(?:{_any(things['before'])})|\baged? \d+(?:,| and| or| to))\s*$", re.IGNORECASE),
        whole_before=re.compile(rf"\b(?:\d+|{_any({*units, *scales, *vague})}) (?:out )?of (?:the |its |their )?$", re.IGNORECASE),
        # "Kabul’s District 11", but not "Nawa District 12 people".
        numbered=re.compile(rf"(?:(?<![\w’'-])(?:{_any(numbered['names'])})|{FREE}(?:{_any(numbered['nouns'])}))\s$"),
    )
