"""Mends what PDF import does to text: words broken at line ends, odd bullets, lines of one paragraph, the next entry glued on."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.entries.wording import Wording

# Bullets and arrows of symbol fonts come out as letters no text uses (ƒ), private-use characters, or geometric shapes.
BULLETS = re.compile(r"[ƒ•▪■□●◦◆\ue000-\uf8ff]+")
_ODD_BULLETS = re.compile(r"ƒ(?!\w)|[\ue000-\uf8ff]")
_BROKEN = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,30})- ([^\W\d_]{1,30})")  # in- creased
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,40}(?:-[^\W\d_]{1,40}){0,3}(?![^\W\d_]|-)")
_WHOLE = 4
_OPEN_WORDS = 6
_LINK_WORDS = 4
_SUSPENDED = frozenset({"and", "or", "to", "und", "et"})  # two- and three-year
_ENDED = re.compile(r"[.!?:;][”\"’»)\]]{0,3}$")


def damaged(texts: Iterable[str]) -> bool:
    """Whether the lines of a page show odd bullets or at least two broken words, as nothing but a PDF import leaves."""
    broken = 0
    for text in texts:
        broken += sum(match[2] not in _SUSPENDED for match in _BROKEN.finditer(text))
        if broken >= 2 or _ODD_BULLETS.search(text):
            return True
    return False


def mend(text: str, wording: Wording, known: frozenset[str]) -> str:
    """Return `text` without bullets, with broken words whole; a hyphen that belongs to a compound stays (`south-eastern`).

    `known` are the whole words of the page (see `words`): `provin- ces` is joined where `provinces` is one.
    """

    def join(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        if second in _SUSPENDED:
            return match[0]
        return f"{first}-{second}" if _is_compound(first, second, wording, known) else first + second

    return " ".join(_BROKEN.sub(join, BULLETS.sub(" ", text)).split())


def words(texts: Iterable[str]) -> frozenset[str]:
    """Return the words of `texts`, lines of one page, in lower case; halves of broken words are none."""
    return frozenset(word.lower() for word in _WORD.findall(_BROKEN.sub(" ", " ".join(texts))))


def _is_compound(first: str, second: str, wording: Wording, known: frozenset[str]) -> bool:
    if second[0].isupper() or first.isupper():
        return True
    before, after = first.lower(), second.lower()
    if before + after in known or f"{before}-{after}" in known:
        return f"{before}-{after}" in known
    if before in wording.hyphen_first:
        return after in wording.hyphen_second or (len(after) >= _WHOLE and after in known)
    return after in wording.hyphen_second and len(before) >= _WHOLE and before in known


def ended(line: str) -> bool:
    """Whether a line ends as sentences do."""
    return bool(_ENDED.search(line))


def ends(line: str, following: str) -> bool:
    """Whether `following` ends the sentence that `line`, too long for a heading, leaves open; it is then neither heading nor label."""
    return len(line.split()) >= _OPEN_WORDS and not _ENDED.search(line) and following.endswith((".", ";", ".)", ".”"))


def surround(before: str, after: str) -> bool:
    """Whether what stands between two lines is part of a sentence, as a name in a link is: the one leaves it open, the other goes on."""
    return len(before.split()) >= _LINK_WORDS and not _ENDED.search(before) and after[:1].islower()


def wraps(line: str, following: str) -> bool:
    """Whether `following` goes on the sentence that `line` leaves open."""
    return bool(line) and not _ENDED.search(line) and following[:1].islower()
