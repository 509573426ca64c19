"""The tables: one frozen dataclass a table, one annotated field a column.

This is the only place where a column is declared. The Arrow schemas, the codebook (`crisiswatch tables`)
and the checks made on every write follow from these classes: a field's type gives the Arrow type, `| None`
makes it nullable, a `Literal` is the closed list of its values, the string in `Annotated` is its description.

Offsets count Python characters of `entries.text`; `end` is exclusive. Dates are inclusive on both sides.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal

DocumentId = Annotated[str, "Identity of the file: first 16 hex digits of the SHA-256 of its bytes."]
EntryId = Annotated[str, "Identity of the entry: derived from its situation, month and normalised text, never from its position."]
EventId = Annotated[str, "Identity of the event: its entry, trigger span and date."]
Start = Annotated[int, "Offset of the span's first character in entries.text."]
End = Annotated[int, "Offset just past the span's last character in entries.text."]
Text = Annotated[str, "The span itself: entries.text[start:end]."]
Iso3 = Annotated[str | None, "ISO 3166-1 alpha-3 code of the country, plus XKX Kosovo; null where none or several."]
Month = Annotated[dt.date | None, "First day of the month; null if unknown."]

Trend = Literal["deteriorated", "improved", "unchanged"]
Precision = Literal["day", "days", "week", "part_of_month", "month", "months", "part_of_year", "year", "years"]
HarmKind = Literal[
    "killed", "injured", "casualties", "abducted", "missing", "detained",
    "convicted", "released", "displaced", "returned", "crowd", "surrendered",
]  # fmt: skip
Scope = Literal["incident", "part", "cumulative", "repeat", "not_actual"]
Realis = Literal["actual", "claimed", "reported", "denied", "planned"]
ActorType = Literal[
    "government", "military", "police", "intelligence", "judiciary", "legislature", "election_body", "party",
    "rebel", "militia", "criminal", "civilian", "activist", "media", "religious", "business", "igo", "ngo",
    "ethnic", "diplomat_mission", "armed_unidentified", "other",
]  # fmt: skip
Question = Literal["event", "realis", "actor", "figure", "scope", "role"]
Level = Literal["country", "admin1", "admin2", "settlement", "area", "site"]
Partition = Literal["month", "whole"]
FigureText = Annotated[str, "The figure with its hedge ('at least 26'); the victim phrase where no number is written."]
FigureKind = Annotated[HarmKind, "What was done to the people counted."]
FigureLow = Annotated[int | None, "Lowest number the text allows; null if it sets none."]
FigureBest = Annotated[int | None, "The number given, or the middle of a range; null for vague ones ('dozens')."]
FigureHigh = Annotated[int | None, "Highest number the text allows; null if it sets none."]
Hedge = Annotated[str | None, "The hedge as written ('at least', 'nearly'); null if none."]
Implicit = Annotated[bool, "True where no number is written ('killed journalist')."]
FigureScope = Annotated[
    Scope, "Only `incident` rows may be summed: the others tell a part, a running total, the same again, or what was not."
]
Victims = Annotated[str | None, "Who was harmed, as written; null if not named beside the figure."]
VictimGroup = Annotated[Literal["civilian", "state_forces", "non_state_armed", "mixed", "unknown"], "Which side the victims belong to."]
FigureSource = Annotated[str | None, "Who gave the figure, as written, or 'reportedly'; null if the text does not say."]
RivalOf = Annotated[
    int | None,
    "Another source's number for the same people: `start` of the figure of this entry and kind that was told first; null if it is "
    "the only one or the first. Sums that take `incident` rows without a `rival_of` count each event's people once.",
]
Covered = Annotated[bool, "Whether the input has an entry: a month with none is not a month of peace."]
CoverageKind = Annotated[
    Literal["entry", "state_only", "silent", "unknown"],
    "entry: the input has it. state_only: a page's trend history has the month, the input no text. "
    "silent: the tracker had no entry, as a page's history, a file of the situation or the month's bulletin show. unknown: nothing tells.",
]
Tracking = Annotated[
    Literal["monthly", "standby"] | None,
    "monthly: covered in at least three quarters of those of the last 12 months that are known either way (see coverage); "
    "standby: in fewer; null where fewer than four are known.",
]
StatedTrend = Annotated[Trend | None, "Trend arrow as the entry, else a page's history, states it; null if neither does."]
StatedRisk = Annotated[bool | None, "Conflict risk alert for the month after, as stated; null if the input does not say."]
StatedResolution = Annotated[bool | None, "Resolution opportunity for the month after, as stated; null likewise."]
FamilyCount = Annotated[int | None, "Actual events of that family; null where the month has no entry."]
SumLow = Annotated[
    int | None, "People so harmed or handled, as the name says: sum of lowest numbers, incident figures of actual events, rivals once."
]
SumBest = Annotated[int | None, "The same: sum of best numbers, the lowest where a figure is vague ('dozens')."]
SumHigh = Annotated[int | None, "The same: sum of highest numbers; null if any is open."]
SumCumulative = Annotated[int | None, "Sum of running totals ('since Jan') of that kind, best numbers: never to be added to the others."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One row a distinct input file, read or set aside with a reason."""

    TABLE: ClassVar[str] = "documents"
    KEY: ClassVar[tuple[str, ...]] = ("document_id", "path")
    BY: ClassVar[Partition] = "whole"

    document_id: DocumentId
    path: Annotated[str, "Path below the raw folder, with forward slashes; members of an archive as archive.zip/member."]
    format: Annotated[str, "What the bytes are: html, text, csv, tsv, json, jsonl, xlsx, docx, pdf, archive, unknown."]
    layout: Annotated[str | None, "How it is laid out: html_page, plain_text, table, pdf_text; null if the file was not read."]
    sha256: Annotated[str, "SHA-256 of the bytes, in hex; empty if they could not be had."]
    bytes: Annotated[int, "Size of the file in bytes."]
    encoding: Annotated[str | None, "Text encoding the bytes were read with; null for binary formats."]
    repairs: Annotated[tuple[str, ...], "What was mended or left out on reading: bom, mojibake, control_characters, scripts_left_out, ..."]
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row a distinct entry: one situation, one month, one text."""

    TABLE: ClassVar[str] = "entries"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id",)
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    situation: Annotated[str | None, "CrisisWatch's own name of the situation today; null if it could not be told."]
    countries: Annotated[tuple[str, ...], "ISO3 codes of the situation: several for a border, a sea or a pair."]
    region: Annotated[str | None, "Region the page heads the entry with, in one spelling; null if the page has none."]
    month: Annotated[dt.date | None, "First day of the month the entry reports on; null if unknown."]
    month_source: Annotated[Literal["stated", "given", "inferred", "unknown"], "How the month is known."]
    month_confidence: Annotated[float | None, "0 to 1: how far the clues decide the month; 1 when stated or given."]
    month_evidence: Annotated[str | None, "The clues the month rests on, in plain words."]
    trend: Annotated[Trend | None, "Trend arrow of the month; null if the input does not say."]
    risk_alert: Annotated[bool | None, "Conflict risk alert for the month after; null if the input shows no alerts at all."]
    resolution_opportunity: Annotated[bool | None, "Resolution opportunity for the month after; null likewise."]
    headline: Annotated[str | None, "The sentence that sums up the entry; null where the layout has none (before about 2015)."]
    text: Annotated[str, "Headline, then paragraphs, one a line: the text all spans point into."]
    situation_as_written: Annotated[str | None, "The name as the file has it; null if only the sidecar tells it."]
    situation_source: Annotated[Literal["stated", "given", "inferred", "unknown"], "How the situation is known."]
    document_ids: Annotated[tuple[str, ...], "The files the entry was seen in."]
    superseded_by: Annotated[str | None, "entry_id of the later revision of the same situation and month."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """One row a piece of input that is no entry text, with the reason."""

    TABLE: ClassVar[str] = "skipped"
    KEY: ClassVar[tuple[str, ...]] = ("document_id", "position")
    BY: ClassVar[Partition] = "whole"

    document_id: DocumentId
    position: Annotated[int, "Position of the block in the file; several pieces of one block share it."]
    text: Annotated[str, "The text that was skipped."]
    reason: Annotated[str, "heading, navigation, intro, report_blurb, podcast, newsletter, cookie_notice, overview, ..."]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendState:
    """One row a situation and month of the five-month histories and overview lists shown beside entries."""

    TABLE: ClassVar[str] = "trend_history"
    KEY: ClassVar[tuple[str, ...]] = ("situation", "month", "document_id")
    BY: ClassVar[Partition] = "whole"

    situation: Annotated[str, "CrisisWatch's own name of the situation."]
    month: Annotated[dt.date, "First day of the month the state is of."]
    trend: Annotated[Trend | None, "Trend arrow of that month; null if not shown."]
    risk_alert: Annotated[bool | None, "Conflict risk alert; null if not shown."]
    resolution_opportunity: Annotated[bool | None, "Resolution opportunity; null if not shown."]
    document_id: DocumentId


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossref:
    """One row a situation named in a pointer such as "(see Ukraine and Russia)"."""

    TABLE: ClassVar[str] = "crossrefs"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: Text
    situation: Annotated[str | None, "The situation pointed to; null if it is none of the tracker's."]
    iso3: Iso3


@dataclass(frozen=True, slots=True, kw_only=True)
class Date:
    """One row an expression that names a point or stretch of calendar time."""

    TABLE: ClassVar[str] = "dates"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: Text
    date_from: Annotated[dt.date | None, "First day, inclusive; null if the entry's month is unknown."]
    date_to: Annotated[dt.date | None, "Last day, inclusive; null likewise."]
    precision: Annotated[Precision, "How fine the text is: day, days (an interval), week, part_of_month, month, ..."]
    relation: Annotated[
        Literal["on", "since", "until", "by", "before", "after"] | None, "How the text places things against the date; null if it does not."
    ]
    kind: Annotated[Literal["absolute", "relative"], "relative: anaphora such as 'same day', 'last month'."]
    edtf: Annotated[str | None, "The same in Extended Date/Time Format, X for what is unknown; null if nothing is known."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One row a token, from one pass of the language model over date-lifted text, mapped back to the entry's text."""

    TABLE: ClassVar[str] = "tokens"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "i")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: Text
    i: Annotated[int, "Rank of the token in the entry, from 0; white space has no token."]
    sentence: Annotated[int, "Rank of the sentence in the entry, from 0; a new line always starts one."]
    lemma: Annotated[str, "Base form; of an expanded abbreviation the full word's (govt: government)."]
    pos: Annotated[str, "Universal part of speech."]
    tag: Annotated[str, "Penn Treebank tag."]
    dep: Annotated[str, "Dependency label (ClearNLP); 'date' for tokens of a date that was lifted out before the parse."]
    head: Annotated[int, "`i` of the syntactic head; its own for a root; of a lifted date the word the date modifies."]
    ent_type: Annotated[str, "Entity type (OntoNotes) or the empty string."]
    ent_iob: Annotated[Literal["B", "I", "O"], "Begins, is inside of or outside of an entity."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One row a likely answer of the tagger, a small neural network, on a word: what it may name, or which trigger it belongs to."""

    TABLE: ClassVar[str] = "tags"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "question", "i", "label", "of")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    question: Annotated[
        Question,
        "What is asked: names it an event, how is that told, is it an actor, a figure, of what scope, does it belong to a trigger.",
    ]
    i: Annotated[int, "Rank of the token in the entry, as in `tokens`."]
    label: Annotated[
        str,
        "The answer: event type; realis; actor type after B- (begins a mention) or I-; kind of figure (? where implicit); scope; role.",
    ]
    of: Annotated[int, "Rank of the trigger that a role is asked for, else `i`."]
    chance: Annotated[float, "Chance of the answer, not calibrated; answers below 0.03 have no row."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row a mention, by name, of a geographic place."""

    TABLE: ClassVar[str] = "places"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: Text
    name: Annotated[str, "The gazetteer's name of the place, or the text where nothing matched."]
    iso3: Iso3
    level: Annotated[Level, "country, admin1, admin2, settlement, area (informal region, sea, river, ...), site."]
    use: Annotated[Literal["location", "actor", "xref", "attribute"], "What the name does in its sentence."]
    admin1: Annotated[str | None, "Name of the first-level unit it lies in or is."]
    lat: Annotated[float | None, "Latitude, degrees north, WGS84; of an area the midpoint of its units."]
    lon: Annotated[float | None, "Longitude, degrees east, WGS84."]
    geonameid: Annotated[int | None, "GeoNames identity; null for units and areas without one."]
    geo_precision: Annotated[
        int | None,
        "UCDP code: 1 exact, 2 near a known point, 3 second-level unit, 4 first-level unit, 5 linear or fuzzy, 6 country, 7 sea or air.",
    ]
    match: Annotated[
        Literal["exact", "alias", "variant", "region", "fuzzy", "enclosing_admin2", "enclosing_admin1", "country", "none"],
        "How the name was matched with the gazetteer.",
    ]
    score: Annotated[float | None, "Ranking score of the pick, comparable inside one mention only."]
    ambiguous: Annotated[bool, "True when another candidate scored nearly as well."]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One row a statement of people killed, injured, detained, displaced, ..., as found, before events: see casualties."""

    TABLE: ClassVar[str] = "figures"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end", "kind")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: FigureText
    kind: FigureKind
    low: FigureLow
    best: FigureBest
    high: FigureHigh
    hedge: Hedge
    implicit: Implicit
    scope: FigureScope
    victims: Victims
    victim_group: VictimGroup
    attribution: FigureSource
    rival_of: RivalOf = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Casualty:
    """One row a statement of people killed, injured, detained, displaced, ..."""

    TABLE: ClassVar[str] = "casualties"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end", "kind")
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    start: Start
    end: End
    text: FigureText
    kind: FigureKind
    low: FigureLow
    best: FigureBest
    high: FigureHigh
    hedge: Hedge
    implicit: Implicit
    scope: FigureScope
    victims: Victims
    victim_group: VictimGroup
    attribution: FigureSource
    event_id: Annotated[str | None, "The event the figure hangs on; null if it hangs on none."]
    rival_of: RivalOf = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row an event: one predicate, one date."""

    TABLE: ClassVar[str] = "events"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "start", "end", "event_id")
    BY: ClassVar[Partition] = "month"

    event_id: EventId
    entry_id: EntryId
    start: Start
    end: End
    text: Annotated[str, "The trigger: the verb or noun that names the event."]
    type: Annotated[str, "Event type: a label of the typology."]
    family: Annotated[str, "One of the typology's ten families."]
    date_from: Annotated[dt.date | None, "First day, inclusive; null if the text gives no date for it, or no beginning ('until 5 May')."]
    date_to: Annotated[dt.date | None, "Last day, inclusive; null likewise, or where it goes on ('since Oct')."]
    date_precision: Annotated[Precision | None, "How fine the date is; null without one."]
    iso3: Iso3
    place: Annotated[str | None, "Name of the most precise place the text ties to the event."]
    admin1: Annotated[str | None, "First-level unit of that place."]
    lat: Annotated[float | None, "Latitude of that place, degrees north."]
    lon: Annotated[float | None, "Longitude of that place, degrees east."]
    geo_precision: Annotated[int | None, "UCDP precision of that place, 1 to 7."]
    source: Annotated[str | None, "Canonical names of those who did it, joined by '; '."]
    target: Annotated[str | None, "Canonical names of those it was done to, joined by '; '."]
    realis: Annotated[Realis, "Whether the text tells it as fact, one side's claim, a report, denied or planned."]
    attribution: Annotated[str | None, "Who tells it, as written; null if the text speaks for itself."]
    killed_low: Annotated[int | None, "Sum of `low` of the event's killed figures of scope incident that are no rival of one told before."]
    killed_best: Annotated[int | None, "Sum of `best` likewise, the lowest number where a figure is vague."]
    killed_high: Annotated[int | None, "Sum of `high` likewise; null if any is open."]
    injured_best: Annotated[int | None, "Sum of `best` of the event's injured figures, likewise."]
    plover: Annotated[str | None, "PLOVER event code by the typology's crosswalk."]
    acled: Annotated[str | None, "ACLED event and sub-event type by the crosswalk."]
    cameo: Annotated[str | None, "CAMEO codes by the crosswalk."]
    sentence_start: Annotated[
        int, "Offset of the first character of the trigger's sentence in entries.text; of its line, where a correction put it outside."
    ]
    sentence_end: Annotated[int, "Offset just past the trigger's sentence."]
    confidence: Annotated[float | None, "0 to 1: how likely the trigger names an event of this type."]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRole:
    """One row a span that plays a part in an event: who, whom, where, when, how many."""

    TABLE: ClassVar[str] = "event_roles"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id", "event_id", "role", "start", "end")
    BY: ClassVar[Partition] = "month"

    event_id: EventId
    entry_id: EntryId
    start: Start
    end: End
    text: Text
    role: Annotated[Literal["source", "target", "place", "date", "figure"], "The part the span plays."]
    actor_id: Annotated[str | None, "actors.actor_id for source and target; null otherwise."]
    name: Annotated[str | None, "Canonical name of the actor or place; the ISO interval of a date; null for figures."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One row a situation and month, from the first to the last the input tells of: what the tracker covered and the input has."""

    TABLE: ClassVar[str] = "coverage"
    KEY: ClassVar[tuple[str, ...]] = ("situation", "month")
    BY: ClassVar[Partition] = "month"

    situation: Annotated[str, "CrisisWatch's own name of the situation."]
    month: Annotated[dt.date, "First day of the month."]
    countries: Annotated[tuple[str, ...], "ISO3 codes of the situation."]
    covered: Covered
    coverage: CoverageKind
    tracking: Tracking
    months_known: Annotated[int, "Of the 12 months up to this one, how many are known to be covered or silent."]
    months_covered: Annotated[int, "How many of those the tracker covered (entry or state_only)."]
    entry_id: Annotated[str | None, "The entry; null where the input has none."]
    trend: StatedTrend
    risk_alert: StatedRisk
    resolution_opportunity: StatedResolution


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationMonth:
    """One row a situation and month: the panel by situation, borders, seas and regions included. An event counts once."""

    TABLE: ClassVar[str] = "situation_months"
    KEY: ClassVar[tuple[str, ...]] = ("situation", "month")
    BY: ClassVar[Partition] = "month"

    situation: Annotated[str, "CrisisWatch's own name of the situation."]
    month: Annotated[dt.date, "First day of the month."]
    countries: Annotated[tuple[str, ...], "ISO3 codes of the situation."]
    covered: Covered
    coverage: CoverageKind
    tracking: Tracking
    entry_id: Annotated[str | None, "The entry; null where the input has none."]
    trend: StatedTrend
    risk_alert: StatedRisk
    resolution_opportunity: StatedResolution
    events: Annotated[int | None, "Number of actual events; null where the month has no entry."]
    political_violence: FamilyCount
    protest: FamilyCount
    military_posture: FamilyCount
    state_coercion: FamilyCount
    peace_process: FamilyCount
    diplomacy: FamilyCount
    domestic_politics: FamilyCount
    humanitarian: FamilyCount
    economy_crime_disaster: FamilyCount
    reported_information: FamilyCount
    killed_low: SumLow
    killed_best: SumBest
    killed_high: SumHigh
    injured_low: SumLow
    injured_best: SumBest
    injured_high: SumHigh
    casualties_low: SumLow
    casualties_best: SumBest
    casualties_high: SumHigh
    abducted_low: SumLow
    abducted_best: SumBest
    abducted_high: SumHigh
    missing_low: SumLow
    missing_best: SumBest
    missing_high: SumHigh
    detained_low: SumLow
    detained_best: SumBest
    detained_high: SumHigh
    convicted_low: SumLow
    convicted_best: SumBest
    convicted_high: SumHigh
    released_low: SumLow
    released_best: SumBest
    released_high: SumHigh
    displaced_low: SumLow
    displaced_best: SumBest
    displaced_high: SumHigh
    returned_low: SumLow
    returned_best: SumBest
    returned_high: SumHigh
    crowd_low: SumLow
    crowd_best: SumBest
    crowd_high: SumHigh
    surrendered_low: SumLow
    surrendered_best: SumBest
    surrendered_high: SumHigh
    killed_cumulative_best: SumCumulative
    injured_cumulative_best: SumCumulative
    displaced_cumulative_best: SumCumulative
    detained_cumulative_best: SumCumulative
    views_month_id: Annotated[int, "Month number of the VIEWS forecasting project: 1 is January 1980."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryMonth:
    """One row a country, month and situation: the panel. Two situations may tell the same event: see `own` before adding rows up."""

    TABLE: ClassVar[str] = "country_months"
    KEY: ClassVar[tuple[str, ...]] = ("iso3", "month", "situation")
    BY: ClassVar[Partition] = "month"

    iso3: Annotated[str | None, "ISO3 code of the country; null for what lies in none or cannot be told among several."]
    month: Annotated[dt.date, "First day of the month."]
    situation: Annotated[str, "The situation whose entry tells it."]
    own: Annotated[
        bool, "True where the country is one of the situation's; false for events an entry tells of elsewhere, and where iso3 is null."
    ]
    covered: Covered
    coverage: CoverageKind
    tracking: Tracking
    entries: Annotated[int, "Number of entries: 1 or 0."]
    trend: StatedTrend
    risk_alert: StatedRisk
    resolution_opportunity: StatedResolution
    events: Annotated[int | None, "Number of actual events; null where the month has no entry."]
    political_violence: FamilyCount
    protest: FamilyCount
    military_posture: FamilyCount
    state_coercion: FamilyCount
    peace_process: FamilyCount
    diplomacy: FamilyCount
    domestic_politics: FamilyCount
    humanitarian: FamilyCount
    economy_crime_disaster: FamilyCount
    reported_information: FamilyCount
    killed_low: SumLow
    killed_best: SumBest
    killed_high: SumHigh
    injured_low: SumLow
    injured_best: SumBest
    injured_high: SumHigh
    casualties_low: SumLow
    casualties_best: SumBest
    casualties_high: SumHigh
    abducted_low: SumLow
    abducted_best: SumBest
    abducted_high: SumHigh
    missing_low: SumLow
    missing_best: SumBest
    missing_high: SumHigh
    detained_low: SumLow
    detained_best: SumBest
    detained_high: SumHigh
    convicted_low: SumLow
    convicted_best: SumBest
    convicted_high: SumHigh
    released_low: SumLow
    released_best: SumBest
    released_high: SumHigh
    displaced_low: SumLow
    displaced_best: SumBest
    displaced_high: SumHigh
    returned_low: SumLow
    returned_best: SumBest
    returned_high: SumHigh
    crowd_low: SumLow
    crowd_best: SumBest
    crowd_high: SumHigh
    surrendered_low: SumLow
    surrendered_best: SumBest
    surrendered_high: SumHigh
    killed_cumulative_best: SumCumulative
    injured_cumulative_best: SumCumulative
    displaced_cumulative_best: SumCumulative
    detained_cumulative_best: SumCumulative
    gwcode: Annotated[int | None, "Gleditsch and Ward number of the country; null where it has none."]
    views_month_id: Annotated[int, "Month number of the VIEWS forecasting project: 1 is January 1980."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryMonthType:
    """One row a country, month, situation and event type that occurs: the counts of country_months by type, to pivot or filter."""

    TABLE: ClassVar[str] = "country_month_types"
    KEY: ClassVar[tuple[str, ...]] = ("iso3", "month", "situation", "type")
    BY: ClassVar[Partition] = "month"

    iso3: Annotated[str | None, "country_months.iso3."]
    month: Annotated[dt.date, "First day of the month."]
    situation: Annotated[str, "country_months.situation."]
    type: Annotated[str, "Event type: a label of the typology. A type without a row has no event, where the month has an entry."]
    family: Annotated[str, "Its family."]
    events: Annotated[int, "Number of actual events of the type."]
    killed_low: SumLow
    killed_best: SumBest
    killed_high: SumHigh
    gwcode: Annotated[int | None, "Gleditsch and Ward number of the country; null where it has none."]
    views_month_id: Annotated[int, "Month number of the VIEWS forecasting project: 1 is January 1980."]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendSigns:
    """One row an entry: what in it tells the month's trend, as `trends` weighs it. Counts are of actual events."""

    TABLE: ClassVar[str] = "trend_signs"
    KEY: ClassVar[tuple[str, ...]] = ("entry_id",)
    BY: ClassVar[Partition] = "month"

    entry_id: EntryId
    situation: Annotated[str | None, "entries.situation."]
    month: Month
    cues: Annotated[tuple[str, ...], "Cue of each sign found in the language: a table of lexicon/trends.toml."]
    zones: Annotated[tuple[str, ...], "Where each stands: headline, or lead (a paragraph's first sentence)."]
    starts: Annotated[tuple[int, ...], "Offset of each in entries.text."]
    texts: Annotated[tuple[str, ...], "Each as written: entries.text from that offset on."]
    events: Annotated[int, "Number of actual events."]
    political_violence: Annotated[int, "Actual events of that family."]
    protest: Annotated[int, "Actual events of that family."]
    military_posture: Annotated[int, "Actual events of that family."]
    state_coercion: Annotated[int, "Actual events of that family."]
    peace_process: Annotated[int, "Actual events of that family."]
    diplomacy: Annotated[int, "Actual events of that family."]
    domestic_politics: Annotated[int, "Actual events of that family."]
    humanitarian: Annotated[int, "Actual events of that family."]
    killed: Annotated[int, "People killed: best numbers of incident figures."]
    injured: Annotated[int, "People injured, likewise."]
    detained: Annotated[int, "People detained, likewise."]
    displaced: Annotated[int, "People displaced, likewise."]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendEstimate:
    """One row a situation and month with an entry or a stated trend: what is stated, and what the entry lets one estimate."""

    TABLE: ClassVar[str] = "trends"
    KEY: ClassVar[tuple[str, ...]] = ("situation", "month")
    BY: ClassVar[Partition] = "whole"

    situation: Annotated[str, "CrisisWatch's own name of the situation."]
    month: Annotated[dt.date, "First day of the month."]
    entry_id: Annotated[str | None, "The entry estimated from; null where only a page's history states the month."]
    trend: StatedTrend
    trend_estimated: Annotated[
        Trend | None, "Trend as estimated from the entry, for stated months too; null without one. Weak for improved: see docs/trends.md."
    ]
    deteriorated_probability: Annotated[float | None, "0 to 1: estimated chance that the tracker marks the month deteriorated."]
    improved_probability: Annotated[float | None, "0 to 1: likewise improved."]
    unchanged_probability: Annotated[float | None, "0 to 1: likewise unchanged. The three sum to 1."]
    alert_month: Annotated[dt.date, "The month that the alerts speak of: the one after."]
    risk_alert: StatedRisk
    risk_alert_probability: Annotated[float | None, "0 to 1: estimated chance of a conflict risk alert. Opportunities are not estimated."]
    resolution_opportunity: StatedResolution
    past_months: Annotated[int, "Entries of the situation in the twelve months before that change is measured against; 0 if fewer than 3."]
    events: Annotated[int | None, "Actual events of the entry."]
    events_usual: Annotated[float | None, "Geometric mean over the past months; null without them."]
    political_violence: Annotated[int | None, "Actual events of that family."]
    political_violence_usual: Annotated[float | None, "Geometric mean over the past months; null without them."]
    killed: Annotated[int | None, "People killed: best numbers of incident figures."]
    killed_usual: Annotated[float | None, "Geometric mean over the past months; null without them."]
    evidence: Annotated[
        tuple[str, ...],
        "What the estimate rests on, the strongest first: words of the entry or what was counted, and what it adds (+) or takes (-), in "
        "log-odds of deteriorated over improved.",
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """One row a toll that two or more months tell of; its own span is that of the newest figure, the last of the series."""

    TABLE: ClassVar[str] = "tolls"
    KEY: ClassVar[tuple[str, ...]] = ("toll_id",)
    BY: ClassVar[Partition] = "whole"

    toll_id: Annotated[str, "Identity of the toll: its situation, kind and the first figure told of it."]
    situation: Annotated[str, "CrisisWatch's own name of the situation."]
    kind: Annotated[HarmKind, "What was done to the people counted."]
    what: Annotated[str, "The clause that first told of it."]
    since: Annotated[dt.date | None, "First day of the count, where the figures are running totals; null otherwise."]
    happened: Annotated[dt.date | None, "First day of the month it happened in; null for running totals."]
    first_month: Annotated[dt.date, "First month whose entry tells of it."]
    last_month: Annotated[dt.date, "Last month whose entry tells of it."]
    entry_id: EntryId
    start: Start
    end: End
    text: Annotated[str, "The newest figure as written."]
    low: Annotated[int | None, "Lowest number the newest figure allows; null if it sets none."]
    best: Annotated[int | None, "The newest number; null for vague ones."]
    high: Annotated[int | None, "Highest number the newest figure allows; null if it sets none."]
    attribution: Annotated[str | None, "Who gave the newest figure; null if the text does not say."]
    series_months: Annotated[tuple[str, ...], "Month of each figure as YYYY-MM, in order of telling."]
    series_entry_ids: Annotated[tuple[str, ...], "Entry of each figure."]
    series_starts: Annotated[tuple[int, ...], "Offset of each figure in its entry's text."]
    series_texts: Annotated[tuple[str, ...], "Each figure as written."]
    series_numbers: Annotated[tuple[int, ...], "Best number of each figure, the lowest where it is vague."]
    series_attributions: Annotated[tuple[str, ...], "Who gave each figure; the empty string where the text does not say."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One row a line of `corrections.csv`: what a reader found wrong in a table, what it should be, and whether it was applied."""

    TABLE: ClassVar[str] = "corrections"
    KEY: ClassVar[tuple[str, ...]] = ("line",)
    BY: ClassVar[Partition] = "whole"

    line: Annotated[int, "Line of the file it stands on."]
    table: Annotated[str, "The table it corrects."]
    entry_id: Annotated[str, "The entry whose row it corrects."]
    start: Annotated[int | None, "Offset of the row's span; null for tables without spans."]
    end: Annotated[int | None, "Offset just past the row's span; null likewise."]
    column: Annotated[str, "The column; `row` where the whole row is to be taken out or added."]
    value: Annotated[str | None, "What the column should say, as text; null for no value. For `row`: delete or add."]
    reason: Annotated[str | None, "Why, in the reader's words; null if none is given."]
    expect: Annotated[
        str | None, "What the column said when the correction was written: where it says something else now, nothing is changed."
    ]
    which: Annotated[str | None, "Of several rows with one span the one meant, as column=value joined by '; '; null if there is one."]
    status: Annotated[Literal["applied", "unfit", "pending"], "Whether it was applied; unfit: the tables are no longer as it expects."]
    detail: Annotated[str | None, "Why it was not applied; null if it was."]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarantined:
    """One row an entry that a stage could not process: set aside, everything else went on."""

    TABLE: ClassVar[str] = "quarantine"
    KEY: ClassVar[tuple[str, ...]] = ("stage", "key")
    BY: ClassVar[Partition] = "whole"

    stage: Annotated[str, "The stage that failed."]
    key: Annotated[str, "What it failed on: an entry_id or a document_id."]
    error: Annotated[str, "The error, in one line."]
