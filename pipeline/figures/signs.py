"""Signs of a scope that a reader would name: totals, spans, several days, many events, denials, plans, parts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.figures.setting import SPANS, Setting, Telling, lead_of
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords

LONG_PAST = 62
# Characters before and behind a number in which the words of a running total are looked for.
BEFORE, BEHIND = 60, 70
# Words before a number in which the noun of a total and the verb that raises it are looked for.
RAISED_WITHIN = 16
SPAN_LEADS = frozenset({"in", "during", "throughout", "over", "between", "of", "for"})
SHARED_OUT = frozenset({"respectively", "each"})


def signs_of(setting: Setting, telling: Telling, words: FigureWords) -> Iterator[str]:
    """Yield the signs of the scope of one figure; what each is worth is learned."""
    yield from _total_signs(setting, telling, words)
    yield from _period_signs(setting, telling)
    yield from _event_signs(setting, telling.parse, words)
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
    if nearest_is_list(setting, telling):
        yield f"several days|{bool(SHARED_OUT & {token.text.lower() for token in setting.sentence})}"
    if month is not None and any(date.date_to is not None and (month - date.date_to).days > LONG_PAST for date in setting.tied):
        yield "long past"


def nearest_is_list(setting: Setting, telling: Telling) -> bool:
    """Tell whether the days named nearest to a figure in its sentence are a list: "12, 19 Dec", "5 and 18 Nov"."""
    start, end = setting.sentence[0].start, setting.sentence[-1].end
    days = [date for date in telling.dates if start <= date.start < end and date.precision == "day"]
    before = [date for date in days if date.end <= setting.figure.mention.start]
    nearest = before[-1] if before else days[0] if days else None
    gaps = [telling.entry.text[a.end : b.start] for a, b in pairwise(days) if nearest in (a, b)]
    return any(gap.strip(" ,") in {"", "and", "&"} and gap for gap in gaps)


def _event_signs(setting: Setting, parse: Parse, words: FigureWords) -> Iterator[str]:
    subject = subject_of(setting, parse)
    if subject is not None:
        word = parse.word(subject)
        if word in words.many_events or (parse.tokens[subject].tag == "NNS" and word in words.events):
            yield "many events"
            yield f"many events|{bool(setting.days)}"


def subject_of(setting: Setting, parse: Parse) -> int | None:
    """Return who or what did it: the subject of the harm word or of the verbs right above it, the victims themselves aside."""
    heads = parse.ups(setting.figure.trigger.i)[:3]
    found = (c for i in heads for c in parse.children[i] if parse.tokens[c].dep in {"nsubj", "agent"} and c != setting.figure.mention.top)
    return next(found, None)


def _unreal_signs(setting: Setting, parse: Parse, words: FigureWords) -> Iterator[str]:
    heads = parse.ups(setting.figure.trigger.i)
    above = {parse.word(i) for i in heads}
    modal = {parse.word(c) for i in heads[:2] for c in parse.children[i] if parse.tokens[c].dep == "aux"}
    if above & words.denying:
        yield "denied"
    if above & words.wishing or modal & words.modals:
        yield "not done"
    if any(parse.tokens[c].text.lower() == "to" and parse.tokens[c].dep == "aux" for c in parse.children[heads[0]]):
        yield "infinitive"
        if len(heads) > 1 and parse.word(heads[1]) in words.wishing:
            yield "wished"
    if parse.word(heads[0]) in words.wishing or (
        len(heads) > 2 and parse.tokens[heads[0]].dep == "pobj" and parse.word(heads[2]) in words.wishing
    ):
        yield "wished for"
