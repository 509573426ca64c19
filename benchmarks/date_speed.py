"""Speed of the `dates` stage on one core, and how its time grows with the length of awkward texts.

    python benchmarks/date_speed.py [FOLDER OF GOLD OR NOTHING] [MEGABYTES]

Speed: megabytes of UTF-8 text a minute of CPU time, on the texts of a gold folder (entries as JSON with `text` and `month`) or, without
one, on sentences of our own, repeated. Growth: time on a text twice as long, divided by the time on the text; 2 is linear, 4 quadratic.
Exits with 1 below 5 MB a minute or where a text of the longest kind grows by more than 3.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from itertools import cycle
from pathlib import Path

from pipeline.dates import DateWords, find_in_text

LEAST_SPEED, MOST_GROWTH, LENGTH = 5.0, 3.0, 10_000
OWN = [
    (
        "Security forces 7-8 Feb killed 14 militants in Gao; next day, 2,000 people fled, as in early Jan 2025. "
        "Parliament, in session since 14 Oct, 17 Feb passed law on polls due in Aug; "
        "opposition two days later rejected it, while court by month’s end freed 30 activists held last year.",
        dt.date(2026, 2, 1),
    )
]
AWKWARD = [
    "1, ", "7-8, ", "31 ", "12 Feb ", "Jan, ", "Jan-", "early to ", "mid-", "first half of ",
    "2023-", "2023 to ", "same day ", "next day, ", "week to 3 ",
    "March 3, ", "on ", "two days ",
    "last ", "month’s ", "15 de ", "12-aaa-", "\u00a0", "a" * 7 + " ", "4 February Mo", "New Year’s ",
    "until 5 May ", "7 Oct 2023 ",
]  # fmt: skip


def seconds(text: str, month: dt.date, words: DateWords) -> float:
    start = time.process_time()
    for _ in find_in_text(text, month, words):
        pass
    return time.process_time() - start


def gold(folder: Path) -> list[tuple[str, dt.date]]:
    entries = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]
    return [(entry["text"], dt.date.fromisoformat(f"{entry['month']}-01")) for entry in entries]


def speed(texts: list[tuple[str, dt.date]], megabytes: float, words: DateWords) -> float:
    """Megabytes a minute of CPU time."""
    done, spent = 0, 0.0
    for text, month in cycle(texts):
        spent += seconds(text, month, words)
        done += len(text.encode())
        if done >= megabytes * 1e6:
            break
    return done / 1e6 / spent * 60


def growth(piece: str, words: DateWords) -> float:
    """Time on twice the text over time on the text, the best of three of each."""
    month = dt.date(2026, 2, 1)
    short = piece * (LENGTH // len(piece))
    once = min(seconds(short, month, words) for _ in range(3))
    return min(seconds(short * 2, month, words) for _ in range(3)) / once


def main() -> int:
    words = DateWords.load()
    texts = gold(Path(sys.argv[1])) if len(sys.argv) > 1 and sys.argv[1] else OWN
    next(find_in_text("12 Feb", None, words))
    rate = speed(texts, float(sys.argv[2]) if len(sys.argv) > 2 else 2.0, words)
    print(f"{rate:.1f} MB a minute of CPU time, on {len(texts)} texts")
    worst = 0.0
    for piece in AWKWARD:
        ratio = growth(piece, words)
        worst = max(worst, ratio)
        print(f"{ratio:5.2f} x for twice the text of {piece!r}")
    return int(rate < LEAST_SPEED or worst > MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
