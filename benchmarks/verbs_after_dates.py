"""How often the verb right after a date has its subject: what date lifting is for.

    python benchmarks/verbs_after_dates.py TABLES [MONTH]

Reads the tables of a run. Counts finite verbs (tags VBD, VBZ, VBP) that stand right after a date in the middle of a clause
("police 12 Feb launched") and, among them, those with a subject to the left of the date: their own, that of the verb they
are coordinated with, or that of the verb their auxiliary belongs to.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

from pipeline import store
from pipeline.tables import Date, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})


def main(out: Path, month: str | None) -> None:
    verbs = with_subject = 0
    for label in [month] if month else store.labels(out, Token):
        ends = {(date.entry_id, date.end) for date in store.read(Date, store.part(out, Date, label))}
        by_entry: dict[str, list[Token]] = defaultdict(list)
        for token in store.read(Token, store.part(out, Token, label)):
            by_entry[token.entry_id].append(token)
        for entry_id, tokens in by_entry.items():
            for before, token in pairwise(tokens):
                if token.tag in FINITE and (entry_id, before.end) in ends and _mid_clause(tokens, before):
                    verbs += 1
                    with_subject += _has_subject(tokens, token)
    print(f"{verbs} finite verbs right after a date, {with_subject} with a subject ({with_subject / verbs:.1%})")


def _mid_clause(tokens: list[Token], last: Token) -> bool:
    """Tell whether a word that could be a subject stands before the date, with no clause border between."""
    k = last.i
    while k >= 0 and tokens[k].dep == "date":
        k -= 1
    return k >= 0 and tokens[k].sentence == last.sentence and tokens[k].text not in {";", ",", "–", ":"}


def _has_subject(tokens: list[Token], verb: Token) -> bool:
    if verb.dep in {"aux", "auxpass"}:
        verb = tokens[verb.head]
    heads = {verb.i} | ({verb.head} if verb.dep == "conj" else set())
    return any(token.dep in SUBJECTS and token.head in heads and token.i < verb.i for token in tokens)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else None)
