"""An entry for the eye: its text with the spans marked, its facts below, so that any row can be checked in one look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.tables import Actor, Casualty, Date, Entry, Event, Place

if TYPE_CHECKING:
    from rich.table import Table

STYLES = {"dates": "cyan", "places": "green", "actors": "magenta", "casualties": "bold red", "events": "bold yellow"}
MARKS = {"dates": "d", "places": "p", "actors": "a", "casualties": "c", "events": "e"}
READ: tuple[type[store.Row], ...] = (Date, Place, Actor, Casualty, Event)
COLUMNS = {
    "events": ("text", "type", "date_from", "date_to", "place", "source", "target", "realis", "killed_best", "confidence"),
    "casualties": ("text", "kind", "low", "best", "high", "scope", "victims", "victim_group", "attribution"),
    "dates": ("text", "date_from", "date_to", "precision", "relation"),
    "places": ("text", "name", "iso3", "level", "use", "admin1", "geo_precision", "match"),
    "actors": ("text", "name", "type", "iso3", "match"),
}


def show_entry(entry_id: str, out: Path) -> None:
    """Print the entry whose identity begins with `entry_id`; raises LookupError where none or several do."""
    from rich.console import Console

    label, entry = _find(entry_id, out)
    facts = {c.TABLE: _rows_of(entry.entry_id, c, label, out) for c in READ}
    console = Console(highlight=False)
    console.print(
        f"[bold]{entry.situation or 'unknown situation'}[/bold] {label} ({entry.month_source}) {entry.trend or ''}  {entry.entry_id}"
    )
    console.print(f"marks: {', '.join(f'{mark} {table}' for table, mark in MARKS.items())}\n", markup=False)
    console.print(marked(entry.text, facts, console.is_terminal))
    for table, columns in COLUMNS.items():
        if facts[table]:
            console.print(_table(table, columns, facts[table]))


def marked(text: str, facts: dict[str, list[Any]], colour: bool) -> Any:
    """Return the text with its spans coloured, or, without colour, each in brackets with the letter of its table."""
    from rich.text import Text

    if colour:
        shown = Text(text)
        for table, style in STYLES.items():
            for row in facts[table]:
                shown.stylize(style, row.start, row.end)
        return shown
    opens: dict[int, str] = {}
    closes: dict[int, str] = {}
    # The longest span opens first and closes last, so that brackets nest where spans do.
    for table, row in sorted(((t, r) for t in MARKS for r in facts[t]), key=lambda pair: (pair[1].start, pair[1].end)):
        opens[row.start] = "[" + opens.get(row.start, "")
        closes[row.end] = closes.get(row.end, "") + f"|{MARKS[table]}]"
    return Text("".join(closes.get(k, "") + opens.get(k, "") + text[k : k + 1] for k in range(len(text) + 1)))


def _find(entry_id: str, out: Path) -> tuple[str, Entry]:
    found = [
        (label, entry)
        for label in store.labels(out, Entry)
        for entry in store.read(Entry, store.part(out, Entry, label))
        if entry.entry_id.startswith(entry_id)
    ]
    if len(found) != 1:
        several = f"; {len(found)} entries begin so, give more of it" if found else f" in {out}; look it up in table entries"
        raise LookupError(f"no one entry {entry_id!r}{several}")
    return found[0]


def _rows_of(entry_id: str, row_class: type[store.Row], label: str, out: Path) -> list[Any]:
    path = store.part(out, row_class, label)
    rows: list[Any] = store.read(row_class, path) if path.is_file() else []
    return [row for row in rows if row.entry_id == entry_id]


def _table(title: str, columns: tuple[str, ...], rows: list[Any]) -> Table:
    from rich.table import Table

    table = Table(*columns, title=title, title_justify="left")
    for row in rows:
        table.add_row(*("" if (value := getattr(row, column)) is None else str(value) for column in columns))
    return table
