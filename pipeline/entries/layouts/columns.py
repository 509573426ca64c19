"""What the columns of a table are: told by their names and by what stands in them; content wins where the two disagree.

A name may itself say of what or when its cells are: a table with a column a country, JSON with months or countries for keys.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.entries.headings import find_heading
from pipeline.entries.layouts.celldates import Order, is_month, month_of, order_of
from pipeline.entries.page import Page
from pipeline.entries.situations import Situation
from pipeline.entries.style import HEADLINE_WORDS
from pipeline.entries.wording import YEAR, key

_SAMPLE = 200
_MOST = 0.6
_TEXT_WORDS = 25
_NAME_WORDS = 8
# So many rows with one and the same headline have none: it is the title of the whole.
_SAME = 3
# A column is one of these only if its values are.
_CHECKED = frozenset({"situation", "month", "year", "region", "trend", "iso3", "label"})
_SHARED = frozenset({"other", "label"})


class Told(NamedTuple):
    """What a short text that is no prose says: a title, a key, the name of a column or a sheet."""

    situation: Situation | None = None
    written: str | None = None
    month: dt.date | None = None
    year: int | None = None
    region: str | None = None


class Columns(NamedTuple):
    """The columns of a table: their roles, what their names say of their cells, and how numeric dates are written."""

    roles: Mapping[str, str]
    names: Mapping[str, tuple[Told, ...]]
    order: Order | None

    def role(self, field: str | None) -> str:
        """Return the role of a column: situation, month, year, headline, text, region, trend, label, ..., or `other`."""
        return self.roles.get(field or "", "other")


def find_columns(page: Page) -> Columns:
    """Return what the columns of a page of cells are."""
    cells = [block for block in page.blocks if block.kind == "cell"]
    samples: defaultdict[str, list[str]] = defaultdict(list)
    for block in cells:
        if len(samples[block.field or ""]) < _SAMPLE:
            samples[block.field or ""].append(block.text)
    names = _names(page, samples)
    columns: defaultdict[str, list[str]] = defaultdict(list)
    for field, values in samples.items():
        columns[names[field][1] if field in names else field] += values
    found = _roles(page, columns)
    roles = {field: found.get(names[field][1] if field in names else field, "other") for field in samples}
    order = order_of(block.text for block in cells if roles[block.field or ""] == "month")
    return Columns(roles, {field: told for field, (told, _) in names.items()}, order)


def told_by(page: Page, text: str) -> Told | None:
    """Return what `text` says if all of it is a situation, a month, a year, a region, or a situation and a month; None if not."""
    heading = find_heading(page, text)
    if heading and heading.kind == "situation":
        return Told(heading.situation, heading.written, heading.month)
    if heading and heading.kind == "region":
        return Told(region=heading.value)
    if re.fullmatch(YEAR, text.strip()):
        return Told(year=int(text))
    for start, end, month in page.wording.named_months(text):
        rest = (text[:start] + text[end:]).strip(" ,.:;|()[]–—-")
        if not rest or key(rest) in page.wording.labels:
            return Told(month=month)
        if situation := page.situations.named(rest):
            return Told(situation, rest, month)
    month_alone = month_of(page.wording, text) if re.search(r"[^\W\d_]|[-/.]", text) else None
    return Told(month=month_alone) if month_alone else Told() if key(text) in page.wording.labels else None


def _names(page: Page, samples: Mapping[str, Sequence[str]]) -> dict[str, tuple[tuple[Told, ...], str]]:
    """Return what the name of each column says that says anything, and the name of the column it is then part of.

    `May 2021.Chad.trend` is the trend of Chad in May 2021; a column `Chad` full of prose is its text.
    """
    paths = {field: (field,) if _says(page, field) else tuple(field.split(".")) for field in samples}
    beside: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for path in paths.values():
        for depth, part in enumerate(path):
            beside[path[:depth]].add(part)
    most = {parent: len(parts) <= 2 * sum(_says(page, part) for part in parts) for parent, parts in beside.items()}
    found: dict[str, tuple[tuple[Told, ...], str]] = {}
    for field, path in paths.items():
        said: list[Told] = []
        rest: list[str] = []
        for depth, part in enumerate(path):
            last = depth == len(path) - 1
            prose = not last or sum(len(value.split()) >= _TEXT_WORDS for value in samples[field]) >= _MOST * len(samples[field])
            if prose and _says(page, part):
                said.append(told_by(page, part) or Told())
            elif prose and most[path[:depth]] and key(part) not in page.wording.columns:
                # Among keys that are names, one that is not known is a name too.
                said.append(Told(Situation(part, "", ()), part))
            else:
                rest.append(part)
        if said:
            found[field] = (tuple(said), ".".join(rest) or "text")
    return found


def _says(page: Page, name: str) -> bool:
    told = told_by(page, name)
    return told is not None and any(told)


def _roles(page: Page, columns: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the role of each column that has one, the best fitting first; of most roles there is one column."""
    scored: list[tuple[float, int, str, str]] = []
    for rank, (name, values) in enumerate(columns.items()):
        called = _called(page, name)
        fits = _fits(page, values, called)
        others = any(fit >= _MOST for role, fit in fits.items() if role not in {"situation", "headline"})
        for role, fit in fits.items():
            if role == called == "situation" and not others:
                scored.append((-(fit + 2), rank, name, role))
            elif fit >= _MOST or (role == called and role not in _CHECKED and fit >= 0):
                scored.append((-(fit + (role == called or (role, called) == ("situation", "place"))), rank, name, role))
        if called in {"other", "alerts"} and not any(fits[role] >= _MOST for role in ("situation", "text")):
            scored.append((-2.5, rank, name, called))
    roles: dict[str, str] = {}
    for _, _, name, role in sorted(scored):
        if name not in roles and (role not in roles.values() or role in _SHARED):
            roles[name] = role
    if "text" not in roles.values():
        # A table whose only prose is short enough to pass for headlines.
        roles = {name: "text" if role == "headline" else role for name, role in roles.items()}
    return roles


def _called(page: Page, name: str) -> str | None:
    """Return the role that the name of a column tells: the last part of a path that tells one (`title.rendered`)."""
    parts = re.split(r"[./]", name)
    return next(filter(None, (page.wording.columns.get(key(part)) for part in (parts[-1], name, *reversed(parts)))), None)


def _fits(page: Page, values: Sequence[str], called: str | None) -> dict[str, float]:
    """Return, by role, the share of `values` that can play it; below 0 where none may, whatever the column is called."""
    wording, situations = page.wording, page.situations
    sizes = [len(value.split()) for value in values]
    short = [value if size <= _NAME_WORDS else "" for value, size in zip(values, sizes, strict=True)]

    def share(test: Sequence[object]) -> float:
        return sum(map(bool, test)) / len(values)

    fits = {
        "situation": share([value and situations.named(value) for value in short]),
        "month": share([value and is_month(wording, value, called=called == "month") for value in short]),
        "year": share([re.fullmatch(YEAR, value) for value in values]),
        "region": share([value and wording.region(value) for value in short]),
        "trend": share([value and (wording.trend(value) or key(value) in wording.overview) for value in short]),
        "iso3": share([re.fullmatch(r"[A-Z]{3}", value) for value in values]) * 0.9,
        "text": share([size >= _TEXT_WORDS for size in sizes]),
        "headline": 0.9 * share([4 <= size <= HEADLINE_WORDS for size in sizes]),
        "risk_alert": 0.0,
        "resolution_opportunity": 0.0,
    }  # fmt: skip
    labels = sum(value != "" and _is_label(page, value, called) for value in short)
    same = len(values) >= _SAME and len(set(values)) == 1
    if labels >= _MOST * len(values):
        return {**dict.fromkeys(fits, -1.0), "label": 3.0}
    return {**fits, "headline": -1.0} if same and fits["text"] < _MOST else fits


def _is_label(page: Page, value: str, called: str | None) -> bool:
    """Whether a cell is a title that says of what and when the row is, and is no headline."""
    told = told_by(page, value)
    return told is not None and (called == "headline" or (told.month is not None and not is_month(page.wording, value, called=True)))
