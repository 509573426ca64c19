"""Countries: every name leads to one country, whatever its typography, and the table agrees with itself."""

from __future__ import annotations

import pytest

from pipeline.countries import Countries, Country
from pipeline.lexicon import LexiconError

COUNTRIES = Countries.load()


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Côte d’Ivoire", "CIV"),
        ("Cote d'Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("DR Congo", "COD"),
        ("Republic of Congo", "COG"),
        ("CAR", "CAF"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("U.S.", "USA"),
        ("UAE", "ARE"),
        ("Kosovo", "XKX"),
        ("Palestine", "PSE"),
        ("Taiwan", "TWN"),
        ("Western Sahara", "ESH"),
        ("Namibia", "NAM"),
        ("Guinea-Bissau", "GNB"),
        ("Guinea", "GIN"),
        ("ERITREA", "ERI"),
    ],
)
def test_a_name_leads_to_its_country(name: str, iso3: str) -> None:
    country = COUNTRIES.named(name)
    assert country is not None
    assert country.iso3 == iso3


@pytest.mark.parametrize("word", ["us", "car", "Us", "Car", "uk", "Congo", "Korea", "Catan"])
def test_what_is_no_name_of_one_country_leads_nowhere(word: str) -> None:
    assert COUNTRIES.named(word) is None


@pytest.mark.parametrize(
    ("word", "iso3"),
    [
        ("Kazakh", ["KAZ"]),
        ("Kazakhstani", ["KAZ"]),
        ("Emirati", ["ARE"]),
        ("U.S.", ["USA"]),
        ("Congolese", ["COD", "COG"]),
        ("Nigerien", ["NER"]),
        ("Nigerians", ["NGA"]),
        ("Swiss", ["CHE"]),
        ("martian", []),
    ],
)
def test_a_demonym_leads_to_all_its_countries(word: str, iso3: list[str]) -> None:
    assert [country.iso3 for country in COUNTRIES.of_demonym(word)] == iso3


@pytest.mark.parametrize(
    ("seat", "iso3"), [("N’Djamena", "TCD"), ("Ndjamena", "TCD"), ("Nur-Sultan", "KAZ"), ("Tel Aviv", "ISR"), ("Abidjan", "CIV")]
)
def test_a_seat_of_government_leads_to_its_country(seat: str, iso3: str) -> None:
    country = COUNTRIES.with_capital(seat)
    assert country is not None
    assert country.iso3 == iso3


def test_neighbours_know_each_other() -> None:
    for country in COUNTRIES.by_iso3.values():
        for code in country.neighbours:
            assert country.iso3 in COUNTRIES.by_iso3[code].neighbours, (country.iso3, code)


def test_every_row_is_whole() -> None:
    for country in COUNTRIES.by_iso3.values():
        assert len(country.iso3) == 3
        assert country.iso3.isupper()
        assert -90 <= country.lat <= 90
        assert -180 <= country.lon <= 180
    codes = [country.gwcode for country in COUNTRIES.by_iso3.values() if country.gwcode is not None]
    assert len(codes) == len(set(codes))


def test_a_name_of_two_countries_is_refused() -> None:
    def country(iso3: str, alias: str) -> Country:
        return Country(iso3, iso3.title(), (alias,), (), (), (), 0.0, 0.0, None)

    with pytest.raises(LexiconError, match="claimed by AAA and BBB"):
        Countries.of([country("AAA", "Congo"), country("BBB", "Congo")])
