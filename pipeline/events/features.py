"""What the detector and the type classifier see of the candidate triggers of an entry: named features, and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.events.arguments import arguments, pairs
from pipeline.events.scene import Scene
from pipeline.events.surroundings import position, window
from pipeline.events.triggers import Votes
from pipeline.events.vectors import SIZE, Vectors
from pipeline.events.wording import mood, tree, votes_on, word
from pipeline.tags.heard import level

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# The penalty of the linear models bears on small numbers more than on ones. Set by hand after a few trials (docs/events.md).
VECTOR_SCALE = 2.0
# Word vectors of the trigger, its objects, its subjects, and the content words around it.
NUMBERS = tuple(f"v{of}{d}" for of in "tosc" for d in range(SIZE))
GLANCE_NUMBERS = NUMBERS[:SIZE]

CANDIDATES = frozenset({"VERB", "NOUN"})
# Words of other parts of speech are candidates only where the lexicon knows them: "ceasefire" tagged as a name, "missing".
LISTED_ONLY = frozenset({"PROPN", "ADJ", "ADV", "X", "AUX", "INTJ"})
CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})
# How far from the trigger, in words, the content around it goes.
AROUND = 15


def candidates(scene: Scene, votes: Votes) -> list[int]:
    """Return the ranks of the words that may be triggers: those that the lexicon lists, verbs and nouns that the tagger hears an event in.

    Of 7,178 verbs and nouns of real entries that neither knows, a glance held 17 worth a closer look, and none was an event.
    """
    out = []
    for token in scene.parse.tokens:
        if token.pos not in CANDIDATES and token.pos not in LISTED_ONLY:
            continue
        if token.dep in {"date", "aux", "auxpass"} or token.i in scene.date_at or not token.text[0].isalpha():
            continue
        if votes.on(token.i) or (token.pos in CANDIDATES and scene.heard.labels("event", token.i)):
            out.append(token.i)
    return out


def glance(scene: Scene, i: int, votes: Votes) -> list[str]:
    """Return the few features of candidate `i` that tell most words that are no triggers from those that may be."""
    parse = scene.parse
    token, lemma = parse.tokens[i], parse.lemmas[i]
    head, pos, dep = token.head, token.pos, token.dep
    cast, anchors = votes.on(i), scene.anchors_beside(i)
    out = [
        "bias", f"l={lemma}/{pos}", f"w={token.text.lower()}", f"tag={token.tag}", f"pos={pos}/{dep}",
        f"end={lemma[-4:]}/{pos}", f"end={lemma[-3:]}", f"head={parse.lemmas[head]}/{dep}",
        f"headpos={parse.tokens[head].pos}/{dep}", f"ent={token.ent_type}", f"headline={scene.headline(i)}",
        f"votes={min(len(cast), 3)}/{max(cast.values()) if cast else 0}/{pos}", *[f"v={label}" for label in cast],
        f"dated={i in anchors}/{head in anchors}/{bool(anchors)}/{pos}",
        f"before={parse.lemmas[i - 1] if i else ''}",
    ]  # fmt: skip
    if i in scene.within:
        out += ["actorhead" if i in scene.actor_at else "actorpart", f"actor/{pos}"]
    if i in scene.place_at:
        out.append("place")
    return out + tagged(scene, i)


def tagged(scene: Scene, i: int) -> list[str]:
    """Return how likely the tagger holds it that the word names an event, and which."""
    labels, pos = scene.heard.labels("event", i), scene.parse.tokens[i].pos
    if not labels:
        return ["tag=0", f"tag=0/{pos}", "tag=", "tag=/0"]
    strength = level(sum(labels.values()))
    chance, best = max(zip(labels.values(), labels, strict=True))
    return [f"tag={strength}", f"tag={strength}/{pos}", f"tag={best}", f"tag={best}/{level(chance)}"]


def glance_numbers(scene: Scene, ranks: Sequence[int], vectors: Vectors) -> NDArray[np.float32]:
    """Return a row a candidate, given by rank: the numbers of the names `GLANCE_NUMBERS`."""
    return VECTOR_SCALE * vectors.means([[scene.parse.lemmas[i]] for i in ranks])


def trigger_features(scene: Scene, i: int, votes: Votes) -> list[str]:
    """Return the features of candidate `i`: the word, the lexicon's votes, its place in the parse, arguments, dates, position."""
    return [
        *pairs(scene, i, votes), *word(scene.parse, i), *votes_on(scene.parse, i, votes), *tree(scene.parse, i), *arguments(scene, i),
        *mood(scene.parse, i), *position(scene, i), *window(scene.parse, i), *tagged(scene, i),
    ]  # fmt: skip


def trigger_numbers(scene: Scene, ranks: Sequence[int], vectors: Vectors) -> NDArray[np.float32]:
    """Return a row a candidate, given by rank: the numbers of the names `NUMBERS`."""
    groups = [[scene.parse.lemmas[k] for k in words] for i in ranks for words in _groups(scene, i)]
    return VECTOR_SCALE * vectors.means(groups).reshape(len(ranks), -1)


def _groups(scene: Scene, i: int) -> tuple[list[int], list[int], list[int], list[int]]:
    parse = scene.parse
    objects = [*parse.objects(i), *(k for _, k in parse.governed(i)), *parse.under(i, "nsubjpass", "attr", "compound", "amod")]
    sentence = parse.sentence(i)
    near = range(max(sentence.start, i - AROUND), min(sentence.stop, i + AROUND + 1))
    return [i], objects, parse.subjects(i), [k for k in near if k != i and parse.tokens[k].pos in CONTENT]
