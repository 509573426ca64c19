"""`sources.csv`, the sidecar -> Source rows: what the researcher knows of a file from outside it."""

from __future__ import annotations

import csv
import io
import re
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.readers import Unreadable
from pipeline.readers.decode import decode
from pipeline.readers.tables import sniff_delimiter
from pipeline.tables import Source

if TYPE_CHECKING:
    from _csv import Reader

SIDECAR = "sources.csv"
# Files beside the raw ones that speak about them or their tables: no input of their own.
SIDECARS = (SIDECAR, "corrections.csv")
COLUMNS = ("path", "situation", "newest_month", "month", "url", "retrieved")
# So alike, by difflib's ratio, are "months" and "month" (.91), "newest month" and "newest_month" (.92); "date" and "path" are not (.50).
NEAR = 0.8
_MONTH = re.compile(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])", re.ASCII)


class SourcesError(ValueError):
    """The sidecar says something that cannot be used; the message names file, line and remedy."""


def read_sources(raw: Path) -> list[Source]:
    """Return the rows of `raw/sources.csv` sorted by path; none where the file is missing.

    Only the column `path` must be there and filled; columns other than COLUMNS are the researcher's own and left alone. Any
    encoding and delimiter that `read_file` takes will do. Raises SourcesError for a table without `path`, a path given twice or
    leaving the folder, and a month that is not YYYY-MM.
    """
    file = raw / SIDECAR
    if not file.is_file():
        return []
    reader = _reader(file)
    try:
        header = _header(reader)
        if "path" not in header:
            raise SourcesError(f"{file}, line 1: no column named path; the columns are {','.join(COLUMNS)}")
        found: dict[str, Source] = {}
        for cells in reader:
            if any(cell.strip() for cell in cells):
                where = f"{file}, line {reader.line_num}"
                source = _source(dict(zip(header, cells, strict=False)), where)
                if source.path in found:
                    raise SourcesError(f"{where}: {source.path} stands here for the second time; keep one line a file")
                found[source.path] = source
    except csv.Error as error:
        raise SourcesError(f"{file}, line {reader.line_num}: not a table ({error})") from None
    return [found[path] for path in sorted(found)]


def misspelt_columns(raw: Path) -> list[tuple[str, str]]:
    """Return the sidecar's columns that are nearly one of COLUMNS which it lacks, each with that one: they are not read.

    Raises SourcesError where the sidecar is no text.
    """
    file = raw / SIDECAR
    header = _header(_reader(file)) if file.is_file() else []
    lacking = [name for name in COLUMNS if name not in header]
    near = ((name, get_close_matches(name, lacking, n=1, cutoff=NEAR)) for name in header if name not in COLUMNS)
    return [(name, meant[0]) for name, meant in near if meant]


def _reader(file: Path) -> Reader:
    try:
        text = decode(file.read_bytes()).text
    except (Unreadable, OSError) as error:
        raise SourcesError(f"{file}: {error}") from None
    return csv.reader(io.StringIO(text, newline=""), delimiter=sniff_delimiter(text))


def _header(reader: Reader) -> list[str]:
    return [name.strip().lower() for name in next(reader, [])]


def _source(row: dict[str, str], where: str) -> Source:
    values = {name: " ".join(row.get(name, "").split()) or None for name in COLUMNS}
    path = (values["path"] or "").replace("\\", "/").removeprefix("./")
    if not path:
        raise SourcesError(f"{where}: path is empty; name the file the line is about")
    if path.startswith("/") or ".." in path.split("/"):
        raise SourcesError(f"{where}: {path} is not inside the folder; write it relative to the folder of {SIDECAR}")
    for name in ("newest_month", "month"):
        month = values[name]
        if month is not None and not _MONTH.fullmatch(month):
            raise SourcesError(f"{where}: {name} is {month!r}; write it as YYYY-MM, such as 2023-11, or leave it empty")
    return Source(
        path=path, situation=values["situation"], newest_month=values["newest_month"], month=values["month"], url=values["url"],
        retrieved=values["retrieved"],
    )  # fmt: skip
