"""The grammar: named bricks, and rules built of them. Each brick has text it matches beside it.

Every repetition is bounded and no two neighbours can match the same characters, so matching is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.dates.words import DateWords

SP = "[ \u00a0\u202f]"
DASH = "[-‐‑–—−]"
RANGE = rf"(?:{SP}?{DASH}{SP}?|{SP}(?:to|through|until|till){SP})"  # 7-8, 9 to 17
LIST = rf"(?:,{SP}?(?:and{SP}|or{SP}|&{SP})?|{SP}(?:and|or|&){SP})"  # 7, 17 · 3 and 12 · 14, and 16
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"  # 7 · 07 · 31 · 3rd
YEAR = r"(?:19|20)\d\d(?!\d|%|[.,]\d)"  # 2026
LEFT = r"(?<![\w$€£#/-])(?<!\d[.,:])"  # not in N380, 7.62, $12, F-16


def either(words: Iterable[str]) -> str:
    """One of the words, the longest first; a straight apostrophe matches where a curly one is written."""
    return "(?:" + "|".join(re.escape(w).replace("’", "[’']") for w in sorted(words, key=lambda w: (-len(w), w))) + ")"


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern that bounds an expression; `name` says how it is read."""

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules in order of precedence, and the atoms an expression is read from."""

    rules: tuple[Rule, ...]
    atoms: re.Pattern[str]
    relation: re.Pattern[str]


@cache
def grammar(words: DateWords) -> Grammar:
    """Compile the grammar for these words, once."""
    month = rf"{either(words.months)}(?!\w|-a-)(?:\.(?={SP}\d))?"  # Sept · September · Sept. (before a number)
    shift = either(words.shifts)
    year = rf"(?:,?{SP}{YEAR}|{SP}(?:of{SP})?{shift}{SP}year\b)"  # 2026 · , 2026 · last year
    parts = either(words.parts)
    part = rf"\b(?i:{parts})(?:(?:-?{SP}(?:to|and|or){SP}|-to-|[-/]){parts})?(?:{DASH}|{SP}(?:(?:in|of){SP})?(?:the{SP})?)"  # early · mid- · late in · early to mid-
    item = rf"{DAY}(?:{SP}?{DASH}{SP}?{DAY})?"  # 7 · 7-8
    point = rf"(?:{LEFT}{DAY}{SP}|{part})?\b{month}{year}?"  # 31 Dec · late Jan 2026 · Jan
    unit = rf"(?:(?:{shift}|the){SP})?(?:month|year)(?:[’']s{SP}end)?\b"
    ordinal = either(words.ordinals)
    number = rf"(?:\d{{1,2}}|{either(words.numbers)})"
    whole = rf"(?:{month}{year}?|{YEAR}|(?:{shift}{SP}|the{SP})?(?:month|year)\b)"
    slice_ = rf"\b(?i:{ordinal}){SP}(?:(?:half|quarter|week|weekend)|{number}{SP}(?:days|weeks|months)|{either(words.weekdays)})"
    rules = {
        "iso": rf"{LEFT}{YEAR}-(?:1[0-2]|0[1-9])-(?:3[01]|[12]\d|0[1-9])\b",  # 2026-02-12
        "slashed": rf"{LEFT}{DAY}[/.](?:1[0-2]|0?[1-9])[/.](?:{YEAR}|\d\d\b)",  # 14/10/08
        "week to": rf"\bweek{SP}(?:to|of|ending|beginning|starting){SP}{DAY}{SP}{month}{year}?",  # week to 22 Sept
        "slice": rf"{slice_}{SP}of{SP}{whole}|\b(?i:{ordinal}){SP}quarter\b(?!{SP}of)|\bQ[1-4]{SP}{YEAR}",  # first half of March
        "points": rf"{point}{RANGE}{point}|(?<=etween{SP}){point}{SP}and{SP}{point}",  # 31 Dec-2 Jan · late Jan to mid-Feb · Jan-Feb
        "days": rf"{LEFT}{item}(?:(?:{LIST}|{SP}to{SP}){item}){{0,15}}{SP}(?:of{SP})?{month}{year}?",  # 14, 16 and 21 Feb
        "american": rf"\b{month}{SP}(?:the{SP})?{item}(?:,?{SP}{YEAR})?(?![\w%]|[.,:/]\d|{SP}{month})",  # March 3, 2004
        "months": rf"(?:{part})?\b{month}(?:{LIST}(?:{part})?{month}){{0,11}}{year}?",  # mid-Feb 2026 · Oct and Nov
        "years": rf"(?:{part})?{LEFT}{YEAR}(?:{DASH}(?:{YEAR}|\d\d\b))?(?!\w)",  # late 2025 · 2023-2024 · 2023-24
        "season": rf"\b(?:{shift}{SP})?{either(words.seasons)}(?:{SP}(?:of{SP})?{YEAR}(?:[-/]\d{{2,4}})?)?\b",  # spring 2025 · last summer
        "century": rf"\b\d{{1,2}}(?:st|nd|rd|th){SP}century\b|{LEFT}(?:19|20)\d0s\b",  # 21st century · 1990s
        "unit part": rf"{part}{unit}|\b(?:month|year)[’']s{SP}end\b",  # mid-month · late in month · end of year · month’s end
        "unit": rf"\b(?i:{shift}){SP}(?:month|year|{month})\b(?!-)",  # last month · this year · last Dec
        "bare unit": rf"(?:(?<=\bof{SP})|(?<=during{SP})|(?<=roughout{SP}))(?:month|year)\b(?!-)|\b(?:month|year)(?=[’']s\b)",  # deadliest of year
        "feast": either(words.feasts),  # New Year’s Eve
        "relative": rf"\b(?i:{_relative(words, number)})\b",  # same day · two days later
    }
    atoms = (
        rf"(?P<year>\b(?:19|20)\d\d\b)|(?P<day>\b\d{{1,2}}(?=\b|st|nd|rd|th))|(?P<month>\b{either(words.months)}\b)"
        rf"|(?P<part>\b(?i:{parts})\b)|(?P<shift>\b(?i:{shift})\b)|(?P<unit>\b(?:month|year)\b)"
    )
    relation = rf"\b(?i:({either(words.relations)}))(?:{SP}the)?[-\u00a0\u202f ]$"
    return Grammar(tuple(Rule(n, re.compile(p)) for n, p in rules.items()), re.compile(atoms), re.compile(relation))


def _relative(words: DateWords, number: str) -> str:
    phrases = (p for family in words.relative for p in family.phrases)
    return "|".join(re.escape(p).replace(r"\{n\}", number).replace(r"\ ", SP) for p in sorted(phrases, key=lambda p: (-len(p), p)))
