"""In whatever order bulletins come, are revised, withdrawn and corrected, the tables are those of a run from scratch."""

from __future__ import annotations

import csv
import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from benchmarks.archive import MONTHS as MONTHS_SHORT
from benchmarks.archive import write_bulletin
from pipeline import store
from pipeline.corrections import COLUMNS
from pipeline.engine import run
from pipeline.tables import Date
from tests.conftest import table_bytes

ORDERS = int(os.environ.get("CRISISWATCH_ORDERS", "15"))
STAGES = ["acronyms", "dates"]
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

    @rule(name=st.sampled_from(NAMES), newest=st.integers(1, 5), edition=st.integers(0, 1), told=st.booleans())
    def a_page_without_months_tells_of_the_past(self, name: str, newest: int, edition: int, told: bool) -> None:
        lines = [line for month in range(newest, -1, -2) for line in entry_lines(self.folder.name, name, month, edition)]
        (self.raw / f"page-{name}.txt").write_text("\n".join(lines), encoding="utf-8")
        said = f"page-{name}.txt,{name},{f'2024-{newest + 1:02}' if told else ''}"
        (self.raw / "sources.csv").write_text(f"path,situation,newest_month\n{said}\n", encoding="utf-8")
        self.compared = False

    @precondition(lambda self: any(self.raw.glob("*-*.*")))
    @rule(data=st.data())
    def a_file_is_withdrawn(self, data: st.DataObject) -> None:
        data.draw(st.sampled_from(sorted(self.raw.glob("*-*.*")))).unlink()
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
        self.bring_up_to_date()

    @invariant()
    def no_temporary_file_is_left(self) -> None:
        assert not list(self.out.rglob("*.tmp"))

    def bring_up_to_date(self) -> None:
        all_gone = not any(self.raw.glob("*-*.*"))
        run(self.raw, self.out, STAGES, force=all_gone)
        self.compare()

    def compare(self) -> None:
        if not self.compared:
            with tempfile.TemporaryDirectory() as scratch:
                run(self.raw, Path(scratch), STAGES)
                assert table_bytes(self.out) == table_bytes(Path(scratch))
            self.compared = True

    def teardown(self) -> None:
        if hasattr(self, "folder"):
            self.bring_up_to_date()
            self.folder.cleanup()


def entry_lines(folder: str, name: str, month: int, edition: int) -> list[str]:
    """Return headline and paragraphs of an entry, as the bulletin of that month has them, and a sentence with an acronym."""
    with write_bulletin(Path(folder), 2024, month, [name], edition).open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    return [row["title"], *row["content"].split("\n"), f"National Relief Front (NRF) {month + 3} {MONTHS_SHORT[month]} welcomed talks."]


TestArrivals = Arrivals.TestCase
TestArrivals.settings = settings(
    max_examples=ORDERS, stateful_step_count=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
