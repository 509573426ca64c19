"""What filters, maps and charts count by: the few columns of events, figures, mentions and pointers, packed, one file a year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pipeline.explorer.pack import pack
from pipeline.explorer.read import Facts, Year
from pipeline.explorer.shards import event_ranks
from pipeline.store import TableError

if TYPE_CHECKING:
    import pyarrow as pa

    from pipeline.explorer.pack import Numbers

_PLACE = ("place", "iso3", "admin1", "lat", "lon", "geo_precision")
_BETWEEN = "\x1f"
_MOST = (1 << 32) - 2


@dataclass(slots=True)
class Places:
    """The distinct places of events, numbered from 1 as they come up; 0 is an event placed nowhere."""

    numbers: dict[str, int] = field(default_factory=lambda: {_BETWEEN * (len(_PLACE) - 1): 0})

    def of(self, events: pa.Table) -> Numbers:
        """Return the number of each event's place."""
        import numpy as np
        import pyarrow as pa
        import pyarrow.compute as pc

        parts = [pc.fill_null(events[name].cast(pa.string()), "") for name in _PLACE]
        keys = pc.binary_join_element_wise(*parts, _BETWEEN).combine_chunks().dictionary_encode()
        known = [self.numbers.setdefault(key, len(self.numbers)) for key in keys.dictionary.to_pylist()]
        return np.array(known, dtype=np.int64)[keys.indices.to_numpy()] if known else np.zeros(0, dtype=np.int64)

    def columns(self) -> dict[str, list[Any]]:
        """Return name, iso3, admin1, lat, lon and precision of the places, null where unknown; the first stands for number 1."""
        rows = [key.split(_BETWEEN) for key in list(self.numbers)[1:]]
        kinds = {"lat": float, "lon": float, "geo_precision": int}
        return {name: [kinds.get(name, str)(row[k]) if row[k] else None for row in rows] for k, name in enumerate(_PLACE)}


@dataclass(frozen=True, slots=True)
class Lists:
    """The closed lists that facets count by, as Arrow arrays: a row's number is its value's rank."""

    types: pa.Array
    realis: pa.Array
    kinds: pa.Array
    scopes: pa.Array
    actor_ids: pa.Array
    situations: pa.Array


def facets(year: Year, lists: Lists, places: Places) -> dict[str, Any]:
    """Return the year's columns by table: `n`, the rows of each entry (of each event for `parts`), and the packed columns.

    Numbers that may be missing are one too high, and 0 where missing.
    """
    entries = year.entries.num_rows
    events, figures, roles = year.facts["events"], year.facts["casualties"], year.facts["event_roles"]
    return {
        "events": {
            "n": pack(events.counts(entries)),
            "type": pack(_rank(events.rows["type"], lists.types)),
            "realis": pack(_rank(events.rows["realis"], lists.realis)),
            "place": pack(places.of(events.rows)),
        },
        "parts": _parts(events, roles, lists),
        "figures": {
            "n": pack(figures.counts(entries)),
            "kind": pack(_rank(figures.rows["kind"], lists.kinds)),
            "scope": pack(_rank(figures.rows["scope"], lists.scopes)),
            "number": pack(_number(figures.rows)),
            "rival": pack(_is_there(figures.rows["rival_of"])),
            "event": pack(_plus_one(event_ranks(figures, year))),
        },
        "mentions": _distinct(year.facts["actors"].rank, _rank(year.facts["actors"].rows["actor_id"], lists.actor_ids), entries),
        "pointers": {
            "n": pack(year.facts["crossrefs"].counts(entries)),
            "to": pack(_rank(year.facts["crossrefs"].rows["situation"], lists.situations, missing=1)),
        },
    }


def _rank(values: Any, known: pa.Array, missing: int = 0) -> Numbers:
    """Return each value's rank in the list plus `missing`; null gives 0 where `missing` is 1.

    Raises TableError for a value that is none of the list and may not be missing.
    """
    import numpy as np
    import pyarrow.compute as pc

    rank = pc.index_in(values, value_set=known)
    found: Numbers = pc.fill_null(rank, -1).to_numpy().astype(np.int64) + missing
    if found.min(initial=0) < 0:
        odd = values.filter(pc.is_null(rank)).to_pylist()[0]
        raise TableError(f"{odd!r} stands in one table and is missing in another, so they are not of one run; do `crisiswatch run`")
    return found


def _is_there(values: Any) -> Numbers:
    import numpy as np
    import pyarrow.compute as pc

    there: Numbers = pc.is_valid(values).to_numpy().astype(np.int64)
    return there


def _plus_one(values: pa.Array) -> Numbers:
    import numpy as np
    import pyarrow.compute as pc

    ranks: Numbers = pc.fill_null(values, -1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
    return ranks


def _number(figures: pa.Table) -> Numbers:
    """Return best, else low, else high, plus one, as the panel counts."""
    import numpy as np
    import pyarrow.compute as pc

    number = pc.fill_null(pc.coalesce(figures["best"], figures["low"], figures["high"]), -1).to_numpy().astype(np.int64)
    shown: Numbers = np.minimum(number, _MOST) + 1
    return shown


def _distinct(owner: Numbers, value: Numbers, owners: int) -> dict[str, str]:
    """Return the distinct values of each owner, in order, as {"n": how many, "who": which}."""
    import numpy as np

    pairs = np.unique(np.stack([owner, value], axis=1), axis=0) if len(owner) else np.zeros((0, 2), dtype=np.int64)
    return {"n": pack(np.bincount(pairs[:, 0], minlength=owners)), "who": pack(pairs[:, 1])}


def _parts(events: Facts, roles: Facts, lists: Lists) -> dict[str, str]:
    """Return who did (even numbers: twice the actor's) and to whom (odd: one more), by event."""
    import numpy as np
    import pyarrow.compute as pc

    actor = pc.index_in(roles.rows["actor_id"], value_set=lists.actor_ids, skip_nulls=True)
    row = pc.index_in(roles.rows["event_id"], value_set=events.rows["event_id"].combine_chunks(), skip_nulls=True)
    plays = pc.and_(pc.and_(pc.is_valid(actor), pc.is_valid(row)), pc.is_in(roles.rows["role"], value_set=_both()))
    who = actor.filter(plays).to_numpy().astype(np.int64) * 2 + (pc.equal(roles.rows["role"], "target").filter(plays).to_numpy())
    return _distinct(row.filter(plays).to_numpy().astype(np.int64), who, events.rows.num_rows)


def _both() -> Any:
    import pyarrow as pa

    return pa.array(["source", "target"])
