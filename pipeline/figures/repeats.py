"""Repeats: which figures of an entry tell the same number of the same people again."""

from __future__ import annotations

from pipeline.figures.harms import Harm
from pipeline.figures.setting import Setting, Telling

# Characters within which a number told twice is told of two groups, not again; and from which another sentence is meant.
NEARBY, APART = 40, 60
CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
# A vague number is met by an exact one below this multiple: "dozens" by 26, not by 900.
WIDEST = 10


def compatible(one: Harm, other: Harm) -> str:
    """Return how two figures agree: "same" numbers, the same "best", one "within" what the other leaves open, both "named", or "no"."""
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
    return "within" if low is not None and best is not None and low <= best < WIDEST * low else "no"


def repeat_features(k: int, telling: Telling, setting: Setting) -> list[str]:
    """Return whether figures that agree with figure `k` stand above or below it, and what else their sentences share."""
    figure, place = setting.figure, setting.place
    told = figure.trigger.frame.slot == "noun" or telling.parse.tokens[figure.trigger.i].dep in {"pobj", "pcomp"}
    out = [f"sign={sign}" for sign in _echoes(k, telling, setting)]
    for name, others in (("earlier", telling.figures[:k]), ("later", telling.figures[k + 1 :])):
        found = {compatible(figure, other) for other in others if abs(other.mention.start - figure.mention.start) > APART} - {"no"}
        out += [f"{name}={how}|{place}" for how in sorted(found)] or [f"{name}=no|{place}"]
        out += [f"{name}={how}|{place}|{setting.dated}|{told}" for how in sorted(found)]
    out += _summary_features(k, telling, setting)
    out += _name_features(k, telling, setting) if figure.mention.count is None else []
    return [*out, f"shared={min(_shared_words(k, telling), 3)}|{place}|{figure.mention.count is None}"]


def _summary_features(k: int, telling: Telling, setting: Setting) -> list[str]:
    """Return whether a figure may sum up those told below it: how many of its kind follow, and whether it is as large as all of them."""
    figure = setting.figure
    below = [
        f
        for f in telling.figures[k + 1 :]
        if f.kind == figure.kind and f.mention.start - figure.mention.start > APART and not f.mention.part
    ]
    paragraph = [f for f in below if setting.place == "headline" or "\n" not in telling.entry.text[figure.mention.end : f.mention.start]]
    covers = bool(paragraph) and best_number(figure) >= sum(best_number(f) for f in paragraph)
    frame = f"{setting.place}|{setting.dated}"
    following = telling.entry.text[setting.sentence[-1].end :].lstrip().split(maxsplit=1)[:1]
    return [
        f"others={min(len(below), 3)}|{frame}",
        f"paragraph={min(len(paragraph), 3)}|{frame}",
        f"covers={covers}|{frame}",
        f"next={following[0].strip(',').lower() if following else 'end'}",
    ]


def _name_features(k: int, telling: Telling, setting: Setting) -> list[str]:
    """Return whether the same person or people, by a shared noun or name, are told of with the same harm above or below."""
    figure, own = setting.figure, _nouns(telling, k)
    out = []
    for side, ranks in (("earlier", range(k)), ("later", range(k + 1, len(telling.figures)))):
        same = any(compatible(figure, telling.figures[j]) == "named" and own & _nouns(telling, j) for j in ranks)
        out += [
            f"same person {side}={same}|{setting.place}",
            f"same person {side}={same}|{setting.dated}|{figure.trigger.frame.slot == 'noun'}",
        ]
    name = telling.parse.tokens[figure.mention.noun].text
    known = name[:1].isupper() and name in telling.entry.text[: figure.mention.start]
    return [*out, f"known={known}|{figure.trigger.frame.slot}|{setting.dated}"]


def _nouns(telling: Telling, k: int) -> frozenset[str]:
    """Return the nouns and names of a figure's own words, in lower case."""
    mention, parse = telling.figures[k].mention, telling.parse
    return frozenset(
        parse.tokens[i].text.lower() for i in parse.span(mention.start, mention.end) if parse.tokens[i].pos in {"NOUN", "PROPN"}
    )


def best_number(figure: Harm) -> int:
    """Return the best number of a figure, its lowest where none is best; 1 for people without one."""
    count = figure.mention.count
    return 1 if count is None else count.best if count.best is not None else count.low or 0


def _echoes(k: int, telling: Telling, setting: Setting) -> list[str]:
    """Return whether the same number of the same people comes again below, or stood above, and how near."""
    figure, text = setting.figure, telling.entry.text
    noun = telling.parse.word(figure.mention.noun)
    found = set()
    for j, other in enumerate(telling.figures):
        how = compatible(figure, other)
        if j == k or how not in {"same", "named", "best"} or abs(other.mention.start - figure.mention.start) < NEARBY:
            continue
        between = text[min(figure.mention.end, other.mention.end) : max(figure.mention.start, other.mention.start)]
        where = "below" if j > k else "above"
        agrees = noun == telling.parse.word(other.mention.noun) or "bare" in {figure.mention.nature, other.mention.nature}
        found.add(f"echo {where}|{how}|{agrees}|{setting.dated}|{setting.place}")
        if "\n" not in between and agrees and how != "named":
            found.add(f"echo {where} in paragraph|{setting.dated}")
    return sorted(found)


def _shared_words(k: int, telling: Telling) -> int:
    """Return how many content words the figure's sentence shares with that of the best agreeing figure elsewhere."""
    figures, tokens = telling.figures, telling.parse.tokens
    own, sentence = _content(telling, k), tokens[figures[k].mention.top].sentence
    agreeing = [
        j for j, other in enumerate(figures) if compatible(figures[k], other) != "no" and tokens[other.mention.top].sentence != sentence
    ]
    return max((len(own & _content(telling, j)) for j in agreeing), default=0)


def _content(telling: Telling, k: int) -> frozenset[str]:
    parse = telling.parse
    ranks = parse.same_sentence(telling.figures[k].mention.top)
    return frozenset(parse.word(i) for i in ranks if parse.tokens[i].pos in CONTENT and parse.tokens[i].dep != "date")
