"""Scope: whether a figure tells of one incident, of a part of another figure, a running total, the same again, or what was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import cast

from pipeline.casualties.figures import Figure
from pipeline.casualties.syntax import Parse
from pipeline.casualties.words import CasualtyWords
from pipeline.tables import Date, Entry, Scope

LONG_PAST = 62
# Characters within which a number told twice is told of two groups, not again.
NEARBY = 40
SPANS = frozenset({"month", "months", "part_of_month", "year", "years", "part_of_year"})


@dataclass(frozen=True, slots=True)
class Telling:
    """All figures of one entry with what is needed to judge each among the others."""

    entry: Entry
    dates: Sequence[Date]
    parse: Parse
    figures: Sequence[Figure]


def find_scopes(telling: Telling, words: CasualtyWords) -> list[Scope]:
    """Return the scope of each figure of an entry, in their order."""
    scopes: list[Scope] = []
    for k in range(len(telling.figures)):
        scopes.append(cast("Scope", words.scope.best(scope_features(k, telling, words, scopes[-1] if scopes else None))))
    return scopes


def scope_features(k: int, telling: Telling, words: CasualtyWords, before: Scope | None) -> list[str]:
    """Return what speaks for each scope of the entry's figure `k`, as named features; `before` is the scope of the figure told before it."""
    figure, place = telling.figures[k], _place(telling, telling.figures[k].mention.start)
    return [
        *(f"sign={sign}" for sign in _signs(k, telling, words)),
        *_own_features(figure, telling.parse, place),
        *_clause_features(figure, telling, words, place),
        *_repeat_features(k, telling, place),
        *_neighbour_features(k, telling, before),
        *_window(telling, figure),
    ]


def _signs(k: int, telling: Telling, words: CasualtyWords) -> list[str]:
    """Return the plain signs of a scope that a reader would name; see docs/casualties.md for each."""
    figure, parse, text = telling.figures[k], telling.parse, telling.entry.text
    tokens = parse.tokens
    trigger, mention = figure.trigger, figure.mention
    sentence = [tokens[i] for i in parse.same_sentence(mention.top)]
    clause = [t for t in sentence if parse.roots[t.i] == parse.roots[trigger.i]]
    start, end = (clause[0].start, clause[-1].end) if clause else (mention.start, mention.end)
    before, after = (
        text[max(sentence[0].start, mention.start - 60) : mention.start].lower(),
        text[mention.end : min(end, mention.end + 70)].lower(),
    )
    heads = parse.ups(trigger.i)
    forms = {parse.word(i) for i in heads}
    tied = [d for d in telling.dates if start <= d.start < end and _attached(d, figure, parse)]
    days = [d for d in tied if d.precision in {"day", "days"}]
    signs = []
    if words.running_before.search(before) or words.running_after.match(after):
        signs.append("running total")
    if any(_lead(text, d) in {"since", "until"} for d in tied):
        signs.append("since")
    if (
        any(_lead(text, d) in {"since", "until"} for d in telling.dates if start <= d.start < end)
        or " since " in text[mention.end : end].lower()
    ):
        signs.append("since nearby")
    if any(_lead(text, d) in {"by", "of"} and d.precision == "day" for d in tied):
        signs.append("by a day")
    if (
        any(d.precision in SPANS and _lead(text, d) in {"in", "during", "throughout", "over", "between", "of", "for"} for d in tied)
        and not days
    ):
        signs.append("over a span")
    if any(d.precision in SPANS for d in tied) and not days:
        signs.append("span only")
    if not any(sentence[0].start <= d.start < sentence[-1].end and d.precision in {"day", "days"} for d in telling.dates):
        signs.append("no day in sentence")
    if _nearest_list(figure, sentence[0].start, sentence[-1].end, telling):
        signs.append(f"several days|{bool({'respectively', 'each'} & {t.text.lower() for t in sentence})}")
    subjects = [c for i in heads[:3] for c in parse.children[i] if tokens[c].dep in {"nsubj", "agent"} and c != mention.top]
    if subjects and (
        parse.word(subjects[0]) in words.many_events or (tokens[subjects[0]].tag == "NNS" and parse.word(subjects[0]) in words.events)
    ):
        signs.append("many events")
        signs.append(f"many events|{bool(days)}")
    if any(d.date_to is not None and telling.entry.month is not None and (telling.entry.month - d.date_to).days > LONG_PAST for d in tied):
        signs.append("long past")
    if forms & words.denying:
        signs.append("denied")
    if forms & words.wishing or {parse.word(c) for i in heads[:2] for c in parse.children[i] if tokens[c].dep == "aux"} & words.modals:
        signs.append("not done")
    if any(tokens[c].text.lower() == "to" and tokens[c].dep == "aux" for c in parse.children[trigger.i]):
        signs.append("infinitive")
    if mention.part:
        signs.append("part")
    signs.extend(
        _echoes(
            k,
            telling,
            bool([d for d in telling.dates if sentence[0].start <= d.start < sentence[-1].end and d.precision in {"day", "days"}]),
        )
    )
    return [*signs, f"{len(signs) > 0}"]


def _echoes(k: int, telling: Telling, dated: bool) -> list[str]:
    """Return whether the same number of the same people comes again below, or stood above, and how near."""
    figure, text = telling.figures[k], telling.entry.text
    noun = telling.parse.word(figure.mention.noun)
    found = []
    for j, other in enumerate(telling.figures):
        how = compatible(figure, other)
        if j == k or how not in {"same", "named", "best"} or abs(other.mention.start - figure.mention.start) < NEARBY:
            continue
        between = text[min(figure.mention.end, other.mention.end) : max(figure.mention.start, other.mention.start)]
        where = "below" if j > k else "above"
        agrees = noun == telling.parse.word(other.mention.noun) or "bare" in {figure.mention.nature, other.mention.nature}
        found.append(f"echo {where}|{how}|{agrees}|{dated}|{_place(telling, figure.mention.start)}")
        if "\n" not in between and agrees and how != "named":
            found.append(f"echo {where} in paragraph|{dated}")
    return sorted(set(found))


def _nearest_list(figure: Figure, start: int, end: int, telling: Telling) -> bool:
    """Tell whether the days named nearest to a figure in its sentence are a list: "12, 19 Dec", "5 and 18 Nov"."""
    days = [d for d in telling.dates if start <= d.start < end and d.precision == "day"]
    before = [d for d in days if d.end <= figure.mention.start]
    nearest = before[-1] if before else days[0] if days else None
    if nearest is None:
        return False
    gaps = [telling.entry.text[a.end : b.start] for a, b in pairwise(days) if nearest in (a, b)]
    return any(gap.strip(" ,") in {"", "and", "&"} and gap for gap in gaps)


def _lead(text: str, found: Date) -> str:
    """Return the word before a date, in lower case; the empty string where there is none."""
    lead = text[max(0, found.start - 14) : found.start].lower().replace("(", " ").split()
    return lead[-1] if lead else ""


def _own_features(figure: Figure, parse: Parse, place: str) -> list[str]:
    mention, trigger = figure.mention, figure.trigger
    count = mention.count
    size = _size(figure)
    return [
        f"kind={figure.kind}",
        f"place={place}",
        f"place={place}|{figure.kind}",
        f"implicit={count is None}",
        f"part={mention.part}",
        f"part={mention.part}|{place}",
        f"frame={trigger.frame.name}",
        f"word={parse.word(trigger.i)}",
        f"vague={count is not None and count.vague}|{place}",
        f"hedge={_side(figure)}",
        f"size={size}|{figure.kind}",
        f"size={size}|{place}",
        f"noun={parse.word(mention.noun)}",
        f"nature={mention.nature}",
        f"tag={parse.tokens[trigger.i].tag}",
    ]


def _clause_features(figure: Figure, telling: Telling, words: CasualtyWords, place: str) -> list[str]:
    """Return what the clause around a figure says: who did it, in what mood, with which cues and dates."""
    parse, tokens = telling.parse, telling.parse.tokens
    sentence = [tokens[i] for i in parse.same_sentence(figure.mention.top)]
    clause = [t for t in sentence if parse.roots[t.i] == parse.roots[figure.trigger.i]]
    heads = parse.ups(figure.trigger.i)
    subjects = [c for i in heads[:3] for c in parse.children[i] if tokens[c].dep in {"nsubj", "agent"} and c != figure.mention.top]
    subject = parse.word(subjects[0]) if subjects else "none"
    plural = bool(subjects) and tokens[subjects[0]].tag in {"NNS", "NNPS"}
    aux = "_".join(parse.word(c) for c in parse.children[figure.trigger.i] if tokens[c].dep in {"aux", "auxpass", "neg"})
    days = [d for d in telling.dates if sentence[0].start <= d.start <= figure.mention.end and d.precision == "day"]
    listed = sum(_attached(d, figure, parse) for d in days)
    several = {"respectively", "each"} & {t.text.lower() for t in sentence}
    out = [
        f"subject={subject}",
        f"plural={plural}|{place}",
        f"plural={plural}|{len(days) > 0}|{place}",
        f"aux={aux}",
        f"listed={min(listed, 3)}",
        f"listed={min(listed, 3)}|{len(several)}",
    ]
    out += [f"above={parse.word(i)}" for i in heads[1:4]]
    out += [f"near={cue}" for cue in sorted({parse.word(t.i) for t in clause if t.dep != "date"} & words.scope_cues)]
    out += [f"sentence={cue}" for cue in sorted({parse.word(t.i) for t in sentence if t.dep != "date"} & words.scope_cues)]
    for d in telling.dates:
        if clause[0].start <= d.start <= clause[-1].end:
            out += [f"date={feature}" for feature in _date_features(d, figure, telling)]
    return out


def _attached(found: Date, figure: Figure, parse: Parse) -> bool:
    """Tell whether a date belongs to the harm word or to the verb right above it."""
    first = next((t for t in parse.tokens if t.start >= found.start), None)
    if first is None:
        return False
    heads = parse.ups(figure.trigger.i)[:3]
    return any(i in heads for i in parse.ups(first.head)[:3])


def _neighbour_features(k: int, telling: Telling, before: Scope | None) -> list[str]:
    """Return how a figure stands to the one told before it: in its sentence, of its kind, and with which scope."""
    if not k:
        return ["previous=none"]
    figure, previous, parse = telling.figures[k], telling.figures[k - 1], telling.parse
    same = parse.tokens[figure.mention.top].sentence == parse.tokens[previous.mention.top].sentence
    clause = parse.roots[figure.trigger.i] == parse.roots[previous.trigger.i]
    kind = figure.kind == previous.kind
    if not same:
        return ["previous=other sentence"]
    return [
        f"previous={before}",
        f"previous={before}|{clause}|{kind}",
        f"previous={before}|{figure.trigger.i == previous.trigger.i}",
        f"previous={compatible(figure, previous)}",
    ]


def _place(telling: Telling, start: int) -> str:
    """Return where in the entry a figure stands: its headline, the lead that opens a paragraph, or the body."""
    text = telling.entry.text
    if "\n" in text and start < text.index("\n"):
        return "headline"
    line = text.rfind("\n", 0, start) + 1
    return "lead" if ". " not in text[line:start] else "body"


def _side(figure: Figure) -> str:
    count = figure.mention.count
    return (
        "none"
        if count is None
        else "low"
        if count.high is None and count.best is not None
        else "high"
        if count.low is None
        else "exact"
        if count.best is not None
        else "vague"
    )


def _size(figure: Figure) -> str:
    count = figure.mention.count
    return "none" if count is None else str(len(str(count.best if count.best is not None else count.low)))


def compatible(one: Figure, other: Figure) -> str:
    """Return how two figures agree: "same" numbers, one "within" what the other leaves open, both "named", or "no"."""
    a, b = one.mention.count, other.mention.count
    if one.kind != other.kind:
        return "no"
    if a is None or b is None:
        return "named" if a is b else "no"
    if (a.low, a.best, a.high) == (b.low, b.best, b.high):
        return "same"
    if a.best is not None and b.best is not None:
        return "best" if a.best == b.best else "no"
    low, best = (a.low, b.best) if a.best is None else (b.low, a.best)
    return "within" if low is not None and best is not None and low <= best < 10 * low else "no"


def _repeat_features(k: int, telling: Telling, place: str) -> list[str]:
    figure = telling.figures[k]
    out = []
    for name, others in (("earlier", telling.figures[:k]), ("later", telling.figures[k + 1 :])):
        found = {compatible(figure, other) for other in others if abs(other.mention.start - figure.mention.start) > 60} - {"no"}
        out += [f"{name}={how}|{place}" for how in sorted(found)] or [f"{name}=no|{place}"]
    shared = _shared_words(k, telling)
    return [*out, f"shared={min(shared, 3)}|{place}|{figure.mention.count is None}"]


def _shared_words(k: int, telling: Telling) -> int:
    """Return how many content words the figure's sentence shares with that of the best agreeing figure elsewhere."""
    own = _content(telling, k)
    agreeing = [
        j
        for j, other in enumerate(telling.figures)
        if j != k
        and compatible(telling.figures[k], other) != "no"
        and telling.parse.tokens[other.mention.top].sentence != telling.parse.tokens[telling.figures[k].mention.top].sentence
    ]
    return max((len(own & _content(telling, j)) for j in agreeing), default=0)


def _content(telling: Telling, k: int) -> frozenset[str]:
    parse = telling.parse
    return frozenset(
        parse.word(i)
        for i in parse.same_sentence(telling.figures[k].mention.top)
        if parse.tokens[i].pos in {"NOUN", "PROPN", "VERB", "ADJ"} and parse.tokens[i].dep != "date"
    )


def _date_features(found: Date, figure: Figure, telling: Telling) -> list[str]:
    text, month = telling.entry.text, telling.entry.month
    lead = text[max(0, found.start - 12) : found.start].lower().split()
    word = lead[-1] if lead and lead[-1].isalpha() else "none"
    tied = _attached(found, figure, telling.parse)
    span = found.precision in SPANS
    out = [found.precision, f"{found.precision}|{word}", f"{word}|{span}|{tied}", f"{span}|{tied}"]
    if found.date_to is not None and month is not None:
        age = (month - found.date_to).days
        when = (
            "long past"
            if age > LONG_PAST
            else "last month"
            if age > 0
            else "ahead"
            if (found.date_from or date.min) > month + timedelta(days=31)
            else "now"
        )
        out += [when, f"{when}|{span}", f"{when}|{tied}", f"{when}|{word}"]
    return out


def _window(telling: Telling, figure: Figure) -> list[str]:
    """Return the words right before and behind the figure that often tell a total or a plan."""
    tokens, parse = telling.parse.tokens, telling.parse
    first = next((t.i for t in tokens[max(0, figure.mention.top - 14) :] if t.end > figure.mention.start), figure.mention.top)
    last = max(figure.mention.noun, first)
    before = [parse.word(i) for i in range(max(0, first - 3), first) if tokens[i].dep != "date"]
    after = [parse.word(i) for i in range(last + 1, min(len(tokens), last + 5)) if tokens[i].dep != "date"]
    return [f"before={word}" for word in before] + [f"after={word}" for word in after]
