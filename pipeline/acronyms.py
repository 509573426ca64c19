"""The `acronyms` stage: what short forms stand for, harvested over the whole input from "Long Name (ACR)".

A bulletin spells a name out once and uses the short form ever after, often in other months: of the acronyms of an entry one in
four is explained in it. So they are collected from all entries before the months are read one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pipeline.tables import Acronym, Entry

Borders = Literal["initials", "capitals"]

# "JNIM", "SPLM/A-IO", "M23", "IS-Sahel": a capital, then up to eleven letters, digits and joints, at least two capitals or digits in all.
_SHORT = r"[A-Z][A-Za-z0-9’'/&.-]{1,11}"
_BRACKET = re.compile(rf"[”\"]? \([“\"‘']?(?P<short>{_SHORT})[”\"’']?\)")
# The words right before the bracket, on one line, not over the end of a clause: at most 120 characters of them.
_CLAUSE_ENDS = '\n.;:()“”"'
_FURTHEST = 120
_POSSESSIVE = re.compile(r"[’']s?\b(?=\s|$)")
_POSSESSIVE_END = re.compile(r"[’']s?$")
_WORD = re.compile(r"[\w’'-]+")
# Words a name may hold in small letters; they have no letter in the acronym, or one now and then.
_LINKS = frozenset(
    (
        "of", "for", "and", "the", "in", "to", "on", "de", "la", "le", "du", "des", "del", "da", "do", "dos", "et", "pour", "al", "el",
        "wal", "e", "y", "der", "und",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Defined:
    """A short form, the long name it is given, how the name's borders were found, and how many entries give it."""

    acronym: str
    name: str
    by: Borders
    entries: int


def read_definitions(entries: Annotated[Sequence[Entry], "text"]) -> Iterator[Defined]:
    """Yield one row an acronym and long name of these entries; an entry counts once, however often it says it."""
    found = Counter(said for entry in entries for said in dict.fromkeys(definitions(entry.text)))
    for (short, name, by), count in found.items():
        yield Defined(acronym=short, name=name, by=by, entries=count)


def harvest_acronyms(defined: Annotated[Sequence[Defined], read_definitions]) -> Iterator[Acronym]:
    """Yield one row an acronym and long name, by acronym, the name that most entries give first.

    `by` tells how the name's borders were found: its letters are the acronym's ("initials"), or it is the run of capitalised
    words before the bracket, as for acronyms of another language ("National Liberation Army (ELN)", "capitals").
    """
    found: Counter[tuple[str, str, Borders]] = Counter()
    for one in defined:
        found[one.acronym, one.name, one.by] += one.entries
    for (short, name, by), count in sorted(found.items(), key=lambda item: (item[0][0], -item[1], item[0][1:])):
        yield Acronym(acronym=short, name=name, entries=count, by=by)


def definitions(text: str) -> Iterator[tuple[str, str, Borders]]:
    """Yield (acronym, long name, how it was found) of every definition in a text, in order."""
    for match in _BRACKET.finditer(text):
        short, end = match["short"], match.start()
        since = max(text.rfind(char, max(0, end - _FURTHEST), end) for char in _CLAUSE_ENDS) + 1
        before = text[max(since, end - _FURTHEST) : end]
        if sum(char.isupper() or char.isdigit() for char in short) < 2:
            continue
        words = list(_WORD.finditer(before))[-12:]
        by: Borders = "initials"
        start = _by_initials(short, before, words)
        if start is None:
            start, by = _by_capitals(before, words), "capitals"
        if start is not None:
            yield short, _POSSESSIVE_END.sub("", before[start:].strip()).removeprefix("The "), by


def _by_initials(short: str, before: str, words: Sequence[re.Match[str]]) -> int | None:
    """Return where the shortest name starts whose words hold the letters in order, the first of them as an initial."""
    letters = [char.lower() for char in short if char.isalnum()]
    for word in reversed(words):
        start = word.start()
        if before[start].lower() == letters[0] and before[start].isupper() and _spells(letters, before[start:]):
            return start
    return None


def _spells(letters: Sequence[str], name: str) -> bool:
    """Tell whether each letter starts a word of the name, or a part of one after a hyphen, and no capitalised word is left over."""
    parts = re.split(r"[\s’'-]+", _POSSESSIVE.sub("", name))
    at = 0
    for part in parts:
        if at < len(letters) and part[:1].lower() == letters[at]:
            at += 1
            for char in part[1:]:
                # "Tehreek", "TotalEnergies": a capital inside of a word counts as well.
                if at < len(letters) and char.isupper() and char.lower() == letters[at]:
                    at += 1
        elif part.lower() not in _LINKS:
            return False
    return at == len(letters)


def _by_capitals(before: str, words: Sequence[re.Match[str]]) -> int | None:
    """Return where the last run of capitalised words starts, links inside allowed, commas not; None for a run of fewer than two."""
    run: list[re.Match[str]] = []
    for word in reversed(words):
        if run and "," in before[word.end() : run[-1].start()]:
            break
        if word[0][:1].isupper():
            run.append(word)
        elif word[0] not in _LINKS - {"and"} or not run:
            break
    while run and run[-1][0] in _LINKS:
        run.pop()
    return run[-1].start() if len(run) >= 2 else None
