"""What a run costs, stage by stage, on an archive in our own words (see archive.py).

    python benchmarks/scale.py [MONTHS] [SITUATIONS]

Prints seconds and entries a second of each stage, the ratio of the whole to bare `nlp.pipe` on the same text, the time of a
run with nothing to do and of one with one new bulletin, the largest process and the size on disk. Each step is a process
of its own, as a user would start it.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.archive import SITUATIONS, months, write_archive, write_bulletin
from pipeline import stages


def crisiswatch(*arguments: str) -> float:
    """Run the command in a process of its own and return its seconds."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pipeline", *arguments], check=True, capture_output=True)
    return time.perf_counter() - started


BARE = """
import sys, time
from pathlib import Path
from pipeline import store
from pipeline.model import Model
from pipeline.tables import Entry
lines = [line for entry in store.all_rows(Path(sys.argv[1]), Entry) for line in entry.text.splitlines()]
nlp = Model.load().nlp
started = time.perf_counter()
sum(len(doc) for doc in nlp.pipe(lines, batch_size=32))
print(time.perf_counter() - started)
"""


def bare(out: Path) -> float:
    """Return the seconds `nlp.pipe` alone takes over the entries' text, the loading of the model left out."""
    return float(subprocess.run([sys.executable, "-c", BARE, str(out)], check=True, capture_output=True, text=True).stdout)


def main(month_count: int, situation_count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        raw, out = Path(folder) / "raw", Path(folder) / "out"
        entries = write_archive(raw, month_count, situation_count)
        print(f"{entries} entries, {month_count} months, {sum(path.stat().st_size for path in raw.iterdir()) / 1e6:.1f} MB")
        places = ["--raw", str(raw), "--out", str(out)]
        total = 0.0
        for stage in stages.STAGES:
            seconds = crisiswatch("run", stage.name, *places)
            total += seconds
            print(f"{stage.name:18} {seconds:8.1f} s  {entries / seconds:8.0f} entries/s")
        print(f"{'all':18} {total:8.1f} s  {entries / total:8.0f} entries/s")
        alone = bare(out)
        print(f"{'bare nlp.pipe':18} {alone:8.1f} s   ratio {total / alone:.2f}")
        print(f"{'nothing to do':18} {crisiswatch('run', *places):8.2f} s")
        year, number = months(1)[0]
        write_bulletin(raw, year + 1, (number + 1) % 12, list(SITUATIONS)[:situation_count])
        print(f"{'one new bulletin':18} {crisiswatch('run', *places):8.2f} s")
        size = sum(path.stat().st_size for path in out.rglob("*.parquet")) / 1e6
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"largest process {peak:.0f} MB, tables {size:.1f} MB")
        print(json.dumps(stages.versions()))


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]] or [240, 75]
    main(*numbers)
