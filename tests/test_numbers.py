"""Numbers: the lexicon's sentences with their answers, and what holds for every number."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import lexicon
from pipeline.figures.numbers import Count, NumberWords, find_counts

WORDS = NumberWords.load()
SPAN = re.compile(r"\[([^\]]*)\]\{([^}]*)\}")
TABLES = {name: group for name, group in lexicon.read_toml("numbers.toml").items() if isinstance(group.get("examples"), list)}
SENTENCES = [(name, s) for name, group in TABLES.items() for s in (*group["examples"], *group.get("counterexamples", []))]


def counts(text: str) -> list[Count]:
    return list(find_counts(text, WORDS))


def ends(count: Count) -> tuple[int | None, int | None, int | None]:
    return count.low, count.best, count.high


@pytest.mark.parametrize(("table", "sentence"), SENTENCES, ids=[s[:50] for _, s in SENTENCES])
def test_a_sentence_is_read_as_it_says(table: str, sentence: str) -> None:
    text = SPAN.sub(r"\1", sentence)
    found = [(text[c.start : c.end], " ".join("-" if n is None else str(n) for n in ends(c))) for c in counts(text)]
    assert found == SPAN.findall(sentence), table


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("2.5mn", (2_500_000,) * 3),
        ("1.2 million", (1_200_000,) * 3),
        ("12,345", (12_345,) * 3),
        ("ninety-nine", (99,) * 3),
        ("half a million", (500_000,) * 3),
        ("at least some 20", (20, 20, None)),
        ("2-3mn", (2_000_000, 2_500_000, 3_000_000)),
        ("between twelve and 20", (12, 16, 20)),
        ("five or six", (5, 5, 6)),
        ("tens of thousands", (20_000, None, None)),
    ],
)
def test_a_number_alone(text: str, answer: tuple[int | None, int | None, int | None]) -> None:
    assert [ends(count) for count in counts(f"Storm hit {text} people.")] == [answer]


@pytest.mark.parametrize(
    "text",
    [
        "$530",
        "77.18%",
        "in 2021",
        "12 km",
        "aged 34",
        "aged 19 and 22",
        "10-year-old",
        "40-kilometre road",
        "three years",
        "N20 road",
        "€5mn",
    ],
)
def test_what_counts_no_people(text: str) -> None:
    assert counts(f"Court named {text} again.") == []


@given(st.integers(1, 9_999_999), st.sampled_from(["{:,}", "{}"]))
def test_digits_are_read_as_they_are_written(number: int, style: str) -> None:
    written = style.format(number)
    if not re.fullmatch(r"(19|20)\d\d", written):
        assert [ends(c) for c in counts(f"Flood displaced {written} people.")] == [(number, number, number)]


@given(st.text(alphabet="0123456789,.-– andtohruelivsfx%$", max_size=60))
def test_every_count_is_in_order_inside_the_text_and_apart_from_the_others(text: str) -> None:
    found = counts(text)
    for count in found:
        known = [n for n in ends(count) if n is not None]
        assert known
        assert known == sorted(known)
        assert 0 <= count.start <= count.core < count.end <= len(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.integers(2, 400), st.integers(1, 400))
def test_a_range_keeps_its_ends_and_its_middle(low: int, more: int) -> None:
    high = low + more
    assert [ends(c) for c in counts(f"Army killed between {low} and {high} rebels.")] == [(low, (low + high) // 2, high)]
