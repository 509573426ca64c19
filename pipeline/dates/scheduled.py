"""Whether the words before a date put something off to it or schedule something for it, so that it cannot be gone by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.dates.grammar import SP, either
from pipeline.dates.words import DateWords

FAR = r"[^.;]{0,60}?"  # postponed [trial of former officials, scheduled for Dec,] to
NEAR = r"[^.,;]{0,40}?"  # set [local elections] for
END = rf"{SP}(?:the{SP})?$"


Ahead = Literal["moved", "scheduled", "until"]


@dataclass(frozen=True, slots=True)
class Patterns:
    """What stands before a date that something is moved to or scheduled for, and beside that where the date may have passed."""

    moved: re.Pattern[str]
    scheduled: re.Pattern[str]
    gone: re.Pattern[str]
    passed: re.Pattern[str]
    passed_after: re.Pattern[str]


@cache
def _patterns(words: DateWords) -> Patterns:
    said = words.scheduled
    passed = either((*said.gone, *said.passive))
    step = rf"(?:{SP}(?!{either(said.about)}\b)[\w’'-]{{1,20}}){{0,4}}"
    ways = (
        either(said.dated),
        rf"{either(said.setting)}\b(?!{SP}{either(said.other)}\b){NEAR}{SP}for",
        rf"{either(said.forward)}\b{FAR}{SP}from",
        rf"{either(said.coming)}{SP}{either(said.happening)}{step}",
        rf"{either(said.bidden)}{SP}{NEAR}{SP}(?:by|until|till)",
    )
    return Patterns(
        moved=re.compile(rf"\b(?i:{either((*said.lasting, *words.moved))}\b{FAR}(?:(?<!\bdue){SP}to|{SP}until|{SP}till)){END}"),
        scheduled=re.compile(rf"\b(?i:{'|'.join(ways)}){END}"),
        gone=re.compile(rf"\b(?i:{either(said.gone)})(?:{SP}been)?{SP}$"),
        passed=re.compile(rf"\b(?i:{passed})(?:{SP}been)?{SP}$"),
        passed_after=re.compile(rf",?{SP}{passed}\b"),
    )


def scheduled(before: str, after: str, words: DateWords) -> Ahead | None:
    """Return how sure the words around a date make it lie ahead: `until` where it may have passed ("was due in Dec"), or null."""
    patterns = _patterns(words)
    if moved := patterns.moved.search(before):
        return "until" if patterns.gone.search(before, 0, moved.start()) else "moved"
    if not (found := patterns.scheduled.search(before)):
        return None
    passed = patterns.passed.search(before, 0, found.start()) or patterns.passed_after.match(after)
    return "until" if passed else "scheduled"
