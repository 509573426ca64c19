"""Files that were read and hold prose, yet gave no entry: what a reader would otherwise have to find by counting."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from pipeline import store
from pipeline.tables import Document, Entry, Skipped

# Words: a line of fewer is a label or a link, and a file with fewer in longer lines holds no prose.
_LINE, _PROSE = 6, 30
# Pieces skipped because they were used: what they say is in other columns or tables.
_USED = ("heading", "trend_history")


class Entryless(NamedTuple):
    """A file with prose and no entry: how many of its pieces were skipped, and the commonest reason among those with prose."""

    path: str
    skipped: int
    reason: str


def find_entryless(out: Path) -> list[Entryless]:
    """Return the files below `out` that hold prose and gave no entry, by path; raises TableError where a table is damaged."""
    paths = {document.document_id: document.path for document in reversed(store.all_rows(out, Document)) if document.status == "read"}
    for label in store.labels(out, Entry):
        for document_ids in store.column(store.part(out, Entry, label), "document_ids"):
            for document_id in document_ids:
                paths.pop(document_id, None)
    pieces: defaultdict[str, int] = defaultdict(int)
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in store.all_rows(out, Skipped) if paths else ():
        if row.document_id in paths:
            pieces[row.document_id] += 1
            length = len(row.text.split())
            if length >= _LINE and not row.reason.startswith(_USED):
                words[row.document_id][row.reason] += length
    told = {one: counted for one, counted in words.items() if counted.total() >= _PROSE}
    return sorted(Entryless(paths[one], pieces[one], counted.most_common(1)[0][0]) for one, counted in told.items())
