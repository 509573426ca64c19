"""Which lines of a page without headings make one entry: a headline and its paragraphs, a one-line entry, or no entry at all.

The best way to cut the page into runs of lines is found by dynamic programming. Scores are log-odds by judgement, from
what was measured on real entries (see style.py) and on the order of things: what stands lower on a page is older, and
one-line entries are older than those with a headline line of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from pipeline.entries.style import HEADLINE_WORDS, Shape

MOST_PARAGRAPHS = 12

Kind = Literal["skip", "one_line", "headlined"]


class Line(NamedTuple):
    """What grouping needs to know of a line."""

    shape: Shape
    opening: bool
    """Whether the line begins with a stock phrase that opens paragraphs only."""
    headed: bool
    """Whether a heading stands right above, so that plain English (of 2003-05) is no evidence against the line."""

    @property
    def foreign(self) -> float:
        """How much speaks against the line being of an entry."""
        return min(self.shape.foreign, self.shape.cues - 1.5) if self.headed else self.shape.foreign


class Run(NamedTuple):
    """Lines start to end (exclusive) belong together."""

    start: int
    end: int
    kind: Kind


def group(lines: Sequence[Line]) -> list[Run]:
    """Return the best cut of `lines` into runs; every line is in exactly one."""
    best: list[tuple[float, Run | None]] = [(0.0, None)]
    for end in range(1, len(lines) + 1):
        best.append(max(_candidates(lines, best, end), key=lambda candidate: candidate[0]))
    runs: list[Run] = []
    at = len(lines)
    while at:
        run = best[at][1]
        assert run is not None
        runs.append(run)
        at = run.start
    return runs[::-1]


def _candidates(lines: Sequence[Line], best: Sequence[tuple[float, Run | None]], end: int) -> list[tuple[float, Run | None]]:
    line = lines[end - 1]
    before = best[end - 1]
    found: list[tuple[float, Run | None]] = [
        (before[0] + line.foreign, Run(end - 1, end, "skip")),
        (before[0] + _one_line(line), Run(end - 1, end, "one_line")),
    ]
    paragraphs = 0.0
    for start in range(end - 1, max(-1, end - 2 - MOST_PARAGRAPHS), -1):
        score = best[start][0] + _headline(lines[start]) + paragraphs + _agreement(lines[start + 1 : end])
        if start == end - 1:
            score -= 1.0 + ((run := best[start][1]) is not None and run.kind == "skip")
        if (run := best[start][1]) and run.kind == "one_line":
            score -= 1.0
        found.append((score, Run(start, end, "headlined")))
        if lines[start].headed and start < end - 1:
            break
        paragraphs += _paragraph(lines[start])
        if lines[start].headed:
            break
    return found


def _headline(line: Line) -> float:
    shape = line.shape
    score = -line.foreign - 6.0 * line.opening
    score += 1.0 if shape.sentences == 1 else -3.0
    score += 0.5 if shape.words <= HEADLINE_WORDS else -3.0
    dates = len(shape.months)
    # Day-dates speak for an entry (see foreign) but against a headline.
    return score + (1.0 if not dates else -3.0 if dates == 1 else -4.0 - min(dates, 3))


def _one_line(line: Line) -> float:
    return -line.foreign - (3.0 if line.shape.sentences == 1 else 0.0) - 4.0 * line.opening


def _paragraph(line: Line) -> float:
    shape = line.shape
    like_headline = shape.sentences == 1 and not shape.months and shape.words <= HEADLINE_WORDS and not line.opening
    return -line.foreign - 2.0 * like_headline


def _agreement(lines: Sequence[Line]) -> float:
    """Return what speaks for paragraphs being of one month: each that is of another than the first dated one counts against."""
    dated = [line.shape for line in lines if line.shape.months]
    return sum(0.5 if shape.month == dated[0].month else -6.0 for shape in dated[1:])
