"""Spelling: what differs in typography alone is one name, what sounds alike is found, what does not is kept apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import lexicon
from pipeline.spelling import fold, plain, sound

SOUNDS = lexicon.read_toml("spelling.toml")["sound"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("N’Djamena", "ndjamena"),
        ("Ndjaména", "ndjamena"),
        ("Port-au-Prince", "port au prince"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Deir al-Zor", "deir al zor"),
        ("Łódź", "lodz"),
        ("Əfqan", "afqan"),
        ("St. John's", "st johns"),
        ("  Cox’s   Bazar ", "coxs bazar"),
    ],
)
def test_spellings_of_a_name_meet_in_one_key(name: str, key: str) -> None:
    assert fold(name) == key


@pytest.mark.parametrize(("name", "same"), [("Sana‘a", "Sana'a"), ("Saint–Louis", "Saint-Louis"), ("K‘akheti", "K'akheti")])
def test_plain_changes_marks_alone(name: str, same: str) -> None:
    assert plain(name) == same


@given(st.text())
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text())
def test_plain_keeps_every_offset(name: str) -> None:
    assert len(plain(name)) == len(name)


@pytest.mark.parametrize("pair", SOUNDS["examples"], ids=" = ".join)
def test_the_examples_of_the_table_sound_alike(pair: list[str]) -> None:
    assert sound(pair[0]) == sound(pair[1])


@pytest.mark.parametrize("pair", SOUNDS["counterexamples"], ids=" / ".join)
def test_the_counterexamples_of_the_table_do_not(pair: list[str]) -> None:
    assert sound(pair[0]) != sound(pair[1])
