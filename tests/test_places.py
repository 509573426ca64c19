"""Places: sentences with what is found in them, and what holds for every row."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.tables import Place
from tests.conftest import make_entry
from tests.place_rows import places_in, places_of

SENTENCES = [
    (
        "Gunmen 3 Feb attacked Titao town (Nord region) and village near city of Djibo, Sahel region.",
        ["BFA"],
        ["Titao:BFA", "Nord:BFA", "Djibo:BFA", "Sahel:BFA"],
    ),
    ("Fighting 12 Feb resumed in Borno, Yobe and Adamawa states.", ["NGA"], ["Borno:NGA", "Yobe:NGA", "Adamawa:NGA"]),
    ("Authorities 5 Feb closed Benin-Niger border after incident in Malanville.", ["BEN"], ["Benin:BEN", "Niger:NER", "Malanville:BEN"]),
    ("Police in Kabul 4 Feb arrested two.", ["AFG"], ["Kabul:AFG"]),
    ("Army 6 Feb shelled villages in North Kivu, forcing thousands to flee toward Goma.", ["COD"], ["North Kivu:COD", "Goma:COD"]),
    ("Rebels hit convoy in Darfur while talks opened in Jeddah, Saudi Arabia.", ["SDN"], ["Darfur:SDN", "Jeddah:SAU", "Saudi Arabia:SAU"]),
    ("Vessels met in South China Sea near Scarborough Shoal.", ["PHL", "CHN"], ["South China Sea:None", "Scarborough Shoal:None"]),
    ("Clashes erupted in Gaza and West Bank.", ["ISR", "PSE"], ["Gaza:PSE", "West Bank:PSE"]),
    ("Officials from Taiwan visited Pristina, Kosovo.", ["XKX"], ["Taiwan:TWN", "Pristina:XKX", "Kosovo:XKX"]),
    ("Drones hit fuel depot in Crimea and school in Donetsk.", ["UKR", "RUS"], ["Crimea:UKR", "Donetsk:UKR"]),
    ("President Macron 3 Feb met Nursultan Nazarbayev.", ["KAZ"], []),
    ("Bank of Ghana 4 Feb raised rates.", ["GHA"], []),
    ("Army 4 Feb shelled Chadian border town of Tine, killing two.", ["SDN"], ["Tine:TCD"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "countries", "places"), SENTENCES, ids=[text[:40] for text, _, _ in SENTENCES])
def test_the_places_of_a_sentence(text: str, countries: list[str], places: list[str]) -> None:
    assert [f"{place.text}:{place.iso3}" for place in places_in(text, *countries)] == places


@pytest.mark.parametrize(
    ("text", "name", "use"),
    [
        ("Islamabad 5 Feb rejected proposal.", "Islamabad", "actor"),
        ("Iran 7 Feb condemned attack.", "Iran", "actor"),
        ("Police clashed with protesters in Islamabad.", "Islamabad", "location"),
        ("Bomb killed two in Iran.", "Iran", "location"),
        ("Army crossed border (see Iran).", "Iran", "xref"),
        ("Leaders hosted U.S. President in palace.", "U.S.", "attribute"),
    ],
)
def test_what_a_name_does_in_its_sentence(text: str, name: str, use: str) -> None:
    assert [place.use for place in places_in(text, "PAK") if place.text == name] == [use]


@pytest.mark.parametrize(
    ("text", "name", "level", "precision"),
    [
        ("Attack 3 Feb hit Titao town.", "Titao", "settlement", 1),
        ("Attack 3 Feb hit Nord region.", "Nord", "admin1", 4),
        ("Drone 3 Feb struck Djibo airport.", "Djibo", "site", 2),
        ("Fighting spread across Niger.", "Niger", "country", 6),
        ("Militants crossed Gulf of Guinea.", "Gulf of Guinea", "area", 7),
        ("Militants attacked posts in Sahel region.", "Sahel", "admin1", 4),
    ],
)
def test_how_fine_a_place_is_known(text: str, name: str, level: str, precision: int) -> None:
    place = next(place for place in places_in(text, "BFA") if place.text == name)
    assert (place.level, place.geo_precision) == (level, precision)


def test_a_place_no_table_has_stands_in_the_unit_named_around_it() -> None:
    place = next(place for place in places_in("Gunmen 3 Feb attacked Qwandara village, Nord region.", "BFA") if place.text == "Qwandara")
    assert (place.iso3, place.admin1, place.match, place.geo_precision) == ("BFA", "Nord", "enclosing_admin1", 4)
    assert place.geonameid is None
    assert place.lat is not None


def test_a_place_no_table_has_and_nothing_around_it_is_only_in_the_country() -> None:
    place = next(place for place in places_in("Gunmen 3 Feb attacked village of Qwandara.", "BFA") if place.text == "Qwandara")
    assert (place.iso3, place.match, place.geo_precision) == ("BFA", "country", 6)


def test_one_entry_is_read_without_the_others() -> None:
    first = make_entry("Gunmen 3 Feb attacked Titao town.", entry_id="a", countries=("BFA",))
    second = make_entry("Ship left Tripoli.", entry_id="b", countries=("LBN",))
    together = places_of([second, first])
    assert together == [*places_of([first]), *places_of([second])]


@pytest.fixture(scope="module")
def rows() -> list[tuple[str, list[Place]]]:
    text = " ".join(text for text, _, _ in SENTENCES)
    return [(text, places_in(text, *countries)) for countries in (["NGA"], ["UKR", "RUS"], [])]


def test_every_row_is_its_text_and_none_overlap(rows: list[tuple[str, list[Place]]]) -> None:
    for text, places in rows:
        assert len(places) > 15
        for place in places:
            assert text[place.start : place.end] == place.text
        assert all(a.end <= b.start for a, b in pairwise(places))


def test_no_row_is_more_precise_than_it_is_known(rows: list[tuple[str, list[Place]]]) -> None:
    for _, places in rows:
        for place in places:
            assert (place.lat is None) == (place.lon is None)
            if place.match in ("country", "none"):
                assert place.geonameid is None
                assert place.geo_precision in (None, 6)
            if place.match == "enclosing_admin1":
                assert place.geo_precision == 4
            if place.geo_precision == 1:
                assert place.level == "settlement"
