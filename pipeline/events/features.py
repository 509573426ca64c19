"""What the detector and the type classifier see of a candidate trigger: named features, each with its weight."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.events.parse import Parse, lemma
from pipeline.events.scene import Scene
from pipeline.events.surroundings import position, topic, window
from pipeline.events.triggers import FRAME, Triggers, hyphenated, spellings
from pipeline.events.vectors import Vectors

Features = dict[str, float]

# The penalty of the linear models bears on small numbers more than on ones. Set by hand after a few trials (docs/events.md).
VECTOR_SCALE = 2.0

CANDIDATES = frozenset({"VERB", "NOUN"})
# Words of other parts of speech are candidates only where the lexicon knows them: "ceasefire" tagged as a name, "missing".
LISTED_ONLY = frozenset({"PROPN", "ADJ", "ADV", "X", "AUX", "INTJ"})
ARGUMENTS = frozenset({
    "nsubj", "nsubjpass", "dobj", "attr", "oprd", "xcomp", "ccomp", "compound", "amod", "poss", "acl", "advcl", "relcl", "npadvmod",
    "dative", "conj",
})  # fmt: skip


def candidates(scene: Scene, triggers: Triggers) -> list[int]:
    """Return the ranks of the words that may be triggers: verbs and nouns, and others that the lexicon lists."""
    out = []
    for token in scene.parse.tokens:
        if token.dep in {"date", "aux", "auxpass"} or token.i in scene.date_at or not token.text[0].isalpha():
            continue
        if token.pos in CANDIDATES or (token.pos in LISTED_ONLY and triggers.votes(scene.parse, token.i)):
            out.append(token.i)
    return out


def trigger_features(scene: Scene, i: int, triggers: Triggers, vectors: Vectors) -> Features:
    """Return the features of candidate `i`: the word, the lexicon's votes, its place in the parse, arguments, dates, position."""
    names = [
        *_pairs(scene, i, triggers),
        *_word(scene.parse, i), *_votes(scene.parse, i, triggers), *_tree(scene.parse, i), *_arguments(scene, i),
        *_mood(scene.parse, i), *position(scene, i), *window(scene.parse, i),
    ]  # fmt: skip
    out = dict.fromkeys(names, 1.0)
    out.update(_vectors(scene.parse, i, vectors))
    return out


def type_features(scene: Scene, i: int, seen: Features) -> Features:
    """Return what the type classifier sees: the features of the candidate, `seen`, and the topic of its paragraph.

    The detector does better without the topic, which says what an event would be about, not that there is one.
    """
    return {**seen, **dict.fromkeys(topic(scene, i), 1.0)}


def _word(parse: Parse, i: int) -> Iterator[str]:
    token = parse.tokens[i]
    yield "bias"
    for form in spellings(parse, i):
        yield f"w={form}"
    yield f"l/p={lemma(parse, i)}/{token.pos}"
    yield f"tag={token.tag}"
    yield f"dep={token.dep}"
    yield f"pos/dep={token.pos}/{token.dep}"
    yield f"end={lemma(parse, i)[-4:]}/{token.pos}"
    if len(hyphenated(parse, i)) > 1:
        yield "hyphen"
    if token.ent_type:
        yield f"ent={token.ent_type}"


def _votes(parse: Parse, i: int, triggers: Triggers) -> Iterator[str]:
    votes = triggers.votes(parse, i)
    for label, strength in votes.items():
        yield f"vote={label}"
        if strength == FRAME:
            yield f"frame={label}"
    framed = sum(strength == FRAME for strength in votes.values())
    yield f"votes={min(len(votes), 4)}/{min(framed, 2)}/{parse.tokens[i].pos}"
    head = parse.tokens[i].head
    if head != i:
        for label in triggers.votes(parse, head):
            yield f"headvote={label}"
    below = {label for k in parse.children[i] if parse.tokens[k].dep in {"dobj", "nsubj", "nsubjpass", "attr", "compound", "xcomp", "ccomp"}
             for label in triggers.votes(parse, k)}  # fmt: skip
    yield from (f"downvote={label}" for label in sorted(below))
    yield f"downvotes={bool(below)}/{bool(votes)}"


def _tree(parse: Parse, i: int) -> Iterator[str]:
    token = parse.tokens[i]
    if token.head == i:
        yield "root"
    else:
        yield f"head={lemma(parse, token.head)}/{token.dep}"
        yield f"headpos={parse.tokens[token.head].pos}/{token.dep}"
        up = parse.up(i)
        if len(up) > 1:
            yield f"grand={lemma(parse, up[1])}/{parse.tokens[up[0]].dep}/{token.dep}"
        if token.dep == "pobj":
            yield f"under={lemma(parse, up[0])}"
            if len(up) > 1:
                yield f"overprep={lemma(parse, up[1])}/{parse.tokens[up[1]].pos}"
        yield f"depth={min(len(up), 5)}"
    for k in parse.children[i]:
        child = parse.tokens[k]
        yield f"has={child.dep}"
        if child.dep in ARGUMENTS:
            yield f"kid={child.dep}/{lemma(parse, k)}"
            yield f"near={lemma(parse, k)}"
        elif child.dep in {"det", "mark", "aux", "prt", "neg", "cc", "advmod", "nummod"}:
            yield f"kid={child.dep}/{lemma(parse, k)}"
    for preposition, k in parse.governed(i):
        yield f"prep={preposition}"
        yield f"prep={preposition}/{lemma(parse, k)}"
        yield f"near={lemma(parse, k)}"


def _arguments(scene: Scene, i: int) -> Iterator[str]:
    parse = scene.parse
    for k in parse.subjects(i):
        yield f"subj={lemma(parse, k)}"
        yield f"subjtype={_kind(scene, k)}"
    for k in parse.objects(i):
        yield f"obj={lemma(parse, k)}"
        yield f"objtype={_kind(scene, k)}"
    for preposition, k in parse.governed(i):
        yield f"preptype={preposition}/{_kind(scene, k)}"
    for k in parse.under(i, "poss", "compound", "amod", "nmod"):
        if k in scene.within or k in scene.place_at:
            yield f"ofwhom={_kind(scene, k)}"
    if i in scene.within:
        yield f"inactor={scene.within[i].type}"
        yield "actorhead" if i in scene.actor_at else "actorpart"
    if i in scene.place_at:
        yield "isplace"
    for k in parse.under(i):
        if parse.tokens[k].dep == "nummod":
            yield "counted"
    head = parse.tokens[i].head
    for k in parse.subjects(head) if parse.tokens[i].pos != "VERB" else ():
        yield f"headsubjtype={_kind(scene, k)}/{parse.tokens[i].dep}"


def _pairs(scene: Scene, i: int, triggers: Triggers) -> Iterator[str]:
    """Yield what only says something together: the word, or what the lexicon makes of it, with its arguments and its date."""
    parse = scene.parse
    word = lemma(parse, i)
    # Of many votes each says little; those of frames, where there are any, have already been narrowed down by company.
    votes = triggers.votes(parse, i)
    best = max(votes.values(), default=0)
    told = [f"l={word}", *(f"v={label}" for label, strength in votes.items() if strength == best)]
    around = [f"subj={_kind(scene, k)}" for k in parse.subjects(i)] or ["subj=none"]
    around += [f"obj={_kind(scene, k)}" for k in parse.objects(i)] or ["obj=none"]
    around += [f"{preposition}={_kind(scene, k)}" for preposition, k in parse.governed(i)]
    around += [
        f"of={_kind(scene, k)}" for k in parse.under(i, "poss", "compound", "amod", "nmod") if k in scene.within or k in scene.place_at
    ]
    dated = {scene.anchors(k) for k in parse.sentence(i) if k in scene.date_at}
    around.append(f"dated={'own' if i in dated else 'head' if parse.tokens[i].head in dated else bool(dated)}")
    around.append(f"dep={parse.tokens[i].dep}")
    around.append("passive" if parse.passive(i) else "active")
    around += [f"has={dep}" for dep in ("ccomp", "xcomp", "dobj", "prep", "prt") if any(parse.under(i, dep))]
    yield from (f"{a}&{b}" for a in told for b in dict.fromkeys(around))
    yield from (f"l={word}&o={lemma(parse, k)}" for k in parse.objects(i))
    yield from (f"l={word}&p={preposition}" for preposition, _ in parse.governed(i))


def _kind(scene: Scene, k: int) -> str:
    actor = scene.actor_at.get(k) or scene.within.get(k)
    if actor:
        return actor.type
    return "place" if k in scene.place_at else f"-{scene.parse.tokens[k].pos}"


def _mood(parse: Parse, i: int) -> Iterator[str]:
    chain = [i, *parse.up(i)[:3]]
    for steps, k in enumerate(chain):
        for j in parse.children[k]:
            child = parse.tokens[j]
            if child.dep == "aux" and child.tag in {"MD", "TO"}:
                yield f"modal={child.text.lower()}/{min(steps, 2)}"
            elif child.dep == "mark":
                yield f"mark={child.text.lower()}/{min(steps, 2)}"
            elif child.dep == "neg":
                yield f"neg/{min(steps, 2)}"
    if parse.passive(i):
        yield "passive"
    verb = next((k for k in chain[1:] if parse.tokens[k].pos == "VERB"), None)
    if verb is not None:
        yield f"oververb={lemma(parse, verb)}"
        yield f"oververb={lemma(parse, verb)}/{parse.tokens[i].pos}/{parse.tokens[i].dep}"
    before = [t.text for t in (parse.tokens[k] for k in parse.sentence(i)) if t.i < i]
    if sum(text in {"“", '"'} for text in before) > sum(text == "”" for text in before):
        yield "quoted"


def _vectors(parse: Parse, i: int, vectors: Vectors) -> Features:
    out: Features = {}
    objects = [*parse.objects(i), *(k for _, k in parse.governed(i)), *parse.under(i, "nsubjpass", "attr", "compound", "amod")]
    content = [k for k in parse.sentence(i) if k != i and parse.tokens[k].pos in {"VERB", "NOUN", "PROPN", "ADJ"} and abs(k - i) <= 15]
    for name, ranks in (("t", [i]), ("o", objects), ("s", parse.subjects(i)), ("c", content)):
        mean = vectors.mean([w for k in ranks for w in (lemma(parse, k),)])
        if mean is not None:
            out.update((f"v{name}{d}", VECTOR_SCALE * float(x)) for d, x in enumerate(mean))
    return out
