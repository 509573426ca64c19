"""Every example of the trigger lexicon gets the vote it is an example of."""

import re

import pytest

from pipeline.events.parse import Parse
from pipeline.events.triggers import Triggers
from tests.event_rows import tokens_of

MARKED = re.compile(r"\[([^\]]+)\]")
LEXICON = Triggers.load()
EXAMPLES = [(label, sentence) for label, section in LEXICON.sections.items() for sentence in section["examples"]]


@pytest.mark.parametrize(("label", "sentence"), EXAMPLES)
def test_the_lexicon_votes_for_the_type_of_its_example(label: str, sentence: str) -> None:
    mark = MARKED.search(sentence)
    assert mark, "an example marks its trigger in brackets"
    text = sentence.replace("[", "").replace("]", "")
    parse = Parse.of(tokens_of(text), text)
    trigger = parse.head_of(mark.start(), mark.end() - 2)
    assert trigger is not None
    assert label in LEXICON.votes(parse, trigger)
