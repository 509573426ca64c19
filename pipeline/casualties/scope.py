"""Scope: whether a figure tells of one incident, of a part of another figure, a running total, the same again, or what was not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from pipeline.casualties.figures import Figure
from pipeline.casualties.syntax import Parse
from pipeline.casualties.words import CasualtyWords
from pipeline.tables import Date, Entry, Scope

LONG_PAST = 62
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
    return [cast("Scope", words.scope.best(scope_features(k, telling, words))) for k in range(len(telling.figures))]


def scope_features(k: int, telling: Telling, words: CasualtyWords) -> list[str]:
    """Return what speaks for each scope of the entry's figure `k`, as named features."""
    figure = telling.figures[k]
    parse, tokens = telling.parse, telling.parse.tokens
    kind, mention = figure.kind, figure.mention
    place = _place(telling, mention.start)
    sentence = [tokens[i] for i in parse.same_sentence(mention.top)]
    clause = [t for t in sentence if parse.roots[t.i] == parse.roots[figure.trigger.i]]
    heads = parse.ups(figure.trigger.i)
    subject = next(
        (parse.word(c) for i in heads for c in parse.children[i] if tokens[c].dep in {"nsubj", "agent"} and c != mention.top), "none"
    )
    plural = next((tokens[c].tag in {"NNS", "NNPS"} for i in heads for c in parse.children[i] if tokens[c].dep == "nsubj"), False)
    aux = "_".join(parse.word(c) for c in parse.children[figure.trigger.i] if tokens[c].dep in {"aux", "auxpass", "neg"})
    above = [parse.word(i) for i in heads[1:4]]
    near = [d for d in telling.dates if clause and clause[0].start <= d.start <= clause[-1].end]
    out = [
        f"kind={kind}", f"place={place}", f"implicit={mention.count is None}", f"part={mention.part}", f"part={mention.part}|{place}", f"frame={figure.trigger.frame.name}",
        f"word={parse.word(figure.trigger.i)}", f"subject={subject}", f"plural={plural}|{place}", f"aux={aux}", f"tag={tokens[figure.trigger.i].tag}", f"dates={min(len(near), 3)}",
        f"dates={min(len(near), 3)}|{plural}", f"vague={mention.count is not None and mention.count.vague}", f"hedge={_side(figure)}", f"size={_size(figure)}", f"noun={parse.word(mention.noun)}", f"nature={mention.nature}",
    ]  # fmt: skip
    out += [f"above={word}" for word in above]
    out += [f"near={cue}" for cue in sorted({parse.word(t.i) for t in clause if t.dep != "date"} & words.scope_cues)]
    out += [f"sentence={cue}" for cue in sorted({parse.word(t.i) for t in sentence if t.dep != "date"} & words.scope_cues)]
    out += _repeat_features(k, telling, place)
    out += [f"date={feature}" for d in near for feature in _date_features(d, telling)]
    out += _window(telling, figure)
    return out


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


def _date_features(found: Date, telling: Telling) -> list[str]:
    out = [f"{found.precision}", f"{found.precision}|{found.relation}"]
    month = telling.entry.month
    if found.date_to is not None and month is not None:
        age = (month - found.date_to).days
        out.append(
            "long past"
            if age > LONG_PAST
            else "last month"
            if age > 0
            else "ahead"
            if (found.date_from or date.min) > month + timedelta(days=31)
            else "now"
        )
        out.append(f"{out[-1]}|{found.precision in SPANS}")
    return out


def _window(telling: Telling, figure: Figure) -> list[str]:
    """Return the words right before and behind the figure that often tell a total or a plan."""
    tokens, parse = telling.parse.tokens, telling.parse
    first = next((t.i for t in tokens[max(0, figure.mention.top - 14) :] if t.end > figure.mention.start), figure.mention.top)
    last = max(figure.mention.noun, first)
    before = [parse.word(i) for i in range(max(0, first - 3), first) if tokens[i].dep != "date"]
    after = [parse.word(i) for i in range(last + 1, min(len(tokens), last + 5)) if tokens[i].dep != "date"]
    return [f"before={word}" for word in before] + [f"after={word}" for word in after]
