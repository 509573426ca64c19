"""Regions: the table agrees with itself, with the countries and with the gazetteer."""

from __future__ import annotations

import pytest

from pipeline import lexicon
from pipeline.distance import km
from pipeline.places.regions import Region
from tests.place_rows import KNOW

REGIONS: list[Region] = list({id(region): region for region in KNOW.regions.by_name.values()}.values())


@pytest.mark.parametrize(
    ("name", "iso3"),
    [
        ("Gaza", "PSE"), ("West Bank", "PSE"), ("Crimea", "UKR"), ("Somaliland", "SOM"), ("Northern Cyprus", "CYP"), ("Essequibo", "GUY"),
        ("Golan Heights", "SYR"), ("Abkhazia", "GEO"), ("Transnistria", "MDA"), ("Republika Srpska", "BIH"), ("Sahel", None),
        ("South China Sea", None), ("Lake Chad", None), ("Horn of Africa", None), ("Kashmir", None), ("Jammu and Kashmir", "IND"),
        ("Khyber-Pakhtunkhwa", "PAK"),
    ],
)  # fmt: skip
def test_a_region_lies_in_its_country_or_in_none(name: str, iso3: str | None) -> None:
    region = KNOW.regions.named(name)
    assert region is not None
    assert region.iso3 == iso3


def test_codes_are_known_and_points_are_on_earth() -> None:
    for region in REGIONS:
        assert region.iso3 is None or region.iso3 in KNOW.countries.by_iso3 or region.iso3 in ("ATA", "ATF"), region.name
        if region.lat is not None and region.lon is not None:
            assert -90 <= region.lat <= 90
            assert -180 <= region.lon <= 180


def test_a_region_lies_near_its_country() -> None:
    for region in REGIONS:
        country = KNOW.countries.by_iso3.get(region.iso3 or "")
        if country and region.lat is not None and region.lon is not None:
            assert km(region.lat, region.lon, country.lat, country.lon) < 6000, region.name


def test_no_region_takes_a_country_s_name() -> None:
    taken = [name for name in KNOW.regions.by_name if KNOW.countries.named(name) and KNOW.regions.by_name[name].level != "country"]
    assert taken == []


def test_the_middle_of_a_region_is_the_mean_of_its_members() -> None:
    kivu = KNOW.regions.named("Kivu")
    assert kivu is not None
    members = [KNOW.gazetteer.candidates(name, "COD")[0] for name in ("North Kivu", "South Kivu")]
    assert kivu.lat == pytest.approx(sum(member.lat or 0 for member in members) / 2)


def test_seas_have_ucdp_s_seventh_precision_and_former_names_their_town_s() -> None:
    assert {region.geo_precision for region in REGIONS if region.kind == "sea"} == {7}
    nursultan = KNOW.regions.named("Nur-Sultan")
    assert nursultan is not None
    assert (nursultan.geo_precision, nursultan.geonameid) == (
        1,
        next(c.geonameid for c in KNOW.gazetteer.candidates("Astana", "KAZ") if c.level == "settlement"),
    )


def test_kinds_are_a_closed_list() -> None:
    kinds = {row["kind"] for row in lexicon.read_csv("regions.csv")}
    assert kinds <= {
        "region",
        "territory",
        "historic",
        "sea",
        "river",
        "lake",
        "waterway",
        "relief",
        "forest",
        "park",
        "island",
        "border",
        "site",
        "continent",
        "road",
    }
