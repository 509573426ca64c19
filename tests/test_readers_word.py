"""Word documents to lines."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.readers import Unreadable
from pipeline.readers.word import read_docx

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def written(body: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{NAMESPACE}"><w:body>{body}</w:body></w:document>')
    return buffer.getvalue()


def test_paragraphs_breaks_and_cells_are_lines_and_deleted_text_is_left_out() -> None:
    data = written(
        "<w:p><w:pPr><w:b/></w:pPr><w:r><w:t>Togo</w:t></w:r></w:p><w:p/>"
        "<w:p><w:r><w:t xml:space='preserve'>Gunmen </w:t></w:r><w:r><w:t>fled.</w:t><w:br/><w:t>Army</w:t><w:tab/><w:t>stayed.</w:t></w:r>"
        "<w:del><w:r><w:delText>no</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert [(piece.at, piece.kind, piece.text) for piece in read_docx(data)] == [
        (0, "line", "Togo"),
        (2, "line", "Gunmen fled."),
        (3, "line", "Army\tstayed."),
        (4, "line", "Cell"),
    ]


def test_a_broken_document_is_refused() -> None:
    with pytest.raises(Unreadable, match="broken Word document: ParseError"):
        list(read_docx(written("<w:p>")))
