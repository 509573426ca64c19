"""Groundwork: what is found in one document or year alone is found once, and again only where that is another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks.archive import write_bulletin
from pipeline import entries, groundwork, ledger, stages, store
from pipeline.engine import run
from pipeline.entries.page import Draft
from pipeline.entries.situations import Situation
from pipeline.tables import Skipped, Toll, TrendEstimate, TrendState
from tests.conftest import table_bytes

NAMES = ["Mali", "Chad", "Togo"]
PAGE = (
    "Jihadist attacks continued in centre. Militants 3 May raided village near Mopti city, killing five; army 9 May held two suspects.\n"
    "Talks on transition stalled. Opposition 2 April called for vote; govt 20 April rejected demand, saying country was at war.\n"
)


@pytest.fixture
def split(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the documents that have been split, in order."""
    paths: list[str] = []
    honest = entries.split_document

    def noted(page: Any) -> Iterator[Any]:
        paths.append(page.document.path)
        return honest(page)

    monkeypatch.setattr(entries, "split_document", noted)
    return paths


def archive(folder: Path) -> Path:
    folder.mkdir()
    for number in range(3):
        write_bulletin(folder, 2024, number, NAMES)
    (folder / "mali.txt").write_text(PAGE, encoding="utf-8")
    (folder / "sources.csv").write_text("path,situation,newest_month\nmali.txt,Mali,2023-05\n", encoding="utf-8")
    return folder


def fresh(raw: Path, out: Path) -> dict[str, bytes]:
    run(raw, out, ["dates"])
    return table_bytes(out)


def kept(out: Path, stage: str = "entries") -> set[str]:
    return {path.name for path in (out / ledger.FOLDER / ledger.GROUNDWORK / stage).iterdir()}


def test_a_document_is_split_once_and_a_changed_one_alone_is_split_again(tmp_path: Path, split: list[str]) -> None:
    raw, out = archive(tmp_path / "raw"), tmp_path / "out"
    run(raw, out, ["dates"])
    assert sorted(split) == ["2024-01.csv", "2024-02.csv", "2024-03.csv", "mali.txt"]
    split.clear()
    write_bulletin(raw, 2024, 1, NAMES, edition=1)
    run(raw, out, ["dates"])
    assert split == ["2024-02.csv"]
    assert table_bytes(out) == fresh(raw, tmp_path / "scratch")


def test_what_the_sidecar_says_of_a_document_has_it_split_again(tmp_path: Path, split: list[str]) -> None:
    raw, out = archive(tmp_path / "raw"), tmp_path / "out"
    run(raw, out, ["dates"])
    split.clear()
    (raw / "sources.csv").write_text("path,situation,newest_month\nmali.txt,Mali,2022-05\n", encoding="utf-8")
    run(raw, out, ["dates"])
    assert split == ["mali.txt"]
    assert table_bytes(out) == fresh(raw, tmp_path / "scratch")


def test_what_was_kept_of_a_withdrawn_document_is_taken_away(tmp_path: Path) -> None:
    raw, out = archive(tmp_path / "raw"), tmp_path / "out"
    run(raw, out, ["dates"])
    before = kept(out)
    (raw / "2024-02.csv").unlink()
    run(raw, out, ["dates"])
    assert kept(out) < before
    assert len(before - kept(out)) == 1
    assert table_bytes(out) == fresh(raw, tmp_path / "scratch")


@pytest.mark.parametrize("damage", [b"", b"x", None])
def test_what_is_damaged_or_lost_is_made_again(tmp_path: Path, split: list[str], damage: bytes | None) -> None:
    raw, out = archive(tmp_path / "raw"), tmp_path / "out"
    whole = fresh(raw, out)
    for path in (out / ledger.FOLDER / ledger.GROUNDWORK / "entries").iterdir():
        if damage is None:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes()[:40] + damage)
    split.clear()
    (raw / "2024-04.csv").write_text("country,month,content\n", encoding="utf-8")  # a reason to look
    run(raw, out, ["dates"])
    assert len(split) == 5
    (raw / "2024-04.csv").unlink()
    run(raw, out, ["dates"])
    assert table_bytes(out) == whole


def test_force_keeps_nothing(tmp_path: Path, split: list[str]) -> None:
    raw, out = archive(tmp_path / "raw"), tmp_path / "out"
    run(raw, out, ["dates"])
    split.clear()
    run(raw, out, ["dates"], force=True)
    assert len(split) == 4


def test_a_month_whose_rows_are_the_same_is_not_written(tmp_path: Path) -> None:
    raw, out = archive(tmp_path / "raw"), tmp_path / "out"
    run(raw, out, ["dates"])
    before = {path: path.stat().st_mtime_ns for path in (out / "entries").rglob("*.parquet")}
    write_bulletin(raw, 2024, 1, NAMES, edition=1)
    run(raw, out, ["dates"])
    changed = {path.stem for path, time in before.items() if path.stat().st_mtime_ns != time}
    assert changed == {"2024-02"}


def test_a_month_written_by_a_run_that_was_killed_is_not_taken_for_the_one_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = archive(tmp_path / "raw"), tmp_path / "out"
    run(raw, out, ["dates"])
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.store.sweep", stop_at_entries)
        write_bulletin(raw, 2024, 1, NAMES, edition=1)
        with pytest.raises(KeyboardInterrupt):
            run(raw, out, ["dates"])
    write_bulletin(raw, 2024, 1, NAMES)
    run(raw, out, ["dates"])
    assert table_bytes(out) == fresh(raw, tmp_path / "scratch")


def stop_at_entries(folder: Path, _wanted: set[str]) -> None:
    """Stand in for the sweep that follows the writing of a table: a run is stopped there."""
    if folder.name == "entries":
        raise KeyboardInterrupt


def test_a_toll_told_again_in_a_new_file_is_that_of_a_run_from_scratch(tmp_path: Path) -> None:
    raw, out, names = tmp_path / "raw", tmp_path / "out", ["actor_registry", "tolls"]
    raw.mkdir()
    told = {
        "2021-12": "Dec 2021,Unrest in port spread.,Police 5 Dec fired on crowd; officials 11 Dec reported 225 deaths during unrest.",
        "2022-06": 'June 2022,Voters went to polls.,"Following unrest in Dec 2021 that left 232 dead, voters 5 June went to polls."',
        "2022-07": "July 2022,Inquiry began.,Inquiry into Dec 2021 unrest that left 240 dead 4 July began; govt 9 July rejected it.",
    }
    for number, (label, row) in enumerate(told.items()):
        (raw / f"{label}.csv").write_text(f"country,month,title,content\nMali,{row}\n", encoding="utf-8")
        run(raw, out, names)
        run(raw, tmp_path / f"scratch{number}", names)
        assert table_bytes(out) == table_bytes(tmp_path / f"scratch{number}")
    assert [toll.series_numbers for toll in store.all_rows(out, Toll)] == [(225, 232, 240)]
    assert len(kept(out, "tolls")) == 2  # a file a year
    (raw / "2022-06.csv").unlink()
    run(raw, out, names)
    assert [toll.series_numbers for toll in store.all_rows(out, Toll)] == [(225, 240)]


def test_trends_held_against_the_year_before_are_those_of_a_run_from_scratch(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    for year, number in ((2022, 6), (2022, 8), (2022, 10), (2023, 2), (2023, 6), (2022, 9)):
        write_bulletin(raw, year, number, NAMES[:1])
        run(raw, out, ["trends"])
    run(raw, tmp_path / "scratch", ["trends"])
    assert table_bytes(out) == table_bytes(tmp_path / "scratch")
    past = [row.past_months for row in store.all_rows(out, TrendEstimate)]
    assert past == [0, 0, 0, 3, 4, 5]  # July, September, October, November 2022; March 2023 sees those four, July 2023 March as well


def test_rows_come_back_as_they_were_kept(tmp_path: Path) -> None:
    rows: list[Any] = [
        Draft(document_id="d1", position=0, lines=("Headline.", "Text “quoted”, ńė."), situation=Situation("Mali", "Africa", ("MLI",)),
              situation_source="stated", month=dt.date(2024, 5, 1), month_source="stated", month_confidence=0.123456789012345),
        Draft(document_id="d1", position=7, lines=("Only line.",)),
        Skipped(document_id="d1", position=3, text="Share", reason="link"),
        TrendState(situation="Mali", month=dt.date(2024, 4, 1), trend="improved", risk_alert=None, resolution_opportunity=False,
                   document_id="d1"),
    ]  # fmt: skip
    classes = (Draft, Skipped, TrendState)
    path = tmp_path / "kept.z"
    path.write_bytes(groundwork.packed(rows, classes))
    assert groundwork.kept(path, classes) == rows
    assert groundwork.kept(tmp_path / "none.z", classes) is None


def test_the_groundwork_of_every_stage_is_of_one_document_or_of_one_year() -> None:
    there = {stage.name: said.groundwork for stage in stages.STAGES if (said := stages.signature(stage)).groundwork}
    assert set(there) == {"entries", "acronyms", "actor_registry", "tolls", "trends"}
    for name, works in there.items():
        for work in works.values():
            assert scopes(stages.declared(work.find)) <= ({"file", None} if name == "entries" else {"corpus", "month"}), name


def scopes(said: stages.Signature) -> set[str | None]:
    """Return by what the tables a function reads are apart; None for the sidecar."""
    makers: Sequence[Any] = [stages.producer(row_class) for row_class in said.reads.values()]
    return {maker.scope if maker else None for maker in makers}
