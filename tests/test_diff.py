"""Two editions compared: what came, what went, what was revised, and which figures changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.diff import FigureChange, diff_entries
from pipeline.tables import Casualty, HarmKind
from tests.conftest import make_entry

OLD = make_entry("Raid killed at least 41.", entry_id="a1", headline="Raid killed at least 41.")
NEW = make_entry("Raid killed at least 47.", entry_id="a2", headline="Raid killed at least 47.")
OTHER = make_entry("Talks 3 May stalled.", entry_id="b1", situation="Chad", countries=("TCD",))


def figure(entry_id: str, text: str, start: int = 12, kind: HarmKind = "killed") -> Casualty:
    """Return a figure of an entry."""
    return Casualty(
        entry_id=entry_id, start=start, end=start + len(text), text=text, kind=kind, low=None, best=None, high=None,
        hedge=None, implicit=False, scope="incident", victims=None, victim_group="unknown", attribution=None, event_id=None,
    )  # fmt: skip


def test_added_revised_and_withdrawn() -> None:
    gone = replace(OTHER, entry_id="c1", situation="Niger", text="Strike 4 May ended.")
    changes = list(diff_entries([OLD, gone], [NEW, OTHER]))
    assert [(c.change, c.situation, c.old_id, c.new_id, c.fields) for c in changes] == [
        ("added", "Chad", None, "b1", ()),
        ("revised", "Mali", "a1", "a2", ("text",)),
        ("withdrawn", "Niger", "c1", None, ()),
    ]


def test_figures_that_changed_are_paired_by_kind_and_place() -> None:
    before = [figure("a1", "at least 41"), figure("a1", "two", 30, "injured"), figure("a1", "nine", 50, "detained")]
    after = [figure("a2", "at least 47"), figure("a2", "two", 30, "injured"), figure("a2", "9,000", 50, "displaced")]
    (change,) = diff_entries([OLD], [NEW], before, after)
    assert change.figures == (
        FigureChange("killed", "at least 41", "at least 47"),
        FigureChange("detained", "nine", None),
        FigureChange("displaced", None, "9,000"),
    )


def test_superseded_texts_are_left_out_and_a_text_dated_anew_is_a_revision() -> None:
    assert [c.change for c in diff_entries([replace(OLD, superseded_by="a2"), NEW], [NEW])] == []
    (change,) = diff_entries([OLD], [replace(OLD, entry_id="a9", month=dt.date(2023, 5, 1))])
    assert (change.change, change.fields) == ("revised", ("month",))


def test_a_trend_told_later_is_a_revision_of_the_same_entry() -> None:
    (change,) = diff_entries([OLD], [replace(OLD, trend="deteriorated")])
    assert (change.old_id, change.new_id, change.fields) == ("a1", "a1", ("trend",))


ENTRIES = st.lists(st.sampled_from([OLD, NEW, OTHER, replace(OTHER, entry_id="c1", situation=None, month=None)]), unique=True, max_size=4)


@given(ENTRIES, ENTRIES)
def test_nothing_differs_from_itself_and_every_identity_is_told(old: list, new: list) -> None:  # type: ignore[type-arg]
    assert list(diff_entries(old, old)) == []
    changes = list(diff_entries(old, new))
    told = {c.old_id for c in changes} | {c.new_id for c in changes}
    assert {e.entry_id for e in old} ^ {e.entry_id for e in new} <= told
