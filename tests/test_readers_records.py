"""JSON and JSON Lines to cells."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers import Unreadable
from pipeline.readers.records import looks_like_json, looks_like_json_lines, read_json, read_json_lines

Cells = list[tuple[int | None, str | None, str]]
LONG = "Gunmen 5 May attacked market in north, killing at least four people and burning stalls, police said."


def cells(text: str) -> Cells:
    return [(piece.group, piece.field, piece.text) for piece in read_json(text)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([{"a": "x", "b": ["y", "z"]}, {"a": None, "b": []}, {"a": "w"}], [(0, "a", "x"), (0, "b", "y"), (0, "b", "z"), (2, "a", "w")]),
        ({"a": "x", "in": {"b": "y"}}, [(0, "a", "x"), (0, "in.b", "y")]),
        # Records under keys, and in a list under a key.
        ({"1": {"a": "x"}, "2": {"a": "y"}}, [(0, "key", "1"), (0, "a", "x"), (1, "key", "2"), (1, "a", "y")]),
        ({"Togo": [{"a": "x"}, {"a": "y"}]}, [(0, "key", "Togo"), (0, "a", "x"), (1, "key", "Togo"), (1, "a", "y")]),
        ({"n": 2, "data": [{"a": "x"}, {"a": "y"}]}, [(0, "n", "2"), (0, "data.a", "x"), (1, "n", "2"), (1, "data.a", "y")]),
        ([{"c": "Togo", "entries": [{"a": "x"}]}], [(0, "c", "Togo"), (0, "entries.a", "x")]),
        # Lists in lists, in objects, and several of them.
        (
            {"m": "May", "rs": [{"r": "Africa", "ss": [{"a": "x"}, {"a": "y"}]}, {"r": "Asia", "ss": [{"a": "z"}]}]},
            [
                (0, "m", "May"),
                (0, "rs.r", "Africa"),
                (0, "rs.ss.a", "x"),
                (1, "m", "May"),
                (1, "rs.r", "Africa"),
                (1, "rs.ss.a", "y"),
                (2, "m", "May"),
                (2, "rs.r", "Asia"),
                (2, "rs.ss.a", "z"),
            ],
        ),
        (
            {"m": "May", "data": {"n": 2, "rows": [{"a": "x"}, {"a": "y"}]}},
            [(0, "m", "May"), (0, "data.n", "2"), (0, "data.rows.a", "x"), (1, "m", "May"), (1, "data.n", "2"), (1, "data.rows.a", "y")],
        ),
        (
            {"m": "May", "africa": [{"a": LONG}, {"a": "x"}], "asia": [{"a": LONG}], "tags": [{"t": "p"}, {"t": "q"}]},
            [
                *[(0, "m", "May"), (0, "tags.t", "p"), (0, "tags.t", "q"), (0, "key", "africa"), (0, "a", LONG)],
                *[(1, "m", "May"), (1, "tags.t", "p"), (1, "tags.t", "q"), (1, "key", "africa"), (1, "a", "x")],
                *[(2, "m", "May"), (2, "tags.t", "p"), (2, "tags.t", "q"), (2, "key", "asia"), (2, "a", LONG)],
            ],
        ),
        # Values that a content management system wraps, in lists of one and in objects that look alike.
        (
            [
                {"c": [{"value": "Togo"}], "h": [{"value": LONG}], "t": [{"value": LONG}], "g": [{"n": "p"}, {"n": "q"}]},
                {"c": {"value": "Mali"}, "t": {"value": LONG}},
            ],
            [
                (0, "c.value", "Togo"),
                (0, "h.value", LONG),
                (0, "t.value", LONG),
                (0, "g.n", "p"),
                (0, "g.n", "q"),
                (1, "c.value", "Mali"),
                (1, "t.value", LONG),
            ],
        ),
        # Paragraphs as objects.
        ([{"c": "Togo", "ps": [{"p": LONG}, {"p": LONG}]}], [(0, "c", "Togo"), (0, "ps.p", LONG), (0, "ps.p", LONG)]),
        (
            {"c": "Togo", "t": "Talks in the capital failed.", "ps": [{"p": "x"}, {"p": "y"}]},
            [(0, "c", "Togo"), (0, "t", "Talks in the capital failed."), (0, "ps.p", "x"), (0, "ps.p", "y")],
        ),
        # Months with countries with records: two keys, two columns.
        (
            {"May": {"Togo": {"a": "x"}, "Mali": {"a": "y"}}, "June": {"Chad": {"a": "z"}, "Togo": {"a": "w"}}},
            [
                (0, "key", "May"),
                (0, "key.key", "Togo"),
                (0, "a", "x"),
                (1, "key", "May"),
                (1, "key.key", "Mali"),
                (1, "a", "y"),
                (2, "key", "June"),
                (2, "key.key", "Chad"),
                (2, "a", "z"),
                (3, "key", "June"),
                (3, "key.key", "Togo"),
                (3, "a", "w"),
            ],
        ),
        # A list of paragraphs beside a text stays in its record.
        ([{"title": LONG, "body": [{"p": "x"}, {"p": "y"}]}], [(0, "title", LONG), (0, "body.p", "x"), (0, "body.p", "y")]),
        ({"in": {"title": LONG, "body": [{"p": "x"}, {"p": "y"}]}}, [(0, "in.title", LONG), (0, "in.body.p", "x"), (0, "in.body.p", "y")]),
        # Tables by column, as data frames are written, and by row.
        ({"a": {"0": "x", "1": "y"}, "b": {"0": "1", "1": "2"}}, [(0, "a", "x"), (0, "b", "1"), (1, "a", "y"), (1, "b", "2")]),
        ({"a": ["x", "y"], "b": [1, 2]}, [(0, "a", "x"), (0, "b", "1"), (1, "a", "y"), (1, "b", "2")]),
        ([["a", "b"], ["x", "y"]], [(0, "a", "x"), (0, "b", "y")]),
        (["One.", "Two."], [(0, None, "One."), (1, None, "Two.")]),
        ("One.", [(0, None, "One.")]),
        ([True, 1.50], [(0, None, "true"), (1, None, "1.5")]),
    ],
)
def test_records_are_found_wherever_they_stand(value: object, expected: Cells) -> None:
    found = cells(json.dumps(value))
    # An empty record keeps its number but gives no cell.
    assert found == expected


def test_what_json_writers_get_wrong_is_read() -> None:
    text = '[{"a": NaN, "b": Infinity, "c": "x", "c": "y", "n": ' + "9" * 5_000 + ', "m": 2023.10, "t": "one\ttwo"}]'
    assert cells(text) == [(0, "c", "x"), (0, "c", "y"), (0, "n", "9" * 5_000), (0, "m", "2023.10"), (0, "t", "one\ttwo")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[{"a": 1]', "broken JSON: Expecting ',' delimiter at line 1, column 9"),
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 150 + '"x"' + "}" * 150, "nested too deeply"),
        ('{"a":{"n": "x", "a":' * 75 + '"x"' + "}" * 150, "nested too deeply"),
        ("[" * 150 + '"x"' + "]" * 150, "nested too deeply"),
    ],
)
def test_broken_json_is_refused_with_the_place(text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        cells(text)


def test_a_broken_line_among_json_lines_is_kept_as_a_line() -> None:
    found = list(read_json_lines('{"a": "x"}\n\n{"a": \n{"a": "y"}\r\n'))
    assert [(piece.kind, piece.group, piece.text, piece.repairs) for piece in found] == [
        ("cell", 0, "x", ()),
        ("line", None, '{"a": ', ("line_not_json",)),
        ("cell", 1, "y", ()),
    ]
    with pytest.raises(Unreadable, match="no line is a JSON record"):
        list(read_json_lines("a\nb"))


def test_json_is_told_from_text_by_content() -> None:
    assert looks_like_json(' [{"a": 1}]')
    assert not looks_like_json("[Note] Talks failed.")
    assert looks_like_json_lines('{"a": 1}\n{"a": 2}')
    assert not looks_like_json_lines('{"a":\n1}')


KEYS = st.sampled_from(["country", "month", "title", "text"])


@given(st.lists(st.dictionaries(KEYS, st.text(min_size=1).filter(str.strip), min_size=1), min_size=1, max_size=6))
def test_every_value_written_is_read_back(records: list[dict[str, str]]) -> None:
    expected = [(group, key, value) for group, record in enumerate(records) for key, value in record.items()]
    assert cells(json.dumps(records)) == expected
    lines = read_json_lines("\n".join(json.dumps(record) for record in records))
    assert [(piece.group, piece.field, piece.text) for piece in lines] == expected
