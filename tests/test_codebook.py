"""The codebook: written from the row classes, current, and the same words as the Parquet files carry."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline import codebook, store
from pipeline.engine import Report
from tests.conftest import ROOT


def test_the_codebook_in_docs_is_what_the_row_classes_say() -> None:
    assert (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8") == codebook.markdown(), (
        "python -m pipeline.codebook > docs/codebook.md"
    )


def test_every_column_has_a_meaning() -> None:
    for name, row_class in codebook.all_tables().items():
        assert [column for column, (_, _, _, doc) in store.columns(row_class).items() if not doc.strip()] == [], name


@pytest.mark.parametrize("table", codebook.all_tables())
def test_the_parquet_files_carry_the_meaning_of_their_columns(sample: tuple[Path, Report], table: str) -> None:
    row_class = codebook.all_tables()[table]
    label = store.labels(sample[0], row_class)[0]
    written = pq.ParquetFile(store.part(sample[0], row_class, label)).schema_arrow
    said = {field.name: field.metadata[b"description"].decode() for field in written}
    assert said == {column: doc for column, (_, _, _, doc) in store.columns(row_class).items()}


def test_a_table_that_is_not_there_is_answered_with_those_that_are() -> None:
    with pytest.raises(codebook.NoSuchTable, match="no table 'deaths'; the tables are documents, "):
        codebook.describe("deaths")
    assert "killed, injured, casualties" in codebook.describe("casualties")
