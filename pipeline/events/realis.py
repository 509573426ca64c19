"""Whether an event is told as fact, as one side's claim, as a report, as denied or as planned; and who tells it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from pipeline import lexicon
from pipeline.events.linear import Linear
from pipeline.events.parse import lemma
from pipeline.events.scene import Scene
from pipeline.tables import Realis
from pipeline.tags.heard import level

_FILE = "attribution.toml"
# Tags of relative pronouns, entities that can tell, and what is no part of a teller's name.
_WHO = frozenset({"WP", "WDT"})
_NAMED = frozenset({"ORG", "PERSON", "NORP", "GPE"})
# From a word up to the object it is part of: "foiled [attempt] to [kidnap]", "prevented [wave] of suicide [attacks]".
_PART_OF_OBJECT = frozenset({"acl", "xcomp", "prep", "pobj", "pcomp", "compound", "nmod"})
_NO_TELLER = frozenset({"date", "relcl", "det"})


@dataclass(frozen=True, slots=True)
class Tellers:
    """`lexicon/attribution.toml`: verbs of telling, cues that name no teller, nouns that tell; `foils` undo their object."""

    verbs: frozenset[str]
    cues: frozenset[str]
    nouns: frozenset[str]
    foils: frozenset[str]

    @classmethod
    def load(cls) -> Tellers:
        """Return the words; raises LexiconError where the file is missing or broken."""
        return _load()

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the file behind the words."""
        return lexicon.digest((_FILE,))


@cache
def _load() -> Tellers:
    data = lexicon.read_toml(_FILE)
    return Tellers(*(frozenset(data[group]["words"]) for group in ("verbs", "cues", "tellers", "foiled")))


def attribution(scene: Scene, i: int, tellers: Tellers) -> str | None:
    """Return who tells of the event triggered by word `i`, as written: the teller named over it, else a cue beside it, else None."""
    parse = scene.parse
    for k in parse.up(i):
        if lemma(parse, k) in tellers.verbs and (told := _told_by(scene, k, i, tellers)):
            return told
    near = [i, *(k for k in parse.up(i)[:2] if parse.tokens[i].dep != "conj")]
    cues = (j for k in near for j in parse.children[k] if lemma(parse, j) in tellers.cues)
    cue = next(cues, None)
    return None if cue is None else parse.tokens[cue].text


def _told_by(scene: Scene, k: int, i: int, tellers: Tellers) -> str | None:
    """Return the subject of the verb of telling `k`, as written, if it stands before `i` and can tell; None if there is none."""
    parse = scene.parse
    # A date kept as a subject hides the one shared by coordination ("and 26 Nov warned").
    own = [j for j in parse.subjects(k) if not _dated(scene, j)] or parse.subjects(parse.tokens[k].head)
    subject = next(iter(own), None)
    if subject is not None and parse.tokens[subject].tag in _WHO and parse.tokens[k].dep == "relcl":
        subject = parse.tokens[k].head
    if subject is None or subject >= i:
        return None
    if subject in scene.actor_at:
        return scene.actor_at[subject].text
    token = parse.tokens[subject]
    if lemma(parse, subject) not in tellers.nouns and token.text.lower() not in tellers.nouns and token.ent_type not in _NAMED:
        return None
    words = [j for j in parse.subtree(subject) if parse.tokens[j].dep not in _NO_TELLER and not _dated(scene, j) and j <= subject]
    return scene.entry.text[parse.tokens[words[0]].start : token.end]


def _dated(scene: Scene, i: int) -> bool:
    token = scene.parse.tokens[i]
    return token.dep == "date" or token.ent_type == "DATE"


def stand_events(scene: Scene, events: Sequence[tuple[int, str]], model: Linear, tellers: Tellers) -> list[Realis]:
    """Return how each event, given as (trigger, type), is told."""
    chances = model.probabilities([model.known(realis_features(scene, i, label, tellers)) for i, label in events])
    told = [cast("Realis", model.classes[k]) for k in chances.argmax(axis=1).tolist()]
    return [
        "planned" if standing != "denied" and foiled_by(scene, i, tellers) is not None else standing
        for (i, _), standing in zip(events, told, strict=True)
    ]


def foiled_by(scene: Scene, i: int, tellers: Tellers) -> int | None:
    """Return the verb that says that the event triggered by word `i` was foiled, being its object or part of that; None if none does."""
    below, tokens = i, scene.parse.tokens
    for k in scene.parse.up(i):
        if lemma(scene.parse, k) in tellers.foils and tokens[below].dep in {"dobj", "nsubjpass"}:
            return k
        if tokens[below].dep not in _PART_OF_OBJECT:
            return None
        below = k
    return None


def realis_features(scene: Scene, i: int, label: str, tellers: Tellers) -> list[str]:
    """Return what tells the standing of the event of type `label` triggered by word `i`: cues above, beside and around it."""
    return ["bias", f"label={label}", *_above(scene, i, tellers), *_beside(scene, i, tellers), *_around(scene, i), *_tagged(scene, i)]


def _tagged(scene: Scene, i: int) -> Iterator[str]:
    """Yield how likely the tagger holds each standing."""
    for standing, chance in scene.heard.labels("realis", i).items():
        yield f"tag={standing}/{level(chance)}"


def _above(scene: Scene, i: int, tellers: Tellers) -> Iterator[str]:
    parse = scene.parse
    token = parse.tokens[i]
    yield f"word={lemma(parse, i)}"
    yield f"tag={token.tag}/{token.dep}"
    child = i
    for steps, k in enumerate(parse.up(i)[:5]):
        kind = parse.tokens[child].dep
        yield f"over={lemma(parse, k)}"
        yield f"over={lemma(parse, k)}/{kind}"
        yield f"over pos={parse.tokens[k].pos}/{kind}/{min(steps, 2)}"
        for j in parse.subjects(k) if lemma(parse, k) in tellers.verbs else ():
            actor = scene.actor_at.get(j)
            who = actor.type if actor else lemma(parse, j)
            yield f"told by={who}"
            yield f"told by={who}/{lemma(parse, k)}/{kind}"
            yield f"told/{kind}/{bool(actor)}"
        child = k


def _beside(scene: Scene, i: int, tellers: Tellers) -> Iterator[str]:
    parse = scene.parse
    for steps, k in enumerate([i, *parse.up(i)[:2]]):
        for j in parse.children[k]:
            dep, word = parse.tokens[j].dep, lemma(parse, j)
            if dep in {"aux", "auxpass"} and parse.tokens[j].tag in {"MD", "TO"}:
                yield f"aux={word}/{min(steps, 1)}/{parse.tokens[i].dep}"
            elif dep in {"advmod", "amod", "neg", "mark", "acomp", "oprd"}:
                yield f"{dep}={word}"
                yield f"{dep}={word}/{min(steps, 1)}"
                if word in tellers.cues:
                    yield f"cue/{min(steps, 1)}"
    if not any(parse.tokens[j].tag in {"VBD", "VBZ", "VBP"} for j in [i, *parse.children[i]]):
        yield f"not finite/{parse.tokens[i].pos}"


def _around(scene: Scene, i: int) -> Iterator[str]:
    parse = scene.parse
    sentence = parse.sentence(i)
    for k in range(max(sentence.start, i - 4), i):
        if parse.tokens[k].dep != "date":
            yield f"before={lemma(parse, k)}"
    for token in parse.tokens[sentence.start : sentence.stop]:
        if token.pos in {"ADV", "VERB", "ADJ"} and token.dep != "date" and token.i != i:
            yield f"around={lemma(parse, token.i)}/{'before' if token.i < i else 'after'}"
    if i + 1 in sentence:
        yield f"next={lemma(parse, i + 1)}"
    month = scene.entry.month
    for k in scene.dates_beside(i):
        date = scene.date_at[k]
        if date.date_from and month and scene.anchor_of[k] == i:
            ahead = (date.date_from.year - month.year) * 12 + date.date_from.month - month.month
            yield f"months ahead={max(-1, min(ahead, 2))}"
