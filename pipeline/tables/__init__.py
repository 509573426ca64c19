"""The tables: one frozen dataclass a table, one annotated field a column.

This package is the only place where a column is declared: a module a subject, and `fields`, the column types that several share.
Import from the package itself (`from pipeline.tables import Entry`), and name a table that you add here.

The Arrow schemas, the codebook (`crisiswatch tables`) and the checks made on every write follow from these classes: a field's type
gives the Arrow type, `| None` makes it nullable, a `Literal` is the closed list of its values, the string in `Annotated` is its
description.

Offsets count Python characters of `entries.text`; `end` is exclusive. Dates are inclusive on both sides.
"""

from __future__ import annotations

from pipeline.tables.actors import Acronym, Actor, ActorType, RegisteredActor
from pipeline.tables.casualties import Casualty, Figure, HarmKind, Scope, Toll
from pipeline.tables.corrections import Correction, Quarantined
from pipeline.tables.coverage import Coverage
from pipeline.tables.dates import Date
from pipeline.tables.documents import Block, Document, Source
from pipeline.tables.entries import Crossref, Entry, Skipped
from pipeline.tables.events import Event, EventRole, Realis
from pipeline.tables.fields import Partition, Precision, Trend
from pipeline.tables.panels import CountryMonth, CountryMonthType, SituationMonth
from pipeline.tables.places import Level, Place
from pipeline.tables.tokens import Question, Tag, Token
from pipeline.tables.trends import TrendEstimate, TrendSigns, TrendState

__all__ = [
    "Acronym",
    "Actor",
    "ActorType",
    "Block",
    "Casualty",
    "Correction",
    "CountryMonth",
    "CountryMonthType",
    "Coverage",
    "Crossref",
    "Date",
    "Document",
    "Entry",
    "Event",
    "EventRole",
    "Figure",
    "HarmKind",
    "Level",
    "Partition",
    "Place",
    "Precision",
    "Quarantined",
    "Question",
    "Realis",
    "RegisteredActor",
    "Scope",
    "SituationMonth",
    "Skipped",
    "Source",
    "Tag",
    "Token",
    "Toll",
    "Trend",
    "TrendEstimate",
    "TrendSigns",
    "TrendState",
]
