"""Linking: which harm word of a sentence a mention is the victim of, by what the parse and the words between them show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.casualties.mentions import Mention
from pipeline.casualties.syntax import Parse
from pipeline.casualties.triggers import Trigger
from pipeline.casualties.words import CasualtyWords

# The ways from a victim to a harm word that make it fill the word's slot. Coordination ("conj") and apposition are passed over first.
FILLS = {
    "object": frozenset(
        {"dobj", "nsubjpass", "pobj>of", "<acl", "<amod", "<relcl", "pobj>include>dobj", "dobj<xcomp", "dobj<ccomp", "pobj>among"}
    ),
    "subject": frozenset({"nsubj", "nsubj<xcomp", "nsubj<advcl", "dobj<xcomp", "pobj>of", "<acl", "<relcl"}),
    "state": frozenset(
        {"", "dobj", "dobj<oprd", "<amod", "<acl", "nsubj", "nsubjpass", "nsubj<acomp", "nsubjpass<oprd", "nsubj<oprd", "dobj<advcl"}
    ),
    "noun": frozenset({"", "pobj>of", "pobj>for", "poss", "<amod", "<compound", "pobj>include", "compound", "nummod"}),
    "total": frozenset({"", "dobj<oprd", "<amod", "pobj>at<dobj", "pobj>to<dobj", "nsubj", "nsubjpass<oprd", "pobj>of"}),
}
PASSED_OVER = frozenset({"conj", "appos"})
BETWEEN = 25


@dataclass(frozen=True, slots=True)
class Pair:
    """A mention and a harm word of the same sentence."""

    mention: Mention
    trigger: Trigger


def simplify(path: str) -> str:
    """Return a path without the steps through coordination and apposition that victims share a verb by."""
    steps = path.split("<")
    up = [step for step in steps[0].split(">") if step and step not in PASSED_OVER]
    return "<".join([">".join(up), *steps[1:]])


def fills_slot(path: str, trigger: Trigger) -> bool:
    """Tell whether a path from a victim to a harm word is one by which it fills the word's slot."""
    return simplify(path) in FILLS[trigger.frame.slot]


def pair_features(
    k: int, mentions: Sequence[Mention], trigger: Trigger, triggers: Sequence[Trigger], parse: Parse, words: CasualtyWords
) -> list[str]:
    """Return what speaks for and against mention `k` of a sentence being the victim of a harm word, as named features."""
    mention = mentions[k]
    tokens = parse.tokens
    frame = trigger.frame.name
    slot = trigger.frame.slot
    tag = tokens[trigger.i].tag
    path = parse.path(mention.top, trigger.i)
    short = simplify(path)
    first = min(mention.top, mention.noun)
    number_at = next((t.i for t in tokens[max(0, first - 14) : mention.noun + 1] if t.end > mention.start), first)
    right = number_at > trigger.i
    left_end, right_start = (trigger.i, number_at) if right else (max(mention.noun, number_at), trigger.i)
    between = [t for t in tokens[left_end + 1 : right_start] if t.dep != "date"]
    rivals = [t for t in triggers if left_end < t.i < right_start and t.i != trigger.i]
    same = [t for t in rivals if t.kind == trigger.kind]
    fill = fills_slot(path, trigger)
    ties = [t for t in triggers if t.i != trigger.i and t.kind != trigger.kind and fills_slot(parse.path(mention.top, t.i), t)]
    counts = [m for m in mentions if m is not mention and left_end < m.top < right_start]
    verbs = sum(t.pos == "VERB" for t in between)
    commas = sum(t.text in {",", "–", "(", ")"} for t in between)
    before = _before(parse, number_at)
    after = (
        tokens[mention.noun + 1].lemma.lower()
        if mention.noun + 1 < len(tokens) and tokens[mention.noun + 1].pos in {"ADP", "PART", "PUNCT", "AUX"}
        else ""
    )
    gap = (
        "_".join(t.lemma.lower() if t.pos in {"ADP", "CCONJ", "PUNCT", "AUX", "PART", "SCONJ"} else t.pos for t in between)
        if len(between) <= 4
        else "long"
    )
    side = "R" if right else "L"
    sure = not trigger.frame.loose
    out = [
        f"sure={sure}|{fill}",
        f"sure={sure}|{trigger.kind}|{mention.nature}|{fill}",
        f"sure={sure}|{trigger.kind}|{slot}|{fill}", f"frame={frame}", f"word={frame}|{parse.word(trigger.i)}", f"slot={slot}|{tag}", f"path={slot}|{path}", f"short={slot}|{short}",
        f"short={slot}|{tag[:3]}|{short}", f"fill={fill}|{slot}", f"fill={fill}", f"fill={fill}|{side}|{mention.nature}", f"ties={len(ties) > 0}|{fill}", f"side={side}|{slot}|{tag}",
        f"near={side}|{slot}|{min(len(between), 8)}", f"rivals={min(len(rivals), 3)}|{side}", f"same={min(len(same), 2)}|{fill}", f"counts={min(len(counts), 3)}|{side}",
        f"verbs={min(verbs, 3)}|{side}|{slot}", f"commas={min(commas, 3)}", f"nature={mention.nature}|{slot}", f"nature={mention.nature}|{frame}", f"before={before}|{side}",
        f"before={before}|{slot}", f"after={after}|{side}|{slot}", f"gap={side}|{slot}|{gap}", f"gap={side}|{gap}", f"semicolon={any(t.text == ';' for t in between)}|{slot}", f"same_tree={path != 'none'}",
        f"noun={parse.word(mention.noun)}|{trigger.kind}", f"self={mention.noun == trigger.i or mention.top == trigger.i}|{slot}", f"dep={tokens[mention.top].dep}|{slot}",
        f"zero={mention.count is not None and mention.count.best == 0}|{slot}|{fill}",
    ]  # fmt: skip
    group = words.group_of.get(parse.word(mention.noun), mention.nature)
    governor = next((i for i in parse.ups(mention.top)[1:] if tokens[i].pos in {"VERB", "AUX"}), None)
    governed = "none" if governor is None else "self" if governor == trigger.i else parse.word(governor)
    out += [
        f"group={group}|{trigger.kind}",
        f"group={group}|{frame}|{fill}",
        f"verb={governed}|{slot}",
        f"verb={governed}|{trigger.kind}|{tokens[mention.top].dep}",
        f"word={parse.word(trigger.i)}|{short}",
    ]
    out += [
        f"vague={mention.count is not None and mention.count.vague}|{trigger.kind}",
        f"hedged={mention.count is not None and mention.count.hedge is not None}",
        f"size={_size(mention)}|{trigger.kind}",
    ]
    out += [f"mid={t.lemma.lower()}|{slot}" for t in between[:10] if t.pos in {"VERB", "ADP", "SCONJ", "ADJ"}]
    if k:
        before_path = parse.path(mentions[k - 1].top, trigger.i)
        out.append(f"previous={fills_slot(before_path, trigger)}|{len(rivals)}|{before}")
    out.append(f"len={min(len(trigger.frame.words), 2)}|{frame}|{fill}")
    return out


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
    return token.text.lower() if token.pos in {"ADP", "CCONJ", "PUNCT", "AUX", "PART", "SCONJ"} or token.text == "including" else token.pos


def named_features(mention: Mention, trigger: Trigger, triggers: Sequence[Trigger], parse: Parse, words: CasualtyWords) -> list[str]:
    """Return the features of a pair whose mention has no number: few and coarse, for few are annotated."""
    tokens = parse.tokens
    token = tokens[mention.noun]
    slot, kind = trigger.frame.slot, trigger.kind
    path = simplify(parse.path(mention.top, trigger.i))
    fill = path in FILLS[slot]
    strength = "many" if len(trigger.frame.words) > 1 else parse.word(trigger.i)
    article = next(
        (
            parse.word(c)
            for c in parse.children[mention.noun]
            if tokens[c].dep in {"det", "predet", "poss"} and tokens[c].tag in {"DT", "PRP$"}
        ),
        "none",
    )
    person = token.ent_type == "PERSON" or tokens[trigger.i].sentence != token.sentence
    looks = f"{'plural' if token.tag in {'NNS', 'NNPS'} else 'name' if person else 'proper' if token.pos == 'PROPN' else 'one'}|{mention.nature}"
    low, high = sorted((mention.top, trigger.i))
    rivals = sum(low < t.i < high for t in triggers)
    better = any(t.i != trigger.i and t.kind != kind and fills_slot(parse.path(mention.top, t.i), t) for t in triggers)
    dated = any(t.dep == "date" and t.head == trigger.i for t in tokens[max(0, trigger.i - 8) : trigger.i + 8])
    counted = any(tokens[c].dep == "nummod" for i in range(low, high) for c in parse.children[i])
    modal = _modality(parse, trigger.i)
    sure = not trigger.frame.loose
    gap = min(high - low, 6)
    group = words.group_of.get(parse.word(mention.noun), mention.nature)
    return [
        f"sure={sure}|{fill}|{mention.nature}", f"sure={sure}|{fill}|{slot}|{looks}", f"sure={sure}|{fill}|{kind}", f"fill={fill}|{slot}", f"fill={fill}|{kind}|{slot}", f"path={path}|{slot}", f"path={path}|{slot}|{tokens[trigger.i].tag}", f"word={strength}|{fill}", f"word={strength}|{kind}|{looks}|{fill}",
        f"looks={looks}|{fill}", f"looks={looks}|{kind}|{fill}", f"looks={looks}|{slot}|{fill}", f"article={article}|{fill}", f"gap={gap}|{fill}", f"gap={gap}|{slot}|{mention.top > trigger.i}|{fill}",
        f"rivals={min(rivals, 2)}|{fill}", f"better={better}|{fill}", f"dated={dated}|{fill}|{kind}", f"dated={dated}|{fill}", f"counted={counted}|{fill}", f"modal={modal}|{fill}", f"group={group}|{kind}|{fill}",
        f"group={group}|{fill}", f"adjacent={high - low == 1}|{slot}|{looks}", f"first={token.sentence == 0}|{fill}", f"part={mention.part}|{fill}", f"dep={token.dep}|{fill}",
    ]  # fmt: skip


def _modality(parse: Parse, i: int) -> str:
    """Return what stands over a harm word: a modal, a negation, the verb it is the object of ("threatened to arrest")."""
    children = [
        parse.word(c) for c in parse.children[i] if parse.tokens[c].dep in {"aux", "neg"} and parse.tokens[c].tag in {"MD", "TO", "RB"}
    ]
    above = parse.tokens[i].head
    over = parse.word(above) if above != i and parse.tokens[i].dep in {"xcomp", "ccomp", "dobj", "pcomp", "pobj", "advcl"} else "none"
    return f"{'_'.join(children)}|{over}" if children else over
