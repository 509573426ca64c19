"""The project's own scores: exact on a case small enough to count by hand."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline import store
from pipeline.engine import run
from pipeline.evaluate import GoldError, evaluate_tables
from pipeline.tables import Date, Entry
from tests.conftest import make_entry

TEXT = "Army 3 May raided camp; rebels 5 May fled."


def date(start: int, text: str, day: int) -> Date:
    at = dt.date(2024, 5, day)
    return Date(
        entry_id="e1",
        start=start,
        end=start + len(text),
        text=text,
        date_from=at,
        date_to=at,
        precision="day",
        relation=None,
        kind="absolute",
        edtf=None,
    )


def gold(folder: Path, **facts: Any) -> Path:
    empty: dict[str, Any] = {name: [] for name in ("dates", "figures", "places", "actors", "events")}
    folder.mkdir()
    (folder / "mali.json").write_text(json.dumps({"country": "Mali", "month": "2024-05", "text": TEXT, **empty, **facts}), encoding="utf-8")
    return folder


def tables(out: Path, *dates: Date) -> Path:
    store.write([make_entry(TEXT.replace(" ", "\n", 1))], Entry, store.part(out, Entry, "2024-05"), {})
    store.write(dates, Date, store.part(out, Date, "2024-05"), {})
    return out


DATES = [{"text": text, "n": 1, "from": day, "to": day} for text, day in (("3 May", "2024-05-03"), ("5 May", "2024-05-05"))]


def test_a_found_date_with_a_wrong_day_is_found_but_not_resolved(tmp_path: Path) -> None:
    scores = evaluate_tables(
        tables(tmp_path / "out", date(5, "3 May", 3), date(31, "5 May", 6)), gold(tmp_path / "gold", dates=DATES)
    ).scores
    assert (scores["dates found"].hits, scores["dates resolved"].hits) == (2, 1)
    assert (scores["dates resolved"].precision, scores["dates resolved"].recall, scores["dates resolved"].f1) == (0.5, 0.5, 0.5)
    assert scores["dates resolved"].missed == ["Mali 2024-05: text 5 May, date_from 2024-05-05, date_to 2024-05-05"]


def test_one_found_row_answers_one_gold_row_only(tmp_path: Path) -> None:
    scores = evaluate_tables(
        tables(tmp_path / "out", date(5, "3 May raided camp; rebels 5 May", 3)), gold(tmp_path / "gold", dates=DATES)
    ).scores
    assert (scores["dates found"].hits, scores["dates found"].gold, scores["dates found"].found) == (1, 2, 1)


def test_an_entry_not_found_whole_still_counts_what_it_holds(tmp_path: Path) -> None:
    out = tmp_path / "out"
    store.write([make_entry("Other text.")], Entry, store.part(out, Entry, "2024-05"), {})
    result = evaluate_tables(out, gold(tmp_path / "gold", dates=DATES))
    assert result.lost == ["Mali 2024-05"]
    assert (result.scores["dates found"].gold, result.scores["dates found"].found) == (2, 0)


def test_an_empty_gold_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="holds no annotated entries"):
        evaluate_tables(tables(tmp_path / "out"), tmp_path)


def test_our_scores_agree_with_the_shared_judge_s(shared: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(shared / "raw", out)
    subprocess.run(
        [sys.executable, shared / "evaluation/score.py", "--tables", out, "--gold", shared / "gold/dev", "--json", tmp_path / "judge.json"],
        check=True,
    )
    judge = json.loads((tmp_path / "judge.json").read_text(encoding="utf-8"))
    ours = evaluate_tables(out, shared / "gold/dev")
    assert (ours.entries, ours.entries - len(ours.lost)) == (judge["entries"]["gold"], judge["entries"]["exact"])
    for name in (
        "dates resolved",
        "figures scoped",
        "implicit figures",
        "places right",
        "locations",
        "actors typed",
        "events dated",
        "events realis",
    ):
        assert ours.scores[name].f1 == pytest.approx(judge[name]["f1"], abs=0.002), name
