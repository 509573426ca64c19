"""Mentions: runs of capitalised words are bounded as names are, and cut where names may begin and end."""

from __future__ import annotations

import pytest

from pipeline import lexicon
from pipeline.places.mentions import find_runs
from pipeline.places.words import PlaceWords
from tests.place_rows import KNOW, reading_of

INSIDE = lexicon.read_toml("place_words.toml")["inside"]


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
