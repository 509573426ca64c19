"""Identity: one row an entry however often it was seen, and which of two texts counts."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.entries import entry_id_of
from tests.made_pages import heading, make, sidecar, split_files

MADE = make(random.Random(3), "Mali", dt.date(2023, 5, 1))
HEADED = f"{heading(MADE.month)}\nAfrica\nMali\n"


def test_the_same_entry_in_three_files_is_one_row_with_the_best_of_each(tmp_path: Path) -> None:
    table = f'Country,MonthYear,Title,Content,Trend\nMali,May 2023,"{MADE.headline}","{" ".join(MADE.paragraphs)}",Improved\n'
    files = {"a.txt": HEADED + MADE.line, "b.csv": table, "c.txt": "\n".join(MADE.lines)}
    result = split_files(tmp_path, files, [sidecar("c.txt", situation="Mali", newest_month="2023-05")])
    (entry,) = result.entries
    assert len(entry.document_ids) == 3
    assert (entry.text, entry.headline, entry.region, entry.trend) == ("\n".join(MADE.lines), MADE.headline, "Africa", "improved")
    assert (entry.month_source, entry.situation_source, entry.situation_as_written) == ("stated", "stated", "Mali")


def test_a_file_that_knows_neither_month_nor_situation_joins_the_one_that_does(tmp_path: Path) -> None:
    (entry,) = split_files(tmp_path, {"a.txt": HEADED + MADE.line, "b.txt": MADE.line}).entries
    assert (entry.situation, entry.month, len(entry.document_ids)) == ("Mali", MADE.month, 2)


def test_a_changed_text_is_a_revision_and_the_later_file_counts(tmp_path: Path) -> None:
    files = {"new.txt": HEADED + MADE.line.replace("camp", "base") + " Toll rose to 47.", "old.txt": HEADED + MADE.line}
    late, early = sidecar("new.txt", retrieved="2023-07-01"), sidecar("old.txt", retrieved="2023-06-01")
    entries = {entry.text.endswith("47."): entry for entry in split_files(tmp_path, files, [late, early]).entries}
    assert entries[False].superseded_by == entries[True].entry_id
    assert entries[True].superseded_by is None


def test_in_one_file_the_lower_text_counts(tmp_path: Path) -> None:
    entries = split_files(tmp_path, {"a.txt": HEADED + MADE.line + "\n" + HEADED + MADE.line + " Toll rose to 47."}).entries
    assert [entry.superseded_by is None for entry in sorted(entries, key=lambda entry: len(entry.text))] == [False, True]


def test_a_copy_that_lost_its_accents_never_counts(tmp_path: Path) -> None:
    files = {"a.txt": HEADED + "Sole raid. Army 3 May left İmralı.", "z.txt": HEADED + "Sole raid. Army 3 May left Imrali."}
    entries = {"Imrali" in entry.text: entry for entry in split_files(tmp_path, files).entries}
    assert entries[True].superseded_by == entries[False].entry_id


def test_two_unlike_texts_are_no_revisions_of_each_other(tmp_path: Path) -> None:
    entries = split_files(
        tmp_path, {"a.txt": HEADED + "Army 3 May left.", "b.txt": HEADED + "Unions 9 June marched against budget cuts."}
    ).entries
    assert [entry.superseded_by for entry in entries] == [None, None]


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=80), st.sampled_from([" ", "\n", "\u00a0", "  "]))
def test_an_identity_is_of_content_and_white_space_never_matters(text: str, blank: str) -> None:
    first = entry_id_of("Mali", dt.date(2023, 5, 1), text)
    assert first == entry_id_of("Mali", dt.date(2023, 5, 1), blank.join(text.split()))
    assert len({first, entry_id_of("Chad", dt.date(2023, 5, 1), text), entry_id_of("Mali", dt.date(2023, 6, 1), text)}) == 3
    assert len(first) == 16
    assert int(first, 16) >= 0


def test_headlines_are_of_2015_and_later(tmp_path: Path) -> None:
    old, new = make(random.Random(1), "Chad", dt.date(2014, 5, 1)), make(random.Random(2), "Mali", dt.date(2016, 5, 1))
    text = "\n".join([heading(new.month), "Mali", new.line, heading(old.month), "Chad", old.line])
    assert {entry.situation: entry.headline for entry in split_files(tmp_path, {"a.txt": text}).entries} == {
        "Mali": new.headline,
        "Chad": None,
    }
