"""The brief: what stands out of a month, in the situation's own measure, every line with its entries."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from pipeline import store
from pipeline.brief import Brief, Line, NoSuchMonth, as_html, as_markdown, make_brief
from pipeline.cli import app
from pipeline.tables import (
    Actor,
    Casualty,
    CountryMonth,
    Coverage,
    Crossref,
    Entry,
    RegisteredActor,
    SituationMonth,
    TrendEstimate,
)
from tests.conftest import make_entry

NASTY = "Army <script>alert(1)</script> & *rebels* [fought](http://x) | `all` month."


def blank(row_class: Any, **known: Any) -> Any:
    """Return a row whose columns are null, or empty where they may not be, but for those given."""
    empty = {str: "", int: 0, bool: False, float: 0.0, dt.date: dt.date(2024, 5, 1)}
    values = {n: None if nullable else empty.get(kind, ()) for n, (kind, nullable, *_) in store.columns(row_class).items()}
    return row_class(**values | known)


def trend(situation: str, **known: Any) -> Any:
    values = {"month": dt.date(2024, 5, 1), "alert_month": dt.date(2024, 6, 1), "entry_id": f"{situation} 5", "situation": situation}
    return blank(TrendEstimate, **values | known)


def month(situation: str, number: int, **known: Any) -> Any:
    values = {"situation": situation, "month": dt.date(2024, number, 1), "covered": True, "coverage": "entry", "events": 1}
    values |= {"political_violence": 1, "killed_low": 2, "killed_best": 2, "killed_high": 2, "entry_id": f"{situation} {number}"}
    return blank(SituationMonth, **values | known)


def coverage(situation: str, kind: str = "entry", **known: Any) -> Any:
    values = {"situation": situation, "month": dt.date(2024, 5, 1), "coverage": kind, "covered": kind == "entry"}
    return blank(Coverage, **values | {"entry_id": f"{situation} 5" if kind == "entry" else None} | known)


def killed(situation: str, number: int, **known: Any) -> Any:
    values = {"situation": situation, "month": dt.date(2024, 5, 1), "iso3": "XXX", "own": True, "killed_low": number, "killed_best": number}
    return blank(CountryMonth, **values | {"coverage": "entry"} | known)


def write(out: Path, rows: list[Any]) -> None:
    may = dt.date(2024, 5, 1)
    for row_class in (Entry, Coverage, TrendEstimate, SituationMonth, CountryMonth, Casualty, Crossref, Actor, RegisteredActor):
        parts: dict[str | None, list[Any]] = {"2024-05" if row_class.BY == "month" else None: []}
        for row in rows:
            if type(row) is row_class:
                label = store.month_label(getattr(row, "month", may)) if row_class.BY == "month" else None
                parts.setdefault(label, []).append(row)
        for label, group in parts.items():
            store.write(group, row_class, store.part(out, row_class, label), {})


def entry(situation: str, number: int = 5, headline: str = "Raids went on.") -> Entry:
    return make_entry(headline, entry_id=f"{situation} {number}", situation=situation, month=dt.date(2024, number, 1), headline=headline)


def brief_of(out: Path, *rows: Any, text: bool = True) -> Brief:
    write(out, list(rows))
    return make_brief(out, "2024-05", text=text)


def lines(brief: Brief, title: str) -> list[Line]:
    (section,) = [section for section in brief.sections if section.title.startswith(title)]
    return list(section.lines)


def test_stated_trends_come_first_and_estimated_ones_are_marked_with_chance_and_reason(tmp_path: Path) -> None:
    guess = trend("Chad", trend_estimated="deteriorated", deteriorated_probability=0.71, evidence=("“coup” +2.0",))
    brief = brief_of(tmp_path, entry("Mali"), entry("Chad"), trend("Mali", trend="deteriorated"), guess)
    assert [(line.situation, line.note) for line in lines(brief, "Deteriorated")] == [
        ("Mali", "stated"),
        ("Chad", "estimated, 0.71; “coup” +2.0"),
    ]


def test_an_estimate_does_not_override_what_is_stated(tmp_path: Path) -> None:
    said = trend("Mali", trend="unchanged", trend_estimated="deteriorated", deteriorated_probability=0.8)
    brief = brief_of(tmp_path, entry("Mali"), said)
    assert lines(brief, "Deteriorated") == []
    assert [line.situation for line in lines(brief, "Marked unchanged")] == ["Mali"]


def test_alerts_are_headed_with_the_month_after(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, entry("Mali"), trend("Mali", risk_alert=True, resolution_opportunity=True))
    assert [line.situation for line in lines(brief, "Conflict risk alerts for June 2024")] == ["Mali"]
    assert [line.situation for line in lines(brief, "Resolution opportunities for June 2024")] == ["Mali"]


def test_a_change_is_held_against_the_situations_own_past_and_says_which(tmp_path: Path) -> None:
    past = [month("Mali", number) for number in (2, 3, 4)] + [month("Chad", number, killed_best=80) for number in (2, 3, 4)]
    now = [month("Mali", 5, killed_best=90), month("Chad", 5, killed_best=90)]
    (line,) = lines(brief_of(tmp_path, entry("Mali"), entry("Chad"), *past, *now), "Largest changes in figures")
    assert (line.situation, line.entry_ids) == ("Mali", ("Mali 5",))
    assert (line.text, line.note) == ("90 people killed, usually 2.0", "against 3 entries, Feb 2024 to Apr 2024")


def test_two_earlier_entries_are_no_past(tmp_path: Path) -> None:
    rows = [month("Mali", 3), month("Mali", 4), month("Mali", 5, killed_best=90)]
    assert lines(brief_of(tmp_path, entry("Mali"), *rows), "Largest changes in figures") == []


def figure(situation: str, text: str, number: int, start: int = 0) -> Any:
    return blank(
        Casualty, entry_id=f"{situation} 5", start=start, kind="killed", scope="incident", text=text, best=number, victim_group="unknown"
    )


@pytest.mark.parametrize(("text", "told_once"), [("at least 40", True), ("dozens", False)])
def test_one_event_told_by_two_entries_that_point_to_each_other_is_said_to_be_one(tmp_path: Path, text: str, told_once: bool) -> None:
    rows = [row for name, number in (("Mali", 40), ("Niger", 41), ("Chad", 42)) for row in (month(name, 5), killed(name, number))]
    figures = [figure(name, text, 40) for name in ("Mali", "Niger", "Chad")]
    pointer = blank(Crossref, entry_id="Niger 5", situation="Mali", text="see Mali")
    brief = brief_of(tmp_path, entry("Mali"), entry("Niger"), entry("Chad"), *rows, *figures, pointer)
    told = {line.situation: line for line in lines(brief, "Most people killed")}
    assert told["Chad"].entry_ids == ("Chad 5",)
    assert told["Mali"].entry_ids == (("Mali 5", "Niger 5") if told_once else ("Mali 5",))
    assert ("“at least 40” also in Niger" in told["Mali"].note) is told_once


def test_deaths_that_an_entry_places_abroad_are_not_its_own(tmp_path: Path) -> None:
    parts = [killed("Mali", 4), killed("Mali", 3, iso3=None, own=False), killed("Mali", 90, iso3="NER", own=False)]
    (line,) = lines(brief_of(tmp_path, entry("Mali"), month("Mali", 5), *parts), "Most people killed")
    assert line.text == "at least 7"


def test_new_actors_are_organisations_first_named_this_month_where_there_is_a_past(tmp_path: Path) -> None:
    def named(name: str, known_by: str, situation: str, first: int = 5) -> list[Any]:
        seen = dt.date(2024, first, 1)
        actor = blank(RegisteredActor, actor_id=name, name=name, type="rebel", first_seen=seen, known_by=known_by, mentions=2)
        return [
            actor,
            blank(Actor, actor_id=name, entry_id=f"{situation} 5", start=sum(map(ord, name)), name=name, type="rebel", match=known_by),
        ]

    past = [month("Mali", number) for number in (2, 3, 4)]
    rows = [
        *named("Northern Dawn Front", "ner", "Mali"), *named("Old Hills Front", "ner", "Mali", 4), *named("Ali Tessit", "ner", "Mali"),
        *named("Southern Dawn Front", "ner", "Chad"), *named("gunmen", "description", "Mali"),
    ]  # fmt: skip
    (line,) = lines(brief_of(tmp_path, entry("Mali"), entry("Chad"), *past, *rows), "New actors")
    assert (line.situation, line.text, line.entry_ids) == ("Mali", "Northern Dawn Front (rebel)", ("Mali 5",))


def test_silence_is_unusual_only_where_the_tracker_is_known_to_cover_the_situation(tmp_path: Path) -> None:
    told = {"months_known": 12, "months_covered": 10}
    rows = [
        coverage("Mali"), coverage("Chad", "silent", tracking="monthly", **told), coverage("Togo", "silent", tracking="standby", **told),
        coverage("Niger", "unknown", tracking="monthly", **told), month("Chad", 4),
    ]  # fmt: skip
    (line,) = lines(brief_of(tmp_path, entry("Mali"), *rows), "Unusual silence")
    assert (line.situation, line.entry_ids, line.note) == ("Chad", ("Chad 4",), "last entry April 2024")


def test_every_line_names_entries_the_tables_have(sample: tuple[Path, Any]) -> None:
    out, _ = sample
    known = {row.entry_id for row in store.all_rows(out, Entry)}
    brief = make_brief(out)
    named = [line for section in brief.sections for line in section.lines]
    assert named
    for line in named:
        assert set(line.entry_ids) <= known
        assert line.entry_ids or line.note == "no earlier entry in the input"


def test_nothing_an_entry_says_is_taken_for_markup(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, entry("Mali", headline=NASTY), trend("Mali", trend="improved"))
    page = LexborHTMLParser(as_html(brief))
    assert page.css("script") == []
    assert any(NASTY in item.text() for item in page.css("section li"))
    (item,) = [line for line in as_markdown(brief).splitlines() if line.startswith("- **Mali**")]
    assert r"\<script\>" in item
    assert not re.search(r"(?<!\\)[*\[<|]", item.split("**: ")[1].split(" (stated)")[0])


def test_the_page_needs_nothing_else(tmp_path: Path) -> None:
    page = as_html(brief_of(tmp_path, entry("Mali"), trend("Mali", trend="improved")))
    assert not re.search(r"(?:src|href)=|@import|url\(", page)


def test_without_text_no_headline_is_left(tmp_path: Path) -> None:
    rows = [
        entry("Mali", headline="Raids went on."),
        trend("Mali", trend="improved", risk_alert=True),
        coverage("Mali", tracking="standby"),
    ]
    assert "Raids" not in as_markdown(brief_of(tmp_path, *rows, text=False))
    assert "Raids" in as_markdown(make_brief(tmp_path))


def test_a_month_that_is_not_there_is_said_with_those_that_are(tmp_path: Path) -> None:
    write(tmp_path, [entry("Mali")])
    with pytest.raises(NoSuchMonth, match=r"no entry of 2023-01; the newest it has are 2024-05"):
        make_brief(tmp_path, "2023-01")


def test_the_command_writes_what_the_file_s_name_asks_for(tmp_path: Path) -> None:
    write(tmp_path / "out", [entry("Mali"), trend("Mali", trend="improved")])
    run = CliRunner().invoke
    where = ["--out", str(tmp_path / "out")]
    assert run(app, ["brief", "2024-05", *where]).stdout.startswith("# CrisisWatch, May 2024")
    assert run(app, ["brief", *where, "--html"]).stdout.startswith("<!doctype html>")
    assert run(app, ["brief", *where, "--to", str(tmp_path / "b.html")]).exit_code == 0
    assert (tmp_path / "b.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert [run(app, ["brief", wrong, *where]).exit_code for wrong in ("2024-13", "2020-01")] == [2, 2]
