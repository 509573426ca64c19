"""The events stage on sentences of our own: who did what to whom, when, and how sure the text is."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

import pytest

from pipeline import lexicon, stages
from pipeline.events import Triggers
from pipeline.tables import Event, EventRole
from pipeline.typology import Typology
from tests.event_rows import entry_of, events_of, run, tables_of

ENTRY = (
    "Rebels attacked army positions in north; govt and opposition resumed talks.\n"
    "Rebels attacked army positions. Rebels 3 May ambushed army convoy near Beni town, killing four soldiers. "
    "Army 4, 6 May shelled villages in Ituri province. Unidentified gunmen 9 May kidnapped two aid workers; "
    "authorities same day said rebels were behind kidnapping. Further attacks could deepen crisis.\n"
    "Talks resumed. President Mboma 12 May met with opposition leader in Kigali. EU 14 May condemned arrests of journalists."
)


def types(text: str) -> set[str]:
    return {event.type for event, _ in events_of(text)}


def one(text: str, label: str) -> tuple[Event, dict[str, list[str]]]:
    """Return the only event of the type in the text, with the words that play each role."""
    found = [(event, roles) for event, roles in events_of(text) if event.type == label]
    assert len(found) == 1, [(event.text, event.type) for event, _ in events_of(text)]
    event, roles = found[0]
    return event, {name: [role.text for role in roles if role.role == name] for name in ("source", "target", "place", "date", "figure")}


def test_an_ambush_has_its_sides_its_day_its_place_and_its_dead() -> None:
    event, roles = one("Rebels 3 May ambushed army convoy near Beni town, killing four soldiers.", "armed_clash")
    assert event.text == "ambushed"
    assert (event.date_from, event.date_to, event.date_precision) == (dt.date(2026, 5, 3), dt.date(2026, 5, 3), "day")
    assert roles["source"] == ["Rebels"]
    assert roles["place"] == ["Beni"]
    assert roles["figure"] == ["four"]
    assert event.killed_best == 4
    assert event.realis == "actual"


def test_a_killing_and_the_attack_it_happened_in_are_one_event() -> None:
    assert len(events_of("Rebels 3 May ambushed army convoy near Beni town, killing four soldiers.")) == 1


def test_the_passive_turns_source_and_target_round() -> None:
    _, roles = one("Opposition leader 5 May was arrested by police in capital.", "arrest_detention")
    assert roles["source"] == ["police"]
    assert len(roles["target"]) == 1
    assert "pposition leader" in roles["target"][0]


def test_a_list_of_dates_gives_one_event_a_date() -> None:
    days = [
        event.date_from for event, _ in events_of("Army 4, 6 May shelled villages in Ituri province.") if event.type == "shelling_missile"
    ]
    assert days == [dt.date(2026, 5, 4), dt.date(2026, 5, 6)]


@pytest.mark.parametrize(("text", "days"), [("Gunmen 3, 3 May attacked post.", 1), ("Gunmen 31 June and 31 Sept attacked post.", 2)])
def test_a_day_told_twice_is_one_event_and_days_that_cannot_be_are_two(text: str, days: int) -> None:
    events = [event for event, _ in events_of(text) if event.text == "attacked"]
    assert len({event.event_id for event in events}) == len(events) == days


def test_both_who_meet_are_sources() -> None:
    _, roles = one("President Mboma 12 May met with Kenyan President Ruto in Nairobi.", "meeting_visit_call")
    assert len(roles["source"]) == 2
    assert roles["target"] == []


@pytest.mark.parametrize(
    ("text", "label", "side", "words"),
    [
        ("Police 5 May detained minister's former aide, Omar Belo.", "arrest_detention", "target", "former aide; Omar Belo"),
        ("Authorities 5 May detained close ally of former President Mboma in capital.", "arrest_detention", "target", "close ally"),
        ("Gunmen 5 May killed adviser to Governor Idriss Sow in Beni town.", "targeted_killing", "target", "adviser"),
        ("Police 5 May arrested lawyer for opposition leader Omar Belo.", "arrest_detention", "target", "lawyer"),
        ("Delegation from Unity Party 5 May met President Mboma.", "meeting_visit_call", "source", "Delegation; President Mboma"),
    ],
)
def test_whose_somebody_is_plays_no_part_beside_him(text: str, label: str, side: str, words: str) -> None:
    assert "; ".join(one(text, label)[1][side]) == words


def test_coordinated_verbs_share_subject_and_day() -> None:
    found = {event.type: (event, roles) for event, roles in events_of("Police 7 May raided opposition offices and arrested 12 activists.")}
    event, roles = found["arrest_detention"]
    assert event.date_from == dt.date(2026, 5, 7)
    assert "Police" in [role.text for role in roles if role.role == "source"]


@pytest.mark.parametrize(
    ("text", "label", "realis"),
    [
        ("Gunmen 3 May attacked army post, killing two soldiers.", "armed_clash", "actual"),
        ("Gunmen 3 May reportedly attacked army post, killing two soldiers.", "armed_clash", "reported"),
    ],
)
def test_realis_follows_the_cue(text: str, label: str, realis: str) -> None:
    assert one(text, label)[0].realis == realis


def test_the_teller_is_named() -> None:
    event, _ = one("Army 3 May said it had killed nine rebels in Kidal.", "armed_clash")
    assert event.attribution == "Army"


@pytest.mark.parametrize("sentence", lexicon.read_toml("attribution.toml")["tellers"]["examples"])
def test_a_noun_that_tells_is_the_teller(sentence: str) -> None:
    teller = sentence[1 : sentence.index("]")]
    told = {event.attribution for event, _ in events_of(sentence.replace("[", "").replace("]", ""))}
    assert told - {None} == {teller}


@pytest.mark.parametrize("sentence", lexicon.read_toml("attribution.toml")["tellers"]["counterexamples"])
def test_what_cannot_tell_is_no_teller(sentence: str) -> None:
    assert {event.attribution for event, _ in events_of(sentence)} == {None}


FOILED = lexicon.read_toml("attribution.toml")["foiled"]


@pytest.mark.parametrize(("sentence", "planned"), [(s, True) for s in FOILED["examples"]] + [(s, False) for s in FOILED["counterexamples"]])
def test_what_is_foiled_was_planned_and_not_by_who_foiled_it(sentence: str, planned: bool) -> None:
    word = sentence[sentence.index("[") + 1 : sentence.index("]")]
    found = [(event, roles) for event, roles in events_of(sentence.replace("[", "").replace("]", "")) if event.text == word]
    for event, roles in found:
        assert (event.realis == "planned") == planned
        assert not planned or "source" not in {role.role for role in roles}
    assert found or not planned


def test_a_date_between_two_verbs_is_no_teller() -> None:
    event, _ = one("Officials 3 May visited camp and 6 May said rebels had killed five villagers.", "attack_on_civilians")
    assert event.attribution == "Officials"


def test_a_headline_that_only_sums_up_gives_no_event() -> None:
    tables = tables_of(ENTRY) | {"entries": [dataclasses.replace(entry_of(ENTRY), headline=ENTRY.split("\n")[0])]}
    rows = run(stages.named("events"), tables)
    assert all(row.start > ENTRY.index("\n") for row in rows if isinstance(row, Event))


def test_a_headline_that_is_a_first_sentence_leaves_the_rest_of_its_line_an_event() -> None:
    text = "Rebels attacked army positions. Rebels 3 May ambushed army convoy near Beni town, killing four soldiers."
    tables = tables_of(text) | {"entries": [dataclasses.replace(entry_of(text), headline="Rebels attacked army positions.")]}
    rows = run(stages.named("events"), tables)
    assert [row.text for row in rows if isinstance(row, Event)] == ["ambushed"]


def test_outlook_gives_no_event() -> None:
    assert types("Delays in talks could heighten tensions ahead of next year's vote.") == set()


def test_every_row_says_where_it_stands() -> None:
    rows: list[Event | EventRole] = []
    for event, roles in events_of(ENTRY):
        rows += [event, *roles]
    assert len(rows) > 20
    assert all(ENTRY[row.start : row.end] == row.text for row in rows)


def test_the_sentence_holds_the_trigger() -> None:
    for event, _ in events_of(ENTRY):
        assert event.sentence_start <= event.start < event.end <= event.sentence_end
        assert "\n" not in ENTRY[event.sentence_start : event.sentence_end]


def test_types_families_and_crosswalk_agree_with_the_typology() -> None:
    typology = Typology.load()
    for event, _ in events_of(ENTRY):
        assert event.family == typology.family(event.type)
        assert event.plover == typology.types[event.type].plover
        assert event.confidence is not None
        assert 0 < event.confidence < 1


def test_event_ids_are_unique_and_roles_point_to_them() -> None:
    found = events_of(ENTRY)
    ids = [event.event_id for event, _ in found]
    assert len(set(ids)) == len(ids)
    rows = run(stages.named("events"), tables_of(ENTRY))
    assert {row.event_id for row in rows if isinstance(row, EventRole)} <= set(ids)


def test_nobody_is_source_and_target_of_one_event() -> None:
    for _, roles in events_of(ENTRY):
        sides = {side: {role.actor_id for role in roles if role.role == side} for side in ("source", "target")}
        assert sides["source"].isdisjoint(sides["target"])


def test_a_toll_told_once_is_counted_once() -> None:
    found = [event for event, _ in events_of("Army 4, 6 May shelled villages in Ituri province, killing nine civilians.")]
    assert sum(event.killed_best or 0 for event in found) <= 9


def test_an_entry_is_read_the_same_alone_and_among_others() -> None:
    other = "Police 7 May raided opposition offices and arrested 12 activists."
    both = {name: [*tables_of(ENTRY)[name], *tables_of(other)[name]] for name in tables_of(ENTRY)}
    alone = [*run(stages.named("events"), tables_of(ENTRY)), *run(stages.named("events"), tables_of(other))]
    assert run(stages.named("events"), both) == alone


def test_a_higher_bar_keeps_a_subset_of_the_triggers() -> None:
    # Of the triggers only: an event's date leans on those told before it, of which a higher bar leaves fewer.
    from pipeline.events import find_events

    stage = stages.named("events")
    said = stages.signature(stage)
    tables = tables_of(ENTRY)
    arguments: dict[str, Any] = {name: tables[row_class.TABLE] for name, row_class in said.reads.items()}
    arguments |= {name: resource.load() for name, resource in said.resources.items()}
    at = [
        {(row.start, row.end) for row in find_events(**arguments, min_confidence=bar) if isinstance(row, Event)} for bar in (0.1, 0.4, 0.8)
    ]
    assert at[0] >= at[1] >= at[2]
    assert len(at[0]) > len(at[2])


@pytest.mark.parametrize(
    ("label", "sentence"),
    [(label, sentence) for label, section in Triggers.load().sections.items() for sentence in section["counterexamples"]],
)
def test_a_counterexample_gives_no_event_of_the_type(label: str, sentence: str) -> None:
    assert label not in types(sentence)


@pytest.mark.xfail(strict=True, reason="known misreadings: the detector was shown few words of this field in another sense")
@pytest.mark.parametrize(
    ("label", "sentence"),
    [(label, sentence) for label, section in Triggers.load().sections.items() for sentence in section.get("misread", ())],
)
def test_a_misread_sentence_gives_no_event_of_the_type(label: str, sentence: str) -> None:
    assert label not in types(sentence)


def test_the_stage_reads_what_stands_before_it() -> None:
    names = {stage.name for stage in stages.upstream(stages.named("events"))}
    assert names == {"entries", "dates", "tokens", "tags", "places", "actors", "figures"}
    assert list(stages.signature(stages.named("events")).settings) == ["min_confidence"]
