"""What the layouts work on and what they make: a page of blocks in, drafts of entries out."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from pipeline.entries.repair import damaged, ended, words
from pipeline.entries.situations import Situation, Situations
from pipeline.entries.wording import Wording
from pipeline.tables import Block, Document, Skipped, Source, Trend, TrendState

# A text wrapped by an editor or a mail program has 50 to 100 columns, and a quarter of its lines nearly fill them.
_LEAST_WIDTH, _MOST_WIDTH = 45, 110
_USUAL, _FULL, _LEAST_FULL = 0.95, 0.85, 6

Origin = Literal["stated", "given", "inferred", "unknown"]


@dataclass(frozen=True)
class Page:
    """One file to split: its row, its blocks in reading order, its line of the sidecar, and the words to read it with."""

    document: Document
    blocks: Sequence[Block]
    source: Source | None
    situations: Situations
    wording: Wording

    @cached_property
    def given_situation(self) -> Situation | None:
        """The one situation the sidecar gives for the whole file, by name or by the address it was saved from."""
        if self.source is None:
            return None
        if self.source.situation:
            return self.situations.named(self.source.situation) or Situation(self.source.situation, "", ())
        return self.situations.of_url(self.source.url) if self.source.url else None

    @cached_property
    def named_situation(self) -> Situation | None:
        """The situation that the file's name holds: the longest name of at most four words."""
        words = re.findall(r"[^\W\d_]+", self.document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
        runs = (words[start : start + size] for size in range(min(4, len(words)), 0, -1) for start in range(len(words) - size + 1))
        return next((situation for run in runs if (situation := self.situations.named(" ".join(run)))), None)

    @cached_property
    def imported(self) -> bool:
        """Whether the text came through a PDF: the file is one, or its lines show the damage."""
        return self.document.format == "pdf" or damaged(block.text for block in self.blocks)

    @cached_property
    def words(self) -> frozenset[str]:
        """The whole words of the page."""
        return words(block.text for block in self.blocks)

    @cached_property
    def width(self) -> int | None:
        """The columns that a plain text is wrapped at, where its lines are broken to fit; None where they break at paragraphs alone."""
        lines = sorted((block.text for block in self.blocks if block.kind == "line"), key=len)
        # A ruler, an address or a foot may be longer than the rest.
        widest = len(lines[int(len(lines) * _USUAL)]) if lines else 0
        full = [line for line in lines if widest * _FULL < len(line) <= widest]
        open_ones = sum(not ended(line) for line in full)
        wrapped = len(full) >= max(_LEAST_FULL, len(lines) / 4) and open_ones >= len(full) / 2
        return widest if _LEAST_WIDTH <= widest <= _MOST_WIDTH and wrapped else None

    def wraps(self, line: Block, following: Block) -> bool:
        """Whether `following` goes on the paragraph of `line`: its first word did not fit beside it in a text wrapped at a width."""
        if self.width is None or following.position != line.position + 1 or len(line.text) > self.width:
            return False
        return len(line.text) + 1 + len(following.text.split()[0]) > self.width

    def skip(self, block: Block, reason: str, text: str | None = None) -> Skipped:
        """Return the row that says why a block, or `text` of it, is no entry text."""
        return Skipped(document_id=block.document_id, position=block.position, text=block.text if text is None else text, reason=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry as one file tells it, before months are inferred and copies in several files are joined.

    `headline` is the beginning of the first line, where the file shows which words it is; else it is found later.
    """

    document_id: str
    position: int
    lines: tuple[str, ...]
    headline: str | None = None
    situation: Situation | None = None
    situation_as_written: str | None = None
    situation_source: Origin = "unknown"
    region: str | None = None
    month: dt.date | None = None
    month_source: Origin = "unknown"
    month_confidence: float | None = None
    month_evidence: str | None = None
    trend: Trend | None = None
    risk_alert: bool | None = None
    resolution_opportunity: bool | None = None
    mark: str = ""
    """Digest of the text without white space, which two copies of one entry share; set once the document is split."""

    @property
    def text(self) -> str:
        """Headline and paragraphs, one a line."""
        return "\n".join(self.lines)


class SplitPage(NamedTuple):
    """What was made of one file: its row, its line of the sidecar, its drafts in reading order."""

    document: Document
    source: Source | None
    drafts: Sequence[Draft]


Piece = Draft | Skipped | TrendState


class Layout(NamedTuple):
    """A kind of page: its name, whether a page is of that kind, and how such a page is split."""

    name: str
    recognises: Callable[[Page], bool]
    split: Callable[[Page], Iterator[Piece]]
