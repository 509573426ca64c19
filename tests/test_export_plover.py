"""PLOVER records: categories and modes out of the crosswalk, actors with sectors, sizes."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from pipeline.export.plover import categories, plover_records, write_plover
from pipeline.export.selection import Selection, months
from pipeline.typology import Typology
from tests.conftest import make_entry
from tests.export_rows import event, raid, write_tables

CURRENT = Selection(current=True)


@pytest.mark.parametrize(
    ("crosswalk", "wanted"),
    [
        ("ASSAULT-aerial / drone", (["ASSAULT"], ["aerial", "drone"], [])),
        (
            "PROTEST-demo + ASSAULT-crowd-control / COERCE-restrict",
            (["PROTEST", "ASSAULT", "COERCE"], ["demo", "crowd-control", "restrict"], []),
        ),
        ("ACCUSE-allege / investigate (legal)", (["ACCUSE"], ["allege", "investigate"], ["legal"])),
        ("SANCTION-convict (+ COERCE-arrest if prison)", (["SANCTION"], ["convict"], [])),
        ("ACCUSE / SUPPORT by content (IGO actor)", (["ACCUSE", "SUPPORT"], [], [])),
        ("THREATEN-*", (["THREATEN"], [], [])),
        ("no PLOVER type (context election)", ([], [], ["election"])),
        ("none", ([], [], [])),
        (None, ([], [], [])),
    ],
)
def test_crosswalks(crosswalk: str | None, wanted: tuple[list[str], list[str], list[str]]) -> None:
    assert categories(crosswalk) == wanted


def test_every_category_of_the_typology_is_one_of_plover_s() -> None:
    known = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN",
             "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}  # fmt: skip
    assert {name for row in Typology.load().types.values() for name in categories(row.plover)[0]} <= known


def test_a_record(tmp_path: Path) -> None:
    tables = write_tables(tmp_path, *raid()[1])
    (record,) = (record for month in months(tables, CURRENT) for record in plover_records(month, Counter()))
    assert (record["date"], record["enddate"], record["event"], record["quad_code"]) == ("2024-05-03", "2024-05-03", ["ASSAULT"], 4)
    assert (record["mode"], record["mode_alternatives"]) == (None, ["firearms", "heavy-weapons"])
    assert record["actor"] == [{"code": "MLI", "sector": "REB", "actor_text": "Sand Front", "identifier_text": "Sand Front"}]
    assert [who["sector"] for who in record["recipient"]] == ["MIL", "CVL"]
    assert (record["dead"], record["injured"], record["arrested"]) == (30, None, None)
    assert (record["event_loc"]["name"], record["event_loc"]["cc3"]) == ("Gao", "MLI")
    assert record["event_text"] == ["attacked"]


def test_lines_are_json_marked_and_free_of_text_where_asked(tmp_path: Path) -> None:
    entry, written = raid()
    tables = write_tables(tmp_path / "tables", *written)
    assert write_plover(tables, CURRENT, tmp_path / "p.jsonl", no_text=True) == (1, Counter())
    record = json.loads((tmp_path / "p.jsonl").read_text(encoding="utf-8"))
    assert "by machine" in record["cite_info"]["license"]
    assert (record["text"], record["event_text"], record["recipient"][1]["actor_text"]) == (None, None, "[civilian]")
    info = record["text_info"]
    assert entry.text[info["trigger_start"] : info["trigger_end"]] == "attacked"


def test_an_event_plover_has_no_category_for_is_left_out_and_counted(tmp_path: Path) -> None:
    entry = make_entry("Mali voted.")
    tables = write_tables(tmp_path / "tables", entry, event(entry, "voted", "vote_held"))
    assert write_plover(tables, CURRENT, tmp_path / "p.jsonl") == (0, Counter({"type without a PLOVER category": 1}))
