"""Resolution: of places that share a name the text's own country, units and lists decide; why, can be asked."""

from __future__ import annotations

import pytest

from pipeline.distance import km
from pipeline.places import explain
from pipeline.places.resolve import nearly
from pipeline.places.weigh import nearest
from tests.place_rows import KNOW, MODEL, places_in

# What no gazetteer has, from Darfur to South Ossetia, and namesakes that population alone gets wrong.
NAMES = [
    ("Zhanaozen", "KAZ"), ("Michoacán", "MEX"), ("Catatumbo", "COL"), ("Darfur", "SDN"), ("Kordofan", "SDN"), ("Donbas", "UKR"),
    ("Kivus", "COD"), ("Puntland", "SOM"), ("Jubaland", "SOM"), ("Galmudug", "SOM"), ("Hirshabelle", "SOM"), ("South West State", "SOM"),
    ("Bangsamoro", "PHL"), ("Eastern Ghouta", "SYR"), ("Casamance", "SEN"), ("Anglophone regions", "CMR"), ("Nagorno-Karabakh", "AZE"),
    ("South Ossetia", "GEO"), ("FATA", "PAK"), ("Nur-Sultan", "KAZ"), ("Zaire", "COD"), ("Helmand", "AFG"), ("Hilmand", "AFG"),
    ("Titao", "BFA"), ("Donetsk", "UKR"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "iso3"), NAMES)
def test_a_name_is_found_with_its_country_given(name: str, iso3: str) -> None:
    assert explain(name, KNOW, MODEL, iso3)[0].option.iso3 == iso3


@pytest.mark.parametrize(("name", "iso3"), NAMES)
def test_and_without(name: str, iso3: str) -> None:
    assert explain(name, KNOW, MODEL)[0].option.iso3 == iso3


def test_beni_is_a_town_in_an_entry_on_its_country() -> None:
    assert explain("Beni", KNOW, MODEL, "COD")[0].option.iso3 == "COD"


@pytest.mark.xfail(strict=True, reason="without a country the department of Bolivia has more people than the town of North Kivu")
def test_beni_without_a_country_is_the_town() -> None:
    assert explain("Beni", KNOW, MODEL)[0].option.iso3 == "COD"


@pytest.mark.xfail(reason="the town of Keles (Kazakhstan, Uzbekistan) is under no such name in the gazetteer; the Turkish one is")
def test_keles_is_not_in_turkey() -> None:
    assert explain("Keles", KNOW, MODEL, "KAZ")[0].option.iso3 == "KAZ"


@pytest.mark.parametrize(
    ("name", "iso3", "level", "admin1"),
    [
        ("Gao region", "MLI", "admin1", "Gao"),
        ("Gao town", "MLI", "settlement", "Gao"),
        ("Lunda Sul province", "AGO", "admin1", "Lunda-Sul"),
        ("Zamora town, Michoacán state", "MEX", "settlement", "Michoacán de Ocampo"),
        ("Hirat province", "AFG", "admin1", "Herat"),
    ],
)
def test_words_of_kind_and_units_tell_namesakes_apart(name: str, iso3: str, level: str, admin1: str) -> None:
    best = explain(name, KNOW, MODEL, iso3)[0].option
    assert (best.level, best.admin1) == (level, admin1)


def test_an_explanation_adds_up_and_is_sorted() -> None:
    found = explain("Beni", KNOW, MODEL, "COD")
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    for item in found:
        assert sum(points for _, points in item.reasons) == pytest.approx(item.score, abs=0.01)


def test_what_has_no_name_has_no_explanation() -> None:
    assert explain("Qwertzuiop", KNOW, MODEL) == []


def test_the_country_of_the_entry_decides_between_namesakes() -> None:
    tripoli = {iso3: places_in("Clashes 3 Feb erupted in Tripoli.", iso3)[0].iso3 for iso3 in ("LBY", "LBN")}
    assert tripoli == {"LBY": "LBY", "LBN": "LBN"}


def test_a_unit_named_beside_decides_between_towns() -> None:
    place = places_in("Gunmen 3 Feb attacked San Pedro, Coahuila state.", "MEX")[0]
    assert place.admin1 == "Coahuila de Zaragoza"


def test_two_towns_as_likely_are_marked() -> None:
    assert any(place.ambiguous for place in places_in("Gunmen attacked Guadalupe and San Juan.", "MEX"))


def test_a_spelling_nearly_so_is_found_among_few_only() -> None:
    units = list(KNOW.gazetteer.units("AFG"))
    best = nearly("Kandahaar", units, 0.8)
    assert best is not None
    assert fold_name(best.name) == "kandahar"
    assert nearly("Timbuktu", units, 0.8) is None
    assert nearly("Ghor", units, 0.8) is None  # four letters tell nothing


def fold_name(name: str) -> str:
    from pipeline.spelling import fold

    return fold(name)


def test_distances() -> None:
    assert km(0, 0, 0, 1) == pytest.approx(111.19, abs=0.01)
    assert km(51.5, -0.1, 51.5, -0.1) == 0
    assert nearest([(0.0, 1.0), (0.0, 5.0)], 0.0, 0.0) == pytest.approx(111.19, abs=0.01)
    assert nearest([], 0.0, 0.0) == float("inf")
