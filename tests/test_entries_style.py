"""House style: sentences, day-dates, and what makes a line foreign to it."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from pipeline.entries import Wording
from pipeline.entries.style import count_sentences, day_months, first_sentence, shape
from tests.made_pages import BLURBS, make

W = Wording.load()


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Talks stalled. Army 3 May left.", "Talks stalled."),
        ("U.S. envoy met Lt. Col. Diallo. Talks stalled.", "U.S. envoy met Lt. Col. Diallo."),
        ("Govt spoke of “plot”. Army 3 May left.", "Govt spoke of “plot”."),
        ("Party (led by J. Doe) won. “Fraud”, rivals said.", "Party (led by J. Doe) won."),
        ("Sole sentence without end", "Sole sentence without end"),
        ("Rate rose to 3.5 per cent. Unions protested.", "Rate rose to 3.5 per cent."),
        ("Radio Sahel, 16 Nov. 2012 reported it. Army denied.", "Radio Sahel, 16 Nov. 2012 reported it."),
    ],
)
def test_the_first_sentence_ends_at_the_first_real_full_stop(text: str, first: str) -> None:
    assert first_sentence(text) == first
    assert count_sentences(text) == 1 + (first != text)


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("Army 3 May left; police 4-5 June came", (5, 6)),
        ("night of 30 Nov-1 Dec", (11, 12)),
        ("raids 14, 16 and 21 Feb", (2,)),
        ("on 29 December", (12,)),
        ("cost $530 May not return", ()),
        ("In May 2023 and since Sept", ()),
        ("killed 12 marchers", ()),
        ("vote due on 6 April 2019", (4,)),
    ],
)
def test_day_dates_have_a_day_and_a_month(text: str, months: tuple[int, ...]) -> None:
    assert day_months(text) == months


@pytest.mark.parametrize("blurb", BLURBS)
def test_blurbs_are_foreign(blurb: str) -> None:
    assert shape(blurb, W).foreign > 3


def test_paragraphs_of_entries_are_not_foreign() -> None:
    made = make(random.Random(4), paragraphs=5)
    assert [line for line in made.paragraphs if shape(line, W).foreign > -3] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Leaders met and agreed on a plan for the north of the country.",
            "Leaders met and agreed on plan for north of country; envoy hailed step.",
        ),
        ("We asked leaders for plan.", "Envoy asked leaders for plan."),
        ("What did rebels want?", "Rebels wanted port."),
        ("Army 3 and 4 May left camp.", "Army 3 May left camp; police 4 May came."),
    ],
)
def test_articles_pronouns_and_questions_are_foreign_and_dates_are_not(one: str, other: str) -> None:
    assert shape(one, W).foreign > shape(other, W).foreign


def test_pronouns_inside_quotation_marks_are_no_cue() -> None:
    assert shape("Minister 3 May said “we will not bow to you”.", W).cues == 0


def test_a_huge_line_is_not_searched() -> None:
    assert shape("Patrols moved. " * 100_000, W).reason == "oversize"


def test_no_paragraph_of_real_entries_is_taken_for_a_blurb(shared: Path) -> None:
    lines = [
        line
        for file in ("monthly_page_2026-02.jsonl", "scraped_2024.jsonl")
        for row in (shared / "truth" / file).read_text(encoding="utf-8").splitlines()
        for line in json.loads(row)["paragraphs"]
    ]
    assert len(lines) > 250
    assert [line[:80] for line in lines if shape(line, W).foreign > 0] == []
