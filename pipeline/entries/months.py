"""Months for drafts whose pages state none: from the sidecar, the same text in another file, the order of the page, the file's name."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.entries.clues import Clues, find_clues
from pipeline.entries.file_names import month_of_path
from pipeline.entries.identity import squeeze
from pipeline.entries.nearest import both_ways
from pipeline.entries.page import Draft, SplitPage
from pipeline.entries.timeline import FIRST, LAST, Newest, Point, Step, best_path, first_day, index
from pipeline.tables import Source

# Below this share of the evidence a month is not decided and stays null.
DECIDED = 0.4
# What a month that rests on the name of its file is worth: it may tell when the file was made.
_NAMED = 0.9
# Characters; a shorter text says too little to be known again.
_TELLING = 80
_NAMES = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def settle(draft: Draft, source: Source | None) -> Draft:
    """Return a draft with its mark, and with its month if the file states it or the sidecar gives it for the whole file."""
    mark, month = hashlib.sha256(squeeze(draft.text).encode()).hexdigest(), _month(source.month) if source else None
    if draft.month is not None:
        return replace(draft, mark=mark, month_confidence=1.0, month_evidence="the file states it")
    if month is None:
        return replace(draft, mark=mark)
    said = "the sidecar gives it for the whole file"
    return replace(draft, mark=mark, month=month, month_source="given", month_confidence=1.0, month_evidence=said)


def date_drafts(pages: Sequence[SplitPage], months: Mapping[str, int]) -> list[Sequence[Draft]]:
    """Return the drafts of each page with months filled in; what the page states or the sidecar gives is kept.

    Pages are dated in turn, those with a fixed point first, so that a text with a known month helps date another page. The
    month that a file's name states counts for pages without such a point; `months` are their numbers by folded name.
    """
    dated = [page.drafts for page in pages]
    undated = {number for number, found in enumerate(dated) if any(draft.month is None for draft in found)}
    if not undated:
        return dated
    known: dict[str, tuple[int, str]] = {}
    for page in pages:
        _note(known, page, page.drafts)
    named = {number: month_of_path(pages[number].document.path, months) for number in undated}
    for number in sorted(undated, key=lambda number: (not _anchored(pages[number], known), named[number] is None, number)):
        dated[number] = list(_infer(pages[number], dated[number], known, named[number]))
        _note(known, pages[number], dated[number])
    return dated


def _note(known: dict[str, tuple[int, str]], page: SplitPage, drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        if draft.month is not None and _tells(draft):
            known.setdefault(draft.mark, (index(draft.month), page.document.path))


def _anchored(page: SplitPage, known: Mapping[str, tuple[int, str]]) -> bool:
    newest = page.source is not None and page.source.newest_month is not None
    return newest or any(draft.month is not None or (draft.mark in known and _tells(draft)) for draft in page.drafts)


@dataclass(frozen=True, slots=True)
class _Dating:
    """A page on its best path, and the newest month as the sidecar gives it, or else as the file's name has it."""

    points: Sequence[Point]
    steps: Sequence[Step]
    oldest_first: bool
    edition: Sequence[int]
    room: Sequence[tuple[int, int]]
    given: dt.date | None
    named: dt.date | None


def _infer(page: SplitPage, drafts: Sequence[Draft], known: Mapping[str, tuple[int, str]], said_by_name: dt.date | None) -> Iterator[Draft]:
    given = _month(page.source.newest_month) if page.source else None
    saved = _month(page.source.retrieved) if page.source else None
    named = None if _anchored(page, known) or (said_by_name and saved and saved < said_by_name) else said_by_name
    same = [known.get(draft.mark) if draft.month is None and _tells(draft) else None for draft in drafts]
    points = [
        Point(
            draft.situation.name if draft.situation else "", find_clues(draft.text), index(draft.month) if draft.month else copy and copy[0]
        )
        for draft, copy in zip(drafts, same, strict=True)
    ]
    if not _in_order(page, points):
        for draft in drafts:
            yield from _infer(page, [draft], known, said_by_name)
        return
    newest = Newest(index(given)) if given else Newest(index(named), named=True) if named else None
    steps, oldest_first = best_path(points, newest, index(saved) if saved else None)
    dating = _Dating(points, steps, oldest_first, _edition(points, steps, oldest_first), _room(points), given, named)
    for rank, (draft, copy) in enumerate(zip(drafts, same, strict=True)):
        if draft.month is not None:
            yield draft
        elif copy:
            yield _dated(draft, steps[rank], steps[rank].confidence, f"the same text stands in {copy[1]}, where the month is known")
        else:
            yield _worked_out(draft, rank, dating)


def _in_order(page: SplitPage, points: Sequence[Point]) -> bool:
    """Whether entries stand in the order of their months: on a page always, in a table where the months it states run one way."""
    fixed = [point.fixed for point in points if point.fixed is not None]
    return page.document.layout != "table" or fixed in (sorted(fixed), sorted(fixed, reverse=True))


def _worked_out(draft: Draft, rank: int, dating: _Dating) -> Draft:
    """Return a draft with the month its page's path gives it, if the evidence is enough."""
    step, clues, given, named = dating.steps[rank], dating.points[rank].clues, dating.given, dating.named
    edition = dating.edition
    if given and step.month == index(given) and rank in edition and (clues.months or rank == edition[0]):
        return replace(_dated(draft, step, step.confidence, "the sidecar gives it as the page's newest month"), month_source="given")
    confidence = step.confidence * (_NAMED if named else 1.0)
    by_name = f"; the file name says {_NAMES[named.month - 1]} {named.year}" if named else ""
    only_named = named is not None and step.month == index(named) and rank == edition[0]
    told = clues.months or only_named or _confined(dating.points, dating.steps, rank)
    if confidence >= DECIDED and told and dating.room[rank][0] <= step.month <= dating.room[rank][1]:
        place = rank + 1 if dating.oldest_first else rank - 1
        above = dating.steps[place] if 0 <= place < len(dating.steps) else None
        return _dated(draft, step, confidence, _evidence(clues, step, above) + by_name)
    share = round(confidence, 3) if clues.months else None
    return replace(draft, month_confidence=share, month_evidence=_undecided(clues) + by_name)


def _room(points: Sequence[Point]) -> list[tuple[int, int]]:
    """Return the months that the nearest known ones above and below leave each entry; a path may break the order where nothing fits."""
    above, below = both_ways([point.fixed for point in points])
    return [(FIRST, LAST) if a is None or b is None else (min(a, b), max(a, b)) for a, b in zip(above, below, strict=True)]


def _dated(draft: Draft, step: Step, confidence: float, evidence: str) -> Draft:
    return replace(
        draft, month=first_day(step.month), month_source="inferred", month_confidence=round(confidence, 3), month_evidence=evidence
    )


def _tells(draft: Draft) -> bool:
    """Whether a text is long enough to be known again: of a short one two entries may have the same."""
    return len(squeeze(draft.text[: 2 * _TELLING])) >= _TELLING or len(squeeze(draft.text)) >= _TELLING


def _confined(points: Sequence[Point], steps: Sequence[Step], rank: int) -> bool:
    """Whether the order of the page leaves an undated entry just one month: dated neighbours on both sides, no room between.

    On a page of many situations an edition's one month does as well.
    """
    if len({point.situation for point in points}) > 1:
        return True
    above = next((other for other in range(rank - 1, -1, -1) if points[other].clues.months), None)
    below = next((other for other in range(rank + 1, len(points)) if points[other].clues.months), None)
    return above is not None and below is not None and steps[above].month - steps[below].month == below - above


def _edition(points: Sequence[Point], steps: Sequence[Step], oldest_first: bool) -> list[int]:
    """Return the ranks of the newest edition on the page: entries of one month, each of another situation, the newest first."""
    seen: set[str] = set()
    found: list[int] = []
    ranks = range(len(points) - 1, -1, -1) if oldest_first else range(len(points))
    for rank in ranks:
        if points[rank].situation in seen or (found and steps[rank].month != steps[found[0]].month):
            break
        seen.add(points[rank].situation)
        found.append(rank)
    return found


def _evidence(clues: Clues, step: Step, above: Step | None) -> str:
    """Return the clues a month rests on, in plain words."""
    year, month = divmod(step.month, 12)
    said = []
    if clues.months:
        total = sum(count for _, count in clues.months)
        said.append(f"{dict(clues.months).get(month + 1, 0)} of {total} day-dates are of {_NAMES[month]}")
    else:
        said.append("no day-date in the text")
    telling = [clue.text for clue in clues.years if clue.offset is not None or abs(clue.year - year) <= 1]
    said += [f"the text names {', '.join(dict.fromkeys(telling[:3]))}"] if telling else []
    if above is not None:
        gap = above.month - step.month
        said.append(
            "same month as the next newer entry of the page"
            if gap == 0
            else f"{gap} month{'s' * (gap != 1)} before the next newer entry of the page"
        )
    return "; ".join(said)


def _undecided(clues: Clues) -> str:
    if clues.months:
        return f"most day-dates are of {_NAMES[clues.months[0][0] - 1]}; nothing decides the year"
    return "no day-date in the text, and the order of the page leaves several months open"


def _month(text: str | None) -> dt.date | None:
    """Return the first of the month of a sidecar's `2023-11` or `2023-11-20`; None for nothing or anything else."""
    try:
        return dt.date(int(text[:4]), int(text[5:7]), 1) if text else None
    except ValueError:
        return None
