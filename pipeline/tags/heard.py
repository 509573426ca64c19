"""The tags of one entry by what is asked of them: how likely a word is what, as later stages weigh it."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.by_entry import by_entry
from pipeline.tables import Tag

# Between these chances, evidence counts alike: finer towards the ends, as in log-odds.
BOUNDS = (0.03, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97)

_NONE: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class Heard:
    """Chances by question and word, then by answer; of roles by role, trigger and word."""

    answers: Mapping[tuple[str, int], Mapping[str, float]]
    roles: Mapping[tuple[str, int, int], float]

    @classmethod
    def of(cls, tags: Iterable[Tag]) -> Heard:
        """Return the tags of one entry in order of question."""
        answers: dict[tuple[str, int], dict[str, float]] = defaultdict(dict)
        roles: dict[tuple[str, int, int], float] = {}
        for tag in tags:
            if tag.question == "role":
                roles[tag.label, tag.of, tag.i] = tag.chance
            else:
                answers[tag.question, tag.i][tag.label] = tag.chance
        return cls(dict(answers), roles)

    def labels(self, question: str, i: int) -> Mapping[str, float]:
        """Return the answers on word `i` with their chances."""
        return self.answers.get((question, i), _NONE)

    def chance(self, question: str, i: int) -> float:
        """Return the chance that word `i` is anything that is asked for."""
        return sum(self.labels(question, i).values())

    def over(self, question: str, words: Iterable[int]) -> dict[str, float]:
        """Return each answer on any of the words with its highest chance."""
        best: dict[str, float] = {}
        for i in words:
            for label, chance in self.labels(question, i).items():
                best[label] = max(best.get(label, 0.0), chance)
        return best

    def role(self, name: str, trigger: int, words: Iterable[int]) -> float:
        """Return the chance that the likeliest of the words plays a role of the trigger."""
        known, best = self.roles.get, 0.0
        for i in words:
            chance = known((name, trigger, i), 0.0)
            if chance > best:
                best = chance
        return best


def heard_by_entry(tags: Iterable[Tag]) -> dict[str, Heard]:
    """Return what is heard of each entry that has tags."""
    return {entry_id: Heard.of(group) for entry_id, group in by_entry(tags).items()}


NOTHING_HEARD = Heard({}, {})


def level(chance: float) -> int:
    """Return how strong a chance is as evidence, from 0 to 7."""
    return bisect_right(BOUNDS, chance)
