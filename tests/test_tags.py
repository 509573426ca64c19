"""The tagger: words as pieces, windows that lose nothing, chances that do not hang on what is read beside them."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from pipeline.lexicon import MODELS
from pipeline.tables import Tag
from pipeline.tags import Tagger, find_tags
from pipeline.tags.heard import Heard, level
from pipeline.tags.pieces import LONGEST, Vocabulary, shape, windows
from pipeline.typology import Typology
from tests.actor_rows import entry, tags_of, tokens_of

TEXT = (
    "Army clashed with rebels in north.\n"
    "Rebels 3 May ambushed army convoy near Beni town, killing four soldiers. EU 14 May condemned arrest of journalists."
)


def best(tags: list[Tag], question: str, text: str, of: str | None = None) -> dict[str, str]:
    """Return the likeliest answer of each word of the text that has one above an even chance."""
    row = entry(text)
    words = {token.i: token.text for token in tokens_of(row)}
    likely = [tag for tag in tags if tag.question == question and tag.chance > 0.5]
    return {words[tag.i]: tag.label for tag in likely if of is None or words[tag.of] == of}


def test_words_are_cut_greedily_into_the_pieces_of_the_vocabulary() -> None:
    vocabulary = Vocabulary({"[UNK]": 0, "am": 1, "##bush": 2, "##bushed": 3, "-": 4, "e": 5, "##u": 6})
    assert vocabulary.word("Ambushed") == (1, 3)
    assert vocabulary.word("am-am") == (1, 4, 1)
    assert vocabulary.word("Éu") == (5, 6)
    assert vocabulary.word("convoy") == (0,)


@pytest.mark.parametrize(("word", "kind"), [("army", 0), ("EU", 1), ("Beni", 2), ("14", 3), (",", 4), ("A", 2)])
def test_the_shape_of_a_word_is_kept_beside_its_pieces(word: str, kind: int) -> None:
    assert shape(word) == kind


@pytest.mark.parametrize("lines", [1, 3, 40])
def test_every_token_stands_in_one_window_and_no_window_is_too_long(lines: int) -> None:
    row = entry("\n".join([TEXT.replace("\n", " ")] * lines + ["; ".join(["rebels attacked Beni"] * 90)]))
    tokens = tokens_of(row)
    found = list(windows(row, tokens, Tagger.load().vocabulary))
    assert Counter(i for window in found for i in window.at) == Counter(token.i for token in tokens)
    assert all(len(window.pieces) == len(window.shapes) <= LONGEST for window in found)


@pytest.mark.parametrize("odd", ["-" * 900, "https://example.org/" + "a-b/" * 300, "x" * 900, "日" * 700, "\u0301\u200b", "😀 ⚔️"])
def test_a_token_without_end_is_read_in_part(odd: str) -> None:
    row = entry(f"Rebels 3 May attacked {odd} and fled.")
    tokens = tokens_of(row)
    found = list(windows(row, tokens, Tagger.load().vocabulary))
    assert Counter(i for window in found for i in window.at) == Counter(token.i for token in tokens)
    assert all(len(window.pieces) <= LONGEST for window in found)
    assert any(tag.question == "event" for tag in tags_of(row))


def test_an_ambush_is_an_event_with_its_sides() -> None:
    tags = tags_of(entry(TEXT))
    assert best(tags, "event", TEXT)["ambushed"] == "armed_clash"
    assert best(tags, "actor", TEXT)["Rebels"] == "B-rebel"
    assert best(tags, "figure", TEXT) == {"four": "killed", "journalists": "detained?"}


def test_an_entry_is_read_the_same_alone_and_among_others() -> None:
    one, other = entry(TEXT, "a"), entry("Police 7 May raided opposition offices.", "b")
    assert tags_of(one, other) == [*tags_of(one), *tags_of(other)]


def test_an_entry_without_words_has_no_tags() -> None:
    assert list(find_tags([entry("")], [], Tagger.load())) == []


def test_the_shipped_network_answers_with_types_of_the_typology() -> None:
    classes = json.loads((MODELS / "tagger" / "tagger.json").read_text(encoding="utf-8"))["classes"]
    assert set(classes["event"]) - {"O"} <= set(Typology.load().types)
    assert all(tag.chance <= 1 and tag.i >= 0 for tag in tags_of(entry(TEXT)))


def test_what_is_heard_of_a_word_is_summed_over_its_answers() -> None:
    heard = Heard.of(
        [
            Tag(entry_id="e1", question="event", i=4, of=4, label="armed_clash", chance=0.5),
            Tag(entry_id="e1", question="event", i=4, of=4, label="attack_on_civilians", chance=0.25),
            Tag(entry_id="e1", question="role", i=1, of=4, label="source", chance=0.75),
        ]
    )
    assert heard.chance("event", 4) == 0.75
    assert heard.chance("event", 5) == 0
    assert heard.role("source", 4, [0, 1]) == 0.75
    assert heard.role("target", 4, [0, 1]) == 0
    assert [level(chance) for chance in (0.0, 0.03, 0.3, 0.6, 0.99)] == [0, 1, 3, 4, 7]
