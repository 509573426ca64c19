"""What ties a mention (of an actor, a place, a figure) to a trigger: the grammar between them, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.events.parse import Parse, lemma

OWNERS = frozenset({"poss", "compound", "amod", "nmod"})


def tie(parse: Parse, i: int, k: int, mentions: Sequence[int]) -> Iterator[str]:
    """Yield the features of mention head `k` for trigger `i`; `mentions` are the heads of all mentions of its kind in the sentence."""
    yield from _grammar(parse, i, k)
    yield from _standing(parse, i, k, mentions)


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


def _grammar(parse: Parse, i: int, k: int) -> Iterator[str]:
    token, mention = parse.tokens[i], parse.tokens[k]
    voice = "passive" if parse.passive(i) else "active"
    yield f"mention dep={mention.dep}/{voice}"
    yield f"trigger={token.pos}/{token.dep}"
    path = parse.path(i, k)
    if path is None:
        yield "no path"
        return
    climbed, down = path
    yield f"path={'<'.join(climbed)}>{'>'.join(down)}/{voice}"
    yield f"path={'<'.join(climbed)}>{'>'.join(down)}/{token.pos}"
    yield f"steps={min(len(climbed), 4)}/{min(len(down), 4)}"
    for dep in climbed:
        yield f"climbs={dep}"
    for dep in down:
        yield f"goes down={dep}/{voice}"
    above = parse.up(i)
    under = next((j for j in parse.up(k) if parse.tokens[j].pos == "ADP"), None)
    if under is not None and under not in above and under != i:
        yield f"under={lemma(parse, under)}/{voice}"
        yield f"under={lemma(parse, under)}/{lemma(parse, i)}"
    if climbed:
        yield f"common={lemma(parse, above[len(climbed) - 1])}/{'>'.join(down)}/{'<'.join(climbed)}"


def _standing(parse: Parse, i: int, k: int, mentions: Sequence[int]) -> Iterator[str]:
    order = "before" if k < i else "after"
    if k not in parse.sentence(i):
        yield "earlier sentence"
        yield f"earlier/{parse.tokens[k].dep}/{bool(parse.subjects(i))}/{parse.tokens[i].pos}"
        yield f"earlier/{any(j < i for j in mentions)}"
        return
    low, high = (i, k) if i < k else (k, i)
    others = sum(low < j < high for j in mentions)
    verbs = parse.verbs[high] - parse.verbs[low + 1]
    yield f"order={order}/{parse.tokens[i].pos}"
    yield f"mentions between={order}/{min(others, 3)}"
    yield f"verbs between={order}/{min(verbs, 3)}"
    yield f"distance={order}/{min((high - low) // 3, 6)}"
    yield f"semicolon={parse.semicolons[high] > parse.semicolons[low + 1]}/{order}"
    yield f"only={len(mentions) == 1}/{order}"
    yield f"first={k == min(mentions, default=k)}/{order}"
