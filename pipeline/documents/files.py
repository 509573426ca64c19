"""Files below the raw folder -> Document and Block rows."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.documents.sources import SIDECARS
from pipeline.readers import Piece, Unreadable
from pipeline.readers.archives import LARGEST_FILE, is_archive, unpack
from pipeline.readers.decode import mend
from pipeline.readers.html import unmark
from pipeline.readers.sniff import read_bytes
from pipeline.tables import Block, Document

LONGEST_BLOCK = 1_000_000
"""Characters of one block; a longer text is cut at white space into blocks marked "oversize"."""
MOST_BLOCKS = 1_000_000
"""Blocks of one file: a bulletin of 80 situations has 3,000."""


def find_files(raw: Path) -> list[Path]:
    """Return the files below `raw`, sorted by path: all but the sidecar at its top, README files and names with a leading dot.

    Links to folders are listed, not entered. Raises FileNotFoundError or NotADirectoryError where `raw` is no folder.
    """
    if not raw.exists():
        raise FileNotFoundError(f"{raw} does not exist; give the folder of raw files with --raw")
    if not raw.is_dir():
        raise NotADirectoryError(f"{raw} is a file; give the folder it is in with --raw")
    found = []
    for folder, subfolders, names in os.walk(raw):
        here = Path(folder)
        links = [name for name in subfolders if (here / name).is_symlink()]
        subfolders[:] = [name for name in subfolders if not name.startswith(".") and name not in links]
        found += [here / name for name in (*names, *links) if not name.upper().startswith((".", "README"))]
    return sorted(
        (path for path in found if path not in {raw / name for name in SIDECARS}), key=lambda path: path.relative_to(raw).as_posix()
    )


def read_file(raw: Path, path: Path) -> Iterator[Document | Block]:
    """Yield the Document of the file at `path` and its Blocks in reading order; for an archive those of each member.

    Whatever is wrong with the file, a quarantined Document comes out and nothing is raised. One whose bytes could not be had
    has an empty sha256 and a document_id made of its path.
    """
    name = path.relative_to(raw).as_posix().encode("utf-8", "replace").decode("utf-8")
    try:
        data = _bytes(raw, path)
    except Unreadable as error:
        yield _unopened(name, str(error))
    except OSError as error:
        yield _unopened(name, f"cannot be opened: {error.strerror or error}")
    else:
        yield from _read_archive(name, data) if is_archive(data) else _read_document(name, data)


def _bytes(raw: Path, path: Path) -> bytes:
    if path.is_symlink():
        target = path.resolve()
        if not target.is_relative_to(raw.resolve()):
            raise Unreadable("a link that leaves the raw folder: not followed")
        if target.is_dir():
            raise Unreadable("a link to a folder: not followed")
    about = path.stat()
    # Opening a pipe would wait for ever.
    if not stat.S_ISREG(about.st_mode):
        raise Unreadable("not a regular file")
    if about.st_size > LARGEST_FILE:
        raise Unreadable(f"too big: {about.st_size:,} bytes, {LARGEST_FILE:,} are the most; split it")
    return path.read_bytes()


def _read_archive(name: str, data: bytes) -> Iterator[Document | Block]:
    members = 0
    seen: set[str] = set()
    try:
        for member in unpack(name, data):
            members += 1
            path = f"{name}/{member.name}"
            if member.reason is not None:
                yield _unopened(path, member.reason)
            elif is_archive(member.data):
                yield _quarantined(path, member.data, "archive", "an archive inside an archive: unpack it first")
            else:
                # The same page twice in an archive: two documents, but blocks only once, for their key is the document_id.
                document, *blocks = _read_document(path, member.data)
                yield document
                yield from blocks if document.document_id not in seen else ()
                seen.add(document.document_id)
    except Unreadable as error:
        yield _quarantined(name, data, "archive", str(error))
    else:
        if not members:
            yield _quarantined(name, data, "archive", "an archive with no file in it")


def _read_document(name: str, data: bytes) -> Iterator[Document | Block]:
    form = "unknown"
    document_id = hashlib.sha256(data).hexdigest()[:16]
    try:
        content = read_bytes(name, data)
        form = content.format
        blocks, repairs = _blocks(document_id, content.pieces)
        if not blocks:
            raise Unreadable("holds no text")
    except Unreadable as error:
        yield _quarantined(name, data, form, str(error))
        return
    yield Document(
        document_id=document_id, path=name, format=form, layout=content.layout, sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data), encoding=content.encoding, repairs=(*content.repairs, *sorted(repairs.difference(content.repairs))),
        status="read", reason=None,
    )  # fmt: skip
    yield from blocks


def _blocks(document_id: str, pieces: Iterable[Piece]) -> tuple[list[Block], set[str]]:
    """Return the pieces as blocks with their positions (rising, no lower than a piece asks for), and the repairs they took."""
    blocks: list[Block] = []
    repairs: set[str] = set()
    position = -1
    for whole in pieces:
        repairs.update(whole.repairs)
        name, mended = mend(whole.field) if whole.field is not None else (None, frozenset())
        repairs |= mended
        if whole.kind == "cell":
            plain, unmarked = unmark(whole.text)
            whole = whole._replace(text=plain) if unmarked else whole
            repairs |= unmarked
        for piece in _cut(whole):
            text, mended = mend(piece.text)
            repairs |= mended
            if text:
                if len(blocks) == MOST_BLOCKS:
                    raise Unreadable(f"has more than {MOST_BLOCKS:,} lines or cells; split it")
                position = max(position + 1, piece.at)
                blocks.append(
                    Block(
                        document_id=document_id, position=position, text=text, kind=piece.kind, group=piece.group, field=name,
                        marks=piece.marks,
                    )
                )  # fmt: skip
    return blocks, repairs


def _cut(piece: Piece) -> Iterator[Piece]:
    """Yield the piece, or where it is longer than LONGEST_BLOCK its parts, marked "oversize", cut after white space if there is any."""
    text, start = piece.text, 0
    if len(text) <= LONGEST_BLOCK:
        yield piece
        return
    while start < len(text):
        end = min(start + LONGEST_BLOCK, len(text))
        if end < len(text):
            end = max(text.rfind(" ", start, end), text.rfind("\n", start, end)) + 1 or end
        yield piece._replace(text=text[start:end], marks=(*piece.marks, "oversize"))
        start = end


def _quarantined(name: str, data: bytes, form: str, reason: str) -> Document:
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(
        document_id=sha256[:16], path=name, format=form, layout=None, sha256=sha256, bytes=len(data), encoding=None, repairs=(),
        status="quarantined", reason=reason,
    )  # fmt: skip


def _unopened(name: str, reason: str) -> Document:
    document_id = hashlib.sha256(b"not opened: " + name.encode()).hexdigest()[:16]
    return Document(
        document_id=document_id, path=name, format="unknown", layout=None, sha256="", bytes=0, encoding=None, repairs=(),
        status="quarantined", reason=reason,
    )  # fmt: skip
