"""Context: what the words around a name say of its kind, of what it lies in and of whose it is."""

from __future__ import annotations

import pytest

from pipeline.places.context import Surroundings, survey
from pipeline.places.mentions import Mention
from tests.place_rows import KNOW, MODEL, places_in, reading_of


def around(text: str, *names: str) -> list[Surroundings]:
    reading = reading_of(text)
    places: list[Mention] = [next(mention for mention in reading.mentions if mention.text == name) for name in names]
    return survey(reading, places, KNOW)


@pytest.mark.parametrize(
    ("text", "name", "level"),
    [
        ("raid on Titao town killed two.", "Titao", "settlement"),
        ("raid on town of Titao killed two.", "Titao", "settlement"),
        ("raid near Titao military camp killed two.", "Titao", "site"),
        ("raid at Rafah border crossing killed two.", "Rafah", "site"),
        ("raid in capital Niamey killed two.", "Niamey", "settlement"),
        ("raid in Sambisa forest killed two.", "Sambisa", "area"),
    ],
)
def test_a_word_of_kind_tells_the_level(text: str, name: str, level: str) -> None:
    assert around(text, name)[0].kinds[:1] == (level,)


def test_the_plural_after_a_list_counts_for_all_of_it() -> None:
    assert [place.kinds[:1] for place in around("clashes in Borno, Yobe and Adamawa states.", "Borno", "Yobe", "Adamawa")] == [
        ("admin1",)
    ] * 3


def test_the_plural_before_a_list_counts_for_all_of_it() -> None:
    assert [place.kinds[:1] for place in around("clashes in towns of Gao and Ansongo.", "Gao", "Ansongo")] == [("settlement",)] * 2


def test_a_place_without_a_word_of_kind_has_none() -> None:
    assert around("clashes in Gao killed two.", "Gao")[0].kinds == ()


@pytest.mark.parametrize("between", [" (", ", ", " town (", " town, ", " village in ", ", in northern "])
def test_what_follows_in_brackets_or_after_a_comma_is_what_it_lies_in(between: str) -> None:
    assert around(f"raid on Titao{between}Nord region.", "Titao", "Nord")[0].outer == 1


def test_a_new_sentence_is_not() -> None:
    assert around("raid on Titao. Nord region suffered.", "Titao", "Nord")[0].outer is None


@pytest.mark.parametrize(
    ("text", "name", "iso3"),
    [
        ("in Chadian border town of Tine.", "Tine", "TCD"),
        ("in Afghanistan’s Paktika province.", "Paktika", "AFG"),
        ("in Hungarian capital Budapest.", "Budapest", "HUN"),
        ("U.S. demand for Geneva talks.", "Geneva", None),
        ("Chadian and Tine militias.", "Tine", None),
    ],
)
def test_an_adjective_or_genitive_tells_the_country(text: str, name: str, iso3: str | None) -> None:
    assert around(text, name)[0].of == iso3


def test_what_is_near_a_name_is_told() -> None:
    near, at = around("raid near Djibo after attack in Titao.", "Djibo", "Titao")
    assert near.beside
    assert not at.beside


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Gunmen 3 Feb attacked army post in Djibo.", 1),
        ("Gunmen 3 Feb attacked army post near Djibo.", 2),
        ("Gunmen 3 Feb attacked army post near city of Djibo.", 2),
        ("Gunmen 3 Feb attacked army post outside the town of Djibo.", 2),
        ("Gunmen 3 Feb attacked army post in Djibo, near market.", 1),
        ("Gunmen 3 Feb attacked army post near Sahel region.", 4),
    ],
)
def test_near_a_town_is_not_in_it(text: str, precision: int) -> None:
    assert [place.geo_precision for place in places_in(text, "BFA")] == [precision]


def test_the_learned_weights_speak_of_context_never_of_names() -> None:
    for name in ("Kabul", "Titao", "Moscow", "Gaza", "Ukraine"):
        for weights in (MODEL.place, MODEL.use, MODEL.choice):
            assert not any(name in key for key in weights)
