"""What a run costs, stage by stage, on an archive in our own words (see archive.py).

    python benchmarks/scale.py [MONTHS] [SITUATIONS]

First the newest tenth of the months, then all: prints seconds and entries a second of each stage, how many times what a tenth
takes all take, the ratio of the whole to bare `nlp.pipe` on the same text and to both networks alone (`nlp.pipe`, and the one
behind `tags`), the time of a run with nothing to do and of one with one new bulletin, the largest process and the size on disk.
Each run is a process of its own, as a user would start it; on a busy machine the seconds of CPU say more than those of the clock.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.archive import SITUATIONS, months, write_archive, write_bulletin
from pipeline import report


def crisiswatch(*arguments: str) -> tuple[float, float]:
    """Run the command in a process of its own and return its seconds, by the clock and of CPU."""
    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "pipeline", *arguments], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - started, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def last_run(out: Path) -> dict[str, Any]:
    """Return what the last run wrote into its log."""
    said: dict[str, Any] = json.loads((out / "runs.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    return said


BARE = """
import sys, time
from pathlib import Path
from pipeline import store
from pipeline.model import Model
from pipeline.tables import Entry
lines = [line for entry in store.all_rows(Path(sys.argv[1]), Entry) for line in entry.text.splitlines()]
nlp = Model.load().nlp
started, cpu = time.perf_counter(), time.process_time()
sum(len(doc) for doc in nlp.pipe(lines, batch_size=32))
print(time.perf_counter() - started, time.process_time() - cpu)
"""


NETWORK = """
import sys, time
from pathlib import Path
import numpy as np
from pipeline import store
from pipeline.by_entry import by_entry
from pipeline.tables import Entry, Token
from pipeline.tags.pieces import windows
from pipeline.tags.tagger import Tagger
out, tagger, clock, cpu = Path(sys.argv[1]), Tagger.load(), 0.0, 0.0
for label in store.labels(out, Token):
    entries, tokens = (store.read(row, store.part(out, row, label)) for row in (Entry, Token))
    tokens_of = by_entry(tokens)
    read = [window for entry in entries for window in windows(entry, tokens_of[entry.entry_id], tagger.vocabulary)]
    given = [{"pieces": np.array(w.pieces, np.int64), "shapes": np.array(w.shapes, np.int64)} for w in read]
    started, busy = time.perf_counter(), time.process_time()
    for window in given:
        tagger.session.run(None, window)
    clock, cpu = clock + time.perf_counter() - started, cpu + time.process_time() - busy
print(clock, cpu)
"""


def alone(script: str, out: Path) -> tuple[float, float]:
    """Return the seconds a script takes over the entries' text, by the clock and of CPU; loading its model is left out."""
    said = subprocess.run([sys.executable, "-c", script, str(out)], check=True, capture_output=True, text=True).stdout
    clock, cpu = map(float, said.split())
    return clock, cpu


def peak() -> int:
    """Return the largest process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def main(month_count: int, situation_count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "out"
        seconds, cpu, largest, took = 0.0, 0.0, list[int](), Counter[str]()
        spent = []
        for share in (max(1, month_count // 10), month_count):
            entries = write_archive(raw, share, situation_count)
            clock, busy = crisiswatch("run", "--raw", str(raw), "--out", str(out))
            seconds, cpu = seconds + clock, cpu + busy
            took.update(last_run(out)["seconds_by_stage"])
            largest.append(peak())
            spent.append((entries, cpu))
        print(f"{entries} entries, {month_count} months, {sum(path.stat().st_size for path in raw.iterdir()) / 1e6:.1f} MB")
        for stage, of_stage in took.items():
            print(f"{stage:20} {of_stage:8.1f} s  {entries / max(of_stage, 1e-3):8.0f} entries/s")
        print(f"{'all, with start':20} {seconds:8.1f} s  {entries / seconds:8.0f} entries/s   CPU {cpu:.1f} s")
        (few, of_few), (many, of_many) = spent
        print(
            f"{many / few:.1f} times the entries: {of_many / of_few:.2f} times the CPU; largest process {largest[0]}, then {largest[1]} MB"
        )
        print_baselines(out, seconds, cpu)
        print_small_runs(raw, out, situation_count)
        size = sum(path.stat().st_size for path in out.rglob("*.parquet")) / 1e6
        print(f"largest process {peak()} MB, tables {size:.1f} MB")
        print(json.dumps(report.versions()))


def print_baselines(out: Path, seconds: float, cpu: float) -> None:
    """Print what the models alone cost, and how many times that the whole does."""
    spacy, spacy_cpu = alone(BARE, out)
    network, network_cpu = alone(NETWORK, out)
    for what, base, base_cpu in (("bare nlp.pipe", spacy, spacy_cpu), ("both networks", spacy + network, spacy_cpu + network_cpu)):
        print(f"{what:20} {base:8.1f} s   CPU {base_cpu:.1f} s   ratio {seconds / base:.2f}, of CPU {cpu / base_cpu:.2f}")


def print_small_runs(raw: Path, out: Path, situation_count: int) -> None:
    """Print what a run costs that has nothing to do, and one with a new bulletin."""
    places = ["--raw", str(raw), "--out", str(out)]
    for what in ("nothing to do", "one new bulletin"):
        if what != "nothing to do":
            year, number = months(1)[0]
            write_bulletin(raw, year + 1, (number + 1) % 12, list(SITUATIONS)[:situation_count])
        seconds, cpu = crisiswatch("run", *places)
        print(f"{what:20} {seconds:8.2f} s   CPU {cpu:.2f} s")
    slow = sorted(last_run(out)["seconds_by_stage"].items(), key=lambda item: -item[1])[:6]
    print("  of it " + ", ".join(f"{stage} {took:.2f}" for stage, took in slow))


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]] or [240, 75]
    main(*numbers)
