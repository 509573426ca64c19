"""An event in a line: days and figures as one would write them."""

from __future__ import annotations

import pytest

from pipeline.fulltext import MatchedEvent
from pipeline.lines import WIDTH, days, event_lines, number


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("2024-05-03", "2024-05-03", "3 May"),
        ("2024-05-03", "2024-05-05", "3-5 May"),
        ("2024-05-01", "2024-05-31", "May"),
        ("2024-05-30", "2024-06-02", "30 May-2 June"),
        ("2023-12-30", "2024-01-02", "30 Dec 2023-2 Jan"),
        ("2023-02-01", "2023-02-28", "Feb 2023"),
        ("2024-01-01", "2024-12-31", "2024"),
        ("2019-01-01", "2020-12-31", "2019-2020"),
        ("2024-05-03", None, "since 3 May"),
        (None, "2024-05-03", "until 3 May"),
        (None, None, ""),
    ],
)
def test_days_are_written_as_one_would(since: str | None, until: str | None, said: str) -> None:
    assert days(since, until, 2024) == said


@pytest.mark.parametrize(
    ("low", "best", "high", "said"),
    [(5, 5, 5, "5"), (5, 7, 9, "5-9"), (26, 26, None, "26+"), (20, None, None, "20+"), (None, None, 9, "<9"), (None, None, None, "")],
)
def test_a_figure_is_no_more_precise_than_its_bounds(low: int | None, best: int | None, high: int | None, said: str) -> None:
    assert number(low, best, high) == said


def event(source: str | None, target: str | None) -> MatchedEvent:
    return MatchedEvent(
        event_id="e", start=0, end=1, text="x", type="air_drone_strike", family="Political violence", date_from="2024-05-03",
        date_to="2024-05-03", place="Gao", iso3="MLI", source=source, target=target, realis="claimed", killed_low=3, killed_best=3,
        killed_high=3, injured_best=4, confidence=0.9, in_words=True,
    )  # fmt: skip


def test_an_event_s_line_says_who_did_what_to_whom_where_and_how_many() -> None:
    line = event_lines(event("army", "rebels"), 2024)
    assert line.split() == [
        "3",
        "May",
        "air_drone_strike",
        "army",
        "->",
        "rebels",
        "·",
        "Gao",
        "·",
        "killed",
        "3,",
        "injured",
        "4",
        "(claimed)",
    ]
    assert "? -> rebels" in event_lines(event(None, "rebels"), 2024)


def test_a_long_event_is_wrapped_not_cut() -> None:
    names = "; ".join(f"Group number {number}" for number in range(12))
    lines = event_lines(event(names, names), 2024)
    assert max(map(len, lines.splitlines())) <= WIDTH
    assert " ".join(lines.split()).count("Group number 11") == 2
