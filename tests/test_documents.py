"""Files of every kind, good and bad, to Document and Block rows."""

from __future__ import annotations

import gzip
import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline import documents
from pipeline.documents import files
from pipeline.readers.archives import LARGEST_FILE
from pipeline.readers.text import unquote
from pipeline.tables import Block, Document, Source

SAMPLE = Path(__file__).parents[1] / "data" / "raw"
ENTRY = "Gunmen 5 May attacked market in Kpalimé, killing “at least” four.\n"


def read(raw: Path, path: Path) -> tuple[list[Document], list[Block]]:
    rows = list(documents.read_file(raw, path))
    return [row for row in rows if isinstance(row, Document)], [row for row in rows if isinstance(row, Block)]


def put(raw: Path, name: str, data: bytes | str) -> Path:
    path = raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def reason(raw: Path, name: str, data: bytes | str) -> str:
    [document], blocks = read(raw, put(raw, name, data))
    assert (document.status, blocks) == ("quarantined", [])
    assert document.reason is not None
    return document.reason


def packed(*members: tuple[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def test_every_file_of_the_sample_is_read() -> None:
    found = {path.name: read(SAMPLE, path) for path in documents.find_files(SAMPLE)}
    layouts = {name: [document.layout for document in rows] for name, (rows, _) in found.items()}
    assert layouts == {"database_page.txt": ["plain_text"], "entries.csv": ["table"], "monthly_page_2026-05.html": ["html_page"]}
    assert sum(block.kind == "state" for block in found["monthly_page_2026-05.html"][1]) == 6 * 5


def test_files_are_found_in_order_and_the_sidecar_and_hidden_ones_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/sources.csv", "sources.csv", ".gitkeep", ".git/x.txt", "README.md", "a b.txt"):
        put(tmp_path, name, ENTRY)
    assert [path.relative_to(tmp_path).as_posix() for path in documents.find_files(tmp_path)] == [
        "a b.txt",
        "a/sources.csv",
        "a/z.txt",
        "b.txt",
    ]


def test_a_missing_folder_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere does not exist; give the folder .* --raw"):
        documents.find_files(tmp_path / "nowhere")
    with pytest.raises(NotADirectoryError, match=r"x\.txt is a file"):
        documents.find_files(put(tmp_path, "x.txt", ENTRY))


def test_a_text_file_gives_a_block_a_line_and_says_how_it_was_read(tmp_path: Path) -> None:
    [document], blocks = read(tmp_path, put(tmp_path, "deep/a.txt", b"\xef\xbb\xbf" + f"\nTogo\n\n  {ENTRY}".encode()))
    assert (document.path, document.format, document.encoding, document.repairs) == ("deep/a.txt", "text", "utf-8", ("bom",))
    assert (document.status, document.reason) == ("read", None)
    assert [(block.position, block.kind, block.text) for block in blocks] == [(1, "line", "Togo"), (3, "line", ENTRY.strip())]
    assert {block.document_id for block in blocks} == {document.document_id} == {document.sha256[:16]}


def test_two_files_of_the_same_bytes_are_one_document_at_two_paths(tmp_path: Path) -> None:
    [first], one = read(tmp_path, put(tmp_path, "a.txt", ENTRY))
    [second], two = read(tmp_path, put(tmp_path, "b.txt", ENTRY))
    assert first.document_id == second.document_id
    assert (first.path, second.path) == ("a.txt", "b.txt")
    assert one == two


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.txt", b"", "empty file"),
        ("a.txt", b" \n\xc2\xa0\n", "empty file"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        ("a.txt", bytes(range(256)) * 4, "not text"),
        ("a.txt", "\u200b\n\u200b", "holds no text"),
        ("a.pdf", b"%PDF-1.4\nnothing", "broken PDF"),
        ("a.json", b'{"a": [1,', "broken JSON: Expecting value at line 1"),
        ("a.json", b"[" * 100_000, "nested too deeply"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
        ("a.docx", packed(("[Content_Types].xml", "<x/>"), ("word/document.xml", "<x")), "broken Word document"),
        ("a.pptx", packed(("[Content_Types].xml", "<x/>"), ("ppt/presentation.xml", "<x/>")), "a PowerPoint document"),
        ("a.mhtml", "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b--\n", "no text in it"),
        ("a.xlsx", packed(("[Content_Types].xml", "<x/>"), ("xl/workbook.xml", "<x")), "broken XLSX"),
        ("a.zip", packed(("a.txt", ENTRY))[:-30], "broken zip archive"),
        ("a.zip", packed(), "no file in it"),
        ("a.gz", gzip.compress(ENTRY.encode())[:-9], "broken gzip"),
        ("a.html", "<div>" * 5_000, "more than 2,000 deep"),
    ],
)
def test_a_bad_file_is_quarantined_with_a_plain_reason(tmp_path: Path, name: str, data: bytes | str, said: str) -> None:
    assert said in reason(tmp_path, name, data)


@pytest.mark.parametrize(
    "disguise",
    [
        lambda page: page.encode("utf-16"),
        lambda page: page.encode("utf-8-sig"),
        lambda page: page.replace('charset="utf-8"', 'charset="iso-8859-1"').encode("cp1252", "xmlcharrefreplace"),
        lambda page: page.replace("\n", "\r\n").encode(),
        lambda page: ("<!-- saved from url=(0040)https://example.org/ -->\n" + page).encode(),
        lambda page: page.replace("<div", "<DIV").replace("</p>", "</P>").encode(),
        lambda page: page.replace("xlink:href", "href").encode(),
        lambda page: page.replace("’", "&rsquo;").replace(" May ", "&#160;May\u202f").encode(),
        lambda page: page.encode().decode("latin-1").encode(),
        lambda page: page.replace(' class="c-crisiswatch-entry u-pr"', " class='[ u-pr ] c-crisiswatch-entry [ o-x ]'").encode(),
    ],
    ids=["utf-16", "bom", "cp1252", "crlf", "saved", "capitals", "href", "references", "mojibake", "classes"],
)
def test_a_page_in_disguise_gives_the_same_blocks(tmp_path: Path, disguise: Callable[[str], bytes]) -> None:
    page = (SAMPLE / "monthly_page_2026-05.html").read_text(encoding="utf-8")
    _, plain = read(tmp_path, put(tmp_path, "a.html", page))
    _, blocks = read(tmp_path, put(tmp_path, "saved page", disguise(page)))
    assert len(plain) == 156
    assert [replace(block, document_id="") for block in blocks] == [replace(block, document_id="") for block in plain]


def test_a_file_that_is_too_big_is_not_opened(tmp_path: Path) -> None:
    path = put(tmp_path, "big.txt", "")
    os.truncate(path, LARGEST_FILE + 1)
    [document], _ = read(tmp_path, path)
    assert (document.reason, document.sha256) == ("too big: 67,108,865 bytes, 67,108,864 are the most; split it", "")


def test_too_many_lines_are_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BLOCKS", 3)
    assert "more than 3 lines" in reason(tmp_path, "a.txt", "x\n" * 4)
    assert len(read(tmp_path, put(tmp_path, "b.txt", "x\n" * 3))[1]) == 3


def test_links_out_of_the_folder_to_folders_and_to_nothing_are_not_followed(tmp_path: Path) -> None:
    raw, inside, outside = tmp_path / "raw", put(tmp_path, "raw/in.txt", ENTRY), put(tmp_path, "secret.txt", "secret")
    (raw / "l1").symlink_to(outside)
    (raw / "l2").symlink_to(tmp_path)
    (raw / "l3").symlink_to(raw / "gone")
    (raw / "l4").symlink_to(inside)
    os.mkfifo(raw / "pipe")
    told = {path.name: read(raw, path)[0][0].reason for path in documents.find_files(raw)}
    assert told == {
        "in.txt": None,
        "l1": "a link that leaves the raw folder: not followed",
        "l2": "a link that leaves the raw folder: not followed",
        "l3": "cannot be opened: No such file or directory",
        "l4": None,
        "pipe": "not a regular file",
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser can read every file")
def test_a_file_without_permission_is_quarantined(tmp_path: Path) -> None:
    path = put(tmp_path, "a.txt", ENTRY)
    path.chmod(0)
    assert read(tmp_path, path)[0][0].reason == "cannot be opened: Permission denied"


def test_the_members_of_an_archive_are_documents_of_their_own(tmp_path: Path) -> None:
    data = packed(("in/a.txt", ENTRY), ("b.csv", "country,month\nTogo,May 2026\n"), ("../up.txt", ENTRY), ("c.txt.gz", gzip.compress(b"x")))
    rows, blocks = read(tmp_path, put(tmp_path, "all.zip", data))
    assert [(row.path, row.format, row.status) for row in rows] == [
        ("all.zip/in/a.txt", "text", "read"),
        ("all.zip/b.csv", "csv", "read"),
        ("all.zip/_/up.txt", "unknown", "quarantined"),
        ("all.zip/c.txt.gz", "archive", "quarantined"),
    ]
    assert [block.text for block in blocks] == [ENTRY.strip(), "Togo", "May 2026"]
    rows, blocks = read(tmp_path, put(tmp_path, "twice.zip", packed(("a.txt", ENTRY), ("b.txt", ENTRY))))
    assert ([row.path for row in rows], len(blocks)) == (["twice.zip/a.txt", "twice.zip/b.txt"], 1)
    [row], _ = read(tmp_path, put(tmp_path, "page.txt.gz", gzip.compress(ENTRY.encode())))
    assert (row.path, row.format) == ("page.txt.gz/page.txt", "text")


def test_markup_in_table_cells_is_a_repair_and_in_text_lines_it_stays(tmp_path: Path) -> None:
    [document], blocks = read(tmp_path, put(tmp_path, "a.csv", "country,text\nChad,<p>One &amp; two.</p><p>Three.</p>\n"))
    assert (blocks[1].text, document.repairs) == ("One & two.\nThree.", ("markup",))
    _, [line] = read(tmp_path, put(tmp_path, "a.txt", "He wrote <p> &amp; left."))
    assert line.text == "He wrote <p> &amp; left."


def test_a_line_longer_than_a_block_may_be_is_cut_at_white_space_and_nothing_is_lost(tmp_path: Path) -> None:
    line = "Patrols moved on. " * 120_000
    _, blocks = read(tmp_path, put(tmp_path, "a.txt", line + "\nshort"))
    assert [block.position for block in blocks] == [0, 1, 2, 3]
    assert [block.marks for block in blocks] == [("oversize",)] * 3 + [()]
    assert max(len(block.text) for block in blocks) <= documents.LONGEST_BLOCK
    assert " ".join(block.text for block in blocks) == line.strip() + " short"


# Letters, quotes and spaces of the real texts. Left out: pairs of letters that are mojibake of others, which are mended.
WORDS = st.text(st.sampled_from("abz AZ0129.,;:“”’–()%$€éçüğİı\u00a0\t\"'|\\/<>&{}[]"), max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=12), st.sampled_from(["\n", "\r\n", "\r", "\n\n"]), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_all_characters_of_a_text_file_are_in_its_blocks_in_order(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], end: str, encoding: str
) -> None:
    # A first line that no other format begins with: what is told apart here is text.
    text = end.join(["CrisisWatch pages, saved as text.", *lines])
    raw = tmp_path_factory.mktemp("raw")
    [document], blocks = read(raw, put(raw, "a.txt", text.encode(encoding)))
    assert (document.format, document.status) == ("text", "read")
    # Marks of quotation are taken out where most lines have them, and that is told.
    told = unquote(text)[0] if "quoting_left_out" in document.repairs else text
    assert "".join("".join(block.text.split()) for block in blocks) == "".join(told.split())
    assert [block.position for block in blocks] == sorted({block.position for block in blocks})
    assert all(block.text == " ".join(block.text.split()) for block in blocks)


SEEDS = [(path.suffix, path.read_bytes()[:6_000]) for path in sorted(SAMPLE.iterdir()) if path.suffix != ".md"] + [
    (".json", b'[{"country": "Togo", "month": "May 2026", "entries": [{"title": "x"}, {"title": "y", "text": ["a", "b"]}]}]'),
    (".jsonl", b'{"country": "Togo"}\n{"country": "Benin", "n": 1.5}\n'),
    (".zip", packed(("a.txt", ENTRY), ("b.html", "<html><p>x<p>y"))),
    (".xlsx", packed(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>"))),
    (".gz", gzip.compress(ENTRY.encode())),
    (".pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>"),
]


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(SEEDS), st.data())
def test_damaged_files_are_read_or_quarantined_never_raised(
    tmp_path_factory: pytest.TempPathFactory, seed: tuple[str, bytes], data: st.DataObject
) -> None:
    suffix, whole = seed
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 200)))
    spoiled = whole[:start] + data.draw(st.binary(max_size=20)) * data.draw(st.sampled_from([0, 1, 1, 50])) + whole[end:]
    raw = tmp_path_factory.mktemp("raw")
    rows, blocks = read(raw, put(raw, f"a{suffix}", spoiled))
    assert rows
    assert all((row.status == "read") == (row.reason is None) for row in rows)
    assert all(block.text and block.text.strip() == block.text for block in blocks)


def sources(raw: Path, text: str) -> list[Source]:
    put(raw, "sources.csv", text)
    return documents.read_sources(raw)


def test_the_sidecar_tells_what_is_known_of_a_file(tmp_path: Path) -> None:
    assert documents.read_sources(tmp_path) == []
    text = "\ufeffPath;situation;newest_month;notes\r\nsub\\b.txt;;2023-11;mine\r\n\r\na.txt; Israel/Palestine ;;\r\n"
    assert sources(tmp_path, text) == [
        Source(path="a.txt", situation="Israel/Palestine", newest_month=None, month=None, url=None, retrieved=None),
        Source(path="sub/b.txt", situation=None, newest_month="2023-11", month=None, url=None, retrieved=None),
    ]
    assert [source.path for source in documents.read_sources(SAMPLE)] == ["database_page.txt"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("file,situation\na.txt,Togo\n", r"line 1: no column named path; the columns are path,situation,newest_month"),
        ("path,newest_month\na.txt,2024-01\nb.txt,Nov-23\n", r"line 3: newest_month is 'Nov-23'; write it as YYYY-MM"),
        ("path,month\na.txt,2024-13\n", r"line 2: month is '2024-13'"),
        ("path,month\n,2024-01\n", r"line 2: path is empty"),
        ("path,url\n../a.txt,x\n", r"line 2: \.\./a\.txt is not inside the folder"),
        ("path,url\na.txt,x\n./a.txt,y\n", r"line 3: a\.txt stands here for the second time"),
    ],
)
def test_a_sidecar_that_cannot_be_used_is_an_error_with_file_and_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(documents.SourcesError, match=said):
        sources(tmp_path, text)
