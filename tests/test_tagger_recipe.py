"""What the tagger learns from: the annotation, tied to the words that the network reads; and its tags, kept and read again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from actor_gold import entry_of, parse
from samples import INVENTED, RELATIONS, Sample, names_of, samples
from unseen import read_unseen, write_unseen

from pipeline.tables import Token
from pipeline.tags import Tagger, find_tags
from pipeline.typology import Typology


def read(rank: int) -> tuple[dict[str, Any], list[Token], list[Sample]]:
    gold = json.loads(sorted(INVENTED.glob("*.json"))[rank].read_text(encoding="utf-8"))
    tokens = parse([gold])[gold["entry_id"]]
    return gold, tokens, list(samples(gold, entry_of(gold), tokens, 1.0, Tagger.load().vocabulary))


@pytest.fixture(scope="module", params=[0, 100, 200])
def annotated(request: pytest.FixtureRequest) -> tuple[dict[str, Any], list[Token], list[Sample]]:
    return read(request.param)


def test_every_annotated_trigger_is_an_answer_on_its_own_word(annotated: tuple[dict[str, Any], list[Token], list[Sample]]) -> None:
    gold, tokens, windows = annotated
    label = {row.code: row.label for row in Typology.load().types.values()}
    told = {(tokens[i].text, answer) for sample in windows for i, answer in sample.classes["event"].items()}
    for event in gold["events"]:
        assert any(word in event["trigger"]["text"] for word, answer in told if answer == label[event["type"]]), event["trigger"]


def test_the_first_word_of_a_mention_begins_it_and_the_others_go_on(annotated: tuple[dict[str, Any], list[Token], list[Sample]]) -> None:
    gold, tokens, windows = annotated
    begun = [tokens[i].text for sample in windows for i, answer in sample.classes["actor"].items() if answer.startswith("B-")]
    firsts = {mention["text"].split()[0] for actor in gold["actors"] for mention in actor["mentions"]}
    assert begun
    assert all(any(first.startswith(word) or word in first for first in firsts) for word in begun)


def test_what_belongs_to_a_trigger_stands_in_its_window(annotated: tuple[dict[str, Any], list[Token], list[Sample]]) -> None:
    _, tokens, windows = annotated
    for sample in windows:
        for i, related in sample.related.items():
            assert set(related) == set(RELATIONS)
            assert i in sample.window.at
            assert all(k in sample.window.at or tokens[k].sentence != tokens[i].sentence for name in related for k in related[name])
    assert any(related["source"] for sample in windows for related in sample.related.values())


def test_the_answer_nothing_is_the_first_class_where_a_word_may_be_nothing() -> None:
    names = names_of([read(0)[2]])
    assert [names[question][0] for question in ("event", "actor", "figure")] == ["O", "O", "O"]
    assert names["realis"] == ["actual", "claimed", "reported", "denied", "planned"]


def test_tags_are_read_as_they_were_written(tmp_path: Path) -> None:
    gold, tokens, windows = read(0)
    write_unseen([(gold["entry_id"], [sample.window for sample in windows])], Tagger.load(), tmp_path / "unseen.jsonl")
    written = sorted(read_unseen(tmp_path), key=lambda tag: (tag.question, tag.i, tag.label, tag.of))
    assert written == list(find_tags([entry_of(gold)], tokens, Tagger.load()))


def test_a_folder_without_tags_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"train_tagger\.py"):
        list(read_unseen(tmp_path))
