"""What the two models say of each word: the language model's parse and the tagger's answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pipeline.tables.fields import End, EntryId, Partition, Start, Text

Question = Literal["event", "realis", "actor", "figure", "scope", "role"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One row a token, from one pass of the language model over date-lifted text, mapped back to the entry's text."""

    TABLE: ClassVar[str] = "tokens"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "i")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: Text
    i: Annotated[int, "Rank of the token in the entry, from 0; white space has no token."]
    sentence: Annotated[int, "Rank of the sentence in the entry, from 0; a new line always starts one."]
    lemma: Annotated[str, "Base form; of an expanded abbreviation the full word's (govt: government)."]
    pos: Annotated[str, "Universal part of speech."]
    tag: Annotated[str, "Penn Treebank tag."]
    dep: Annotated[str, "Dependency label (ClearNLP); 'date' for tokens of a date that was lifted out before the parse."]
    head: Annotated[int, "`i` of the syntactic head; its own for a root; of a lifted date the word the date modifies."]
    ent_type: Annotated[str, "Entity type (OntoNotes) or the empty string."]
    ent_iob: Annotated[Literal["B", "I", "O"], "Begins, is inside of or outside of an entity."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One row a likely answer of the tagger, a small neural network, on a word: what it may name, or which trigger it belongs to."""

    TABLE: ClassVar[str] = "tags"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "question", "i", "label", "of")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    question: Annotated[
        Question,
        "What is asked: names it an event, how is that told, is it an actor, a figure, of what scope, does it belong to a trigger.",
    ]
    i: Annotated[int, "Rank of the token in the entry, as in `tokens`."]
    label: Annotated[
        str,
        "The answer: event type; realis; actor type after B- (begins a mention) or I-; kind of figure (? where implicit); scope; role.",
    ]
    of: Annotated[int, "Rank of the trigger that a role is asked for, else `i`."]
    chance: Annotated[float, "Chance of the answer, not calibrated; answers below 0.03 have no row."]
