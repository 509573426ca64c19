"""What ties a mention (of an actor, a place, a figure) to a trigger: the grammar between them, and where they stand."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipeline.events.parse import Parse

OWNERS = frozenset({"poss", "compound", "amod", "nmod"})


def tie(parse: Parse, i: int, k: int, mentions: Sequence[int]) -> list[str]:
    """Return the features of mention head `k` for trigger `i`; `mentions` are the heads, in order, of its kind in the sentence."""
    return _grammar(parse, i, k) + _standing(parse, i, k, mentions)


def relation(parse: Parse, i: int, k: int) -> str:
    """Name what the mention is to the trigger in the grammar, in a few words that hold for many sentences."""
    if k == i:
        return "same word"
    if k not in parse.sentence(i):
        return "far"
    voice = "passive" if parse.passive(i) else "active"
    if k in parse.subjects(i, borrow=False):
        return f"subject/{voice}"
    if k in parse.objects(i):
        return "object"
    for preposition, j in parse.governed(i):
        if j == k:
            return f"{preposition}/{voice if preposition == 'by' else ''}"
    mention = parse.tokens[k]
    if mention.head == i and mention.dep in OWNERS:
        return mention.dep
    if k in parse.subjects(i):
        return f"borrowed subject/{voice}/{parse.tokens[i].dep}"
    over = _over(parse, i, k) if parse.tokens[i].pos != "VERB" else None
    if over:
        return over
    if k in parse.up(i):
        return f"over/{parse.tokens[i].dep}"
    return "inside" if i in parse.up(k) else "far"


def _over(parse: Parse, i: int, k: int) -> str | None:
    """Name what the mention is to the verb over a noun trigger ("rebels launched attack")."""
    verb = next((j for j in parse.up(i) if parse.tokens[j].pos == "VERB"), None)
    if verb is None:
        return None
    dep = parse.tokens[i].dep
    if k in parse.subjects(verb):
        return f"subject of verb over/{dep}/{'passive' if parse.passive(verb) else 'active'}"
    if k in parse.objects(verb):
        return f"object of verb over/{dep}"
    return f"phrase of verb over/{dep}" if any(j == k for _, j in parse.governed(verb)) else None


def _grammar(parse: Parse, i: int, k: int) -> list[str]:
    token, mention = parse.tokens[i], parse.tokens[k]
    voice = "passive" if parse.passive(i) else "active"
    out = [f"mention dep={mention.dep}/{voice}", f"trigger={token.pos}/{token.dep}"]
    path = parse.path(i, k)
    if path is None:
        return [*out, "no path"]
    climbed, down = path
    upwards, downwards = "<".join(climbed), ">".join(down)
    out += [
        f"path={upwards}>{downwards}/{voice}", f"path={upwards}>{downwards}/{token.pos}",
        f"steps={min(len(climbed), 4)}/{min(len(down), 4)}", *[f"climbs={dep}" for dep in climbed],
        *[f"goes down={dep}/{voice}" for dep in down],
    ]  # fmt: skip
    above = parse.up(i)
    under = next((j for j in parse.up(k) if parse.tokens[j].pos == "ADP"), None)
    if under is not None and under not in above and under != i:
        out += (f"under={parse.lemmas[under]}/{voice}", f"under={parse.lemmas[under]}/{parse.lemmas[i]}")
    if climbed:
        out.append(f"common={parse.lemmas[above[len(climbed) - 1]]}/{downwards}/{upwards}")
    return out


def _standing(parse: Parse, i: int, k: int, mentions: Sequence[int]) -> list[str]:
    pos = parse.tokens[i].pos
    if k not in parse.sentence(i):
        before = bool(mentions) and mentions[0] < i
        return ["earlier sentence", f"earlier/{parse.tokens[k].dep}/{bool(parse.subjects(i))}/{pos}", f"earlier/{before}"]
    order, low, high = ("before", k, i) if k < i else ("after", i, k)
    others = bisect_left(mentions, high) - bisect_right(mentions, low)
    verbs = parse.verbs[high] - parse.verbs[low + 1]
    return [
        f"order={order}/{pos}",
        f"mentions between={order}/{min(max(others, 0), 3)}",
        f"verbs between={order}/{min(verbs, 3)}",
        f"distance={order}/{min((high - low) // 3, 6)}",
        f"semicolon={parse.semicolons[high] > parse.semicolons[low + 1]}/{order}",
        f"only={len(mentions) == 1}/{order}",
        f"first={not mentions or k == mentions[0]}/{order}",
    ]
