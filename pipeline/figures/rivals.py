"""Rival tolls: numbers that different sources give of the same people."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.figures.harms import Harm
from pipeline.figures.repeats import compatible
from pipeline.figures.setting import DAYS, Telling
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords
from pipeline.tables import Scope

# Scopes of figures that stand for themselves: what was not, parts and tellings of others rival nothing. Another number than the one before
# is none told again, though it may have been taken for that.
OWN = frozenset({"incident", "cumulative"})


def find_rivals(telling: Telling, scopes: Sequence[Scope], words: FigureWords) -> list[int | None]:
    """Return for each figure of an entry the rank of the one told first that it rivals; None where it rivals none.

    A figure rivals the last one of its kind and scope, in its own sentence or the one before, where another source is named for it, it is
    said of no people of its own and no day of another event stands between: "Union said police killed nine; ministry put toll at two".
    """
    first: list[int | None] = []
    sources = telling.sources
    for k, figure in enumerate(telling.figures):
        j = next((j for j in range(k - 1, -1, -1) if _matches(telling.figures[j], figure, telling.parse)), None)
        rival = j is not None and scopes[j] in OWN and scopes[k] in {scopes[j], "repeat"} and _told_apart(sources[j], sources[k], words)
        if j is None or not rival or _other_day(j, k, telling, words):
            first.append(None)
        else:
            first.append(j if first[j] is None else first[j])
    return first


def _matches(one: Harm, other: Harm, parse: Parse) -> bool:
    """Tell whether two numbers may be of the same people: near each other, of one kind, and the later of no people of its own."""
    a, b = one.mention, other.mention
    near = 0 <= parse.tokens[b.top].sentence - parse.tokens[a.top].sentence <= 1
    if not near or one.kind != other.kind or a.count is None or b.count is None or b.part or compatible(one, other) != "no":
        return False
    harm_noun = b.noun == other.trigger.i
    return b.nature == "bare" or harm_noun or parse.word(a.noun) == parse.word(b.noun)


def _told_apart(one: str | None, other: str | None, words: FigureWords) -> bool:
    """Tell whether the later number has a named source, and another than the earlier."""
    return other is not None and other.lower() not in words.attribution_adverbs and other != one


def _other_day(j: int, k: int, telling: Telling, words: FigureWords) -> bool:
    """Tell whether a day told after the first number is that of another event, not of who tells the second."""
    parse = telling.parse
    low, high = telling.figures[j].mention.end, parse.tokens[parse.same_sentence(telling.figures[k].mention.top)[-1]].end
    days = [date for date in telling.dates if date.precision in DAYS and low <= date.start < high]
    ranks = [i for date in days if (i := parse.at_or_after(date.start)) < len(parse.tokens)]
    return any(parse.word(parse.tokens[i].head) not in words.attribution_verbs for i in ranks)
