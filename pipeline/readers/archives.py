"""Archives (zip, gzip) -> their members, in memory and within bounds: nothing is written to disk, no name is used as a path."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.readers import Unreadable

LARGEST_FILE = 64 * 2**20
"""Bytes of one file, and of one member of an archive after unpacking."""
LARGEST_TOTAL = 512 * 2**20
"""Bytes of all members of an archive after unpacking."""
MOST_MEMBERS = 10_000
# Web pages pack 5 to 30 times; a repetitive one may reach 300, but then it is small. Deflate's own limit is 1,032.
_HIGHEST_RATIO = 200
_SMALL = 8 * 2**20
_ZIP = b"PK\x03\x04"
_GZIP = b"\x1f\x8b"
# Folders inside the zip files that office programs write, and what to do with those not read.
_OFFICE = {"xl/": "xlsx", "word/": "docx", "ppt/": "pptx"}


class Member(NamedTuple):
    """One file of an archive: its name with forward slashes and never upwards, its bytes, or the reason why they were not read."""

    name: str
    data: bytes
    reason: str | None = None


def is_archive(data: bytes) -> bool:
    """Tell whether the bytes are an archive of files; office documents, zip files too, are not."""
    return data.startswith(_GZIP) or (data.startswith((_ZIP, b"PK\x05\x06")) and office_format(data) is None)


def office_format(data: bytes) -> str | None:
    """Return what office document a zip file is ("xlsx", "docx", "pptx", "opendocument"), or None."""
    if not data.startswith(_ZIP):
        return None
    # An OpenDocument file must begin with its media type, stored.
    if data[30:38] == b"mimetype" and b"opendocument" in data[38:120]:
        return "opendocument"
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except Exception:  # damaged: unpacking it will tell what is wrong
        return None
    if "[Content_Types].xml" not in names:
        return None
    return next((form for folder, form in _OFFICE.items() if any(name.startswith(folder) for name in names)), None)


def unpack(name: str, data: bytes) -> Iterator[Member]:
    """Yield the members of an archive called `name` in the archive's order, folders and hidden files left out.

    A member that is too big, packed too tightly to be text, encrypted, a link or named to leave the folder has a reason in the place of its
    bytes. Raises Unreadable where the archive is broken or beyond MOST_MEMBERS or LARGEST_TOTAL.
    """
    return _unpack_gzip(name, data) if data.startswith(_GZIP) else _unpack_zip(data)


def _unpack_gzip(name: str, data: bytes) -> Iterator[Member]:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            unpacked = file.read(LARGEST_FILE + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Unreadable(f"broken gzip file: {error}") from None
    if len(unpacked) > LARGEST_FILE:
        raise Unreadable(f"too big: more than {LARGEST_FILE:,} bytes when unpacked; split it")
    base = PurePosixPath(name).name
    yield Member(base.removesuffix(".gz") if base != ".gz" else "unpacked", unpacked)


def _unpack_zip(data: bytes) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        files = [info for info in archive.infolist() if not info.is_dir() and not _is_hidden(info.filename)]
    except Exception as error:  # zipfile raises a dozen kinds of error on damaged archives, struct's and codecs' among them
        raise Unreadable(f"broken zip archive: {error}") from None
    if len(files) > MOST_MEMBERS:
        raise Unreadable(f"an archive of {len(files):,} files, {MOST_MEMBERS:,} are the most; split it")
    total, names = 0, Counter[str]()
    for info in files:
        member = _read_member(archive, info)
        total += len(member.data)
        if total > LARGEST_TOTAL:
            raise Unreadable(f"too big: its files have more than {LARGEST_TOTAL:,} bytes when unpacked; split it")
        names[member.name] += 1
        # Two files of one name are legal in a zip; documents must be told apart by path.
        yield member._replace(name=f"{member.name} ({names[member.name]})") if names[member.name] > 1 else member


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Member:
    parts = [part for part in info.filename.encode("utf-8", "replace").decode().replace("\\", "/").split("/") if part not in {"", "."}]
    name = "/".join("_" if part == ".." else part for part in parts) or "unnamed"
    if ".." in parts or info.filename.startswith(("/", "\\")) or info.filename[1:2] == ":":
        return Member(name, b"", "its name in the archive leaves the folder: not unpacked")
    if stat.S_ISLNK(info.external_attr >> 16):
        return Member(name, b"", "a link: not followed")
    if info.flag_bits & 1:
        return Member(name, b"", "encrypted: unpack it with its password first")
    if info.file_size > LARGEST_FILE:
        return Member(name, b"", f"too big: {info.file_size:,} bytes when unpacked, {LARGEST_FILE:,} are the most; split it")
    if info.file_size > _SMALL and info.file_size > _HIGHEST_RATIO * info.compress_size:
        return Member(name, b"", f"unpacks to more than {_HIGHEST_RATIO} times its size, as no real page does: not unpacked")
    try:
        with archive.open(info) as file:
            # No more than the size that was checked, whatever the compressed data hold.
            return Member(name, file.read(info.file_size))
    except Exception as error:  # see above
        return Member(name, b"", f"broken in the archive: {error}")


def _is_hidden(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1].upper().startswith((".", "README"))
