"""Which entry a later revision supersedes, told anew where corrections moved entries to another situation or month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.entries.identity import Lateness, superseded
from pipeline.tables import Document, Entry, Source


def mark_revisions(
    before: Sequence[Entry], after: Sequence[Entry], documents: Sequence[Document], sources: Sequence[Source]
) -> list[Entry]:
    """Return the corrected entries with `superseded_by` as their situations and months now have it.

    Only groups that an entry has left or joined are judged again, by the rule of `entries.identity`: the later counts, by the
    day its file was retrieved, then path (of two entries in one file, by identity: rows do not say which stood first there).
    What a correction says of `superseded_by` itself stays.
    """
    was = {entry.entry_id: entry for entry in before}
    pairs = [(_group(was[entry.entry_id]), _group(entry)) for entry in after]
    moved = {group for pair in pairs if pair[0] != pair[1] for group in pair}
    # A file that stands twice was split where it stands first.
    path_of = {document.document_id: document.path for document in reversed(documents)}
    day_of = {source.path: source.retrieved or "" for source in sources}

    def lateness(entry: Entry) -> Lateness:
        paths = [path_of[document_id] for document_id in entry.document_ids]
        return max(((day_of.get(path, ""), path, 0) for path in paths), default=("", "", 0))

    later = superseded([(entry, lateness(entry)) for entry in after if _group(entry) in moved])
    return [
        replace(entry, superseded_by=later.get(entry.entry_id))
        if _group(entry) in moved and entry.superseded_by == was[entry.entry_id].superseded_by
        else entry
        for entry in after
    ]


def _group(entry: Entry) -> tuple[str | None, object]:
    return entry.situation, entry.month
