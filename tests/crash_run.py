"""A process that does the same small run again and again, each time in a fork that may be killed: see test_crashes.

Reads a line a run from stdin, "RAW OUT FAULT", and answers with the child's exit status. FAULT is "-" for none, "write:7"
for a death at the seventh write, rename or fsync, or "after:0.05" for a SIGKILL after so many seconds.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import filelock
import pandas as pd
import pyarrow.parquet as pq

from pipeline import documents, stages
from pipeline.dates import DateWords, find_in_text
from pipeline.engine import run

# Loaded before the first fork, so that every child starts at work.
PRELOADED = (documents, filelock, pd, pq)

STAGES = ["dates"]


def die_at(count: int) -> None:
    """End this process without any clean-up at the count-th operation that changes the disk."""
    left = [count]

    def counted(function: Any) -> Any:
        def call(*args: Any, **kwargs: Any) -> Any:
            left[0] -= 1
            if left[0] <= 0:
                os._exit(9)
            return function(*args, **kwargs)

        return call

    os.fsync = counted(os.fsync)
    for name in ("replace", "unlink", "mkdir"):
        setattr(Path, name, counted(getattr(Path, name)))


def main() -> None:
    for stage in stages.closure(STAGES):
        stages.made_by(stage)
        for resource in stages.signature(stage).resources.values():
            resource.load()
    list(find_in_text("Army 3 May raided camp.", None, DateWords.load()))
    print("ready", flush=True)
    for line in sys.stdin:
        raw, out, fault = line.split()
        child = os.fork()
        if child == 0:
            kind, _, value = fault.partition(":")
            if kind == "write":
                die_at(int(value))
            if kind == "after":
                threading.Timer(float(value), os.kill, (os.getpid(), signal.SIGKILL)).start()
            run(Path(raw), Path(out), STAGES)
            os._exit(0)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), time.monotonic(), flush=True)


if __name__ == "__main__":
    main()
