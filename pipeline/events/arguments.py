"""Of a candidate trigger: its subjects, objects and phrases, by word and by what kind of actor or place they are."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.events.scene import Scene
from pipeline.events.triggers import Votes

# What stands before a noun may say whose it is: "army raid", "JNIM's attack".
WHOSE = ("poss", "compound", "amod", "nmod")


def arguments(scene: Scene, i: int) -> Iterator[str]:
    """Yield words and kinds of the arguments, and whether the candidate is itself a part of an actor's or a place's name."""
    parse = scene.parse
    for k in parse.subjects(i):
        yield f"subj={parse.lemmas[k]}"
        yield f"subjtype={kind(scene, k)}"
    for k in parse.objects(i):
        yield f"obj={parse.lemmas[k]}"
        yield f"objtype={kind(scene, k)}"
    for preposition, k in parse.governed(i):
        yield f"preptype={preposition}/{kind(scene, k)}"
    for k in parse.under(i, *WHOSE):
        if k in scene.within or k in scene.place_at:
            yield f"ofwhom={kind(scene, k)}"
    if i in scene.within:
        yield f"inactor={scene.within[i].type}"
        yield "actorhead" if i in scene.actor_at else "actorpart"
    if i in scene.place_at:
        yield "isplace"
    if parse.under(i, "nummod"):
        yield "counted"
    for k in parse.subjects(parse.tokens[i].head) if parse.tokens[i].pos != "VERB" else ():
        yield f"headsubjtype={kind(scene, k)}/{parse.tokens[i].dep}"


def pairs(scene: Scene, i: int, votes: Votes) -> Iterator[str]:
    """Yield what only says something together: what the lexicon makes of the word, with its arguments and its date.

    Pairs of the word itself with those are worth nothing beside the tags (docs/events.md).
    """
    # Of many votes each says little; those of frames, where there are any, have already been narrowed down by company.
    cast = votes.on(i)
    best = max(cast.values(), default=0)
    told = [label for label, strength in cast.items() if strength == best]
    if told:
        around = dict.fromkeys(_around(scene, i))
        yield from (f"v={label}&{other}" for label in told for other in around)


def _around(scene: Scene, i: int) -> Iterator[str]:
    parse = scene.parse
    subjects, objects = parse.subjects(i), parse.objects(i)
    yield from (f"subj={kind(scene, k)}" for k in subjects)
    if not subjects:
        yield "subj=none"
    yield from (f"obj={kind(scene, k)}" for k in objects)
    if not objects:
        yield "obj=none"
    for preposition, k in parse.governed(i):
        yield f"{preposition}={kind(scene, k)}"
    for k in parse.under(i, *WHOSE):
        if k in scene.within or k in scene.place_at:
            yield f"of={kind(scene, k)}"
    dated = {scene.anchor_of[k] for k in scene.dates_beside(i)}
    yield f"dated={'own' if i in dated else 'head' if parse.tokens[i].head in dated else bool(dated)}"
    yield f"dep={parse.tokens[i].dep}"
    yield "passive" if parse.passive(i) else "active"
    held = {parse.tokens[k].dep for k in parse.children[i]}
    yield from (f"has={dep}" for dep in ("ccomp", "xcomp", "dobj", "prep", "prt") if dep in held)


def kind(scene: Scene, k: int) -> str:
    """Return the type of the actor that word `k` heads or is a part of, else whether it names a place, else its part of speech."""
    actor = scene.actor_at.get(k) or scene.within.get(k)
    if actor:
        return actor.type
    return "place" if k in scene.place_at else f"-{scene.parse.tokens[k].pos}"
