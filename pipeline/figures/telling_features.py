"""How a figure is told: with a day or without, by report or outright, of one event or many, how large, and after what."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.figures.setting import DAYS, SPANS, Setting, Telling
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords

# From these numbers on a figure is of middling size and large.
MIDDLING, LARGE = 20, 100
# Days from which on a run of days is longer: a raid overnight, some days of clashes, a week and more of fighting.
STEPS = (2, 3, 5, 8)


def telling_features(setting: Setting, telling: Telling, words: FigureWords, signs: Sequence[str]) -> list[str]:
    """Return features of how the figure's sentence is dated and told, most of them joined: none of them says much alone."""
    many, size = "many events" in signs, size_of(setting)
    return [
        f"frame={setting.place}|{setting.dated}|{many}|{size}",
        f"frame={setting.dated}|{many}|{size}",
        f"frame={setting.dated}|{many}",
        f"frame={setting.dated}|{size}|{setting.figure.kind}",
        *_report(setting, telling.parse, words, telling, size),
        *_surroundings(setting, telling, many),
        *_harm_noun(setting, telling.parse),
        *_cause(setting),
    ]


def size_of(setting: Setting) -> str:
    """Return how large a figure is: none, vague, small, middling or large."""
    count = setting.figure.mention.count
    if count is None:
        return "none"
    if count.best is None:
        return "vague"
    return "large" if count.best >= LARGE else "middling" if count.best >= MIDDLING else "small"


def _report(setting: Setting, parse: Parse, words: FigureWords, telling: Telling, size: str) -> list[str]:
    """Return whether the day is that of the report ("NGO 3 May said army had killed 40") or of the harm, and the tense of the harm."""
    chain = parse.ups(setting.figure.trigger.i)
    start, end = setting.sentence[0].start, setting.sentence[-1].end
    dated = {
        parse.tokens[i].head
        for date in telling.dates
        if date.precision in DAYS and start <= date.start < end and (i := parse.at_or_after(date.start)) < len(parse.tokens)
    }
    saying = [i for i in chain[1:] if parse.word(i) in words.attribution_verbs]
    told, own = bool(saying) and saying[0] in dated, any(i in dated for i in chain if i not in saying)
    perfect = any(parse.word(c) == "have" and parse.tokens[c].dep == "aux" for i in chain[:2] for c in parse.children[i])
    return [
        f"told={told}|{own}|{perfect}",
        f"told={told}|{own}|{perfect}|{size}",
        f"told={told}|{own}|{size}",
        f"tense={parse.tokens[chain[0]].tag}|{perfect}|{setting.dated}",
    ]


def _surroundings(setting: Setting, telling: Telling, many: bool) -> list[str]:
    """Return how many places the clause and the sentence name, and whether a day stands earlier in the paragraph."""
    count, start = setting.figure.mention.count, setting.sentence[0].start
    line = telling.entry.text.rfind("\n", 0, start) + 1
    after_day = any(line <= date.start < start and date.precision in DAYS for date in telling.dates)
    clause, sentence = (
        sum(token.ent_type in {"GPE", "LOC"} and token.ent_iob == "B" for token in tokens) for tokens in (setting.clause, setting.sentence)
    )
    return [
        f"places={min(clause, 3)}|{setting.dated}",
        f"places in sentence={min(sentence, 4)}|{setting.dated}|{many}",
        f"after a day={setting.place}|{setting.dated}|{after_day}",
        f"after a day={setting.dated}|{after_day}|{many}|{count is not None and count.vague}",
    ]


def _harm_noun(setting: Setting, parse: Parse) -> list[str]:
    """Return whether the harm is told by a noun, and which article it has."""
    trigger = setting.figure.trigger
    articles = [parse.tokens[c].text.lower() for c in parse.children[trigger.i] if parse.tokens[c].dep == "det"]
    article = "verb" if trigger.frame.slot != "noun" else articles[0] if articles else "none"
    return [f"harm={trigger.frame.slot}|{parse.tokens[trigger.i].tag[:2]}|{setting.dated}", f"article={article}"]


def _cause(setting: Setting) -> list[str]:
    """Return what did the harm, with how it is dated and counted and where it is told."""
    sort, counted = (setting.cause.sort, setting.cause.counted) if setting.cause else ("none", False)
    span = "days" if setting.days else "span" if any(date.precision in SPANS for date in setting.tied) else "none"
    length = _length(setting)
    return [
        f"cause={sort}|{span}|{setting.dated}",
        f"cause={sort}|{counted}|{setting.dated}",
        f"cause={sort}|{setting.place}|{setting.dated}",
        f"lasting={length}",
        f"lasting={length}|{sort}",
    ]


def _length(setting: Setting) -> str:
    """Return how many days the longest run of days tied to the harm lasts: none, or from which of STEPS on."""
    runs = [(d.date_to - d.date_from).days + 1 for d in setting.tied if d.precision == "days" and d.date_from and d.date_to]
    return str(max((step for step in STEPS if step <= max(runs)), default=0)) if runs else "none"
