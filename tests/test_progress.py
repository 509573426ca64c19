"""What a run says of how far it is."""

from __future__ import annotations

import sys

import pytest

from pipeline.progress import Progress

TOLD = [("documents", 0, 2), ("documents", 2, 2), ("entries", 0, 1), ("entries", 1, 1), ("2024-05", 1, 2), ("2024-06", 2, 2)]


def test_a_terminal_shows_one_bar_that_says_where_the_run_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with Progress() as progress:
        shown = []
        for told in TOLD:
            progress(*told)
            shown += [[(task.description, task.completed, task.total) for task in progress._bar.tasks]]
    assert shown == [[told] for told in TOLD]


def test_elsewhere_a_line_a_month_is_written_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress() as progress:
        for told in TOLD:
            progress(*told)
    assert capsys.readouterr().err.splitlines() == ["documents 0/2", "documents 2/2", "entries 1/1", "2024-05 1/2", "2024-06 2/2"]
