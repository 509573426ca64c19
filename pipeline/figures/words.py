"""The words the `figures` stage knows: what is done to people, who is counted, and how the text hedges and attributes it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast, get_args

from pipeline import lexicon
from pipeline.figures import ranker
from pipeline.figures.numbers import NumberWords
from pipeline.figures.ranker import Ranker
from pipeline.tables import HarmKind

FILES = ("casualties.toml", "casualty_context.toml", "numbers.toml", "people.toml")
RANKERS = ("counted", "named", "scope")
SLOTS = ("object", "subject", "state", "noun", "total")


@dataclass(frozen=True, slots=True)
class Frame:
    """A word or two that name a harm, and the slot its victims stand in; `adjacent` where no word may stand between them,
    `loose` where the words speak of people only with the right object, `never_after` the words that give it another sense.
    """

    kind: HarmKind
    slot: str
    words: tuple[str, ...]
    adjacent: bool = False
    loose: bool = False
    never_after: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The frame's table in the lexicon: "killed.object"."""
        return f"{self.kind}.{self.slot}"


@dataclass(frozen=True, slots=True)
class FigureWords:
    """The lexica of FILES and the weights of RANKERS, ready for look-up.

    `attribution_phrases` has, by its first word, the second word of each phrase that names a source, "" where there is none.
    """

    frames: Mapping[str, tuple[Frame, ...]]
    numbers: NumberWords
    group_of: Mapping[str, str]
    things: frozenset[str]
    measures: frozenset[str]
    animals: frozenset[str]
    endings: tuple[str, ...]
    scope_cues: frozenset[str]
    running_before: re.Pattern[str]
    running_after: re.Pattern[str]
    total_nouns: frozenset[str]
    raising: frozenset[str]
    stating: frozenset[str]
    disasters: frozenset[str]
    many_events: frozenset[str]
    events: frozenset[str]
    several: frozenset[str]
    denying: frozenset[str]
    refuting: frozenset[str]
    wishing: frozenset[str]
    modals: frozenset[str]
    attribution_verbs: frozenset[str]
    attribution_adverbs: frozenset[str]
    attribution_phrases: Mapping[str, str]
    collectives: frozenset[str]
    pairs: Mapping[str, int]
    counted: Ranker
    named: Ranker
    scope: Ranker

    @classmethod
    def load(cls) -> FigureWords:
        """Return the words; raises LexiconError where a file is missing or broken."""
        return _load()

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the files behind the words."""
        return lexicon.digest(FILES + tuple(ranker.path_of(name) for name in RANKERS))


def without_rankers() -> FigureWords:
    """Return the words with rankers that know nothing: what the rankers themselves are learned with."""
    blank = Ranker((), (), {})
    return _with(blank, blank, blank)


@cache
def _load() -> FigureWords:
    return _with(*(ranker.load(name) for name in RANKERS))


def _with(counted: Ranker, named: Ranker, scope: Ranker) -> FigureWords:
    people = lexicon.read_toml("people.toml")
    context = lexicon.read_toml("casualty_context.toml")
    group_of: dict[str, str] = {}
    for group, nouns in people["groups"].items():
        for noun in nouns:
            group_of.setdefault(noun, group)
    return FigureWords(
        frames=_frames(lexicon.read_toml("casualties.toml")),
        numbers=NumberWords.load(),
        group_of=group_of,
        things=frozenset(people["things"]["words"]),
        measures=frozenset(people["measures"]["words"]),
        animals=frozenset(people["measures"]["animals"]),
        endings=tuple(people["endings"]["words"]),
        scope_cues=frozenset(context["scope"]["cues"]),
        running_before=re.compile(rf"\b(?:{_any(context['running']['before'])})\s+(?:\w+\s+){{0,3}}$"),
        running_after=re.compile(rf"[\s,]{{0,3}}(?:\w{{1,40}}\s{{1,2}}){{0,3}}(?:{_any(context['running']['after'])})\b"),
        total_nouns=frozenset(context["totals"]["nouns"]),
        raising=frozenset(context["totals"]["raising"]),
        stating=frozenset(context["totals"]["stating"]),
        disasters=frozenset(context["disasters"]["words"]),
        many_events=frozenset(context["events"]["many"]),
        events=frozenset(context["events"]["events"]),
        several=frozenset(context["events"]["several"]),
        denying=frozenset(context["unreal"]["denying"]),
        refuting=frozenset(context["unreal"]["refuting"]),
        wishing=frozenset(context["unreal"]["wishing"]),
        modals=frozenset(context["unreal"]["modals"]),
        attribution_verbs=frozenset(context["attribution"]["verbs"]),
        attribution_adverbs=frozenset(context["attribution"]["adverbs"]),
        attribution_phrases={first: second for first, _, second in (p.partition(" ") for p in context["attribution"]["phrases"])},
        collectives=frozenset(people["collectives"]["words"]),
        pairs=people["collectives"]["exact"],
        counted=counted,
        named=named,
        scope=scope,
    )


def _any(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)))


def _frames(data: Mapping[str, Any]) -> dict[str, tuple[Frame, ...]]:
    """Return the frames by their first word, those of more words first."""
    found: dict[str, list[Frame]] = {}
    for kind, slots in data.items():
        for slot, group in slots.items():
            if kind not in get_args(HarmKind) or slot not in SLOTS:
                raise lexicon.LexiconError(
                    f"casualties.toml, [{kind}.{slot}]: kinds are those of tables.HarmKind, slots {', '.join(SLOTS)}; rename the table"
                )
            loose, never_after = group.get("loose", []), group.get("never_after", {})
            for phrase in (*group["words"], *loose):
                adjacent = " " in phrase and "+" not in phrase
                words = tuple(phrase.replace("+", " ").split())
                frame = Frame(cast("HarmKind", kind), slot, words, adjacent, phrase in loose, frozenset(never_after.get(phrase, ())))
                found.setdefault(words[0], []).append(frame)
    return {first: tuple(sorted(frames, key=lambda f: (-len(f.words), f.name, f.words))) for first, frames in found.items()}
