"""How long a search takes over the tables of a run, and how long the index takes to make and to bring up to date.

    python benchmarks/search_speed.py OUT

Each question is asked seven times, the median is printed, with the check that the index is current and the snippets and
events of twenty hits. The index is made in a copy of its folder's links, so that OUT is not written to.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from pipeline import store
from pipeline.fulltext import Question, index, search_entries
from pipeline.tables import Entry, Event

WORDS = ("drone strike", '"drone strikes"', "killed", "govt OR army", "protest* NOT police", "the", "NEAR(police detained, 5)")


def main(out: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for table in out.iterdir():
            if table.is_dir() and not table.name.startswith("."):
                (copy / table.name).symlink_to(table.resolve())
        started = time.perf_counter()
        with closing(index.opened(copy)) as connection:
            (entries,) = connection.execute("SELECT count(*) FROM entries").fetchone()
        size = (copy / ".crisiswatch" / index.NAME).stat().st_size
        print(f"{entries:,} entries indexed in {time.perf_counter() - started:.1f} s, {size / 1e6:.0f} MB")
        for question in questions(copy):
            times = []
            for _ in range(7):
                started = time.perf_counter()
                answer = search_entries(question, copy)
                times.append(time.perf_counter() - started)
            told = {name: value for name in Question.__dataclass_fields__ if (value := getattr(question, name)) and name != "limit"}
            print(f"{1000 * statistics.median(times):7.1f} ms  {answer.total:6} entries  {told}")


def questions(out: Path) -> list[Question]:
    """Return questions with words, and with the commonest situation, type, actor and place of the tables."""
    label = max(store.labels(out, Entry), key=lambda label: store.count(store.part(out, Entry, label)))
    events = store.read(Event, store.part(out, Event, label))
    kind = _commonest(event.type for event in events)
    actor = _commonest(event.source for event in events if event.source and ";" not in event.source)
    place = _commonest(event.place for event in events if event.place)
    situation = _commonest(entry.situation for entry in store.read(Entry, store.part(out, Entry, label)) if entry.situation)
    return [
        *(Question(words=words) for words in WORDS),
        Question(words="drone strike", situation=(situation,), since=label[:4]),
        Question(type=(kind,)),
        Question(words="killed", type=(kind,), actor=(actor,)),
        Question(place=(place,), kind=("killed",)),
    ]


def _commonest(values: Iterable[str]) -> str:
    return Counter(values).most_common(1)[0][0]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
