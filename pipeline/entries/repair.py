"""Mends what PDF import does to text: words broken at line ends, odd bullets, lines of one paragraph, the next entry glued on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.entries.wording import Wording

# Bullets and arrows of symbol fonts come out as letters no text uses (ƒ), private-use characters, or geometric shapes.
BULLETS = re.compile(r"[ƒ•▪■□●◦◆\ue000-\uf8ff]+")
_BROKEN = re.compile(r"([^\W\d_]+)- ([^\W\d_]+)")  # in- creased
_SUSPENDED = frozenset({"and", "or", "to", "und", "et"})  # two- and three-year
_ENDED = re.compile(r"[.!?:;][”\"’»)\]]{0,3}$")


def damaged(text: str) -> bool:
    """Whether `text` shows odd bullets or at least two broken words, as nothing but a PDF import leaves."""
    return bool(BULLETS.search(text)) or len(_BROKEN.findall(text)) >= 2


def mend(text: str, wording: Wording) -> str:
    """Return `text` without bullets, with broken words whole; a hyphen that belongs to a compound stays (`south-eastern`)."""

    def join(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        if second in _SUSPENDED:
            return match[0]
        last = first.lower()
        compound = last in wording.hyphen_first or second.lower() in wording.hyphen_second or second[0].isupper() or first.isupper()
        return f"{first}-{second}" if compound else first + second

    return " ".join(_BROKEN.sub(join, BULLETS.sub(" ", text)).split())


def unwrap(lines: Iterable[str]) -> str:
    """Return the lines of one paragraph as one, words broken between two lines still apart by `- `."""
    return " ".join(lines)


def wraps(line: str, following: str) -> bool:
    """Whether `following` goes on the sentence that `line` leaves open."""
    return bool(line) and not _ENDED.search(line) and following[:1].islower()
