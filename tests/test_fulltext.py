"""The search: what answers, in which order, with which passage and events; the index never behind the tables."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

import pipeline
from pipeline import ledger, lexicon, store
from pipeline.asked import NotKnown
from pipeline.cli import app
from pipeline.engine import Report
from pipeline.fulltext import Answer, Question, fill, index, search_entries
from pipeline.fulltext.filters import place_keys
from pipeline.spelling import fold
from pipeline.tables import Entry, Event
from tests.conftest import make_entry


def ask(out: Path, words: str = "", **filters: Any) -> Answer:
    return search_entries(Question(words=words, **filters), out)


@pytest.fixture(scope="module")
def texts(sample: tuple[Path, Report]) -> dict[str, str]:
    return {entry.entry_id: entry.text for entry in store.all_rows(sample[0], Entry)}


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("drone strike", "Mali"),  # "drone strikes" in a row comes before drone attacks here and strikes there
        ('"rubber bullets"', "Liberia"),
        ("crossings buffer zone", "Cyprus"),
        ("headline:blockade", "Mali"),
        ("Garifuna OR Kythrea", "Honduras"),
        ("jama'at nusrat", "Togo"),
    ],
)
def test_the_best_answer_comes_first(words: str, first: str, sample: tuple[Path, Report]) -> None:
    assert ask(sample[0], words).hits[0].situation == first


def test_a_word_stands_for_its_forms_and_a_phrase_for_itself(sample: tuple[Path, Report]) -> None:
    assert ask(sample[0], "protester").total == ask(sample[0], "protesters").total > 0
    assert ask(sample[0], '"drone strike"').total == 0
    assert ask(sample[0], '"drone strikes"').total == 1


def test_a_word_of_the_headline_weighs_more_than_one_of_the_text(tmp_path: Path) -> None:
    filler = "Talks went on for most of the month without result and without any notice of it in the capital."
    write(tmp_path, [entry("inside", "Talks held.", f"Militants raided village. {filler}"), entry("above", "Militants raided.", filler)])
    assert [hit.entry_id for hit in ask(tmp_path, "militants").hits] == ["above", "inside"]


@pytest.mark.parametrize("question", [Question(words="police OR army"), Question(type=("arrest_detention",)), Question(actor=("police",))])
def test_a_snippet_is_the_entry_s_text_and_marks_what_was_looked_for(
    question: Question, sample: tuple[Path, Report], texts: dict[str, str]
) -> None:
    answer = search_entries(question, sample[0])
    assert answer.hits
    for hit in answer.hits:
        assert hit.snippet == texts[hit.entry_id][hit.start : hit.end]
        assert hit.words
        assert all(hit.start <= start < end <= hit.end for start, end in hit.words)
        assert hit.marked("", "") == hit.snippet


def test_a_snippet_marks_the_words_that_were_found(sample: tuple[Path, Report]) -> None:
    (hit,) = ask(sample[0], "deminers").hits
    assert "[deminers] 18 May began clearing access road." in hit.marked("[", "]")


def test_a_snippet_is_a_sentence_and_one_too_long_is_cut_between_words(tmp_path: Path) -> None:
    tail = "and so on and on " * 40
    write(
        tmp_path,
        [entry("a", "One.", f"Talks ended. Envoy of U.S. President 3 May met rebel Gen. Sow; army left. Long {tail}deminers {tail}.")],
    )
    (short,), (long,) = ask(tmp_path, "rebel").hits, ask(tmp_path, "deminers").hits
    assert short.snippet == "Envoy of U.S. President 3 May met rebel Gen. Sow;"
    assert len(long.snippet) <= 320
    assert {long.snippet.split()[0], long.snippet.split()[-1]} <= set(tail.split())
    assert "deminers" in long.snippet


def test_filters_narrow_and_several_values_widen(sample: tuple[Path, Report]) -> None:
    out = sample[0]
    assert {hit.situation for hit in ask(out, situation=["Liberia", "Togo"], limit=99).hits} == {"Liberia", "Togo"}
    assert {hit.month for hit in ask(out, since="2023", until="2023-09").hits} == {"2023-02", "2023-09"}
    everywhere, in_liberia = ask(out, "police").total, ask(out, "police", situation=["Liberia"]).total
    assert everywhere > in_liberia > 0


def test_type_actor_place_and_kind_hold_of_one_event(sample: tuple[Path, Report]) -> None:
    events = store.all_rows(sample[0], Event)
    for event in events:
        if event.place and event.source and event.killed_low:
            found = ask(sample[0], type=[event.type], place=[event.place], actor=[event.source.split("; ")[0]], kind=["killed"], limit=99)
            assert event.event_id in {told.event_id for hit in found.hits for told in hit.events}
            assert {told.type for hit in found.hits for told in hit.events} == {event.type}
            break
    else:
        pytest.fail("the sample has no event with place, source and deaths: it shows nothing of this")


PARTS = lexicon.read_toml("search.toml")["parts"]


@pytest.mark.parametrize("pair", PARTS["examples"], ids=" > ".join)
def test_a_place_stands_for_its_parts(pair: list[str]) -> None:
    assert fold(pair[1]) in place_keys(pair[0])


@pytest.mark.parametrize("pair", PARTS["counterexamples"], ids=" / ".join)
def test_a_country_stands_for_itself_alone(pair: list[str]) -> None:
    assert fold(pair[1]) not in place_keys(pair[0])


def test_without_words_the_newest_come_first(sample: tuple[Path, Report]) -> None:
    newest = [hit.month for hit in ask(sample[0], family=["political violence"], limit=99).hits]
    assert newest == sorted(newest, key=str, reverse=True)
    assert [hit.month for hit in ask(sample[0], family=["political violence"], order="oldest", limit=99).hits] == newest[::-1]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ({"situation": ["Liberio"]}, "no situation is called 'Liberio'; did you mean Liberia"),
        ({"situation": ["Ukraine"]}, "the tables hold no entry on Ukraine"),
        ({"type": ["drone"]}, "there is no event type 'drone'; did you mean air_drone_strike?"),
        ({"kind": ["dead"]}, "there is no kind of harm 'dead'; there are killed, injured"),
        ({"actor": ["Jihadis"]}, "no actor is called 'Jihadis'; did you mean .*jihadists"),
        ({"place": ["Monrovio"]}, "no place is called 'Monrovio'; did you mean monrovia"),
        ({"since": "May 2024"}, "'May 2024' is no month; write it as 2024-05"),
        ({"order": "sideways"}, "there is no order 'sideways'"),
    ],
)
def test_what_there_is_not_is_answered_with_what_is_near(filters: dict[str, Any], said: str, sample: tuple[Path, Report]) -> None:
    with pytest.raises(NotKnown, match=said):
        ask(sample[0], "police", **filters)


def test_from_python_the_hits_are_a_frame(sample: tuple[Path, Report]) -> None:
    hits = pipeline.search("drone strike", sample[0], situation="Mali", since="2024")
    assert hits[["situation", "month"]].to_numpy().tolist() == [["Mali", "2024-10"]]
    assert set(hits["event_ids"][0]) <= set(pipeline.load("events", sample[0])["event_id"])
    assert len(pipeline.search("deforestation", sample[0])) == 0
    with pytest.raises(ValueError, match="search has no filter 'country'; it has situation, since, "):
        pipeline.search("drone", sample[0], country="Mali")


def test_the_command_prints_for_people_and_for_programs(sample: tuple[Path, Report]) -> None:
    cli, out = CliRunner(), ["--out", str(sample[0])]
    shown = cli.invoke(app, ["search", "deminers", *out])
    assert (shown.exit_code, shown.stdout.splitlines()[0]) == (0, "1 entry")
    assert "1. Cyprus  2026-05  improved  " in shown.stdout
    said = json.loads(cli.invoke(app, ["search", "--type", "air_drone_strike", "--limit", "1", "--json", *out]).stdout)
    assert said["total"] > len(said["hits"]) == 1
    assert {event["type"] for event in said["hits"][0]["events"]} == {"air_drone_strike"}
    assert cli.invoke(app, ["search", "no such thing at all", *out]).stdout == "0 entries\n"


def test_the_command_says_what_is_wrong_with_a_question(sample: tuple[Path, Report], tmp_path: Path) -> None:
    cli, out = CliRunner(), ["--out", str(sample[0])]
    for arguments, said in (
        ([*out], "say what to look for"),
        (["x", "--situation", "Liberio", *out], "did you mean Liberia"),
        (["NOT x", *out], "say first what to look for"),
        (["x", "--out", str(tmp_path)], "holds no table entries"),
    ):
        result = cli.invoke(app, ["search", *arguments])
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr
    result = cli.invoke(app, ["search", "deminers AND", *out])
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, "1 entry")
    assert "as plain words" in result.stderr


def test_a_damaged_table_cannot_be_searched_and_is_named(tmp_path: Path) -> None:
    write(tmp_path, [entry("a", "One.", "Army raided camp.")])
    store.part(tmp_path, Entry, "2024-05").write_bytes(b"PAR1 no table PAR1")
    result = CliRunner().invoke(app, ["search", "camp", "--out", str(tmp_path)])
    assert result.exit_code == 3
    assert "2024-05.parquet is damaged" in result.stderr


# The index and the tables.


def entry(entry_id: str, headline: str, body: str, month: int = 5, superseded_by: str | None = None) -> Entry:
    return make_entry(
        f"{headline}\n{body}", entry_id=entry_id, headline=headline, month=dt.date(2024, month, 1), superseded_by=superseded_by
    )


def write(out: Path, entries: list[Entry]) -> None:
    for label in sorted({store.month_label(entry.month) for entry in entries}):
        rows = [entry for entry in entries if store.month_label(entry.month) == label]
        store.write(rows, Entry, store.part(out, Entry, label), {"stage": "test"})


def found(out: Path, words: str, **filters: Any) -> list[str]:
    return sorted(hit.entry_id for hit in ask(out, words, **filters).hits)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The months that are read into the index from here on."""
    labels: list[str] = []
    put_in = fill.put_in

    def noted(connection: sqlite3.Connection, out: Path, label: str) -> None:
        labels.append(label)
        put_in(connection, out, label)

    monkeypatch.setattr(fill, "put_in", noted)
    return labels


def test_after_a_new_bulletin_only_its_month_is_read(tmp_path: Path, read: list[str]) -> None:
    write(tmp_path, [entry("a", "One.", "Army raided camp.", 4), entry("b", "Two.", "Army left camp.", 5)])
    assert found(tmp_path, "camp") == ["a", "b"]
    assert (read, found(tmp_path, "camp")) == (["2024-04", "2024-05"], ["a", "b"])
    read.clear()
    write(tmp_path, [entry("c", "Three.", "Army burned camp.", 6)])
    assert (found(tmp_path, "camp"), read) == (["a", "b", "c"], ["2024-06"])
    read.clear()
    write(tmp_path, [entry("b", "Two.", "Army left town.", 5)])
    assert (found(tmp_path, "camp"), read) == (["a", "c"], ["2024-05"])
    store.part(tmp_path, Entry, "2024-04").unlink()
    assert found(tmp_path, "camp") == ["c"]


def test_a_file_that_is_only_newer_is_not_read_again(tmp_path: Path, read: list[str]) -> None:
    write(tmp_path, [entry("a", "One.", "Army raided camp.")])
    assert found(tmp_path, "camp") == ["a"]
    os.utime(store.part(tmp_path, Entry, "2024-05"), (0, 0))
    read.clear()
    assert (found(tmp_path, "camp"), read) == (["a"], [])


def test_a_kill_in_the_middle_leaves_the_index_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, [entry("a", "One.", "Army raided camp.", 4)])
    assert found(tmp_path, "camp") == ["a"]
    write(tmp_path, [entry("a", "One.", "Army raided town.", 4), entry("b", "Two.", "Army left camp.", 5)])
    put_in = fill.put_in

    def killed(connection: sqlite3.Connection, out: Path, label: str) -> None:
        if label == "2024-05":
            raise KeyboardInterrupt
        put_in(connection, out, label)

    with monkeypatch.context() as patch:
        patch.setattr(fill, "put_in", killed)
        with pytest.raises(KeyboardInterrupt):
            found(tmp_path, "camp")
    with sqlite3.connect(tmp_path / ledger.FOLDER / index.NAME) as connection:
        assert connection.execute("SELECT count(*) FROM texts WHERE texts MATCH 'camp'").fetchone() == (1,)
    assert found(tmp_path, "camp") == ["b"]


@pytest.mark.parametrize("damage", [b"", b"no database at all", b"SQLite format 3\0" + bytes(4096)])
def test_a_damaged_index_is_made_anew(damage: bytes, tmp_path: Path) -> None:
    write(tmp_path, [entry("a", "One.", "Army raided camp.")])
    assert found(tmp_path, "camp") == ["a"]
    (tmp_path / ledger.FOLDER / index.NAME).write_bytes(damage)
    assert found(tmp_path, "camp") == ["a"]


def test_damage_inside_the_index_is_found_on_the_way_and_mended(tmp_path: Path) -> None:
    write(tmp_path, [entry(f"e{number}", "One.", f"Army raided camp {number}.", 1 + number % 12) for number in range(200)])
    assert ask(tmp_path, "camp").total == 200
    path = tmp_path / ledger.FOLDER / index.NAME
    whole = path.read_bytes()
    for page in range(2, len(whole) // 4096, 3):
        path.write_bytes(whole[: page * 4096] + b"\xff" * 4096 + whole[(page + 1) * 4096 :])
        assert ask(tmp_path, "camp").total == 200, page


def test_an_index_of_another_version_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, [entry("a", "One.", "Army raided camp.")])
    with monkeypatch.context() as patch:
        patch.setattr(fill, "VERSION", fill.VERSION ^ 1)
        assert found(tmp_path, "camp") == ["a"]
    assert found(tmp_path, "camp") == ["a"]


def test_revised_entries_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    write(tmp_path, [entry("old", "One.", "Army raided camp.", superseded_by="new"), entry("new", "One.", "Army raided two camps.")])
    assert found(tmp_path, "raided") == ["new"]
    assert found(tmp_path, "raided", superseded=True) == ["new", "old"]


def test_where_nothing_can_be_written_the_search_still_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, [entry("a", "One.", "Army raided camp.")])
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def read_only(path: Any, **options: Any) -> sqlite3.Connection:
        if str(path) != ":memory:":
            raise sqlite3.OperationalError("unable to open database file")
        return connect(path, **options)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    assert found(tmp_path, "camp") == ["a"]


def test_a_folder_without_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="holds no table entries"):
        ask(tmp_path, "camp")


def test_two_searches_at_once_make_one_index(tmp_path: Path) -> None:
    import subprocess
    import sys

    write(tmp_path, [entry(f"e{number}", "One.", f"Army raided camp {number}.", 1 + number % 12) for number in range(120)])
    code = f"import pipeline; print(len(pipeline.search('camp', {str(tmp_path)!r}, limit=500)))"
    running = [subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) for _ in range(2)]
    assert [process.communicate()[0].strip() for process in running] == ["120"] * 2
    shutil.copytree(tmp_path, tmp_path / "copy", ignore=shutil.ignore_patterns("copy"))
    assert ask(tmp_path / "copy", "camp").total == 120
