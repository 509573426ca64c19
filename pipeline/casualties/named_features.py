"""What speaks for and against people named without a number being the victims of a harm word: few and coarse features, for few are annotated."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.casualties.linking import FILLS, fills_slot, is_objectless, simplify
from pipeline.casualties.mentions import Mention
from pipeline.casualties.syntax import Parse
from pipeline.casualties.triggers import Trigger
from pipeline.casualties.words import CasualtyWords


def named_features(mention: Mention, trigger: Trigger, triggers: Sequence[Trigger], parse: Parse, words: CasualtyWords) -> list[str]:
    """Return the features of a pair whose mention has no number: few and coarse, for few are annotated."""
    path = simplify(parse.path(mention.top, trigger.i))
    fill = path in FILLS[trigger.frame.slot]
    return [
        *(f"{name}|{fill}" for name in _looks(mention, trigger, parse, words)),
        *_standing(mention, trigger, triggers, parse, path, fill),
    ]


def _looks(mention: Mention, trigger: Trigger, parse: Parse, words: CasualtyWords) -> list[str]:
    """Return what the phrase looks like, and what the harm word makes of such a phrase."""
    token, slot, kind = parse.tokens[mention.noun], trigger.frame.slot, trigger.kind
    number = (
        "plural" if token.tag in {"NNS", "NNPS"} else "name" if token.ent_type == "PERSON" else "proper" if token.pos == "PROPN" else "one"
    )
    looks = f"{number}|{mention.nature}"
    word = "many" if len(trigger.frame.words) > 1 else parse.word(trigger.i)
    left = [
        c
        for c in parse.children[mention.noun]
        if parse.tokens[c].dep in {"det", "predet", "poss"} and parse.tokens[c].tag in {"DT", "PRP$"}
    ]
    group = words.group_of.get(parse.word(mention.noun), mention.nature)
    sure = not trigger.frame.loose
    return [
        f"sure={sure}|{mention.nature}",
        f"sure={sure}|{slot}|{looks}",
        f"sure={sure}|{kind}",
        f"word={word}",
        f"word={word}|{kind}|{looks}",
        f"looks={looks}",
        f"looks={looks}|{kind}",
        f"looks={looks}|{slot}",
        f"article={parse.word(left[0]) if left else 'none'}",
        f"group={group}",
        f"group={group}|{kind}",
        f"part={mention.part}",
        f"dep={token.dep}",
        f"first={token.sentence == 0}",
        f"modal={_modality(parse, trigger.i)}",
    ]


def _standing(mention: Mention, trigger: Trigger, triggers: Sequence[Trigger], parse: Parse, path: str, fill: bool) -> list[str]:
    """Return how near and how directly the phrase stands to the harm word."""
    tokens, slot = parse.tokens, trigger.frame.slot
    low, high = sorted((mention.top, trigger.i))
    gap = min(high - low, 6)
    better = any(t.i != trigger.i and t.kind != trigger.kind and fills_slot(parse.path(mention.top, t.i), t) for t in triggers)
    dated = any(t.dep == "date" and t.head == trigger.i for t in tokens[max(0, trigger.i - 8) : trigger.i + 8])
    counted = any(tokens[c].dep == "nummod" for i in range(low, high) for c in parse.children[i])
    return [
        f"fill={fill}|{slot}",
        f"fill={fill}|{trigger.kind}|{slot}",
        f"path={path}|{slot}",
        f"path={path}|{slot}|{tokens[trigger.i].tag}",
        f"gap={gap}|{fill}",
        f"gap={gap}|{slot}|{mention.top > trigger.i}|{fill}",
        f"rivals={min(sum(low < t.i < high for t in triggers), 2)}|{fill}",
        f"better={better}|{fill}",
        f"dated={dated}|{fill}",
        f"dated={dated}|{fill}|{trigger.kind}",
        f"counted={counted}|{fill}",
        f"objectless={is_objectless(trigger, parse)}|{slot}|{path}|{not trigger.frame.loose}",
        f"adjacent={high - low == 1}|{slot}",
    ]


def _modality(parse: Parse, i: int) -> str:
    """Return what stands over a harm word: a modal, a negation, the verb it is the object of ("threatened to arrest")."""
    children = [
        parse.word(c) for c in parse.children[i] if parse.tokens[c].dep in {"aux", "neg"} and parse.tokens[c].tag in {"MD", "TO", "RB"}
    ]
    above = parse.tokens[i].head
    over = parse.word(above) if above != i and parse.tokens[i].dep in {"xcomp", "ccomp", "dobj", "pcomp", "pobj", "advcl"} else "none"
    return f"{'_'.join(children)}|{over}" if children else over
