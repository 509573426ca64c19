"""The gazetteer: 286,000 places and units of GeoNames, opened by mmap and looked up by any spelling of their names.

Built by `models/gazetteer/build_gazetteer.py`: `names.marisa` leads from folded names to rows, `sounds.marisa` from country and sound
to rows, `titles.marisa` holds the names as displayed, `places.bin` the columns declared here. Data: GeoNames, CC BY 4.0, see
`models/gazetteer/README.md`.

Units come first, sorted by country; settlements follow, those of one first-level unit side by side, so that the
places of a unit are one stretch of rows. Coordinates of units are computed from their settlements (see the recipe).
"""

from __future__ import annotations

import json
import mmap
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, Self, cast

from pipeline import lexicon
from pipeline.spelling import fold, sound

FOLDER = "models/gazetteer"
# Column of places.bin and its type in the `array` module: little-endian, one after the other, each starting at a multiple of four bytes.
COLUMNS = (
    ("geonameid", "I"),
    ("lat", "i"),
    ("lon", "i"),
    ("population", "I"),
    ("title", "I"),
    ("parent", "H"),
    ("country", "B"),
    ("level", "B"),
)
# A record of names.marisa and sounds.marisa, high byte first: row * 2 + 1 where the key is the place's own name, row * 2 for other names.
POSTING = ">BH"
DEGREE = 100_000  # lat and lon are whole numbers of this part of a degree, about a metre
NOWHERE = 2**31 - 1  # lat of a unit whose coordinates are not known
NO_PARENT = 2**16 - 1
SHORTEST_SOUND = 4  # letters of sound below which alike tells nothing
LEVELS: tuple[Literal["admin1", "admin2", "settlement"], ...] = ("admin1", "admin2", "settlement")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place a name can stand for; `row` is its row in the gazetteer, `own_name` False where it was found by another of its names."""

    row: int
    name: str
    iso3: str
    level: Literal["admin1", "admin2", "settlement"]
    admin1: str | None
    admin2: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    population: int
    own_name: bool


class Gazetteer:
    """Places by name. Frozen: nothing of it changes after `load`; what was looked up is remembered only for speed."""

    def __init__(self, folder: Path) -> None:
        import marisa_trie

        facts = _facts(folder)
        self._names = marisa_trie.RecordTrie(POSTING).mmap(str(folder / "names.marisa"))
        self._sounds = marisa_trie.RecordTrie(POSTING).mmap(str(folder / "sounds.marisa"))
        self._titles = marisa_trie.Trie().mmap(str(folder / "titles.marisa"))
        self._columns = open_columns(folder / "places.bin", facts["rows"])
        self._countries: tuple[str, ...] = tuple(facts["countries"])
        self._units: int = facts["admin1"] + facts["admin2"]
        self._rows: int = facts["rows"]
        self._units_of: dict[str, list[int]] = {}
        for row in range(facts["admin1"]):
            self._units_of.setdefault(self._countries[self._columns["country"][row]], []).append(row)
        self._place = lru_cache(maxsize=16384)(self._read)
        self._candidates = lru_cache(maxsize=8192)(self._look_up)

    @classmethod
    def load(cls) -> Self:
        """Open the built gazetteer (some milliseconds, once); raises LexiconError where it is missing or half copied."""
        return cast("Self", _opened())

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the description, which holds the hashes of all built files, and of the table of sounds."""
        return lexicon.digest((f"{FOLDER}/gazetteer.json", "spelling.toml"))

    def candidates(self, name: str, iso3: str | None = None, most: int = 60) -> tuple[Candidate, ...]:
        """Return the places called `name`, in `iso3` if given, units before settlements, then by population; at most `most`.

        Spellings that differ only in case, diacritics, apostrophes, dashes or blanks are one name.
        """
        return self._candidates(fold(name), iso3, most)

    def _look_up(self, key: str, iso3: str | None, most: int) -> tuple[Candidate, ...]:
        rows = dict(_postings(self._names.get(key)))
        if iso3 is not None:
            rows = {row: own for row, own in rows.items() if self._countries[self._columns["country"][row]] == iso3}
        level, population = self._columns["level"], self._columns["population"]
        ranked = sorted(rows, key=lambda row: (level[row], -population[row], row))[:most]
        return tuple(self._place(row, rows[row]) for row in ranked)

    def units(self, iso3: str) -> Iterator[Candidate]:
        """Yield the first-level units of a country, by row."""
        for row in self._units_of.get(iso3, ()):
            yield self._place(row, True)

    def sounding_like(self, name: str, iso3: str) -> list[Candidate]:
        """Return the places of a country whose own names sound like `name` (`pipeline.spelling.sound`), by row."""
        key = sound(name)
        return [self._place(row, False) for row, _ in _postings(self._sounds.get(iso3 + key))] if len(key) >= SHORTEST_SOUND else []

    def first_level(self, row: int) -> Candidate | None:
        """Return the first-level unit a place lies in; None where none is known."""
        above = self._admin1_of(row)
        return None if above == NO_PARENT else self._place(above, True)

    def within(self, unit: Candidate) -> Iterator[Candidate]:
        """Yield the settlements of a first- or second-level unit, by row."""
        parent = self._columns["parent"]
        first = unit.row if unit.level == "admin1" else parent[unit.row]
        settlements = range(self._units, self._rows)
        start = bisect_left(settlements, first, key=self._admin1_of)
        end = bisect_right(settlements, first, lo=start, key=self._admin1_of)
        for row in settlements[start:end]:
            if unit.level == "admin1" or parent[row] == unit.row:
                yield self._place(row, True)

    def _admin1_of(self, row: int) -> int:
        """Return the row of the first-level unit over a settlement or second-level unit, NO_PARENT where there is none."""
        above: int = self._columns["parent"][row]
        if above == NO_PARENT or self._columns["level"][above] == 0:
            return above
        return int(self._columns["parent"][above])

    def _read(self, row: int, own: bool) -> Candidate:
        columns = self._columns
        level = LEVELS[columns["level"][row]]
        first = row if level == "admin1" else self._admin1_of(row)
        second = row if level == "admin2" else columns["parent"][row]
        if second == first:
            second = NO_PARENT
        known = columns["lat"][row] != NOWHERE
        return Candidate(
            row=row,
            name=self._title(row),
            iso3=self._countries[columns["country"][row]],
            level=level,
            admin1=None if first == NO_PARENT else self._title(first),
            admin2=None if second == NO_PARENT else self._title(second),
            lat=columns["lat"][row] / DEGREE if known else None,
            lon=columns["lon"][row] / DEGREE if known else None,
            geonameid=columns["geonameid"][row] or None,
            population=columns["population"][row],
            own_name=own,
        )

    def _title(self, row: int) -> str:
        return str(self._titles.restore_key(self._columns["title"][row]))


def _postings(records: list[tuple[int, int]] | None) -> list[tuple[int, bool]]:
    """Return row and "is its own name" of each record, by row."""
    return [((high << 16 | low) >> 1, bool(low & 1)) for high, low in sorted(records or ())]


def open_columns(path: Path, rows: int) -> dict[str, Any]:
    """Map `places.bin` into memory and return its columns as views, read only when indexed."""
    if sys.byteorder != "little":
        raise lexicon.LexiconError(
            f"{path} is little-endian and this machine is not; build it here with build_gazetteer.py and swap the bytes"
        )
    with path.open("rb") as file:
        view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    columns: dict[str, Any] = {}
    start = 0
    for name, kind in COLUMNS:
        size = rows * array(kind).itemsize
        columns[name] = view[start : start + size].cast(cast("Any", kind))
        start += size + -size % 4
    return columns


@cache
def _opened() -> Gazetteer:
    return Gazetteer(lexicon.MODELS / FOLDER.removeprefix("models/"))


def _facts(folder: Path) -> dict[str, Any]:
    """Return the description of the built files, after checking that they are there in full length."""
    path = folder / "gazetteer.json"
    try:
        facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise lexicon.LexiconError(f"{path} is missing; reinstall, or build it with `python models/gazetteer/build_gazetteer.py`") from None
    for name, file in facts["files"].items():
        size = (folder / name).stat().st_size if (folder / name).is_file() else 0
        if size != file["bytes"]:
            raise lexicon.LexiconError(
                f"{folder / name}: {size:,} bytes where {file['bytes']:,} are due; reinstall, or run build_gazetteer.py"
            )
    return facts
