"""What a user asks for in words, as the tables say it: months, situations, and names out of a closed list.

A name is never guessed at: what is not known is answered with the names nearest to it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from pipeline.spelling import fold

_MONTH = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?")  # 2023, 2023-01
_NEAR = 6
_SHORT_LIST = 15


class NotKnown(ValueError):  # noqa: N818
    """What was asked for does not exist; the message says what does, the nearest first."""


def month(asked: str | None) -> dt.date | None:
    """Return the first day of the month "2023-05"; raises NotKnown for anything else, a whole year included."""
    match = _MONTH.fullmatch(asked.strip()) if asked else None
    if asked and not (match and match[2]):
        raise NotKnown(f"{asked!r} is no month; write it as 2024-05")
    return first_month(asked)


def first_month(asked: str | None) -> dt.date | None:
    """Return the first day of the first month of "2023-01" or "2023"; raises NotKnown for anything else."""
    return dt.date(*_month(asked, 1)) if asked else None


def last_month(asked: str | None) -> dt.date | None:
    """Return the first day of the last month of "2023-12" or "2023"; raises NotKnown for anything else."""
    return dt.date(*_month(asked, 12)) if asked else None


def _month(asked: str, where_none: int) -> tuple[int, int, int]:
    match = _MONTH.fullmatch(asked.strip())
    if not match:
        raise NotKnown(f"{asked!r} is no month; write it as 2024-05, or 2024 for the year")
    return int(match[1]), int(match[2] or where_none), 1


def situation(asked: str, known: Iterable[str]) -> str:
    """Return the situation among those `known` that a name in any spelling, old or new, stands for; raises NotKnown."""
    from pipeline.entries.situations import Situations

    names = sorted(set(known))
    folded = {fold(name): name for name in names}
    if found := folded.get(fold(asked)):
        return found
    listed = Situations.load().named(asked)
    if listed and listed.name in names:
        return listed.name
    if listed:
        raise NotKnown(f"the tables hold no entry on {listed.name}" + _or_near(nearest(asked, names)))
    raise NotKnown(f"no situation is called {asked!r}" + _or_near(nearest(asked, names) or names[:_NEAR]))


def choice(what: str, asked: str, spellings: Mapping[str, str] | Sequence[str]) -> str:
    """Return the value of a closed list that `asked` spells; raises NotKnown. `spellings` may give other names of values."""
    named = dict(spellings) if isinstance(spellings, Mapping) else {name: name for name in spellings}
    folded = {_words(name): value for name, value in named.items()}
    if found := folded.get(_words(asked)):
        return found
    values = list(dict.fromkeys(named.values()))
    near = values if len(values) <= _SHORT_LIST else nearest(asked, values)
    raise NotKnown(f"there is no {what} {asked!r}" + _or_near(near or values))


def nearest(asked: str, names: Iterable[str]) -> list[str]:
    """Return the names that hold all the words asked for, then those that are spelled much like them; at most six."""
    folded = {_words(name): name for name in names}
    wanted = _words(asked)
    holding = [key for key in folded if wanted and all(re.search(rf"\b{re.escape(word)}", key) for word in wanted.split())]
    alike = get_close_matches(wanted, folded, n=_NEAR, cutoff=0.6)
    return [folded[key] for key in dict.fromkeys(sorted(holding, key=len) + alike)][:_NEAR]


def _words(name: str) -> str:
    return fold(name.replace("_", " "))


def _or_near(names: Sequence[str]) -> str:
    return f"; did you mean {' or '.join(names)}?" if 0 < len(names) <= 2 else f"; there are {', '.join(names)}" if names else ""
