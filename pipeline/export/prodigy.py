"""Prodigy's JSON lines: one task an entry, its tokens, and every span of every table.

Spans overlap, so review them with `spans.manual`; their labels are DATE, PLACE, ACTOR, FIGURE and EVENT. Each span also has
the `kind` its row gives (a place's level, a figure's kind, an event's type) and `row`, the row's key as in Label Studio tasks.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from pipeline.durable import whole_or_not
from pipeline.export.notice import notice
from pipeline.export.selection import Selection, months
from pipeline.export.tokenised import Tokenised, tokenised


def write_prodigy(tables: Path, chosen: Selection, path: Path, no_text: bool = False) -> Counter[str]:
    """Write the tasks to `path`; return the number of tasks and of spans by table."""
    counts: Counter[str] = Counter()
    with whole_or_not(path) as file:
        for month in months(tables, chosen):
            for told in tokenised(month, no_text):
                file.write(json.dumps(task(told), ensure_ascii=False).encode() + b"\n")
                counts["tasks"] += 1
                counts.update(span.table for span in told.spans)
    return counts


def task(told: Tokenised) -> dict[str, Any]:
    """Return an entry as a task; a span's `token_end` is its last token, as Prodigy counts."""
    entry = told.entry
    return {
        "text": told.text,
        "tokens": [
            {"text": told.text[start:end], "start": start, "end": end, "id": i, "ws": told.blank_after(i)}
            for i, (start, end) in enumerate(told.tokens)
        ],
        "spans": [
            {"start": span.start, "end": span.end, "token_start": span.first, "token_end": span.last - 1,
             "label": span.label, "kind": span.kind, "row": span.row}
            for span in told.spans
        ],
        "meta": {"entry_id": entry.entry_id, "situation": entry.situation, "month": entry.month.isoformat()[:7] if entry.month else None,
                 "notice": notice()},
    }  # fmt: skip
