"""What did the harm, as the text tells it: one event or many, one doer or many, and whether they are counted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.figures.harms import Harm
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords

# How many heads above the harm word its doer may hang on: "attacks continued, killing two", "strikes reportedly left two dead".
HEADS = 3
# How many heads above it a harm may be said to have come of an event: "was killed in raid", "dead in clashes".
LED = 2
# Prepositions that lead from a harm to the event it came of: "dead in clashes", "killed during raids".
LEADING = frozenset({"in", "during", "amid", "by", "from"})
RELATIVE = frozenset({"WDT", "WP"})

Sort = Literal["event", "events", "state", "one", "many"]


@dataclass(frozen=True, slots=True)
class Cause:
    """The word that names what did the harm; `sort`: one event, several, a state of things, one doer, many; `counted`: with a number."""

    i: int
    sort: Sort
    counted: bool


def cause_of(figure: Harm, subject: int | None, parse: Parse, words: FigureWords) -> Cause | None:
    """Return what did the harm: its subject, else the event that the harm is said to have come of; None where neither is told."""
    event = next(_events_led_to(figure, parse, words), None)
    i = subject if subject is not None and (event is None or _is_event(subject, parse, words)) else event
    if i is None:
        return None
    counted = _counted(i, parse, words)
    if parse.word(i) in words.several:
        i = next((c for c in parse.of(i) if _is_event(c, parse, words)), i)
    return Cause(i, _sort(i, parse, words), counted)


def subject_of(figure: Harm, parse: Parse) -> int | None:
    """Return who or what did it: the subject of the harm word or of the verbs right above it, the victims themselves aside."""
    for head in parse.ups(figure.trigger.i)[:HEADS]:
        for child in parse.children[head]:
            if parse.tokens[child].dep in {"nsubj", "agent"} and (who := _behind_by(child, parse)) != figure.mention.top:
                return _antecedent(who, head, parse)
    return None


def _behind_by(child: int, parse: Parse) -> int:
    """Return whom the "by" of a passive leads to; any other word as it is."""
    agent = parse.tokens[child].dep == "agent"
    return next((c for c in parse.children[child] if parse.tokens[c].dep == "pobj"), child) if agent else child


def _antecedent(subject: int, verb: int, parse: Parse) -> int:
    """Return what a relative pronoun stands for ("incidents, which killed three"); any other word as it is."""
    token = parse.tokens[verb]
    return token.head if parse.tokens[subject].tag in RELATIVE and token.dep == "relcl" else subject


def _events_led_to(figure: Harm, parse: Parse, words: FigureWords) -> Iterator[int]:
    for head in parse.ups(figure.trigger.i)[:LED]:
        for prep in parse.children[head]:
            if parse.tokens[prep].dep == "prep" and parse.word(prep) in LEADING:
                yield from (c for c in parse.children[prep] if parse.tokens[c].dep == "pobj" and _is_event(c, parse, words))


def _is_event(i: int, parse: Parse, words: FigureWords) -> bool:
    return parse.word(i) in words.many_events or parse.word(i) in words.events


def _sort(i: int, parse: Parse, words: FigureWords) -> Sort:
    joined = any(parse.tokens[c].dep == "conj" for c in parse.children[i])
    plural = parse.tokens[i].tag in {"NNS", "NNPS"} or joined
    if parse.word(i) in words.many_events:
        return "state"
    if parse.word(i) in words.events:
        return "events" if plural else "event"
    return "many" if plural else "one"


def _counted(i: int, parse: Parse, words: FigureWords) -> bool:
    """Tell whether a number or a word for more than one stands with a noun: "two attacks", "separate attacks", "series of attacks"."""
    with_it = (i, *parse.children[i])
    return any((parse.tokens[c].dep == "nummod" and parse.word(c) != "one") or parse.word(c) in words.several for c in with_it)
