"""What a source says: its imports, and the digest of what may change a row; kept by content."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import own_code, stages


@pytest.mark.parametrize(
    ("code", "same"),
    [
        ("def f(x):\n    '''Other words.'''\n    # why\n    return x + 1\n", True),
        ("def f(x):\n    return x + 2\n", False),
        ("def f(y):\n    return y + 1\n", False),
    ],
)
def test_the_meaning_ignores_comments_and_docstrings_only(code: str, same: bool) -> None:
    one, other = own_code.parse(b"def f(x):\n    '''Words.'''\n    return x + 1\n"), own_code.parse(code.encode())
    assert (one.meaning == other.meaning) is same


def test_imports_are_found_wherever_a_statement_can_stand() -> None:
    source = b"""
import os, pipeline.lexicon
def f():
    try:
        if True:
            from pipeline.dates import Found, words
    except ValueError:
        from pipeline import store as kept
    match f:
        case 1:
            import pipeline.month
"""
    said = own_code.parse(source)
    assert set(said.modules) == {"pipeline.lexicon", "pipeline.dates", "pipeline", "pipeline.month"}
    assert set(said.names) == {"pipeline.dates.Found", "pipeline.dates.words", "pipeline.store"}


def test_what_was_found_is_kept_and_a_changed_source_is_parsed_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, kept = tmp_path / "module.py", tmp_path / "code.json"
    source.write_text("x = 1\n", encoding="utf-8")
    parsed: list[bytes] = []
    parse = own_code.parse

    def noted(text: bytes) -> own_code.Code:
        parsed.append(text)
        return parse(text)

    monkeypatch.setattr(own_code, "parse", noted)
    answers = []
    for text in ("x = 1\n", "x = 1\n", "x = 2\n"):
        source.write_text(text, encoding="utf-8")
        monkeypatch.setattr(own_code, "_read", {})
        monkeypatch.setattr(own_code, "_kept", {})
        with own_code.kept(kept):
            answers.append(own_code.read(source))
    assert parsed == [b"x = 1\n", b"x = 2\n"]
    assert answers[0] == answers[1] != answers[2]


def test_a_damaged_file_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "code.json"
    for damage in ("{", "[1]", '{"code": 1}', '{"code": {"a": 1}}'):
        kept.write_text(damage, encoding="utf-8")
        monkeypatch.setattr(own_code, "_read", {})
        monkeypatch.setattr(own_code, "_kept", {})
        with own_code.kept(kept):
            said = own_code.read(stages.path_of("pipeline.dates"))
        assert "pipeline.dates.find" in said.modules
        assert kept.read_text(encoding="utf-8").startswith('{\n "')
