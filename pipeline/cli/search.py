"""`crisiswatch search`: the entries that answer, each with the passage that shows why, and its events."""

from __future__ import annotations

import dataclasses
import json
import textwrap
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline.cli.command import OUT, OutOption, app, fail

if TYPE_CHECKING:
    from pipeline.fulltext import Answer, Hit

MOST_EVENTS = 5
Names = list[str] | None


def _of_event(help_text: str) -> Any:
    return typer.Option(metavar="NAME", help=f"{help_text} May be given several times.")


@app.command(epilog="Example: crisiswatch search 'drone strike' --since 2021 --family 'Political violence'")
def search(
    words: Annotated[str, typer.Argument(help="What to look for; may be left out where a filter is given.")] = "",
    out: OutOption = OUT,
    situation: Annotated[Names, _of_event("Situation of the tracker, such as Sudan.")] = None,
    since: Annotated[str | None, typer.Option(metavar="YYYY[-MM]", help="First month of entries.")] = None,
    until: Annotated[str | None, typer.Option(metavar="YYYY[-MM]", help="Last month of entries.")] = None,
    event_type: Annotated[
        Names, typer.Option("--type", metavar="NAME", help="Event type, such as air_drone_strike. May be given several times.")
    ] = None,
    family: Annotated[Names, _of_event("Family of event types, such as protest.")] = None,
    actor: Annotated[Names, _of_event("Actor, by name, alias or actor_id; of the same event where --type or --family is given.")] = None,
    place: Annotated[Names, _of_event("Place, province or country; of the same event likewise.")] = None,
    kind: Annotated[Names, _of_event("Harm told of, such as killed or displaced; of the same event likewise.")] = None,
    superseded: Annotated[bool, typer.Option("--superseded", help="Look in entries that a later revision took the place of, too.")] = False,
    order: Annotated[str | None, typer.Option(help="best (where words are given), newest or oldest first.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Show at most so many entries.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with offsets into entries.text and event_ids.")] = False,
) -> None:
    """Search headlines, texts and events; the first search after a run brings the index up to date.

    Words side by side must all be there, in any form (strike: strikes, striking). "drone strike" in quotes is exact, displac*
    a beginning. AND, OR, NOT, brackets and -word combine; headline:word looks there alone; NEAR(drone strike, 5) wants words
    near each other. Case and accents do not matter.
    """
    from pipeline.asked import NotKnown
    from pipeline.fulltext import NoWords, Question, search_entries
    from pipeline.progress import Progress
    from pipeline.store import TableError

    question = Question(
        words=words, situation=situation or (), since=since, until=until, type=event_type or (), family=family or (), actor=actor or (),
        place=place or (), kind=kind or (), superseded=superseded, order=order, limit=limit,  # type: ignore[arg-type]
    )  # fmt: skip
    if not words.strip() and not any((situation, since, until, event_type, family, actor, place, kind)):
        fail(ValueError("say what to look for: words, or a filter such as --situation; see `crisiswatch search --help`"), 2)
    try:
        with Progress() as progress:
            answer = search_entries(question, out, progress)
    except (NotKnown, NoWords, FileNotFoundError) as error:
        fail(error, 2)
    except (TableError, OSError) as error:
        fail(error)
    if answer.note:
        typer.echo(f"crisiswatch: {answer.note}", err=True)
    typer.echo(_as_json(answer) if as_json else _as_text(answer))


def _as_json(answer: Answer) -> str:
    return json.dumps(dataclasses.asdict(answer), ensure_ascii=False, indent=1)


def _as_text(answer: Answer) -> str:
    shown = f", the first {len(answer.hits)} of them" if answer.total > len(answer.hits) else ""
    parts = [f"{answer.total} {'entry' if answer.total == 1 else 'entries'}{shown}"]
    return "\n\n".join([*parts, *(_hit(number, hit) for number, hit in enumerate(answer.hits, start=1))])


def _hit(number: int, hit: Hit) -> str:
    from pipeline.lines import WIDTH, event_lines

    head = f"{number}. {hit.situation or 'unknown situation'}  {hit.month or 'unknown month'}  {hit.trend or ''}"
    lines = [f"{head.rstrip()}  {hit.entry_id}"]
    lines += textwrap.wrap(hit.marked("[", "]"), WIDTH, initial_indent="   ", subsequent_indent="   ", break_on_hyphens=False)
    year = int(hit.month[:4]) if hit.month else None
    first = sorted(hit.events, key=lambda event: not event.in_words)[:MOST_EVENTS]
    lines += [event_lines(event, year, indent=3) for event in hit.events if event in first]
    more = len(hit.events) - len(first)
    return "\n".join([*lines, f"   and {more} more {'event' if more == 1 else 'events'}"] if more else lines)
