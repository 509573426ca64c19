"""The search itself: a question in, the entries that answer it out, the best first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline import asked
from pipeline.fulltext import filters, index
from pipeline.fulltext.filters import Question
from pipeline.fulltext.hits import Answer, read_hit
from pipeline.fulltext.words import Query, read_query

# A headline is written to sum up its entry: a word there counts as much as five in the paragraphs.
HEADLINE_WEIGHT = 5.0
_ORDERS = {"best": "score DESC, month DESC", "newest": "month DESC, score DESC", "oldest": "month IS NULL, month, score DESC"}


def search_entries(question: Question, out: Path, tell: index.Listen = lambda *_: None) -> Answer:
    """Return the entries of the tables below `out` that answer the question, after bringing the index up to date.

    Raises NotKnown where a filter names what does not exist, NoWords where the words hold none, FileNotFoundError where
    there are no tables, TableError where one is damaged.
    """
    if not index.months(out):
        raise FileNotFoundError(f"{out} holds no table entries; name a folder `crisiswatch run` wrote with --out")
    try:
        return _answer(question, out, tell)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # damage in a part of the index that opening it does not read
        index.discard(out)
        return _answer(question, out, tell)


def _answer(question: Question, out: Path, tell: index.Listen) -> Answer:
    with closing(index.opened(out, tell)) as connection:
        query = read_query(question.words, connection) if question.words.strip() else None
        wanted = filters.read_filters(question, connection)
        total, best = _best(question, query, wanted, connection)
        hits = tuple(read_hit(own, score, query.match if query else None, wanted, connection) for own, score in best)
        return Answer(total, hits, query.note if query else "")


def _best(
    question: Question, query: Query | None, wanted: filters.Wanted, connection: sqlite3.Connection
) -> tuple[int, list[tuple[int, float]]]:
    """Return how many entries answer, and number and score of the first of them; a higher score is a better answer."""
    conditions = list(wanted.entries)
    tables, score = "entries e", "0.0"
    if query:
        # CROSS JOIN, so that the words are looked up once and then held against the filters, not once an entry.
        tables, score = "texts CROSS JOIN entries e ON e.id = texts.rowid", f"-bm25(texts, {HEADLINE_WEIGHT}, 1.0)"
        conditions = [filters.Condition("texts MATCH ?", (query.match,)), *conditions]
    where = filters.joined(conditions)
    order = _ORDERS[asked.choice("order", question.order or ("best" if query else "newest"), list(_ORDERS))]
    rows = connection.execute(
        f"WITH found AS MATERIALIZED (SELECT e.id, e.month, e.entry_id, {score} AS score FROM {tables} WHERE {where.sql}) "
        f"SELECT id, score, (SELECT count(*) FROM found) FROM found ORDER BY {order}, entry_id LIMIT ?",
        (*where.values, max(question.limit, 1)),
    ).fetchall()
    return (rows[0][2] if rows else 0), [(own, found) for own, found, _ in rows]
