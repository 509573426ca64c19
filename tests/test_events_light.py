"""Light verbs: the noun that says what happened is the trigger."""

from __future__ import annotations

import re

import pytest

from pipeline import lexicon
from pipeline.events import LightVerbs, Triggers
from pipeline.events.light import give_way
from pipeline.events.parse import Parse
from pipeline.events.triggers import Votes
from pipeline.events.verdicts import Verdict
from tests.event_rows import tokens_of

SECTION = lexicon.read_toml("events_light.toml")["light"]
MARKED = re.compile(r"\[([^\]]+)\]")


def nouns(text: str) -> list[str]:
    """Return the nouns that verbs of the text give way to."""
    parse = Parse.of(tokens_of(text), text)
    votes = Votes(parse, Triggers.load())
    found = (LightVerbs.load().noun_of(parse, token.i, votes) for token in parse.tokens)
    return [parse.tokens[k].text for k in found if k is not None]


@pytest.mark.parametrize("sentence", SECTION["examples"])
def test_a_light_verb_gives_way_to_its_noun(sentence: str) -> None:
    assert nouns(sentence.replace("[", "").replace("]", "")) == MARKED.findall(sentence)


@pytest.mark.parametrize("sentence", SECTION["counterexamples"])
def test_a_verb_that_says_what_happened_keeps_the_event(sentence: str) -> None:
    assert nouns(sentence) == []


def test_the_noun_has_the_greater_chance_and_the_surer_type() -> None:
    text = "Opposition 4 May held rally in capital."
    parse = Parse.of(tokens_of(text), text)
    verb, noun = (next(token.i for token in parse.tokens if token.text == word) for word in ("held", "rally"))
    votes, light = Votes(parse, Triggers.load()), LightVerbs.load()
    both = [Verdict(verb, 0.8, "meeting_visit_call", 0.3), Verdict(noun, 0.2, "peaceful_protest", 0.9)]
    assert give_way(parse, both, votes, light) == [Verdict(noun, 0.8, "peaceful_protest", 0.9)]
    assert give_way(parse, both[:1], votes, light) == [Verdict(noun, 0.8, "meeting_visit_call", 0.3)]
    assert give_way(parse, both[1:], votes, light) == both[1:]
