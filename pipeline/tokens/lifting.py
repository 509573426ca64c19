"""Date lifting: a line of text becomes the words the model reads and the words it does not, each with its offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.tables import Date
from pipeline.tokens.sentences import sentence_starts
from pipeline.tokens.words import TokenWords

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

# What may stand between the dates of one list: "7, 17 Feb", "14, 16 and 21 Feb".
CONNECTORS = frozenset({",", "and", "or", "&", "-", "–"})


@dataclass(frozen=True, slots=True)
class Piece:
    """A token of the entry's text, before the parse."""

    start: int
    end: int
    text: str
    space: bool
    sentence: int
    clause_start: bool
    date: bool
    date_start: bool
    model_text: str

    @property
    def guess(self) -> str:
        """Part of speech of a token the model does not see: those of dates are numbers, names of months or words."""
        if not self.text[0].isalnum():
            return "PUNCT"
        return "NUM" if self.text[0].isdigit() else "PROPN" if self.text[0].isupper() else "NOUN"

    @property
    def entity(self) -> str:
        """What is known of the token's entity before the model looks: the IOB tag of a date, or nothing."""
        return "" if not self.date else "B-DATE" if self.date_start else "I-DATE"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an entry: all its pieces, and the ranks of those the model reads."""

    pieces: tuple[Piece, ...]
    ranks: tuple[int, ...]

    @property
    def kept(self) -> list[Piece]:
        """The pieces the model reads, in order."""
        return [self.pieces[rank] for rank in self.ranks]


def split_lines(text: str, dates: Sequence[Date], tokenizer: Tokenizer, words: TokenWords) -> Iterator[Line]:
    """Yield each non-empty line of the text as pieces whose borders never cut into a date nor reach out of one."""
    at = 0
    for line in text.split("\n"):
        inside = [date for date in dates if at <= date.start < at + len(line) + 1]
        pieces = _pieces(line, at, inside, tokenizer, words)
        if pieces:
            yield Line(tuple(pieces), tuple(range(len(pieces))))
        at += len(line) + 1


def _pieces(line: str, at: int, dates: Sequence[Date], tokenizer: Tokenizer, words: TokenWords) -> list[Piece]:
    cuts = sorted({at, at + len(line), *(d.start for d in dates), *(d.end for d in dates)})
    spans: list[tuple[int, int]] = []
    for left, right in pairwise(cuts):
        for token in tokenizer(line[left - at : right - at]):
            if not token.is_space:
                spans.append((left + token.idx, left + token.idx + len(token.text)))
    texts = [line[start - at : end - at] for start, end in spans]
    starts = sentence_starts(texts, words.abbreviations)
    date_at = {position: date for date in dates for position in range(date.start, date.end)}
    pieces, sentence = [], -1
    for k, ((start, end), text) in enumerate(zip(spans, texts, strict=True)):
        sentence += starts[k]
        date = date_at.get(start)
        pieces.append(
            Piece(
                start=start,
                end=end,
                text=text,
                space=end - at < len(line) and line[end - at].isspace(),
                sentence=sentence,
                clause_start=starts[k] or (k > 0 and texts[k - 1] == ";"),
                date=date is not None,
                date_start=date is not None and date.start == start,
                model_text=words.expand.get(text, text),
            )
        )
    return pieces


def lift(line: Line, words: TokenWords) -> Line:
    """Return the line with the free-standing dates, and the commas and "and" between them, kept from the model."""
    lifted: set[int] = set()
    for first, last in _groups(line.pieces):
        before = line.pieces[first - 1] if first else None
        if not _is_held(line.pieces, first, last, words):
            lifted.update(range(first, last + 1))
            # "the next day" and "Same day, ..." would leave an article or a comma behind.
            if before is not None and before.text.lower() == "the":
                lifted.add(first - 1)
            if line.pieces[first].clause_start and last + 1 < len(line.pieces) and line.pieces[last + 1].text == ",":
                lifted.add(last + 1)
    ranks = tuple(rank for rank in line.ranks if rank not in lifted)
    if not ranks:
        return line
    return Line(_mend_starts(line.pieces, lifted), ranks)


def _is_held(pieces: Sequence[Piece], first: int, last: int, words: TokenWords) -> bool:
    """Tell whether the dates between two ranks belong to the word before them: "since 12 Feb"; "and 12 Feb" at the end of a clause."""
    if not first or pieces[first - 1].sentence != pieces[first].sentence:
        return False
    before = pieces[first - 1].text.lower()
    goes_on = last + 1 < len(pieces) and pieces[last + 1].sentence == pieces[last].sentence and pieces[last + 1].text[0].isalnum()
    return before in words.prepositions or (before in words.conjunctions and not goes_on)


def _groups(pieces: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Yield first and last rank of each run of dates joined by connectors only."""
    first = last = None
    for k, piece in enumerate(pieces):
        if piece.date:
            if last is None or not all(p.text in CONNECTORS for p in pieces[last + 1 : k]) or k - last > 3:
                if first is not None and last is not None:
                    yield first, last
                first = k
            last = k
    if first is not None and last is not None:
        yield first, last


def _mend_starts(pieces: Sequence[Piece], lifted: set[int]) -> tuple[Piece, ...]:
    """Hand the start of a clause that begins with a lifted date on to the first word the model reads there."""
    from dataclasses import replace

    out, waiting = [], False
    for k, piece in enumerate(pieces):
        waiting = waiting or piece.clause_start
        if k in lifted:
            out.append(piece)
        else:
            out.append(replace(piece, clause_start=True) if waiting and not piece.clause_start else piece)
            waiting = False
    return tuple(out)
