"""Proof that nothing was lost: every letter and digit of a file is in the text of an entry seen in it, or in a skipped row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from pipeline.entries.repair import BULLETS
from pipeline.tables import Block, Entry, Skipped


def find_losses(blocks: Sequence[Block], entries: Iterable[Entry], skipped: Iterable[Skipped]) -> Iterator[tuple[Block, str]]:
    """Yield each block with text that is neither skipped nor in an entry of its document, and that text; nothing if all is accounted for.

    Letters and digits are compared, in their order: white space is folded and the damage of PDF imports is mended on the way.
    """
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for entry in entries:
        for document_id in entry.document_ids:
            texts[document_id].append(_solid(entry.text))
    left_out: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for row in skipped:
        left_out[row.document_id, row.position].append(_solid(row.text))
    joined = {document_id: "\n".join(parts) for document_id, parts in texts.items()}
    seen = set()
    for block in blocks:
        key = block.document_id, block.position
        if key in seen:
            continue
        seen.add(key)
        for piece in _without(_lines(block.text), left_out[key]):
            if piece not in joined.get(block.document_id, ""):
                yield block, piece


def _lines(text: str) -> list[str]:
    return [_solid(line) for line in text.split("\n")]


def _without(lines: Sequence[str], skipped: Sequence[str]) -> list[str]:
    """Return what is left of a block's lines once each skipped piece is taken out of one of them, or of all together."""
    pieces = list(lines)
    for text in skipped:
        if text == "".join(pieces):
            return []
        for number, piece in enumerate(pieces):
            if text and text in piece:
                before, _, after = piece.partition(text)
                pieces[number : number + 1] = [before, after]
                break
    return [piece for piece in pieces if piece]


def _solid(text: str) -> str:
    return "".join(filter(str.isalnum, BULLETS.sub("", text)))
