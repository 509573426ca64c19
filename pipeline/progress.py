"""How far a run is: a bar on a terminal, a plain line a stage or month elsewhere; always on stderr."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any, Self


class Progress:
    """Called with what is done, how much of it and of how much; a context manager that clears its bar at the end."""

    def __init__(self) -> None:
        """Choose the bar where stderr is a terminal."""
        self._bar: Any = None
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> Self:
        """Start the bar."""
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Clear the bar, whatever happened."""
        if self._bar:
            self._bar.stop()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Tell that `done` of `total` are reached, at `what`."""
        if self._bar:
            self._bar.update(self._task, completed=done, total=total, description=what)
        elif done == total or total > 1:
            print(f"{what} {done}/{total}", file=sys.stderr)  # noqa: T201
