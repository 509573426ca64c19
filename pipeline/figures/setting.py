"""The setting of a figure: its sentence and clause, the dates that belong to it, and where in the entry it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.figures.causes import Cause, cause_of, subject_of
from pipeline.figures.harms import Harm
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords
from pipeline.tables import Date, Entry, Token
from pipeline.tags.heard import Heard

DAYS = frozenset({"day", "days"})
SPANS = frozenset({"month", "months", "part_of_month", "year", "years", "part_of_year"})


@dataclass(frozen=True, slots=True)
class Telling:
    """All figures of one entry with what is needed to judge each among the others; `sources`: who gave each, as the text has it."""

    entry: Entry
    dates: Sequence[Date]
    parse: Parse
    heard: Heard
    figures: Sequence[Harm]
    sources: Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Setting:
    """A figure's sentence, the tokens of its clause, the dates in the clause, those of them tied to its harm word, and what did it."""

    figure: Harm
    sentence: Sequence[Token]
    clause: Sequence[Token]
    dates: Sequence[Date]
    tied: Sequence[Date]
    dated: bool
    place: str
    subject: int | None
    cause: Cause | None

    @property
    def days(self) -> list[Date]:
        """The tied dates that name days."""
        return [date for date in self.tied if date.precision in DAYS]


def setting_of(k: int, telling: Telling, words: FigureWords) -> Setting:
    """Return the setting of the entry's figure `k`."""
    figure, parse = telling.figures[k], telling.parse
    sentence = [parse.tokens[i] for i in parse.same_sentence(figure.mention.top)]
    clause = [token for token in sentence if parse.roots[token.i] == parse.roots[figure.trigger.i]] or sentence
    dates = [date for date in telling.dates if clause[0].start <= date.start <= clause[-1].end]
    dated = any(sentence[0].start <= date.start < sentence[-1].end and date.precision in DAYS for date in telling.dates)
    tied = [date for date in dates if tied_to(date, figure, parse)]
    subject = subject_of(figure, parse)
    cause = cause_of(figure, subject, parse, words)
    return Setting(figure, sentence, clause, dates, tied, dated, place_of(telling, figure.mention.start), subject, cause)


def tied_to(found: Date, figure: Harm, parse: Parse) -> bool:
    """Tell whether a date belongs to the harm word or to the verbs right above it."""
    first = parse.at_or_after(found.start)
    if first == len(parse.tokens):
        return False
    heads = parse.ups(figure.trigger.i)[:3]
    return any(i in heads for i in parse.ups(parse.tokens[first].head)[:3])


def place_of(telling: Telling, start: int) -> str:
    """Return where in the entry an offset stands: its headline, the lead that opens a paragraph, or the body."""
    text = telling.entry.text
    if "\n" in text and start < text.index("\n"):
        return "headline"
    line = text.rfind("\n", 0, start) + 1
    return "lead" if ". " not in text[line:start] else "body"


def lead_of(text: str, found: Date) -> str:
    """Return the word before a date, in lower case; the empty string where there is none."""
    lead = text[max(0, found.start - 14) : found.start].lower().replace("(", " ").split()
    return lead[-1] if lead and lead[-1].isalpha() else ""
