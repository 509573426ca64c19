"""The tree over an entry's tokens, on sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.events.parse import Parse
from pipeline.events.rows import trigger_span
from pipeline.events.triggers import hyphenated, spellings
from tests.event_rows import tokens_of

SENTENCES = (
    "Rebels 3 May ambushed army convoy and burnt two trucks.",
    "Opposition leader 5 May was arrested by police in capital.",
    "Army 7 May said it had repelled attack on base; militants fled.",
    "Union 9 May called off strike.\nFlare-up 10 May killed four.",
)


def parse_of(text: str) -> Parse:
    return Parse.of(tokens_of(text), text)


def word(parse: Parse, text: str) -> int:
    return next(token.i for token in parse.tokens if token.text == text)


def test_a_coordinated_verb_borrows_the_subject() -> None:
    parse = parse_of(SENTENCES[0])
    assert [parse.tokens[k].text for k in parse.subjects(word(parse, "burnt"))] == ["Rebels"]
    assert parse.subjects(word(parse, "burnt"), borrow=False) == []


def test_objects_come_with_their_own_verb() -> None:
    parse = parse_of(SENTENCES[0])
    assert [parse.tokens[k].text for k in parse.objects(word(parse, "ambushed"))] == ["convoy"]
    assert [parse.tokens[k].text for k in parse.objects(word(parse, "burnt"))] == ["trucks"]


def test_the_passive_and_its_agent_are_seen() -> None:
    parse = parse_of(SENTENCES[1])
    arrested = word(parse, "arrested")
    assert parse.passive(arrested)
    assert ("by", word(parse, "police")) in list(parse.governed(arrested))
    assert not parse.passive(word(parse_of(SENTENCES[0]), "ambushed"))


def test_a_path_goes_up_to_the_common_word_and_down_again() -> None:
    parse = parse_of(SENTENCES[0])
    assert parse.path(word(parse, "ambushed"), word(parse, "convoy")) == ([], ["dobj"])
    assert parse.path(word(parse, "convoy"), word(parse, "Rebels")) == (["dobj"], ["nsubj"])


def test_words_of_two_lines_have_no_path() -> None:
    parse = parse_of(SENTENCES[3])
    assert parse.lines[word(parse, "strike")] == 0
    assert parse.lines[word(parse, "killed")] == 1
    assert parse.path(word(parse, "strike"), word(parse, "killed")) is None


def test_a_trigger_keeps_its_particle_and_its_hyphens() -> None:
    text = SENTENCES[3]
    parse = parse_of(text)
    start, end = trigger_span(parse, word(parse, "called"))
    assert text[start:end] == "called off"
    start, end = trigger_span(parse, word(parse, "up"))
    assert text[start:end] == "Flare-up"
    assert "call off" in spellings(parse, word(parse, "called"))
    assert "flare-up" in spellings(parse, word(parse, "up"))


@pytest.mark.parametrize("text", SENTENCES)
def test_every_word_is_in_its_own_sentence_and_subtree(text: str) -> None:
    parse = parse_of(text)
    for token in parse.tokens:
        assert token.i in parse.sentence(token.i)
        assert token.i in parse.subtree(token.i)
        assert token.i in hyphenated(parse, token.i)
        assert all(token.i in parse.subtree(k) for k in parse.up(token.i))


@given(st.data())
def test_the_head_of_a_span_lies_in_it(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(SENTENCES))
    parse = parse_of(text)
    first = data.draw(st.integers(0, len(parse.tokens) - 1))
    last = data.draw(st.integers(first, len(parse.tokens) - 1))
    head = parse.head_of(parse.tokens[first].start, parse.tokens[last].end)
    assert head is not None
    assert first <= head <= last
