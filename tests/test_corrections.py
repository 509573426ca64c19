"""Corrections: applied before anything rests on the rows, told where they no longer fit, the same after every re-run."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import codebook, store
from pipeline.corrections import CorrectionsError, add_corrections, read_corrections
from pipeline.corrections import correct as corrected
from pipeline.engine import Report, run
from pipeline.tables import Casualty, Correction, CountryMonth, Entry, Event, EventRole
from tests.conftest import ROOT, make_entry, table_bytes
from tests.export_rows import event

HEADER = ("table", "entry_id", "start", "end", "column", "value", "reason", "expect", "which")


def correct(raw: Path, *lines: tuple[Any, ...]) -> None:
    with (raw / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows((*line, "") if len(line) == len(HEADER) - 1 else line for line in lines)


def figure(out: Path, text: str) -> Casualty:
    return next(row for row in store.all_rows(out, Casualty) if row.text == text)


def panel(out: Path) -> CountryMonth:
    return next(row for row in store.all_rows(out, CountryMonth) if row.iso3 == "MLI")


def again(raw: Path, out: Path) -> tuple[Report, dict[str, int]]:
    report = run(raw, out)
    return report, report.made


def test_a_corrected_figure_reaches_the_panel_and_survives_re_runs(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    five, before = figure(out, "at least five"), panel(out)
    correct(raw, ("casualties", five.entry_id, five.start, five.end, "best", 7, "army statement of 6 May", 5))
    report, made = again(raw, out)
    assert figure(out, "at least five").best == 7
    assert (panel(out).killed_best or 0) - (before.killed_best or 0) == 2
    assert "tokens" not in made
    assert [(c.status, c.reason) for c in store.all_rows(out, Correction)] == [("applied", "army statement of 6 May")]
    assert report.unfit == []
    assert again(raw, out)[1] == {}
    assert run(raw, out, force=True).unfit == []
    assert figure(out, "at least five").best == 7


def test_corrected_tables_are_the_bytes_of_a_run_from_scratch_and_taking_the_file_away_undoes_them(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    untouched = table_bytes(out)
    five = figure(out, "at least five")
    correct(raw, ("casualties", five.entry_id, five.start, five.end, "scope", "cumulative", "", "incident"))
    run(raw, out)
    run(raw, tmp_path / "scratch")
    assert table_bytes(out) == table_bytes(tmp_path / "scratch")
    (raw / "corrections.csv").unlink()
    run(raw, out)
    assert {name: data for name, data in table_bytes(out).items() if not name.startswith("corrections/")} == untouched


def test_what_does_not_fit_is_told_and_changes_nothing(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    before = table_bytes(out)
    five = figure(out, "at least five")
    correct(
        raw,
        ("casualties", five.entry_id, five.start, five.end, "best", 7, "", 6),
        ("casualties", five.entry_id, five.start + 1, five.end, "best", 7, "", 5),
        ("casualties", "0123456789abcdef", five.start, five.end, "best", 7, "", 5),
    )
    report, _ = again(raw, out)
    assert [c.detail for c in report.unfit] == [
        "best is 5 now, not 6",
        "no row has this span now",
        "no entry has this identity now: its text, month or situation has changed, or it was withdrawn",
    ]
    assert {name: data for name, data in table_bytes(out).items() if not name.startswith("corrections/")} == before


def test_a_correction_of_a_text_that_was_revised_is_told(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    five = figure(out, "at least five")
    correct(raw, ("casualties", five.entry_id, five.start, five.end, "best", 7, "", 5))
    (raw / "mali.csv").write_text((raw / "mali.csv").read_text(encoding="utf-8").replace("five", "six"), encoding="utf-8")
    assert [c.line for c in run(raw, out).unfit] == [2]


def test_a_corrected_type_takes_its_family_and_crosswalks_along(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    event = store.all_rows(out, Event)[0]
    correct(raw, ("events", event.entry_id, event.start, event.end, "type", "air_drone_strike", "", event.type))
    run(raw, out)
    now = next(row for row in store.all_rows(out, Event) if (row.start, row.end) == (event.start, event.end))
    assert (now.type, now.family) == ("air_drone_strike", "Political violence")
    assert now.acled == "Explosions/Remote violence: Air/drone strike"


def test_an_event_taken_out_takes_its_roles_and_its_figures_tie_along(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    events = store.all_rows(out, Event)
    gone = events[0]
    correct(raw, ("events", gone.entry_id, gone.start, gone.end, "row", "delete", "sums up", ""))
    assert run(raw, out).unfit == []
    assert gone.event_id not in {event.event_id for event in store.all_rows(out, Event)}
    assert gone.event_id not in {role.event_id for role in store.all_rows(out, EventRole)}
    assert gone.event_id not in {row.event_id for row in store.all_rows(out, Casualty)}


def test_a_missed_figure_is_added_with_the_columns_given(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    entry_id = figure(out, "at least five").entry_id
    text = next(e.text for e in store.all_rows(out, Entry) if e.entry_id == entry_id)
    start = text.index("militants.")
    given = {"kind": "injured", "low": 2, "implicit": "true", "scope": "incident", "victim_group": "non_state_armed"}
    span = ("casualties", entry_id, start, start + len("militants"))
    correct(raw, (*span, "row", "add", "", ""), *((*span, column, value, "", "") for column, value in given.items()))
    assert [c.detail for c in run(raw, out).unfit] == []
    added = next(row for row in store.all_rows(out, Casualty) if row.kind == "injured")
    assert (added.text, added.low, added.best, added.implicit) == ("militants", 2, None, True)
    correct(raw, (*span, "row", "add", "", ""), (*span, "kind", "injured", "", ""))
    detail = run(raw, out).unfit[0].detail
    assert detail is not None
    assert detail.startswith("a row to add lacks ")


FIRST = "Clashes in centre.\nJNIM militants 3 May attacked army post near Mopti city, killing five soldiers."
REVISED = FIRST.replace("five", "six")


@pytest.fixture
def two_editions(tmp_path: Path) -> Path:
    """A raw folder with two files that tell one month of Mali, the later with another toll."""
    raw = tmp_path / "editions"
    raw.mkdir()
    for name, text in (("a.csv", FIRST), ("b.csv", REVISED)):
        (raw / name).write_text(f'country,month,text\nMali,May 2024,"{text}"\n', encoding="utf-8")
    return raw


def editions(out: Path) -> tuple[Entry, Entry]:
    """Return the entry that tells of five soldiers and the one that tells of six."""
    five, six = sorted(store.all_rows(out, Entry), key=lambda entry: entry.text)
    return five, six


def test_an_entry_moved_to_another_month_supersedes_nothing_there_was(two_editions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(two_editions, out)
    five, six = editions(out)
    assert (five.superseded_by, six.superseded_by) == (six.entry_id, None)
    correct(two_editions, ("entries", six.entry_id, "", "", "month", "2024-06", "dated by its page", "2024-05-01"))
    assert run(two_editions, out).unfit == []
    five, six = editions(out)
    assert (five.superseded_by, six.superseded_by) == (None, None)
    assert (six.month, six.month_source, six.month_evidence) == (dt.date(2024, 6, 1), "given", "a correction gives it")
    assert {row.month: row.killed_best for row in store.all_rows(out, CountryMonth) if row.iso3 == "MLI"} == {five.month: 5, six.month: 6}
    (two_editions / "corrections.csv").unlink()
    run(two_editions, out)
    assert [entry.superseded_by for entry in editions(out)] == [editions(out)[1].entry_id, None]


def test_an_entry_moved_to_the_month_of_another_is_its_revision(two_editions: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (two_editions / "b.csv").write_text(f'country,month,text\nMali,June 2024,"{REVISED}"\n', encoding="utf-8")
    run(two_editions, out)
    five, six = editions(out)
    assert (five.superseded_by, six.superseded_by) == (None, None)
    correct(two_editions, ("entries", six.entry_id, "", "", "month", "2024-05", "", ""))
    run(two_editions, out)
    assert [entry.superseded_by for entry in editions(out)] == [six.entry_id, None]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (("casualty", "e", 1, 2, "best", 7, "", ""), "no table 'casualty' can be corrected"),
        (("casualties", "e", 1, 2, "number", 7, "", ""), "has no column 'number' to correct"),
        (("casualties", "e", 1, 2, "event_id", "x", "", ""), "has no column 'event_id' to correct"),
        (("casualties", "e", "one", 2, "best", 7, "", ""), "start and end are offsets"),
        (("casualties", "e", 1, 2, "best", "seven", "", ""), "casualties.best holds a int, not 'seven'"),
        (("casualties", "e", 1, 2, "scope", "whole", "", ""), "casualties.scope may be one of incident"),
        (("casualties", "e", 1, 2, "scope", "", "", ""), "casualties.scope may not be empty"),
        (("casualties", "e", 1, 2, "row", "remove", "", ""), "by the value delete or add"),
        (("casualties", "e", 1, 2, "row", "delete", "", "killed"), "which of several is meant goes into column which"),
        (("entries", "e", "", "", "row", "delete", "", ""), "entries come from the files"),
        (("casualties", "e", 1, 2, "row", "delete", "", "", "killed"), "which is empty or column=value"),
        (("casualties", "e", 1, 2, "best", 10**19, "", ""), "casualties.best holds a int"),
        (("casualties", "e", 10**19, 2, "best", 7, "", ""), "start and end are offsets"),
        (("places", "e", 1, 2, "lat", "nan", "", ""), "places.lat holds a float"),
        (("entries", "e", "", "", "month", "2024-05-09", "", ""), "entries.month holds a date"),
        (("trend_signs", "e", "", "", "starts", "1; two", "", ""), "trend_signs.starts holds a tuple"),
        (("casualties", "e", 1, 2, "best", 7, "army", " 6 May", 5, ""), "more cells than columns; put what holds a comma into quotes"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(raw: Path, tmp_path: Path, line: tuple[Any, ...], said: str) -> None:
    correct(raw, line)
    with pytest.raises(CorrectionsError, match=r"corrections\.csv, line 2: ") as caught:
        run(raw, tmp_path / "out", ["dates"])
    assert said in str(caught.value)


TEXT = "Clash 3 May left two killed."


def row(start: int, end: int, kind: str = "killed") -> Casualty:
    values: dict[str, Any] = dict.fromkeys(store.columns(Casualty))
    values |= {"entry_id": "e1", "start": start, "end": end, "text": TEXT[start:end], "kind": kind, "best": 2, "scope": "incident"}
    return Casualty(**values | {"implicit": False, "victim_group": "unknown"})


def applied(raw: Path, rows: list[Casualty], *lines: tuple[Any, ...]) -> tuple[list[Casualty], list[str]]:
    """Return the rows with the lines applied, and what is said of each line that is not the same as another."""
    correct(raw, *lines)
    out, told = corrected({"casualties": rows}, read_corrections(raw, codebook.all_tables()), [Casualty], {"e1": TEXT})
    return out["casualties"], list(told.values())


def test_a_span_moves_with_both_ends_at_once_and_never_out_of_the_text(raw: Path) -> None:
    span = ("casualties", "e1", 0, 5)
    moved, told = applied(raw, [row(0, 5)], (*span, "start", 17, "", 0), (*span, "end", 20, "", 5))
    assert [(one.start, one.end, one.text) for one in moved] == [(17, 20, "two")]
    assert told == ["", ""]
    for column, value, said in (("end", 99, "0 to 99"), ("start", 7, "7 to 5")):
        assert applied(raw, [row(0, 5)], (*span, column, value, "", "")) == ([row(0, 5)], [f"the entry has no characters {said}"])


def test_a_line_that_stands_twice_is_applied_once(raw: Path) -> None:
    span = ("casualties", "e1", 17, 20)
    assert applied(raw, [row(17, 20)], *[(*span, "row", "delete", "", "")] * 2) == ([], [""])
    given = [(*span, "kind", "injured", "", ""), (*span, "scope", "part", "", ""), (*span, "victim_group", "unknown", "", "")]
    lines = [(*span, "row", "add", "", ""), *given, (*span, "implicit", "false", "", "")]
    added, told = applied(raw, [], *lines, *lines)
    assert [one.kind for one in added] == ["injured"]
    assert set(told) == {""}


def test_of_two_rows_with_one_span_the_one_meant_is_taken_out(raw: Path) -> None:
    two = [row(17, 20), row(17, 20, "injured")]
    line = ("casualties", "e1", 17, 20, "row", "delete", "", "", "kind=injured")
    assert applied(raw, two, line) == ([two[0]], [""])
    assert applied(raw, two[:1], line) == (two[:1], ["no row of this span has kind=injured now"])
    lines = [line, (*line[:-1], "kind=killed")]
    assert applied(raw, two, *lines) == ([], ["", ""])
    new = read_corrections(raw, codebook.all_tables())
    correct(raw)
    assert add_corrections(raw, new, codebook.all_tables()) == 2


def test_a_column_of_one_of_two_rows_with_one_span_needs_to_say_which(raw: Path) -> None:
    two = [row(17, 20), row(17, 20, "injured")]
    line = ("casualties", "e1", 17, 20, "best", 3, "", 2)
    said = "2 rows have this span: write a line for each that is meant, with `which` kind=killed or kind=injured"
    assert applied(raw, two, line) == (two, [said])
    assert [one.best for one in applied(raw, two, (*line, "kind=injured"))[0]] == [2, 3]
    assert [one.best for one in applied(raw, two, (*line, "kind=killed; hedge="), (*line, "kind=injured"))[0]] == [2, 3]
    assert [one.best for one in applied(raw, two, (*line, "kind=killed"), (*line, "kind=injured"))[0]] == [3, 3]


@pytest.mark.parametrize(
    ("before", "lines", "after"),
    [
        ((2, 2, 2), {"best": 14}, (14, 14, 14)),
        ((2, 2, None), {"best": 5}, (5, 5, None)),
        ((1, 2, 3), {"best": 3}, (1, 3, 3)),
        ((2, 2, 2), {"best": 4, "low": 3}, (3, 4, 4)),
        ((2, 2, 2), {"low": 3, "best": 4}, (3, 4, 4)),
        ((1, 2, 3), {"best": 9, "high": 10}, (1, 9, 10)),
        ((5, 6, 7), {"high": 3, "low": 1, "best": 2}, (1, 2, 3)),
        ((None, None, 9), {"best": 3}, (None, 3, 9)),
        ((2, 2, 2), {"best": ""}, (2, None, 2)),
    ],
)
def test_bounds_that_were_the_corrected_number_go_along(
    raw: Path, before: tuple[Any, ...], lines: dict[str, Any], after: tuple[Any, ...]
) -> None:
    low, best, high = before
    figure = replace(row(17, 20), low=low, best=best, high=high)
    (now,), told = applied(raw, [figure], *(("casualties", "e1", 17, 20, column, value, "", "") for column, value in lines.items()))
    assert (now.low, now.best, now.high) == after
    assert set(told) == {""}


def test_a_line_after_which_the_row_would_contradict_itself_does_not_fit(raw: Path) -> None:
    figure, span = replace(row(17, 20), low=1, best=2, high=3), ("casualties", "e1", 17, 20)
    assert applied(raw, [figure], (*span, "best", 14, "", 2)) == ([figure], ["best 14 is greater than high 3: correct high too"])
    (now,), told = applied(raw, [figure], (*span, "best", 0, "", 2), (*span, "high", 5, "", 3))
    assert (now.low, now.best, now.high) == (1, 2, 5)
    assert told == ["low 1 is greater than best 0: correct low too", ""]
    given = {"kind": "missing", "low": 9, "best": 3, "implicit": "false", "scope": "part", "victim_group": "unknown"}
    lines = [(*span, "row", "add", "", ""), *((*span, column, value, "", "") for column, value in given.items())]
    rows, told = applied(raw, [], *lines)
    assert rows == []
    assert told[0] == "low 9 is greater than best 3: correct low too"


def test_days_are_corrected_together_and_never_out_of_order(raw: Path) -> None:
    text = "Clash 3 May left two killed."
    clash = event(make_entry(text), "Clash", "armed_clash", date_from=dt.date(2024, 5, 3), date_to=dt.date(2024, 5, 3))
    span = ("events", "e1", clash.start, clash.end)

    def dated(*lines: tuple[Any, ...]) -> tuple[str, str, list[str]]:
        correct(raw, *lines)
        out, told = corrected({"events": [clash]}, read_corrections(raw, codebook.all_tables()), [Event], {"e1": text})
        return str(out["events"][0].date_from), str(out["events"][0].date_to), list(told.values())

    later = (*span, "date_from", "2024-05-09", "", "")
    assert dated(later, (*span, "date_to", "2024-05-10", "", "")) == ("2024-05-09", "2024-05-10", ["", ""])
    said = "date_from 2024-05-09 is greater than date_to 2024-05-03: correct date_to too"
    assert dated(later) == ("2024-05-03", "2024-05-03", [said])


def test_a_row_added_where_another_stands_leaves_that_as_it_is(raw: Path) -> None:
    span = ("casualties", "e1", 17, 20)
    given = {"kind": "missing", "best": 9, "implicit": "false", "scope": "part", "victim_group": "unknown"}
    lines = [(*span, "row", "add", "", ""), *((*span, column, value, "", "") for column, value in given.items())]
    rows, told = applied(raw, [row(17, 20)], *lines)
    assert [(one.kind, one.best) for one in rows] == [("killed", 2), ("missing", 9)]
    assert set(told) == {""}


def test_the_sentence_of_a_moved_event_holds_it(raw: Path) -> None:
    text = "Talks fail.\nClash 3 May left two killed. Army withdrew."
    clash = event(make_entry(text), "Clash", "armed_clash", sentence_start=12, sentence_end=40)

    def moved(start: int, end: int) -> tuple[Any, ...]:
        span = ("events", "e1", clash.start, clash.end)
        correct(raw, (*span, "start", start, "", ""), (*span, "end", end, "", ""))
        out, told = corrected({"events": [clash]}, read_corrections(raw, codebook.all_tables()), [Event], {"e1": text})
        assert set(told.values()) == {""}
        (now,) = out["events"]
        return now.text, now.sentence_start, now.sentence_end

    assert moved(24, 28) == ("left", 12, 40)
    assert moved(46, 54) == ("withdrew", 12, 55)
    assert moved(6, 10) == ("fail", 0, 11)


def test_a_file_as_a_spreadsheet_saves_it_is_read(raw: Path) -> None:
    lines = ["table,entry_id,start,end,column,value,reason,expect", "casualties,e1,17,20,victims,François,Überprüft,", ",,,,,,,", ""]
    (raw / "corrections.csv").write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    (line,) = read_corrections(raw, codebook.all_tables())
    assert (line.line, line.value, line.reason, line.expect) == (2, "François", "Überprüft", None)
    (raw / "corrections.csv").write_bytes("\r\n".join(lines).encode("cp1252"))
    with pytest.raises(CorrectionsError, match="save it as UTF-8"):
        read_corrections(raw, codebook.all_tables())


def test_corrections_csv_is_no_input_file(raw: Path, tmp_path: Path) -> None:
    correct(raw)
    assert run(raw, tmp_path / "out", ["documents"]).documents == 1


def test_a_correction_whose_stage_was_not_run_waits(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(raw, out)
    five = figure(out, "at least five")
    correct(raw, ("casualties", five.entry_id, five.start, five.end, "best", 7, "", 5))
    shutil.rmtree(out)
    for stage in ("documents", "dates"):
        assert run(raw, out, [stage]).unfit == []
        assert [c.status for c in store.all_rows(out, Correction)] == ["pending"]


def test_the_sample_has_no_correction_that_does_not_fit(sample: tuple[Path, Report]) -> None:
    out, report = sample
    assert report.unfit == []
    assert (ROOT / "data" / "raw" / "corrections.csv").is_file() == bool(store.all_rows(out, Correction))
