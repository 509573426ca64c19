"""Tags of annotated entries by taggers that had not seen them: what later models learn from must be as good as in any other text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pipeline.tables import Tag
from pipeline.tags import Tagger, window_tags
from pipeline.tags.pieces import Window


def write_unseen(entries: Iterable[tuple[str, Sequence[Window]]], tagger: Tagger, path: Path) -> None:
    """Write the tags of entries, given by id with their windows, a line an entry."""
    with path.open("w", encoding="utf-8") as file:
        for entry_id, windows in entries:
            tags = (tag for window in windows for tag in window_tags(entry_id, window, tagger))
            rows = [(tag.question, tag.i, tag.label, tag.of, tag.chance) for tag in tags]
            file.write(json.dumps({"entry_id": entry_id, "tags": rows}) + "\n")


def read_unseen(folder: Path) -> Iterator[Tag]:
    """Yield the tags that a folder's files hold.

    Raises FileNotFoundError where it has none.
    """
    paths = sorted(folder.glob("**/*.jsonl"))
    if not paths:
        raise FileNotFoundError(f"{folder} holds no tags (*.jsonl); write them with models/tagger/train_tagger.py --fold N --out {folder}")
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            said = json.loads(line)
            for question, i, label, of, chance in said["tags"]:
                yield Tag(entry_id=said["entry_id"], question=question, i=i, label=label, of=of, chance=chance)
