"""PDF to lines."""

from __future__ import annotations

import pytest

from pipeline.readers import Unreadable, pdf
from pipeline.readers.pdf import read_pdf


def printed(*pages: list[str]) -> bytes:
    """Return a PDF with one line of text under another on each page, written by hand."""
    contents = [" ".join(["BT /F1 12 Tf 72 720 Td 14 TL", *(f"({line}) Tj T*" for line in page), "ET"]) for page in pages]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        resources = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 612 792]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {resources} /Contents {5 + 2 * number} 0 R >>")
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    body, offsets = "%PDF-1.4\n", []
    for number, text in enumerate(objects, start=1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\n"
    return (body + f"startxref\n{body.index('xref')}\n%%EOF\n").encode("latin-1")


def test_lines_come_page_by_page() -> None:
    data = printed(["CrisisWatch", "Togo"], ["Gunmen 5 May at-", "tacked market."])
    assert [(piece.kind, piece.group, piece.text) for piece in read_pdf(data)] == [
        ("line", 1, "CrisisWatch"),
        ("line", 1, "Togo"),
        ("line", 2, "Gunmen 5 May at-"),
        ("line", 2, "tacked market."),
    ]


def test_what_typesetting_did_to_words_is_undone_and_told() -> None:
    # Octal 255 is the soft hyphen of Windows-1252.
    data = printed(["Gunmen at\\255", "tacked."])
    assert [(piece.text, piece.repairs) for piece in read_pdf(data)] == [("Gunmen at-", ("typesetting",)), ("tacked.", ())]


def test_a_page_too_large_to_be_text_is_left_out_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_LARGEST_PAGE", 200)
    found = list(read_pdf(printed(["Togo"], ["x" * 300])))
    assert [(piece.text, piece.repairs) for piece in found] == [("Togo", ()), ("", ("page_2_unread",))]


def test_a_pdf_without_text_with_too_many_pages_or_broken_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable, match="without a text layer"):
        list(read_pdf(printed([], [])))
    with pytest.raises(Unreadable, match="broken PDF"):
        list(read_pdf(b"%PDF-1.4 " + b"x" * 50))
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    with pytest.raises(Unreadable, match="a PDF of 2 pages, 1 are the most; split it"):
        list(read_pdf(printed(["a"], ["b"])))
