"""Scraped tables (CSV, TSV, JSON, JSON Lines, XLSX, feeds): an entry a row, whatever the columns are called.

What a row's columns do not say, its title, the names of its columns or the name of its sheet may.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.entries.layouts.celldates import month_of
from pipeline.entries.layouts.columns import Columns, Told, find_columns, told_by
from pipeline.entries.page import Draft, Layout, Origin, Page, Piece
from pipeline.entries.situations import Situation
from pipeline.entries.wording import key
from pipeline.spelling import plain
from pipeline.tables import Block, Skipped

_PREFIX = re.compile(r"([^\W\d_]{3,12}\.? (?:19|20)\d\d) ?[:–—-] ")  # 'Mar 2026: '
_MONTH_PREFIX = "heading: month prefix"
_SHEET = "sheet="
_YES = frozenset({"1", "true", "yes", "y", "x", "ja", "oui", "si"})


@dataclass(frozen=True, slots=True)
class _Row:
    """The cells of a row by role, what its titles say, and what they, keys and sheet do; and its cells that no row before it has."""

    cells: Mapping[str, Sequence[Block]]
    titles: tuple[Told, ...]
    told: tuple[Told, ...]
    own: frozenset[int]

    def of(self, role: str) -> Sequence[Block]:
        """Return the cells of that role."""
        return self.cells.get(role, ())


def recognises(page: Page) -> bool:
    """Whether the file is a table."""
    return any(block.kind == "cell" for block in page.blocks)


def split(page: Page) -> Iterator[Piece]:
    """Yield a draft a row that has text and says of what or when it is; everything else is skipped."""
    columns = find_columns(page)
    for group, members in groupby(page.blocks, key=lambda block: block.group if block.kind == "cell" else None):
        if group is None:
            yield from (page.skip(block, "not_in_table") for block in members)
            continue
        for row in _rows(page, columns, list(members)):
            yield from _row(page, columns, row)


def _rows(page: Page, columns: Columns, blocks: Sequence[Block]) -> Iterator[_Row]:
    """Yield the row; or where the names of its columns say of what or when they are, a row for each of these, with the common cells."""
    parts: defaultdict[tuple[Told, ...], list[Block]] = defaultdict(list)
    for block in blocks:
        parts[columns.names.get(block.field or "", ())].append(block)
    common = parts.pop((), [])
    sheet = next((mark.removeprefix(_SHEET) for mark in blocks[0].marks if mark.startswith(_SHEET)), "")
    outside = told_by(page, sheet) or Told()
    for number, (told, members) in enumerate(parts.items() or [((), [])]):
        # A column that the table has and the row leaves empty still says something of alerts.
        cells: defaultdict[str, list[Block]] = defaultdict(list, {role: [] for role in columns.roles.values()})
        for block in (*common, *members):
            cells[columns.role(block.field)].append(block)
        titles = tuple(told_by(page, block.text) or Told() for block in cells["label"])
        own = members if number else [*common, *members]
        yield _Row(cells, titles, (*titles, *told, outside), frozenset(block.position for block in own))


def _row(page: Page, columns: Columns, row: _Row) -> Iterator[Piece]:
    situation, written, origin = _situation(page, row)
    month, source = _month(page, columns, row)
    headline = " ".join(line for block in row.of("headline") for line in block.text.split("\n")).strip() or None
    lines, cut = _lines(page, row, headline)
    prefix = next((page.wording.month(piece.text) for piece in cut if piece.reason == _MONTH_PREFIX), None)
    if month is None and prefix:
        month, source = prefix, "stated"
    if not (headline or lines) or (situation is None and month is None):
        yield from _skip(page, row, lambda _: "row_without_entry")
        return
    yield from cut
    yield from _skip(page, row, lambda role: None if role in {"headline", "text"} else "column" if role == "other" else f"heading: {role}")
    yield Draft(
        document_id=page.document.document_id,
        position=min(row.own),
        lines=((headline, *lines) if headline else tuple(lines)),
        headline=headline,
        situation=situation,
        situation_as_written=written,
        situation_source=origin,
        region=_region(page, row),
        month=month,
        month_source=source,
        trend=next((page.wording.trend(block.text) for block in row.of("trend")), None),
        risk_alert=_flag(row, "risk_alert", "risk"),
        resolution_opportunity=_flag(row, "resolution_opportunity", "resolution"),
    )


def _skip(page: Page, row: _Row, reason: Callable[[str], str | None]) -> Iterator[Skipped]:
    """Yield why each of the row's own cells is skipped, by its role; none for roles without a reason."""
    for role, blocks in row.cells.items():
        if said := reason(role):
            yield from (page.skip(block, said) for block in blocks if block.position in row.own)


def _lines(page: Page, row: _Row, headline: str | None) -> tuple[list[str], list[Skipped]]:
    """Return the paragraphs of a row, and what was cut off before them: a month prefix, the headline told again."""
    lines: list[str] = []
    cut: list[Skipped] = []
    for block in row.of("text"):
        for line in filter(None, map(str.strip, block.text.split("\n"))):
            rest, prefix = (line, None) if lines or cut else _cut_prefix(page, line)
            if prefix:
                cut.append(page.skip(block, _MONTH_PREFIX, prefix))
            if headline and not lines and (after := _cut_headline(rest, headline)) is not None:
                cut.append(page.skip(block, "heading: headline repeated", rest[: len(headline)]))
                rest = after
            lines += [rest] if rest else []
    return lines, cut


def _situation(page: Page, row: _Row) -> tuple[Situation | None, str | None, Origin]:
    codes = tuple(block.text for block in row.of("iso3"))
    for block in row.of("situation"):
        return page.situations.named(block.text) or Situation(block.text, "", codes), block.text, "stated"
    if codes and (found := next((s for s in page.situations.by_id.values() if s.countries == codes), None)):
        return found, codes[0], "stated"
    for told in row.told:
        if told.situation:
            return told.situation, told.written, "stated"
    return page.given_situation, None, "given" if page.given_situation else "unknown"


def _month(page: Page, columns: Columns, row: _Row) -> tuple[dt.date | None, Origin]:
    years = (*(int(block.text) for block in row.of("year")), *(told.year for told in row.told))
    year = next(filter(None, years), None)
    # A date beside a title with a month is the day it was published.
    if month := next((told.month for told in row.titles if told.month), None):
        return month, "stated"
    for block in row.of("month"):
        if month := month_of(page.wording, block.text, columns.order, year):
            return month, "stated"
    month = next((told.month for told in row.told if told.month), None)
    return month, "stated" if month else "unknown"


def _region(page: Page, row: _Row) -> str | None:
    told = next((told.region for told in row.told if told.region), None)
    return next((page.wording.region(block.text) or block.text for block in row.of("region")), told)


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


def _flag(row: _Row, role: str, word: str) -> bool | None:
    """Return whether the row has that alert: from a column of its own, or from one that lists alerts; None if there is neither."""
    if role in row.cells:
        return any(key(block.text) in _YES for block in row.of(role))
    if "alerts" in row.cells:
        return any(word in block.text.lower() for block in row.of("alerts"))
    return None


LAYOUT = Layout("table", recognises, split)
