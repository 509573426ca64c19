"""Properties over made pages of mixed layouts: what was joined is split again, and no character is lost."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents import read_file
from pipeline.entries.account import find_losses
from pipeline.tables import Block, Document, Entry
from tests.conftest import ROOT
from tests.made_pages import BLURBS, FOOTS, NAMES, Made, Result, earlier, heading, make, split_files, split_lines, split_pdf, split_rows

PAGES = 10
"""Pages an example; `benchmarks/split_speed.py --pages 10000` runs the same over 10,000."""


def entries_down(draw: random.Random, names: Sequence[str]) -> list[Made]:
    """Return entries of a page, newest first: each month is one to eleven months before the one above."""
    month = dt.date(draw.randint(2022, 2030), draw.randint(1, 12), 1)
    found = []
    for name in names:
        found.append(make(draw, name, month, draw.randint(1, 4)))
        month = earlier(month, draw.randint(1, 11))
    return found


def expected(made: Sequence[Made], one_line: Sequence[bool]) -> dict[str, tuple[str | None, dt.date, str]]:
    """Return, by text, what the entries should be: situation, month, headline."""
    return {
        (entry.line if single else "\n".join(entry.lines)): (entry.situation, entry.month, entry.headline)
        for entry, single in zip(made, one_line, strict=True)
    }


def found(entries: Sequence[Entry]) -> dict[str, tuple[str | None, dt.date | None, str | None]]:
    """Return, by text, what the entries are."""
    return {entry.text: (entry.situation, entry.month, entry.headline) for entry in entries}


def undated_page(draw: random.Random) -> tuple[list[str], dict[str, str], list[Made], list[bool]]:
    """A database page of one situation: new entries in lines, older ones on one line each, no months."""
    made = entries_down(draw, ["Mali"] * draw.randint(1, 7))
    turn = draw.randint(0, len(made))
    single = [rank >= turn for rank in range(len(made))]
    lines = [text for entry, one in zip(made, single, strict=True) for text in ([entry.line] if one else entry.lines)]
    return lines, {"situation": "Mali", "newest_month": made[0].month.isoformat()[:7]}, made, single


def headed_page(draw: random.Random) -> tuple[list[str], dict[str, str], list[Made], list[bool]]:
    """A page with month, region and situation headings."""
    made = entries_down(draw, draw.sample(NAMES, draw.randint(1, 6)))
    single = [draw.random() < 0.5 for _ in made]
    lines = [
        text
        for entry, one in zip(made, single, strict=True)
        for text in (heading(entry.month), *draw.choice([["Africa"], []]), entry.situation, *([entry.line] if one else entry.lines))
    ]
    return lines, {}, made, single


def pasted_page(draw: random.Random) -> tuple[list[str], dict[str, str], list[Made], list[bool]]:
    """Entries pasted under headers of situation and month."""
    made = entries_down(draw, draw.sample(NAMES, draw.randint(1, 6)))
    lines = [text for entry in made for text in (f"{entry.situation} {heading(entry.month)}", entry.line)]
    return lines, {}, made, [True] * len(made)


def front_page(draw: random.Random) -> tuple[list[str], dict[str, str], list[Made], list[bool]]:
    """A country's page: one entry among blurbs."""
    made = entries_down(draw, ["Mali"])
    blurbs = draw.sample(BLURBS, draw.randint(0, len(BLURBS)))
    at = draw.randint(0, len(blurbs))
    lines = [*blurbs[:at], *made[0].lines, *blurbs[at:]]
    return lines, {"situation": "Mali", "newest_month": made[0].month.isoformat()[:7]}, made, [False]


LAYOUTS = (undated_page, headed_page, pasted_page, front_page)


def losses(result: Result) -> list[str]:
    """Return every text that is neither in an entry nor skipped."""
    return [text for _, text in find_losses(result.blocks, result.entries, result.skipped)]


@settings(max_examples=250, deadline=None)
@given(st.integers(0, 2**32))
def test_splitting_what_was_joined_gives_back_what_was_joined(seed: int) -> None:
    draw = random.Random(seed)
    for _ in range(PAGES):
        lines, known, made, single = draw.choice(LAYOUTS)(draw)
        result = split_lines([*lines, *draw.sample(FOOTS, draw.randint(0, 4))], **known)
        assert found(result.entries) == expected(made, single)
        assert losses(result) == []


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.text(max_size=60), max_size=12))
def test_no_character_is_lost_whatever_stands_between_the_lines(draw: random.Random, noise: list[str]) -> None:
    lines, known, _, _ = draw.choice(LAYOUTS)(draw)
    for text in noise:
        lines.insert(draw.randint(0, len(lines)), " ".join(text.split()))
    assert losses(split_lines(lines, **known)) == []
    assert losses(split_pdf(lines, sorted(draw.randint(0, 3) for _ in lines))) == []


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_tables_give_back_their_rows(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    draw = random.Random(seed)
    made = entries_down(draw, draw.sample(NAMES, draw.randint(1, 8)))
    separator = draw.choice([" ", "\n"])
    rows = [f'{entry.situation},{heading(entry.month)},"{entry.headline}","{separator.join(entry.paragraphs)}"' for entry in made]
    result = split_files(tmp_path_factory.mktemp("t"), {"t.csv": "\n".join(["Country,MonthYear,Title,Content", *rows])})
    texts = {f"{entry.headline}\n{separator.join(entry.paragraphs)}": (entry.situation, entry.month, entry.headline) for entry in made}
    assert found(result.entries) == texts
    assert losses(result) == []


def test_a_loss_is_seen() -> None:
    result = split_lines(["Mali May 2023", "Army 3 May left camp. Rebels 4 May came."])
    assert losses(result) == []
    assert losses(Result(result.documents, result.blocks, [], result.skipped, [], [])) == ["Army3MayleftcampRebels4Maycame"]
    assert losses(Result(result.documents, result.blocks, result.entries, [], [], [])) == ["MaliMay2023"]


def test_no_character_of_the_sample_is_lost() -> None:
    names = [path.name for path in sorted((ROOT / "data" / "raw").iterdir()) if path.suffix in {".txt", ".csv", ".html"}]
    assert names
    rows = [row for name in names if name != "sources.csv" for row in read_file(ROOT / "data" / "raw", ROOT / "data" / "raw" / name)]
    result = split_rows([row for row in rows if isinstance(row, Document)], [row for row in rows if isinstance(row, Block)])
    assert result.entries
    assert losses(result) == []
