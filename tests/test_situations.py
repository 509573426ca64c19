"""Situations: one name for each, whatever it was called, and who they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.countries import Countries
from pipeline.entries import Situations

S = Situations.load()


@pytest.mark.parametrize(
    ("written", "name", "countries"),
    [
        ("Myanmar/Burma", "Myanmar", ("MMR",)),
        ("Cote d'Ivoire", "Côte d’Ivoire", ("CIV",)),
        ("CÔTE D’IVOIRE", "Côte d’Ivoire", ("CIV",)),
        ("Macedonia", "North Macedonia", ("MKD",)),
        ("Kashmir", "India-Pakistan (Kashmir)", ("IND", "PAK")),
        ("North Caucasus (Russia)", "Chechnya (Russia)", ("RUS",)),
        ("Nagorno-Karabakh (Azerbaijan)", "Armenian-Azerbaijani Conflict", ("ARM", "AZE")),
        ("DR Congo", "Democratic Republic of Congo", ("COD",)),
        ("Congo-Brazzaville", "Republic of Congo", ("COG",)),
        ("The Gambia", "Gambia", ("GMB",)),
        ("Turkey", "Türkiye", ("TUR",)),
        ("Trinidad & Tobago", "Trinidad and Tobago", ("TTO",)),
        ("U.S./Russia", "U.S./Russia", ("RUS", "USA")),
        ("Kosovo", "Kosovo", ("XKX",)),
        ("Taiwan Strait", "Taiwan Strait", ("CHN", "TWN")),
        ("Abkhazia (Georgia)", "Abkhazia (Georgia)", ("GEO",)),
        ("Panama", "Panama", ("PAN",)),
        ("Éthiopie", "Ethiopia", ("ETH",)),
        ("Corea del Norte", "Korean Peninsula", ("KOR", "PRK")),
        ("Afeganistão", "Afghanistan", ("AFG",)),
        ("Украина", "Ukraine", ("UKR",)),
        ("也门", "Yemen", ("YEM",)),
    ],
)
def test_a_name_is_known_in_every_spelling(written: str, name: str, countries: tuple[str, ...]) -> None:
    found = S.named(written)
    assert found is not None
    assert (found.name, found.countries) == (name, countries)


@pytest.mark.parametrize("line", ["Filters", "Africa", "Jan Muster", "", "Army 3 May raided camp.", "Mali and its neighbours"])
def test_other_lines_are_no_situation(line: str) -> None:
    assert S.named(line) is None


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.crisisgroup.org/crisiswatch/database?location[]=24", "Guinea-Bissau"),
        ("https://www.crisisgroup.org/crisiswatch/database?location%5B%5D=51&created=", "Kazakhstan"),
        ("https://www.crisisgroup.org/middle-east-north-africa/north-africa/tunisia", "Tunisia"),
        ("https://www.crisisgroup.org/crisiswatch#cote-divoire", "Côte d’Ivoire"),
        ("https://www.crisisgroup.org/crisiswatch/database?location[]=24&location[]=51", None),
        ("https://www.crisisgroup.org/crisiswatch/database", None),
    ],
)
def test_an_address_tells_the_situation_if_it_is_of_one(url: str, name: str | None) -> None:
    found = S.of_url(url)
    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Guinea, Madagascar, Sri Lanka", ["Guinea", "Madagascar", "Sri Lanka"]),
        ("Guinea-Bissau and Guinea", ["Guinea-Bissau", "Guinea"]),
        ("Burundi Côte d’Ivoire Israel/Palestine", ["Burundi", "Côte d’Ivoire", "Israel/Palestine"]),
        ("Israel/Palestine (p.11), Kashmir (p.6)", ["Israel/Palestine", "India-Pakistan (Kashmir)"]),
        ("Somalia", ["Somalia"]),
        ("Somalia sent troops", None),
        ("None", None),
    ],
)
def test_a_list_is_names_and_nothing_else(line: str, names: list[str] | None) -> None:
    found = S.listed(line)
    assert (None if found is None else [situation.name for situation in found]) == names


def test_the_longest_name_wins_where_names_overlap() -> None:
    text = "Fighting in South Sudan and Sudan; Guinea-Bissau closed border with Guinea."
    assert [text[a:b] for a, b, _ in S.mentioned(text)] == ["South Sudan", "Sudan", "Guinea-Bissau", "Guinea"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Protesters 3 May marched in Bujumbura; Burundi closed border with Rwanda. Burundi’s army 5 May said border stayed shut.",
            "Burundi",
        ),
        ("Govt 3 May banned rallies; opposition cried foul.", None),
        ("Leaders of Chad, Niger and Mali 4 May met.", None),
        ("Pointer only (see Mali and Mali).", None),
    ],
)
def test_the_text_tells_the_situation_only_where_one_stands_out(text: str, name: str | None) -> None:
    found = S.told_by(text)
    assert (found.name if found else None) == name


def test_every_situation_has_countries_with_codes_that_exist() -> None:
    known = Countries.load().by_iso3.keys() | {"XKX"}
    rows = {situation.name: situation for situation in S.by_key.values()}.values()
    assert [situation.name for situation in rows if not situation.countries or not set(situation.countries) <= known] == []


def test_every_location_of_the_site_is_in_the_table(shared: Path) -> None:
    site = json.loads((shared / "truth" / "crisiswatch_locations.json").read_text(encoding="utf-8"))
    assert {number: S.by_id[number].name for number in site.values()} == {number: name for name, number in site.items()}
