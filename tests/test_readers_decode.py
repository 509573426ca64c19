"""Bytes to text, and damaged text to mended text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers import Unreadable
from pipeline.readers.decode import decode, mend

TEXT = "Parties in Bouaké’s market 5 May said “no” – twice."


@pytest.mark.parametrize(
    ("data", "encoding", "repairs"),
    [
        (TEXT.encode(), "utf-8", ()),
        (TEXT.encode("utf-8-sig"), "utf-8", ("bom",)),
        (TEXT.encode("utf-16"), "utf-16", ("bom",)),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16", ("bom",)),
        (TEXT.encode("utf-32"), "utf-32", ("bom",)),
        (TEXT.encode("cp1252"), "cp1252", ("assumed_cp1252",)),
        (b"<html><meta charset=gb2312>\xff" + TEXT.encode("cp1252"), "cp1252", ("assumed_cp1252",)),
        (b"<html><meta charset=windows-1252>" + TEXT.encode("cp1252"), "windows-1252", ()),
        (b'<html><meta charset="iso-8859-1">' + TEXT.encode("cp1252"), "cp1252", ()),
        (b"<html><meta http-equiv=x content='text/html; charset=windows-1254'>" + "Kılıçdaroğlu".encode("cp1254"), "windows-1254", ()),
        (TEXT.encode() + "Kpalimé".encode("cp1252"), "utf-8", ("stray_bytes",)),
        (TEXT.encode()[:-14] + b"\xe2\x80", "utf-8", ("stray_bytes",)),
        (b"<html><meta charset=utf-8>" + TEXT.encode() + b"\x81\x81" + b"plain words " * 20, "utf-8", ("stray_bytes",)),
        (TEXT.encode("utf-8-sig") + b"\x81" + b"plain words " * 20, "utf-8", ("bom", "stray_bytes")),
    ],
)
def test_the_encoding_is_told_by_rule(data: bytes, encoding: str, repairs: tuple[str, ...]) -> None:
    decoded = decode(data)
    assert (decoded.encoding, decoded.repairs) == (encoding, repairs)
    assert "Bouaké’s market" in decoded.text or "Kılıçdaroğlu" in decoded.text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"caf\x81 \x8d \x9d", "neither UTF-8 nor Windows-1252, the code pages that can be told for sure; if it is text, save it as UTF-8"),
        (b"caf\xe9 \x02\x03\x04", "neither UTF-8"),
        (b"\x00\x01\x02\x03text", "too many control characters"),
        (TEXT.encode("utf-16-le"), "UTF-16 without a byte-order mark: many bytes are zero; if it is text, save it as UTF-8"),
        (TEXT.encode("utf-16") + b"!", "has the byte-order mark of UTF-16 but byte 104 is not valid in it"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as caught:
        decode(data)
    assert said in str(caught.value)


# Seen in the wild: UTF-8 read as Windows-1252 or Latin-1 by a spreadsheet or a scraper, once or twice over.
@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("CÃ´te dâ€™Ivoire", "Côte d’Ivoire"),
        ("TÃ¼rkiye", "Türkiye"),
        ("market â€“ first in â€œthree bordersâ€\x9d zone", "market – first in “three borders” zone"),
        ("called it â€œvoidâ€, then", "called it “void”, then"),
        ("Tensions rose.Â\u00a0Parties", "Tensions rose. Parties"),
        ("Ä°mralÄ±â€™s jail", "İmralı’s jail"),
        ("BouakÃƒÂ©", "Bouaké"),
        ("It\x92s \x93fine\x94", "It’s “fine”"),
    ],
)
def test_mojibake_is_repaired_and_said_so(broken: str, whole: str) -> None:
    assert mend(broken) == (whole, frozenset({"mojibake"}))


@pytest.mark.parametrize(
    "text",
    [
        "Côte d’Ivoire’s “three borders”",
        "'straight' and \"double\" quotes ‘stay’ as they are…",
        "ﬁve ligatures, ２ wide letters, &amp; entities, e\u0301 in two",
        "signs reading “LIBERTÉ”s name",
        "Ñ“a",
        "Россия и Украина",
        "ordered “état d’urgence”ét",
        "cost €5mn",
    ],
)
def test_good_text_is_not_touched(text: str) -> None:
    assert mend(text) == (text, frozenset())


@pytest.mark.parametrize(
    ("damaged", "whole", "repair"),
    [
        ("killed\0 five", "killed five", "control_characters"),
        ("\u200fkilled\u202c five", "killed five", "bidi_marks"),
        ("\ufeffkilled\u200b five", "killed five", "zero_width"),
        ("kil\u00adled five", "killed five", "soft_hyphens"),
        ("killed\ud800 five", "killed five", "surrogates"),
        ("killed five \ud83d\ude00", "killed five 😀", "surrogates"),
    ],
)
def test_what_cannot_be_seen_is_taken_out_and_said_so(damaged: str, whole: str, repair: str) -> None:
    assert mend(damaged) == (whole, frozenset({repair}))


def test_white_space_is_folded_and_line_structure_kept() -> None:
    assert mend(" 5\u00a0May\t police \r\n\r\n\u2003next\u202fday \u2028 end ") == ("5 May police\nnext day\nend", frozenset())


@given(st.text())
def test_mended_text_can_be_stored_and_its_white_space_is_folded(text: str) -> None:
    mended, _ = mend(text)
    assert mended == "\n".join(" ".join(line.split()) for line in mended.split("\n") if line.split())
    mended.encode()
    assert "\0" not in mended
