"""Scope: whether a figure tells of one incident, of a part of another figure, a running total, the same again, or what was not.

Every feature is a named string; what each is worth is learned (`models/figures/fit_figures.py`) and kept in JSON.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from typing import cast, get_args

from pipeline.figures.harms import Harm
from pipeline.figures.repeats import best_number, compatible, repeat_features
from pipeline.figures.setting import SPANS, Setting, Telling, lead_of, setting_of, tied_to
from pipeline.figures.signs import LONG_PAST, SHARED_OUT, signs_of
from pipeline.figures.syntax import Parse
from pipeline.figures.telling_features import telling_features
from pipeline.figures.words import FigureWords
from pipeline.tables import Date, Scope
from pipeline.tags import LEAST

MONTH = timedelta(days=31)
# Of 104 annotated tolls of a thousand dead and more none is of one incident.
THOUSAND = 1000
# How much the log of the tagger's chance counts beside the log-odds of the features. Cross-validated by entry over the tracker's own
# entries, 0.25 to 0.5 are alike. Learned like any feature it is trusted too much: in invented entries the tagger is right more often.
HEARD = 0.4
# What leaves a reader little doubt is not left to weights: "threatened to execute 12 hostages" tells of nobody dead.
SURE: dict[str, Scope] = {
    "wished": "not_actual",
    "denied outright": "not_actual",
    "part of the sentence before": "part",
    "summed over days": "cumulative",
}


def find_scopes(telling: Telling, words: FigureWords) -> list[Scope]:
    """Return the scope of each figure of an entry, in their order; each is judged knowing that of the one before.

    Where one paragraph tells all figures in one sentence, none is told again.
    """
    scopes: list[Scope] = []
    repeatable = _is_repeatable(telling)
    for k in range(len(telling.figures)):
        setting = setting_of(k, telling, words)
        signs = list(signs_of(setting, telling, words))
        sure = next((SURE[sign] for sign in signs if sign in SURE), None)
        features = _features(k, setting, signs, telling, words, scopes[-1] if scopes else None)
        barred = {"incident": _too_many(setting, telling.parse, words), "repeat": not repeatable}
        scopes.append(
            sure or cast("Scope", words.scope.best(features, {label for label, bar in barred.items() if bar}, _heard(setting, telling)))
        )
    return scopes


def _too_many(setting: Setting, parse: Parse, words: FigureWords) -> bool:
    """Tell whether so many are said to be killed that it cannot have been at a stroke: no disaster is told of beside it."""
    if setting.figure.kind != "killed" or best_number(setting.figure) < THOUSAND:
        return False
    return not any(token.pos in {"NOUN", "PROPN"} and parse.word(token.i) in words.disasters for token in setting.sentence)


def _is_repeatable(telling: Telling) -> bool:
    """Tell whether an entry has room to tell a figure twice: more than one paragraph, or figures in more than one sentence."""
    return "\n" in telling.entry.text or len({telling.parse.tokens[figure.mention.top].sentence for figure in telling.figures}) > 1


def scope_features(k: int, telling: Telling, words: FigureWords, before: Scope | None) -> list[str]:
    """Return what speaks for each scope of figure `k`, as named features; `before` is the scope of the figure told before."""
    setting = setting_of(k, telling, words)
    return _features(k, setting, list(signs_of(setting, telling, words)), telling, words, before)


def _features(k: int, setting: Setting, signs: Sequence[str], telling: Telling, words: FigureWords, before: Scope | None) -> list[str]:
    return [
        *(f"sign={sign}" for sign in signs),
        f"signs={len(signs) > 0}",
        *_own_features(setting, telling.parse),
        *_clause_features(setting, telling, words),
        *telling_features(setting, telling, words, signs),
        *repeat_features(k, telling, setting),
        *_neighbour_features(k, telling, before),
        *_window(telling, setting.figure),
        f"speaker={(telling.sources[k] or 'none').split()[-1].lower()}",
    ]


def _own_features(setting: Setting, parse: Parse) -> list[str]:
    mention, trigger, kind, place = setting.figure.mention, setting.figure.trigger, setting.figure.kind, setting.place
    count, size = mention.count, _size(setting.figure)
    return [
        f"kind={kind}",
        f"place={place}",
        f"place={place}|{kind}",
        f"implicit={count is None}",
        f"part={mention.part}",
        f"part={mention.part}|{place}",
        f"frame={trigger.frame.name}",
        f"word={parse.word(trigger.i)}",
        f"vague={count is not None and count.vague}|{place}",
        f"hedge={_open_side(setting.figure)}",
        f"size={size}|{kind}",
        f"size={size}|{place}",
        f"noun={parse.word(mention.noun)}",
        f"nature={mention.nature}",
        f"tag={parse.tokens[trigger.i].tag}",
    ]


def _open_side(figure: Harm) -> str:
    count = figure.mention.count
    if count is None:
        return "none"
    return "vague" if count.best is None else "low" if count.high is None else "high" if count.low is None else "exact"


def _size(figure: Harm) -> str:
    count = figure.mention.count
    return "none" if count is None else str(len(str(count.best if count.best is not None else count.low)))


def _clause_features(setting: Setting, telling: Telling, words: FigureWords) -> list[str]:
    """Return what the clause around a figure says: who did it, in what mood, with which cues and dates."""
    parse, tokens, figure = telling.parse, telling.parse.tokens, setting.figure
    subject = setting.subject
    plural = subject is not None and tokens[subject].tag in {"NNS", "NNPS"}
    aux = "_".join(parse.word(c) for c in parse.children[figure.trigger.i] if tokens[c].dep in {"aux", "auxpass", "neg"})
    days = [d for d in telling.dates if setting.sentence[0].start <= d.start <= figure.mention.end and d.precision == "day"]
    listed = min(sum(tied_to(date, figure, parse) for date in days), 3)
    return [
        f"subject={'none' if subject is None else parse.word(subject)}",
        f"plural={plural}|{setting.place}",
        f"plural={plural}|{len(days) > 0}|{setting.place}",
        f"aux={aux}",
        f"listed={listed}",
        f"listed={listed}|{len(SHARED_OUT & {t.text.lower() for t in setting.sentence})}",
        *(f"above={parse.word(i)}" for i in parse.ups(figure.trigger.i)[1:4]),
        *(f"near={cue}" for cue in sorted({parse.word(t.i) for t in setting.clause if t.dep != "date"} & words.scope_cues)),
        *(f"sentence={cue}" for cue in sorted({parse.word(t.i) for t in setting.sentence if t.dep != "date"} & words.scope_cues)),
        *(f"date={feature}" for date in setting.dates for feature in _date_features(date, figure, telling)),
    ]


def _date_features(found: Date, figure: Harm, telling: Telling) -> list[str]:
    """Return what a date of the clause is: how fine, after which word, tied to the harm word or not, and how long ago."""
    word = lead_of(telling.entry.text, found) or "none"
    tied, span, month = tied_to(found, figure, telling.parse), found.precision in SPANS, telling.entry.month
    out = [found.precision, f"{found.precision}|{word}", f"{word}|{span}|{tied}", f"{span}|{tied}"]
    if found.date_from is not None and found.date_to is not None and month is not None:
        age = (month - found.date_to).days
        when = "long past" if age > LONG_PAST else "last month" if age > 0 else "ahead" if found.date_from > month + MONTH else "now"
        out += [when, f"{when}|{span}", f"{when}|{tied}", f"{when}|{word}"]
    return out


def _neighbour_features(k: int, telling: Telling, before: Scope | None) -> list[str]:
    """Return how a figure stands to the one told before it: in its sentence, of its kind, and with which scope."""
    if not k:
        return ["previous=none"]
    figure, previous, parse = telling.figures[k], telling.figures[k - 1], telling.parse
    if parse.tokens[figure.mention.top].sentence != parse.tokens[previous.mention.top].sentence:
        return ["previous=other sentence"]
    clause = parse.roots[figure.trigger.i] == parse.roots[previous.trigger.i]
    return [
        f"previous={before}",
        f"previous={before}|{clause}|{figure.kind == previous.kind}",
        f"previous={before}|{figure.trigger.i == previous.trigger.i}",
        f"previous={compatible(figure, previous)}",
        f"part={figure.mention.part}|{figure.kind == previous.kind}",
        *_next_to_the_same(figure, previous),
    ]


def _next_to_the_same(figure: Harm, previous: Harm) -> list[str]:
    """Return how a number stands to the one before it where both tell the same harm: smaller by itself, as a part is, or not."""
    if figure.kind != previous.kind or figure.mention.count is None or previous.mention.count is None:
        return []
    smaller = best_number(figure) < best_number(previous)
    same, nature = figure.trigger.i == previous.trigger.i, figure.mention.nature
    return [f"smaller={smaller}|{same}|{nature}", f"smaller={smaller}|{same}|{previous.mention.nature}|{previous.mention.part}"]


def _window(telling: Telling, figure: Harm) -> list[str]:
    """Return the words right before and behind the figure that often tell a total or a plan."""
    tokens, parse = telling.parse.tokens, telling.parse
    first = next((t.i for t in tokens[max(0, figure.mention.top - 14) :] if t.end > figure.mention.start), figure.mention.top)
    last = max(figure.mention.noun, first)
    before = [parse.word(i) for i in range(max(0, first - 3), first) if tokens[i].dep != "date"]
    after = [parse.word(i) for i in range(last + 1, min(len(tokens), last + 5)) if tokens[i].dep != "date"]
    return [f"before={word}" for word in before] + [f"after={word}" for word in after]


def _heard(setting: Setting, telling: Telling) -> dict[str, float]:
    """Return what the tagger's chances of each scope add to its score; nothing where it hears no figure."""
    mention = setting.figure.mention
    said = telling.heard.over("scope", telling.parse.span(mention.start, mention.end))
    return {label: HEARD * math.log(max(said.get(label, 0.0), LEAST)) for label in get_args(Scope)} if said else {}
