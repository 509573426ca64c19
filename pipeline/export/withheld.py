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
from pipeline.codebook import all_tables
from pipeline.tables import Actor, RegisteredActor

if TYPE_CHECKING:
    import pyarrow as pa

# Columns of open text that do not quote the entries: identities, names, codes, what is said of files. Whatever else is open
# text is left out, so that a column made tomorrow is withheld until someone judges it.
KEPT = frozenset(
    {"entry_id", "event_id", "actor_id", "toll_id", "document_id", "document_ids", "superseded_by", "series_entry_ids", "series_months",
     "situation", "situation_as_written", "countries", "region", "iso3", "name", "acronym", "place", "admin1", "source", "target",
     "type", "family", "plover", "acled", "cameo", "edtf", "cues", "zones", "pos", "tag", "dep", "ent_type",
     "path", "format", "layout", "sha256", "encoding", "repairs", "stage", "table", "column",
     "documents.reason", "skipped.reason", "blocks.kind", "blocks.field", "blocks.marks"}
)  # fmt: skip
# Actors known only by a description carry the text's own words as their name: their type stands in for it.
DESCRIBED = "description"


def columns(row_class: type[store.Row]) -> tuple[str, ...]:
    """Return a table's columns that hold words of the entries: those of open text that are not in KEPT."""
    known = store.columns(row_class).items()
    texts = [name for name, (kind, _, listed, _) in known if kind in (str, tuple[str, ...]) and not listed]
    return tuple(name for name in texts if name not in KEPT and f"{row_class.TABLE}.{name}" not in KEPT)


def left_out() -> list[str]:
    """Return what `--no-text` leaves out, in words for a README."""
    told = {name: columns(row_class) for name, row_class in all_tables().items()}
    columns_told = "; ".join(f"{table}: {', '.join(names)}" for table, names in told.items() if names)
    return [
        f"Without the text (--no-text). Left out: {columns_told}.",
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

    def strip(self, row_class: type[store.Row], table: pa.Table, replaced: Mapping[str, str]) -> pa.Table:
        """Return a table without the columns that hold text, and with stand-ins for described actors."""
        table = table.drop_columns(list(columns(row_class)))
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
