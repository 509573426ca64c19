"""The `tags` stage: what a small neural network, fine-tuned on annotated entries, takes every word for.

It reads a paragraph at a time and answers by chance, not by verdict: the stages after it weigh its tags beside grammar and
lexicon. `models/tagger/README.md` says where the network comes from and what it is worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from pipeline.by_entry import by_entry
from pipeline.tables import Entry, Question, Tag, Token
from pipeline.tags.pieces import Window, windows
from pipeline.tags.tagger import Tagger

__all__ = ["Tagger", "find_tags", "window_tags"]

# Chances below this are not told.
LEAST = 0.03
# Of words less likely to name an event, to be a figure, nothing more is asked.
ASKED = 0.15
NOTHING = "O"
# What is asked, and of which words: of all, or of those that are likely something by another question.
QUESTIONS: Mapping[Question, Question | None] = {"event": None, "actor": None, "figure": None, "realis": "event", "scope": "figure"}


def find_tags(entries: Sequence[Entry], tokens: Sequence[Token], tagger: Tagger) -> Iterator[Tag]:
    """Yield the likely tags of each entry's words, in order of question and word.

    Each window is read on its own, so that an entry's tags do not depend on what it is read with.
    """
    tokens_of = by_entry(tokens)
    for entry in entries:
        tags = (
            tag
            for window in windows(entry, tokens_of[entry.entry_id], tagger.vocabulary)
            for tag in window_tags(entry.entry_id, window, tagger)
        )
        yield from sorted(tags, key=attrgetter("question", "i", "label", "of"))


def window_tags(entry_id: str, window: Window, tagger: Tagger) -> Iterator[Tag]:
    """Yield the likely tags of the words of one window."""
    said = tagger.read(window)
    ranks = list(window.at)
    for question, asking in QUESTIONS.items():
        chances = said.classes[question]
        told = chances >= LEAST
        if asking:
            told &= said.classes[asking][:, :1] <= 1 - ASKED
        rows, columns = told.nonzero()
        labels = tagger.classes[question]
        for n, k, chance in zip(rows.tolist(), columns.tolist(), chances[told].tolist(), strict=True):
            if (label := labels[k]) != NOTHING:
                yield Tag(entry_id=entry_id, question=question, i=ranks[n], label=label, of=ranks[n], chance=round(chance, 3))
    triggers = [n for n, nothing in enumerate(said.classes["event"][:, 0].tolist()) if nothing <= 1 - ASKED]
    for relation, n, m, chance in said.related(triggers, LEAST):
        label = tagger.relations[relation]
        yield Tag(entry_id=entry_id, question="role", i=ranks[m], label=label, of=ranks[n], chance=round(chance, 3))
