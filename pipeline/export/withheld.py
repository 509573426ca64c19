"""What `--no-text` leaves out: every column that holds words of Crisis Group, so that the rest may be published.

Offsets, identities, values and names stay: whoever holds the text finds each span again by `entry_id`, `start` and `end`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import store
from pipeline.tables import Actor, RegisteredActor

if TYPE_CHECKING:
    import pyarrow as pa

# Columns that hold text of the entries, or quote it, by table.
COLUMNS: dict[str, tuple[str, ...]] = {
    "entries": ("headline", "text", "month_evidence"),
    "crossrefs": ("text",),
    "dates": ("text",),
    "tokens": ("text", "lemma"),
    "places": ("text",),
    "actors": ("text",),
    "casualties": ("text", "hedge", "victims", "attribution"),
    "events": ("text", "attribution"),
    "event_roles": ("text",),
    "actor_registry": ("aliases",),
    "tolls": ("what", "text", "attribution", "series_texts", "series_attributions"),
    "blocks": ("text",),
    "skipped": ("text",),
}
# Actors known only by a description carry the text's own words as their name: their type stands in for it.
DESCRIBED = "description"


def left_out() -> list[str]:
    """Return what `--no-text` leaves out, in words for a README."""
    columns = "; ".join(f"{table}: {', '.join(names)}" for table, names in COLUMNS.items())
    return [
        f"Without the text (--no-text). Left out: {columns}.",
        "Actors known only by a description have their type in brackets as name, and an identity that does not spell it out.",
        "Whoever holds the entries finds each span again by entry_id, start and end.",
    ]


def pseudonym(actor_id: str) -> str:
    """Return the identity that takes the place of one spelt out of a description: the same in every export."""
    return "described-" + hashlib.sha256(actor_id.encode()).hexdigest()[:12]


def stand_in(actor_type: str) -> str:
    """Return the name that takes the place of a description."""
    return f"[{actor_type}]"


def names(actors: list[Actor]) -> dict[str, str]:
    """Return, by name, what stands in for each described actor of an entry."""
    return {actor.name: stand_in(actor.type) for actor in actors if actor.match == DESCRIBED}


def rename(joined: str | None, replaced: dict[str, str]) -> str | None:
    """Return names joined by "; " with stand-ins where there are any."""
    return joined and "; ".join(replaced.get(name, name) for name in joined.split("; "))


def mask(text: str) -> str:
    """Return a text of the same length and lines that says nothing, so that offsets into it hold: every other character is x."""
    return "\n".join("x" * len(line) for line in text.split("\n"))


@dataclass(frozen=True, slots=True)
class Described:
    """The actors known by description alone: what stands in for each identity, by identity."""

    types: Mapping[str, str]

    @classmethod
    def of(cls, tables: Path) -> Described:
        """Read them off the registry of actors."""
        rows = store.all_rows(tables, RegisteredActor)
        return cls({row.actor_id: row.type for row in rows if row.known_by == DESCRIBED})

    def names(self, actors: pa.Table) -> dict[str, str]:
        """Return, by name, what stands in for it, for the described among a month's actors."""
        pairs = zip(actors["actor_id"].to_pylist(), actors["name"].to_pylist(), strict=True)
        return {name: stand_in(self.types[actor_id]) for actor_id, name in pairs if actor_id in self.types}

    def strip(self, name: str, table: pa.Table, replaced: Mapping[str, str]) -> pa.Table:
        """Return a table without the columns that hold text, and with stand-ins for described actors."""
        table = table.drop_columns([column for column in COLUMNS.get(name, ()) if column in table.column_names])
        if "actor_id" in table.column_names:
            ids = table["actor_id"].to_pylist()
            names_now = zip(ids, table["name"].to_pylist(), strict=True)
            table = _with(table, "name", [stand_in(self.types[i]) if i in self.types else said for i, said in names_now])
            table = _with(table, "actor_id", [pseudonym(i) if i in self.types else i for i in table["actor_id"].to_pylist()])
        for column in {"source", "target"} & set(table.column_names):
            table = _with(table, column, [rename(said, dict(replaced)) for said in table[column].to_pylist()])
        return table


def _with(table: pa.Table, column: str, values: list[Any]) -> pa.Table:
    import pyarrow as pa

    position = table.column_names.index(column)
    return table.set_column(position, table.schema.field(column), pa.array(values, table.schema.field(column).type))
