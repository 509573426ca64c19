"""What speaks for and against people named without a number being the victims of a harm word, by the parse.

What stands around the two, word by word, is in `surface_features.py`: the parser often errs beside names and left-out verbs.
"""

from __future__ import annotations

from pipeline.figures.linking import fills_slot, is_objectless, simplify
from pipeline.figures.mentions import Mention
from pipeline.figures.sentences import Sentence
from pipeline.figures.surface_features import surface_features
from pipeline.figures.syntax import Parse
from pipeline.figures.triggers import Trigger
from pipeline.figures.words import FigureWords
from pipeline.tags.heard import Heard, level

# The paths of an object or passive subject: nothing fits a harm word better.
DIRECT = frozenset({"dobj", "nsubjpass"})


def named_features(mention: Mention, trigger: Trigger, sentence: Sentence, parse: Parse, words: FigureWords) -> list[str]:
    """Return the features of a pair whose mention has no number: few and coarse, for few are annotated."""
    whole = parse.path(mention.top, trigger.i)
    path = simplify(whole)
    fill = fills_slot(whole, trigger)
    return [
        *(f"{name}|{fill}" for name in _looks(mention, trigger, parse, words)),
        *_standing(mention, trigger, sentence, parse, path, fill),
        *_governor(mention, trigger, parse),
        *_attributive(mention, trigger, parse),
        *_rivals(mention, trigger, sentence, parse, fill, whole in DIRECT),
        *_verb(trigger, parse, fill, mention.top > trigger.i),
        *surface_features(mention, trigger, sentence, parse, fill),
        _tagged(mention, trigger, parse, sentence.heard),
    ]


def _looks(mention: Mention, trigger: Trigger, parse: Parse, words: FigureWords) -> list[str]:
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
        f"noun={parse.word(mention.noun)}",
        f"noun={parse.word(mention.noun)}|{kind}",
        f"part={mention.part}",
        f"dep={token.dep}",
        f"first={token.sentence == 0}",
        f"modal={_modality(parse, trigger.i)}",
    ]


def _standing(mention: Mention, trigger: Trigger, sentence: Sentence, parse: Parse, path: str, fill: bool) -> list[str]:
    """Return how near and how directly the phrase stands to the harm word."""
    tokens, slot = parse.tokens, trigger.frame.slot
    low, high = sorted((mention.top, trigger.i))
    gap = min(high - low, 6)
    dated = any(t.head == trigger.i for t in tokens[max(0, trigger.i - 8) : trigger.i + 8] if t.dep == "date")
    counted = any(tokens[c].dep == "nummod" for children in parse.children[low:high] for c in children)
    return [
        f"fill={fill}|{slot}",
        f"fill={fill}|{trigger.kind}|{slot}",
        f"path={path}|{slot}",
        f"path={path}|{slot}|{tokens[trigger.i].tag}",
        f"gap={gap}|{fill}",
        f"gap={gap}|{slot}|{mention.top > trigger.i}|{fill}",
        f"between={min(len([t for t in sentence.triggers if low < t.i < high]), 2)}|{fill}",
        f"dated={dated}|{fill}",
        f"dated={dated}|{fill}|{trigger.kind}",
        f"counted={counted}|{fill}",
        f"objectless={is_objectless(trigger, parse)}|{slot}|{path}|{not trigger.frame.loose}",
        f"adjacent={high - low == 1}|{slot}",
    ]


def _governor(mention: Mention, trigger: Trigger, parse: Parse) -> list[str]:
    """Return what the phrase hangs on: the word over it, and its verb, the harm word or another."""
    above, dep = parse.tokens[mention.top].head, parse.tokens[mention.top].dep
    verb = next((i for i in parse.ups(mention.top)[1:] if parse.tokens[i].pos in {"VERB", "AUX"}), None)
    own = verb == trigger.i
    return [
        f"governed={own}|{dep}|{trigger.kind}",
        f"governor={'self' if own else 'none' if verb is None else parse.word(verb)}",
        f"head={'self' if above == trigger.i else parse.word(above)}|{dep}",
    ]


def _attributive(mention: Mention, trigger: Trigger, parse: Parse) -> list[str]:
    """Return whether the harm word only describes them: "imprisoned leader" tells of no arrest, "wounded woman" of an injury."""
    token, tokens = parse.tokens[trigger.i], parse.tokens
    describes = token.dep == "amod" and token.head == mention.noun
    inside = mention.start <= token.start < mention.end
    name = tokens[parse.at_or_after(mention.end) - 1].text[:1].isupper()
    plural = tokens[mention.noun].tag in {"NNS", "NNPS"}
    return [
        f"describes={describes}|{inside}|{trigger.kind}",
        f"describes={describes}|{trigger.kind}|{name}|{plural}",
        f"describes={describes}|{parse.word(trigger.i)}",
        f"describes={describes}|{token.tag}",
    ]


def _rivals(mention: Mention, trigger: Trigger, sentence: Sentence, parse: Parse, fill: bool, direct: bool) -> list[str]:
    """Return whether other people fit the harm word, and other harm words these people."""
    paths = {other.top: parse.path(other.top, trigger.i) for other in (*sentence.counted, *sentence.named) if other is not mention}
    fitting = {top for top, path in paths.items() if fills_slot(path, trigger)}
    better = any(
        other.i != trigger.i and other.kind != trigger.kind and fills_slot(parse.path(mention.top, other.i), other)
        for other in sentence.triggers
    )
    return [
        f"better={better}|{fill}",
        f"rival={bool(fitting)}|{fill}|{trigger.frame.slot}",
        f"rival direct={not DIRECT.isdisjoint(paths.values())}|{fill}|{direct}",
        f"rival counted={any(other.top in fitting for other in sentence.counted)}|{fill}",
    ]


def _verb(trigger: Trigger, parse: Parse, fill: bool, right: bool) -> list[str]:
    """Return the voice of the harm word and what its clause is."""
    token, children = parse.tokens[trigger.i], parse.children[trigger.i]
    auxiliaries = "_".join(parse.tokens[c].text.lower() for c in children if parse.tokens[c].dep in {"aux", "auxpass", "neg"})
    return [
        f"aux={auxiliaries}|{fill}",
        f"clause={token.dep}|{token.tag}",
        f"clause={token.dep}|{fill}|{right}",
        f"relative={any(parse.tokens[c].tag in {'WP', 'WDT'} for c in children)}|{fill}",
    ]


def _tagged(mention: Mention, trigger: Trigger, parse: Parse, heard: Heard) -> str:
    """Return how likely the tagger holds a word of the phrase for victims of this kind without a number."""
    said = heard.over("figure", parse.span(mention.start, mention.end))
    return f"tag={level(said.get(f'{trigger.kind}?', 0.0))}"


def _modality(parse: Parse, i: int) -> str:
    """Return what stands over a harm word: a modal, a negation, the verb it is the object of ("threatened to arrest")."""
    children = [
        parse.word(c) for c in parse.children[i] if parse.tokens[c].dep in {"aux", "neg"} and parse.tokens[c].tag in {"MD", "TO", "RB"}
    ]
    above = parse.tokens[i].head
    over = parse.word(above) if above != i and parse.tokens[i].dep in {"xcomp", "ccomp", "dobj", "pcomp", "pobj", "advcl"} else "none"
    return f"{'_'.join(children)}|{over}" if children else over
