"""Of a candidate trigger: the word itself, what the lexicon makes of it, its place in the parse, and the mood of its clause."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.events.parse import Parse
from pipeline.events.triggers import FRAME, Votes, hyphenated, spellings

ARGUMENTS = frozenset({
    "nsubj", "nsubjpass", "dobj", "attr", "oprd", "xcomp", "ccomp", "compound", "amod", "poss", "acl", "advcl", "relcl", "npadvmod",
    "dative", "conj",
})  # fmt: skip
FUNCTION = frozenset({"det", "mark", "aux", "prt", "neg", "cc", "advmod", "nummod"})
# What may lie below a light verb: "launched attack", "attack took place", "agreed to withdraw".
BELOW = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "compound", "xcomp", "ccomp"})


def word(parse: Parse, i: int) -> Iterator[str]:
    """Yield the forms, tag and dependency of the word."""
    token, stem = parse.tokens[i], parse.lemmas[i]
    yield "bias"
    for form in spellings(parse, i):
        yield f"w={form}"
    yield f"l/p={stem}/{token.pos}"
    yield f"tag={token.tag}"
    yield f"dep={token.dep}"
    yield f"pos/dep={token.pos}/{token.dep}"
    yield f"end={stem[-4:]}/{token.pos}"
    if len(hyphenated(parse, i)) > 1:
        yield "hyphen"
    if token.ent_type:
        yield f"ent={token.ent_type}"


def votes_on(parse: Parse, i: int, votes: Votes) -> Iterator[str]:
    """Yield the lexicon's votes on the word, on the one over it and on those below it."""
    own = votes.on(i)
    for label, strength in own.items():
        yield f"vote={label}"
        if strength == FRAME:
            yield f"frame={label}"
    framed = sum(strength == FRAME for strength in own.values())
    yield f"votes={min(len(own), 4)}/{min(framed, 2)}/{parse.tokens[i].pos}"
    head = parse.tokens[i].head
    if head != i:
        for label in votes.on(head):
            yield f"headvote={label}"
    below = {label for k in parse.children[i] if parse.tokens[k].dep in BELOW for label in votes.on(k)}
    yield from (f"downvote={label}" for label in sorted(below))
    yield f"downvotes={bool(below)}/{bool(own)}"


def tree(parse: Parse, i: int) -> Iterator[str]:
    """Yield what governs the word and what hangs on it."""
    token, lemmas = parse.tokens[i], parse.lemmas
    if token.head == i:
        yield "root"
    else:
        yield f"head={lemmas[token.head]}/{token.dep}"
        yield f"headpos={parse.tokens[token.head].pos}/{token.dep}"
        up = parse.up(i)
        if len(up) > 1:
            yield f"grand={lemmas[up[1]]}/{parse.tokens[up[0]].dep}/{token.dep}"
        if token.dep == "pobj":
            yield f"under={lemmas[up[0]]}"
            if len(up) > 1:
                yield f"overprep={lemmas[up[1]]}/{parse.tokens[up[1]].pos}"
        yield f"depth={min(len(up), 5)}"
    for k in parse.children[i]:
        dep = parse.tokens[k].dep
        yield f"has={dep}"
        if dep in ARGUMENTS:
            yield f"kid={dep}/{lemmas[k]}"
            yield f"near={lemmas[k]}"
        elif dep in FUNCTION:
            yield f"kid={dep}/{lemmas[k]}"
    for preposition, k in parse.governed(i):
        yield f"prep={preposition}"
        yield f"prep={preposition}/{lemmas[k]}"
        yield f"near={lemmas[k]}"


def mood(parse: Parse, i: int) -> Iterator[str]:
    """Yield modals, conjunctions and negations over the word, the verb that governs it, and whether it is quoted."""
    tokens = parse.tokens
    chain = [i, *parse.up(i)[:3]]
    for steps, k in enumerate(chain):
        for j in parse.children[k]:
            child = tokens[j]
            if child.dep == "aux" and child.tag in {"MD", "TO"}:
                yield f"modal={child.text.lower()}/{min(steps, 2)}"
            elif child.dep == "mark":
                yield f"mark={child.text.lower()}/{min(steps, 2)}"
            elif child.dep == "neg":
                yield f"neg/{min(steps, 2)}"
    if parse.passive(i):
        yield "passive"
    verb = next((k for k in chain[1:] if tokens[k].pos == "VERB"), None)
    if verb is not None:
        yield f"oververb={parse.lemmas[verb]}"
        yield f"oververb={parse.lemmas[verb]}/{tokens[i].pos}/{tokens[i].dep}"
    before = [tokens[k].text for k in range(parse.sentence(i).start, i)]
    if before.count("“") + before.count('"') > before.count("”"):
        yield "quoted"
