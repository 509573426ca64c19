"""Signs of a scope that a reader would name: totals, spans, several days, many events, denials, plans, parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.figures.repeats import best_number
from pipeline.figures.setting import SPANS, Setting, Telling, lead_of
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords
from pipeline.tables import Date

LONG_PAST = 62
# Characters before and behind a number in which the words of a running total are looked for.
BEFORE, BEHIND = 60, 70
# Words before a number in which the noun of a total and the verb that raises it are looked for.
RAISED_WITHIN = 16
SPAN_LEADS = frozenset({"in", "during", "throughout", "over", "between", "of", "for"})
SHARED_OUT = frozenset({"respectively", "each"})
ORDINALS = frozenset({"first", "second", "third", "last", "latter", "former"})
# As what a harm word hangs on a denial of the harm itself.
DENIED_AS = frozenset({"ccomp", "xcomp", "pcomp"})
PASSED_OVER = frozenset({"conj", "dobj"})
LISTING = frozenset({"", "and", "&"})


def signs_of(setting: Setting, telling: Telling, words: FigureWords) -> Iterator[str]:
    """Yield the signs of the scope of one figure; what each is worth is learned."""
    yield from _total_signs(setting, telling, words)
    yield from _period_signs(setting, telling)
    yield from _event_signs(setting)
    yield from _unreal_signs(setting, telling.parse, words)
    if setting.figure.mention.part:
        yield "part"
        if telling.parse.tokens[setting.figure.trigger.i].sentence < setting.sentence[0].sentence:
            yield "part of the sentence before"


def _total_signs(setting: Setting, telling: Telling, words: FigureWords) -> Iterator[str]:
    text, mention = telling.entry.text, setting.figure.mention
    before = text[max(setting.sentence[0].start, mention.start - BEFORE) : mention.start].lower()
    behind = text[mention.end : min(setting.clause[-1].end, mention.end + BEHIND)].lower()
    if words.running_before.search(before) or words.running_after.match(behind):
        yield "running total"
    yield from _raised_total(setting, telling.parse, words)
    if any(lead_of(text, date) in {"since", "until"} for date in setting.tied):
        yield "since"
    if (
        any(lead_of(text, date) in {"since", "until"} for date in setting.dates)
        or " since " in text[mention.end : setting.clause[-1].end].lower()
    ):
        yield "since nearby"


def _raised_total(setting: Setting, parse: Parse, words: FigureWords) -> Iterator[str]:
    """Yield whether a noun for a total and a verb that raises or states it stand before the number, and by which word they lead to it."""
    first = parse.at_or_after(setting.figure.mention.start)
    before = range(max(parse.same_sentence(setting.figure.mention.top).start, first - RAISED_WITHIN), first)
    spoken = {parse.word(i) for i in before if parse.tokens[i].dep != "date"}
    if not spoken & words.total_nouns or parse.word(first - 1) not in {"to", "at"}:
        return
    if spoken & words.raising and parse.word(first - 1) == "to":
        yield "total raised"
    elif spoken & words.stating and parse.word(first - 1) == "at":
        yield "total stated"
        yield f"total stated|{setting.dated}|{'since' in spoken or 'until' in spoken}"


def _period_signs(setting: Setting, telling: Telling) -> Iterator[str]:
    text, month = telling.entry.text, telling.entry.month
    if any(lead_of(text, date) in {"by", "of"} and date.precision == "day" for date in setting.tied):
        yield "by a day"
    spans = [date for date in setting.tied if date.precision in SPANS]
    if spans and not setting.days:
        yield "span only"
        if any(lead_of(text, date) in SPAN_LEADS for date in spans):
            yield "over a span"
    if not setting.dated:
        yield "no day in sentence"
    if days := listed_days(setting, telling):
        shared = _shared_out(setting, telling, len(days))
        yield f"several days|{shared}"
        if shared == "one for all" and _summed(setting, days):
            yield "summed over days"
    if month is not None and any(date.date_to is not None and (month - date.date_to).days > LONG_PAST for date in setting.tied):
        yield "long past"


def listed_days(setting: Setting, telling: Telling) -> Sequence[Date]:
    """Return the days of the list that stands nearest to a figure in its sentence ("12, 19 Dec"), none where there is no list."""
    start, end = setting.sentence[0].start, setting.sentence[-1].end
    days = [date for date in telling.dates if start <= date.start < end and date.precision == "day"]
    before = [date for date in days if date.end <= setting.figure.mention.start]
    nearest = before[-1] if before else days[0] if days else None
    run: list[Date] = []
    for date in days:
        if run and telling.entry.text[run[-1].end : date.start].strip(" ,") not in LISTING:
            if nearest in run:
                break
            run = []
        run.append(date)
    return run if nearest in run and len(run) > 1 else []


def _summed(setting: Setting, days: Sequence[Date]) -> bool:
    """Tell whether a written number of harmed people sums up the listed days: all of them belong to the harm. Crowds come again."""
    mention = setting.figure.mention
    whole = mention.count is not None and best_number(setting.figure) > 0 and not mention.part
    return whole and setting.figure.kind != "crowd" and all(day in setting.tied for day in days)


def _shared_out(setting: Setting, telling: Telling, days: int) -> str:
    """Return whether a list of days is shared out among the figures of its harm: "each", by an "ordinal", one a day, or one for all."""
    spoken = {token.text.lower() for token in setting.sentence}
    if spoken & SHARED_OUT:
        return "each"
    if spoken & ORDINALS:
        return "ordinal"
    trigger = setting.figure.trigger.i
    told = sum(f.trigger.i == trigger and f.mention.count is not None and not f.mention.part for f in telling.figures)
    return "one a day" if told == days else "some" if told > 1 else "one for all"


def _event_signs(setting: Setting) -> Iterator[str]:
    if setting.cause is not None and setting.cause.sort in {"events", "state"}:
        yield "many events"
        yield f"many events|{bool(setting.days)}"


def _unreal_signs(setting: Setting, parse: Parse, words: FigureWords) -> Iterator[str]:
    heads = parse.ups(setting.figure.trigger.i)
    above = {parse.word(i) for i in heads}
    modal = {parse.word(c) for i in heads[:2] for c in parse.children[i] if parse.tokens[c].dep == "aux"}
    if above & words.denying:
        yield "denied"
        if _denied_outright(heads, setting.figure.mention.start, parse, words):
            yield "denied outright"
    if above & words.wishing or modal & words.modals:
        yield "not done"
    if any(parse.tokens[c].text.lower() == "to" and parse.tokens[c].dep == "aux" for c in parse.children[heads[0]]):
        yield "infinitive"
        if len(heads) > 1 and parse.word(heads[1]) in words.wishing and setting.figure.kind != "crowd":
            yield "wished"
    if parse.word(heads[0]) in words.wishing or (
        len(heads) > 2 and parse.tokens[heads[0]].dep == "pobj" and parse.word(heads[2]) in words.wishing
    ):
        yield "wished for"


def _denied_outright(heads: Sequence[int], start: int, parse: Parse, words: FigureWords) -> bool:
    """Tell whether the harm itself is denied ("denied killing 12", "denied that 12 had died"), not a role in it or a claim of it."""
    for below, i in pairwise(heads):
        how = parse.tokens[below].dep
        if parse.word(i) in words.denying:
            denied = how in DENIED_AS or (how == "dobj" and parse.word(i) in words.refuting)
            return denied and parse.tokens[i].end <= start
        if how not in DENIED_AS | PASSED_OVER:
            return False
    return False
