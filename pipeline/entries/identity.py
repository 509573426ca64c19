"""Which drafts are one entry, which text is the later revision of another, and the identity that stays over runs.

Two drafts are one entry where situation, month and characters (white space aside) agree; a draft that lacks situation or
month joins the one that has it. Of each thing told the best is kept: text with paragraph breaks over text without, stated
over given over inferred. A differing text of the same situation and month is a revision where at least a third of its words
are shared; the later one counts: by the day its file was retrieved, then path, then place in the file.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pipeline.entries.page import Draft, Origin
from pipeline.entries.style import HEADLINE_WORDS, count_sentences, day_months, first_sentence
from pipeline.spelling import fold
from pipeline.tables import Entry

_RANK: dict[Origin, int] = {"stated": 0, "given": 1, "inferred": 2, "unknown": 3}
# Before 2015 entries had no headline.
FIRST_HEADLINES = 2015
_SHARED_WORDS = 1 / 3


Lateness = tuple[str, str, int]
"""Day the file was retrieved (empty if not given), its path, place in it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A draft and how late its file is: the later of two texts is the revision."""

    draft: Draft
    lateness: Lateness


def squeeze(text: str) -> str:
    """Return the characters of `text` without white space: what two copies of one entry share."""
    # Blanks and line ends first, which are nearly all there is: splitting at each of them takes five times as long.
    return "".join(text.replace(" ", "").replace("\n", "").split())


def to_entries(dated: Sequence[Dated]) -> list[Entry]:
    """Return one row an entry, copies joined and revisions marked, in order of month, situation and identity."""
    rows: list[tuple[Entry, Lateness]] = []
    for copies in _copies(dated):
        draft = _join([copy.draft for copy in copies])
        rows.append((_entry(draft, sorted({copy.draft.document_id for copy in copies})), max(copy.lateness for copy in copies)))
    unique = {entry.entry_id: entry for entry, _ in rows}
    unique |= {entry_id: replace(unique[entry_id], superseded_by=later) for entry_id, later in superseded(rows).items()}
    return sorted(unique.values(), key=lambda entry: (str(entry.month or "9999"), entry.situation or "", entry.entry_id))


def entry_id_of(situation: str | None, month: object, text: str) -> str:
    """Return the entry's identity: 16 hex digits of a hash of situation, month and text without white space."""
    return hashlib.sha256("\x1f".join((situation or "", str(month or ""), squeeze(text))).encode()).hexdigest()[:16]


def headline_of(draft: Draft) -> str | None:
    """Return the headline of a draft: as its file shows it, else its first line if that is like one, else its first sentence."""
    if draft.headline is not None:
        return draft.headline
    if draft.month is not None and draft.month.year < FIRST_HEADLINES:
        return None
    first = draft.lines[0]
    short = len(first.split()) <= HEADLINE_WORDS
    if len(draft.lines) > 1 and short and (count_sentences(first) == 1 or not day_months(first)):
        return first
    return first_sentence(first)


def _copies(dated: Sequence[Dated]) -> list[list[Dated]]:
    """Return the drafts that are one entry together; a draft that does not know situation or month goes with one that does."""
    by_text: defaultdict[str, list[Dated]] = defaultdict(list)
    for one in dated:
        by_text[one.draft.mark].append(one)
    groups: list[list[Dated]] = []
    for same in by_text.values():
        if len(same) == 1:
            groups.append(same)
            continue
        kinds: list[list[Dated]] = []
        for one in sorted(same, key=lambda one: (_unknowns(one.draft), one.lateness)):
            home = next((kind for kind in kinds if _agree(kind[0].draft, one.draft)), None)
            if home is None:
                kinds.append([one])
            else:
                home.append(one)
        groups += kinds
    return groups


def _unknowns(draft: Draft) -> tuple[int, int]:
    return (draft.situation is None) + (draft.month is None), _RANK[draft.situation_source] + _RANK[draft.month_source]


def _agree(known: Draft, other: Draft) -> bool:
    """Whether `other` contradicts `known` in nothing it is sure of."""
    months = other.month is None or other.month == known.month or other.month_source == "inferred" != known.month_source
    told = other.situation is not None and other.situation_source != "inferred"
    return months and (not told or known.situation is None or other.situation == known.situation)


def _join(drafts: Sequence[Draft]) -> Draft:
    """Return the first of the copies, with the best of what each knows."""
    if len(drafts) == 1:
        return drafts[0]
    shaped = max(drafts, key=lambda draft: (len(draft.lines), draft.headline is not None))
    where = min((d for d in drafts if d.situation), key=lambda d: _RANK[d.situation_source], default=drafts[0])
    when = min((d for d in drafts if d.month), key=lambda d: _RANK[d.month_source], default=drafts[0])
    return replace(
        drafts[0],
        lines=shaped.lines,
        headline=shaped.headline,
        situation=where.situation,
        situation_as_written=next((d.situation_as_written for d in (where, *drafts) if d.situation_as_written), None),
        situation_source=where.situation_source,
        month=when.month,
        month_source=when.month_source,
        month_confidence=when.month_confidence,
        month_evidence=when.month_evidence,
        region=next((d.region for d in drafts if d.region), None),
        trend=next((d.trend for d in drafts if d.trend), None),
        risk_alert=next((d.risk_alert for d in drafts if d.risk_alert is not None), None),
        resolution_opportunity=next((d.resolution_opportunity for d in drafts if d.resolution_opportunity is not None), None),
    )


def _entry(draft: Draft, document_ids: Iterable[str]) -> Entry:
    name = draft.situation.name if draft.situation else None
    return Entry(
        entry_id=entry_id_of(name, draft.month, draft.text),
        situation=name,
        countries=draft.situation.countries if draft.situation else (),
        region=draft.region or None,
        month=draft.month,
        month_source=draft.month_source,
        month_confidence=draft.month_confidence,
        month_evidence=draft.month_evidence,
        trend=draft.trend,
        risk_alert=draft.risk_alert,
        resolution_opportunity=draft.resolution_opportunity,
        headline=headline_of(draft),
        text=draft.text,
        situation_as_written=draft.situation_as_written,
        situation_source=draft.situation_source,
        document_ids=tuple(document_ids),
        superseded_by=None,
    )


def superseded(rows: Sequence[tuple[Entry, Lateness]]) -> dict[str, str]:
    """Return, by entry_id, the entry_id of the latest text of the same situation and month."""
    groups: defaultdict[tuple[str, object], list[tuple[Entry, Lateness]]] = defaultdict(list)
    for entry, lateness in rows:
        if entry.situation and entry.month:
            groups[entry.situation, entry.month].append((entry, lateness))
    out: dict[str, str] = {}
    for group in groups.values():
        if len(group) > 1:
            accents = _most_accents(entry.text for entry, _ in group)
            group.sort(key=lambda row: (_accents(row[0].text) >= accents[fold(row[0].text)], row[1], row[0].entry_id))
            words = [set(fold(entry.text).split()) for entry, _ in group]
            for number, (older, _) in enumerate(group):
                later = next((rank for rank in range(len(group) - 1, number, -1) if _akin(words[number], words[rank])), None)
                if later is not None:
                    out[older.entry_id] = group[later][0].entry_id
    return out


def _most_accents(texts: Iterable[str]) -> dict[str, int]:
    """Return, by spelling without accents, the most that a text has: one with fewer lost them in a narrower encoding."""
    most: dict[str, int] = {}
    for text in texts:
        key = fold(text)
        most[key] = max(most.get(key, 0), _accents(text))
    return most


def _accents(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _akin(first: set[str], second: set[str]) -> bool:
    return len(first & second) >= _SHARED_WORDS * min(len(first), len(second))
