"""The `entries` stage: blocks of files -> entries, what was skipped and why, pointers between entries, states of other months.

One file is split on its own (`split_documents`) by the first layout that recognises it. What needs to see all files is a
small pass after (`join_documents`): months inferred along each page, copies joined, revisions marked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from pipeline.entries.crossrefs import find_crossrefs
from pipeline.entries.identity import Dated, entry_id_of, to_entries
from pipeline.entries.layouts import LAYOUTS
from pipeline.entries.months import date_drafts, settle
from pipeline.entries.page import Draft, Page, Piece, SplitPage
from pipeline.entries.situations import Situations
from pipeline.entries.wording import Wording
from pipeline.tables import Block, Crossref, Document, Entry, Skipped, Source, TrendState

__all__ = ["Situations", "Wording", "entry_id_of", "find_crossrefs", "join_documents", "split_document", "split_documents", "split_entries"]


def split_documents(
    documents: Sequence[Document], blocks: Sequence[Block], sources: Sequence[Source], situations: Situations, wording: Wording
) -> Iterator[Draft | Skipped | TrendState]:
    """Yield what each document holds, by itself: drafts of entries in reading order, and the rows of other kinds.

    Every character of the blocks is in the text of a draft of that document, or in a Skipped row with a reason. Months that
    neither the file nor its line of the sidecar gives are left open. TrendState rows are unique by situation, month and document.
    """
    by_document: defaultdict[str, dict[int, Block]] = defaultdict(dict)
    for block in blocks:
        by_document[block.document_id].setdefault(block.position, block)
    by_path = {source.path: source for source in sources}
    for document in _distinct(documents):
        members = by_document[document.document_id]
        page = Page(document, [members[position] for position in sorted(members)], by_path.get(document.path), situations, wording)
        found = list(split_document(page))
        yield from (settle(piece, page.source) for piece in found if isinstance(piece, Draft))
        yield from (piece for piece in found if isinstance(piece, Skipped))
        yield from _states([piece for piece in found if isinstance(piece, TrendState)])


def join_documents(
    documents: Sequence[Document],
    sources: Sequence[Source],
    pieces: Annotated[Sequence[Piece], split_documents],
    situations: Situations,
    wording: Wording,
) -> Iterator[Entry | Skipped | Crossref | TrendState]:
    """Yield the entries of all documents, one row an entry whatever the number of files it stands in, and what else they hold.

    A file that stands twice in the folder counts once.
    """
    drafts: defaultdict[str, list[Draft]] = defaultdict(list)
    for piece in pieces:
        if isinstance(piece, Draft):
            drafts[piece.document_id].append(piece)
        else:
            yield piece
    by_path = {source.path: source for source in sources}
    pages = [SplitPage(document, by_path.get(document.path), drafts[document.document_id]) for document in _distinct(documents)]
    dated = [
        Dated(draft, ((page.source.retrieved if page.source else None) or "", page.document.path, draft.position))
        for page, found in zip(pages, date_drafts(pages, wording.months), strict=True)
        for draft in found
    ]
    for entry in to_entries(dated):
        yield entry
        yield from find_crossrefs(entry, situations)


def split_entries(
    documents: Sequence[Document], blocks: Sequence[Block], sources: Sequence[Source], situations: Situations, wording: Wording
) -> Iterator[Entry | Skipped | Crossref | TrendState]:
    """Yield what the stage makes of these rows from scratch: all documents split, then joined."""
    pieces = list(split_documents(documents, blocks, sources, situations, wording))
    yield from join_documents(documents, sources, pieces, situations, wording)


def _distinct(documents: Iterable[Document]) -> list[Document]:
    """Return the documents that were read, the first of those that are the same."""
    first: dict[str, Document] = {}
    for document in documents:
        if document.status == "read":
            first.setdefault(document.document_id, document)
    return list(first.values())


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
