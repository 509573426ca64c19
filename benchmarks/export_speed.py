"""Time, processor time and peak memory of every export of a folder of tables, each in a process of its own.

Usage: python benchmarks/export_speed.py FOLDER_OF_TABLES [FORMAT ...]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.cli.export import PLACES, Format


def measure(tables: Path, form: Format, out: Path) -> str:
    """Run one export; return a line of figures."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "pipeline", "export", form, "--tables", str(tables), "--out", str(out / PLACES[form])]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    failed = "" if status == 0 else f"  FAILED with {os.waitstatus_to_exitcode(status)}"
    busy = used.ru_utime + used.ru_stime
    return f"{form:12} {wall:7.1f} s  {busy:7.1f} s cpu  {used.ru_maxrss / 1024:7.0f} MB  {size / 1e6:8.1f} MB out{failed}"


def main() -> None:
    """Measure the formats named, else all."""
    tables, *names = sys.argv[1:]
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    for form in [Format(name) for name in names] or list(Format):
        with tempfile.TemporaryDirectory() as out:
            print(measure(Path(tables), form, Path(out)), flush=True)


if __name__ == "__main__":
    main()
