"""The trigger lexicon: which event types a word may name, by its base form and the company it keeps in the parse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from pipeline import lexicon
from pipeline.events.parse import Parse
from pipeline.lexicon import LexiconError

_FILE = "events.toml"
# A frame (words in their company) is better evidence than a word alone.
WORD, FRAME = 1, 2
# How far below a trigger, in steps of the parse, its company is looked for: "raid on village of farmers" is three.
DEEP = 3

Pos = str
# A participle is often tagged as an adjective ("neutralised nine"): it is looked up as both.
LOOKED_UP_AS: Mapping[Pos, tuple[Pos, ...]] = {"VERB": ("VERB",), "ADJ": ("VERB", "NOUN")}


@dataclass(frozen=True, slots=True)
class Triggers:
    """`lexicon/events.toml`: types by (part of speech, base form), and frames by base form as (type, company).

    `openings` are the first words of all forms: most words of an entry are none of them, and are looked up no further.
    """

    words: Mapping[tuple[Pos, str], tuple[str, ...]]
    frames: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    sections: Mapping[str, Mapping[str, Any]]
    openings: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        forms = (*self.frames, *(form for _, form in self.words))
        object.__setattr__(self, "openings", frozenset(form.partition(" ")[0] for form in forms))

    @classmethod
    def load(cls) -> Triggers:
        """Return the lexicon; raises LexiconError where the file is missing, broken, or a frame has no company."""
        return _load()

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the file behind the lexicon."""
        return lexicon.digest((_FILE,))

    def votes(self, parse: Parse, i: int) -> dict[str, int]:
        """Return the types word `i` may name, each with the strength of the evidence: WORD or FRAME."""
        if not self._may_list(parse, i):
            return {}
        kinds = LOOKED_UP_AS.get(parse.tokens[i].pos, ("NOUN",))
        forms = spellings(parse, i)
        out: dict[str, int] = {}
        for form in forms:
            for pos in kinds:
                for label in self.words.get((pos, form), ()):
                    out[label] = WORD
        framed = [frame for form in forms for frame in self.frames.get(form, ())]
        if framed:
            around = company(parse, i)
            out.update({label: FRAME for label, words in framed if not words.isdisjoint(around)})
        return out

    def _may_list(self, parse: Parse, i: int) -> bool:
        """Tell whether one of the spellings of word `i` may be listed; a participle and a part of a hyphenated word always may."""
        if parse.lemmas[i] in self.openings or i - 1 in parse.hyphens or i + 1 in parse.hyphens:
            return True
        text = parse.tokens[i].text.lower()
        return text in self.openings or text.endswith("ed")


@dataclass(frozen=True, slots=True)
class Votes:
    """The lexicon's votes on the words of one entry, each worked out once."""

    parse: Parse
    triggers: Triggers
    _cast: dict[int, dict[str, int]] = field(default_factory=dict)

    def on(self, i: int) -> dict[str, int]:
        """Return the types word `i` may name, each with the strength of the evidence."""
        if (known := self._cast.get(i)) is None:
            known = self._cast[i] = self.triggers.votes(self.parse, i)
        return known


def spellings(parse: Parse, i: int) -> list[str]:
    """Return the forms word `i` is looked up by: base form, hyphenated whole ("flare-up"), with its particle ("call off")."""
    token = parse.tokens[i]
    stem = parse.lemmas[i]
    out = [stem]
    text = token.text.lower()
    # The lemmatiser was not shown some verbs of this field and cuts them short (raped: rap, fined: fin).
    if text.endswith("ed") and (stem + "ed" == text or stem == text):
        out += (text[:-1], text[:-2])
    if text != stem:
        out.append(text)
    if len(whole := hyphenated(parse, i)) > 1:
        before = "".join(parse.tokens[k].text.lower() for k in whole[:-1])
        out += (before + parse.tokens[whole[-1]].text.lower(), before + parse.lemmas[whole[-1]])
    for k in parse.children[i]:
        if i < k <= i + 2:
            child = parse.tokens[k]
            if child.dep in {"prt", "prep", "advmod"} and child.pos in {"ADP", "ADV", "PART"}:
                out.append(f"{stem} {child.text.lower()}")
    return out


def hyphenated(parse: Parse, i: int) -> list[int]:
    """Return the ranks of the hyphenated word that `i` is a part of, `i` alone where there is none."""
    if i - 1 not in parse.hyphens and i + 1 not in parse.hyphens:
        return [i]
    tokens, first, last = parse.tokens, i, i
    while first >= 2 and tokens[first - 1].text == "-" and tokens[first - 2].end == tokens[first - 1].start == tokens[first].start - 1:
        first -= 2
    while (
        last + 2 < len(tokens) and tokens[last + 1].text == "-" and tokens[last].end == tokens[last + 1].start == tokens[last + 2].start - 1
    ):
        last += 2
    return list(range(first, last + 1))


def company(parse: Parse, i: int) -> set[str]:
    """Return the base forms of the words that hang on word `i` (DEEP steps down) or govern it (two up), its subject included."""
    near = set(parse.up(i)[:2]) | set(parse.subjects(i))
    layer = [i]
    for _ in range(DEEP):
        layer = [k for j in layer for k in parse.children[j] if parse.tokens[k].dep not in {"conj", "date", "relcl", "advcl", "punct"}]
        near.update(layer)
    if parse.tokens[i].dep in {"dobj", "pobj", "compound", "conj"} and parse.tokens[i].head in near:
        near.update(parse.under(parse.tokens[i].head, "nsubj", "nsubjpass", "compound", "amod"))
    near.discard(i)
    return {form for k in near for form in (parse.lemmas[k], parse.tokens[k].text.lower())}


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a comma-separated list."""
    return tuple(word for part in text.split(",") if (word := part.strip()))


@cache
def _load() -> Triggers:
    sections = lexicon.read_toml(_FILE)
    words: dict[tuple[Pos, str], list[str]] = defaultdict(list)
    frames: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for label, section in sections.items():
        for pos, key in (("VERB", "verbs"), ("NOUN", "nouns")):
            for word in section[key]:
                words[pos, word].append(label)
        for frame in section.get("frames", ()):
            named, plus, around = frame.partition("+")
            if not plus or not listed(named) or not listed(around):
                raise LexiconError(f"{lexicon.FOLDER / _FILE}, [{label}]: frame {frame!r} must read 'words + company'")
            for word in listed(named):
                frames[word].append((label, frozenset(listed(around))))
    return Triggers({key: tuple(labels) for key, labels in words.items()}, {word: tuple(found) for word, found in frames.items()}, sections)
