"""An engine of several machines: the same tasks on Dask distributed, nothing but paths and names over the wire.

All workers must see the tables' folder under the same path. Needs the extra: pip install 'crisiswatch-pipeline[dask]'.
"""

from __future__ import annotations

import importlib
from collections.abc import Generator, Sequence
from dataclasses import replace
from typing import Any

from pipeline.month import Task, run_month
from pipeline.workers import Engine, WorkerError, processes


class ClusterError(RuntimeError):
    """The cluster cannot be reached or is not installed; the message says what to do."""


def dask(scheduler: str | None, workers: int) -> Engine:
    """Return an engine on the cluster at `scheduler` ("tcp://host:8786"), or on a local cluster of `workers` processes.

    Dask does the task of a dead worker again; one that keeps killing workers is brought home and done here, entry by
    entry. Raises ClusterError where Dask is missing or no scheduler answers.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise ClusterError("Dask is not installed; run: pip install 'crisiswatch-pipeline[dask]'") from None

    def engine(tasks: Sequence[Task]) -> Generator[Task, None, None]:
        if not tasks:
            return
        try:
            cluster = None if scheduler else distributed.LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None)
            client = distributed.Client(scheduler or cluster, timeout="10s")
        except (OSError, TimeoutError) as error:
            raise ClusterError(f"no scheduler answers at {scheduler}: {error}; start one with: dask scheduler") from error
        with client:
            futures = {client.submit(run_month, task, key=f"month-{task.label}", pure=False): task for task in tasks}
            deadly = []
            for future in distributed.as_completed(futures):
                task = futures[future]
                failure = future.exception()
                if isinstance(failure, distributed.KilledWorker):
                    deadly.append(replace(task, careful=True))
                elif failure is not None:
                    raise WorkerError(f"month {task.label}: {type(failure).__name__}: {failure}")
                else:
                    yield task
        if cluster:
            cluster.close()
        yield from processes(1)(deadly)

    return engine
