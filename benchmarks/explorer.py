"""How fast the explorer is, and whether what it shows is what the tables hold; in headless Chromium.

    python -m benchmarks.explorer data/processed

Prints: the time of the build; from opening the page to entries with their text, and until everything counts; from a query to
results and to their text, each query new to the page and then again; the time of the views; requests that leave the folder and
messages on the console; and, of 10,000 spans drawn at random (seed 1), how many are marked with exactly their row's text.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.explorer import build
from pipeline.explorer.read import read_columns
from pipeline.tables import Actor, Casualty, Date, Entry, Event, Place
from tests.explorer_browser import Page, started

QUERIES = (
    "drone", "drone strike", '"drone strike"', "protest", "killed civilians", "election", "ceasefire talks", "govt", "president said",
    "refugee", '"Security Council"', "police arrest -protest", "attack", "army", "Feb", "jihadist", "sanctions", '"state of emergency"',
    "U.S.", "border", "nuclear", "hostage", "gang", "parliament", "displaced", "coup", "opposition leader", '"human rights"',
    "militants killed", "in",
)  # fmt: skip
VIEWS = {
    "#/map": ".map circle", "#/months": "svg.heat path", "#/months?count=killed": "svg.heat path", "#/actors": "tbody tr",
    "#/coverage": "tbody tr", "#/?family=Political+violence&kind=killed": ".result .snippet", "situation": ".happened li",
}  # fmt: skip
READY = "document.querySelector('.result') && [...document.querySelectorAll('.result .snippet')].every((one) => one.textContent)"
TIMED = """
const [hash, test, done] = arguments;
const since = performance.now();
let listed = 0;
const before = document.querySelector("#view > .view");
location.hash = hash;
(function again() {
  const view = document.querySelector("#view > .view");
  const parts = view && view !== before ? [...view.querySelectorAll(test)] : [];
  const empty = view && view !== before && view.querySelector(".empty:not([hidden])");
  if (!listed && (empty || parts.length)) listed = performance.now() - since;
  const filled = parts.length && parts.every((one) => one.textContent || !one.matches(".snippet"));
  if (empty || filled) done([listed, performance.now() - since]);
  else setTimeout(again, 1);
})();
"""
MARKS = """
const out = {};
for (const mark of document.querySelectorAll("#text mark"))
  for (const key of mark.dataset.f.split(" ")) out[key] = (out[key] || "") + mark.textContent;
return out;
"""
SAMPLE, A_PAGE = 10_000, 20


def main(tables: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        since, worked = time.perf_counter(), time.process_time()
        built = build(tables, Path(folder) / "explorer")
        took, work = time.perf_counter() - since, time.process_time() - worked
        print(f"build: {took:.1f} s, {work:.1f} s of CPU, {built.entries:,} entries, {built.files} files, {built.bytes / 1e6:.0f} MB")
        told: list[str] = []
        with started(Path(folder) / "timed", requests=False) as chrome:
            page = Page(chrome, built.page.parent)
            opening(page)
            searches(page)
            views(page, tables)
            told += page.complaints()
        with started(Path(folder) / "watched") as chrome:
            page = Page(chrome, built.page.parent)
            page.open(wait=READY)
            searches(page, tell=False)
            views(page, tables, tell=False)
            spans(page, tables)
            told += page.complaints()
        print(f"requests beyond the folder and console messages: {len(told)} {told[:3]}")


def opening(page: Page) -> None:
    first, whole = [], []
    for _ in range(5):
        page.open(wait=READY)
        first.append(page.js("return performance.now()"))
        page.until("!!CW.facets")
        whole.append(page.js("return performance.now()"))
    print(f"open: entries with text after {milliseconds(first)}, everything loaded after {milliseconds(whole)}")


def searches(page: Page, tell: bool = True) -> None:
    page.open(wait=READY)
    page.until("!!CW.facets")
    for name in ("first time", "again"):
        times = [timed(page, f"#/?q={query}", ".result .snippet") for query in QUERIES]
        listed, with_text = [found for found, _ in times], [shown for _, shown in times]
        if tell:
            print(f"search, {name}: results after {milliseconds(listed)}, their text after {milliseconds(with_text)}; {len(times)} queries")


def views(page: Page, tables: Path, tell: bool = True) -> None:
    names = read_columns(Entry, store.part(tables, Entry, store.labels(tables, Entry)[-1]), ("situation",))["situation"].to_pylist()
    for fragment, test in VIEWS.items():
        times = []
        for _ in range(3):
            timed(page, "#/", ".result .snippet")
            times.append(timed(page, fragment if fragment != "situation" else f"#/situation/{names[0]}", test)[1])
        if tell:
            print(f"view {fragment}: {milliseconds(times)}")


def timed(page: Page, fragment: str, test: str) -> tuple[float, float]:
    """Return the milliseconds until the first part that `test` names is there, and until all have their text."""
    listed, whole = page.chrome.execute_async_script(TIMED, fragment, test)
    return listed, whole


def milliseconds(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} ms (worst {max(times):.0f})"


def spans(page: Page, tables: Path) -> None:
    draw = random.Random(1)
    rows = expected(tables)
    same = seen = 0
    for entry_id in draw.sample(sorted(rows), min(len(rows), SAMPLE // A_PAGE)):
        page.js("location.hash = arguments[0]", f"#/entry/{entry_id}")
        page.until(f"document.querySelector('.id code').textContent === '{entry_id}' && document.querySelector('#facts li')")
        shown = page.js(MARKS)
        chosen = draw.sample(sorted(rows[entry_id].items()), min(A_PAGE, len(rows[entry_id])))
        seen += len(chosen)
        same += sum(shown.get(key) == text for key, text in chosen)
    print(f"spans marked with their row's text: {same:,} of {seen:,}")


def expected(tables: Path) -> dict[str, dict[str, str]]:
    """Return the text of every row by the entry and the key its mark has on the page, "events-0"; of entries with enough rows."""
    out: dict[str, dict[str, str]] = {}
    for row_class in (Date, Place, Actor, Casualty, Event):
        for label in store.labels(tables, row_class):
            table = read_columns(row_class, store.part(tables, row_class, label), ("entry_id", "text"))
            rank: dict[str, int] = {}
            for entry_id, text in zip(table["entry_id"].to_pylist(), table["text"].to_pylist(), strict=True):
                rank[entry_id] = rank.get(entry_id, -1) + 1
                out.setdefault(entry_id, {})[f"{row_class.TABLE}-{rank[entry_id]}"] = text
    superseded: set[Any] = set()
    for label in store.labels(tables, Entry):
        rows = read_columns(Entry, store.part(tables, Entry, label), ("entry_id", "superseded_by")).to_pylist()
        superseded |= {row["entry_id"] for row in rows if row["superseded_by"]}
    return {entry_id: rows for entry_id, rows in out.items() if entry_id not in superseded and len(rows) >= A_PAGE}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
