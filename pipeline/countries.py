"""Countries and territories: codes, names, demonyms, capitals, neighbours, as `lexicon/countries.csv` has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Self

from pipeline import lexicon
from pipeline.spelling import fold, plain

_FILE = "countries.csv"
# Below this length a folded name is no longer a name: `us`, `car` and `uae` are found only as written, with their capitals.
_SHORTEST_FOLD = 4


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory; `lat`, `lon` a point in its middle, `gwcode` its Gleditsch-Ward number if it has one."""

    iso3: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    neighbours: tuple[str, ...]
    lat: float
    lon: float
    gwcode: int | None


@dataclass(frozen=True, slots=True)
class Countries:
    """The countries by code, name, demonym and seat of government. `capitals` lists spellings and further seats after the capital.

    Most words are no part of any name: `openings` are the first letters, however many, of names and seats, folded and without blanks,
    `endings` the last words of demonyms and of their plurals.
    """

    by_iso3: Mapping[str, Country]
    by_name: Mapping[str, Country]
    by_demonym: Mapping[str, tuple[Country, ...]]
    by_capital: Mapping[str, Country]
    openings: frozenset[str] = field(init=False)
    endings: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        squeezed = {fold(name).replace(" ", "") for name in (*self.by_name, *self.by_capital)}
        object.__setattr__(self, "openings", frozenset(name[:size] for name in squeezed for size in range(1, len(name) + 1)))
        last = {_last_word(name) for name in self.by_demonym}
        object.__setattr__(self, "endings", frozenset(last | {f"{word}s" for word in last}))

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the countries; raises LexiconError where the file is missing, torn, or gives a name to two countries."""
        return cls.of(_country(row, number) for number, row in enumerate(lexicon.read_csv(_FILE), start=2))

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the file the countries are read from."""
        return lexicon.digest((_FILE,))

    @classmethod
    def of(cls, countries: Iterable[Country]) -> Self:
        """Index `countries`; raises LexiconError where two share a code, name, alias or capital."""
        by_iso3: dict[str, Country] = {}
        by_name: dict[str, Country] = {}
        by_capital: dict[str, Country] = {}
        by_demonym: defaultdict[str, tuple[Country, ...]] = defaultdict(tuple)
        for country in countries:
            _claim(by_iso3, country.iso3, country)
            for name in (country.name, *country.aliases):
                for key in _keys(name):
                    _claim(by_name, key, country)
            for name in country.capitals:
                for key in _keys(name):
                    _claim(by_capital, key, country)
            for name in country.demonyms:
                by_demonym[plain(name)] += (country,)
        return cls(by_iso3, by_name, dict(by_demonym), by_capital)

    def named(self, name: str) -> Country | None:
        """Return the country called `name`, whatever its diacritics and, from four letters on, its case; None if there is none."""
        return self.by_name.get(plain(name)) or self.by_name.get(_folded(name))

    def with_capital(self, name: str) -> Country | None:
        """Return the country whose capital or other seat of government is `name`; None if there is none."""
        return self.by_capital.get(plain(name)) or self.by_capital.get(_folded(name))

    def may_begin(self, letters: str) -> bool:
        """Tell whether the name of a country or of a seat of government may begin with `letters`, folded and without blanks."""
        return letters in self.openings

    def may_end_demonym(self, word: str) -> bool:
        """Tell whether a demonym or its plural may end on `word`."""
        return _last_word(plain(word)) in self.endings

    def of_demonym(self, word: str) -> tuple[Country, ...]:
        """Return the countries whose people or things are called `word` or its plural; `Congolese` are two, most are one."""
        key = plain(word)
        return self.by_demonym.get(key) or self.by_demonym.get(key.removesuffix("s"), ())


def _country(row: dict[str, str], line: int) -> Country:
    try:
        return Country(
            iso3=row["iso3"],
            name=row["name"],
            aliases=_items(row["aliases"]),
            demonyms=_items(row["demonyms"]),
            capitals=_items(row["capital"]),
            neighbours=_items(row["neighbours"]),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            gwcode=int(row["gwcode"]) if row["gwcode"] else None,
        )
    except ValueError as error:
        raise lexicon.LexiconError(
            f"{lexicon.FOLDER / _FILE}, line {line}: {error}; give lat and lon in degrees, gwcode as a number"
        ) from None


def _items(cell: str) -> tuple[str, ...]:
    return tuple(item for item in cell.split("|") if item)


def _last_word(name: str) -> str:
    return name.rpartition(" ")[2]


def _keys(name: str) -> set[str]:
    return {plain(name), _folded(name)} - {""}


def _folded(name: str) -> str:
    key = fold(name)
    return key if len(key) >= _SHORTEST_FOLD else ""


def _claim(index: dict[str, Country], key: str, country: Country) -> None:
    if index.setdefault(key, country) is not country:
        raise lexicon.LexiconError(f"{_FILE}: {key!r} is claimed by {index[key].iso3} and {country.iso3}; keep it in one row")
