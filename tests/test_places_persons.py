"""Places: names that are people's in one sentence and towns' in another."""

from __future__ import annotations

import pytest

from pipeline import lexicon
from pipeline.places.persons import find_namesakes
from tests.place_rows import KNOW, places_in, reading_of

WORDS = lexicon.read_toml("place_words.toml")

# Countries of the entry, text, the places in it.
PEOPLE = [
    ("BOL", "Court 4 Mar extended detention of Camacho; supporters of Camacho blocked highway in Montero.", "Montero"),
    ("COL", "President Gustavo Petro 4 Mar accused senator. Senators 6 Mar voted against Petro in Bogotá.", "Bogotá"),
    ("ECU", "Prosecutors 4 Mar brought charges against Aquiles Alvarez; judge 9 Mar denied bail to Alvarez in Guayaquil.", "Guayaquil"),
    ("HND", "Lawmakers 4 Mar demanded resignation of Moncada; supporters of Asfura celebrated in Choluteca.", "Choluteca"),
    ("MEX", "Gunmen 4 Mar killed mayor Carlos Manzo in Uruapan; protests over killing of Manzo spread to Morelia.", "Uruapan Morelia"),
    ("PER", "Congress 4 Mar censured Jerí; crowds demanding justice against Jerí marched in Arequipa.", "Arequipa"),
    ("NIC", "Police 4 Mar detained brother of Baltodano; exile group demanded release of Baltodano.", ""),
    ("ARG", "Judge 4 Mar ordered arrest of Caputo; allies of Caputo met in Rosario.", "Rosario"),
    ("TUR", "Court 4 Mar jailed İmamoğlu; party called rally for İmamoğlu in Samsun.", "Samsun"),
    ("IRQ", "Lawmakers 4 Mar nominated Sudani; meeting between Sudani and Barzani held in Erbil.", "Erbil"),
    ("IRN", "Security forces 4 Mar arrested son of Karroubi in Tabriz.", "Tabriz"),
    ("SYR", "President Sharaa 4 Mar received delegation; pressure on Sharaa grew after killings in Homs.", "Homs"),
    ("CIV", "Court 4 Mar rejected candidacy of Thiam; protests in support of Thiam spread to Bouaké.", "Bouaké"),
    ("MLI", "Junta leader Goïta 4 Mar dismissed Camara; loyalists of Camara arrested in Ségou.", "Ségou"),
    ("NGA", "Court 4 Mar sentenced Kanu to life; supporters of Kanu enforced stay-at-home order in Aba.", "Aba"),
    ("UGA", "Soldiers 4 Mar surrounded house of Kyagulanyi; police fired tear gas in Gulu.", "Gulu"),
    ("RWA", "Court 4 Mar began trial of Ingabire; lawyer of Ingabire barred.", ""),
    ("SRB", "Protesters 4 Mar shouted slogans against Vučić in Niš.", "Niš"),
    ("ARM", "Party 4 Mar rejected accusations from Kocharyan; rally against Sargsyan held in Gyumri.", "Gyumri"),
    ("KGZ", "Police 4 Mar searched home of Atambayev in Bishkek.", "Bishkek"),
    ("PAK", "Government 4 Mar denied deal with Imran; court acquitted Qureshi in Lahore.", "Lahore"),
    ("PHL", "Senate 4 Mar archived complaint against Sara; ally of Romualdez fled Manila.", "Manila"),
    ("GTM", "Prosecutors 4 Mar sought to strip Arévalo of immunity.", ""),
    ("COL", "Gunmen 4 Mar attacked patrol near Uribe town, Meta department.", "Uribe Meta"),
    ("COL", "Clashes 4 Mar displaced families in Morales municipality, Bolívar department.", "Morales Bolívar"),
    ("ECU", "Blast 4 Mar hit Alfredo Baquerizo Moreno canton; police raided Durán.", "Alfredo Baquerizo Moreno Durán"),
    ("MEX", "Soldiers 4 Mar clashed with gunmen in Guerrero state; two bodies found in Hidalgo.", "Guerrero Hidalgo"),
    ("NGA", "Tensions rose in May; gunmen returned in late May.", ""),
    ("IND", "Violence that began in May subsided; clashes 4 Mar erupted in Churachandpur.", "Churachandpur"),
    ("RUS", "Kremlin 4 Mar denied report; White House said talks continued.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("country", "text", "places"), PEOPLE, ids=[text[:40] for _, text, _ in PEOPLE])
def test_people_are_no_places(country: str, text: str, places: str) -> None:
    assert " ".join(place.text for place in places_in(text, country)) == places


@pytest.mark.xfail(strict=True, reason="a surname that is a municipality at home, told by no title, outweighs the verb")
def test_a_surname_that_is_a_municipality_at_home() -> None:
    text = "Security forces 4 Mar arrested Guanipa; letter from Guanipa read at rally in Mérida."
    assert [place.text for place in places_in(text, "VEN")] == ["Mérida"]


def test_a_full_or_titled_name_tells_what_its_last_word_is_elsewhere() -> None:
    reading = reading_of("President Noboa 3 Feb met Consuelo Porras. Gunmen attacked Morales town and city of Puyo.", "ECU")
    namesakes = find_namesakes(reading, KNOW)
    assert {"noboa", "porras"} <= set(namesakes.persons)
    assert {"morales", "puyo"} <= set(namesakes.places)
    assert not set(namesakes.persons) & set(namesakes.places)


def test_well_known_people_and_bodies_are_told_apart() -> None:
    assert KNOW.words.actors["kremlin"] == "body"
    assert KNOW.words.actors["guterres"] == "person"
    assert "" not in KNOW.words.actors


def test_offices_are_titles_of_one_word() -> None:
    assert {"president", "minister", "colonel"} <= KNOW.words.offices
    assert not any(" " in office for office in KNOW.words.offices)


@pytest.mark.parametrize("text", WORDS["personal"]["examples"])
def test_the_examples_of_personal_words_hold_one(text: str) -> None:
    assert any(word.lemma.lower() in KNOW.words.personal for word in reading_of(f"{text}.").words)


@pytest.mark.parametrize("text", WORDS["personal"]["counterexamples"])
def test_the_counterexamples_of_personal_words_hold_none(text: str) -> None:
    assert not any(word.lemma.lower() in KNOW.words.personal for word in reading_of(f"{text}.").words)


@pytest.mark.parametrize("text", WORDS["months"]["examples"])
def test_the_examples_of_months_hold_one(text: str) -> None:
    assert set(text.split()) & KNOW.words.months


@pytest.mark.parametrize("text", WORDS["months"]["counterexamples"])
def test_the_counterexamples_of_months_hold_none(text: str) -> None:
    assert not set(text.split()) & KNOW.words.months
