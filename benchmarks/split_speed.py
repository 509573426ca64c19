"""How fast pages are split, and whether made pages of mixed layouts come back as they were made.

    python benchmarks/split_speed.py [--pages 10000]

Prints, for text and for tables, entries a CPU second (reading the file not counted), then how many made pages
gave back exactly the entries they were made of, and how many characters were lost.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pipeline.entries import Situations, Wording, split_entries
from pipeline.tables import Block, Entry
from tests import made_pages as made
from tests.test_entries_pages import LAYOUTS, expected, found, losses


def text_pages(draw: random.Random, number: int) -> tuple[int, float]:
    """Return how many entries that many text pages gave, and the CPU seconds it took."""
    entries, seconds = 0, 0.0
    for _ in range(number):
        lines, known, _, _ = draw.choice(LAYOUTS)(draw)
        blocks = [made.block(line, position) for position, line in enumerate([*lines, *draw.sample(made.FOOTS, 3)])]
        started = time.process_time()
        rows = list(split_entries([made.document()], blocks, [made.sidecar(**known)], Situations.load(), Wording.load()))
        seconds += time.process_time() - started
        entries += sum(isinstance(row, Entry) for row in rows)
    return entries, seconds


def tables(draw: random.Random, number: int, rows: int = 200) -> tuple[int, float]:
    """Return how many entries that many tables gave, and the CPU seconds it took."""
    entries, seconds = 0, 0.0
    for _ in range(number):
        blocks: list[Block] = []
        for group in range(rows):
            entry = made.make(draw, draw.choice(made.NAMES), made.earlier(dt.date(2030, 1, 1), draw.randint(0, 150)))
            for field, text in (
                ("Country", entry.situation), ("Month", made.heading(entry.month)), ("Title", entry.headline), ("Content", entry.line),
            ):  # fmt: skip
                blocks.append(made.block(text, len(blocks), kind="cell", group=group, field=field))
        started = time.process_time()
        found_rows = list(split_entries([made.document("t.csv", format="csv")], blocks, [], Situations.load(), Wording.load()))
        seconds += time.process_time() - started
        entries += sum(isinstance(row, Entry) for row in found_rows)
    return entries, seconds


def given_back(number: int) -> tuple[int, int]:
    """Return how many of the made pages came back as made, and how many pieces of text were lost."""
    same = lost = 0
    for seed in range(number):
        draw = random.Random(seed)
        lines, known, entries, single = draw.choice(LAYOUTS)(draw)
        result = made.split_lines([*lines, *draw.sample(made.FOOTS, draw.randint(0, 4))], **known)
        same += found(result.entries) == expected(entries, single)
        lost += len(losses(result))
    return same, lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    pages = parser.parse_args().pages
    Situations.load()
    Wording.load()
    for name, (entries, seconds) in (
        ("text", text_pages(random.Random(1), max(50, pages // 10))),
        ("tables", tables(random.Random(2), max(2, pages // 500))),
    ):
        print(f"{name:7} {entries:6} entries in {seconds:6.2f} s: {entries / seconds:7.0f} entries/s")
    same, lost = given_back(pages)
    print(f"made pages given back: {same}/{pages}; texts lost: {lost}")


if __name__ == "__main__":
    main()
