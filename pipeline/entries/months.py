"""Months for drafts whose pages state none: from the sidecar, from the same text in another file, from the order of the page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from pipeline.entries.clues import Clues, find_clues
from pipeline.entries.identity import squeeze
from pipeline.entries.page import Draft, Page
from pipeline.entries.timeline import Point, Step, best_path, first_day, index

# Below this share of the evidence a month is not decided and stays null.
DECIDED = 0.4
_NAMES = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


def date_drafts(pages: Sequence[Page], drafts: Sequence[Sequence[Draft]]) -> list[list[Draft]]:
    """Return the drafts of each page with months filled in; what the page states or the sidecar gives is kept.

    Pages are dated in turn, those with a fixed point first, so that a text with a known month helps date another page.
    """
    known: dict[str, tuple[int, str]] = {}
    dated = [[_given(page, draft) for draft in found] for page, found in zip(pages, drafts, strict=True)]
    for page, found in zip(pages, dated, strict=True):
        _note(known, page, found)
    anchored = sorted(range(len(pages)), key=lambda number: (not _anchored(pages[number], dated[number], known), number))
    for number in anchored:
        if any(draft.month is None for draft in dated[number]):
            dated[number] = _infer(pages[number], dated[number], known)
            _note(known, pages[number], dated[number])
    return dated


def _given(page: Page, draft: Draft) -> Draft:
    month = _month(page.source.month) if page.source else None
    if draft.month is None and month:
        return replace(
            draft, month=month, month_source="given", month_confidence=1.0, month_evidence="the sidecar gives it for the whole file"
        )
    return replace(draft, month_confidence=1.0, month_evidence="the file states it") if draft.month else draft


def _note(known: dict[str, tuple[int, str]], page: Page, drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        if draft.month is not None:
            known.setdefault(squeeze(draft.text), (index(draft.month), page.document.path))


def _anchored(page: Page, drafts: Sequence[Draft], known: dict[str, tuple[int, str]]) -> bool:
    newest = page.source is not None and page.source.newest_month is not None
    return newest or any(draft.month is not None or squeeze(draft.text) in known for draft in drafts)


def _infer(page: Page, drafts: Sequence[Draft], known: dict[str, tuple[int, str]]) -> list[Draft]:
    newest = _month(page.source.newest_month) if page.source else None
    saved = _month(page.source.retrieved) if page.source else None
    same = [known.get(squeeze(draft.text)) if draft.month is None else None for draft in drafts]
    points = [
        Point(
            draft.situation.name if draft.situation else "",
            find_clues(draft.text),
            index(draft.month) if draft.month else copy[0] if copy else None,
        )
        for draft, copy in zip(drafts, same, strict=True)
    ]
    steps = best_path(points, index(newest) if newest else None, index(saved) if saved else None)
    edition = _edition(points, steps)
    out = []
    for rank, (draft, point, step, copy) in enumerate(zip(drafts, points, steps, same, strict=True)):
        if draft.month is not None:
            out.append(draft)
        elif copy:
            evidence = f"the same text stands in {copy[1]}, where the month is known"
            out.append(replace(draft, month=first_day(copy[0]), month_source="inferred", month_confidence=1.0, month_evidence=evidence))
        elif newest and step.month == index(newest) and rank < edition and (point.clues.months or rank == 0):
            evidence = "the sidecar gives it as the page's newest month"
            out.append(
                replace(draft, month=newest, month_source="given", month_confidence=round(step.confidence, 3), month_evidence=evidence)
            )
        elif step.confidence >= DECIDED and (point.clues.months or _confined(points, steps, rank)):
            out.append(
                replace(
                    draft,
                    month=first_day(step.month),
                    month_source="inferred",
                    month_confidence=round(step.confidence, 3),
                    month_evidence=_evidence(point.clues, step, steps[rank - 1] if rank else None),
                )
            )
        else:
            out.append(replace(draft, month_confidence=round(step.confidence, 3), month_evidence=_undecided(point.clues)))
    return out


def _confined(points: Sequence[Point], steps: Sequence[Step], rank: int) -> bool:
    """Whether the order of the page leaves an undated entry just one month: dated neighbours on both sides, no room between.

    On a page of many situations an edition's one month does as well.
    """
    if len({point.situation for point in points}) > 1:
        return True
    above = next((other for other in range(rank - 1, -1, -1) if points[other].clues.months), None)
    below = next((other for other in range(rank + 1, len(points)) if points[other].clues.months), None)
    return above is not None and below is not None and steps[above].month - steps[below].month == below - above


def _edition(points: Sequence[Point], steps: Sequence[Step]) -> int:
    """Return how many entries from the top are of the first edition on the page: of one month, each of another situation."""
    seen: set[str] = set()
    for rank, (point, step) in enumerate(zip(points, steps, strict=True)):
        if point.situation in seen or step.month != steps[0].month:
            return rank
        seen.add(point.situation)
    return len(points)


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
        said.append("same month as the entry above" if gap == 0 else f"{gap} month{'s' * (gap != 1)} before the entry above (newest first)")
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
