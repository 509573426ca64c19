"""What holds for every row of every table of the sample: the rules are those of `crisiswatch validate`."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import codebook, store
from pipeline.engine import Report
from pipeline.tables import Correction, Quarantined
from pipeline.validate import validate_tables

TABLES = codebook.all_tables()


def test_no_row_of_the_sample_breaks_a_rule(sample: tuple[Path, Report]) -> None:
    assert validate_tables(sample[0]).faults.rows == []


@pytest.mark.parametrize("table", TABLES)
def test_the_sample_shows_something_of_every_table(sample: tuple[Path, Report], table: str) -> None:
    assert store.labels(sample[0], TABLES[table])
    if TABLES[table] not in (Correction, Quarantined):
        assert store.all_rows(sample[0], TABLES[table]), f"the sample has no row of {table}: it shows nothing of it"
