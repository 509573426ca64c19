"""When an event happened: which date expressions of its sentence, or of the one before, belong to a trigger."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pipeline.events.linear import Linear
from pipeline.events.parse import lemma
from pipeline.events.scene import Scene
from pipeline.tables import Date
from pipeline.tags.heard import level

# Above this the best date is taken; below it the event has none. Set by hand; cross-validation on training entries is flat around it.
THRESHOLD = 0.45


# Dates, by the rank of their first word, of the events told so far, by the rank of their trigger.
Settled = Mapping[int, frozenset[int]]


@dataclass(frozen=True, slots=True)
class When:
    """A date of an event: the interval, the expression it was read from, and the rank of that expression's first word."""

    date: Date
    k: int
    date_from: dt.date | None
    date_to: dt.date | None


def date_event(scene: Scene, i: int, label: str, model: Linear, settled: Settled) -> list[When]:
    """Return the dates of the event of type `label` triggered by word `i`: one a date of a list, none where the text gives none.

    `settled` holds the dates of the events told before it in the entry.
    """
    ranks = date_candidates(scene, i)
    chances = model.column("yes", [date_features(scene, i, k, label, settled) for k in ranks])
    best = max(zip(ranks, chances, strict=True), key=lambda pair: (pair[1], -pair[0]), default=None)
    if best is None or best[1] < THRESHOLD:
        return []
    return [_when(scene.date_at[k], k) for k in _listed_with(scene, best[0])]


def date_candidates(scene: Scene, i: int) -> list[int]:
    """Return the first words of the dates of the trigger's sentence, or, if it has none, the last date told before it in the line."""
    inside = scene.dates_beside(i)
    if inside:
        return list(inside)
    before = [k for k in scene.date_at if k < i and scene.parse.lines[k] == scene.parse.lines[i]]
    return [max(before)] if before else []


def date_features(scene: Scene, i: int, k: int, label: str, settled: Settled) -> list[str]:
    """Return what ties the date at word `k` to the trigger `i`, or speaks against it."""
    return [*_where(scene, i, k), *_tie(scene, i, k), *_what(scene, i, k, label), *_inherited(scene, i, k, settled), *_tagged(scene, i, k)]


def _tagged(scene: Scene, i: int, k: int) -> Iterator[str]:
    """Yield how likely the tagger holds it for the event's date, by itself and among the others."""
    own = scene.heard.role("date", i, scene.words_of(scene.date_at[k]))
    rivals = [scene.heard.role("date", i, scene.words_of(scene.date_at[j])) for j in date_candidates(scene, i) if j != k]
    strength, others = level(own), max(rivals, default=0.0)
    yield f"tag={strength}"
    yield f"tag={strength}/{level(others)}"
    yield f"tag likeliest={own > others}/{strength > 1}"


def _inherited(scene: Scene, i: int, k: int, settled: Settled) -> Iterator[str]:
    """Yield whether the events told before, and the one that governs this, have the date: clauses hand their date on."""
    parse = scene.parse
    token = parse.tokens[i]
    before = [j for j in settled if j < i and parse.lines[j] == parse.lines[i]]
    if before:
        last = max(before)
        near = parse.tokens[last].sentence == token.sentence
        yield f"last event={_holds(settled[last], k)}/{near}"
        yield f"last event={_holds(settled[last], k)}/{near}/{token.dep}"
        yield f"last event={_holds(settled[last], k)}/{near}/{token.tag}/{'before' if k < last else 'between' if k < i else 'after'}"
    over = next((j for j in parse.up(i) if j in settled), None)
    if over is not None:
        yield f"event over={_holds(settled[over], k)}/{token.dep}"
        yield f"event over={_holds(settled[over], k)}/{over == token.head}"
    taken = [j for j in before if k in settled[j] and parse.tokens[j].sentence == token.sentence]
    yield f"taken={min(len(taken), 2)}"


def _holds(dates: frozenset[int], k: int) -> str:
    return "this" if k in dates else "another" if dates else "none"


def _where(scene: Scene, i: int, k: int) -> Iterator[str]:
    parse = scene.parse
    order = "before" if k < i else "after"
    yield f"order={order}"
    if k not in parse.sentence(i):
        yield "earlier sentence"
        yield f"sentences back={min(parse.tokens[i].sentence - parse.tokens[k].sentence, 3)}"
        opening = parse.tokens[parse.sentence(i).start]
        yield f"opening={opening.text.lower()}"
        yield f"opening pos={opening.pos}"
        yield from (f"earlier, beside={lemma(parse, j)}" for j in parse.under(i, "advmod", "prep"))
        yield from (f"earlier, subject={lemma(parse, j)}" for j in parse.subjects(i))
        told = {actor.actor_id for j in parse.subjects(scene.anchor_of[k]) if (actor := scene.actor_at.get(j))}
        mine = {actor.actor_id for j in parse.subjects(i) if (actor := scene.actor_at.get(j))}
        yield f"earlier, same subject={bool(told & mine)}/{bool(mine)}"
        yield f"earlier, rank={i - parse.sentence(i).start < 6}/{parse.tokens[i].pos}"
        return
    low, high = sorted((i, k))
    between = [token.text for token in parse.tokens[low + 1 : high]]
    dates = scene.dates_beside(i)
    yield f"between={order}/{min(bisect_left(dates, high) - bisect_right(dates, low), 3)}"
    yield f"verbs between={order}/{min(parse.verbs[high] - parse.verbs[low + 1], 4)}"
    yield f"distance={order}/{min((high - low) // 3, 7)}"
    yield f"semicolons={order}/{min(between.count(';'), 2)}"
    yield f"brackets={sum(map(between.count, ('(', ')', '()'))) % 2}"
    yield f"commas={order}/{min(between.count(','), 3)}"
    yield f"only={len(dates) == 1}/{order}"
    if k < i:
        yield f"nearest before={k == max(j for j in dates if j < i)}"
        yield f"first={k == dates[0]}"
    else:
        yield f"nearest after={k == min(j for j in dates if j > i)}/{any(j < i for j in dates)}"


def _tie(scene: Scene, i: int, k: int) -> Iterator[str]:
    parse = scene.parse
    token = parse.tokens[k]
    lifted = token.dep == "date"
    anchor = scene.anchor_of[k]
    yield f"lifted={lifted}"
    if not lifted and k > 0:
        yield f"held by={parse.tokens[k - 1].text.lower()}/{'before' if k < i else 'after'}"
    own = any(scene.anchor_of[j] == i for j in scene.dates_beside(i) if j != k)
    yield f"own={anchor == i}/{own}"
    yield f"anchor pos={parse.tokens[anchor].pos}/{parse.tokens[i].pos}"
    tie = parse.path(i, anchor)
    if tie is None:
        yield "no path"
        return
    climbed, down = tie
    yield f"path={'<'.join(climbed)}>{'>'.join(down)}"
    yield f"steps={len(climbed)}/{len(down)}/{lifted}"
    order = "before" if k < i else "after"
    nearest = not any(min(i, k) < j < max(i, k) for j in scene.dates_beside(k))
    yield f"steps={len(climbed)}/{len(down)}/{order}/{nearest}/{parse.tokens[i].tag}"
    yield f"climbed={'<'.join(climbed)}/{order}/{nearest}"
    yield f"anchor={lemma(parse, anchor)}/{order}/{nearest}"
    for dep in climbed:
        yield f"climbs={dep}"
    for dep in down:
        yield f"goes down={dep}"
    if climbed:
        yield f"last climbed={climbed[-1]}/{len(down)}"
    if not down:
        yield f"governed by anchor={lemma(parse, anchor)}"
    for j in parse.up(i)[:2]:
        if parse.tokens[j].pos in {"ADP", "SCONJ"}:
            yield f"trigger under={lemma(parse, j)}/{anchor == i}"
    for j in parse.under(i, "mark"):
        yield f"trigger marked={lemma(parse, j)}/{anchor == i}"


def _what(scene: Scene, i: int, k: int, label: str) -> Iterator[str]:
    token = scene.parse.tokens[i]
    date = scene.date_at[k]
    yield "bias"
    yield f"precision={date.precision}"
    yield f"precision={date.precision}/{token.pos}"
    yield f"relation={date.relation}"
    yield f"label={label}"
    yield f"word={lemma(scene.parse, i)}"
    yield f"label={label}/{scene.anchor_of[k] == i}"
    yield from (f"beside={lemma(scene.parse, j)}" for j in scene.parse.under(i, "advmod", "amod", "det"))
    yield f"pos={token.pos}/{token.dep}"
    yield f"tag={token.tag}"
    yield f"last line={scene.parse.lines[i] == scene.parse.lines[-1]}"
    month = scene.entry.month
    if month and date.date_from:
        gap = (date.date_from.year - month.year) * 12 + date.date_from.month - month.month
        yield f"months off={max(-3, min(gap, 3))}"
        yield f"months off={max(-3, min(gap, 3))}/{token.tag}"


def _listed_with(scene: Scene, k: int) -> list[int]:
    """Return the dates of the list that the date at word `k` is in ("7, 17 Feb"), itself included."""
    order = scene.dates_beside(k)
    at = order.index(k)
    first = last = at
    while first > 0 and _joined(scene, order[first - 1], order[first]):
        first -= 1
    while last + 1 < len(order) and _joined(scene, order[last], order[last + 1]):
        last += 1
    return list(order[first : last + 1])


def _joined(scene: Scene, a: int, b: int) -> bool:
    words = scene.entry.text[scene.date_at[a].end : scene.date_at[b].start].split()
    same = scene.parse.tokens[a].dep == scene.parse.tokens[b].dep
    return same and 0 < len(words) <= 2 and set(words) <= {",", "and", "&"}


def _when(date: Date, k: int) -> When:
    # "since 30 Jan": begun then, and the text does not say that it ended; "until", "by", "before" set an end alone.
    if date.relation == "since":
        return When(date, k, date.date_from, None)
    return When(date, k, date.date_from, date.date_to)
