"""Who did it, told by a nationality alone, on sentences of our own."""

from __future__ import annotations

import pytest

from tests.event_rows import events_of


def sources(text: str, word: str) -> list[str]:
    """Return the sources of the only event with that trigger."""
    (roles,) = (roles for event, roles in events_of(text) if event.text == word)
    return [role.name or "" for role in roles if role.role == "source"]


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        (
            "Israel 3 May rejected truce. Army withdrew. In Rafah city, Israeli strikes 5 May killed nine civilians.",
            "strikes",
            ["Government of Israel"],
        ),
        ("Israeli forces 3 May entered Jenin. In Rafah city, Israeli strikes 5 May killed nine civilians.", "strikes", ["Israeli forces"]),
        (
            "Rwandan army 3 May denied role. Rwandan shelling 5 May killed four civilians in Goma city.",
            "shelling",
            ["Rwandan army"],
        ),
        ("Turkish drone strike 5 May killed two fighters in Sulaymaniyah.", "strike", ["Government of Türkiye"]),
    ],
)
def test_a_nationality_tells_the_doer(text: str, word: str, names: list[str]) -> None:
    assert sources(text, word) == names


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Palestinian Authority 3 May met envoy. Palestinian protests 5 May erupted in Ramallah.", "protests"),
        ("Malian army 3 May left town. Gunmen 5 May killed two Malian civilians.", "killed"),
    ],
)
def test_it_does_not_where_people_are_meant(text: str, word: str) -> None:
    assert not {"Government of Palestine", "Palestinian Authority", "Malian army"} & set(sources(text, word))
