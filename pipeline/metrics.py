"""Metrics of a set of tables, for `dvc metrics` and dashboards: counts, and scores where there is annotation to score on."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.codebook import all_tables
from pipeline.tables import Casualty, Correction, Entry, Event, Quarantined, SituationMonth, Skipped


def measure(out: Path, gold: Path | None = None) -> dict[str, Any]:
    """Return counts of the tables in `out`, and the scores on the annotated entries in `gold`, as plain numbers by name.

    Raises FileNotFoundError where `out` holds no entries, TableError where a table is damaged, GoldError for unusable gold.
    """
    if not store.labels(out, Entry):
        raise FileNotFoundError(f"{out} holds no table entries; name a folder `crisiswatch run` wrote")
    tables = all_tables()
    said: dict[str, Any] = {
        "rows": {name: sum(store.count(path) for path in _files(out, row_class)) for name, row_class in tables.items()},
        "entries": {
            "months": len(store.labels(out, Entry)),
            "situations": len(set(_column(out, Entry, "situation")) - {None}),
            "of_unknown_month": _column(out, Entry, "month_source").count("unknown"),
            "superseded": sum(later is not None for later in _column(out, Entry, "superseded_by")),
            "months_not_covered": _column(out, SituationMonth, "covered").count(False),
        },
        "skipped": dict(sorted(Counter(_column(out, Skipped, "reason")).items())),
        "quarantined": len(_column(out, Quarantined, "stage")),
        "corrections": dict(sorted(Counter(_column(out, Correction, "status")).items())),
        "events": dict(sorted(Counter(_column(out, Event, "family")).items())),
        "casualties": dict(sorted(Counter(_column(out, Casualty, "scope")).items())),
    }
    return said | ({"scores": _scores(out, gold)} if gold else {})


def _scores(out: Path, gold: Path) -> dict[str, Any]:
    from pipeline.evaluate import evaluate_tables

    result = evaluate_tables(out, gold)
    scores = {
        name.replace(" ", "_"): {"precision": round(s.precision, 4), "recall": round(s.recall, 4), "f1": round(s.f1, 4)}
        for name, s in result.scores.items()
    }
    return {"entries": result.entries, "entries_found_whole": result.entries - len(result.lost), **scores}


def _files(out: Path, row_class: type[store.Row]) -> list[Path]:
    return [store.part(out, row_class, label) for label in store.labels(out, row_class)]


def _column(out: Path, row_class: type[store.Row], name: str) -> list[Any]:
    return [value for path in _files(out, row_class) for value in store.column(path, name)]
