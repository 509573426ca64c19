"""Where sentences begin: by full stops, told apart from those of abbreviations and initials."""

from __future__ import annotations

from collections.abc import Sequence

ENDS = frozenset({".", "!", "?", "…", ".”", ".’"})
CLOSERS = frozenset({"”", "’", '"', "'", ")", "]"})
OPENERS = frozenset({"“", "‘", '"', "'", "(", "[", "•", "-", "–"})


def sentence_starts(texts: Sequence[str], abbreviations: frozenset[str]) -> list[bool]:
    """Return, for each token of one line, whether it begins a sentence; the first always does.

    A sentence ends with a stop (and the quotes or brackets closed after it) where a capital, a digit or an opening
    quote follows. The stop of an abbreviation or of an initial ("J. B. Kony") ends none.
    """
    return [k == 0 or (_ends_before(texts, k, abbreviations) and _can_begin(texts[k])) for k in range(len(texts))]


def _can_begin(text: str) -> bool:
    return text[0].isupper() or text[0].isdigit() or text[0] in OPENERS


def _ends_before(texts: Sequence[str], k: int, abbreviations: frozenset[str]) -> bool:
    stop = k - 1
    while stop > 0 and texts[stop] in CLOSERS:
        stop -= 1
    if texts[stop] not in ENDS:
        # The tokeniser keeps some stops with their word ("Feb.", "co."): they end a sentence unless they are known not to.
        word = texts[stop]
        return len(word) > 2 and word.endswith(".") and word not in abbreviations and not _initials(word)
    before = texts[stop - 1] if stop else ""
    return not (before + "." in abbreviations or (len(before) == 1 and before.isupper()))


def _initials(word: str) -> bool:
    return all(part == "" or (len(part) == 1 and part.isalpha()) for part in word.split("."))
