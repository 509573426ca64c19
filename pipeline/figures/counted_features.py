"""What speaks for and against a counted mention being the victim of a harm word, as named features."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.figures.linking import fills_slot, is_objectless, simplify
from pipeline.figures.mentions import Mention
from pipeline.figures.sentences import Sentence
from pipeline.figures.syntax import Parse
from pipeline.figures.triggers import Trigger
from pipeline.figures.words import FigureWords
from pipeline.tables import Token

FUNCTION = frozenset({"ADP", "CCONJ", "PUNCT", "AUX", "PART", "SCONJ"})
# Tokens back from a noun among which its number is looked for; words between that are looked at one by one.
REACH_BACK = 14
LOOKED_AT = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """A mention and a harm word of one sentence, with what lies between them."""

    mention: Mention
    trigger: Trigger
    parse: Parse
    number_at: int
    right: bool
    between: Sequence[Token]
    path: str
    short: str
    fill: bool

    @property
    def slot(self) -> str:
        """The slot the harm word's victims stand in."""
        return self.trigger.frame.slot

    @property
    def side(self) -> str:
        """R where the mention stands behind the harm word, L where before it."""
        return "R" if self.right else "L"

    @property
    def limits(self) -> tuple[int, int]:
        """The ranks of the two words that the others stand between."""
        if self.right:
            return self.trigger.i, self.number_at
        return max(self.mention.noun, self.number_at), self.trigger.i


def pair_features(k: int, sentence: Sentence, trigger: Trigger, parse: Parse, words: FigureWords) -> list[str]:
    """Return what speaks for and against counted mention `k` of a sentence being the victim of a harm word."""
    mentions, triggers = sentence.counted, sentence.triggers
    pair = _pair(mentions[k], trigger, parse)
    rivals = _rivals(pair, triggers)
    out = [
        *_word_features(pair),
        *_path_features(pair, rivals, _tied(mentions[k].top, sentence, parse)),
        *_people_features(pair, words),
        *_surface_features(pair, mentions, rivals),
    ]
    if k:
        before = parse.path(mentions[k - 1].top, trigger.i)
        out.append(f"previous={fills_slot(before, trigger)}|{len(rivals)}|{_before(parse, pair.number_at)}")
    return out


def _pair(mention: Mention, trigger: Trigger, parse: Parse) -> Pair:
    tokens = parse.tokens
    first = min(mention.top, mention.noun)
    window = tokens[max(0, first - REACH_BACK) : mention.noun + 1]
    number_at = next((token.i for token in window if token.end > mention.start), first)
    path = parse.path(mention.top, trigger.i)
    pair = Pair(mention, trigger, parse, number_at, number_at > trigger.i, (), path, simplify(path), fills_slot(path, trigger))
    return Pair(mention, trigger, parse, number_at, pair.right, parse.between(*pair.limits), path, pair.short, pair.fill)


def _rivals(pair: Pair, triggers: Sequence[Trigger]) -> Sequence[Trigger]:
    """Return the harm words between the two; `triggers` are in reading order, and neither end is one of those returned."""
    low, high = pair.limits
    return triggers[bisect_right(triggers, low, key=_rank) : bisect_left(triggers, high, key=_rank)]


def _rank(trigger: Trigger) -> int:
    return trigger.i


def _tied(top: int, sentence: Sentence, parse: Parse) -> Sequence[Trigger]:
    """Return the harm words of the sentence whose slot a mention fills, looked for once a mention."""
    known = sentence.tied.get(top)
    if known is None:
        known = sentence.tied[top] = [t for t in sentence.triggers if fills_slot(parse.path(top, t.i), t)]
    return known


def _count(most: int, found: Iterable[bool]) -> int:
    """Return how many of them are true, as far as `most`: a long sentence is read no further than that."""
    return sum(islice(filter(None, found), most))


def _word_features(pair: Pair) -> list[str]:
    """Return which harm word it is, and whether it speaks of people with any object."""
    frame, slot = pair.trigger.frame, pair.slot
    sure, kind, word = not frame.loose, pair.trigger.kind, pair.parse.word(pair.trigger.i)
    tag = pair.parse.tokens[pair.trigger.i].tag
    return [
        f"sure={sure}|{pair.fill}",
        f"sure={sure}|{kind}|{pair.mention.nature}|{pair.fill}",
        f"sure={sure}|{kind}|{slot}|{pair.fill}",
        f"frame={frame.name}",
        f"word={frame.name}|{word}",
        f"word={word}|{pair.short}",
        f"slot={slot}|{tag}",
        f"len={min(len(frame.words), 2)}|{frame.name}|{pair.fill}",
    ]


def _path_features(pair: Pair, rivals: Sequence[Trigger], tied: Sequence[Trigger]) -> list[str]:
    """Return how the mention hangs on the harm word, and whether it hangs on another kind's as well."""
    slot, fill, tokens = pair.slot, pair.fill, pair.parse.tokens
    tag = tokens[pair.trigger.i].tag
    ties = any(t.i != pair.trigger.i and t.kind != pair.trigger.kind for t in tied)
    return [
        f"path={slot}|{pair.path}",
        f"short={slot}|{pair.short}",
        f"short={slot}|{tag[:3]}|{pair.short}",
        f"fill={fill}|{slot}",
        f"fill={fill}",
        f"fill={fill}|{pair.side}|{pair.mention.nature}",
        f"ties={ties}|{fill}",
        f"same_tree={pair.path != 'none'}",
        f"objectless={is_objectless(pair.trigger, pair.parse)}|{slot}|{pair.short}|{not pair.trigger.frame.loose}",
        f"same={_count(2, (t.kind == pair.trigger.kind for t in rivals))}|{fill}",
        f"self={pair.trigger.i in {pair.mention.noun, pair.mention.top}}|{slot}",
        f"dep={tokens[pair.mention.top].dep}|{slot}",
    ]


def _people_features(pair: Pair, words: FigureWords) -> list[str]:
    """Return who is counted, how many, and which verb governs them."""
    mention, parse, slot, kind = pair.mention, pair.parse, pair.slot, pair.trigger.kind
    group = words.group_of.get(parse.word(mention.noun), mention.nature)
    governor = next((i for i in parse.ups(mention.top)[1:] if parse.tokens[i].pos in {"VERB", "AUX"}), None)
    verb = "none" if governor is None else "self" if governor == pair.trigger.i else parse.word(governor)
    count = mention.count
    return [
        f"nature={mention.nature}|{slot}",
        f"nature={mention.nature}|{pair.trigger.frame.name}",
        f"noun={parse.word(mention.noun)}|{kind}",
        f"group={group}|{kind}",
        f"group={group}|{pair.trigger.frame.name}|{pair.fill}",
        f"verb={verb}|{slot}",
        f"verb={verb}|{kind}|{parse.tokens[mention.top].dep}",
        f"vague={count is not None and count.vague}|{kind}",
        f"hedged={count is not None and count.hedge is not None}",
        f"size={_size(mention)}|{kind}",
        f"zero={count is not None and count.best == 0}|{slot}|{pair.fill}",
    ]


def _surface_features(pair: Pair, mentions: Sequence[Mention], rivals: Sequence[Trigger]) -> list[str]:
    """Return what stands between the two, before the number and behind its noun."""
    parse, slot, side, between = pair.parse, pair.slot, pair.side, pair.between
    low, high = pair.limits
    before = _before(parse, pair.number_at)
    follower = parse.tokens[pair.mention.noun + 1] if pair.mention.noun + 1 < len(parse.tokens) else None
    after = follower.lemma.lower() if follower is not None and follower.pos in {"ADP", "PART", "PUNCT", "AUX"} else ""
    gap = "_".join(t.lemma.lower() if t.pos in FUNCTION else t.pos for t in between) if len(between) <= 4 else "long"
    counts = _count(3, (m is not pair.mention and low < m.top < high for m in mentions))
    verbs = _count(3, (t.pos == "VERB" for t in between))
    commas = _count(3, (t.text in {",", "–", "(", ")"} for t in between))
    return [
        f"side={side}|{slot}|{parse.tokens[pair.trigger.i].tag}",
        f"near={side}|{slot}|{min(len(between), 8)}",
        f"rivals={min(len(rivals), 3)}|{side}",
        f"counts={counts}|{side}",
        f"verbs={verbs}|{side}|{slot}",
        f"commas={commas}",
        f"semicolon={any(t.text == ';' for t in between)}|{slot}",
        f"before={before}|{side}",
        f"before={before}|{slot}",
        f"after={after}|{side}|{slot}",
        f"gap={side}|{slot}|{gap}",
        f"gap={side}|{gap}",
        *(f"mid={t.lemma.lower()}|{slot}" for t in between[:LOOKED_AT] if t.pos in {"VERB", "ADP", "SCONJ", "ADJ"}),
    ]


def _size(mention: Mention) -> str:
    """Return the order of magnitude of a mention's number."""
    if mention.count is None:
        return "none"
    return str(len(str(mention.count.best if mention.count.best is not None else mention.count.low)))


def _before(parse: Parse, i: int) -> str:
    """Return the word before a number's phrase, dates and articles passed over: a function word, or its part of speech."""
    k = i - 1
    while k >= 0 and (parse.tokens[k].dep == "date" or parse.tokens[k].tag == "DT"):
        k -= 1
    if k < 0 or parse.tokens[k].sentence != parse.tokens[i].sentence:
        return "start"
    token = parse.tokens[k]
    return token.text.lower() if token.pos in FUNCTION or token.text == "including" else token.pos
