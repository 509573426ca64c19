"""What a user types into the search, read as an FTS5 expression that SQLite cannot stumble over.

A bare word stands for all forms of its stem (strike: strikes, striking), a quoted phrase for itself, a word with a star
for all that begins so. Words side by side must all be there; AND, OR, NOT and brackets combine, `-word` leaves out,
`headline:word` looks there alone, `NEAR(one two, 5)` wants them near each other. Case and accents do not matter.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product

from pipeline import lexicon
from pipeline.spelling import fold

# The pieces of what is typed, the first that fits; every character is in one of them or is white space.
_PIECE = re.compile(
    r"""(?P<near>NEAR\s?\((?P<inside>[^()]{1,300})\))   # NEAR(drone strike, 5)
      | (?P<minus>(?<![^\s(])-(?=["“\w]))               # -word, -"a phrase"
      | (?P<column>(?:headline|body):(?=["“\w]))         # headline:word
      | ["“”](?P<phrase>[^"“”]*)["“”]?                   # "a phrase", also one whose end is missing
      | (?P<bracket>[()])
      | (?P<word>[^\s()"“”]+)""",
    re.VERBOSE,
)
_OPERATORS = frozenset({"AND", "OR", "NOT"})
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LONGEST = 2000
_MOST_FORMS = 40
# Shorter words have no stem of their own: that of "used" is "us".
_LEAST_LETTERS = 3
_FORMS_IN_PHRASES = 5

Forms = Callable[[str], list[str]]


class NoWords(ValueError):  # noqa: N818
    """What was typed holds no word to look for, or too many; the message says so."""


@dataclass(frozen=True, slots=True)
class Query:
    """An FTS5 expression; `note` says how the words were read where they are no valid expression as typed."""

    match: str
    note: str = ""


def read_query(typed: str, connection: sqlite3.Connection) -> Query:
    """Return the expression for what was typed.

    What does not combine (an AND without a second word, a bracket left open) is looked for as plain words, and the note
    says so. Raises NoWords where there is no word at all, or more than SQLite can combine.
    """
    typed = _CONTROL.sub(" ", typed)
    if len(typed) > _LONGEST:
        raise NoWords(f"the search is {len(typed)} characters long; it may have {_LONGEST}")

    def forms(word: str) -> list[str]:
        found = connection.execute("SELECT form FROM forms WHERE forms MATCH ? ORDER BY length(form), form", (_quoted(word),))
        return [form for (form,) in found.fetchmany(_MOST_FORMS)]

    pieces = list(_pieces(typed, forms))
    if not any(map(_is_operand, pieces)):
        raise NoWords(f"there is no word to look for in {typed!r}")
    if pieces[0] == "NOT":
        raise NoWords("NOT, or a minus, leaves out of what is found: say first what to look for, as in `protest NOT student`")
    expression = " ".join(_joined(pieces))
    if _valid(expression, connection):
        return Query(_side_by_side(expression, pieces))
    plain = [_any_form(word, forms) for word in re.findall(r"\w+", typed) if word not in _OPERATORS]
    expression = " AND ".join(plain)
    if not plain or not _valid(expression, connection):
        raise NoWords(f"SQLite cannot combine {typed[:60]!r}; use fewer words")
    return Query(expression, "the words do not combine as typed (see `crisiswatch search --help`); looking for all of them, as plain words")


def _pieces(typed: str, forms: Forms) -> Iterator[str]:
    """Yield the pieces of the expression: operators, brackets, quoted strings."""
    for match in _PIECE.finditer(typed):
        if match["near"]:
            words, _, distance = match["inside"].partition(",")
            named = " ".join(_quoted(word) for word in words.split() if _has_letters(word))
            piece = f"NEAR({named}, {int(distance) if distance.strip().isdecimal() else 10})" if named else ""
        elif match["minus"]:
            piece = "NOT"
        elif match["column"]:
            piece = f"{match['column'][:-1]} :"
        elif match["bracket"]:
            piece = match["bracket"]
        elif match["phrase"] is not None:
            piece = _quoted(match["phrase"]) if _has_letters(match["phrase"]) else ""
        elif match["word"] in _OPERATORS:
            piece = match["word"]
        else:
            piece = _word(match["word"], forms)
        if piece:
            yield piece


def _joined(pieces: Sequence[str]) -> list[str]:
    """Return the pieces with the AND between words side by side written out, and AND NOT as the NOT that FTS5 knows."""
    out: list[str] = []
    for piece in pieces:
        if out and (_is_operand(piece) or piece == "(" or piece.endswith(" :")) and (_is_operand(out[-1]) or out[-1] == ")"):
            out.append("AND")
        if piece == "NOT" and out and out[-1] == "AND":
            out.pop()
        out.append(piece)
    return out


def _side_by_side(expression: str, pieces: Sequence[str]) -> str:
    """Return the expression with the phrases that bare words in a row make, which lifts entries that hold them as such.

    The phrases find nothing that the words do not; a rare phrase weighs more in bm25 than its words.
    """
    if not all(map(_is_operand, pieces)):
        return expression
    phrases: list[str] = []
    for pair in pairwise(pieces):
        if all(piece.startswith(('"', '("')) and not piece.endswith("*") for piece in pair):
            sides = (re.findall(r'"([^"]*)"', piece)[:_FORMS_IN_PHRASES] for piece in pair)
            phrases += [_quoted(" ".join(words)) for words in product(*sides)]
    return f"({expression}) OR {' OR '.join(phrases[:_MOST_FORMS])}" if phrases else expression


def _is_operand(piece: str) -> bool:
    return piece not in _OPERATORS and piece not in "()" and not piece.endswith(" :")


def _word(word: str, forms: Forms) -> str:
    if not _has_letters(word):
        return ""
    return f"{_quoted(word.rstrip('*'))} *" if word.endswith("*") else _any_form(word, forms)


def _any_form(word: str, forms: Forms) -> str:
    """Return all forms of a word's stem that the entries hold, its own first, and of what the house style calls the same.

    Of a compound (drone-strike) its words in that order.
    """
    found = [word]
    for told in (word, *same(word)):
        found += [told, *(forms(told) if re.fullmatch(rf"\w{{{_LEAST_LETTERS},}}", told) else ())]
    several = list({form.casefold(): _quoted(form) for form in reversed(found)}.values())[::-1]
    return f"({' OR '.join(several)})" if len(several) > 1 else several[0]


def same(word: str) -> tuple[str, ...]:
    """Return what stands for the same as a word in the house style or out of it; see lexicon/search.toml."""
    return tuple(
        other for group in _groups() if fold(word) in map(fold, group) for other in group if fold(other) != fold(word) or "." in other
    )


@cache
def _groups() -> tuple[tuple[str, ...], ...]:
    return tuple(map(tuple, lexicon.read_toml("search.toml")["same"]["groups"]))


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _has_letters(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _valid(expression: str, connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("SELECT rowid FROM texts WHERE texts MATCH ? LIMIT 1", (expression,)).fetchone()
    except sqlite3.OperationalError:
        return False
    return True
