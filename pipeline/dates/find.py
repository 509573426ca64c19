"""Pass one: find the expressions and say what is written in them. Nothing is resolved here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pipeline.dates.beginnings import matches_at, places_by_rule
from pipeline.dates.foreign import read_day
from pipeline.dates.grammar import DASH, Grammar, grammar
from pipeline.dates.read import drop_count, is_name, read_dates, read_points, read_relative
from pipeline.dates.words import DateWords, Relation
from pipeline.dates.written import Echo, Mention, Part, Partial, PartKind, Says, Stretch, Weekday

BLANK = "\0"
END = re.compile(r"[,.;:)]|$")  # of a clause, so that no counted noun follows
SLICES: dict[str, PartKind] = {
    "half": "half", "semester": "half", "quarter": "quarter", "week": "week", "weekend": "weekend",
    "days": "days", "weeks": "weeks", "months": "months",
}  # fmt: skip
Reader = Callable[[re.Match[str], str, DateWords, Grammar], list[Mention]]


def find_mentions(text: str, words: DateWords) -> list[Mention]:
    """Return the expressions of the text, left to right, none overlapping."""
    rules = grammar(words)
    places = places_by_rule(text, rules.rules_by_word)
    masked = _blanked(text, [match.span() for match in matches_at(rules.decoys.pattern, text, places[rules.decoys.name])])
    found: list[Mention] = []
    for rule in rules.rules:
        matches = matches_at(rule.pattern, masked, places[rule.name])
        if claimed := [m for match in matches for m in READERS[rule.name](match, text, words, rules)]:
            masked = _blanked(masked, [(mention.start, mention.end) for mention in claimed])
            found += claimed
    found.sort(key=lambda m: m.start)
    return [replace(m, relation=relation) if (relation := _relation(text, m, rules, words)) else m for m in found]


def _blanked(text: str, claimed: list[tuple[int, int]]) -> str:
    """Hide what a rule has claimed from the rules after it."""
    pieces, at = [], 0
    for start, end in claimed:
        pieces += [text[at:start], BLANK * (end - start)]
        at = end
    return "".join([*pieces, text[at:]]) if claimed else text


def _relation(text: str, mention: Mention, rules: Grammar, words: DateWords) -> Relation | None:
    """Return what the words beside the expression say of it."""
    if rules.onward.match(text, mention.end):
        return "since"
    match = rules.relation.search(text[max(0, mention.start - 18) : mention.start])
    relation = words.relations[match[1].lower()] if match else None
    return "on" if relation == "since" and isinstance(mention.says, Stretch) else relation  # from 5 to 14 March


def _one(match: re.Match[str], says: Says) -> list[Mention]:
    return [Mention(match.start(), match.end(), says)]


def _iso(match: re.Match[str], *_: object) -> list[Mention]:
    year, month, day = map(int, match[0].split("-"))
    return _one(match, Partial(year=year, month=month, day=day))


def _slashed(match: re.Match[str], *_: object) -> list[Mention]:
    day, month, year = map(int, re.split("[/.]", match[0]))
    year += 0 if year > 99 else 2000 if year < 60 else 1900
    return _one(match, Partial(year=year, month=month, day=day))


def _dates(match: re.Match[str], text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    return drop_count(read_dates(match, text, words, rules), text, words)


def _american(match: re.Match[str], text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    """March 3: where a count may follow a month, as in "in March 12 people", only with an ending or punctuation after it."""
    before = re.search(r"([\w-]+)\W?$", text[max(0, match.start() - 14) : match.start()])
    word = before[1].lower() if before else ""
    doubtful = (word in words.relations and word != "on") or word in words.parts
    sure = re.search(rf"{DASH}|\d{{4}}$|(?:st|nd|rd|th)$", match[0]) or END.match(text, match.end())
    return read_dates(match, text, words, rules, american=True) if sure or not doubtful else []


def _months(match: re.Match[str], text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    mentions = read_dates(match, text, words, rules)
    return [m for m in mentions if len(mentions) > 1 or not is_name(m, text, words)]


def _years(match: re.Match[str], text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    if short := re.search(r"(\d\d\d\d)\D(\d\d)$", match[0]):  # 2023-24
        first = int(short[1])
        last = first - first % 100 + int(short[2])
        return _one(match, Partial(year=first, years=last - first + 1)) if last > first else []
    if re.search(r"\d (?:to|and) \d", match[0]) and not re.search(
        r"\b(?:[Ff]rom|[Bb]etween) $", text[max(0, match.start() - 9) : match.start()]
    ):
        return [Mention(p.start, p.end, p.says) for p in read_points(match, words, rules)]
    points = read_points(match, words, rules)
    first_year, last_year = points[0].says.year, points[-1].says.year
    if len(points) == 2 and first_year and last_year and not (points[0].says.part or points[1].says.part):
        return _one(match, Partial(year=first_year, years=last_year - first_year + 1)) if last_year > first_year else []
    return read_dates(match, text, words, rules)


def _week_to(match: re.Match[str], _text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    says = read_points(match, words, rules)[-1].says
    if match[0].startswith("weekend"):
        return _one(match, replace(says, part=Part("weekend")))
    return _one(match, replace(says, part=Part("week", 1 if re.search(r"\b(?:of|beginning|starting)\b", match[0]) else -1)))


def _slice(match: re.Match[str], _text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    """First half of March · second Monday of Sept · first ten months of year · Q3 2025."""
    pieces = match[0].split()
    if pieces[0][0] in "QH" and pieces[0][1].isdigit():
        kind: PartKind = "quarter" if pieces[0][0] == "Q" else "half"
        return _one(match, Partial(year=int(pieces[-1]), part=Part(kind, int(pieces[0][1]))))
    n, what = words.ordinals[pieces[0].lower()], pieces[1]
    if what in words.weekdays:
        part, rest = Part("weekday", n, words.weekdays[what]), pieces[2:]
    elif what in SLICES:
        part, rest = Part(SLICES[what], n), pieces[2:]
    else:
        count = int(what) if what.isdigit() else words.numbers[what]
        part, rest = Part(SLICES[pieces[2]], count if n > 0 else -count), pieces[3:]
    if not rest:  # third quarter, of the entry's year
        return _one(match, Partial(year_shift=0, part=part))
    whole = read_points(match, words, rules, after=len(" ".join(pieces)) - len(" ".join(rest)))[0].says
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
    year = int(re.search(r"\d{4}", match[0])[0])  # type: ignore[index]
    return _one(match, Partial(year=year, years=10))


def _unit_part(match: re.Match[str], _text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    """The end of the entry's own month or year is its last day, as in "by month’s end"; that of a named one is a stretch."""
    says = read_points(match, words, rules)[0].says
    kind = says.part.kind if says.part else "end"
    edge: PartKind = "last day" if kind == "end" else "first day" if kind == "start" else kind
    return _one(match, replace(says, part=Part(edge)))


def _unit(match: re.Match[str], text: str, words: DateWords, rules: Grammar) -> list[Mention]:
    return read_dates(match, text, words, rules)


def _foreign(match: re.Match[str], _text: str, words: DateWords, _rules: Grammar) -> list[Mention]:
    day = read_day(match[0], words.languages)
    return _one(match, Partial(year=day.year, month=day.month, day=day.day)) if day else []


def _feast(match: re.Match[str], _text: str, words: DateWords, _rules: Grammar) -> list[Mention]:
    month, day = words.feasts[match[0].replace("'", "’")]
    return _one(match, Partial(month=month, day=day))


def _relative(match: re.Match[str], text: str, words: DateWords, _rules: Grammar) -> list[Mention]:
    step = read_relative(match, words)
    explains = step.phrases.pointed and text.endswith(", ", 0, match.start())  # "on 3 Feb, two days after vote"
    return [] if explains else _one(match, step)


def _same_period(match: re.Match[str], _text: str, words: DateWords, _rules: Grammar) -> list[Mention]:
    if year := re.search(r"\d{4}", match[0]):
        return _one(match, Echo(year=int(year[0])))
    return _one(match, Echo(year_shift=words.shifts[match[0].split()[-2].lower()]))


def _weekday(match: re.Match[str], _text: str, words: DateWords, _rules: Grammar) -> list[Mention]:
    turn = match["turn"].lower()
    start = match.start("weekday") if words.turns[turn] == 0 else match.start()
    return [Mention(start, match.end(), Weekday(words.weekdays[match["weekday"]], words.turns[turn]))]


READERS: dict[str, Reader] = {
    "iso": _iso, "slashed": _slashed, "week to": _week_to, "slice": _slice, "points": _dates, "days": _dates, "american": _american,
    "months": _months, "years": _years, "season": _season, "century": _century, "unit part": _unit_part, "unit": _unit,
    "bare unit": _unit, "feast": _feast, "foreign": _foreign, "relative": _relative,
    "same period": _same_period, "weekday": _weekday,
}  # fmt: skip
