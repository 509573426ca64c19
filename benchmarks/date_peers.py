"""Public date finders beside the `dates` stage, on the same gold entries, each told the entry's month.

    python benchmarks/date_peers.py GOLD_FOLDER [GOLD_FOLDER ...] [--node FOLDER]

Peers: dateparser.search as it comes, and with absolute dates only; chrono-node and Recognizers-Text if `node` is there and FOLDER is
one in which `npm install chrono-node @microsoft/recognizers-text-date-time` was run. Each is given the 15th of the entry's month as
reference and, of the years it allows, the nearest one. Printed: F1 of spans found (they overlap), of dates resolved (both bounds
right), of those whose gold precision is a day or an interval of days (where no convention of the tracker is needed), and megabytes
of text a minute of CPU time. The gold is not part of the project.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipeline.dates import DateWords, find_in_text

Span = tuple[int, int, str, str]
Spans = list[list[Span]]
SCRIPT = Path(__file__).with_suffix(".mjs")


def load(folders: list[Path]) -> list[dict[str, Any]]:
    entries = [json.loads(path.read_text(encoding="utf-8")) for folder in folders for path in sorted(folder.glob("*.json"))]
    for entry in entries:
        entry["gold"] = [(*_place(entry["text"], date), date["from"], date["to"], date["precision"]) for date in entry["dates"]]
    return entries


def _place(text: str, date: dict[str, Any]) -> tuple[int, int]:
    at = -1
    for _ in range(date.get("n", 1)):
        at = text.index(date["text"], at + 1)
    return at, at + len(date["text"])


def ours(entries: list[dict[str, Any]]) -> Spans:
    words = DateWords.load()
    out = []
    for entry in entries:
        found = find_in_text(entry["text"], dt.date.fromisoformat(f"{entry['month']}-01"), words)
        out.append(
            [(f.mention.start, f.mention.end, str(f.interval and f.interval.first), str(f.interval and f.interval.last)) for f in found]
        )
    return out


def dateparser_search(settings: dict[str, Any]) -> Callable[[list[dict[str, Any]]], Spans]:
    from dateparser.search import search_dates

    def run(entries: list[dict[str, Any]]) -> Spans:
        out = []
        for entry in entries:
            reference, spans, at = dt.datetime.fromisoformat(f"{entry['month']}-15"), list[Span](), 0
            for words, when in search_dates(entry["text"], languages=["en"], settings={"RELATIVE_BASE": reference, **settings}) or []:
                start = entry["text"].find(words, at)
                if start >= 0:
                    at = start + len(words)
                    spans.append((start, at, *_bounds(words, when.date(), reference.date())))
            out.append(spans)
        return out

    return run


def _bounds(words: str, when: dt.date, reference: dt.date) -> tuple[str, str]:
    """The interval meant by what dateparser gives as one day: a month without a day is the month, four digits alone the year."""
    if re.fullmatch(r"\D*\d{4}\D*", words) and not re.search(r"[A-Z][a-z]{2}", words):
        return f"{when.year}-01-01", f"{when.year}-12-31"
    if not re.search(r"\b(?:19|20)\d\d\b", words):
        years = [y for y in (when.year - 1, when.year, when.year + 1) if (when.month, when.day) != (2, 29) or y % 4 == 0]
        when = min((when.replace(year=y) for y in years), key=lambda day: abs(day - reference))
    if re.search(r"\b\d{1,2}\b", words) or "day" in words:
        return str(when), str(when)
    first = when.replace(day=1)
    return str(first), str((first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1))


def node(peer: str, folder: Path, entries: list[dict[str, Any]]) -> tuple[Spans, float]:
    texts = json.dumps([{"text": e["text"], "reference": f"{e['month']}-15"} for e in entries])
    done = subprocess.run(["node", str(SCRIPT), peer, str(folder)], input=texts, capture_output=True, text=True, check=True)
    answer = json.loads(done.stdout)
    return [[(s[0], s[1], s[2], s[3]) for s in spans] for spans in answer["spans"]], answer["seconds"]


def f1(entries: list[dict[str, Any]], spans: Spans, *, resolved: bool, days: bool = False) -> float:
    """One-to-one pairing in reading order; with `days`, only gold days and intervals of days, and what lies on no other gold date."""
    hits = found = wanted = 0
    for entry, theirs in zip(entries, spans, strict=True):
        others = [g for g in entry["gold"] if days and g[4] not in ("day", "days")]
        gold = [g for g in entry["gold"] if g not in others]
        left = [s for s in theirs if not any(s[0] < g[1] and g[0] < s[1] for g in others)]
        found, wanted = found + len(left), wanted + len(gold)
        for start, end, first, last, _ in gold:
            match = next((s for s in left if s[0] < end and start < s[1] and (not resolved or (s[2], s[3]) == (first, last))), None)
            if match:
                left.remove(match)
                hits += 1
    return 2 * hits / (found + wanted) if found + wanted else 0.0


def report(name: str, entries: list[dict[str, Any]], spans: Spans, seconds: float) -> None:
    size = sum(len(entry["text"].encode()) for entry in entries) / 1e6
    scores = [f1(entries, spans, resolved=False), f1(entries, spans, resolved=True), f1(entries, spans, resolved=True, days=True)]
    print(f"{name:34}" + "".join(f"{score:10.3f}" for score in scores) + f"{size / seconds * 60:12.2f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--node", type=Path, help="folder with node_modules of the JavaScript peers")
    args = parser.parse_args()
    entries = load(args.gold)
    print(f"{len(entries)} entries, {sum(len(e['gold']) for e in entries)} dates")
    print(f"{'':34}{'found':>10}{'resolved':>10}{'days':>10}{'MB/min':>12}")
    python: dict[str, Callable[[list[dict[str, Any]]], Spans]] = {"dates (this project)": ours}
    try:
        python["dateparser.search, absolute only"] = dateparser_search({"PARSERS": ["absolute-time"]})
        python["dateparser.search, defaults"] = dateparser_search({})
    except ImportError:
        print("dateparser is not installed: pip install dateparser", file=sys.stderr)
    for name, run in python.items():
        run(entries[:1])
        start = time.process_time()
        spans = run(entries)
        report(name, entries, spans, time.process_time() - start)
    if not (shutil.which("node") and args.node and (args.node / "node_modules").is_dir()):
        print("chrono-node and Recognizers-Text left out: give --node a folder with their node_modules (see --help)", file=sys.stderr)
        return 0
    for peer, name in (("recognizers", "Recognizers-Text (JavaScript)"), ("chrono", "chrono-node")):
        report(name, entries, *node(peer, args.node, entries))
    return 0


if __name__ == "__main__":
    sys.exit(main())
