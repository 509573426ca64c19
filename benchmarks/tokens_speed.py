"""Time of the `tokens` stage beside bare `nlp.pipe` with the same components on the same text, in one process.

    python benchmarks/tokens_speed.py [FOLDER OF RAW FILES] [ROUNDS]

Prints seconds and words a second of both, and their ratio: the median of rounds run in turn, so that a busy machine
slows both.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from pipeline import store
from pipeline.dates import DateWords, find_dates
from pipeline.engine import run
from pipeline.model import Model
from pipeline.tables import Entry
from pipeline.tokens import BATCH, TokenWords, parse_tokens


def main(raw: Path, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        run(raw, out, ["entries"])
        entries = [entry for label in store.labels(out, Entry) for entry in store.read(Entry, store.part(out, Entry, label))]
    dates = list(find_dates(entries, DateWords.load()))
    model, words = Model.load(), TokenWords.load()
    lines = [line for entry in entries for line in entry.text.split("\n")]
    size = sum(len(line.split()) for line in lines)
    bare, ours = [], []
    for _ in range(rounds):
        started = time.perf_counter()
        sum(len(doc) for doc in model.nlp.pipe(lines, batch_size=BATCH))
        middle = time.perf_counter()
        sum(1 for _ in parse_tokens(entries, dates, words, model))
        bare.append(middle - started)
        ours.append(time.perf_counter() - middle)
    ratio = statistics.median(b / a for a, b in zip(bare, ours, strict=True))
    for name, seconds in (("bare nlp.pipe", statistics.median(bare)), ("tokens stage", statistics.median(ours))):
        print(f"{name:14} {seconds:6.2f} s  {size / seconds:8.0f} words/s")
    print(f"ratio {ratio:.2f} ({len(entries)} entries, {size} words, {rounds} rounds, {model.name})")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "data/raw"), int(sys.argv[2]) if len(sys.argv) > 2 else 5)
