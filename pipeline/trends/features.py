"""What the trend model sees of an entry: the cues of its language, its numbers, and their change against the situation's past."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, log1p, sqrt
from typing import NamedTuple

from pipeline.tables import TrendSigns

# The past is the situation's entries of the twelve months before; fewer than three are no past to compare with.
WINDOW, LEAST_PAST = 12, 3
# A paragraph's lead says less of the month as a whole than the headline does; a third cue of a kind adds nothing.
LEAD_SHARE, MOST_CUES = 0.3, 2
# Added on both sides of a ratio, so that one death after none is no explosion; ratios beyond e^3 say no more than e^3.
KILLED_FLOOR, EVENTS_FLOOR, WIDEST = 5.0, 1.0, 3.0


@dataclass(frozen=True, slots=True)
class Usual:
    """A situation's monthly means over its past: `months` is how many entries they rest on."""

    months: int
    killed: float
    violence: float
    events: float


class Logs(NamedTuple):
    """Logarithms of an entry's numbers, each with its floor: what geometric means are taken of."""

    killed: float
    violence: float
    events: float


def logs_of(sign: TrendSigns) -> Logs:
    """Return the logarithms of an entry's numbers, which a year of later entries is held against."""
    return Logs(log(sign.killed + KILLED_FLOOR), log(sign.political_violence + EVENTS_FLOOR), log(sign.events + EVENTS_FLOOR))


def usual(past: Sequence[Logs]) -> Usual | None:
    """Return the means of a situation's past entries; None where there are too few of them."""
    number = len(past)
    if number < LEAST_PAST:
        return None
    # Geometric means: one massacre in a quiet year must not make every later month look like peace.
    killed, violence, events = (exp(sum(logs) / number) for logs in zip(*past, strict=True))
    return Usual(number, killed - KILLED_FLOOR, violence - EVENTS_FLOOR, events - EVENTS_FLOOR)


def features_of(sign: TrendSigns, past: Usual | None = None) -> dict[str, float]:
    """Return the features of an entry by name; what is not there has no feature, which is the same as 0."""
    headline = Counter(cue for cue, zone in zip(sign.cues, sign.zones, strict=True) if zone == "headline")
    leads = {cue for cue, zone in zip(sign.cues, sign.zones, strict=True) if zone == "lead"}
    cues = {cue: sqrt(min(headline[cue], MOST_CUES)) + LEAD_SHARE * (cue in leads) for cue in sorted({*headline, *leads})}
    numbers = {
        "killed": log1p(sign.killed) / 3,
        "violence": log1p(sign.political_violence),
        "talks": log1p(sign.peace_process + sign.diplomacy),
        "displaced": log1p(sign.displaced) / 5,
    }
    if past:
        numbers["killed_change"] = change(sign.killed, past.killed, KILLED_FLOOR)
        numbers["violence_change"] = change(sign.political_violence, past.violence, EVENTS_FLOOR)
    return {**{f"cue:{name}": value for name, value in cues.items()}, **{name: value for name, value in numbers.items() if value}}


def change(now: float, before: float, floor: float) -> float:
    """Return the natural logarithm of how many times as much it is now, 0 for no change."""
    return max(-WIDEST, min(WIDEST, log((now + floor) / (before + floor))))
