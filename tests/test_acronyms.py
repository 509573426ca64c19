"""Acronyms: the long name before the bracket, no more of it and no less."""

from __future__ import annotations

import pytest

from pipeline.acronyms import definitions, harvest_acronyms, read_definitions
from tests.actor_rows import entry


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Fighters of Free Hills West Valley Front (FHWVF) struck.", [("FHWVF", "Free Hills West Valley Front", "initials")]),
        ("Opposition Party for Work and Justice (PWJ) 4 June rallied.", [("PWJ", "Party for Work and Justice", "initials")]),
        ("In north, National Liberation Army (ELN) 2 Jan freed two.", [("ELN", "National Liberation Army", "capitals")]),
        ("Talks with New People’s Front (NPF) stalled.", [("NPF", "New People’s Front", "initials")]),
        ("The Transitional Council’s (TC) mandate ended.", [("TC", "Transitional Council", "initials")]),
        ("Army and “Union of Free Towns” (“UFT”) 5 May traded fire.", [("UFT", "Union of Free Towns", "initials")]),
        ("Rebels 5 May seized town (see Chad).", []),
        ("Police in Tine (north) fired on crowd (US embassy said).", []),
        ("Officials met in Doha. (UN) mission left.", []),
    ],
)  # fmt: skip
def test_a_definition_gives_the_long_name(text: str, found: list[tuple[str, str, str]]) -> None:
    assert list(definitions(text)) == found


def test_harvest_counts_entries_not_mentions() -> None:
    entries = [
        entry("Front for Free Hills (FFH) 2 May attacked. Front for Free Hills (FFH) 3 May withdrew.", "a"),
        entry("Front for Free Hills (FFH) 4 June split.", "b"),
        entry("Federation of Hill Farmers (FFH) 4 June marched.", "c"),
    ]
    rows = list(harvest_acronyms(list(read_definitions(entries))))
    assert [(row.acronym, row.name, row.entries) for row in rows] == [
        ("FFH", "Front for Free Hills", 2),
        ("FFH", "Federation of Hill Farmers", 1),
    ]
