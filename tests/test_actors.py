"""Actors: sentences with the mentions that must be found in them, and what holds for every row."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.actors import ActorWeights, ActorWords, find_actors
from pipeline.countries import Countries
from pipeline.tables import Place
from tests.actor_rows import actors_of, entry, tags_of, tokens_of

LONG = (
    "Rebels attacked army posts; govt and opposition resumed talks in capital.\n"
    "Hill Farmers’ Front (HFF) 3 Feb attacked army post near Lodwar, killing four soldiers; HFF fighters 5 Feb withdrew. "
    "President Ruto 6 Feb condemned attack, and Interior Minister Daniel Wekesa Marani next day visited wounded soldiers. "
    "Marani 9 Feb accused opposition of backing HFF. Ethiopian troops 12 Feb crossed border, and UN peacekeepers withdrew."
)


def found(text: str, *countries: str, month: dt.date = dt.date(2026, 2, 1)) -> dict[str, tuple[str, str | None]]:
    return {row.text: (row.type, row.iso3) for row in actors_of(text, countries or ("KEN",), month)}


@pytest.mark.parametrize(
    ("text", "mention", "kind", "iso3"),
    [
        ("Unidentified gunmen 3 Feb killed four villagers near Isiolo.", "Unidentified gunmen", "armed_unidentified", "KEN"),
        ("Unidentified gunmen 3 Feb killed four villagers near Isiolo.", "villagers", "civilian", "KEN"),
        ("Police 3 Feb fired tear gas at protesters in Nairobi.", "Police", "police", "KEN"),
        ("Police 3 Feb fired tear gas at protesters in Nairobi.", "protesters", "activist", "KEN"),
        ("Chadian forces 4 Feb clashed with rebels near border.", "Chadian forces", "military", "TCD"),
        ("President Ruto 5 Feb dismissed army chief.", "President Ruto", "government", "KEN"),
        ("Russian FM Lavrov 6 Feb visited Nairobi.", "Russian FM Lavrov", "government", "RUS"),
        ("UN Security Council 7 Feb renewed sanctions on group.", "UN Security Council", "igo", None),
        ("High Court 8 Feb ordered release of activist.", "High Court", "judiciary", "KEN"),
        ("Electoral commission 9 Feb rejected opposition candidate.", "Electoral commission", "election_body", "KEN"),
        ("Al-Shabaab 10 Feb attacked police post in Mandera.", "Al-Shabaab", "rebel", "SOM"),
        ("Ethiopia 11 Feb accused Eritrea of arming militia.", "Ethiopia", "government", "ETH"),
        ("Addis Ababa 11 Feb recalled ambassador.", "Addis Ababa", "government", "ETH"),
    ],
)  # fmt: skip
def test_a_mention_has_its_type_and_country(text: str, mention: str, kind: str, iso3: str | None) -> None:
    assert found(text).get(mention) == (kind, iso3)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Rebels 3 Feb attacked village in north (see Ethiopia).", "Ethiopia"),
        ("Police 4 Feb arrested six in Nairobi.", "Nairobi"),
        ("Rebels 3 Feb attacked village; they withdrew next day.", "they"),
        ("Rebels 3 Feb seized 12 May Square in town.", "12 May"),
    ],
)
def test_what_is_no_participant_has_no_row(text: str, word: str) -> None:
    assert all(word not in row.text for row in actors_of(text))


def test_a_surname_goes_back_to_the_full_name() -> None:
    rows = [row for row in actors_of(LONG) if "Marani" in row.text]
    assert [row.text for row in rows] == ["Interior Minister Daniel Wekesa Marani", "Marani"]
    assert {(row.actor_id, row.name, row.type) for row in rows} == {("daniel-wekesa-marani", "Daniel Wekesa Marani", "government")}


def test_an_acronym_is_its_long_name() -> None:
    rows = [row for row in actors_of(LONG) if row.text in {"Hill Farmers’ Front", "HFF"}]
    assert len(rows) >= 2
    assert len({row.actor_id for row in rows}) == 1


def test_govt_is_the_state_of_the_entry_and_its_id_that_of_country_and_capital() -> None:
    text = "Govt 3 Feb closed border, and Ethiopia next day protested; Addis Ababa 5 Feb recalled envoy."
    assert {row.text: row.actor_id for row in actors_of(text)}.items() >= {
        ("Govt", "government-ken"), ("Ethiopia", "government-eth"), ("Addis Ababa", "government-eth"),
    }  # fmt: skip


def test_an_unnamed_actor_is_described_as_the_text_does() -> None:
    text = "Unidentified gunmen 3 Feb killed four villagers; gunmen had crossed border. Al-Shabaab fighters 5 Feb fled."
    names = {row.text: (row.name, row.actor_id) for row in actors_of(text)}
    assert names["Unidentified gunmen"] == ("unidentified gunmen", "unidentified-gunmen-ken")
    assert names["villagers"] == ("villagers", "villager-ken")
    assert names["Al-Shabaab fighters"][0] == "Al-Shabaab fighters"


def test_an_institution_of_the_state_is_called_by_its_country_and_is_one_with_or_without() -> None:
    for text in ("Police 3 Feb arrested protesters.", "Kenyan police 3 Feb arrested protesters."):
        row = actors_of(text)[0]
        assert (row.name, row.actor_id) == ("Kenyan police", "police-ken")
    assert actors_of("Defence Ministry 3 Feb denied claim.")[0].name == "Kenyan Defence Ministry"
    assert actors_of("Local police 3 Feb arrested protesters.")[0].name == "local police"


def test_people_of_two_countries_are_told_apart_by_identity() -> None:
    rows = {
        row.text: (row.name, row.actor_id) for row in actors_of("Chadian soldiers 3 Feb killed herders; soldiers 5 Feb left.", ("SDN",))
    }
    assert rows["Chadian soldiers"] == ("Chadian soldiers", "soldier-tcd")
    assert rows["soldiers"] == ("soldiers", "soldier-sdn")


def test_bodies_that_every_country_has_are_told_apart_by_country() -> None:
    text = "Constitutional Court 5 Feb annulled law."
    assert [row.actor_id for row in actors_of(text)] == ["constitutional-court-ken"]
    assert [row.actor_id for row in actors_of(text, ("BEN",))] == ["constitutional-court-ben"]


def test_who_holds_office_is_told_by_the_month() -> None:
    text = "President Ruto 5 Feb dismissed army chief; Kenyatta 6 Feb criticised move."
    assert found(text)["Kenyatta"] == ("party", "KEN")
    assert found(text, month=dt.date(2019, 2, 1))["Kenyatta"] == ("government", "KEN")


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Teachers’ Union of Kenya 3 Feb began strike in Nairobi.", "Teachers’ Union"),
        ("New People’s Army 4 Feb attacked police post.", "New People’s Army"),
        ("Kenya’s army 4 Feb attacked rebels.", "army"),
        ("Police 5 Feb arrested 3rd suspect and five soldiers.", "suspect"),
        ("President Ruto 6 Feb said minister had reportedly dismissed officials.", "officials"),
    ],
)
def test_a_phrase_ends_where_its_name_does(text: str, mention: str) -> None:
    assert mention in {row.text for row in actors_of(text)}


def test_a_town_of_the_places_table_is_no_actor() -> None:
    row = entry("Rebels 3 Feb entered Moyale and looted shops.")
    town = Place(
        entry_id="e1", start=21, end=27, text="Moyale", name="Moyale", iso3="KEN", level="settlement", use="location", admin1=None,
        lat=None, lon=None, geonameid=None, geo_precision=1, match="exact", score=None, ambiguous=False,
    )  # fmt: skip
    rows = list(find_actors([row], tokens_of(row), tags_of(row), [town], ActorWords.load(), ActorWeights.load(), Countries.load()))
    assert [actor.text for actor in rows] == ["Rebels"]


def test_rows_are_spans_of_the_text_in_order_one_a_span() -> None:
    rows = actors_of(LONG)
    assert rows
    assert all(LONG[row.start : row.end] == row.text for row in rows)
    spans = [(row.start, row.end) for row in rows]
    assert spans == sorted(set(spans))


def test_an_identity_has_one_name_type_and_country_in_an_entry() -> None:
    told: dict[str, set[tuple[str, str, str | None]]] = {}
    for row in actors_of(LONG):
        told.setdefault(row.actor_id, set()).add((row.name, row.type, row.iso3))
    assert all(len(facts) == 1 for facts in told.values())


def test_nothing_goes_from_one_entry_to_another() -> None:
    first, second = entry(LONG, "a"), entry("Marani 9 Feb met HFF. Govt and rebels 10 Feb signed truce.", "b", ("TCD",))
    resources = ActorWords.load(), ActorWeights.load(), Countries.load()
    together = list(find_actors([first, second], tokens_of(first, second), tags_of(first, second), [], *resources))
    apart = [row for one in (first, second) for row in find_actors([one], tokens_of(one), tags_of(one), [], *resources)]
    assert together == apart


def test_an_entry_without_countries_month_or_words_does_not_fail() -> None:
    assert found("Army 3 Feb attacked rebels.", month=dt.date(2026, 2, 1))
    assert actors_of("Army 3 Feb attacked rebels.", (), None)
    assert list(find_actors([entry("")], [], [], [], ActorWords.load(), ActorWeights.load(), Countries.load())) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lt. Col. Pascal Dossou 3 Feb announced coup.", "Pascal Dossou"),
        ("Govt 3 Feb arrested commander Col. Dr. Peter Lang.", "Peter Lang"),
        ("Defence Minister Gen. Ashraf Khalid 3 Feb met rebels.", "Ashraf Khalid"),
        ("Ghana’s envoy to UN Kofi Darko 3 Feb accused Togo of meddling.", "Kofi Darko"),
        ("J. P. Morris 3 Feb met president.", "J. P. Morris"),
    ],
)
def test_no_title_is_part_of_a_name(text: str, name: str) -> None:
    assert name in {row.name for row in actors_of(text)}


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Govt 3 Feb met under-secretary Mary Stone.", "under-secretary Mary Stone"),
        ("Police 3 Feb arrested several high-ranking officials.", "high-ranking officials"),
        ("Large-scale opposition protests 3 Feb erupted in capital.", "opposition"),
        ("Police 3 Feb dispersed three-day opposition rally.", "opposition"),
    ],
)
def test_a_mention_does_not_begin_inside_a_hyphenated_word(text: str, mention: str) -> None:
    assert mention in {row.text for row in actors_of(text)}


def test_an_adverb_and_a_participle_leave_the_state_itself() -> None:
    found = {row.text: row.name for row in actors_of("Internationally-recognised govt 3 Feb announced reform.", ("YEM",))}
    assert found == {"Internationally-recognised govt": "Government of Yemen"}
