"""What is thought of a word: whether it is a trigger, and of what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is thought of the word at rank `i`: how likely it is a trigger (0 to 1), of which type, and how sure that is (0 to 1)."""

    i: int
    chance: float
    label: str
    share: float
