"""The `trend_signs` stage: what an entry holds that tells its month's trend: cues of its language, its events, its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, Self

from pipeline import lexicon
from pipeline.counts import Counts, count
from pipeline.tables import Casualty, Entry, Event, TrendSigns

_FILE = "trends.toml"
WEIGHED = ("deteriorated", "improved", "risk")
Zone = Literal["headline", "lead", "body"]

_BETWEEN = r"[^\w.;:!?\n]+"  # the space or comma between two words of one clause
_GAP = rf"(?:{_BETWEEN}[\w’'-]+){{0,5}}?{_BETWEEN}"  # up to five words: "ceasefire with neighbour collapsed"
_WORD_END, _ANY_END = r"(?![\w’'])", r"\w{0,12}(?!\w)"  # war; escalat*: escalated, escalating
_WORD = re.compile(r"\w+")
_JOINTS = ("’", "'", "-")  # the second half of a compound begins no cue: "anti-war", "cease-fire"
_STEM = 4  # letters of its first word that a phrase is looked up by
_SENTENCE_END = re.compile(r"(?<=[.!?])[”\")]{0,2} (?=[A-Z“\"])")  # "...north. In" but not "Gen. goïta"


@dataclass(frozen=True, slots=True)
class TrendCues:
    """The cues of `lexicon/trends.toml`: which phrase is which cue, and what weight each had before anything was learned.

    `phrases` are by the first letters of their first word, the longest first, so that "failed to ease" is not read as easing.
    """

    phrases: Mapping[str, Sequence[tuple[re.Pattern[str], str]]]
    names: tuple[str, ...]
    priors: Mapping[str, Mapping[str, float]]

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the cues; raises LexiconError where a phrase stands under two of them, or begins with too short a stem."""
        tables = lexicon.read_toml(_FILE)
        cue_of: dict[str, str] = {}
        for name, table in tables.items():
            for phrase in map(str.lower, table["words"]):
                if (other := cue_of.setdefault(phrase, name)) != name:
                    raise lexicon.LexiconError(f"{lexicon.FOLDER / _FILE}, [{name}]: {phrase!r} stands under [{other}] too")
                if 0 <= phrase.split()[0].find("*") < _STEM:
                    raise lexicon.LexiconError(f"{lexicon.FOLDER / _FILE}, [{name}]: {phrase!r}: write {_STEM} letters before the *")
        phrases: dict[str, list[tuple[re.Pattern[str], str]]] = {}
        for phrase in sorted(cue_of, key=lambda phrase: (-len(phrase.replace("... ", "")), phrase)):
            first = _WORD.match(phrase)
            phrases.setdefault(first[0][:_STEM] if first else "", []).append((re.compile(_pattern(phrase), re.IGNORECASE), cue_of[phrase]))
        priors = {name: {what: float(table.get(what, 0.0)) for what in WEIGHED} for name, table in tables.items()}
        return cls(phrases, tuple(tables), priors)

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the file the cues are read from."""
        return lexicon.digest((_FILE,))

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Yield cue, start and end of every cue in the text, none overlapping another."""
        past = 0
        for word in _WORD.finditer(text):
            if word.start() < past or text[max(0, word.start() - 1) : word.start()] in _JOINTS:
                continue
            for spelled, name in self.phrases.get(word[0][:_STEM].lower(), ()):
                if match := spelled.match(text, word.start()):
                    past = match.end()
                    yield name, match.start(), past
                    break


def _pattern(phrase: str) -> str:
    """Return the regex of a phrase: `*` ends a word in any way, `...` stands for up to five words."""
    out = ""
    for number, word in enumerate(words := phrase.split()):
        if word == "...":
            out += _GAP
        else:
            out += _BETWEEN if number and words[number - 1] != "..." else ""
            out += re.escape(word.removesuffix("*")) + (_ANY_END if word.endswith("*") else _WORD_END)
    return out


def read_signs(entries: Sequence[Entry], events: Sequence[Event], casualties: Sequence[Casualty], cues: TrendCues) -> Iterator[TrendSigns]:
    """Yield one row an entry. Cues are sought in the headline and in each paragraph's first sentence, which sums it up."""
    counts = count(entries, events, casualties, lambda entry, _: entry.entry_id)
    for entry in entries:
        found = [(name, zone, start, end) for zone, a, b in _zones(entry) for name, start, end in _within(cues, entry.text, a, b)]
        yield TrendSigns(
            entry_id=entry.entry_id,
            situation=entry.situation,
            month=entry.month,
            cues=tuple(name for name, *_ in found),
            zones=tuple(zone for _, zone, *_ in found),
            starts=tuple(start for *_, start, _ in found),
            texts=tuple(entry.text[start:end] for *_, start, end in found),
            **_numbers(counts.get(entry.entry_id, Counts())),
        )


def _within(cues: TrendCues, text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    for name, a, b in cues.find(text[start:end]):
        yield name, start + a, start + b


def _zones(entry: Entry) -> Iterator[tuple[Zone, int, int]]:
    """Yield the headline, and each paragraph's first sentence; of an entry without headline, its first sentence is one."""
    start = 0
    for number, line in enumerate(entry.text.split("\n")):
        if number == 0 and entry.headline is not None:
            yield "headline", 0, len(line)
        else:
            end = _SENTENCE_END.search(line)
            yield "headline" if number == 0 else "lead", start, start + (end.start() if end else len(line))
        start += len(line) + 1


def _numbers(counts: Counts) -> dict[str, Any]:
    columns = counts.columns()
    figures = {kind: columns[f"{kind}_best"] for kind in ("killed", "injured", "detained", "displaced")}
    return {name: columns[name] for name in COUNTED_SIGNS} | figures


COUNTED_SIGNS = (
    "events", "political_violence", "protest", "military_posture", "state_coercion", "peace_process", "diplomacy", "domestic_politics",
    "humanitarian",
)  # fmt: skip
