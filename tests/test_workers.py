"""Engines: the same bytes from one process, several, and a cluster; dead workers lose nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.archive import write_archive
from pipeline.engine import run
from pipeline.month import Task, trace
from pipeline.workers import WorkerError, after_death, one_process, processes
from tests.conftest import ROOT, table_bytes

STAGES = ["dates"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    raw = tmp_path_factory.mktemp("raw")
    write_archive(raw, 6, 3)
    return raw


@pytest.fixture(scope="module")
def whole(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("whole")
    run(archive, out, STAGES)
    return table_bytes(out)


def test_two_workers_give_the_bytes_of_one_process(archive: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    assert run(archive, tmp_path, STAGES, engine=processes(2)).made["dates"] == 6
    assert table_bytes(tmp_path) == whole


def test_a_killed_worker_s_month_is_done_again(archive: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    run(archive, tmp_path, ["entries"])
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "run", *STAGES, "--raw", archive, "--out", tmp_path, "--workers", "2"],
        cwd=ROOT,
        stderr=subprocess.PIPE,
    )
    killed = 0
    while process.poll() is None and killed < 2:
        for child in children(process.pid):
            os.kill(child, signal.SIGKILL)
            killed += 1
        time.sleep(0.2)
    assert process.wait() == 0
    assert killed
    assert table_bytes(tmp_path) == whole


def children(pid: int) -> Iterator[int]:
    told = Path(f"/proc/{pid}/task/{pid}/children")
    if not told.is_file():
        pytest.skip("needs /proc to find the workers")
    for child in told.read_text(encoding="utf-8").split():
        if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes():
            yield int(child)


def task(tmp_path: Path) -> Task:
    return Task("2024-05", ("dates",), {}, str(tmp_path), {})


def test_a_task_is_first_repeated_then_done_with_care_then_without_the_entry_it_dies_at(tmp_path: Path) -> None:
    first = task(tmp_path)
    assert after_death(first, 1) == first
    careful = after_death(first, 2)
    assert careful == replace(first, careful=True)
    trace(tmp_path, "2024-05").parent.mkdir(parents=True)
    trace(tmp_path, "2024-05").write_text(json.dumps({"stage": "dates", "entry_id": "e7"}), encoding="utf-8")
    assert after_death(careful, 3).killers == {"dates": ("e7",)}
    with pytest.raises(WorkerError, match="dies in stage dates whatever entry is left out"):
        after_death(after_death(careful, 3), 4)


def test_a_worker_that_dies_before_any_entry_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkerError, match="its worker dies before the first entry; is there memory for the language model"):
        after_death(replace(task(tmp_path), careful=True), 3)


def test_dask_workers_started_by_hand_give_the_same_bytes_though_one_is_killed(
    archive: Path, whole: dict[str, bytes], tmp_path: Path
) -> None:
    pytest.importorskip("distributed", reason="needs Dask: pip install 'crisiswatch-pipeline[dask]'")
    run(archive, tmp_path, ["entries"])
    address = tmp_path / "scheduler.json"
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(address)]
    started = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)]
    try:
        while not address.is_file():
            time.sleep(0.1)
        worker = [
            sys.executable,
            "-m",
            "distributed.cli.dask_worker",
            "--scheduler-file",
            str(address),
            "--nthreads",
            "1",
            "--no-dashboard",
            "--no-nanny",
        ]
        started += [subprocess.Popen(worker, cwd=ROOT, stderr=subprocess.DEVNULL) for _ in range(2)]
        told = json.loads(address.read_text(encoding="utf-8"))["address"]
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "pipeline",
                "run",
                *STAGES,
                "--raw",
                archive,
                "--out",
                tmp_path,
                "--engine",
                "dask",
                "--scheduler",
                told,
            ],
            cwd=ROOT,
        )
        time.sleep(4)
        started[1].kill()
        assert process.wait(timeout=120) == 0
    finally:
        for other in started:
            other.kill()
            other.wait()
    assert table_bytes(tmp_path) == whole


def test_a_scheduler_that_does_not_answer_is_told(archive: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="needs Dask: pip install 'crisiswatch-pipeline[dask]'")
    assert distributed
    from pipeline.cluster import ClusterError, dask

    with pytest.raises(ClusterError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9: .*; start one with: dask scheduler"):
        run(archive, tmp_path, STAGES, engine=dask("tcp://127.0.0.1:9", 1))


def test_the_whole_pipeline_gives_the_same_bytes_serially_from_two_workers_and_from_dask(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="needs Dask: pip install 'crisiswatch-pipeline[dask]'")
    from pipeline.cluster import dask

    raw = tmp_path / "raw"
    write_archive(raw, 3, 2)
    for name, engine in (("serial", one_process), ("workers", processes(2)), ("dask", dask(None, 2))):
        assert run(raw, tmp_path / name, engine=engine).quarantined == []
    whole = table_bytes(tmp_path / "serial")
    assert len(whole) > 40
    assert table_bytes(tmp_path / "workers") == whole
    assert table_bytes(tmp_path / "dask") == whole
