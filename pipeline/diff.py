"""What changed between two editions of the entries: added, revised, withdrawn, and the figures that differ in revised ones."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from pipeline.tables import Casualty, Entry

# What may change while the entry stays the same: all else follows from these.
_FIELDS = ("situation", "month", "text", "trend", "risk_alert", "resolution_opportunity")


@dataclass(frozen=True, slots=True)
class FigureChange:
    """One figure that a revision changed; `old` is None for a new one, `new` for one that went."""

    kind: str
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One entry that is not the same in both editions, with the columns that differ and the figures that changed."""

    change: Literal["added", "revised", "withdrawn"]
    situation: str | None
    month: dt.date | None
    headline: str | None
    old_id: str | None
    new_id: str | None
    fields: tuple[str, ...] = ()
    figures: tuple[FigureChange, ...] = ()


def diff_entries(
    old: Sequence[Entry], new: Sequence[Entry], old_figures: Sequence[Casualty] = (), new_figures: Sequence[Casualty] = ()
) -> Iterator[EntryChange]:
    """Yield the changes from `old` to `new`, by month, situation and identity; texts that a later one superseded are left out.

    Entries are paired by identity, then by situation and month, then by their text alone (a month or situation told
    anew), in order; what stays unpaired was added or withdrawn.
    """
    figures = _by_entry(old_figures), _by_entry(new_figures)
    left, right, pairs = _pair(_current(old), _current(new))
    changes = [_revised(before, after, *figures) for before, after in pairs]
    changes += [EntryChange("withdrawn", e.situation, e.month, e.headline, e.entry_id, None) for e in left]
    changes += [EntryChange("added", e.situation, e.month, e.headline, None, e.entry_id) for e in right]
    found = [change for change in changes if change.change != "revised" or change.fields]
    yield from sorted(found, key=lambda c: (str(c.month or "9999"), c.situation or "", c.change, c.old_id or "", c.new_id or ""))


def _current(entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.superseded_by is None]


def _pair(old: list[Entry], new: list[Entry]) -> tuple[list[Entry], list[Entry], list[tuple[Entry, Entry]]]:
    """Return what is left of both sides, and the pairs."""
    pairs: list[tuple[Entry, Entry]] = []
    for key in (_identity, _subject, _text):
        waiting: defaultdict[Hashable, list[Entry]] = defaultdict(list)
        for entry in old:
            waiting[key(entry)].append(entry)
        rest = []
        for entry in new:
            partners = waiting.get(key(entry)) if key(entry) is not None else None
            if partners:
                pairs.append((partners.pop(0), entry))
            else:
                rest.append(entry)
        taken = {id(before) for before, _ in pairs}
        old, new = [entry for entry in old if id(entry) not in taken], rest
    return old, new, pairs


def _identity(entry: Entry) -> Hashable:
    return entry.entry_id


def _subject(entry: Entry) -> Hashable:
    return (entry.situation, entry.month) if entry.situation and entry.month else None


def _text(entry: Entry) -> Hashable:
    return "".join(entry.text.split())


def _revised(before: Entry, after: Entry, old: Mapping[str, Sequence[Casualty]], new: Mapping[str, Sequence[Casualty]]) -> EntryChange:
    fields = tuple(name for name in _FIELDS if getattr(before, name) != getattr(after, name))
    figures = tuple(_changed(old.get(before.entry_id, ()), new.get(after.entry_id, ())))
    return EntryChange("revised", after.situation, after.month, after.headline, before.entry_id, after.entry_id, fields, figures)


def _by_entry(figures: Iterable[Casualty]) -> dict[str, list[Casualty]]:
    grouped: defaultdict[str, list[Casualty]] = defaultdict(list)
    for figure in sorted(figures, key=lambda figure: (figure.entry_id, figure.start, figure.kind)):
        grouped[figure.entry_id].append(figure)
    return grouped


def _changed(old: Sequence[Casualty], new: Sequence[Casualty]) -> Iterator[FigureChange]:
    """Yield the figures that differ, those in the same place of the sequence paired where they are of one kind."""
    before, after = [(f.kind, f.text) for f in old], [(f.kind, f.text) for f in new]
    for operation, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if operation == "equal":
            continue
        gone, come = before[a:b], after[c:d]
        for kind, text in gone:
            partner = next((other for other in come if other[0] == kind), None)
            if partner:
                come.remove(partner)
            yield FigureChange(kind, text, partner[1] if partner else None)
        yield from (FigureChange(kind, None, text) for kind, text in come)
