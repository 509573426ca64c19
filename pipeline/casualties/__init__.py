"""The `casualties` stage: every figure of people killed, injured, detained, displaced, ..., with its scope, victims and source.

`find_figures` does all the finding; `find_casualties` hangs the figures on the events that hold them. Figures come
before events and their event ids after: so the tables stay a graph without circles.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from pipeline.casualties.attribution import attribute
from pipeline.casualties.figures import Figure, link_sentences
from pipeline.casualties.rivals import find_rivals
from pipeline.casualties.scope import find_scopes
from pipeline.casualties.sentences import sentences_of
from pipeline.casualties.setting import Telling
from pipeline.casualties.syntax import Parse, parse_of
from pipeline.casualties.victims import number_of, victim_group, victim_phrase
from pipeline.casualties.words import CasualtyWords
from pipeline.tables import Actor, Casualty, Date, Entry, EventRole, Scope, Token

__all__ = ["CasualtyWords", "find_casualties", "find_figures"]

Row = TypeVar("Row", Actor, Date, EventRole, Token)


def find_casualties(
    entries: Sequence[Entry],
    dates: Sequence[Date],
    tokens: Sequence[Token],
    actors: Sequence[Actor],
    event_roles: Sequence[EventRole],
    words: CasualtyWords,
) -> Iterator[Casualty]:
    """Yield every figure with the event it hangs on: the first of those that name its span as their figure."""
    event_of: dict[tuple[str, int, int], str] = {}
    for role in event_roles:
        if role.role == "figure":
            event_of.setdefault((role.entry_id, role.start, role.end), role.event_id)
    for figure in find_figures(entries, dates, tokens, actors, words):
        yield replace(figure, event_id=event_of.get((figure.entry_id, figure.start, figure.end)))


def find_figures(
    entries: Sequence[Entry], dates: Sequence[Date], tokens: Sequence[Token], actors: Sequence[Actor], words: CasualtyWords
) -> Iterator[Casualty]:
    """Yield every figure of every entry in reading order, its event not yet known (`event_id` None).

    Numbers follow the text: "at least 26" is 26, 26, None; "dozens" 24, None, None; a single victim without a number 1, 1, 1.
    Only rows of scope `incident` may be summed.
    """
    dates_of, tokens_of, actors_of = _by_entry(dates), _by_entry(tokens), _by_entry(actors)
    for entry in entries:
        if tokens_of[entry.entry_id]:
            yield from _entry_figures(
                entry, dates_of[entry.entry_id], parse_of(tokens_of[entry.entry_id]), actors_of[entry.entry_id], words
            )


def _by_entry(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.entry_id].append(row)
    return found


def _entry_figures(entry: Entry, dates: Sequence[Date], parse: Parse, actors: Sequence[Actor], words: CasualtyWords) -> Iterator[Casualty]:
    figures = link_sentences(sentences_of(entry, dates, parse, words), parse, words)
    actor_at = {
        i: actor
        for actor in actors
        for i in range(parse.at_or_after(actor.start), parse.at_or_after(actor.end))
        if parse.tokens[i].end <= actor.end
    }
    telling = Telling(entry, dates, parse, figures)
    scopes = find_scopes(telling, words)
    sources = [attribute(figure, entry, parse, words) for figure in figures]
    rivals = find_rivals(telling, scopes, sources, words)
    seen: set[tuple[int, int, str]] = set()
    for figure, scope, source, rival in zip(figures, scopes, sources, rivals, strict=True):
        key = (figure.mention.start, figure.mention.end, figure.kind)
        if key not in seen:
            seen.add(key)
            row = _row(figure, scope, source, entry, parse, actor_at, words)
            yield row if rival is None else _as_rival(row, figures[rival], scopes[rival])


def _as_rival(row: Casualty, first: Figure, scope: Scope) -> Casualty:
    """Return a row as the rival of the figure told first: another number is not that figure told again."""
    return replace(row, rival_of=first.mention.start, scope=scope if row.scope == "repeat" else row.scope)


def _row(
    figure: Figure, scope: Scope, source: str | None, entry: Entry, parse: Parse, actor_at: Mapping[int, Actor], words: CasualtyWords
) -> Casualty:
    mention = figure.mention
    low, best, high = number_of(figure, parse, words)
    victims = victim_phrase(figure, parse)
    return Casualty(
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
        event_id=None,
    )
