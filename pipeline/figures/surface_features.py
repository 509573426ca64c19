"""What stands between and around named people and a harm word, word by word, and where else the entry names them."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.figures.mentions import Mention
from pipeline.figures.sentences import Sentence
from pipeline.figures.syntax import Parse
from pipeline.figures.triggers import Trigger
from pipeline.tables import Token

FUNCTION = frozenset({"ADP", "CCONJ", "PUNCT", "AUX", "PART", "SCONJ", "PRON"})
# So many words between two are told one by one, and so far is a neighbour looked for behind dates and articles.
TOLD, REACH = 3, 6
# From so many on, dates and articles among them, there is no need to count.
FAR = 12
# Characters before and behind a harm word within which a date is near; days after which a date is old.
BEFORE, BEHIND, OLD = 25, 40, 31


def surface_features(mention: Mention, trigger: Trigger, sentence: Sentence, parse: Parse, fill: bool) -> list[str]:
    """Return what the words around a mention and a harm word show; `fill` tells whether the parse lets the one fill the other's slot."""
    first, last = parse.at_or_after(mention.start), parse.at_or_after(mention.end) - 1
    gap = _gap(first, last, trigger, parse)
    return [
        *_between(first, trigger, parse, gap),
        *_around(first, last, trigger, parse, gap),
        *_telling(mention, last, sentence, fill, parse, not trigger.frame.loose),
        *_dates(trigger, sentence, parse, fill),
        *_phrase(first, last, trigger, parse, fill),
    ]


def _between(first: int, trigger: Trigger, parse: Parse, gap: str) -> list[str]:
    tokens, slot, side = parse.tokens, trigger.frame.slot, _side(first, trigger)
    return [
        f"words={side}|{gap}|{slot}",
        f"words={side}|{gap}|{tokens[trigger.i].tag[:3]}|{not trigger.frame.loose}",
        f"words={side}|{gap}",
    ]


def _side(first: int, trigger: Trigger) -> str:
    return "R" if trigger.i < first else "L"


def _gap(first: int, last: int, trigger: Trigger, parse: Parse) -> str:
    """Return the words between, dates and articles left out: function words as they are, of others the part of speech."""
    if first <= trigger.i <= last:
        return "inside"
    low, high = (trigger.last + 1, first) if trigger.i < first else (last + 1, trigger.i)
    if high - low > FAR:
        return "long"
    between = [token for token in parse.tokens[low:high] if _tells(token)]
    return "_".join(_name(token) for token in between) if len(between) <= TOLD else "long"


def _tells(token: Token) -> bool:
    return token.dep != "date" and token.tag not in {"DT", "PRP$"}


def _name(token: Token) -> str:
    return token.text.lower() if token.pos in FUNCTION else token.pos


def _around(first: int, last: int, trigger: Trigger, parse: Parse, gap: str) -> list[str]:
    """Return the word behind the harm word, and those before and behind the people."""
    tokens, slot, side = parse.tokens, trigger.frame.slot, _side(first, trigger)
    behind = _next(token for token in tokens[trigger.last + 1 : trigger.last + REACH] if token.dep != "date")
    follower = _next(token for token in tokens[last + 1 : last + REACH] if token.dep != "date")
    leader = next((token for token in reversed(tokens[max(0, first - REACH) : first]) if _tells(token)), None)
    before = (
        "start" if leader is None or leader.sentence != tokens[first].sentence else "harm" if leader.i == trigger.last else _name(leader)
    )
    return [
        f"behind={behind}|{side}|{slot}|{gap}",
        f"follower={follower}|{side}",
        f"leader={before}|{side}",
        f"leader={before}|{slot}",
    ]


def _next(tokens: Iterable[Token]) -> str:
    found = next(iter(tokens), None)
    return "end" if found is None else _name(found)


def _telling(mention: Mention, last: int, sentence: Sentence, fill: bool, parse: Parse, sure: bool) -> list[str]:
    """Return whether the entry names the same person before or after, and whether this is its headline."""
    text, name = sentence.entry.text, parse.tokens[last].text
    proper = name[:1].isupper()
    return [
        f"named before={proper and name in text[: mention.start]}|{fill}",
        f"named after={proper and name in text[mention.end :]}|{fill}",
        f"headline={chr(10) in text[mention.end :] and chr(10) not in text[: mention.start]}|{fill}|{sure}",
    ]


def _dates(trigger: Trigger, sentence: Sentence, parse: Parse, fill: bool) -> list[str]:
    """Return whether a date stands near the harm word, and whether the sentence looks back beyond a month."""
    month, tokens = sentence.entry.month, parse.tokens
    low, high = tokens[trigger.i].start - BEFORE, tokens[trigger.last].end + BEHIND
    old = month is not None and any(date.date_to is not None and (month - date.date_to).days > OLD for date in sentence.dates)
    near = any(low <= date.start <= high for date in sentence.dates)
    return [f"old={old}|{fill}", f"near date={near}|{fill}|{not trigger.frame.loose}", f"no date={not sentence.dates}|{fill}"]


def _phrase(first: int, last: int, trigger: Trigger, parse: Parse, fill: bool) -> list[str]:
    """Return how long the phrase is, how it is described, and whether it ends in a name."""
    tokens = parse.tokens
    described = next((parse.word(i) for i in range(first, last + 1) if tokens[i].pos == "ADJ"), "none")
    proper = tokens[last].text[:1].isupper()
    return [
        f"length={min(last - first, 4)}|{fill}",
        f"described={described}",
        f"proper={proper}|{tokens[first].text[:1].isupper()}|{fill}",
        f"proper={proper}|{trigger.frame.slot}|{not trigger.frame.loose}",
    ]
