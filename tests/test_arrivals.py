"""In whatever order bulletins come, are revised, withdrawn and corrected, the tables are those of a run from scratch."""

from __future__ import annotations

import csv
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from benchmarks.archive import write_bulletin
from pipeline import store
from pipeline.corrections import COLUMNS
from pipeline.engine import run
from pipeline.tables import Date
from tests.conftest import table_bytes

ORDERS = int(os.environ.get("CRISISWATCH_ORDERS", "15"))
STAGES = ["dates"]
NAMES = ["Mali", "Chad", "Togo"]
MONTHS = st.integers(0, 5)


class Arrivals(RuleBasedStateMachine):
    """Bulletins of six months that come and go between runs; what a run leaves is held against a run from scratch."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.raw, self.out = Path(self.folder.name) / "raw", Path(self.folder.name) / "out"
        self.raw.mkdir()
        self.compared = True

    @rule(month=MONTHS, edition=st.integers(0, 2), names=st.lists(st.sampled_from(NAMES), min_size=1, unique=True))
    def a_bulletin_comes_or_is_revised(self, month: int, edition: int, names: list[str]) -> None:
        write_bulletin(self.raw, 2024, month, names, edition)
        self.compared = False

    @rule(month=MONTHS, edition=st.integers(0, 2))
    def another_file_tells_of_the_same_month(self, month: int, edition: int) -> None:
        write_bulletin(self.raw, 2024, month, NAMES[:2], edition).rename(self.raw / f"again-{month}.csv")
        self.compared = False

    @precondition(lambda self: any(self.raw.glob("*-*.csv")))
    @rule(data=st.data())
    def a_file_is_withdrawn(self, data: st.DataObject) -> None:
        data.draw(st.sampled_from(sorted(self.raw.glob("*-*.csv")))).unlink()
        self.compared = False

    @precondition(lambda self: self.out.is_dir() and bool(store.all_rows(self.out, Date)))
    @rule(data=st.data(), value=st.sampled_from(["day", "month"]))
    def a_row_is_corrected(self, data: st.DataObject, value: str) -> None:
        row = data.draw(st.sampled_from(store.all_rows(self.out, Date)))
        with (self.raw / "corrections.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([COLUMNS, ("dates", row.entry_id, row.start, row.end, "precision", value, "", "")])
        self.compared = False

    @rule()
    def the_pipeline_runs(self) -> None:
        run(self.raw, self.out, STAGES)
        self.compare()

    @invariant()
    def no_temporary_file_is_left(self) -> None:
        assert not list(self.out.rglob("*.tmp"))

    def compare(self) -> None:
        if not self.compared:
            with tempfile.TemporaryDirectory() as scratch:
                run(self.raw, Path(scratch), STAGES)
                assert table_bytes(self.out) == table_bytes(Path(scratch))
            self.compared = True

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            run(self.raw, self.out, STAGES)
            self.compare()
            self.folder.cleanup()


TestArrivals = Arrivals.TestCase
TestArrivals.settings = settings(
    max_examples=ORDERS, stateful_step_count=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
