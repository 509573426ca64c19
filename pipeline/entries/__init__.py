"""The `entries` stage: blocks of files -> entries, what was skipped and why, pointers between entries, states of other months.

One file is split on its own (`split_document`) by the first layout that recognises it. What needs to see all files is a
small pass after: months inferred along each page, copies joined, revisions marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.entries.crossrefs import find_crossrefs
from pipeline.entries.identity import Dated, entry_id_of, to_entries
from pipeline.entries.layouts import LAYOUTS
from pipeline.entries.months import date_drafts
from pipeline.entries.page import Draft, Page, Piece
from pipeline.entries.situations import Situations
from pipeline.entries.wording import Wording
from pipeline.tables import Block, Crossref, Document, Entry, Skipped, Source, TrendState

__all__ = ["Situations", "Wording", "entry_id_of", "find_crossrefs", "split_document", "split_entries"]


def split_entries(
    documents: Sequence[Document], blocks: Sequence[Block], sources: Sequence[Source], situations: Situations, wording: Wording
) -> Iterator[Entry | Skipped | Crossref | TrendState]:
    """Yield the entries of all documents, one row an entry whatever the number of files it stands in.

    Every character of the blocks is in the text of an entry seen in that document, or in a Skipped row with a reason.
    A file that stands twice in the folder is split once. TrendState rows are unique by situation, month and document.
    """
    by_document: defaultdict[str, dict[int, Block]] = defaultdict(dict)
    for block in blocks:
        by_document[block.document_id].setdefault(block.position, block)
    by_path = {source.path: source for source in sources}
    pages, drafts = [], []
    done: set[str] = set()
    for document in documents:
        if document.status != "read" or document.document_id in done:
            continue
        done.add(document.document_id)
        members = by_document[document.document_id]
        page = Page(document, [members[position] for position in sorted(members)], by_path.get(document.path), situations, wording)
        found = list(split_document(page))
        pages.append(page)
        drafts.append([piece for piece in found if isinstance(piece, Draft)])
        yield from (piece for piece in found if isinstance(piece, Skipped))
        yield from _states([piece for piece in found if isinstance(piece, TrendState)])
    dated = [
        Dated(draft, ((page.source.retrieved if page.source else None) or "", page.document.path, draft.position))
        for page, found_drafts in zip(pages, date_drafts(pages, drafts), strict=True)
        for draft in found_drafts
    ]
    for entry in to_entries(dated):
        yield entry
        yield from find_crossrefs(entry, situations)


def split_document(page: Page) -> Iterator[Piece]:
    """Yield the drafts, skipped pieces and states of one file, by the first layout that recognises it.

    Months are as the file states them; those it does not state come from its neighbours and other files (see months).
    """
    if page.blocks:
        yield from next(layout for layout in LAYOUTS if layout.recognises(page)).split(page)


def _states(states: Sequence[TrendState]) -> Iterator[TrendState]:
    """Yield one row a situation and month, joining what the lists and the histories of one page tell of it."""
    joined: dict[tuple[str, object], TrendState] = {}
    for state in states:
        key = (state.situation, state.month)
        known = joined.get(key)
        joined[key] = state if known is None else replace(
            known,
            trend=known.trend or state.trend,
            risk_alert=state.risk_alert if known.risk_alert is None else known.risk_alert,
            resolution_opportunity=(
                state.resolution_opportunity if known.resolution_opportunity is None else known.resolution_opportunity
            ),
        )  # fmt: skip
    yield from joined.values()
