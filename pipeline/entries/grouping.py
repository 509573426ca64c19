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
# Against a headline without paragraphs, once for other content above it and once for other content below.
_ALONE = 1.5

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
        return min(self.shape.foreign, self.shape.cues - 2.0) if self.headed else self.shape.foreign


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
        (before[0] + line.foreign - _ALONE * _is_lone(before[1]), Run(end - 1, end, "skip")),
        (before[0] + _one_line(line) + _again(lines, before[1], line), Run(end - 1, end, "one_line")),
    ]
    paragraphs = 0.0
    for start in range(end - 1, max(-1, end - 2 - MOST_PARAGRAPHS), -1):
        score = best[start][0] + _headline(lines[start]) + paragraphs + _agreement(lines[start + 1 : end])
        if start == end - 1:
            score -= 1.0 + _ALONE * ((run := best[start][1]) is not None and run.kind == "skip")
        if (run := best[start][1]) and run.kind == "one_line":
            score -= 1.0
        found.append((score, Run(start, end, "headlined")))
        if lines[start].headed and start < end - 1:
            break
        paragraphs += _paragraph(lines[start])
        if lines[start].headed:
            break
    return found


def _is_lone(run: Run | None) -> bool:
    """Whether the run is a headline without paragraphs, which is rarely an entry, and hardly ever one among other content."""
    return run is not None and run.kind == "headlined" and run.end - run.start == 1


def _headline(line: Line) -> float:
    shape = line.shape
    score = -line.foreign - 6.0 * line.opening
    score += 1.0 if shape.sentences == 1 else -3.0
    score += 0.5 if shape.words <= HEADLINE_WORDS else -3.0
    dates = len(shape.months)
    # Day-dates speak for an entry (see foreign) but against a headline.
    return score + (1.0 if not dates else -3.0 if dates == 1 else -4.0 - min(dates, 3))


def _one_line(line: Line) -> float:
    undated = not line.shape.months and not line.headed
    return -line.foreign - (3.0 if line.shape.sentences == 1 else 0.0) - 4.0 * line.opening - 1.0 * undated


def _again(lines: Sequence[Line], before: Run | None, line: Line) -> float:
    """Return what speaks against a one-line entry right below another of the same month of the year, or of the month before."""
    if before is None or before.kind == "skip" or line.headed or line.shape.month is None:
        return 0.0
    months = [month for other in lines[before.start : before.end] for month in other.shape.months]
    if not months:
        return 0.0
    month = max(sorted(set(months)), key=months.count)
    return -3.0 if line.shape.month == month else -2.0 if line.shape.month == month % 12 + 1 else 0.0


def _paragraph(line: Line) -> float:
    shape = line.shape
    like_headline = shape.sentences == 1 and not shape.months and shape.words <= HEADLINE_WORDS and not line.opening
    return -line.foreign - 2.0 * like_headline


def _agreement(lines: Sequence[Line]) -> float:
    """Return what speaks for paragraphs being of one month: each that is of another than the first dated one counts against."""
    dated = [line.shape for line in lines if line.shape.months]
    return sum(_same_month(dated[0].month or 0, shape) for shape in dated[1:])


def _same_month(month: int, shape: Shape) -> float:
    if shape.month == month:
        return 0.5
    # Paragraphs on what is due next month exist; an entry of eleven months before right below is rarer (see _again).
    ahead = shape.month == month % 12 + 1
    return -1.2 * min(len(shape.months), 4) if ahead else -6.0
