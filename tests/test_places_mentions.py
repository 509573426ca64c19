"""Mentions: runs of capitalised words are bounded as names are, and cut where names may begin and end."""

from __future__ import annotations

import pytest

from pipeline import lexicon
from pipeline.places.mentions import find_runs
from pipeline.places.words import PlaceWords
from tests.place_rows import KNOW, places_in, reading_of

WORDS = lexicon.read_toml("place_words.toml")
INSIDE = WORDS["inside"]


def runs(text: str) -> list[str]:
    reading = reading_of(text)
    words = reading.words
    return [reading.entry.text[words[a].start : words[b].end] for a, b in find_runs(words, PlaceWords.load())]


@pytest.mark.parametrize("name", INSIDE["examples"])
def test_a_name_with_particles_is_one_run(name: str) -> None:
    assert runs(f"troops reached {name} yesterday.") == [name]


@pytest.mark.parametrize("text", INSIDE["counterexamples"])
def test_what_is_no_particle_ends_a_run(text: str) -> None:
    assert runs(f"from {text} again.") == text.replace(",", " ").replace(" to ", " ").split()


def test_dates_are_in_no_run() -> None:
    assert runs("In Gao 3 March troops attacked.") == ["In Gao"]
    assert runs("troops killed dozens across Gao in Nov, officials said.") == ["Gao"]


def test_a_hyphen_inside_a_token_is_a_boundary_too() -> None:
    texts = {mention.text for mention in reading_of("concern over U.S.-Israel talks grew.").mentions}
    assert {"U.S.", "Israel"} <= texts


def test_a_mention_carries_what_every_table_knows() -> None:
    mentions = {mention.text: mention for mention in reading_of("army left Niger, Niamey and Liptako-Gourma.", "NER").mentions}
    assert mentions["Niger"].country is not None
    assert mentions["Niamey"].capital_of is not None
    assert mentions["Liptako-Gourma"].region is not None


def test_regions_named_in_small_letters_are_mentions() -> None:
    assert "southern border provinces" in {
        mention.text for mention in reading_of("bombs hit southern border provinces again.", "THA").mentions
    }


@pytest.mark.parametrize(("name", "level"), lexicon.read_toml("place_words.toml")["kinds"]["examples"])
def test_the_examples_of_kinds_are_known(name: str, level: str) -> None:
    assert level in KNOW.words.kinds[name.split(" ")[-1]]


@pytest.mark.parametrize("name", lexicon.read_toml("place_words.toml")["kinds"]["counterexamples"])
def test_the_counterexamples_of_kinds_are_not(name: str) -> None:
    assert name.split(" ")[-1] not in KNOW.words.kinds


@pytest.mark.parametrize("name", lexicon.read_toml("place_words.toml")["tails"]["examples"])
def test_the_examples_of_tails_are_known(name: str) -> None:
    assert name.split("-")[-1] in KNOW.words.tails


@pytest.mark.parametrize("name", lexicon.read_toml("place_words.toml")["tails"]["counterexamples"])
def test_the_counterexamples_of_tails_are_not(name: str) -> None:
    assert name.split("-")[-1] not in KNOW.words.tails


@pytest.mark.parametrize("words", ["cities", "valleys", "provinces", "border posts", "local government areas"])
def test_kinds_are_known_in_the_plural(words: str) -> None:
    assert words in KNOW.words.kinds


@pytest.mark.parametrize("text", lexicon.read_toml("place_words.toml")["beside"]["examples"])
def test_the_examples_of_beside_are_known(text: str) -> None:
    assert text.split(" ")[0] in KNOW.words.beside


@pytest.mark.parametrize("text", lexicon.read_toml("place_words.toml")["beside"]["counterexamples"])
def test_the_counterexamples_of_beside_are_not(text: str) -> None:
    assert text.split(" ")[0] not in KNOW.words.beside


@pytest.mark.parametrize("name", WORDS["bodies"]["examples"])
def test_bodies_are_no_places(name: str) -> None:
    assert places_in(f"Opposition 3 Feb criticised reform of {name} by govt.", "PAK") == []


@pytest.mark.parametrize("name", WORDS["bodies"]["counterexamples"])
def test_other_names_may_be_places(name: str) -> None:
    assert name.split(" ")[-1].lower() not in KNOW.words.bodies
    assert [place.text for place in places_in(f"Gunmen 3 Feb attacked {name} town.", "NGA")] == [name]


@pytest.mark.parametrize("words", WORDS["compass"]["examples"])
def test_a_point_of_the_compass_with_a_genitive_is_a_state(words: str) -> None:
    assert places_in(f"Govt 3 Feb condemned {words}.", "KOR") == []


@pytest.mark.parametrize("words", WORDS["compass"]["counterexamples"])
def test_a_region_called_so_is_one(words: str) -> None:
    assert [place.text for place in places_in(f"Govt 3 Feb replaced {words}.", "CMR")] == ["North"]


def test_a_nationality_and_a_plural_are_people() -> None:
    assert places_in("Agents 3 Feb spied on Algerian Islamists in exile.", "NER") == []


def test_a_pointer_names_no_new_place() -> None:
    found = places_in("Army 3 Feb shelled border areas (see Iraq and Conflict in Focus). Strike 4 Feb hit Damascus.", "ISR")
    assert [place.text for place in found] == ["Iraq", "Damascus"]
