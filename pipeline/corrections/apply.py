"""Corrections on a stage's rows: each is applied where it fits, and says why where it does not."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline import store
from pipeline.corrections.order import bounds_along, disorder, linked
from pipeline.corrections.values import ROW, SPAN, Unfit, value_of, written
from pipeline.tables import Correction, Entry, Event, EventRole

Span = tuple[int | None, int | None]


def identity(correction: Correction) -> str:
    """Return what tells a correction from others wherever its line stands."""
    where = (correction.table, correction.entry_id, correction.start, correction.end, correction.which)
    said = (*where, correction.column, correction.value, correction.expect)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def of_tables(corrections: Sequence[Correction], classes: Sequence[type[store.Row]]) -> list[Correction]:
    """Return the corrections of these tables."""
    names = {row_class.TABLE for row_class in classes}
    return [correction for correction in corrections if correction.table in names]


def correct(
    rows: Mapping[str, list[Any]], corrections: Sequence[Correction], classes: Sequence[type[store.Row]], texts: Mapping[str, str]
) -> tuple[dict[str, list[Any]], dict[str, str]]:
    """Return a stage's rows by table with the corrections applied, and by `identity` why one was not ("" if it was).

    `texts` are the entries' texts by identity: the text of a span that is moved or added is read from there.
    """
    out, told = {name: list(group) for name, group in rows.items()}, dict[str, str]()
    for row_class in classes:
        groups: dict[tuple[str, Span], list[Correction]] = defaultdict(list)
        for correction in corrections:
            if correction.table == row_class.TABLE:
                groups[correction.entry_id, (correction.start, correction.end)].append(correction)
        for (entry_id, span), group in groups.items():
            out[row_class.TABLE], outcome = _correct_span(out[row_class.TABLE], row_class, entry_id, span, group, texts)
            told |= outcome
    if Event.TABLE in out and EventRole.TABLE in out:
        there = {event.event_id for event in out[Event.TABLE]}
        out[EventRole.TABLE] = [role for role in out[EventRole.TABLE] if role.event_id in there]
    return out, told


def _correct_span(
    rows: list[Any], row_class: type[store.Row], entry_id: str, span: Span, group: Sequence[Correction], texts: Mapping[str, str]
) -> tuple[list[Any], dict[str, str]]:
    """Apply the corrections of one span; each is judged for itself, in the order of the file, what is said of whole rows first."""
    apart: dict[str, list[Any]] = {"mine": [], "beside": [], "others": []}
    for row in rows:
        there = (getattr(row, "start", None), getattr(row, "end", None)) == span
        apart["others" if row.entry_id != entry_id else "mine" if there else "beside"].append(row)
    mine, told = apart["mine"], dict[str, str]()
    for correction in sorted(group, key=lambda c: c.column != ROW):
        if told.get(identity(correction)) == "":
            continue  # the same line stands in the file twice, or told with the row that it is a column of
        lines = [correction]
        try:
            if correction.column == ROW and correction.value == "add":
                lines += [c for c in group if c.column != ROW and c.which == correction.which]
                changed = [*mine, _added(row_class, correction, lines[1:], texts)]
            else:
                changed = _changed(mine, row_class, correction, group, texts)
            store.to_arrow([*apart["beside"], *changed], row_class)
            mine, why = changed, ""
        except (Unfit, store.TableError) as error:
            why = str(error)
        told |= {identity(line): why for line in lines if line is correction or not why}
    return [*apart["others"], *apart["beside"], *mine], told


def _changed(
    rows: Sequence[Any], row_class: type[store.Row], correction: Correction, group: Sequence[Correction], texts: Mapping[str, str]
) -> list[Any]:
    """Return the rows of a span with one correction applied; raises Unfit where it fits none of them, or several."""
    meant = _meant(rows, row_class, correction)
    new = [] if correction.column == ROW else [_set(meant, row_class, correction, group, texts)]
    return [one for row in rows for one in (new if row is meant else [row])]


def _set(meant: Any, row_class: type[store.Row], correction: Correction, group: Sequence[Correction], texts: Mapping[str, str]) -> Any:
    """Return the row with a line's value or, where it fits only with those of the lines on columns in order with it, with all of these.

    A span moves with both its ends at once: with one alone it could end before it starts. Raises Unfit where the row would contradict
    itself.
    """
    lines = [c for c in group if c.which == correction.which and c.column != ROW]
    given = {line.column for line in lines}
    ends = [line for line in lines if line.column in SPAN and correction.column in SPAN]
    near = [line for line in lines if line.column in linked(correction.column)]
    why = ""
    for together in (ends or [correction], near):
        fitting = [line for line in together if line is correction or _expected(meant, line)]
        values = {line.column: value_of(row_class, line.column, line.value) for line in fitting}
        row = _with(meant, row_class, bounds_along(meant, values, given) | values, texts)
        if not disorder(row, values):
            return row
        why = why or disorder(row, values)
    raise Unfit(why)


def _meant(rows: Sequence[Any], row_class: type[store.Row], correction: Correction) -> Any:
    """Return the one row of a span that a correction is about."""
    if not rows:
        raise Unfit("no row has this span now")
    named = [row for row in rows if _is_which(row, correction.which)]
    if not named:
        raise Unfit(f"no row of this span has {correction.which} now")
    fits = [row for row in named if _expected(row, correction)]
    if not fits:
        now = ", ".join(sorted({written(getattr(row, correction.column)) or "nothing" for row in named}))
        raise Unfit(f"{correction.column} is {now} now, not {correction.expect}")
    if len(fits) > 1:
        apart = [name for name in row_class.KEY if len({getattr(row, name) for row in fits}) > 1]
        these = " or ".join("; ".join(f"{name}={written(getattr(row, name))}" for name in apart) for row in fits)
        raise Unfit(f"{len(fits)} rows have this span: write a line for each that is meant, with `which` {these}")
    return fits[0]


def _is_which(row: Any, which: str | None) -> bool:
    told = (part.partition("=") for part in which.split("; ")) if which else ()
    return all(written(getattr(row, name)) == value for name, _, value in told)


def _expected(row: Any, correction: Correction) -> bool:
    if correction.expect is None or correction.column == ROW:
        return True
    return written(getattr(row, correction.column)) in (correction.expect, correction.value)


def _added(row_class: type[store.Row], correction: Correction, lines: Sequence[Correction], texts: Mapping[str, str]) -> Any:
    """Return a new row: what the lines of its columns give, null for the rest; raises Unfit where that is too little."""
    text = texts.get(correction.entry_id, "")
    if correction.start is None or correction.end is None:
        raise Unfit("a row to add needs start and end")
    quoted = _quoted(text, correction.start, correction.end)
    given = {c.column: value_of(row_class, c.column, c.value) for c in lines}
    own: dict[str, Any] = {"entry_id": correction.entry_id, "start": correction.start, "end": correction.end, "text": quoted}
    if row_class is Event:
        from pipeline.events.rows import event_identity

        dates = (given.get("date_from"), given.get("date_to"))
        own["event_id"] = event_identity(correction.entry_id, correction.start, correction.end, *dates)
        own |= _line_of(text, correction.start, correction.end)
        given |= _of_type(given)
    columns = store.columns(row_class)
    values: dict[str, Any] = {**dict.fromkeys(columns), **{name: value for name, value in own.items() if name in columns}, **given}
    lacking = [name for name, (_, nullable, _, _) in columns.items() if values[name] is None and not nullable]
    if lacking:
        raise Unfit(f"a row to add lacks {', '.join(lacking)}; give each on a line of its own with the same span")
    row = row_class(**values)
    if why := disorder(row, ()):
        raise Unfit(why)
    return row


def _quoted(text: str, start: int, end: int) -> str:
    if not 0 <= start < end <= len(text):
        raise Unfit(f"the entry has no characters {start} to {end}")
    return text[start:end]


def _with(row: Any, row_class: type[store.Row], values: Mapping[str, Any], texts: Mapping[str, str]) -> Any:
    """Return a row with other values, and what follows from them: its text, an event's sentence and crosswalks, a month's source."""
    row = replace(row, **values)
    if not values.keys().isdisjoint(SPAN):
        text = texts[row.entry_id]
        row = replace(row, text=_quoted(text, row.start, row.end))
        if row_class is Event and not row.sentence_start <= row.start <= row.end <= row.sentence_end:
            row = replace(row, **_line_of(text, row.start, row.end))
    if row_class is Entry and "month" in values:
        row = replace(row, month_source="given", month_confidence=1.0, month_evidence="a correction gives it")
    return replace(row, **_of_type(values)) if row_class is Event else row


def _line_of(text: str, start: int, end: int) -> dict[str, int]:
    """Return, as the sentence of a trigger that nobody has parsed, the line that it stands in."""
    stop = text.find("\n", end)
    return {"sentence_start": text.rfind("\n", 0, start) + 1, "sentence_end": len(text) if stop < 0 else stop}


def _of_type(values: Mapping[str, Any]) -> dict[str, Any]:
    from pipeline.typology import Typology

    if "type" not in values:
        return {}
    known = Typology.load().types.get(values["type"])
    if known is None:
        raise Unfit(f"there is no event type {values['type']!r}; see `crisiswatch tables events` and the typology")
    return {"family": known.family, "plover": known.plover, "acled": known.acled, "cameo": known.cameo}
