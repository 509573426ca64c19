"""Plain text to lines."""

from __future__ import annotations

from pipeline.readers.text import read_text


def test_lines_keep_their_numbers_and_blank_ones_leave_a_gap() -> None:
    found = list(read_text("Togo\r\n\r\n \u00a0\nMay 2026\rGunmen\x0cfled\u2028north"))
    assert [(piece.at, piece.text) for piece in found] == [(0, "Togo"), (3, "May 2026"), (4, "Gunmen"), (5, "fled"), (6, "north")]
    assert {piece.kind for piece in found} == {"line"}


def test_half_a_letter_of_mojibake_ends_no_line() -> None:
    assert [piece.text for piece in read_text("Ã\x85land")] == ["Ã\x85land"]
