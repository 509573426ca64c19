"""The `figures` stage: every figure of people killed, injured, detained, displaced, ..., with its scope, victims and source.

Events take their figures from here, and `casualties` adds which event each hangs on: so they are found once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.by_entry import by_entry
from pipeline.figures.attribution import attribute
from pipeline.figures.harms import Harm, link_sentences
from pipeline.figures.rivals import find_rivals
from pipeline.figures.scope import find_scopes
from pipeline.figures.sentences import sentences_of
from pipeline.figures.setting import Telling
from pipeline.figures.syntax import Parse, parse_of
from pipeline.figures.victims import number_of, victim_group, victim_phrase
from pipeline.figures.words import FigureWords
from pipeline.tables import Actor, Date, Entry, Figure, Scope, Tag, Token
from pipeline.tags.heard import NOTHING_HEARD, Heard, heard_by_entry

__all__ = ["FigureWords", "find_figures"]


def find_figures(
    entries: Sequence[Entry],
    dates: Sequence[Date],
    tokens: Sequence[Token],
    tags: Sequence[Tag],
    actors: Sequence[Actor],
    words: FigureWords,
) -> Iterator[Figure]:
    """Yield every figure of every entry in reading order.

    Numbers follow the text: "at least 26" is 26, 26, None; "dozens" 24, None, None; a single victim without a number 1, 1, 1.
    Only rows of scope `incident` may be summed.
    """
    dates_of, tokens_of, actors_of = by_entry(dates), by_entry(tokens), by_entry(actors)
    heard = heard_by_entry(tags)
    for entry in entries:
        if tokens_of[entry.entry_id]:
            parse, said = parse_of(tokens_of[entry.entry_id]), heard.get(entry.entry_id, NOTHING_HEARD)
            yield from _entry_figures(entry, dates_of[entry.entry_id], parse, said, actors_of[entry.entry_id], words)


def _entry_figures(
    entry: Entry, dates: Sequence[Date], parse: Parse, heard: Heard, actors: Sequence[Actor], words: FigureWords
) -> Iterator[Figure]:
    figures = link_sentences(sentences_of(entry, dates, parse, heard, words), parse, words)
    actor_at = {i: actor for actor in actors for i in parse.span(actor.start, actor.end) if parse.tokens[i].end <= actor.end}
    sources = [attribute(figure, entry, parse, words) for figure in figures]
    telling = Telling(entry, dates, parse, heard, figures, sources)
    scopes = find_scopes(telling, words)
    rivals = find_rivals(telling, scopes, words)
    seen: set[tuple[int, int, str]] = set()
    for figure, scope, source, rival in zip(figures, scopes, sources, rivals, strict=True):
        key = (figure.mention.start, figure.mention.end, figure.kind)
        if key not in seen:
            seen.add(key)
            row = _row(figure, scope, source, entry, parse, actor_at, words)
            yield row if rival is None else _as_rival(row, figures[rival], scopes[rival])


def _as_rival(row: Figure, first: Harm, scope: Scope) -> Figure:
    """Return a row as the rival of the figure told first: another number is not that figure told again."""
    return replace(row, rival_of=first.mention.start, scope=scope if row.scope == "repeat" else row.scope)


def _row(
    figure: Harm, scope: Scope, source: str | None, entry: Entry, parse: Parse, actor_at: Mapping[int, Actor], words: FigureWords
) -> Figure:
    mention = figure.mention
    low, best, high = number_of(figure, parse, words)
    victims = victim_phrase(figure, parse)
    return Figure(
        entry_id=entry.entry_id,
        start=mention.start,
        end=mention.end,
        text=entry.text[mention.start : mention.end],
        kind=figure.kind,
        low=low,
        best=best,
        high=high,
        hedge=mention.count.hedge if mention.count else None,
        implicit=mention.count is None,
        scope=scope,
        victims=entry.text[parse.tokens[victims[0]].start : parse.tokens[victims[1]].end] if victims else None,
        victim_group=victim_group(figure, parse, actor_at, words),
        attribution=source,
    )
