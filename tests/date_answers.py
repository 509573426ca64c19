"""Sentences with their answers in them: `[12 Feb](2026-02-12)` is a date found and resolved."""

from __future__ import annotations

import datetime as dt
import re

from pipeline.dates import DateWords, find_in_text
from pipeline.dates.edtf import edtf

SPAN = re.compile(r"\[([^\]]+)\](?:\(([^)]*)\))?")


def bare(sentence: str) -> str:
    """The sentence without its answers."""
    return SPAN.sub(r"\1", sentence)


def answered(sentence: str, month: dt.date | None, words: DateWords | None = None, *, related: bool = False) -> str:
    """The bare sentence with what the stage finds in it as [span](EDTF), `?` where it is not resolved.

    `related` adds how things stand to the date: [8 Feb](2026-02-08 by).
    """
    text, out, at = bare(sentence), "", 0
    for found in find_in_text(text, month, words or DateWords.load()):
        start, end = found.mention.start, found.mention.end
        relation = f" {found.mention.relation}" if related and found.mention.relation else ""
        out += f"{text[at:start]}[{text[start:end]}]({edtf(found.interval) if found.interval else '?'}{relation})"
        at = end
    return out + text[at:]
