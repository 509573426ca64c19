"""ACLED-like rows: the type, the sides, the day and the dead that ACLED's rules give."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline.export.acled import ACLED_COLUMNS, acled_rows, write_acled
from pipeline.export.acled.actors import INTER, interaction
from pipeline.export.acled.types import counterpart
from pipeline.export.codes import CountryCodes
from pipeline.export.selection import Selection, months
from pipeline.export.told import Seen
from pipeline.tables import Entry
from pipeline.typology import Typology
from tests.conftest import make_entry
from tests.export_rows import actor, event, figure, raid, write_tables

CURRENT = Selection(current=True)


def rows(folder: Path, *written: Any, no_text: bool = False) -> tuple[list[dict[str, Any]], Counter[str]]:
    """Return the ACLED-like rows of tables with these rows, and what was left out."""
    tables, left_out, seen = write_tables(folder, *written), Counter[str](), Seen()
    return [row for month in months(tables, CURRENT) for row in acled_rows(month, left_out, seen, no_text)], left_out


def one(folder: Path, text: str, trigger: str, kind: str, *actors: tuple[str, str], **known: Any) -> dict[str, Any]:
    """Return the row of a single event of Mali."""
    entry = make_entry(text)
    named = [actor(entry, name, sort) for name, sort in actors]
    found, left_out = rows(folder, entry, *named, event(entry, trigger, kind, **known))
    assert (len(found), left_out.total()) == (1, 0)
    return found[0]


def test_a_clash_reads_as_acled_would_have_it(tmp_path: Path) -> None:
    row = rows(tmp_path, *raid()[1])[0][0]
    assert (row["event_date"], row["year"], row["time_precision"]) == (dt.date(2024, 5, 3), 2024, 1)
    assert (row["event_type"], row["sub_event_type"], row["disorder_type"]) == ("Battles", "Armed clash", "Political violence")
    assert (row["actor1"], row["inter1"], row["actor2"], row["assoc_actor_2"], row["inter2"]) == (
        "Sand Front", "Rebel group", "army", "traders", "State forces",
    )  # fmt: skip
    assert (row["interaction"], row["iso"], row["region"], row["country"]) == ("State forces-Rebel group", 466, "Western Africa", "Mali")
    assert (row["location"], row["geo_precision"], row["source"]) == ("Gao", 1, "International Crisis Group (CrisisWatch)")
    assert row["notes"].startswith("Sand Front fighters 3 May attacked")


def test_the_dead_are_best_else_acled_s_number_for_the_word(tmp_path: Path) -> None:
    assert rows(tmp_path, *raid()[1])[0][0]["fatalities"] == 4 + 2 + 12


@pytest.mark.parametrize(
    ("text", "low", "wanted"),
    [("tens", 20, 10), ("dozens", 24, 12), ("hundreds", 200, 100), ("Several hundreds", 200, 100), ("several", 3, 3)],
)
def test_vague_numbers(tmp_path: Path, text: str, low: int, wanted: int) -> None:
    entry = make_entry(f"Shelling 3 May killed {text} of villagers.")
    told = event(entry, "Shelling", "shelling_missile")
    found, _ = rows(tmp_path, entry, told, figure(told, entry, text, low=low, best=None, high=None))
    assert found[0]["fatalities"] == wanted


def test_only_incident_figures_count(tmp_path: Path) -> None:
    entry = make_entry("Shelling 3 May killed two, of over 60 since January.")
    told = event(entry, "Shelling", "shelling_missile")
    figures = [figure(told, entry, "two", low=2, best=2, high=2), figure(told, entry, "over 60", low=60, best=60, scope="cumulative")]
    assert rows(tmp_path, entry, told, *figures)[0][0]["fatalities"] == 2


@pytest.mark.parametrize(
    ("first", "last", "day", "precision"),
    [
        (dt.date(2024, 5, 3), dt.date(2024, 5, 3), dt.date(2024, 5, 3), 1),
        (dt.date(2024, 5, 6), dt.date(2024, 5, 12), dt.date(2024, 5, 9), 2),
        (dt.date(2024, 5, 1), dt.date(2024, 5, 10), dt.date(2024, 5, 5), 3),
        (None, None, dt.date(2024, 5, 16), 3),
    ],
)
def test_time_precision(tmp_path: Path, first: dt.date | None, last: dt.date | None, day: dt.date, precision: int) -> None:
    row = one(tmp_path, "Army clashed with rebels.", "clashed", "armed_clash", date_from=first, date_to=last)
    assert (row["event_date"], row["time_precision"]) == (day, precision)
    assert (row["date_from"], row["date_to"]) == (first, last)
    assert (row["tags"] == "date=month of the entry") is (first is None)


def test_a_date_wider_than_a_month_is_left_out_with_its_reason(tmp_path: Path) -> None:
    entry = make_entry("Army clashed with rebels throughout 2023.")
    wide = event(entry, "clashed", "armed_clash", date_from=dt.date(2023, 1, 1), date_to=dt.date(2023, 12, 31), date_precision="year")
    assert rows(tmp_path, entry, wide) == ([], Counter({"dated to more than a month": 1}))


@pytest.mark.parametrize(("ucdp", "acled"), [(1, 1), (2, 2), (3, 2), (4, 3), (5, 3), (6, 3), (7, 3), (None, None)])
def test_geo_precision(tmp_path: Path, ucdp: int | None, acled: int | None) -> None:
    assert one(tmp_path, "Army clashed with rebels.", "clashed", "armed_clash", geo_precision=ucdp)["geo_precision"] == acled


def test_who_takes_a_town_decides_the_sub_event_type(tmp_path: Path) -> None:
    told = ("Troops seized town.", "seized", "territory_captured")
    assert one(tmp_path / "a", *told, ("Troops", "military"), source="Troops")["sub_event_type"] == "Government regains territory"
    assert one(tmp_path / "b", *told, ("Troops", "rebel"), source="Troops")["sub_event_type"] == "Non-state actor overtakes territory"
    assert one(tmp_path / "c", *told)["sub_event_type"] is None
    foreign = one(tmp_path / "d", *told, ("Troops", "military"), source="Troops", iso3="NER")
    assert foreign["sub_event_type"] == "Non-state actor overtakes territory"


def test_a_protest_with_harm_is_excessive_force(tmp_path: Path) -> None:
    calm = one(tmp_path / "a", "Police dispersed march.", "march", "protest_repressed")
    assert (calm["sub_event_type"], calm["actor1"], calm["inter1"]) == ("Protest with intervention", "Protesters (Mali)", "Protesters")
    entry = make_entry("Police dispersed march, killing one.")
    told = event(entry, "march", "protest_repressed")
    row = rows(tmp_path / "b", entry, told, figure(told, entry, "one"))[0][0]
    assert (row["sub_event_type"], row["disorder_type"], row["civilian_targeting"]) == (
        "Excessive force against protesters", "Political violence; Demonstrations", "Civilian targeting",
    )  # fmt: skip


def test_the_crowd_is_actor_one_whoever_the_tables_have_as_source(tmp_path: Path) -> None:
    told = ("Police broke up march of students.", "march", "protest_repressed", ("Police", "police"), ("students", "activist"))
    for folder, known in (("a", {"source": "Police", "target": "students"}), ("b", {"source": "students", "target": "Police"})):
        row = one(tmp_path / folder, *told, **known)
        assert (row["actor1"], row["inter1"], row["actor2"], row["inter2"]) == ("students", "Protesters", "Police", "State forces")
    calm = one(
        tmp_path / "c", "Students marched against cabinet.", "marched", "peaceful_protest", ("cabinet", "government"), target="cabinet"
    )
    assert (calm["actor1"], calm["actor2"], calm["interaction"]) == ("Protesters (Mali)", None, "Protesters only")
    riot = ("Youths stormed homes of traders.", "stormed", "riot_mob_violence", ("Youths", "activist"), ("traders", "civilian"))
    mob = one(tmp_path / "d", *riot, source="Youths", target="traders")
    assert (mob["sub_event_type"], mob["actor2"], mob["interaction"]) == ("Mob violence", "traders", "Rioters-Civilians")


def test_a_march_says_its_size_in_the_tags(tmp_path: Path) -> None:
    entry = make_entry("Some 300 marched.")
    told = event(entry, "marched", "peaceful_protest")
    crowd = figure(told, entry, "300", kind="crowd", low=300, best=300, high=300)
    assert rows(tmp_path, entry, told, crowd)[0][0]["tags"] == "crowd size=300"


def test_an_arrest_counts_only_where_it_is_of_many_or_of_someone_known(tmp_path: Path) -> None:
    entry = make_entry("Police arrested traders.")
    told = event(entry, "arrested", "arrest_detention", target="traders")
    minor, left_out = rows(tmp_path / "a", entry, told, actor(entry, "traders", "civilian"))
    assert (minor, left_out) == ([], Counter({"arrest neither of 10 or more people nor of someone known by name": 1}))
    many = figure(told, entry, "traders", kind="detained", low=10, best=None, high=None)
    assert rows(tmp_path / "b", entry, told, many)[0][0]["sub_event_type"] == "Arrests"
    known = actor(entry, "traders", "civilian", match="ner")
    assert rows(tmp_path / "c", entry, told, known)[0][0]["sub_event_type"] == "Arrests"


def test_victims_nobody_names_are_civilians(tmp_path: Path) -> None:
    row = one(tmp_path, "Gunmen shot villagers.", "shot", "attack_on_civilians", ("Gunmen", "armed_unidentified"), source="Gunmen")
    assert (row["actor2"], row["interaction"]) == ("Civilians (Mali)", "Political militia-Civilians")


def test_forces_abroad_are_external(tmp_path: Path) -> None:
    row = one(tmp_path, "Army clashed with rebels.", "clashed", "armed_clash", ("Army", "military"), source="Army", iso3="NER")
    assert row["inter1"] == "External/Other forces"


def test_its_own_dead_are_no_opponent(tmp_path: Path) -> None:
    row = one(
        tmp_path, "Army lost soldiers as it clashed with rebels.", "clashed", "armed_clash",
        ("Army", "military"), ("soldiers", "military"), ("rebels", "rebel"), source="Army", target="soldiers; rebels",
    )  # fmt: skip
    assert (row["actor2"], row["assoc_actor_2"]) == ("rebels", "soldiers")


def test_what_is_not_told_as_fact_or_has_no_counterpart_is_left_out_and_counted(tmp_path: Path) -> None:
    entry = make_entry("Army clashed with rebels. Minister visited Gao.")
    claimed, visit = event(entry, "clashed", "armed_clash", realis="claimed"), event(entry, "visited", "meeting_visit_call")
    assert rows(tmp_path, entry, claimed, visit) == (
        [],
        Counter({"told as a claim, a report, a denial or a plan (realis is not actual)": 1, "type without an ACLED counterpart": 1}),
    )


def test_the_same_event_told_by_two_situations_is_marked_once(tmp_path: Path) -> None:
    first, second = raid(entry_id="e1")[1], raid(entry_id="e2", situation="Niger")[1][:-1]
    found, _ = rows(tmp_path, *first, *second)
    assert [row["possible_duplicate_of"] for row in found] == [None, found[0]["event_id_cnty"].removeprefix("MLI")]


def test_two_tellings_without_a_toll_meet_by_their_sides(tmp_path: Path) -> None:
    known = {"source": "Army", "target": "rebels"}
    first, second, third = (make_entry("Army clashed with rebels.", entry_id=f"e{i}", situation=name) for i, name in enumerate("ABC"))
    told = [event(first, "clashed", "armed_clash", **known), event(second, "clashed", "armed_clash", **known)]
    other = event(third, "clashed", "armed_clash", source="Army", target="militia")
    found, _ = rows(tmp_path, first, second, third, *told, other)
    assert [row["possible_duplicate_of"] for row in found] == [None, told[0].event_id, None]


def test_without_text_no_word_of_the_entry_is_left(tmp_path: Path) -> None:
    row = rows(tmp_path, *raid()[1], no_text=True)[0][0]
    assert (row["notes"], row["assoc_actor_2"], row["actor1"]) == (None, "[civilian]", "Sand Front")


def test_every_crosswalk_names_acled_s_own_types() -> None:
    known = {
        "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
        "Explosions/Remote violence": {"Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
                                       "Remote explosive/landmine/IED", "Grenade"},
        "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
        "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
        "Riots": {"Violent demonstration", "Mob violence"},
        "Strategic developments": {"Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
                                   "Headquarters or base established", "Looting/property destruction",
                                   "Non-violent transfer of territory", "Other"},
    }  # fmt: skip
    pairs = [pair for row in Typology.load().types.values() if (pair := counterpart(row.acled))]
    assert len(pairs) > 30
    assert [(event_type, sub) for event_type, subs in pairs for sub in subs if sub not in known.get(event_type, set())] == []


def test_interactions_name_the_lower_number_first() -> None:
    assert interaction("Rebel group", "State forces") == "State forces-Rebel group"
    assert interaction("Civilians", "External/Other forces") == "External/Other forces-Civilians"
    assert interaction("Protesters", None) == "Protesters only"
    assert interaction(None, None) is None
    assert len(INTER) == 8


def test_every_country_of_the_lexicon_has_its_codes() -> None:
    codes = CountryCodes.load()
    assert set(codes.acled_region) - set(codes.iso_numeric) == {"XKX"}
    assert len(set(codes.iso_numeric.values())) == len(codes.iso_numeric)
    assert all(codes.acled_region.values())
    assert (codes.iso_numeric["MLI"], codes.acled_region["KAZ"], codes.acled_region["YEM"]) == (
        466,
        "Caucasus and Central Asia",
        "Middle East",
    )


def test_the_file_begins_with_acled_s_columns_and_says_whose_text_it_is(tmp_path: Path) -> None:
    tables, path = write_tables(tmp_path / "tables", *raid()[1]), tmp_path / "out" / "mali.csv"
    assert write_acled(tables, CURRENT, path) == (1, Counter())
    with path.open(encoding="utf-8", newline="") as file:
        held = list(csv.reader(file))
    assert tuple(held[0][: len(ACLED_COLUMNS)]) == ACLED_COLUMNS
    assert held[1][-1].startswith("Derived from CrisisWatch text by machine")
    assert "not ACLED data" in held[1][-1]
    assert "International Crisis Group" in held[1][-1]
    assert "1 rows in `mali.csv`" in (tmp_path / "out" / "mali.README.md").read_text(encoding="utf-8")
    before = path.read_bytes()
    write_acled(tables, CURRENT, path)
    assert path.read_bytes() == before


def test_every_row_points_into_the_entry_it_was_read_from(tmp_path: Path) -> None:
    entry, written = raid()
    row = rows(tmp_path, *written)[0][0]
    assert isinstance(entry, Entry)
    assert entry.text[row["start"] : row["end"]] == "attacked"
