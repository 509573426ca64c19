"""Which columns point into other tables: told by their names, one rule for all tables, those to come included."""

from __future__ import annotations

from pipeline import store
from pipeline.tables import Correction

# A column of this name, in any table but the one it is the key of, holds keys of that table's column.
POINTS_TO = {
    "entry_id": ("entries", "entry_id"),
    "superseded_by": ("entries", "entry_id"),
    "series_entry_ids": ("entries", "entry_id"),
    "event_id": ("events", "event_id"),
    "actor_id": ("actor_registry", "actor_id"),
    "document_id": ("documents", "document_id"),
    "document_ids": ("documents", "document_id"),
}


def foreign_keys(row_class: type[store.Row]) -> dict[str, tuple[str, str]]:
    """Return the columns of a table that point into another (or into other rows of itself), each with table and column.

    Corrections have none: one may speak of an entry that is gone, which is just what its status tells.
    """
    if row_class is Correction:
        return {}
    return {name: POINTS_TO[name] for name in store.columns(row_class) if name in POINTS_TO and POINTS_TO[name] != (row_class.TABLE, name)}
