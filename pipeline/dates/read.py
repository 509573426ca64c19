"""Read what a bounded expression says: from its atoms to partial dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.dates.grammar import DASH, SP, Grammar
from pipeline.dates.words import DateWords
from pipeline.dates.written import Mention, Part, Partial, Step, Stretch

# Atoms of one point stand in these orders: "late Jan", "7 Feb", "Feb 2026", "last year", "Feb last year".
GLUE = {
    ("part", "month"), ("part", "unit"), ("part", "year"), ("part", "shift"), ("day", "month"), ("month", "year"), ("month", "shift"),
    ("shift", "unit"), ("shift", "month"), ("weekday", "day"),
}  # fmt: skip
AMERICAN = GLUE - {("day", "month")} | {("month", "day"), ("day", "year")}  # "March 3, 2004"


@dataclass(frozen=True, slots=True)
class Point:
    """A partial date and the span it is written in."""

    start: int
    end: int
    says: Partial


def read_points(match: re.Match[str], words: DateWords, rules: Grammar, *, american: bool = False, after: int = 0) -> list[Point]:
    """Return the partial dates of an expression (from `after` on); what only the last names (month, year) holds for those before it."""
    atoms = list(rules.atoms.finditer(match[0], after))
    groups = [[atoms[0]]]
    for before, atom in pairwise(atoms):
        glued = (before.lastgroup, atom.lastgroup) in (AMERICAN if american else GLUE)
        if glued:
            groups[-1].append(atom)
        else:
            groups.append([atom])
    offset = match.start()
    points = [Point(offset + g[0].start(), offset + g[-1].end(), _partial(g, words)) for g in groups]
    for i in range(len(points) - 2, -1, -1):
        points[i] = replace(points[i], says=_filled(points[i].says, points[i + 1].says))
    for i in range(1, len(points) if american else 0):
        points[i] = replace(points[i], says=_filled(points[i].says, points[i - 1].says))
    return points


def _partial(atoms: list[re.Match[str]], words: DateWords) -> Partial:
    """Put the atoms of one point together."""
    of = {str(a.lastgroup): a[0] for a in atoms}
    shift = words.shifts[of["shift"].lower()] if "shift" in of else None
    unit = of.get("unit", "year" if shift is not None and "month" not in of else "")
    part = Part(words.parts[of["part"].lower()]) if "part" in of else None
    return Partial(
        year=int(of["year"]) if "year" in of else None,
        month=words.months[of["month"].rstrip(".")] if "month" in of else None,
        day=int(re.sub(r"\D", "", of["day"])) if "day" in of else None,
        part=part,
        month_shift=(shift or 0) if unit == "month" else None,
        year_shift=(shift or 0) if unit == "year" else None,
        turn=shift if shift is not None and not unit else None,
    )


def _filled(says: Partial, other: Partial) -> Partial:
    if says.month is None and says.month_shift is None and says.year is None and says.year_shift is None:
        says = replace(says, month=other.month, month_shift=other.month_shift)
    if says.year is None and says.year_shift is None:
        says = replace(says, year=other.year, year_shift=other.year_shift)
    return says


def read_dates(match: re.Match[str], text: str, words: DateWords, rules: Grammar, *, american: bool = False) -> list[Mention]:
    """Return one mention a date, ranges as one: "2-3, 7 Feb" is two."""
    points = read_points(match, words, rules, american=american)
    out: list[Mention] = []
    i = 0
    while i < len(points):
        here = points[i]
        if i + 1 < len(points) and _is_range(here, points[i + 1], text, words):
            after = points[i + 1]
            out.append(Mention(here.start, after.end, Stretch(here.says, after.says)))
            i += 2
        else:
            out.append(Mention(here.start, here.end, here.says))
            i += 1
    return out


def _is_range(a: Point, b: Point, text: str, words: DateWords) -> bool:
    """Tell "7-8 Nov" and "between 7 and 8 Nov" from the list "7 and 8 Nov" and from "postponed from 7 to 8 Nov"."""
    joint = text[a.end : b.start].strip(". \u00a0").lower()
    before = re.split("[.;]", text[max(0, a.start - 80) : a.start].lower())[-1]
    if joint == "and":
        return before.rstrip(" \u00a0").endswith("between")
    if joint in ("to", "through", "- to", "-to-"):
        backward = a.says.month == b.says.month and (a.says.day or 0) > (b.says.day or 31)
        return not backward and not any(re.search(rf"\b{word}\b", before) for word in words.moved)
    return bool(re.fullmatch(f"{DASH}|/", joint))


def drop_count(mentions: list[Mention], text: str, words: DateWords) -> list[Mention]:
    """Leave out a first number that counts people: "killing 14, 16 Feb"."""
    if len(mentions) < 2 or not text[mentions[0].end : mentions[1].start].startswith(","):
        return mentions
    before = re.search(rf"(\w+){SP}$", text[max(0, mentions[0].start - 20) : mentions[0].start])
    return mentions[1:] if before and before[1].lower() in words.counts else mentions


def is_name(mention: Mention, text: str, words: DateWords) -> bool:
    """Tell the bare "Jan" of "Jan Halvorsen" or "Daw Swe Mar" from the month: no time word before it, capitals beside it."""
    kind = words.names.get(text[mention.start : mention.end])
    if kind is None:
        return False
    before = re.search(rf"(\S+){SP}$", text[max(0, mention.start - 24) : mention.start])
    word = before[1] if before else ""
    if word.lower() in words.relations or word.endswith(("’s", "'s", "s’", "s'")):
        return False
    surname = re.match(rf"{SP}[A-Z][a-z]", text[mention.end : mention.end + 3])
    return bool(surname or (kind == "either" and word[:1].isupper() and word[-1] not in '.!?:;”"'))


def read_relative(match: re.Match[str], words: DateWords) -> Step:
    """Return the step a relative phrase stands for; the lexicon's own wording ("one day later") goes before its number."""
    said = re.sub(SP, " ", match[0].lower())
    number = next((w for w in said.split() if w.isdigit() or w in words.numbers), "")
    for wording, n in ((said, "1"), (said.replace(number, "{n}", 1), number)):
        for family in words.relative:
            if wording in family.phrases:
                return Step(family, int(n) if n.isdigit() else words.numbers[n])
    raise AssertionError(f"grammar matched {said!r}, which no family of dates.toml has")
