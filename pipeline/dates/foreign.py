"""Complete days in another language or spelling ("15 de enero de 2024", "12-FEB-2024"): the one thing dateparser reads here.

The grammar finds and bounds; dateparser is asked only about a day, a word and a year side by side that no rule has claimed. It may not
guess: every part must be written, and the day and year it answers with must be the digits of the text (asked for "10 sec 2019" it
counts ten seconds back from now).
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

# 15 de enero de 2024 · 12-FEB-2024 · 1er février 2024 · 12 февраля 2024 · 2024年2月12日
CUE = (
    r"(?<![\w.,/-])(?:3[01]|[12]\d|0?[1-9])(?:er|º|\.)?[ -](?:de )?[^\W\d_]{3,12}\.?[ -](?:(?:de|del) )?(?:19|20)\d\d(?![\w%-]|[.,]\d)"
    r"|(?:19|20)\d\d年\d{1,2}月\d{1,2}日"
)


@lru_cache(maxsize=4096)
def read_day(words: str, languages: tuple[str, ...]) -> dt.date | None:
    """Return the day these words name in one of the languages (ISO 639-1), or null."""
    import dateparser

    found = dateparser.parse(
        words,
        languages=list(languages),
        settings={"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY", "STRICT_PARSING": True},
    )
    numbers = {int(n) for n in re.findall(r"\d+", words)}
    return found.date() if found and {found.day, found.year} <= numbers else None
