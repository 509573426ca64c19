"""Pointers: a row a name, with its span."""

from __future__ import annotations

import pytest

from pipeline.entries import Situations
from pipeline.entries.crossrefs import find_crossrefs
from tests.conftest import make_entry


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Fighting spilled over (see Ukraine and Russia).", [("Ukraine", "Ukraine", "UKR"), ("Russia", "Russia (Internal)", "RUS")]),
        ("Talks (see Israel/Palestine, Iran).", [("Israel/Palestine", "Israel/Palestine", None), ("Iran", "Iran", "IRN")]),
        ("Raid (see also DR Congo).", [("DR Congo", "Democratic Republic of Congo", "COD")]),
        ("Shelling (See Syria and Conflict in Focus).", [("Syria", "Syria", "SYR")]),
        ("Row (see Kashmir, Shangri-La).", [("Kashmir", "India-Pakistan (Kashmir)", None), ("Shangri-La", None, None)]),
        ("Unrest (see below). Mali (and Niger) met; he said (I see Chad).", []),
        ("Drills (see Chechnya (Russia)).", [("Chechnya (Russia)", "Chechnya (Russia)", "RUS")]),
    ],
)
def test_names_in_a_pointer(text: str, names: list[tuple[str, str | None, str | None]]) -> None:
    rows = list(find_crossrefs(make_entry(text), Situations.load()))
    assert [(row.text, row.situation, row.iso3) for row in rows] == names
    assert all(text[row.start : row.end] == row.text for row in rows)
