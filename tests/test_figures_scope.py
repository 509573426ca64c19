"""Scope by what did the harm, on which days, and of which number it is a part; each sentence has its scopes in it."""

from __future__ import annotations

import pytest

from pipeline.figures import FigureWords
from pipeline.figures.causes import cause_of, subject_of
from pipeline.figures.harms import Harm
from pipeline.figures.sentences import sentences_of
from pipeline.figures.syntax import parse_of
from pipeline.tags.heard import NOTHING_HEARD
from tests.figure_answers import answers, bare, figures_of, tables_of

SCOPES = [
    # One number for several days sums up several incidents; a number a day does not, nor one that an ordinal gives to one of them.
    "Rebels 8, 15 May raided villages in Gao, killing [five]{cumulative} farmers.",
    "Roadside bombs 3 and 11 May left [nine]{cumulative} soldiers dead near Gao.",
    "Rebels 8 and 15 May raided villages in Gao, killing [five]{incident} and [nine]{incident} farmers.",
    "Rebels 8, 15 May raided villages in Gao; second attack killed [five]{incident} farmers.",
    "Rebels 8, 15 May raided villages in Gao, killing [five]{cumulative} farmers, including [two]{part} women.",
    "[Thousands]{incident} 5 and 12 May marched in capital.",
    # What is denied itself has not happened; what is only said beside a denial has.
    "Army 3 May denied killing [twelve]{not_actual} villagers.",
    "Army 3 May denied that [twelve]{not_actual} villagers had died.",
    "Army 3 May denied torturing and killing [twelve]{not_actual} villagers.",
    "Gunmen 3 May killed [twelve]{incident} villagers; army denied role in attack.",
    "Opposition 3 May rejected arrest of [twelve]{incident} members as illegal.",
    # Where all is told in one sentence, nothing is told again.
    "[Nine]{incident} rebels surrendered after killing [two]{incident} commanders.",
    # Parts by "of dead", "among them" and as the last of a list.
    "Airstrike 3 May killed [thirteen]{incident} fighters; ombudsman said [three]{part} of dead were minors.",
    "Airstrike 3 May killed [fourteen]{incident} civilians, [five]{part} children among them.",
    "Raid 3 May killed [nine]{incident} people, including [mayor]{part} and [three]{part} guards.",
    "Bomb 3 May caused [dozens]{incident} of casualties.",
]
CAUSES = [
    ("Attacks 3 May killed two farmers.", ("attack", "events", False)),
    ("Two attacks in May killed two farmers.", ("attack", "events", True)),
    ("Monitor recorded incidents, which killed two farmers.", ("incident", "events", False)),
    ("Two farmers were killed in clashes.", ("clash", "events", False)),
    ("Two farmers were killed by gunmen.", ("gunman", "many", False)),
    ("Violence killed two farmers.", ("violence", "state", False)),
    ("Airstrike 3 May hit market, killing two farmers.", ("airstrike", "event", False)),
    ("Series of raids killed two farmers.", ("raid", "events", True)),
    ("Raid and bombing killed two farmers.", ("raid", "events", False)),
    ("Soldier killed two farmers.", ("soldier", "one", False)),
    ("One attack killed two farmers.", ("attack", "event", False)),
]


@pytest.mark.parametrize("sentence", SCOPES)
def test_a_figure_has_the_scope_that_the_sentence_says(sentence: str) -> None:
    [figures] = figures_of([bare(sentence)])
    assert [(figure.text, figure.scope) for figure in figures] == answers(sentence)


@pytest.mark.parametrize(("sentence", "cause"), CAUSES)
def test_the_cause_is_one_event_or_many_or_who_did_it(sentence: str, cause: tuple[str, str, bool]) -> None:
    words = FigureWords.load()
    [entry], dates, tokens = tables_of([sentence])
    parse = parse_of(tokens)
    [told] = sentences_of(entry, dates, parse, NOTHING_HEARD, words).values()
    [mention] = [mention for mention in told.counted if mention.count is not None]
    [trigger] = [trigger for trigger in told.triggers if parse.word(trigger.i) == "kill"]
    harm = Harm(mention, "killed", trigger)
    found = cause_of(harm, subject_of(harm, parse), parse, words)
    assert found is not None
    assert (parse.word(found.i), found.sort, found.counted) == cause
