"""What is typed into the search: what it is read as, and that nothing typed can make SQLite stumble."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import lexicon
from pipeline.fulltext import fill
from pipeline.fulltext.words import NoWords, read_query

TEXT = "Drones struck camp; drone strikes 5 May killed two; rebels used mines. Protesters in N’Djamena protested over Côte d’Ivoire strike."


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = laid_out()
    yield connection
    connection.close()


def laid_out() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    fill.lay_out(connection)
    connection.execute("INSERT INTO texts(rowid, headline, body) VALUES (1, 'Army on strike', ?)", (TEXT,))
    fill.learn_forms(connection, [f"Army on strike {TEXT}"])
    return connection


@pytest.mark.parametrize(
    ("typed", "match"),
    [
        ("strike", '("strike" OR "strikes")'),
        ('"drone strike"', '"drone strike"'),
        ("“drone strike”", '"drone strike"'),
        ("us", '("us" OR "U.S." OR "United States")'),
        ("protest*", '"protest" *'),
        ("drone AND killed", '("drone" OR "drones") AND "killed"'),
        ("camp OR killed", '"camp" OR "killed"'),
        ("camp NOT killed", '"camp" NOT "killed"'),
        ("camp AND NOT killed", '"camp" NOT "killed"'),
        ("camp -killed", '"camp" NOT "killed"'),
        ("(camp OR army) killed", '( "camp" OR "army" ) AND "killed"'),
        ("headline:army", 'headline : "army"'),
        ("NEAR(camp killed, 5)", 'NEAR("camp" "killed", 5)'),
        ("drone-strike", '"drone-strike"'),
        ("N'Djamena", '"N\'Djamena"'),
        ("camp & killed", '("camp" AND "killed") OR "camp killed"'),
        ("camp and killed", '("camp" AND "and" AND "killed") OR "camp and" OR "and killed"'),
    ],
)
def test_what_is_typed_is_read_as_said(typed: str, match: str, index: sqlite3.Connection) -> None:
    query = read_query(typed, index)
    assert (query.match, query.note) == (match, "")


def test_words_side_by_side_are_lifted_where_they_stand_so_and_found_wherever_they_stand(index: sqlite3.Connection) -> None:
    match = read_query("drone strike", index).match
    assert match.startswith('(("drone" OR "drones") AND ("strike" OR "strikes")) OR "drone strike" OR ')
    assert '"drone strikes"' in match


SAME = lexicon.read_toml("search.toml")["same"]


@pytest.mark.parametrize("pair", SAME["examples"], ids=" = ".join)
def test_what_the_house_style_cuts_is_found_in_full_and_the_other_way_round(pair: list[str], index: sqlite3.Connection) -> None:
    assert f'"{pair[1]}"' in read_query(pair[0], index).match
    assert f'"{pair[0].lower()}"' in read_query(f'"{pair[0]}"', index).match.lower()
    assert pair[1] not in read_query(f'"{pair[0]}"', index).match


@pytest.mark.parametrize("pair", SAME["counterexamples"], ids=" / ".join)
def test_what_is_not_the_same_stays_apart(pair: list[str], index: sqlite3.Connection) -> None:
    assert pair[1] not in read_query(pair[0], index).match


@pytest.mark.parametrize("typed", ["camp AND", "camp NOT", "(camp", "camp)", "camp OR OR killed", 'headline:"camp" OR -killed'])
def test_what_does_not_combine_is_looked_for_as_plain_words_and_said_so(typed: str, index: sqlite3.Connection) -> None:
    query = read_query(typed, index)
    assert "as plain words" in query.note
    assert '"camp"' in query.match


@pytest.mark.parametrize("typed", ["", " ", '""', "*", "—", "AND", "()", "OR NOT", "\x00", "NOT camp", "-camp"])
def test_where_there_is_nothing_to_look_for_that_is_said(typed: str, index: sqlite3.Connection) -> None:
    with pytest.raises(NoWords, match=r"there is no word|say first what to look for"):
        read_query(typed, index)


def test_too_many_words_are_refused_not_cut(index: sqlite3.Connection) -> None:
    with pytest.raises(NoWords, match="the search is 2001 characters long"):
        read_query("a" * 2001, index)


INDEX = laid_out()


PIECES = ["camp", "killed", "AND", "OR", "NOT", "NEAR(", "(", ")", '"', "*", "-", ":", "^", "+", ",", "5", "headline:", "{a"]


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_whatever_is_typed_gives_a_query_sqlite_runs_or_a_reason(typed: str) -> None:
    with suppress(NoWords):
        INDEX.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (read_query(typed, INDEX).match,)).fetchall()


@pytest.mark.parametrize("typed", ["cote d'ivoire", "CÔTE", "Ndjamena", "n’djamena"])
def test_case_and_accents_do_not_matter(typed: str, index: sqlite3.Connection) -> None:
    found = index.execute("SELECT rowid FROM texts WHERE texts MATCH ?", (read_query(typed, index).match,)).fetchall()
    assert bool(found) == (typed != "Ndjamena"), "an apostrophe parts words: written without one, it is another word"
