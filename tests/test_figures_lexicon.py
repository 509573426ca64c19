"""The lexica of figures: every example is found as it says, no counterexample is, and the words fit together."""

from __future__ import annotations

import pytest

from pipeline import lexicon
from pipeline.figures import FigureWords
from tests.figure_answers import answers, bare, figures_of, told

TABLES = {f"{kind}.{slot}": group for kind, slots in lexicon.read_toml("casualties.toml").items() for slot, group in slots.items()}
EXAMPLES = [(name, sentence) for name, group in TABLES.items() for sentence in group["examples"]]
COUNTEREXAMPLES = [(name, sentence) for name, group in TABLES.items() for sentence in group.get("counterexamples", [])]


@pytest.fixture(scope="module")
def found() -> dict[str, list[tuple[str, str]]]:
    """What is found in every example and counterexample, in one pass of the model."""
    sentences = [sentence for _, sentence in EXAMPLES + COUNTEREXAMPLES]
    return {
        sentence: [told(f) for f in figures] for sentence, figures in zip(sentences, figures_of([bare(s) for s in sentences]), strict=True)
    }


@pytest.mark.parametrize(("table", "sentence"), EXAMPLES, ids=[f"{t}: {bare(s)[:40]}" for t, s in EXAMPLES])
def test_an_example_is_read_as_it_says(table: str, sentence: str, found: dict[str, list[tuple[str, str]]]) -> None:
    assert found[sentence] == answers(sentence), table


@pytest.mark.parametrize(("table", "sentence"), COUNTEREXAMPLES, ids=[f"{t}: {s[:40]}" for t, s in COUNTEREXAMPLES])
def test_a_counterexample_has_no_figure(table: str, sentence: str, found: dict[str, list[tuple[str, str]]]) -> None:
    assert found[sentence] == [], table


def test_no_word_of_a_table_is_both_sure_and_loose() -> None:
    assert [name for name, group in TABLES.items() if set(group["words"]) & set(group.get("loose", []))] == []


def test_a_noun_for_people_is_not_also_a_thing() -> None:
    words = FigureWords.load()
    assert sorted(set(words.group_of) & words.things) == []


def test_every_noun_for_people_belongs_to_one_group() -> None:
    groups = lexicon.read_toml("people.toml")["groups"]
    nouns = [noun for group in groups.values() for noun in set(group)]
    assert sorted({noun for noun in nouns if nouns.count(noun) > 1}) == []
