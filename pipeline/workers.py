"""Engines on this machine: where a run's months are worked on. Each takes tasks and gives them back as they are done.

A task is the same whoever does it, so the tables are the same bytes from one process, from several, and from a cluster.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from pipeline.durable import DamagedFile
from pipeline.month import Task, run_month, trace
from pipeline.store import TableError

Engine = Callable[[Sequence[Task]], Generator[Task, None, None]]
# How often a worker looks whether the run that started it is still there.
WATCH_SECONDS = 0.1


class WorkerError(RuntimeError):
    """A task failed in a worker for a reason that is not an entry's: the worker's own words follow."""


def one_process(tasks: Sequence[Task]) -> Generator[Task, None, None]:
    """Do the tasks one after the other in this process."""
    for task in tasks:
        run_month(task)
        yield task


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    task: Task | None = None


def processes(count: int) -> Engine:
    """Return an engine of `count` processes that survives their deaths.

    The task of a dead worker is done again; one that kills twice is done entry by entry, and the entry it dies at is set
    aside.
    """

    def engine(tasks: Sequence[Task]) -> Generator[Task, None, None]:
        waiting, deaths = deque(tasks), Counter[str]()
        workers = [_start() for _ in range(min(count, len(tasks)))]
        try:
            while waiting or any(worker.task for worker in workers):
                _hand_out(workers, waiting)
                for pipe in wait([worker.pipe for worker in workers if worker.task]):
                    worker = next(worker for worker in workers if worker.pipe is pipe)
                    done, again = _collect(worker, deaths)
                    if again is not None:
                        waiting.appendleft(again)
                        workers[workers.index(worker)] = _start()
                    elif done is not None:
                        yield done
        finally:
            for worker in workers:
                worker.process.kill()
                worker.process.join()

    return engine


def _start() -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs, os.getpid()), daemon=True)
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _hand_out(workers: Sequence[_Worker], waiting: deque[Task]) -> None:
    for worker in workers:
        if worker.task is None and waiting:
            worker.task = waiting.popleft()
            # One that died while idle is found, and its task done again, when its answer is collected.
            with suppress(BrokenPipeError, ConnectionResetError):
                worker.pipe.send(worker.task)


def _collect(worker: _Worker, deaths: Counter[str]) -> tuple[Task | None, Task | None]:
    """Return the task a worker has done, or, where it died, the task to be done again."""
    task, worker.task = worker.task, None
    assert task is not None
    try:
        failure = worker.pipe.recv()
    except (EOFError, ConnectionResetError):
        deaths[task.label] += 1
        return None, after_death(task, deaths[task.label])
    if failure:
        raise WorkerError(f"month {task.label}: {failure}")
    return task, None


def after_death(task: Task, deaths: int) -> Task:
    """Return the task to try after its worker died: as it was, then entry by entry, then without the entry it died at.

    Raises WorkerError where a worker dies before it comes to any entry.
    """
    if deaths < 2:
        return task
    note = trace(Path(task.out), task.label)
    if not task.careful:
        note.unlink(missing_ok=True)
        return replace(task, careful=True)
    try:
        at = json.loads(note.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise WorkerError(f"month {task.label}: its worker dies before the first entry; is there memory for the language model?") from None
    known = task.killers.get(at["stage"], ())
    if at["entry_id"] in known:
        raise WorkerError(f"month {task.label}: its worker dies in stage {at['stage']} whatever entry is left out")
    return replace(task, killers={**task.killers, at["stage"]: (*known, at["entry_id"])})


def _work(pipe: Connection, parent: int) -> None:
    """Do tasks until the pipe closes: the life of a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run that started it ends it, so that no file is left half done
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    while True:
        try:
            task = pipe.recv()
        except EOFError:
            return
        try:
            run_month(task)
            pipe.send("")
        except (OSError, TableError, DamagedFile) as error:
            pipe.send(str(error))
        except Exception:
            pipe.send(traceback.format_exc(limit=-3))


def _die_with(parent: int) -> None:
    """End this process once the run is gone: a run killed outright must leave nobody writing."""
    while os.getppid() == parent:
        time.sleep(WATCH_SECONDS)
    os._exit(1)
