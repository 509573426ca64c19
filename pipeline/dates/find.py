"""Pass one: find the expressions and say what is written in them. Nothing is resolved here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.dates.grammar import Grammar, grammar
from pipeline.dates.read import drop_counts, read_dates, read_points, read_relative
from pipeline.dates.words import DateWords, Relation
from pipeline.dates.written import Mention, Part, Partial, Stretch

Reader = Callable[[re.Match[str], str, DateWords, Grammar], list[Mention]]


def find_mentions(text: str, words: DateWords) -> list[Mention]:
    """Return the expressions of the text, left to right, none overlapping."""
    rules, masked = grammar(words), text
    found: list[Mention] = []
    for rule in rules.rules:
        for match in list(rule.pattern.finditer(masked)):
            mentions = READERS[rule.name](match, text, words, rules)
            found += mentions
            for m in mentions:
                masked = masked[: m.start] + "\0" * (m.end - m.start) + masked[m.end :]
    found.sort(key=lambda m: m.start)
    return [replace(m, relation=relation_before(text, m.start, rules, words)) for m in found]


def relation_before(text: str, start: int, rules: Grammar, words: DateWords) -> Relation | None:
    """Return what the word before the expression says of it."""
    match = rules.relation.search(text[max(0, start - 18) : start])
    return words.relations[match[1].lower()] if match else None


def _one(match: re.Match[str], says: Partial | Stretch) -> list[Mention]:
    return [Mention(match.start(), match.end(), says)]


def _iso(match: re.Match[str], *_: object) -> list[Mention]:
    year, month, day = map(int, match[0].split("-"))
    return _one(match, Partial(year=year, month=month, day=day))


def _slashed(match: re.Match[str], *_: object) -> list[Mention]:
    day, month, year = map(int, re.split("[/.]", match[0]))
    year += 0 if year > 99 else 2000 if year < 60 else 1900
    return _one(match, Partial(year=year, month=month, day=day))


def _dates(match: re.Match[str], text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    return list(drop_counts(read_dates(match, text, words, rules), text, words))


def _american(match: re.Match[str], text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    year_written = re.search(r"\d{4}$|(?:st|nd|rd|th)$", match[0])
    if not (year_written or re.match(r"[,.;:)]|$", text[match.end() :]) or re.search(r"\b[Oo]n $", text[: match.start()][-4:])):
        return []
    return read_dates(match, text, words, rules, american=True)


def _months(match: re.Match[str], text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    return read_dates(match, text, words, rules)


def _years(match: re.Match[str], text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    short = re.search(r"((?:19|20)\d\d)\W(\d\d)$", match[0])
    if short:
        first = int(short[1])
        last = first - first % 100 + int(short[2])
        return _one(match, Partial(year=first, years=last - first + 1)) if last > first else []
    mentions = read_dates(match, text, words, rules)
    if len(mentions) == 1 and isinstance(says := mentions[0].says, Stretch) and says.first.year and says.last.year and not says.first.part:
        return _one(match, Partial(year=says.first.year, years=says.last.year - says.first.year + 1))
    return mentions


def _week_to(match: re.Match[str], _text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    says = read_points(match, words, rules)[-1].says
    kind = 1 if re.search(r" (?:of|beginning|starting) ", match[0]) else -1
    return _one(match, replace(says, part=Part("week", kind)))


def _slice(match: re.Match[str], _text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    if quarter := re.match(r"Q(\d) (\d{4})", match[0]):
        return _one(match, Partial(year=int(quarter[2]), part=Part("quarter", int(quarter[1]))))
    head, _, rest = match[0].partition(" of ")
    n = words.ordinals[head.split()[0].lower()]
    what = head.split()[-1]
    part = Part("weekday", n, words.weekdays[what]) if what in words.weekdays else Part(what, n)  # type: ignore[arg-type]
    if what in ("days", "weeks", "months"):
        count = head.split()[1]
        part = Part(what, (int(count) if count.isdigit() else words.numbers[count]) * (-1 if n < 0 else 1))  # type: ignore[arg-type]
    if not rest:
        return _one(match, Partial(year_shift=0, part=part))
    whole = read_points(re.search(re.escape(rest), match[0]), words, rules)[-1].says  # type: ignore[arg-type]
    return _one(match, replace(whole, part=part))


def _season(match: re.Match[str], _text: str, words: DateWords, _rules: Grammar) -> list[Mention]:
    pieces = match[0].replace("-", " ").replace("/", " ").split()
    season = next(p for p in pieces if p.lower() in words.seasons)
    year = next((int(p) for p in pieces if len(p) == 4 and p.isdigit()), None)
    shift = words.shifts.get(pieces[0].lower())
    if year is None and shift is None:
        return []
    first, last, edtf = words.seasons[season.lower()]
    part = Part("season", edtf, first * 100 + last)
    return _one(match, Partial(year=year, part=part, turn=None if year else shift))


def _century(match: re.Match[str], *_: object) -> list[Mention]:
    if match[0].endswith("century"):
        n = int(re.match(r"\d+", match[0])[0])  # type: ignore[index]
        return _one(match, Partial(year=(n - 1) * 100 + 1, years=100))
    return _one(match, Partial(year=int(match[0][:4]), years=10))


def _unit_part(match: re.Match[str], text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    says = read_points(match, words, rules)[-1].says
    end = match[0].endswith("end")
    if end or (says.part and says.part.kind == "end"):
        says = replace(says, part=Part("last day"))
    return _one(match, says)


def _unit(match: re.Match[str], text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    return read_dates(match, text, words, rules)


def _feast(match: re.Match[str], _text: str, words: DateWords, _rules: Grammar) -> list[Mention]:
    month, day = words.feasts[match[0].replace("'", "’")]
    return _one(match, Partial(month=month, day=day))


def _relative(match: re.Match[str], _text: str, words: DateWords, _rules: Grammar) -> list[Mention]:
    return [Mention(match.start(), match.end(), read_relative(match, words))]


READERS: dict[str, Reader] = {
    "iso": _iso, "slashed": _slashed, "week to": _week_to, "slice": _slice, "points": _dates, "days": _dates, "american": _american,
    "months": _months, "years": _years, "season": _season, "century": _century, "unit part": _unit_part, "unit": _unit,
    "bare unit": _unit, "feast": _feast, "relative": _relative,
}  # fmt: skip
