"""Markdown to lines."""

from __future__ import annotations

import pytest

from pipeline.readers.markdown import read_markdown


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("## Latin America & Caribbean", "Latin America & Caribbean"),
        ("* [Chad](https://example.org/chad#x)", "Chad"),
        ("![Deteriorated](/icons/down.svg) **Talks failed.** Army 5 May moved.", " Talks failed. Army 5 May moved."),
        ("_Sides quarrelled._ Army *and* police moved.", "Sides quarrelled. Army and police moved."),
        ("**Old** __style__ 2\\. line \\- [sic]", "Old style 2. line - [sic]"),
        ("> Quoted", "Quoted"),
        ("- - -", ""),
    ],
)
def test_marks_are_taken_out(line: str, plain: str) -> None:
    assert [(piece.text, piece.repairs) for piece in read_markdown(line)] == [(plain, ("markup",))]


def test_a_name_in_bold_that_opens_a_line_is_marked() -> None:
    (piece,) = read_markdown("- **Chad** Army 5 May moved north.")
    assert (piece.text, piece.marks) == ("Chad Army 5 May moved north.", ("strong-lead=4",))


def test_what_is_no_mark_stays() -> None:
    text = "5 * 3 members of 4_February_Movement\n\n#hashtag of NGO [sic] (see Chad)\n-5 degrees"
    assert [(piece.at, piece.text, piece.repairs) for piece in read_markdown(text)] == [
        (0, "5 * 3 members of 4_February_Movement", ()),
        (2, "#hashtag of NGO [sic] (see Chad)", ()),
        (3, "-5 degrees", ()),
    ]
