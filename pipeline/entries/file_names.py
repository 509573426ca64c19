"""The month that the name of a file or of a folder above it states: `crisiswatch-december-2022.txt`, `2022-12/mali.txt`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from pipeline.spelling import fold

_TOKEN = re.compile(r"\d{1,20}|[^\W\d_]{1,40}")
_GLUE = re.compile(r"[ _.,–-]{0,3}")
_YEAR = re.compile(r"20\d\d")
_COMPACT = re.compile(r"(20\d\d)(0[1-9]|1[0-2])")  # 202212
# One digit beside a year is as often the number of a part: "mali_2019_2.txt".
_NUMBER, _DAY = re.compile(r"0[1-9]|1[0-2]"), re.compile(r"0?[1-9]|[12]\d|3[01]")
# A bulletin covers one month, and the tracker began with this one.
_FIRST = dt.date(2003, 8, 1)


def month_of_path(path: str, months: Mapping[str, int]) -> dt.date | None:
    """Return the one month that the name of the file states, or else the nearest folder's; None where none states just one.

    `months` are numbers by folded name. A name with a day in it tells when the file was saved, and so no month.
    """
    for part in reversed(PurePosixPath(path).parts):
        found = set(_stated(part, months))
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _stated(name: str, months: Mapping[str, int]) -> Iterator[dt.date]:
    tokens = list(_TOKEN.finditer(name))
    runs: list[list[str]] = []
    for number, token in enumerate(tokens):
        if number and _GLUE.fullmatch(name, tokens[number - 1].end(), token.start()):
            runs[-1].append(token[0])
        else:
            runs.append([token[0]])
    for run in runs:
        yield from _in_run(run, months)


def _in_run(run: Sequence[str], months: Mapping[str, int]) -> Iterator[dt.date]:
    """Yield the months of words and numbers that only separators part."""
    for at, word in enumerate(run):
        if compact := _COMPACT.fullmatch(word):
            yield from _of_tracker(int(compact[1]), int(compact[2]))
        elif _YEAR.fullmatch(word):
            for step in (-1, 1):
                month, beyond = _at(run, at + step), _at(run, at + 2 * step)
                named = months.get(fold(month))
                if _DAY.fullmatch(beyond) or (named is None and not _NUMBER.fullmatch(month)):
                    continue
                yield from _of_tracker(int(word), named or int(month))
                if other := months.get(fold(beyond)):  # Nov-Dec 2022
                    yield from _of_tracker(int(word), other)


def _at(run: Sequence[str], place: int) -> str:
    return run[place] if 0 <= place < len(run) else ""


def _of_tracker(year: int, month: int) -> Iterator[dt.date]:
    first = dt.date(year, month, 1)
    if first >= _FIRST:
        yield first
