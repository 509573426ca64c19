"""The run: it does again only what has changed, loses nothing, and says clearly what stands in its way."""

from __future__ import annotations

import errno
import gc
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline import ledger, month, stages, store
from pipeline.dates import DateWords
from pipeline.engine import COLLECT, Report, RunError, run
from pipeline.plan import explain
from pipeline.settings import SettingsError
from pipeline.stages import Settings
from pipeline.tables import Date, Document, Entry, Quarantined
from tests.conftest import ROOT, table_bytes

HEADER = "country,month,title,content\n"
LOAD = stages.load
ROWS = {
    "Mali": "Mali,May 2024,Jihadists struck in centre.,Militants 3 May attacked Diallassagou village; army 5 May retook post.",
    "Chad": "Chad,June 2024,Opposition protested in capital.,Police 9 June dispersed rally in N’Djamena city; court 12 June freed leader.",
    "Togo": "Togo,June 2024,Govt delayed vote.,Electoral body 2 June postponed polls; opposition 4 June rejected move.",
}


def raw_folder(tmp_path: Path, *names: str) -> Path:
    raw = tmp_path / "raw"
    raw.mkdir(exist_ok=True)
    for name in names:
        (raw / f"{name}.csv").write_text(HEADER + ROWS[name] + "\n", encoding="utf-8")
    return raw


def test_a_second_run_does_nothing(tmp_path: Path) -> None:
    raw, out = raw_folder(tmp_path, "Mali", "Chad"), tmp_path / "out"
    assert run(raw, out, ["dates"]).made == {"documents": 2, "entries": 1, "dates": 2}
    before = table_bytes(out)
    assert run(raw, out, ["dates"]).made == {}
    assert table_bytes(out) == before


def test_one_new_file_touches_its_month_only_and_gives_what_a_run_from_scratch_gives(tmp_path: Path) -> None:
    raw, out = raw_folder(tmp_path, "Mali", "Chad"), tmp_path / "out"
    run(raw, out, ["dates"])
    raw_folder(tmp_path, "Togo")
    report = run(raw, out, ["dates"])
    assert report.made == {"documents": 1, "entries": 1, "dates": 1}
    run(raw, tmp_path / "scratch", ["dates"])
    assert table_bytes(out) == table_bytes(tmp_path / "scratch")


def test_a_withdrawn_file_takes_its_entries_and_facts_along(tmp_path: Path) -> None:
    raw, out = raw_folder(tmp_path, "Mali", "Chad"), tmp_path / "out"
    run(raw, out, ["dates"])
    (raw / "Mali.csv").unlink()
    run(raw, out, ["dates"])
    assert [entry.situation for entry in store.all_rows(out, Entry)] == ["Chad"]
    assert store.labels(out, Date) == ["2024-06"]


def test_a_lost_table_file_is_made_again(tmp_path: Path) -> None:
    raw, out = raw_folder(tmp_path, "Mali", "Chad"), tmp_path / "out"
    run(raw, out, ["dates"])
    before = table_bytes(out)
    store.part(out, Date, "2024-05").unlink()
    assert run(raw, out, ["dates"]).made == {"dates": 1}
    assert table_bytes(out) == before


def test_stages_run_one_by_one_give_what_one_run_gives(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path, "Mali", "Chad")
    for name in ("documents", "entries", "dates"):
        run(raw, tmp_path / "steps", [name])
    run(raw, tmp_path / "once", ["dates"])
    assert table_bytes(tmp_path / "steps") == table_bytes(tmp_path / "once")


def test_a_run_leaves_the_collector_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, during = gc.get_threshold(), []

    def noted(*_: Any) -> ledger.Counts:
        during.append(gc.get_threshold())
        return {}

    monkeypatch.setattr("pipeline.engine.count_rows", noted)
    run(raw_folder(tmp_path, "Mali"), tmp_path / "out", ["entries"])
    with pytest.raises(RunError):
        run(tmp_path / "none", tmp_path / "out")
    assert (gc.get_threshold(), during) == (before, [COLLECT])


def test_force_does_everything_again(tmp_path: Path) -> None:
    raw, out = raw_folder(tmp_path, "Mali"), tmp_path / "out"
    run(raw, out, ["dates"])
    assert run(raw, out, ["dates"], force=True).made == {"documents": 1, "entries": 1, "dates": 1}


def test_an_entry_that_breaks_a_stage_is_set_aside_and_the_others_go_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = LOAD(stages.named("dates"))

    def fragile(entries: Any, words: Any) -> Iterator[Date]:
        if any(entry.situation == "Togo" for entry in entries):
            raise ZeroDivisionError("no month has 0 days")
        yield from original(entries, words)

    monkeypatch.setattr(stages, "load", lambda stage: fragile if stage.name == "dates" else LOAD(stage))
    raw, out = raw_folder(tmp_path, "Mali", "Chad", "Togo"), tmp_path / "out"
    report = run(raw, out, ["dates"])
    togo = next(entry for entry in store.all_rows(out, Entry) if entry.situation == "Togo")
    assert [(q.stage, q.key, q.error) for q in report.quarantined] == [("dates", togo.entry_id, "ZeroDivisionError: no month has 0 days")]
    assert store.all_rows(out, Quarantined) == report.quarantined
    assert {date.entry_id for date in store.all_rows(out, Date)} == {entry.entry_id for entry in store.all_rows(out, Entry)} - {
        togo.entry_id
    }


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (lambda date: [date, date], "TableError: dates: two rows have the key"),
        (lambda date: [replace(date, text=None)], "TableError: dates.text may not be null"),
        (lambda date: [replace(date, kind="odd")], "TableError: dates.kind may be one of"),
        (lambda date: [replace(date, start="3")], "Arrow"),
        (
            lambda date: [replace(date, entry_id="0" * 16)],
            "TableError: stage dates speaks of entries it was not given: ['0000000000000000']",
        ),
    ],
)
def test_an_entry_of_rows_no_table_may_hold_is_set_aside_and_the_others_go_on(
    bad: Callable[[Date], list[Any]], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = LOAD(stages.named("dates"))

    def careless(entries: Any, words: Any) -> Iterator[Date]:
        togo = {entry.entry_id for entry in entries if entry.situation == "Togo"}
        for date in original(entries, words):
            yield from bad(date) if date.entry_id in togo else [date]

    raw, out = raw_folder(tmp_path, "Chad", "Togo"), tmp_path / "out"
    run(raw, out, ["entries"])
    monkeypatch.setattr(stages, "load", lambda stage: careless if stage.name == "dates" else LOAD(stage))
    report = run(raw, out, ["dates"])
    chad, togo = sorted(store.all_rows(out, Entry), key=lambda entry: str(entry.situation))
    assert [(row.stage, row.key) for row in report.quarantined] == [("dates", togo.entry_id)]
    assert said in report.quarantined[0].error
    assert {date.entry_id for date in store.all_rows(out, Date)} == {chad.entry_id}


def test_bad_files_are_set_aside_with_a_reason_and_the_others_are_read(tmp_path: Path) -> None:
    raw, out = raw_folder(tmp_path, "Mali"), tmp_path / "out"
    (raw / "empty.txt").write_bytes(b"")
    (raw / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02\xff\xfe\x00" * 40)
    report = run(raw, out, ["entries"])
    aside = {document.path: document.reason for document in store.all_rows(out, Document) if document.status == "quarantined"}
    assert set(aside) == {"empty.txt", "picture.txt"}
    assert all(aside.values())
    assert {row.key for row in report.quarantined} == set(aside)
    assert [entry.situation for entry in store.all_rows(out, Entry)] == ["Mali"]


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"nowhere is no folder; name the folder that holds the raw files with --raw"):
        run(tmp_path / "nowhere", tmp_path / "out")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"dates": {"windo": 3}}, "stage dates has no setting 'windo'; it has none"),
        ({"events": {"min_confidense": 0.3}}, "stage events has no setting 'min_confidense'; it has min_confidence"),
        ({"events": {"min_confidence": "high"}}, "events.min_confidence is 'high'; it must be a chance from 0 to 1, such as 0.35"),
        ({"events": {"min_confidence": 35}}, "events.min_confidence is 35; it must be a chance"),
        ({"events": {"min_confidence": float("nan")}}, "events.min_confidence is nan; it must be a chance"),
        ({"events": {"min_confidence": True}}, "events.min_confidence is True; it must be a chance"),
        ({"events": {"min_confidence": None}}, "events.min_confidence is None; it must be a chance"),
    ],
)
def test_a_setting_no_stage_has_and_a_value_it_cannot_have_are_refused(tmp_path: Path, settings: Settings, said: str) -> None:
    raw = raw_folder(tmp_path, "Mali")
    with pytest.raises(SettingsError, match=re.escape(said)):
        run(raw, tmp_path / "out", settings=settings)
    with pytest.raises(SettingsError, match=re.escape(said)):
        list(explain(raw, tmp_path / "out", [], settings))
    assert not (tmp_path / "out").exists()


def test_a_setting_that_is_its_default_makes_nothing_stale(tmp_path: Path) -> None:
    raw, out = raw_folder(tmp_path, "Mali"), tmp_path / "out"
    run(raw, out, ["events"])
    assert list(explain(raw, out, ["events"], {"events": {"min_confidence": 0.35}})) == []
    other = {"events": {"min_confidence": 0.3}}
    assert list(explain(raw, out, ["events"], other)) == [("events", "2024-05", "its settings changed")]
    run(raw, out, ["events"], settings=other)
    assert list(explain(raw, out, ["events"], {"events": {"min_confidence": 0.35}})) == [("events", "2024-05", "its settings changed")]


def test_an_empty_folder_gives_empty_tables_with_their_columns(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert [row[0] for row in explain(raw_folder(tmp_path), out, ["entries"], {}, month="2024-05")] == ["entries"]
    report = run(raw_folder(tmp_path), out, ["entries"])
    assert report.entries == 0
    assert store.all_rows(out, Document) == []


def test_the_report_counts_what_is_in_the_tables(sample: tuple[Path, Report]) -> None:
    out, report = sample
    assert report.entries == len(store.all_rows(out, Entry)) > 0
    assert (
        report.documents
        == len(store.all_rows(out, Document))
        == sum(1 for path in (ROOT / "data/raw").iterdir() if path.name not in {"sources.csv", "corrections.csv", "README.md"})
    )
    assert report.quarantined == []
    logged = json.loads((out / "runs.jsonl").read_text(encoding="utf-8"))
    assert (logged["rows"], logged["documents"]) == (report.rows, report.documents)


def test_tables_can_be_moved_and_the_run_goes_on_there(tmp_path: Path) -> None:
    raw = raw_folder(tmp_path, "Mali")
    run(raw, tmp_path / "one", ["dates"])
    shutil.move(tmp_path / "one", tmp_path / "two")
    assert run(raw, tmp_path / "two", ["dates"]).made == {}


def test_status_says_what_is_stale_and_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = raw_folder(tmp_path, "Mali", "Chad"), tmp_path / "out"
    assert [row[:2] for row in explain(raw, out, ["dates"], {})] == [
        ("documents", "Chad.csv"),
        ("documents", "Mali.csv"),
        ("entries", "whole corpus"),
    ]
    run(raw, out, ["dates"])
    assert list(explain(raw, out, ["dates"], {})) == []
    store.part(out, Date, "2024-05").unlink()
    assert list(explain(raw, out, ["dates"], {})) == [("dates", "2024-05", "its file is gone")]
    run(raw, out, ["dates"])
    monkeypatch.setattr(DateWords, "identity", classmethod(lambda _: "other words"))
    assert list(explain(raw, out, ["dates"], {})) == [("dates", "2024-05", "words changed"), ("dates", "2024-06", "words changed")]


def test_status_of_all_stages_tells_what_a_run_of_one_has_left_to_do(tmp_path: Path) -> None:
    raw, out = raw_folder(tmp_path, "Mali"), tmp_path / "out"
    run(raw, out, ["entries"])
    left = {stage: (what, why) for stage, what, why in explain(raw, out, [], {})}
    assert left["coverage"] == ("whole corpus", "never made, or not to the end")
    assert left["dates"] == ("2024-05", "never made, or not to the end")
    assert not left.keys() & {"documents", "entries"}


def test_a_changed_word_list_re_runs_only_what_reads_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = raw_folder(tmp_path, "Mali", "Chad"), tmp_path / "out"
    run(raw, out, ["dates"])
    monkeypatch.setattr(DateWords, "identity", classmethod(lambda _: "other words"))
    assert run(raw, out, ["dates"]).made == {"dates": 2}


def test_a_second_run_beside_one_at_work_is_told_so(tmp_path: Path) -> None:
    raw, out = raw_folder(tmp_path, "Mali"), tmp_path / "out"
    out.mkdir()
    with (
        ledger.locked(out, wait=False),
        pytest.raises(RunError, match=r"another run is writing into .*; let it end, or wait for it with --wait"),
    ):
        run(raw, out, ["dates"])
    assert run(raw, out, ["dates"]).entries == 1


def test_workers_are_ended_before_the_lock_is_let_go(tmp_path: Path) -> None:
    held = []

    def engine(tasks: Sequence[month.Task]) -> Generator[month.Task, None, None]:
        try:
            yield from tasks
        finally:
            with pytest.raises(ledger.InUse), ledger.locked(tmp_path / "out", wait=False):
                pass
            held.append(True)

    def listen(what: str, _number: int, _of: int) -> None:
        if what == "2024-05":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt) as caught:
        run(raw_folder(tmp_path, "Mali", "Chad"), tmp_path / "out", ["dates"], engine=engine, listen=listen)
    assert held == [True], caught  # `caught` keeps the frames alive, as a debugger or a notebook does


def test_a_full_disk_is_told_and_what_was_there_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = raw_folder(tmp_path, "Mali", "Chad"), tmp_path / "out"
    run(raw, out, ["dates"])
    before = table_bytes(out)
    raw_folder(tmp_path, "Togo")

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(RunError, match="no space left on the disk; what was written before is whole"):
            run(raw, out, ["dates"])
    assert table_bytes(out) == before
    assert run(raw, out, ["dates"]).entries == 3


def test_an_entry_that_runs_away_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = stages.load(stages.named("dates"))

    def endless(entries: Any, words: Any) -> Iterator[Date]:
        while any(entry.situation == "Togo" for entry in entries):
            pass
        yield from original(entries, words)

    monkeypatch.setattr(month, "SECONDS_AN_ENTRY", 0.3)
    monkeypatch.setattr(stages, "load", lambda stage: endless if stage.name == "dates" else LOAD(stage))
    report = run(raw_folder(tmp_path, "Chad", "Togo"), tmp_path / "out", ["dates"])
    assert [(q.stage, q.error) for q in report.quarantined] == [("dates", "OutOfTime: took longer than 0 s")]
    assert {date.entry_id for date in store.all_rows(tmp_path / "out", Date)} == {
        e.entry_id for e in store.all_rows(tmp_path / "out", Entry) if e.situation == "Chad"
    }


@pytest.mark.parametrize("twentieth", range(20))
def test_a_disk_that_fills_up_anywhere_leaves_whole_files_and_a_run_that_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, twentieth: int
) -> None:
    raw, out = raw_folder(tmp_path, "Mali", "Chad", "Togo"), tmp_path / "out"
    sync, written = os.fsync, [0]

    def counted(handle: int) -> None:
        written[0] += os.fstat(handle).st_size
        sync(handle)

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", counted)
        run(raw, tmp_path / "whole", ["dates"])
    room, written[0] = written[0] * twentieth // 20, 0

    def limited(handle: int) -> None:
        counted(handle)
        if written[0] > room:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", limited)
        with pytest.raises(RunError, match="no space left on the disk"):
            run(raw, out, ["dates"])
    for path in out.rglob("*.parquet"):
        assert store.count(path) >= 0
    run(raw, out, ["dates"])
    assert table_bytes(out) == table_bytes(tmp_path / "whole")
    assert not list(out.rglob("*.tmp"))


def test_of_four_runs_at_once_one_works_and_the_others_wait_or_are_told(tmp_path: Path) -> None:
    raw, out = raw_folder(tmp_path, "Mali", "Chad", "Togo"), tmp_path / "out"
    command = [sys.executable, "-m", "pipeline", "run", "dates", "--raw", str(raw), "--out", str(out)]
    waiting = [subprocess.Popen([*command, "--wait"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
    assert [process.wait(timeout=120) for process in waiting] == [0, 0, 0, 0]
    run(raw, tmp_path / "alone", ["dates"])
    assert table_bytes(out) == table_bytes(tmp_path / "alone")
    made = [json.loads(line)["made"] for line in (out / "runs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(map(bool, made)) == [False, False, False, True]
    with ledger.locked(out, wait=False):
        told = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(4)]
        assert [(process.communicate()[1].startswith(b"crisiswatch: another run"), process.returncode) for process in told] == [
            (True, 3)
        ] * 4
