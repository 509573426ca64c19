"""The sentences of an entry that tell of harm: their harm words, and all in them that may be people harmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from pipeline.figures.counted import counted_mentions
from pipeline.figures.linking import is_belonged_to, is_described, is_doer
from pipeline.figures.mentions import Mention
from pipeline.figures.named import named_mentions
from pipeline.figures.syntax import Parse
from pipeline.figures.triggers import Trigger, find_triggers
from pipeline.figures.words import FigureWords
from pipeline.tables import Date, Entry
from pipeline.tags.heard import Heard


@dataclass(frozen=True, slots=True)
class Sentence:
    """The mentions, harm words and dates of one sentence of an entry, in reading order; `heard`: the tags of the entry.

    `tied`: the harm words whose slot a mention fills, by the word it hangs by, as far as they were asked for.
    """

    entry: Entry
    heard: Heard
    counted: list[Mention] = field(default_factory=list)
    named: list[Mention] = field(default_factory=list)
    triggers: list[Trigger] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    tied: dict[int, Sequence[Trigger]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def people(self) -> frozenset[int]:
        """The ranks of the words that all who are spoken of hang by."""
        return frozenset(mention.top for mention in (*self.counted, *self.named))

    def open_to(self, mention: Mention, people: Collection[int], parse: Parse, words: FigureWords) -> list[Trigger]:
        """Return the harm words that a mention may be a victim of.

        Those of harm that it did, by the parse, to `people` are none, nor those that only describe it, nor, for one without a number, those
        of harm to somebody of theirs.
        """
        return [
            trigger
            for trigger in self.triggers
            if not is_doer(mention.top, trigger, people, parse)
            and not is_described(mention, trigger, parse)
            and not (mention.count is None and is_belonged_to(mention.top, trigger, parse, words))
        ]

    @property
    def tells_parts(self) -> bool:
        """Whether it tells of some of those in the sentence before: "Among them was opposition leader"."""
        return any(mention.part for mention in (*self.counted, *self.named))


def sentences_of(entry: Entry, dates: Sequence[Date], parse: Parse, heard: Heard, words: FigureWords) -> dict[int, Sentence]:
    """Return, by rank, the sentences of an entry that have a harm word, with all that may fill it, and those that tell parts of others."""
    found: dict[int, Sentence] = defaultdict(lambda: Sentence(entry, heard))
    counted = list(counted_mentions(entry, dates, parse, words))
    for mention in counted:
        found[parse.tokens[mention.top].sentence].counted.append(mention)
    for trigger in find_triggers(parse, words):
        found[parse.tokens[trigger.i].sentence].triggers.append(trigger)
    telling = {rank + more for rank, sentence in found.items() if sentence.triggers for more in (0, 1)}
    told = {trigger.last for sentence in found.values() for trigger in sentence.triggers if trigger.last == trigger.i + 1}
    for mention in named_mentions(entry, parse, counted, told, telling, words):
        found[parse.tokens[mention.top].sentence].named.append(mention)
    for date in dates:
        first = parse.at_or_after(date.start)
        if first < len(parse.tokens):
            found[parse.tokens[first].sentence].dates.append(date)
    return {rank: found[rank] for rank in sorted(found) if found[rank].triggers or found[rank].tells_parts}
