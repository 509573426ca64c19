"""Figures on text that is not the tracker's: excerpts of displacement reports (IDMC challenge), run untuned.

    python benchmarks/figures_thirdparty.py --excerpts ../shared/thirdparty/displacement_excerpts.jsonl

For each excerpt the first figure of people displaced (else returned, else of any kind) is compared with the annotated quantity:
its best number, the lowest where it is vague. To stand beside: "first number before a people noun", 0.859 exact.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.dates import DateWords, find_dates
from pipeline.figures import FigureWords, find_figures
from pipeline.model import Model
from pipeline.tables import Entry, Figure
from pipeline.tags import Tagger, find_tags
from pipeline.tokens import TokenWords, parse_tokens

WANTED = ("displaced", "returned")


def entry_of(row: dict[str, Any]) -> Entry:
    """Return an excerpt as an entry of March 2017, the month of most of the reports."""
    return Entry(
        entry_id=f"{row['excerpt_id']:06}",
        situation=None,
        countries=(),
        region=None,
        month=date(2017, 3, 1),
        month_source="given",
        month_confidence=1.0,
        month_evidence=None,
        trend=None,
        risk_alert=None,
        resolution_opportunity=None,
        headline=None,
        text=" ".join(row["excerpt"].split()),
        situation_as_written=None,
        situation_source="unknown",
        document_ids=(),
        superseded_by=None,
    )


def answer(figures: Sequence[Figure]) -> int | None:
    """Return the number that stands for an excerpt, or None where no figure was found."""
    written = [figure for figure in figures if not figure.implicit]
    chosen = next((figure for kind in WANTED for figure in written if figure.kind == kind), written[0] if written else None)
    return None if chosen is None else chosen.best if chosen.best is not None else chosen.low


def main() -> None:
    """Print the share of excerpts whose number is exactly right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--excerpts", type=Path, required=True)
    parser.add_argument("--misses", type=int, default=0, help="print that many excerpts whose number is wrong")
    args = parser.parse_args()
    rows = [json.loads(line) for line in args.excerpts.read_text(encoding="utf-8").splitlines() if line.strip()]
    entries = [entry_of(row) for row in rows]
    dates = list(find_dates(entries, DateWords.load()))
    tokens = list(parse_tokens(entries, dates, TokenWords.load(), Model.load()))
    found: dict[str, list[Figure]] = defaultdict(list)
    for figure in find_figures(entries, dates, tokens, list(find_tags(entries, tokens, Tagger.load())), [], FigureWords.load()):
        found[figure.entry_id].append(figure)
    answers = [(row, answer(found[entry.entry_id])) for row, entry in zip(rows, entries, strict=True)]
    tally = Counter("exact" if number == row["Quantity"] else "none" if number is None else "other" for row, number in answers)
    print(f"{len(rows)} excerpts: exact {tally['exact'] / len(rows):.3f}, no figure {tally['none']}, another number {tally['other']}")
    for row, number in [pair for pair in answers if pair[0]["Quantity"] != pair[1]][: args.misses]:
        print(f"  wanted {row['Quantity']}, found {number}: {row['excerpt'][:240]}")


if __name__ == "__main__":
    main()
