"""What a month's brief says, section by section, from the tables of a run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.brief.actors import new_actors
from pipeline.brief.changes import EVENTS, FIGURES, LEAST_PAST, SHOWN, compare, largest
from pipeline.brief.rows import Line, Rows, read_rows
from pipeline.tables import Casualty, Entry, TrendEstimate

# Estimates below even odds are many and mostly wrong: a brief is read for what stands out.
_LEAST_SHOWN = 0.5
_LONGEST = 400  # characters of a headline, which may be a whole entry of the years without headlines


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, how to read what stands below it, and the lines; `empty` is said where there are none."""

    title: str
    reading: str
    lines: tuple[Line, ...]
    empty: str = "None."


@dataclass(frozen=True, slots=True)
class Brief:
    """A month's brief: `facts` are the counts it opens with."""

    month: dt.date
    facts: tuple[str, ...]
    sections: tuple[Section, ...]


def make_brief(out: Path, month: str | None = None, *, text: bool = True) -> Brief:
    """Return the brief of a month ("2026-02"; the newest with entries where none is named) from the tables below `out`.

    `text=False` leaves Crisis Group's headlines out. Raises NoSuchMonth where the tables have no entry of the month.
    """
    rows = read_rows(out, month)
    sections = [*_trend_sections(rows, text), *_alert_sections(rows, text), *_change_sections(rows)]
    return Brief(rows.month, tuple(_facts(rows)), (*sections, _new_actors(rows), _silence(rows), _attention(rows, text)))


def _facts(rows: Rows) -> Iterator[str]:
    stated = [row for row in rows.trends.values() if row.entry_id and row.trend]
    yield f"{len(rows.entries)} entries; trend stated: {len(stated)}, estimated only: {len(rows.entries) - len(stated)}."
    if stated:
        counts = {trend: sum(row.trend == trend for row in stated) for trend in ("deteriorated", "improved", "unchanged")}
        yield "Stated: " + ", ".join(f"{count} {trend}" for trend, count in counts.items()) + "."
    events = sum(row.events or 0 for row in rows.now.values())
    violence = sum(row.political_violence or 0 for row in rows.now.values())
    yield f"{events:,} actual events found, {violence:,} of them political violence; entries on neighbours may tell the same ones."
    silent, unknown = (sum(row.coverage == kind for row in rows.coverage) for kind in ("silent", "unknown"))
    if silent:
        yield f"Situations covered before and silent now: {silent}."
    if unknown:
        yield f"Situations of which the input does not tell whether they were covered: {unknown}."


def _entry_line(rows: Rows, row: TrendEstimate, text: bool, note: str) -> Line:
    entry = rows.entries[row.entry_id or ""]
    return Line(row.situation, (entry.entry_id,), _summary(entry) if text else "", note)


def _summary(entry: Entry) -> str:
    """Return the headline; of an entry without one, how its text begins."""
    said = entry.headline or entry.text.split("\n")[0]
    return said if len(said) <= _LONGEST else said[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _told(rows: Rows) -> list[TrendEstimate]:
    return sorted((row for row in rows.trends.values() if row.entry_id in rows.entries), key=lambda row: row.situation)


def _trend_sections(rows: Rows, text: bool) -> Iterator[Section]:
    for trend in ("deteriorated", "improved"):
        lines = [_entry_line(rows, row, text, "stated") for row in _told(rows) if row.trend == trend]
        guessed = [row for row in _told(rows) if row.trend is None and row.trend_estimated == trend]
        guessed.sort(key=lambda row: -_chance(row, trend))
        lines += [_entry_line(rows, row, text, f"estimated, {_chance(row, trend):.2f}; {_because(row)}") for row in guessed]
        yield Section(
            trend.capitalize(),
            "As the tracker states it; where the input lost the arrow, as estimated, with the chance and what speaks for it.",
            tuple(lines),
        )
    worse = [row for row in _told(rows) if row.trend == "unchanged" and _chance(row, "deteriorated") >= _LEAST_SHOWN]
    worse.sort(key=lambda row: -_chance(row, "deteriorated"))
    lines = [_entry_line(rows, row, text, f"estimated {_chance(row, 'deteriorated'):.2f}; {_because(row)}") for row in worse]
    yield Section("Marked unchanged, reads worse", "The model's view against the tracker's; the tracker is mostly right.", tuple(lines))


def _chance(row: TrendEstimate, trend: str) -> float:
    return float(getattr(row, f"{trend}_probability") or 0.0)


def _because(row: TrendEstimate) -> str:
    return ", ".join(row.evidence[:3]) or "nothing in particular"


def _alert_sections(rows: Rows, text: bool) -> Iterator[Section]:
    after = f"{next(iter(rows.trends.values())).alert_month:%B %Y}" if rows.trends else "the month after"
    risks = [_alert_line(rows, row, text) for row in _told(rows) if row.risk_alert]
    likely = [row for row in _told(rows) if row.risk_alert is None and (row.risk_alert_probability or 0) >= _LEAST_SHOWN]
    likely.sort(key=lambda row: -(row.risk_alert_probability or 0))
    risks += [_entry_line(rows, row, text, f"estimated, {row.risk_alert_probability:.2f}; {_because(row)}") for row in likely]
    yield Section(f"Conflict risk alerts for {after}", "Alerts speak of the month after. Estimated ones are marked.", tuple(risks))
    chances = [_alert_line(rows, row, text) for row in _told(rows) if row.resolution_opportunity]
    yield Section(f"Resolution opportunities for {after}", "Only as stated: too few are known to estimate them.", tuple(chances))


def _alert_line(rows: Rows, row: TrendEstimate, text: bool) -> Line:
    """Return an alert's line; the headline stands above already where the month got worse or better."""
    if row.trend in ("deteriorated", "improved"):
        return Line(row.situation, (row.entry_id or "",), f"{row.trend}, see above" if text else row.trend, "stated")
    return _entry_line(rows, row, text, "stated")


def _change_sections(rows: Rows) -> Iterator[Section]:
    reading = "All that the entry tells, against the situation's last entries, up to twelve; their geometric mean is called usual."
    many = f"No situation has {LEAST_PAST} earlier entries in the tables: there is nothing to compare with."
    for title, columns in (("Largest changes in events", EVENTS), ("Largest changes in figures", FIGURES)):
        changes = compare(rows.now, rows.past, columns)
        large = [change for change in changes if change.stands_out][:SHOWN]
        lines = [Line(c.situation, c.entry_ids, f"{c.now:,} {c.unit}, usually {c.usual:,.1f}", f"against {c.span}") for c in large]
        yield Section(title, reading, tuple(lines), "No change stands out." if changes else many)
    lines = [Line(name, ids, said, note) for name, ids, said, note in largest(rows.now, rows.panel, _at_home(rows), rows.crossrefs)]
    reading = "Incident figures of actual events, added up; deaths that an entry places outside of its own countries are left out."
    yield Section("Most people killed", reading, tuple(lines))


def _at_home(rows: Rows) -> list[Casualty]:
    """Return the figures that the panel counts as the situation's own: of actual events that are not placed outside of its countries."""
    left_out = set()
    for event in rows.events:
        countries = rows.entries[event.entry_id].countries if event.entry_id in rows.entries else ()
        if event.realis != "actual" or event.iso3 not in (None, *countries):
            left_out.add(event.event_id)
    return [figure for figure in rows.casualties if figure.event_id not in left_out]


def _new_actors(rows: Rows) -> Section:
    reading = f"Named organisations that no earlier entry of the input mentions, in situations with at least {LEAST_PAST} earlier entries."
    return Section("New actors", reading, tuple(new_actors(rows)), "None, or no situation has enough earlier entries to tell.")


def _silence(rows: Rows) -> Section:
    lines = []
    for row in rows.coverage:
        # The month itself counts among the known ones: a situation silent now for the first time is still told as usually covered.
        if row.coverage == "silent" and row.tracking == "monthly":
            last = rows.last_seen.get(row.situation)
            said = f"no entry; covered in {row.months_covered} of the {row.months_known} months known of the last twelve"
            note = f"last entry {last.month:%B %Y}" if last else "no earlier entry in the input"
            lines.append(Line(row.situation, (last.entry_id,) if last and last.entry_id else (), said, note))
    return Section("Unusual silence", "Situations usually covered, on which the tracker wrote nothing. Silence is not peace.", tuple(lines))


def _attention(rows: Rows, text: bool) -> Section:
    lines = []
    for row in rows.coverage:
        if row.entry_id in rows.entries and (row.tracking == "standby" or (row.months_known > 1 and row.months_covered == 1)):
            said = _summary(rows.entries[row.entry_id]) if text else ""
            lines.append(Line(row.situation, (row.entry_id,), said, f"covered in {row.months_covered} of {row.months_known} known months"))
    return Section("Unusual attention", "Situations on standby, covered this month.", _sorted(lines))


def _sorted(lines: Sequence[Line]) -> tuple[Line, ...]:
    return tuple(sorted(lines, key=lambda line: line.situation))
