"""Scores on annotated entries: the tables' rows held against gold spans, figure by figure.

Gold is one JSON file an entry: `country`, `month`, `text`, and lists `dates`, `figures`, `places`, `actors`, `events` whose
spans are given as `text` and `n`, the how-manieth occurrence of it in the entry's text. An entry is found by its
situation and month; spans are compared by their characters other than white space, so that line breaks do not matter.
Two spans match where they share a character; each gold item is matched once, the largest share first.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pipeline.evaluate.gold import GoldError, read_gold, solid, wanted
from pipeline.evaluate.scores import Evaluation, score_entry
from pipeline.evaluate.tables import RunTables
from pipeline.typology import Typology

__all__ = ["Evaluation", "GoldError", "evaluate_tables"]


def evaluate_tables(out: Path, gold: Path) -> Evaluation:
    """Return the scores of the tables in `out` on the annotated entries in `gold`; raises GoldError."""
    result = Evaluation()
    tables = RunTables(out)
    kinds = Typology.load()
    labels = {kind.code: (kind.label, kind.family) for kind in kinds.types.values()}
    for annotated in read_gold(gold):
        name = f"{annotated['country']} {annotated['month']}"
        entry = tables.entry(annotated)
        result.entries += 1
        if entry is None:
            result.lost.append(name)
        steps = solid(annotated["text"])
        gold_facts = wanted(annotated, steps, labels)
        score_entry(result.scores, name, gold_facts, tables.items(entry) if entry else defaultdict(list))
    return result
