"""Which bulletin a page is, and which month it reports on: from its lists' titles, its number, or its date."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from pipeline.entries.page import Page

_NUMBER = re.compile(r"(?:crisis ?watch )?(?:bulletin )?(?:n[°ºo]\.?|no\.|number|#) ?(\d{1,3})(?: ?[|,–-]? ?\S{0,20}){0,4}", re.IGNORECASE)
_TITLE = re.compile(r"trends?|watch ?list|outlook", re.IGNORECASE)
_LINE_WORDS = 8
# Bulletin N appeared on the first of the Nth month from September 2003 and reports the month before.
_FIRST_MONTH_REPORTED = 2003 * 12 + 8 - 1


@dataclass(slots=True)
class Issue:
    """The month a bulletin reports on (None if the page is none) and, by position, why its title lines are skipped."""

    month: dt.date | None = None
    evidence: str | None = None
    reasons: dict[int, str] = field(default_factory=dict)


def find_issue(page: Page) -> Issue:
    """Return the bulletin that the page's title lines name; an Issue without month where they name none."""
    titled, numbered, dated = [], [], []
    found = Issue()
    for block in page.blocks:
        if len(block.text.split()) > _LINE_WORDS:
            continue
        if (match := _NUMBER.fullmatch(block.text.strip(" |"))) and int(match[1]):
            numbered.append(int(match[1]))
        elif day := page.wording.day(block.text):
            dated.append(day)
        elif (months := [month for _, _, month in page.wording.named_months(block.text)]) and _TITLE.search(block.text):
            if re.search("trend", block.text, re.IGNORECASE):
                titled.append(months[0])
        else:
            continue
        found.reasons[block.position] = "heading: bulletin"
    if titled:
        found.month, found.evidence = titled[0], "the title of the list of trends"
    elif numbered:
        found.month, found.evidence = month_of_number(numbered[0]), f"bulletin number {numbered[0]}"
    if found.month is None:
        found.reasons.clear()
    return found


def month_of_number(number: int) -> dt.date:
    """Return the month that bulletin `number` reports on: 66 appeared in February 2009 and reports January 2009."""
    year, month = divmod(_FIRST_MONTH_REPORTED + number - 1, 12)
    return dt.date(year, month + 1, 1)
