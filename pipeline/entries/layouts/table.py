"""Scraped tables (CSV, TSV, JSON, JSON Lines, XLSX): an entry a row, whatever the columns are called.

A column's role follows from its name and from what stands in it; content wins where the two disagree.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from pipeline.entries.page import Draft, Layout, Origin, Page, Piece
from pipeline.entries.situations import Situation
from pipeline.entries.style import HEADLINE_WORDS
from pipeline.entries.wording import key
from pipeline.spelling import plain
from pipeline.tables import Block, Skipped, Trend

_PREFIX = re.compile(r"([^\W\d_]{3,12}\.? (?:19|20)\d\d) ?[:–—-] ")  # 'Mar 2026: '
_MONTH_PREFIX = "heading: month prefix"
_SAMPLE = 200
_MOST = 0.6
_TEXT_WORDS = 25
_YES = frozenset({"1", "true", "yes", "y", "x", "ja", "oui", "si"})

Row = Mapping[str, Sequence[Block]]


def recognises(page: Page) -> bool:
    """Whether the file is a table."""
    return any(block.kind == "cell" for block in page.blocks)


def split(page: Page) -> Iterator[Piece]:
    """Yield a draft a row that has text and says of what or when it is; everything else is skipped."""
    roles = find_roles(page)
    for group, members in groupby(page.blocks, key=lambda block: block.group if block.kind == "cell" else None):
        if group is None:
            yield from (page.skip(block, "not_in_table") for block in members)
            continue
        # A column that the table has and the row leaves empty still says something of alerts.
        row: defaultdict[str, list[Block]] = defaultdict(list, {role: [] for role in roles.values()})
        for block in members:
            row[roles.get(block.field or "", "other")].append(block)
        yield from _row(page, row)


def find_roles(page: Page) -> dict[str, str]:
    """Return the role of each column: situation, month, year, headline, text, region, trend, ..., or `other`."""
    columns: defaultdict[str, list[str]] = defaultdict(list)
    for block in page.blocks:
        if block.kind == "cell" and len(columns[block.field or ""]) < _SAMPLE:
            columns[block.field or ""].append(block.text)
    scored: list[tuple[float, int, str, str]] = []
    for rank, (name, values) in enumerate(columns.items()):
        called = page.wording.columns.get(key(re.split(r"[./]", name)[-1])) or page.wording.columns.get(key(name))
        fits = _fits(page, values)
        for role, fit in fits.items():
            if fit >= _MOST or (role == called and role not in _CHECKED):
                scored.append((-(fit + (role == called)), rank, name, role))
        if called in {"other", "alerts"} and not any(fits[role] >= _MOST for role in ("situation", "text")):
            scored.append((-2.5, rank, name, called))
    roles: dict[str, str] = {}
    for _, _, name, role in sorted(scored):
        if name not in roles and (role not in roles.values() or role == "other"):
            roles[name] = role
    if "text" not in roles.values():
        # A table whose only prose is short enough to pass for headlines.
        roles = {name: "text" if role == "headline" else role for name, role in roles.items()}
    return roles


# A column is one of these only if its values are.
_CHECKED = frozenset({"situation", "month", "year", "region", "trend", "iso3"})


def _fits(page: Page, values: Sequence[str]) -> dict[str, float]:
    """Return, by role, the share of `values` that can play it."""
    wording, situations = page.wording, page.situations
    sizes = [len(value.split()) for value in values]

    def share(test: Sequence[object]) -> float:
        return sum(map(bool, test)) / len(values)

    return {
        "situation": share([size <= 8 and situations.named(value) for size, value in zip(sizes, values, strict=True)]),
        "month": share([size <= 4 and (wording.month(value) or wording.day(value) or key(value) in wording.months)
                        for size, value in zip(sizes, values, strict=True)]),
        "year": share([re.fullmatch(r"(?:19|20)\d\d", value) for value in values]),
        "region": share([size <= 8 and wording.region(value) for size, value in zip(sizes, values, strict=True)]),
        "trend": share([size <= 8 and key(value) in wording.overview for size, value in zip(sizes, values, strict=True)]),
        "iso3": share([re.fullmatch(r"[A-Z]{3}", value) for value in values]) * 0.9,
        "text": share([size >= _TEXT_WORDS for size in sizes]),
        "headline": 0.9 * share([4 <= size <= HEADLINE_WORDS for size in sizes]),
        "risk_alert": 0.0,
        "resolution_opportunity": 0.0,
    }  # fmt: skip


def _row(page: Page, row: Row) -> Iterator[Piece]:
    situation, written, origin = _situation(page, row)
    month, source = _month(page, row)
    headline = " ".join(line for block in row.get("headline", ()) for line in block.text.split("\n")).strip() or None
    lines, cut = _lines(page, row, headline)
    prefix = next((page.wording.month(piece.text) for piece in cut if piece.reason == _MONTH_PREFIX), None)
    if month is None and prefix:
        month, source = prefix, "stated"
    if not (headline or lines) or (situation is None and month is None):
        yield from (page.skip(block, "row_without_entry") for blocks in row.values() for block in blocks)
        return
    yield from cut
    for role, blocks in row.items():
        if role not in {"headline", "text"}:
            yield from (page.skip(block, "column" if role == "other" else f"heading: {role}") for block in blocks)
    yield Draft(
        document_id=page.document.document_id,
        position=min(block.position for blocks in row.values() for block in blocks),
        lines=((headline, *lines) if headline else tuple(lines)),
        headline=headline,
        situation=situation,
        situation_as_written=written,
        situation_source=origin,
        region=next((page.wording.region(block.text) or block.text for block in row.get("region", ())), None),
        month=month,
        month_source=source,
        trend=_trend(page, row),
        risk_alert=_flag(row, "risk_alert", "risk"),
        resolution_opportunity=_flag(row, "resolution_opportunity", "resolution"),
    )


def _lines(page: Page, row: Row, headline: str | None) -> tuple[list[str], list[Skipped]]:
    """Return the paragraphs of a row, and what was cut off before them: a month prefix, the headline told again."""
    lines: list[str] = []
    cut: list[Skipped] = []
    for block in row.get("text", ()):
        for line in filter(None, map(str.strip, block.text.split("\n"))):
            rest, prefix = (line, None) if lines or cut else _cut_prefix(page, line)
            if prefix:
                cut.append(page.skip(block, _MONTH_PREFIX, prefix))
            if headline and not lines and (after := _cut_headline(rest, headline)) is not None:
                cut.append(page.skip(block, "heading: headline repeated", rest[: len(headline)]))
                rest = after
            lines += [rest] if rest else []
    return lines, cut


def _situation(page: Page, row: Row) -> tuple[Situation | None, str | None, Origin]:
    codes = tuple(block.text for block in row.get("iso3", ()))
    for block in row.get("situation", ()):
        return page.situations.named(block.text) or Situation(block.text, "", codes), block.text, "stated"
    if codes and (found := next((s for s in page.situations.by_id.values() if s.countries == codes), None)):
        return found, codes[0], "stated"
    return page.given_situation, None, "given" if page.given_situation else "unknown"


def _month(page: Page, row: Row) -> tuple[dt.date | None, Origin]:
    years = [int(block.text) for block in row.get("year", ())]
    for block in row.get("month", ()):
        if month := page.wording.month(block.text):
            return month, "stated"
        if day := page.wording.day(block.text):
            return day.replace(day=1), "stated"
        if years and (
            number := page.wording.months.get(key(block.text)) or (int(block.text) if re.fullmatch(r"0?[1-9]|1[0-2]", block.text) else None)
        ):
            return dt.date(years[0], number, 1), "stated"
    return None, "unknown"


def _cut_prefix(page: Page, line: str) -> tuple[str, str | None]:
    """Return `line` without its 'Mar 2026: ', and the prefix; the line as it is and None if it has none."""
    match = _PREFIX.match(line)
    if match and page.wording.month(match[1]):
        return line[match.end() :], match[0].strip()
    return line, None


def _cut_headline(line: str, headline: str) -> str | None:
    """Return what follows `headline` at the beginning of `line`; None if the line does not begin with it."""
    if plain(line).startswith(plain(headline)):
        return line[len(headline) :].strip()
    return None


def _trend(page: Page, row: Row) -> Trend | None:
    found = next((page.wording.overview.get(key(block.text)) for block in row.get("trend", ())), None)
    return found if found in ("deteriorated", "improved", "unchanged") else None  # type: ignore[return-value]


def _flag(row: Row, role: str, word: str) -> bool | None:
    """Return whether the row has that alert: from a column of its own, or from one that lists alerts; None if there is neither."""
    if role in row:
        return any(key(block.text) in _YES for block in row[role])
    if "alerts" in row:
        return any(word in block.text.lower() for block in row["alerts"])
    return None


LAYOUT = Layout("table", recognises, split)
