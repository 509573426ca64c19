"""The folder that opens in a browser: the page, and the tables as scripts, since a page opened from a file may load nothing else."""

from __future__ import annotations

import json
import os
import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pipeline import store
from pipeline.explorer.core import flags_of, what_is_known
from pipeline.explorer.facets import Lists, Places, facets
from pipeline.explorer.pack import pack
from pipeline.explorer.read import Year, read_columns, years
from pipeline.explorer.shards import cut
from pipeline.explorer.words import WordIndex
from pipeline.tables import Crossref, Entry, HarmKind, Realis, RegisteredActor, Scope, Toll, TrendState

if TYPE_CHECKING:
    import pyarrow as pa

PAGE = Path(__file__).with_name("page")
OUTLINES = Path(__file__).with_name("outlines.json")


class CannotBuild(ValueError):  # noqa: N818
    """The folders named will not do; the message says which and what to do."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was written."""

    page: Path
    entries: int
    situations: int
    files: int
    bytes: int


@dataclass(slots=True)
class _Site:
    """What has been read so far, and where it is written."""

    folder: Path
    lists: Lists
    situations: list[str | None]
    words: WordIndex = field(default_factory=WordIndex)
    places: Places = field(default_factory=Places)
    regions: dict[str, Counter[str]] = field(default_factory=dict)
    countries: dict[str, list[str]] = field(default_factory=dict)
    entries: dict[str, list[Any]] = field(default_factory=lambda: {name: [] for name in ("id", "situation", "month", "flags")})
    shards: list[list[Any]] = field(default_factory=list)
    years: list[list[Any]] = field(default_factory=list)

    def put(self, name: str, value: Any) -> None:
        """Write one script of data; what it holds is JSON, so that nothing in it runs."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        path = self.folder / "data" / f"{name}.js"
        path.write_text(f"CW.put({json.dumps(name)},{text});\n", encoding="utf-8", newline="\n")


def build(tables: Path, folder: Path) -> Built:
    """Write the explorer of the tables in `tables` into `folder`, whole or not at all; the same tables give the same bytes.

    Raises CannotBuild where there are no tables, or `folder` holds something else; TableError where a table is damaged.
    """
    if not store.labels(tables, Entry):
        raise CannotBuild(f"{tables} holds no table entries; name a folder `crisiswatch run` wrote with --tables, or run it first")
    if folder.exists() and not _is_ours(folder):
        raise CannotBuild(f"{folder} holds something else than an explorer; name an empty or new folder with --out")
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        shutil.copytree(PAGE, fresh)
        (fresh / "data").mkdir()
        site = _write(tables, fresh)
        _take_place(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    written = [path for path in folder.rglob("*") if path.is_file()]
    return Built(
        folder / "index.html", len(site.entries["id"]), len(site.situations), len(written), sum(path.stat().st_size for path in written)
    )


def _is_ours(folder: Path) -> bool:
    return folder.is_dir() and (not any(folder.iterdir()) or (folder / "data" / "core.js").is_file())


def _take_place(fresh: Path, folder: Path) -> None:
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        folder.rename(old)
    fresh.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _write(tables: Path, folder: Path) -> _Site:
    import pyarrow as pa

    from pipeline.typology import Typology

    actors = _actors(tables)
    situations = _situations(tables)
    lists = Lists(
        types=pa.array(list(Typology.load().types)), realis=pa.array(get_args(Realis)), kinds=pa.array(get_args(HarmKind)),
        scopes=pa.array(get_args(Scope)), actor_ids=actors["actor_id"].combine_chunks(), situations=pa.array(situations, pa.string()),
    )  # fmt: skip
    site = _Site(folder, lists, situations)
    for year in years(tables):
        _add_year(site, year)
    blocks = []
    for number, (first_word, strings) in enumerate(site.words.blocks()):
        site.put(f"words-{number:04d}", strings)
        blocks.append(first_word)
    site.put("actors", {name: actors[name].to_pylist() for name in ("actor_id", "name", "aliases", "type", "iso3", "entries", "mentions")})
    site.put("places", site.places.columns())
    site.put("tolls", _tolls(tables, site))
    site.put("outlines", json.loads(OUTLINES.read_text(encoding="utf-8")))
    site.put("core", {**what_is_known(tables, situations), **_numbers(site), "blocks": blocks})
    return site


def _add_year(site: _Site, year: Year) -> None:
    first = len(site.entries["id"])
    site.words.add(year.column("text"))
    number = {name: rank for rank, name in enumerate(site.situations)}
    for situation, region, countries in zip(year.column("situation"), year.column("region"), year.column("countries"), strict=True):
        if situation is not None:
            site.countries[situation] = countries
            if region:
                site.regions.setdefault(situation, Counter())[region] += 1
    site.entries["id"] += year.column("entry_id")
    site.entries["situation"] += [number[name] for name in year.column("situation")]
    site.entries["month"] += [month and f"{month:%Y-%m}" for month in year.column("month")]
    said = zip(year.column("trend"), year.column("risk_alert"), year.column("resolution_opportunity"), strict=True)
    site.entries["flags"] += [flags_of(*row) for row in said]
    site.years.append([year.name, first, year.entries.num_rows])
    site.put(f"facets-{year.name}", facets(year, site.lists, site.places))
    for shard in cut(year, first, site.lists.actor_ids, site.lists.situations):
        site.put(f"texts-{shard.name}", shard.texts)
        site.put(f"facts-{shard.name}", shard.facts)
        site.shards.append([shard.name, shard.first, shard.count])


def _situations(tables: Path) -> list[str | None]:
    """Return the situations that entries are on or point to, by name; None, last, where an entry's could not be told."""
    names: set[str | None] = set()
    for row_class in (Entry, Crossref):
        for label in store.labels(tables, row_class):
            names |= set(read_columns(row_class, store.part(tables, row_class, label), ("situation",))["situation"].to_pylist())
    names |= set(read_columns(TrendState, store.part(tables, TrendState), ("situation",))["situation"].to_pylist())
    return [*sorted(name for name in names if name is not None), *([None] if None in names else [])]


def _actors(tables: Path) -> pa.Table:
    """Return the registered actors, those of most entries first."""
    columns = ("actor_id", "name", "aliases", "type", "iso3", "entries", "mentions")
    rows = read_columns(RegisteredActor, store.part(tables, RegisteredActor), columns)
    return rows.sort_by([("entries", "descending"), ("mentions", "descending"), ("actor_id", "ascending")])


def _tolls(tables: Path, site: _Site) -> list[list[Any]]:
    """Return the tolls followed across months: situation, kind, what, and the series of month, entry, offset, text and number."""
    names = ("situation", "kind", "what", "series_months", "series_entry_ids", "series_starts", "series_texts", "series_numbers")
    rows = read_columns(Toll, store.part(tables, Toll), names)
    number = {name: rank for rank, name in enumerate(site.situations)}
    told = zip(*(rows[name].to_pylist() for name in names), strict=True)
    return [[number.get(situation), *rest] for situation, *rest in told]


def _numbers(site: _Site) -> dict[str, Any]:
    """Return the columns of all entries, the months they number, what is known of the situations, and the files of texts."""
    import numpy as np

    months = sorted({month for month in site.entries["month"] if month})
    number = {month: rank for rank, month in enumerate([*months, None])}
    return {
        "entries": {
            "id": "\n".join(site.entries["id"]),
            "situation": pack(site.entries["situation"]),
            "month": pack([number[month] for month in site.entries["month"]]),
            "flags": pack(site.entries["flags"]),
            "words": pack(np.frombuffer(site.words.lengths, dtype=np.int32)),
        },
        "months": months,
        "situations": {
            "name": site.situations,
            "region": [_region(name, site.regions) for name in site.situations],
            "countries": [site.countries.get(name or "", []) for name in site.situations],
        },
        "shards": site.shards,
        "years": site.years,
    }


def _region(situation: str | None, seen: Mapping[str, Counter[str]]) -> str | None:
    """Return the region most of a situation's entries stand under, else that of the tracker's list."""
    from pipeline.entries import Situations

    if situation is None:
        return None
    if counts := seen.get(situation):
        return min(counts, key=lambda region: (-counts[region], region))
    known = Situations.load().named(situation)
    return (known and known.region) or None
