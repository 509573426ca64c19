"""Grouping: which lines of a page without headings are one entry."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.entries import Wording
from pipeline.entries.grouping import Line, Run, group
from pipeline.entries.style import shape

W = Wording.load()

HEADLINE = "Talks on new law stalled amid fuel shortages."
MAY = "Violence spread in north. Gunmen 3 May attacked convoy near border; army 9 May sent troops. Rebels 12 May denied role."
MAY_TOO = "In another important development. Court 14 May freed ten detainees, though opposition 20 May rejected offer."
APRIL = "Strike over pay dragged on. Union 2 April rejected offer; govt 19 April cut wages."
UNDATED = "Elders and officials met several times to no avail. Aid agencies said needs kept rising."
BLURB = "The old order has gone but the new one has yet to be born. In this Q&A, our expert weighs up the region."


def runs(*lines: str, headed: bool = False) -> list[Run]:
    """Return how these lines are cut."""
    return group([Line(shape(line, W), bool(W.openings.match(line)), headed and number == 0) for number, line in enumerate(lines)])


def test_a_headline_takes_its_paragraphs_and_no_more() -> None:
    assert runs(HEADLINE, MAY, MAY_TOO, APRIL) == [Run(0, 3, "headlined"), Run(3, 4, "one_line")]


def test_one_line_entries_stay_apart() -> None:
    assert runs(MAY, APRIL) == [Run(0, 1, "one_line"), Run(1, 2, "one_line")]


def test_a_headline_may_stand_alone_between_entries() -> None:
    assert runs(MAY, HEADLINE, HEADLINE, APRIL) == [Run(0, 1, "one_line"), Run(1, 2, "headlined"), Run(2, 4, "headlined")]


def test_a_headline_may_hold_a_date() -> None:
    dated = "Rebels faced 31 May deadline to hand in arms, but few did so."
    assert runs(APRIL, dated, MAY) == [Run(0, 1, "one_line"), Run(1, 3, "headlined")]


def test_an_undated_paragraph_belongs_to_the_headline_above() -> None:
    assert runs(HEADLINE, UNDATED) == [Run(0, 2, "headlined")]


def test_blurbs_around_the_entry_are_left_out() -> None:
    assert runs(BLURB, HEADLINE, MAY, BLURB, BLURB) == [
        Run(0, 1, "skip"), Run(1, 3, "headlined"), Run(3, 4, "skip"), Run(4, 5, "skip"),
    ]  # fmt: skip


def test_a_paragraph_on_what_is_due_next_month_is_no_entry_of_its_own() -> None:
    assert runs(HEADLINE, MAY, "Govt prepared summit. Leaders 1 June were due in capital.") == [Run(0, 3, "headlined")]


def test_plain_english_right_below_a_heading_is_an_entry() -> None:
    old = "The talks resumed in the capital but the sides made no headway. The rebels kept the pass."
    assert runs(old, headed=True) == [Run(0, 1, "one_line")]
    assert runs(old) == [Run(0, 1, "skip")]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from([HEADLINE, MAY, MAY_TOO, APRIL, UNDATED, BLURB, "Filters", ""]), max_size=14),
    st.randoms(use_true_random=False),
)
def test_every_line_is_in_exactly_one_run(lines: list[str], draw: random.Random) -> None:
    found = runs(*lines, headed=draw.random() < 0.5)
    assert [number for run in found for number in range(run.start, run.end)] == list(range(len(lines)))
