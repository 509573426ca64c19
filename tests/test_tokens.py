"""Tokens: every character has its token, dates are lifted and attached, sentences end where they end."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import lexicon
from pipeline.dates import DateWords, find_dates
from pipeline.model import Model
from pipeline.tables import Date, Token
from pipeline.tokens import TokenWords, parse_tokens
from pipeline.tokens.sentences import sentence_starts
from tests.conftest import make_entry

WORDS = TokenWords.load()
DATA = lexicon.read_toml("tokens.toml")


def parse(text: str) -> list[Token]:
    entry = make_entry(text)
    return list(parse_tokens([entry], list(find_dates([entry], DateWords.load())), WORDS, Model.load()))


def word(tokens: Sequence[Token], text: str) -> Token:
    return next(token for token in tokens if token.text == text)


def subjects(tokens: Sequence[Token], verb: str) -> list[str]:
    return [token.text for token in tokens if token.head == word(tokens, verb).i and token.dep in {"nsubj", "nsubjpass"}]


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("In Brazil, police 12 Feb launched operation against miners.", "launched", "police"),
        ("Rebels 7, 17 Feb attacked two posts near Goma.", "attacked", "Rebels"),
        ("Govt same day denied claim.", "denied", "Govt"),
        ("FM Okoro 3-4 May visited Doha.", "visited", "Okoro"),
        ("Army 2 May struck camp; militants 5 May struck back.", "struck", "Army"),
    ],
)
def test_the_subject_is_found_across_the_date(text: str, verb: str, subject: str) -> None:
    assert subjects(parse(text), verb) == [subject]


@pytest.mark.parametrize(
    ("text", "date", "modified"),
    [
        ("Police 12 Feb launched operation.", "12", "launched"),
        ("Police 12 Feb reportedly launched operation.", "12", "launched"),
        ("Police launched operation 12 Feb.", "12", "launched"),
        ("Critics condemned president’s 3 May speech.", "3", "speech"),
    ],
)
def test_a_lifted_date_hangs_on_the_word_it_modifies(text: str, date: str, modified: str) -> None:
    tokens = parse(text)
    lifted = word(tokens, date)
    assert (lifted.dep, lifted.ent_type, tokens[lifted.head].text) == ("date", "DATE", modified)


def test_a_date_after_a_preposition_stays_in_the_parse() -> None:
    tokens = parse("Violence since 12 Feb killed nine.")
    assert word(tokens, "12").dep != "date"
    assert tokens[word(tokens, "Feb").head].text == "since"


def test_cut_words_get_the_full_word_s_lemma_and_keep_their_text() -> None:
    assert word(parse("The govt 3 May resigned."), "govt").lemma == "government"


def expansions() -> list[tuple[str, str]]:
    return [pair for example in DATA["expand"]["examples"] for pair in re.findall(r"\[(.+?)\|(.+?)\]", example)]


@pytest.mark.parametrize(("short", "full"), expansions())
def test_expansions_are_as_the_lexicon_s_examples_say(short: str, full: str) -> None:
    assert WORDS.expand[short] == full


@pytest.mark.parametrize("example", [*DATA["abbreviations"]["examples"], *DATA["abbreviations"]["counterexamples"]])
def test_sentences_end_as_the_lexicon_s_examples_say(example: str) -> None:
    tokens = parse(example.replace(" | ", " "))
    told = [" ".join(token.text for token in tokens if token.sentence == n) for n in range(tokens[-1].sentence + 1)]
    said = ["".join(part.split()) for part in example.split(" | ")]
    assert [part.replace(" ", "") for part in told] == said


HOLDING = [(kind, s) for group in ("prepositions", "conjunctions") for kind in ("examples", "counterexamples") for s in DATA[group][kind]]


@pytest.mark.parametrize(("kind", "example"), HOLDING)
def test_free_standing_dates_of_the_lexicon_s_examples_are_lifted(kind: str, example: str) -> None:
    lifted = {token.text for token in parse(example.replace("[", "").replace("]", "")) if token.dep == "date"}
    dated = " ".join(re.findall(r"\[(.+?)\]", example)).split()
    assert lifted >= set(dated) if kind == "examples" else lifted == set()


def test_the_verb_after_and_with_a_date_keeps_its_subject_and_its_object() -> None:
    tokens = parse("Police 7 May arrested and 9 May charged man for shooting.")
    assert [tokens[word(tokens, text).head].text for text in ("charged", "man")] == ["arrested", "charged"]
    assert subjects(tokens, "charged") == []


def test_a_new_line_starts_a_sentence_even_without_a_full_stop() -> None:
    tokens = parse("Tensions rose in north\nArmy 3 May raided camp.")
    assert word(tokens, "Army").sentence == 1


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from(["Army", "12 Feb", "7, 17 Feb", "killed", "two", ";", ".", "\n", "U.S.", "(", "“", "same day", "é", "N°5"]),
        max_size=25,
    )
)
def test_every_character_that_is_no_white_space_has_its_token(parts: list[str]) -> None:
    text = re.sub(r"\s*\n\s*", "\n", " ".join(parts)).strip()
    tokens = parse(text)
    assert "".join(token.text for token in tokens) == "".join(text.split())
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert [token.i for token in tokens] == list(range(len(tokens)))
    assert all(0 <= token.head < len(tokens) for token in tokens)
    assert all(later.sentence - earlier.sentence in {0, 1} for earlier, later in pairwise(tokens))


def test_a_date_that_ends_inside_a_spacy_token_still_gets_whole_tokens() -> None:
    entry = make_entry("Rebels left by 12 Feb.")
    date = Date(
        entry_id="e1", start=15, end=21, text="12 Feb", date_from=dt.date(2024, 2, 12), date_to=dt.date(2024, 2, 12),
        precision="day", relation="by", kind="absolute", edtf="2024-02-12",
    )  # fmt: skip
    tokens = list(parse_tokens([entry], [date], WORDS, Model.load()))
    assert [token.text for token in tokens][-3:] == ["12", "Feb", "."]


def test_initials_end_no_sentence() -> None:
    assert sentence_starts(["J", ".", "B", ".", "Kony", "fled", ".", "Army"], frozenset()) == [
        True,
        False,
        False,
        False,
        False,
        False,
        False,
        True,
    ]
