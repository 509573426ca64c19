"""What is said of the tables as a dataset, once for all formats of metadata: name, words, terms, and where each table's files lie."""

from __future__ import annotations

import datetime as dt
from typing import get_args

from pipeline import store
from pipeline.foreign_keys import POINTS_TO

NAME = "crisiswatch-tables"
TITLE = "CrisisWatch entries as tables: actors, places, dates, casualty figures and events, each with its span of text"
DESCRIPTION = (
    "Tables that crisiswatch-pipeline makes of the text of CrisisWatch, the monthly conflict tracker of the International Crisis Group: "
    "one row an entry, a date, a place, an actor, a casualty figure, an event, each with the offsets of the text it was read from. "
    "Made by machine; no Crisis Group product. The files are those of a run of the pipeline on one's own copy of the text."
)
KEYWORDS = ("CrisisWatch", "conflict data", "event data", "early warning", "information extraction", "geoparsing", "text as data")
CREDIT = "Text: International Crisis Group, CrisisWatch (https://www.crisisgroup.org/crisiswatch)"
SOURCES = (
    ("CrisisWatch, International Crisis Group", "https://www.crisisgroup.org/crisiswatch"),
    ("GeoNames, CC BY 4.0", "https://www.geonames.org"),
)
TERMS = (
    "Code, schema and sample: MIT. Text quoted in the tables belongs to the International Crisis Group. Place data: GeoNames, CC BY 4.0."
)
LICENSE_URL = "https://spdx.org/licenses/MIT.html"
MAKERS = "The crisiswatch-pipeline authors"
# The day this version of the schema is from; that of the release once CITATION.cff names one.
RELEASED = dt.date(2026, 11, 21)
FOLDER = "data/processed"


def files(row_class: type[store.Row]) -> str:
    """Return the pattern of a table's files below the project's folder."""
    return f"{FOLDER}/{row_class.TABLE}/" + ("year=*/*.parquet" if row_class.BY == "month" else "*.parquet")


def first_line(row_class: type[store.Row]) -> str:
    """Return what a row of the table is."""
    return (row_class.__doc__ or "").strip().splitlines()[0]


def described(row_class: type[store.Row], column: str) -> str:
    """Return a column's meaning, with the table it points into, if it does."""
    doc = store.columns(row_class)[column][3]
    home = POINTS_TO.get(column)
    return doc if home is None or home == (row_class.TABLE, column) else f"{doc} Points to {home[0]}.{home[1]}."


def element(kind: type) -> tuple[type, bool]:
    """Return the type of a column's values, and whether it holds lists of them."""
    several = get_args(kind)
    return (several[0], True) if several else (kind, False)
