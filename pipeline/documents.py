"""The `documents` stage: every file a researcher has -> Document and Block rows.

What a file is follows from its content, its name only breaks ties. Bad input never stops a run: the file becomes a Document with status
"quarantined" and a reason in plain words. A file that stands twice in the folder gives two Document rows with one document_id, and its
blocks twice: who reads the whole folder keeps the blocks of the first.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from pipeline.readers import Piece, Unreadable
from pipeline.readers.decode import mend
from pipeline.readers.sniff import read_bytes
from pipeline.tables import Block, Document

LARGEST_FILE = 64 * 2**20
"""Bytes of one file, and of one member of an archive after unpacking."""
LONGEST_LINE = 1_000_000
"""Characters of one block; a longer text is cut at white space into blocks marked "oversize"."""
SIDECAR = "sources.csv"


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
        found += [here / name for name in (*names, *links) if _is_input(name)]
    return sorted((path for path in found if path != raw / SIDECAR), key=lambda path: path.relative_to(raw).as_posix())


def _is_input(name: str) -> bool:
    return not name.startswith((".", "README"))


def read_file(raw: Path, path: Path) -> Iterator[Document | Block]:
    """Yield the Document of the file at `path` and its Blocks in reading order; for an archive those of each member.

    Whatever is wrong with the file, a quarantined Document comes out and nothing is raised.
    """
    name = path.relative_to(raw).as_posix()
    try:
        data = _bytes(raw, path)
    except (Unreadable, OSError) as error:
        reason = str(error) if isinstance(error, Unreadable) else f"cannot be opened: {error.strerror or error}"
        yield _quarantined(name, b"", "unknown", reason)
        return
    yield from _read(name, data)


def _bytes(raw: Path, path: Path) -> bytes:
    if path.is_symlink():
        target = path.resolve()
        if not target.is_relative_to(raw.resolve()):
            raise Unreadable("a link that leaves the raw folder: not followed")
        if target.is_dir():
            raise Unreadable("a link to a folder: not followed")
    size = path.stat()
    if not stat.S_ISREG(size.st_mode):
        raise Unreadable("not a regular file")
    if size.st_size > LARGEST_FILE:
        raise Unreadable(f"too big: {size.st_size:,} bytes, {LARGEST_FILE:,} are the most; split it")
    return path.read_bytes()


def _read(name: str, data: bytes) -> Iterator[Document | Block]:
    sha256 = hashlib.sha256(data).hexdigest()
    blocks: list[Block] = []
    repairs: set[str] = set()
    try:
        content = read_bytes(name, data)
        for position, piece in _placed(content.pieces):
            text, mended = mend(piece.text)
            repairs |= mended
            if text:
                blocks.append(
                    Block(
                        document_id=sha256[:16], position=position, text=text, kind=piece.kind, group=piece.group,
                        field=mend(piece.field)[0] if piece.field else None, marks=piece.marks,
                    )
                )  # fmt: skip
        if not blocks:
            raise Unreadable("holds no text")
    except Unreadable as error:
        yield _quarantined(name, data, "unknown", str(error))
        return
    yield Document(
        document_id=sha256[:16], path=name, format=content.format, layout=content.layout, sha256=sha256, bytes=len(data),
        encoding=content.encoding, repairs=(*content.repairs, *sorted(repairs)), status="read", reason=None,
    )  # fmt: skip
    yield from blocks


def _quarantined(name: str, data: bytes, form: str, reason: str) -> Document:
    sha256 = hashlib.sha256(data).hexdigest()
    return Document(
        document_id=sha256[:16], path=name, format=form, layout=None, sha256=sha256, bytes=len(data), encoding=None, repairs=(),
        status="quarantined", reason=reason,
    )  # fmt: skip


def _placed(pieces: Iterator[Piece]) -> Iterator[tuple[int, Piece]]:
    """Yield pieces with their positions: rising, and no lower than the piece asks for."""
    position = -1
    for whole in pieces:
        for piece in _cut(whole):
            position = max(position + 1, piece.at)
            yield position, piece


def _cut(piece: Piece) -> Iterator[Piece]:
    """Yield the piece, or its parts marked "oversize" where it is longer than LONGEST_LINE; cuts fall on white space if there is any."""
    text = piece.text
    if len(text) <= LONGEST_LINE:
        yield piece
        return
    start = 0
    while start < len(text):
        end = min(start + LONGEST_LINE, len(text))
        if end < len(text):
            space = text.rfind(" ", start, end)
            end = space + 1 if space > start else end
        yield piece._replace(text=text[start:end], marks=(*piece.marks, "oversize"))
        start = end
