"""Whatever moment a run is killed at, the next one ends with the bytes of one that was never disturbed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.archive import write_archive, write_bulletin
from tests.conftest import ROOT, table_bytes

KILLS = int(os.environ.get("CRISISWATCH_KILLS", "100"))
NAMES = ["Mali", "Chad"]
Run = Callable[[Path, Path, str], int]

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills forked processes, which this system has none of")


@pytest.fixture(scope="module")
def child_run() -> Iterator[Run]:
    """Run the engine in a fork of a process that has everything loaded; return its exit status."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.crash_run"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == "ready\n"

    def child(raw: Path, out: Path, fault: str = "-") -> int:
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{raw} {out} {fault}\n")
        return int(process.stdout.readline().split()[0])

    yield child
    process.stdin.close()
    process.wait()


def left_behind(out: Path) -> list[Path]:
    return list(out.rglob("*.tmp"))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    raw = tmp_path / "raw"
    write_archive(raw, 2, len(NAMES))
    return raw


def test_a_death_at_any_write_rename_or_sync_is_made_good_by_the_next_run(child_run: Run, archive: Path, tmp_path: Path) -> None:
    assert child_run(archive, tmp_path / "whole", "-") == 0
    whole = table_bytes(tmp_path / "whole")
    deaths = 0
    for operation in range(1, 400):
        out = tmp_path / f"out{operation}"
        status = child_run(archive, out, f"write:{operation}")
        if status == 0:
            break
        deaths += 1
        assert status == 9
        assert child_run(archive, out, "-") == 0
        assert table_bytes(out) == whole, operation
        assert left_behind(out) == []
    assert status == 0, "the run has more operations than this test goes through"
    assert deaths > 30


def test_random_kills_while_bulletins_come_and_go_lose_and_double_nothing(child_run: Run, archive: Path, tmp_path: Path) -> None:
    rng = random.Random(20)
    out = tmp_path / "out"
    killed = 0
    for number in range(KILLS):
        if number % 10 == 0:  # a new, a changed or a withdrawn bulletin, so that there is something to do
            change, there = rng.choice(["new", "changed", "withdrawn"]), sorted(archive.glob("*.csv"))
            if change == "withdrawn" and len(there) > 1:  # the last one is not taken for withdrawn
                rng.choice(there).unlink()
            else:
                write_bulletin(archive, 2024, rng.randrange(12), NAMES, edition=number if change == "changed" else 0)
        killed += child_run(archive, out, f"after:{rng.uniform(0.001, 0.25):.4f}") != 0
        if number % 10 == 9:
            assert child_run(archive, out, "-") == 0
            assert child_run(archive, tmp_path / f"scratch{number}", "-") == 0
            assert table_bytes(out) == table_bytes(tmp_path / f"scratch{number}"), number
    assert killed > KILLS / 10


def test_a_reader_beside_killed_runs_never_sees_a_torn_file(child_run: Run, archive: Path, tmp_path: Path) -> None:
    out, torn, reads, stop = tmp_path / "out", list[str](), [0], threading.Event()

    def read_all() -> None:
        while not stop.is_set():
            for path in out.rglob("[!.]*.parquet"):
                try:
                    with pq.ParquetFile(path) as file:
                        file.read()
                    reads[0] += 1
                except FileNotFoundError:
                    continue  # withdrawn between the look and the read
                except (pa.ArrowException, OSError) as error:
                    torn.append(f"{path}: {error}")

    reader = threading.Thread(target=read_all)
    reader.start()
    rng = random.Random(3)
    for number in range(20):
        write_bulletin(archive, 2024, 9, NAMES, edition=number)
        child_run(archive, out, "-" if number % 4 == 0 else f"after:{rng.uniform(0.01, 0.3):.4f}")
    stop.set()
    reader.join()
    assert torn == []
    assert reads[0] > 20
