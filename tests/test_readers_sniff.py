"""What a file is: by content first, by name where the content leaves it open."""

from __future__ import annotations

import pytest

from pipeline.readers import Unreadable
from pipeline.readers.sniff import read_bytes

LONG = "Gunmen 5 May attacked market in north and burned stalls before soldiers drove them out."


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("a.txt", "<!DOCTYPE html><p>x", "html"),
        ("a", "\n <?xml version='1.0'?>\n<!-- saved from -->\n<html><p>x", "html"),
        ("a.html", "<b>x</b> y <br> z", "html"),
        ("a.txt", '<div class="c-crisiswatch-entry"><h3>Togo</h3></div>', "html"),
        ("a.html", "Pasted text, no page at all.", "text"),
        ("a.txt", "He said <div> is a tag.", "text"),
        ("a.txt", '{"country": "Togo"}', "json"),
        ("a.json", '{"country": "Togo"}\n{"country": "Chad"}', "jsonl"),
        ("a.txt", "[Sic] Talks failed.", "text"),
        ("a.csv", "country,month\nTogo,May 2026", "csv"),
        ("a.tsv", "country\tmonth\nTogo\tMay, 2026", "tsv"),
        ("a.txt", f"country,month,text\nTogo,May 2026,{LONG}", "csv"),
        ("a.txt", f"Togo, Chad, Mali\nMay 2026, June 2026,{LONG}", "text"),
        ("a.csv", f"{LONG} So, army said.\n{LONG}\n{LONG} Rebels, police, army.", "text"),
        ("page.txt", LONG, "text"),
        ("page.md", f"# Togo\n\n{LONG}", "text"),
    ],
)
def test_the_format_is_told(name: str, data: str, form: str) -> None:
    assert read_bytes(name, data.encode()).format == form


def test_files_of_other_programs_are_refused_with_what_to_do() -> None:
    with pytest.raises(Unreadable, match=r"a rich text document \(.rtf\): save it as text or PDF"):
        read_bytes("a.txt", b"{\\rtf1 text}")
