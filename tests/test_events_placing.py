"""Where an event happened, on sentences of our own: its own place among those of the sentence, and how exactly that is known."""

from __future__ import annotations

import pytest

from tests.event_rows import events_of


def where(text: str) -> list[str]:
    """Return type, place and precision of each event of a text."""
    return [f"{event.type} {event.place} {event.geo_precision}" for event, _ in events_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Rebels 5 May attacked Djibo town and 9 May abducted six villagers from Aribinda village.",
            ["armed_clash Djibo 1", "abduction_disappearance Aribinda 1"],
        ),
        ("Jets 24 May bombed rebels in Chad and Niger after rebel raid in Bamako.", ["air_drone_strike Chad 6"]),
        ("Army 4 May shelled rebel positions in Kidal region after ambush near Gao city.", ["shelling_missile Kidal 4"]),
    ],
)
def test_the_place_of_another_event_is_not_its_own(text: str, expected: list[str]) -> None:
    assert where(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gunmen 5 May attacked army post in Djibo town, Sahel region.", ["armed_clash Djibo 1"]),
        ("Gunmen 5 May attacked army post in Burkina Faso’s Djibo town.", ["armed_clash Djibo 1"]),
        ("Gunmen 5 May attacked army post near Djibo town, Sahel region.", ["armed_clash Djibo 2"]),
    ],
)
def test_a_finer_place_inside_says_more(text: str, expected: list[str]) -> None:
    assert where(text) == expected


def test_one_of_several_towns_is_not_exact() -> None:
    assert where("Gunmen 5 May killed four civilians in Djibo and Aribinda towns.") == ["attack_on_civilians Djibo 4"]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Jihadists 7, 17 May attacked army posts in Goma and Beni towns, respectively.", ["Goma", "Beni"]),
        ("Police 7, 17 May arrested ten journalists in Nairobi and Kisumu, respectively.", ["Nairobi", "Kisumu"]),
        ("Jihadists 7, 17 May attacked army posts in Goma and Beni towns.", ["Goma", "Goma"]),
    ],
)
def test_respectively_gives_each_date_its_place(text: str, places: list[str]) -> None:
    found = events_of(text)
    assert [event.date_from and event.date_from.day for event, _ in found] == [7, 17]
    assert [event.place for event, _ in found] == places
    if "respectively" in text:
        assert [[role.text for role in roles if role.role == "place"] for _, roles in found] == [[place] for place in places]
