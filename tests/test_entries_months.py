"""Months: what the text tells of its year, and the one best path down a page."""

from __future__ import annotations

import datetime as dt
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.entries import Wording
from pipeline.entries.clues import find_clues
from pipeline.entries.file_names import month_of_path
from pipeline.entries.lattice import Lattice, Pace
from pipeline.tables import Entry
from tests.made_pages import MONTHS, block, document, earlier, heading, make, sidecar, split_lines, split_rows

MAY = dt.date(2023, 5, 1)


def line(month: str, tail: str = "") -> str:
    """Return a one-line entry with three day-dates of a month and, at its end, a clue."""
    told = f"Army 3 {month} left camp; rebels 9 {month} burned bridge near border, police 12 {month} said."
    return " ".join(["Talks on new law stalled.", told, tail]).strip()


def months(*lines: str, **known: str) -> list[str | None]:
    """Return the months of a page's entries, from the top."""
    entries = {entry.text: entry for entry in split_lines(lines, situation="Mali", **known).entries}
    return [str(entries[text].month)[:7] if entries[text].month else None for text in lines]


def test_months_go_down_the_page_from_the_newest_given() -> None:
    page = [line("May"), line("Feb"), line("Dec"), line("Dec", "Union met."), line("Nov")]
    assert months(*page, newest_month="2023-05") == ["2023-05", "2023-02", "2022-12", "2021-12", "2021-11"]


@pytest.mark.parametrize(
    ("clue", "month"),
    [
        ("", "2023-02"),
        ("Voters 20 Feb 2021 chose new council, after polls put off since Nov 2020.", "2021-02"),
        ("Parties prepared for vote set for June 2021.", "2021-02"),
        ("Govt, in office since 2019 elections last year, fell.", "2020-02"),
        ("Congress is due in Sept 2020.", "2020-02"),
        ("Court 13 Feb heard case of attack that killed ten in 2018.", "2023-02"),
        ("Police Monday 22 Feb arrested four; court Wednesday 24 Feb freed two, and Friday 26 Feb third.", "2021-02"),
    ],
)
def test_a_gap_over_eleven_months_is_found_where_the_text_holds_the_clue(clue: str, month: str) -> None:
    assert months(line("May"), line("Feb", clue), newest_month="2023-05")[1] == month


def test_without_an_anchor_the_year_is_not_made_up() -> None:
    result = split_lines([line("May"), line("Feb")], situation="Mali")
    assert {(e.month, e.month_source, e.month_evidence) for e in result.entries} == {
        (None, "unknown", f"most day-dates are of {name}; nothing decides the year") for name in ("Feb", "May")
    }
    assert all((entry.month_confidence or 1) < 0.1 for entry in result.entries)


def test_an_undated_entry_has_a_month_only_where_its_neighbours_leave_one() -> None:
    undated = "Gunmen attacked guard post near lake."
    known = {"situation": "Mali", "newest_month": "2025-04"}
    for below, month in (("Jan", dt.date(2025, 2, 1)), ("Dec", None)):
        page = [line("April"), "Parties met over ballot.", line("March"), undated, "Strike over pay dragged on.", line(below)]
        assert {e.text: e.month for e in split_lines(page, **known).entries}[undated] == month


def test_a_confidence_falls_down_the_page_and_the_evidence_says_why() -> None:
    result = split_lines([line(name) for name in ("May", "Jan", "Aug", "Feb", "Sept")], situation="Mali", newest_month="2023-05")
    found = sorted(result.entries, key=lambda entry: entry.month or MAY, reverse=True)
    assert [entry.month_source for entry in found] == ["given", *["inferred"] * 4]
    assert found[0].month_confidence == 1.0
    assert all(0.5 < (entry.month_confidence or 0) < 1 for entry in found[1:])
    assert found[1].month_evidence == "3 of 3 day-dates are of Jan; 4 months before the next newer entry of the page"


def test_a_page_that_runs_oldest_first_is_read_so() -> None:
    assert months(line("Jan"), line("Feb"), line("March"), line("April"), newest_month="2023-04") == [
        "2023-01",
        "2023-02",
        "2023-03",
        "2023-04",
    ]


def test_a_text_known_from_another_file_fixes_a_page() -> None:
    texts = [line("May"), line("Feb"), line("Nov")]
    documents = [document("a.txt"), document("b.txt", document_id="d2")]
    blocks = [block(text, number) for number, text in enumerate(texts)]
    blocks += [
        block(heading(dt.date(2021, 2, 1)), 0, document_id="d2"),
        block("Mali", 1, document_id="d2"),
        block(texts[1], 2, document_id="d2"),
    ]
    entries = split_rows(documents, blocks, [sidecar("a.txt", situation="Mali")]).entries
    assert [(str(e.month)[:7], len(e.document_ids)) for e in entries] == [("2020-11", 1), ("2021-02", 2), ("2021-05", 1)]
    assert entries[1].month_source == "stated"


def test_the_month_given_for_the_whole_file() -> None:
    assert [(str(e.month)[:7], e.month_source) for e in split_lines([line("May")], situation="Mali", month="2019-05").entries] == [
        ("2019-05", "given")
    ]


def test_on_a_page_of_many_situations_a_month_ends_where_one_comes_again() -> None:
    lines = [
        text
        for name, month in (("Chad", "May"), ("Mali", "May"), ("Chad", "April"), ("Mali", "April"))
        for text in (name, line(month, name + " rejected it."))
    ]
    entries = split_lines(lines, newest_month="2023-05").entries
    assert [(e.situation, str(e.month)[:7], e.month_source) for e in entries] == [
        ("Chad", "2023-04", "inferred"), ("Mali", "2023-04", "inferred"), ("Chad", "2023-05", "given"), ("Mali", "2023-05", "given"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "clue"),
    [
        ("vote due in Sept 2021", (2021, 9, "ahead")),
        ("in prison since Nov 2020", (2020, 11, "behind")),
        ("polls set for early 2022", (2022, None, "ahead")),
        ("deal of Jan 2021", (2021, 1, "either")),
        ("mandate until 31 July 2022", (2022, 7, "ahead")),
    ],
)
def test_a_named_year_has_a_direction(text: str, clue: tuple[int, int | None, str]) -> None:
    assert [(found.year, found.month, found.direction) for found in find_clues(text).years] == [clue]


@pytest.mark.parametrize("text", ["cost 2020 people homes", "toll of 2,021", "$2022", "law 1990-2005"])
def test_other_numbers_are_no_years(text: str) -> None:
    assert find_clues(text).years == ()


@pytest.mark.parametrize(
    ("path", "month"),
    [
        ("2022-12.txt", "2022-12"),
        ("crisiswatch-december-2022.txt", "2022-12"),
        ("CrisisWatch_Dec_2022.pdf", "2022-12"),
        ("bulletin 2022 diciembre (2).docx", "2022-12"),
        ("12_2022.csv", "2022-12"),
        ("cw202212.zip/mali.txt", "2022-12"),
        ("2021-05/mali.txt", "2021-05"),
        ("2021-05/mali-2021-06.txt", "2021-06"),
        ("saved-2022-12-05.html", None),
        ("5 Dec 2022.html", None),
        ("nov-dec-2022.txt", None),
        ("2022-11_to_2022-12.txt", None),
        ("2022-13.txt", None),
        ("bulletin-1999-05.txt", None),
        ("scraped_2024_a.csv", None),
        ("may.txt", None),
    ],
)
def test_a_name_states_a_month_with_its_year_and_without_a_day(path: str, month: str | None) -> None:
    found = month_of_path(path, Wording.load().months)
    assert (f"{found:%Y-%m}" if found else None) == month


def told(lines: list[str], path: str = "2022-12.txt", **known: str) -> set[tuple[str | None, str]]:
    """Return month and source of a page's entries."""
    return {(f"{e.month:%Y-%m}" if e.month else None, e.month_source) for e in split_lines(lines, path, **known).entries}


EDITION = [text for name in ("Chad", "Mali") for text in (name, line("Dec", f"{name} rejected it."))]


def test_the_file_name_dates_an_edition_that_states_no_month() -> None:
    entries = split_lines(EDITION, "2022-12.txt").entries
    assert [(str(e.month)[:7], e.month_source, e.month_evidence) for e in entries] == [
        ("2022-12", "inferred", "3 of 3 day-dates are of Dec; the file name says Dec 2022"),
        ("2022-12", "inferred", "3 of 3 day-dates are of Dec; same month as the next newer entry of the page; the file name says Dec 2022"),
    ]
    assert all(0.85 < (entry.month_confidence or 0) < 0.9 for entry in entries)


def test_the_file_name_is_the_newest_month_of_a_page_of_several() -> None:
    page = [line("Dec"), line("Nov"), line("Sept")]
    assert told(page, situation="Mali") == {("2022-12", "inferred"), ("2022-11", "inferred"), ("2022-09", "inferred")}


def test_the_file_name_gives_way_to_what_text_and_sidecar_state() -> None:
    assert told(EDITION, newest_month="2020-12") == {("2020-12", "given")}
    assert told(EDITION, month="2020-12") == {("2020-12", "given")}
    assert told(["December 2020", *EDITION]) == {("2020-12", "stated")}


def test_dates_in_the_text_that_contradict_the_file_name_win_or_leave_the_month_open() -> None:
    assert told(EDITION, "2023-01.txt") == {("2022-12", "inferred")}
    assert told(EDITION, "2022-05.txt") == {(None, "unknown")}
    assert told(EDITION, retrieved="2021-03-01") == {(None, "unknown")}
    assert told([line("Dec", "Parties prepared for vote set for June 2019.")], situation="Mali") == {(None, "unknown")}


def test_an_entry_without_day_dates_has_the_month_of_its_file_name_with_less_confidence() -> None:
    (entry,) = split_lines(["Mali", "Gunmen attacked guard post near lake, killing two and burning ten homes."], "2022-12.txt").entries
    assert (str(entry.month)[:7], entry.month_evidence) == ("2022-12", "no day-date in the text; the file name says Dec 2022")
    assert 0.4 < (entry.month_confidence or 0) < 0.7


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.dictionaries(st.integers(100, 130), st.floats(-9, 0), min_size=1, max_size=6), min_size=1, max_size=7),
    st.booleans(),
    st.data(),
)
def test_the_path_goes_down_and_shares_add_up(rows: list[dict[int, float]], many: bool, data: st.DataObject) -> None:
    repeats = [data.draw(st.integers(-1, rank - 1)) if many else rank - 1 for rank in range(len(rows))]
    lattice = Lattice(rows, repeats, Pace(many, 2.0))
    path = lattice.best_path()
    shares, _ = lattice.shares()
    assert all(month in row for month, row in zip(path, rows, strict=True))
    assert all(sum(share.values()) == pytest.approx(1.0) for share in shares)
    possible = all(min(a) > max(b) for a, b in pairwise(rows))
    if possible:
        assert path == sorted(path, reverse=True)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_regular_pages_are_dated_whole(seed: int) -> None:
    draw = random.Random(seed)
    month = dt.date(draw.randint(2018, 2030), draw.randint(1, 12), 1)
    made = []
    for _ in range(draw.randint(1, 12)):
        made.append(make(draw, month=month))
        month = earlier(month, draw.randint(1, 6))
    entries: list[Entry] = split_lines([entry.line for entry in made], situation="Mali", newest_month=str(made[0].month)[:7]).entries
    assert {entry.text: entry.month for entry in entries} == {entry.line: entry.month for entry in made}
    assert all(MONTHS[entry.month.month - 1] in entry.text for entry in entries if entry.month)
