"""What came in: the files, what the researcher knows of them from outside, and the blocks they were read into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pipeline.tables.fields import DocumentId, Partition


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One row a distinct input file, read or set aside with a reason."""

    TABLE: ClassVar[str] = "documents"
    KEY: ClassVar[tuple[str, ...]] = ("document_id", "path")
    BY: ClassVar[Partition] = "whole"

    document_id: DocumentId
    path: Annotated[str, "Path below the raw folder, with forward slashes; members of an archive as archive.zip/member."]
    format: Annotated[str, "What the bytes are: html, text, csv, tsv, json, jsonl, feed, xlsx, docx, pdf, archive, unknown."]
    layout: Annotated[str | None, "How it is laid out: html_page, plain_text, table, pdf_text; null if the file was not read."]
    sha256: Annotated[str, "SHA-256 of the bytes, in hex; empty if they could not be had."]
    bytes: Annotated[int, "Size of the file in bytes."]
    encoding: Annotated[str | None, "Text encoding the bytes were read with; null for binary formats."]
    repairs: Annotated[
        tuple[str, ...], "What was mended, assumed or left out on reading: bom, mojibake, assumed_cp1252, scripts_left_out, ..."
    ]
    status: Annotated[Literal["read", "quarantined"], "Whether the file could be read."]
    reason: Annotated[str | None, "Why it was set aside, in plain words; null if it was read."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One row a line of `sources.csv`, the sidecar: what the researcher knows of a file from outside it."""

    TABLE: ClassVar[str] = "sources"
    KEY: ClassVar[tuple[str, ...]] = ("path",)
    BY: ClassVar[Partition] = "whole"

    path: Annotated[str, "Path below the raw folder, with forward slashes: documents.path."]
    situation: Annotated[str | None, "The one situation the whole file is about; null if it is about several or not given."]
    newest_month: Annotated[str | None, "Month of the newest entry of the file, as YYYY-MM; null if not given."]
    month: Annotated[str | None, "Month of every entry of the file, as YYYY-MM; null if not given."]
    url: Annotated[str | None, "Address the file was saved from; null if not given."]
    retrieved: Annotated[str | None, "Day it was saved, as written; null if not given."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One row a piece of a file in reading order: a line, an HTML block, a table cell. Every character is in one."""

    TABLE: ClassVar[str] = "blocks"
    KEY: ClassVar[tuple[str, ...]] = ("document_id", "position")
    BY: ClassVar[Partition] = "whole"

    document_id: DocumentId
    position: Annotated[int, "Rank in the file's reading order, from 0."]
    text: Annotated[str, "The text of the piece, mojibake and control characters mended, white space folded."]
    kind: Annotated[str, "What the file says it is: line, heading, paragraph, item, time, cell, icon, ..."]
    group: Annotated[int | None, "Number of the card, table row or record it belongs to; null outside of one."]
    field: Annotated[str | None, "Name of the column or key it was in, as written; null outside of tables."]
    marks: Annotated[tuple[str, ...], "What the markup tells: icons, heading level, class names that carry meaning."]
