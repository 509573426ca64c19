"""Pages made for tests: invented entries in the house style, set in the layouts people bring, and split again."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.documents import read_file
from pipeline.entries import Situations, Wording, split_entries
from pipeline.tables import Block, Crossref, Document, Entry, Skipped, Source, TrendState

MONTHS = ("Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")
FULL = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
WHO = ("Gunmen", "Protesters", "Army", "Opposition leaders", "Govt", "Rebels", "Election commission", "Teachers’ union", "Court in capital")
DID = ("attacked convoy", "rejected offer", "signed truce", "blocked main road", "opened inquiry", "called for calm", "freed ten detainees")
WHERE = ("near border", "in northern district", "outside market town", "in capital’s port", "along lake shore", "in eastern hills")
SUMS = (
    "Violence spread in north",
    "Talks on new law stalled",
    "Strike over pay dragged on",
    "Authorities eased curfew",
    "Court ruling drew criticism",
)
AND = ("while donors held back aid", "as parties prepared for vote", "amid fuel shortages", "raising fears of wider unrest")
FOOTS = (
    "Sign up to have new reports sent to your inbox.",
    "We use cookies to make this site better.",
    "Filters",
    "1 of 7",
    "Share",
    "Subscribe to our weekly newsletter.",
    "Read the full privacy policy.",
)
BLURBS = (
    "The old order has gone but the new one has yet to be born. In this Q&A, our expert weighs up what may follow in the region.",
    "On the latest episode of our podcast, the hosts talk to a hydrologist about the rivers of the steppe.",
    "A truce along the front has held for a year. The parties should use the calm to settle the status of the port.",
)
NAMES = (
    "Burundi",
    "Chad",
    "Kenya",
    "Mali",
    "Nepal",
    "Sri Lanka",
    "Kosovo",
    "Moldova",
    "Colombia",
    "Haiti",
    "Libya",
    "Yemen",
    "Israel/Palestine",
)


@dataclass(frozen=True)
class Made:
    """An invented entry: where, when, headline, paragraphs."""

    situation: str
    month: dt.date
    headline: str
    paragraphs: tuple[str, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """Headline and paragraphs, a line each."""
        return (self.headline, *self.paragraphs)

    @property
    def line(self) -> str:
        """All on one line."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class Result:
    """What came out of splitting, by row class."""

    documents: list[Document]
    blocks: list[Block]
    entries: list[Entry]
    skipped: list[Skipped]
    crossrefs: list[Crossref]
    states: list[TrendState]

    @property
    def texts(self) -> set[str]:
        """The texts of the entries."""
        return {entry.text for entry in self.entries}

    def reason(self, text: str) -> str:
        """Return why `text` was skipped; the empty string if it was not."""
        return next((row.reason for row in self.skipped if row.text == text), "")


def make(draw: random.Random, situation: str = "Mali", month: dt.date = dt.date(2023, 5, 1), paragraphs: int = 2) -> Made:
    """Return an entry whose sentences are drawn from the words above; every paragraph has day-dates of its month."""

    def clause() -> str:
        return f"{draw.choice(WHO)} {draw.randint(1, 28)} {MONTHS[month.month - 1]} {draw.choice(DID)} {draw.choice(WHERE)}"

    def paragraph() -> str:
        number = draw.randint(2, 90)
        return f"{draw.choice(SUMS)}. {clause()}; {clause().lower()[:1]}{clause()[1:]}, killing {number}. {clause()}."

    headline = f"{draw.choice(SUMS)}, {draw.choice(AND)}, and {draw.choice(WHO).lower()} {draw.choice(DID)}."
    return Made(situation, month, headline, tuple(paragraph() for _ in range(paragraphs)))


def heading(month: dt.date) -> str:
    """Return the heading of a month, `May 2023`."""
    return f"{FULL[month.month - 1]} {month.year}"


def earlier(month: dt.date, months: int) -> dt.date:
    """Return the first of the month that many months before."""
    number = month.year * 12 + month.month - 1 - months
    return dt.date(number // 12, number % 12 + 1, 1)


def block(text: str, position: int = 0, **known: Any) -> Block:
    """Return a line of document d1."""
    values: dict[str, Any] = {"document_id": "d1", "kind": "line", "group": None, "field": None, "marks": ()}
    return Block(text=text, position=position, **values | known)


def document(path: str = "page.txt", **known: Any) -> Document:
    """Return a file that was read, of identity d1."""
    values: dict[str, Any] = {
        "document_id": "d1", "format": "text", "layout": None, "sha256": "", "bytes": 0, "encoding": "utf-8",
        "repairs": (), "status": "read", "reason": None,
    }  # fmt: skip
    return Document(path=path, **values | known)


def sidecar(path: str = "page.txt", **known: str) -> Source:
    """Return a line of sources.csv."""
    values: dict[str, Any] = {"situation": None, "newest_month": None, "month": None, "url": None, "retrieved": None}
    return Source(path=path, **values | known)


def split_lines(lines: Sequence[str], path: str = "page.txt", **known: str) -> Result:
    """Return what a text file of these lines gives; `known` goes into its line of the sidecar."""
    blocks = [block(" ".join(line.split()), i) for i, line in enumerate(lines) if line.strip()]
    return split_rows([document(path)], blocks, [sidecar(path, **known)] if known else [])


def split_pdf(lines: Sequence[str], pages: Sequence[int]) -> Result:
    """Return what a PDF of these lines gives, each on the page of that number."""
    blocks = [block(" ".join(line.split()), i, group=page) for i, (line, page) in enumerate(zip(lines, pages, strict=True)) if line.strip()]
    return split_rows([document("bulletin.pdf", format="pdf")], blocks)


def split_rows(documents: Sequence[Document], blocks: Sequence[Block], sources: Sequence[Source] = ()) -> Result:
    """Return what the stage makes of these rows."""
    rows = list(split_entries(documents, blocks, sources, Situations.load(), Wording.load()))
    return Result(
        list(documents),
        list(blocks),
        [row for row in rows if isinstance(row, Entry)],
        [row for row in rows if isinstance(row, Skipped)],
        [row for row in rows if isinstance(row, Crossref)],
        [row for row in rows if isinstance(row, TrendState)],
    )


def split_files(folder: Path, files: dict[str, str], sources: Sequence[Source] = ()) -> Result:
    """Write `files` into `folder`, read them as the documents stage does, and return what the entries stage makes of them."""
    documents, blocks = [], []
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
        for row in read_file(folder, folder / name):
            if isinstance(row, Document):
                documents.append(row)
            else:
                blocks.append(row)
    return split_rows(documents, blocks, sources)
