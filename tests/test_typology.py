from collections import Counter

import pytest

from pipeline.events import Triggers
from pipeline.typology import Typology

TYPES = Typology.load().types.values()


def test_there_are_73_types_in_ten_families() -> None:
    assert len(TYPES) == 73
    assert len({row.family for row in TYPES}) == 10
    assert Counter(row.family for row in TYPES)["Political violence"] == 14


def test_codes_stand_for_one_type_each() -> None:
    assert len({row.code for row in TYPES}) == 73


@pytest.mark.parametrize("row", TYPES, ids=lambda row: row.label)
def test_a_type_is_defined_mapped_and_has_triggers(row) -> None:  # type: ignore[no-untyped-def]
    assert len(row.definition) > 20
    assert all((row.plover, row.acled, row.cameo))
    section = Triggers.load().sections[row.label]
    assert section["verbs"]
    assert section["nouns"]
    assert len(section["examples"]) >= 2
    assert section["counterexamples"] + section.get("misread", [])


def test_an_unknown_label_is_an_error() -> None:
    with pytest.raises(KeyError):
        Typology.load().family("picnic")
