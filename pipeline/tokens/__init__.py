"""The `tokens` stage: one pass of the language model over date-lifted text, mapped back to the entry's own text.

The house style puts the date between subject and verb ("police 12 Feb launched"), which the parser was never shown.
So dates are taken out before the parse, cut words are said in full, and every token is given back with its own
offsets; see `docs/decisions/0003-date-lifting.md` for what that is worth.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from pipeline.model import Model
from pipeline.tables import Date, Entry, Token
from pipeline.tokens.attachment import modified_word
from pipeline.tokens.lifting import Line, lift, split_lines
from pipeline.tokens.words import TokenWords

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["TokenWords", "parse_tokens"]

# Both ends of the trade are measured in benchmarks/tokens_speed.py: larger batches cost memory and win nothing.
BATCH = 32


_IOB: dict[str, Literal["B", "I", "O"]] = {"B": "B", "I": "I", "O": "O", "": "O"}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a parsed line stands: its entry, and the ranks of its first token and sentence there."""

    entry_id: str
    line: Line


def parse_tokens(entries: Sequence[Entry], dates: Sequence[Date], words: TokenWords, model: Model) -> Iterator[Token]:
    """Yield every token of every entry in reading order, white space aside, offsets exact.

    Dates that stand free in the clause are lifted out before the parse: their tokens have dep "date" and, as head, the
    word the date modifies. Clauses between semicolons are parsed apart, as each is a sentence of its own in this style.
    """
    of_entry: dict[str, list[Date]] = defaultdict(list)
    for date in dates:
        of_entry[date.entry_id].append(date)
    stream = _docs(entries, of_entry, words, model)
    parsed = model.nlp.pipe(stream, as_tuples=True, batch_size=BATCH)
    for _, lines in groupby(parsed, key=lambda pair: pair[1].entry_id):
        yield from _entry_tokens(lines)


def _docs(entries: Sequence[Entry], of_entry: dict[str, list[Date]], words: TokenWords, model: Model) -> Iterator[tuple[Doc, _Place]]:
    from spacy.tokens import Doc

    for entry in entries:
        for line in split_lines(entry.text, of_entry[entry.entry_id], model.nlp.tokenizer, words):
            lifted = lift(line, words)
            yield (
                Doc(
                    model.nlp.vocab,
                    words=[piece.model_text for piece in lifted.kept],
                    spaces=[piece.space for piece in lifted.kept],
                    sent_starts=[piece.clause_start for piece in lifted.kept],
                    ents=[piece.entity for piece in lifted.kept],
                ),
                _Place(entry.entry_id, lifted),
            )


def _entry_tokens(lines: Iterable[tuple[Doc, _Place]]) -> Iterator[Token]:
    first = sentence = 0
    for doc, place in lines:
        yield from _line_tokens(doc, place, first, sentence)
        first += len(place.line.pieces)
        sentence += place.line.pieces[-1].sentence + 1


def _line_tokens(doc: Doc, place: _Place, first: int, sentence: int) -> Iterator[Token]:
    line = place.line
    rank = line.ranks
    parsed = {position: doc[i] for i, position in enumerate(rank)}
    for position, piece in enumerate(line.pieces):
        token = parsed.get(position)
        if token is not None:
            yield Token(
                entry_id=place.entry_id, start=piece.start, end=piece.end, text=piece.text, i=first + position,
                sentence=sentence + piece.sentence, lemma=token.lemma_ or piece.text, pos=token.pos_, tag=token.tag_, dep=token.dep_,
                head=first + rank[token.head.i], ent_type=token.ent_type_, ent_iob=_IOB[token.ent_iob_],
            )  # fmt: skip
        else:
            head = modified_word(position, line, parsed, rank)
            yield Token(
                entry_id=place.entry_id, start=piece.start, end=piece.end, text=piece.text, i=first + position,
                sentence=sentence + piece.sentence, lemma=piece.text, pos=piece.guess, tag=piece.guess, dep="date", head=first + head,
                ent_type="DATE" if piece.date else "", ent_iob="O" if not piece.date else "B" if piece.date_start else "I",
            )  # fmt: skip
