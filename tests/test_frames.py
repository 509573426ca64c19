"""Tables as DataFrames: whole numbers stay whole, what is unknown is NA, one text gives all its tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from pipeline.engine import Report


def test_load_gives_nullable_types(sample: tuple[Path, Report]) -> None:
    entries = pipeline.load("entries", sample[0])
    assert len(entries) == sample[1].entries
    assert {str(entries[name].dtype) for name in ("risk_alert", "text")} == {"bool[pyarrow]", "string[pyarrow]"}
    casualties = pipeline.load("casualties", sample[0])
    assert str(casualties["best"].dtype) == "int64[pyarrow]"


def test_a_plain_reader_sees_the_same_rows(sample: tuple[Path, Report]) -> None:
    assert len(pd.read_parquet(sample[0] / "events")) == len(pipeline.load("events", sample[0])) == sample[1].rows["events"]


def test_an_unknown_table_is_answered_with_those_there_are(sample: tuple[Path, Report]) -> None:
    with pytest.raises(FileNotFoundError, match=r"no table 'deaths' in .*; it has acronyms, "):
        pipeline.load("deaths", sample[0])


def test_run_can_be_called_again_after_it_was_imported(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    for _ in range(2):
        assert pipeline.run(tmp_path / "raw", tmp_path / "out", ["entries"]).entries == 0


def test_extract_gives_the_tables_of_one_text() -> None:
    tables = pipeline.extract("Gunmen 3 May killed two soldiers in Gao city.", situation="Mali", month="2024-05")
    assert tables["entries"].loc[0, "situation"] == "Mali"
    assert tables["dates"].loc[0, "date_from"] == dt.date(2024, 5, 3)
    assert tables["casualties"][["text", "kind", "best", "victims"]].to_numpy().tolist() == [["two", "killed", 2, "soldiers"]]
    place = tables["places"].iloc[0].to_dict()
    assert (place["text"], place["iso3"]) == ("Gao", "MLI")


def test_extract_without_a_month_leaves_dates_partial() -> None:
    dates = pipeline.extract("Gunmen 3 May killed two soldiers.")["dates"]
    assert dates["date_from"].isna().all()
    assert dates.loc[0, "edtf"] == "XXXX-05-03"


def test_days_of_an_unknown_month_are_events_of_their_own() -> None:
    events = pipeline.extract("Gunmen 3 and 5 May attacked army post near Gao city.", situation="Mali")["events"]
    attacked = events[events["text"] == "attacked"]
    assert len(attacked) == attacked["event_id"].nunique() == 2
    assert attacked["date_from"].isna().all()


def test_extract_refuses_what_is_no_month() -> None:
    with pytest.raises(ValueError, match="'May 2024' is no month; write it as 2024-05"):
        pipeline.extract("Army 3 May raided camp.", month="May 2024")
