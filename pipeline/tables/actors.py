"""Participants: mentions in entries, the acronyms they are known by, and the registry over all months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

from pipeline.tables.fields import End, EntryId, Iso3, Partition, Start, Text

ActorType = Literal[
    "government", "military", "police", "intelligence", "judiciary", "legislature", "election_body", "party",
    "rebel", "militia", "criminal", "civilian", "activist", "media", "religious", "business", "igo", "ngo",
    "ethnic", "diplomat_mission", "armed_unidentified", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """One row a mention of a participant."""

    TABLE: ClassVar[str] = "actors"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: Text
    actor_id: Annotated[str, "Identity of the actor, stable across entries and months."]
    name: Annotated[str, "Canonical name, or the plain description of an unnamed actor."]
    type: Annotated[ActorType, "What kind of actor it is."]
    iso3: Iso3
    match: Annotated[Literal["lexicon", "alias", "role", "ner", "description"], "How the actor is known."]
    iso3_by: Annotated[
        Literal["lexicon", "text", "sentence", "entry"] | None,
        "What tells the country: the lexicon of known actors, the text itself, or only the country that sentence or entry is set in.",
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acronym:
    """One row an acronym and a name it stands for, as "Long Name (ACR)" somewhere in the input says."""

    TABLE: ClassVar[str] = "acronyms"
    KEY: ClassVar[tuple[str, ...]] = ("acronym", "name")
    BY: ClassVar[Partition] = "whole"

    acronym: Annotated[str, "The short form as written in the bracket."]
    name: Annotated[str, "The long form before it."]
    entries: Annotated[int, "How many entries give it that name."]
    by: Annotated[Literal["initials", "capitals"], "How the name's start was found: by the letters, or as a run of capitalised words."]


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisteredActor:
    """One row a participant, over all entries and months."""

    TABLE: ClassVar[str] = "actor_registry"
    KEY: ClassVar[tuple[str, ...]] = ("actor_id",)
    BY: ClassVar[Partition] = "whole"

    actor_id: Annotated[str, "Identity of the actor: actors.actor_id."]
    name: Annotated[str, "Canonical name or plain description: the one that most mentions carry."]
    aliases: Annotated[tuple[str, ...], "How the entries write it, the most frequent first, the name itself left out."]
    type: Annotated[ActorType, "What kind of actor it is: the type that most mentions carry."]
    iso3: Iso3
    first_seen: Annotated[dt.date | None, "First month with a mention; null if no month of its entries is known."]
    last_seen: Annotated[dt.date | None, "Last month with a mention; null likewise."]
    entries: Annotated[int, "Number of entries that mention it."]
    mentions: Annotated[int, "Number of mentions."]
    known_by: Annotated[
        Literal["lexicon", "alias", "role", "ner", "description"],
        "How it is known at best, in the order lexicon, alias, ner, role, description.",
    ]
