"""The words of the date grammar as one resource: months, parts, numbers, relations, relative phrases and cues."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args

from pipeline import lexicon

FILES = ("dates.toml", "date_decoys.toml")

Unit = Literal[
    "day", "week", "month", "year", "calendar week", "weekend", "calendar month", "calendar year", "month of entry", "year of entry"
]
Relation = Literal["on", "since", "until", "by", "before", "after"]
PartName = Literal["early", "mid", "late", "end", "start"]


@dataclass(frozen=True, slots=True)
class Phrases:
    """A family of relative expressions: "two days later" steps one day a number forward from the date it points to."""

    name: str
    phrases: tuple[str, ...]
    unit: Unit
    step: int
    stretch: bool = False
    pointed: bool = False
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoy:
    """A family of look-alikes; `templates` are regular expressions with slots (see date_decoys.toml)."""

    name: str
    words: tuple[str, ...]
    templates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lean:
    """Words that point a date without a year back or ahead; the outer two only right before it."""

    back: tuple[str, ...]
    past: tuple[str, ...]
    future: tuple[str, ...]
    until: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scheduled:
    """Words of what is put off or scheduled; dates.toml says how each group is read."""

    dated: tuple[str, ...]
    gone: tuple[str, ...]
    passive: tuple[str, ...]
    other: tuple[str, ...]
    setting: tuple[str, ...]
    lasting: tuple[str, ...]
    forward: tuple[str, ...]
    coming: tuple[str, ...]
    happening: tuple[str, ...]
    about: tuple[str, ...]
    bidden: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """Every word the grammar knows, by what it means. Keys are lower case except months, weekdays and feasts."""

    months: dict[str, int]
    weekdays: dict[str, int]
    parts: dict[str, PartName]
    numbers: dict[str, int]
    ordinals: dict[str, int]
    seasons: dict[str, tuple[int, int, int]]
    feasts: dict[str, tuple[int, int]]
    relations: dict[str, Relation]
    shifts: dict[str, int]
    turns: dict[str, int]
    names: dict[str, str]
    lean: Lean
    scheduled: Scheduled
    languages: tuple[str, ...]
    amounts: frozenset[str]
    background: dict[str, str]
    moved: tuple[str, ...]
    counts: frozenset[str]
    relative: tuple[Phrases, ...]
    decoys: tuple[Decoy, ...]

    @classmethod
    def load(cls) -> DateWords:
        """Read the lexicon once a process.

        Raises LexiconError where a table is missing or a word means two things.
        """
        return _load()

    @classmethod
    def identity(cls) -> str:
        """Digest of the lexicon files, so that changed words make the stage stale."""
        return lexicon.digest(FILES)


@cache
def _load() -> DateWords:
    data, decoys = lexicon.read_toml("dates.toml"), lexicon.read_toml("date_decoys.toml")
    try:
        return DateWords(
            months=_turn(data, "months", int),
            weekdays=_turn(data, "weekdays", int),
            parts=_turn(data, "parts", str),
            numbers={word: n for n, word in enumerate(data["numbers"]["words"], start=1)},
            ordinals=_turn(data, "ordinals", int),
            seasons={word: (*s["months"], s["edtf"]) for s in data["seasons"].values() for word in s["words"]},
            feasts={name: (month, day) for name, (month, day) in data["feasts"].items()},
            relations=_turn(data, "relations", str),
            shifts=_turn(data, "shifts", int),
            turns=_turn(data, "turns", int),
            names=_turn(data, "names", str),
            lean=Lean(**{way: tuple(phrases) for way, phrases in data["lean"].items()}),
            scheduled=Scheduled(**{name: tuple(phrases) for name, phrases in data["scheduled"].items()}),
            languages=tuple(data["languages"]["codes"]),
            amounts=frozenset(data["amounts"]["words"]),
            background=_turn(data, "background", str),
            moved=tuple(data["moved"]["words"]),
            counts=frozenset(data["counts"]["words"]),
            relative=tuple(_phrases(row) for row in data["relative"]),
            decoys=tuple(Decoy(row["name"], tuple(row["words"]), tuple(row["templates"])) for row in decoys["decoy"]),
        )
    except KeyError as error:
        raise lexicon.LexiconError(f"dates.toml or date_decoys.toml: {error} is missing; put the table or key back") from None


def _turn(data: dict[str, Any], table: str, kind: type) -> dict[str, Any]:
    """Turn `meaning = [words]` into word -> meaning."""
    out: dict[str, Any] = {}
    for meaning, words in data[table].items():
        for word in words:
            if word in out:
                raise lexicon.LexiconError(f"dates.toml, [{table}]: {word!r} means both {out[word]} and {meaning}; keep one")
            out[word] = kind(meaning)
    return out


def _phrases(row: dict[str, Any]) -> Phrases:
    if row["unit"] not in get_args(Unit):
        raise lexicon.LexiconError(f"dates.toml, relative {row['name']!r}: unit {row['unit']!r} is none of {get_args(Unit)}")
    return Phrases(**(row | {key: tuple(row[key]) for key in ("phrases", "beside") if key in row}))
