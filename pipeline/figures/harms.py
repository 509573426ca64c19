"""Figures: mentions tied to what was done to them, with and without a written number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.figures.counted_features import pair_features
from pipeline.figures.linking import is_objectless, simplify, within_reach
from pipeline.figures.mentions import Mention, refers_back
from pipeline.figures.named_features import named_features
from pipeline.figures.sentences import Sentence
from pipeline.figures.syntax import Parse
from pipeline.figures.triggers import Trigger
from pipeline.figures.words import FigureWords
from pipeline.tables import HarmKind

# Log-odds from which a pair is taken. From -1.5 to -0.9 the cross-validated F1 of figures without a number is flat (.817 to .827, less than
# another shuffle of the folds moves it).
THRESHOLD = 0.0
NAMED_THRESHOLD = -1.3
# Characters behind a mention that may still say of whom it is a part: "seven of victims".
TOLD = 30
# By these ways "no one" hangs on a harm word: "no one was hurt"; and as a subject where there is no object ("no soldiers killed").
SUFFERED = frozenset({"nsubjpass", "nsubjpass<acomp", "nsubj<acomp"})
# A person without a number is seldom told of twice in a sentence: a second kind must be this sure.
SECOND_KIND = 1.0


@dataclass(frozen=True, slots=True)
class Harm:
    """People counted or named, what was done to them, and the word that says so."""

    mention: Mention
    kind: HarmKind
    trigger: Trigger


def link_sentences(sentences: Mapping[int, Sentence], parse: Parse, words: FigureWords) -> list[Harm]:
    """Return the figures of an entry's sentences, given by rank, in reading order."""
    figures: list[Harm] = []
    last: tuple[int, list[Harm]] = (0, [])
    for rank, sentence in sentences.items():
        found = link_sentence(sentence, last[1] if last[0] == rank - 1 else [], parse, words)
        figures.extend(found)
        last = rank, found
    return figures


def link_sentence(sentence: Sentence, before: Sequence[Harm], parse: Parse, words: FigureWords) -> list[Harm]:
    """Return the figures of a sentence in reading order; `before` are those of the sentence before."""
    figures: list[Harm] = []
    people = sentence.people
    for k, mention in enumerate(sentence.counted):
        if mention.count is not None and mention.count.best == 0:
            own = _none_harmed(mention, sentence.triggers, parse)
        else:
            open_to = sentence.open_to(mention, people, parse, words)
            own = _choose([(t, words.counted.score("yes", pair_features(k, sentence, t, parse, words))) for t in open_to], THRESHOLD)
        if len(own) > 1:
            others = [other for other in sentence.counted if other is not mention]
            own = {kind: t for kind, t in own.items() if not any(_counts(other, t, parse) for other in others)} or own
        figures.extend(_with_parent(mention, own, _whole(mention, figures, before, sentence, parse), parse))
    told = list(figures)
    for mention in sentence.named:
        pairs = [
            (t, words.named.score("yes", named_features(mention, t, sentence, parse, words)))
            for t in sentence.open_to(mention, people, parse, words)
            if within_reach(mention.top, t, parse)
        ]
        own = _choose(pairs, NAMED_THRESHOLD, SECOND_KIND)
        earlier = [f for f in told if f.mention.end <= mention.start]
        figures.extend(_with_parent(mention, own, _whole(mention, earlier, before, sentence, parse), parse))
    return sorted(figures, key=lambda f: (f.mention.start, f.mention.end, f.kind))


def _counts(mention: Mention, trigger: Trigger, parse: Parse) -> bool:
    """Tell whether a harm noun has its victims by "of": "death of 20 people and arrest of 32 others" tells of no death of the 32."""
    return trigger.frame.slot == "noun" and parse.path(mention.top, trigger.i) in ("pobj>of", "nummod>pobj>of")


def _none_harmed(mention: Mention, triggers: Sequence[Trigger], parse: Parse) -> dict[HarmKind, Trigger]:
    """Return the harm that "no" denies: "no casualties", where the noun itself is the harm word, and "no one was hurt"."""
    return {
        trigger.kind: trigger
        for trigger in triggers
        if not trigger.frame.loose and (trigger.i == mention.noun if trigger.frame.slot == "noun" else _suffers(mention, trigger, parse))
    }


def _suffers(mention: Mention, trigger: Trigger, parse: Parse) -> bool:
    path = simplify(parse.path(mention.top, trigger.i))
    return path in SUFFERED or (path == "nsubj" and (trigger.frame.slot == "subject" or is_objectless(trigger, parse)))


def _whole(mention: Mention, told: Sequence[Harm], before: Sequence[Harm], sentence: Sentence, parse: Parse) -> Sequence[Harm]:
    """Return the figures that a mention may be a part of, none where it is no part.

    Those told in its sentence; else those of the one before, if this one speaks of the people harmed there by the time it tells of them.
    """
    if not mention.part:
        return ()
    if told:
        return told
    start = parse.tokens[parse.same_sentence(mention.top).start].start
    return before if before and refers_back(sentence.entry.text[start : mention.end + TOLD]) else ()


def _choose(pairs: Sequence[tuple[Trigger, float]], threshold: float, second: float | None = None) -> dict[HarmKind, Trigger]:
    """Return the kinds whose best harm word scores above the threshold; one word is taken in one sense only."""
    senses: dict[int, tuple[float, Trigger]] = {}
    for trigger, score in pairs:
        if trigger.i not in senses or score > senses[trigger.i][0]:
            senses[trigger.i] = (score, trigger)
    chosen: dict[HarmKind, Trigger] = {}
    for score, trigger in sorted(senses.values(), key=lambda pair: (-pair[0], pair[1].i)):
        if score > (second if chosen and second is not None else threshold):
            chosen.setdefault(trigger.kind, trigger)
    return chosen


def _with_parent(mention: Mention, own: Mapping[HarmKind, Trigger], whole: Sequence[Harm], parse: Parse) -> Iterator[Harm]:
    """Yield a mention's figures; a part of others was done what they were done, unless its own clause says otherwise.

    Its own clause does where a harm word stands behind it ("of whom four were freed") or has it for its object ("freed four of them").
    """
    parents = [f for f in whole if f.mention.end <= mention.start and f.mention.start == whole[-1].mention.start]
    if parents and not any(t.i > mention.noun or parse.path(mention.top, t.i) == "dobj" for t in own.values()):
        for parent in parents:
            yield Harm(mention, parent.kind, parent.trigger)
    else:
        for kind, trigger in own.items():
            yield Harm(mention, kind, trigger)
