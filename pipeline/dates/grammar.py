"""The grammar: named bricks, and the rules built of them, each with text it matches beside it.

Every repetition is bounded and no two neighbours can match the same characters, so matching is linear in the text
(benchmarks/date_speed.py measures it). Rules stand in order of precedence: what one has claimed, the next cannot see.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from pipeline.dates.beginnings import NUMERAL, first_words, opening
from pipeline.dates.foreign import CUE
from pipeline.dates.words import DateWords
from pipeline.lexicon import LexiconError

SP = "[ \u00a0\u202f]"
DASH = "[-‐‑–—−]"
RANGE = rf"(?:{SP}?(?:{DASH}|/){SP}?|{SP}(?:to|through){SP})"  # 7-8 · 9 to 17
LIST = rf"(?:,{SP}?(?:(?:and|or|&){SP})?|{SP}(?:and|or|&){SP})"  # 7, 17 · 3 and 12 · 14, and 16
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"  # 7 · 07 · 31 · 3rd
YEAR = r"(?:1[89]|20)\d\d(?![\w%]|[.,]\d)"  # 2026 · 1899
LEFT = r"(?:(?<![\w$€£#/])(?<!\d[.,:])(?<!\w-)|(?<=\bpre-)|(?<=\bpost-))"  # not in N380, 7.62, $12, F-16; but pre-2015


def either(words: Iterable[str]) -> str:
    """One of the words, the longest first; a straight apostrophe matches where a curly one is written."""
    return "(?:" + "|".join(re.escape(w).replace("’", "[’']") for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


@dataclass(frozen=True, slots=True)
class Bricks:
    """The parts of expressions that depend on the lexicon."""

    month: str
    year: str
    part: str
    shift: str
    item: str
    point: str
    second: str
    whole: str
    ordinal: str
    number: str
    weekday: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that bounds an expression, the words it begins with, and the example that shows it; `name` says how it is read."""

    name: str
    pattern: re.Pattern[str]
    first: frozenset[str]
    example: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled grammar: decoys (each template, and all at once), rules, both by the words they begin with, the atoms expressions
    are read from, the words around them."""

    templates: tuple[Rule, ...]
    decoys: Rule
    rules: tuple[Rule, ...]
    rules_by_word: dict[str, tuple[str, ...]]
    atoms: re.Pattern[str]
    relation: re.Pattern[str]
    onward: re.Pattern[str]


@cache
def grammar(words: DateWords) -> Grammar:
    """Compile the grammar for these words, once."""
    bricks = _bricks(words)
    begin = _first_words(words)
    rules = tuple(Rule(name, re.compile(pattern), begin[name], example) for name, (pattern, example) in _rules(words, bricks).items())
    atoms = (
        rf"(?P<year>\b(?:1[89]|20)\d\d\b)|(?P<day>\b\d{{1,2}}(?:st|nd|rd|th)?\b)|(?P<month>\b{either(words.months)}\b)"
        rf"|(?P<part>\b(?i:{either(words.parts)})\b)|(?P<shift>\b(?i:{bricks.shift})\b)|(?P<unit>\b(?:month|year)\b)"
        rf"|(?P<weekday>\b{bricks.weekday}\b)"
    )
    templates = tuple(_templates(words, bricks))
    either_of_them = re.compile("|".join(template.pattern.pattern for template in templates))
    decoys = Rule("decoys", either_of_them, frozenset[str]().union(*(template.first for template in templates)), "")
    by_word = {word: tuple(rule.name for rule in (decoys, *rules) if word in rule.first) for word in decoys.first.union(*begin.values())}
    return Grammar(
        templates=templates,
        decoys=decoys,
        rules=rules,
        rules_by_word=by_word,
        atoms=re.compile(atoms),
        relation=re.compile(rf"\b((?i:{either(words.relations)}))(?:{SP}the)?(?:{SP}|-)$"),
        onward=re.compile(rf"{SP}onwards?\b"),
    )


def _bricks(words: DateWords) -> Bricks:
    month = rf"{either(words.months)}(?!\w|-a-)(?:\.(?={SP}\d|{DASH}))?"  # Sept · September · Sept. (before a number)
    shift = either(words.shifts)  # last · next
    year = rf"(?:,?{SP}{YEAR}|{SP}(?:of{SP})?{shift}{SP}year\b)"  # 2026 · , 2026 · last year
    parts = either(w for w, p in words.parts.items() if p != "start")
    edges = either(w for w, p in words.parts.items() if p == "start")
    parted = rf"{parts}(?:(?:-?{SP}(?:to|and|or){SP}|-to-|{DASH}|/){parts})?"  # early · early to mid · mid- to late
    part = (
        rf"\b(?i:{parted})(?:{DASH}|{SP}(?:(?:in|of){SP})?)(?:the{SP})?"  # mid- · late in · end of the
        rf"|\b(?i:{edges}){SP}of{SP}(?:the{SP})?"  # beginning of
    )
    part = f"(?:{part})"
    weekday = either(words.weekdays)
    item = rf"{DAY}(?:{SP}?(?:{DASH}|/){SP}?{DAY})?"  # 7 · 7-8 · 7/8
    second = rf"(?:(?:{weekday},?{SP})?{DAY}{SP}|{part})?{month}{year}?"  # 2 Jan · mid-Feb · Feb 2026
    point = rf"(?:(?:\b{weekday},?{SP})?{LEFT}{DAY}{SP}|{part})?\b{month}{year}?"  # the same with nothing glued to its left
    whole = rf"(?:{month}{year}?|{YEAR}|(?:(?:{shift}|this|the){SP})?(?:month|year)\b)"  # March · 2024 · month · last year
    number = rf"(?:\d{{1,2}}|{either(words.numbers)})"  # 2 · two
    return Bricks(month, year, part, shift, item, point, second, whole, either(words.ordinals), number, weekday)


def _rules(words: DateWords, b: Bricks) -> dict[str, tuple[str, str]]:
    """Name, pattern and example of each rule, those that say most first."""
    return _set_rules(words, b) | _point_rules(b) | _word_rules(words, b)


def _first_words(words: DateWords) -> dict[str, frozenset[str]]:
    """Return the words each rule begins with, by its name."""
    number, unit = frozenset({NUMERAL}), frozenset({"month", "year"})
    month, weekday, part, shift = (first_words(group) for group in (words.months, words.weekdays, words.parts, words.shifts))
    relative = [phrase for family in words.relative for phrase in family.phrases]
    counted = first_words(words.numbers) | number if any(phrase.startswith("{n}") for phrase in relative) else number
    return {
        "iso": number, "slashed": number, "week to": frozenset({"week", "weekend"}), "slice": first_words(words.ordinals) | {"q", "h"},
        "same period": frozenset({"same"}), "season": shift | first_words(words.seasons), "points": number | month | weekday | part,
        "days": number | weekday, "american": month, "foreign": number, "months": shift | part | month, "century": number | part,
        "years": number | part, "unit part": part | unit, "relative": first_words(relative) | counted, "unit": shift, "bare unit": unit,
        "feast": first_words(words.feasts), "weekday": first_words(words.turns),
    }  # fmt: skip


def _set_rules(words: DateWords, b: Bricks) -> dict[str, tuple[str, str]]:
    """Numerals only, and set phrases that hold a date."""
    cut = rf"(?:half|semester|quarter|week|weekend)|{b.number}{SP}(?:days|weeks|months)|{b.weekday}"
    return {
        "iso": (rf"{LEFT}(?:1[89]|20)\d\d-(?:1[0-2]|0[1-9])-(?:3[01]|[12]\d|0[1-9])\b", "2026-02-12"),
        "slashed": (rf"{LEFT}{DAY}[/.](?:1[0-2]|0?[1-9])[/.](?:(?:19|20)\d\d|\d\d)\b(?![./]\d)", "14/10/08"),
        "week to": (rf"\bweek(?:end)?{SP}(?:to|of|ending|beginning|starting){SP}{DAY}{SP}{b.month}{b.year}?", "week to 22 Sept"),
        "slice": (
            rf"\b(?i:{b.ordinal}){SP}(?:{cut}){SP}(?:(?:of|in){SP}{b.whole}|{YEAR})"
            rf"|\b(?i:{b.ordinal}){SP}quarter\b(?!{SP}of)|\b[QH][1-4]{SP}(?:of{SP})?{YEAR}",
            "first half of March",
        ),
        "same period": (rf"\b(?i:same){SP}period{SP}(?:(?:in|of){SP})?(?:{YEAR}|{b.shift}{SP}year)\b", "same period in 2025"),
        "season": (rf"(?:\b(?i:{b.shift}){SP})?\b{either(words.seasons)}(?:{SP}(?:of{SP})?{YEAR}(?:[-/]\d{{2,4}})?)?\b", "spring 2025"),
    }


def _point_rules(b: Bricks) -> dict[str, tuple[str, str]]:
    """Days, months and years, their ranges and lists."""
    return {
        "points": (
            rf"(?:{LEFT}{b.item}{LIST}){{0,15}}{b.point}{RANGE}{b.second}|(?<=etween{SP}){b.point}{SP}and{SP}{b.second}",
            "31 Dec-2 Jan",
        ),
        "days": (
            rf"(?:\b{b.weekday},?{SP})?{LEFT}{b.item}(?:(?:{LIST}|{SP}to{SP}){b.item}){{0,15}}{SP}(?:of{SP})?{b.month}{b.year}?",
            "14, 16 and 21 Feb",
        ),
        "american": (
            rf"\b{b.month}{SP}{DAY}{RANGE}{b.month}{SP}{DAY}(?:,?{SP}{YEAR})?"
            rf"|\b{b.month}{SP}{b.item}(?:{SP}and{SP}{b.item}|{SP}to{SP}{b.item})?(?:,?{SP}{YEAR})?(?!{DASH}?[\w%]|[.,:/]\d|{SP}{b.month})",
            "March 3, 2004",
        ),
        "foreign": (CUE, "15 de enero de 2024"),
        "months": (rf"(?:\b(?i:{b.shift}){SP}|{b.part})?\b{b.month}(?:{LIST}(?:{b.part})?{b.month}){{0,11}}{b.year}?", "mid-Feb 2026"),
        "century": (rf"\b\d{{1,2}}(?:st|nd|rd|th){SP}century\b|(?:{b.part})?{LEFT}(?:19|20)\d0s\b", "21st century"),
        "years": (
            rf"{b.part}{YEAR}{RANGE}{b.part}{YEAR}|{LEFT}{YEAR}{SP}(?:to|and){SP}{YEAR}"
            rf"|(?:{b.part}|{LEFT}){YEAR}(?:(?:{DASH}|/)(?:{YEAR}|\d\d\b)(?!{DASH}\d))?",
            "late 2025",
        ),
    }


def _word_rules(words: DateWords, b: Bricks) -> dict[str, tuple[str, str]]:
    """What counts from the entry's month or from another date."""
    return {
        "unit part": (rf"{b.part}(?:(?:{b.shift}|this){SP})?(?:month|year)\b|\b(?:month|year)(?:[’']s{SP}|-)end\b", "late in month"),
        "relative": (rf"\b(?i:{_relative(words, b.number)})\b(?!-)", "two days later"),
        "unit": (rf"\b(?i:{b.shift}){SP}(?:month|year)\b(?!-)", "last month"),
        "bare unit": (
            rf"(?:(?<=\bof{SP})|(?<=during{SP})|(?<=roughout{SP}))(?:month|year)\b(?!-)|\b(?:month|year)(?=[’']s\b)",
            "deadliest attack of year",
        ),
        "feast": (rf"\b{either(words.feasts)}", "New Year’s Eve"),
        "weekday": (
            rf"\b(?i:(?P<turn>{either(words.turns)}){SP})(?P<weekday>{b.weekday})\b",
            "on Sunday",
        ),
    }


def _relative(words: DateWords, number: str) -> str:
    phrases = [p for family in words.relative for p in family.phrases]
    return "|".join(re.escape(p).replace(r"\{n\}", number).replace(r"\ ", SP) for p in sorted(phrases, key=lambda p: (-len(p), p)))


def _templates(words: DateWords, b: Bricks) -> Iterator[Rule]:
    """What looks like a date and is none; a template's blank is one space of any kind."""
    dated = [
        *words.months,
        *(w for w in words.relations if w not in words.amounts),
    ]  # "3 March 2020 protesters", "in 2014 refugees" hold a year
    slots = {
        "day": DAY, "month": b.month, "n": b.number, "weekday": b.weekday, "start": r"(?:(?<=^)|(?<=[.!?] )|(?<=\n))",
        "year": r"(?:1[89]|20)\d\d" + "".join(rf"(?<!\b(?i:{w}){SP}\d\d\d\d)" for w in dated),
    }  # fmt: skip
    begin = {"day": NUMERAL, "year": NUMERAL, "month": words.months, "weekday": words.weekdays, "n": [*words.numbers, NUMERAL]}
    for decoy in words.decoys:
        firsts = {slot: first_words(group) for slot, group in (begin | {"word": decoy.words}).items()}
        for template in decoy.templates:
            if not (first := opening(template, firsts)):
                raise LexiconError(f"date_decoys.toml, {decoy.name!r}: {template!r} must begin with a word, a slot, or a choice of those")
            pattern = template.replace(" ", SP)
            for slot, brick in (slots | {"word": either(decoy.words)}).items():
                pattern = pattern.replace("{" + slot + "}", brick)
            yield Rule(decoy.name, re.compile(rf"(?<!\w){pattern}(?!\w)"), first, template)
