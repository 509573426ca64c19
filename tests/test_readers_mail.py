"""Mail, and pages saved as one file."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from pipeline.readers import Unreadable
from pipeline.readers.mail import is_mail, open_mail
from pipeline.readers.sniff import read_bytes
from pipeline.readers.text import unquote

PAGE = b"""From: <Saved by a browser>
MIME-Version: 1.0
Subject: Market page
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/css

p { margin: 0 }
--b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable

<html><p class=3D"x">Kpalim=C3=A9 mar=
ket</p></html>
--b
Content-Type: text/html

<p>advertisement</p>
--b--
"""
TEXT = "Kpalimé\n\nGovt 3 May opened market, which had been closed since storms of March washed away the road that led to it.\n"


def mail(text: str | None = TEXT, page: str | None = None, charset: str = "utf-8", cte: str | None = None) -> EmailMessage:
    """Return a mail with that text, that page, or both."""
    message = EmailMessage()
    message["From"], message["Subject"] = "desk@example.org", "Marchés de Kpalimé"
    if text is not None:
        message.set_content(text, charset=charset, cte=cte)
    if page is not None and text is not None:
        message.add_alternative(page, subtype="html")
    elif page is not None:
        message.set_content(page, subtype="html", charset=charset, cte=cte)
    return message


def read(data: bytes) -> tuple[str, list[str]]:
    content = read_bytes("any.eml", data)
    return content.format, [piece.text for piece in content.pieces if piece.text]


def test_the_page_is_taken_out_of_its_envelope() -> None:
    assert read(PAGE) == ("html", ["Kpalimé market"])


@pytest.mark.parametrize("cte", ["base64", "quoted-printable", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_mail_of_text_is_read_below_its_subject(cte: str, charset: str) -> None:
    assert read(bytes(mail(charset=charset, cte=cte))) == ("text", ["Marchés de Kpalimé", *TEXT.split("\n")[::2]])


def test_a_code_page_is_the_one_the_mail_declares() -> None:
    assert read(bytes(mail("Рынок открыт.", charset="windows-1251", cte="base64")))[1][1:] == ["Рынок открыт."]
    assert read(bytes(mail(TEXT)).replace(b'"utf-8"', b'"unicode_escape"'))[1][1:] == TEXT.split("\n")[::2]


def test_the_page_of_a_mail_is_preferred_to_its_text() -> None:
    both = mail(page="<p>Market <b>opened</b>.</p>")
    assert read(bytes(both)) == ("html", ["Marchés de Kpalimé", "Market opened."])
    pictured = mail(None, "<p>Market <b>opened</b>.</p>")
    pictured.add_related(b"\x89PNG", "image", "png", cid="<logo>")
    forwarded = mail("See below.")
    forwarded.add_attachment(pictured)
    assert read(bytes(forwarded)) == ("html", ["Marchés de Kpalimé", "Market opened."])


def test_a_file_that_came_with_a_mail_is_told_and_left_out() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.7", "application", "pdf", filename="bulletin.pdf")
    opened = open_mail(bytes(message))
    assert (opened.is_page, opened.text, opened.repairs) == (False, TEXT, ("attachments_left_out",))


def test_lines_that_a_mail_program_broke_are_joined() -> None:
    message = bytes(mail("Army 3 May sent \ntroops.\nTalks failed.\n-- \nAnn")).replace(
        b'charset="utf-8"', b'charset="utf-8"; format=flowed'
    )
    assert read(message)[1][1:] == ["Army 3 May sent troops.", "Talks failed.", "-- ", "Ann"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FYI\n\n> One.\n>\n>> Two.\n> > Three.", "FYI\n\nOne.\n\nTwo.\nThree."),
        ("One.\n> Two.", "One.\n> Two."),
        ("Turnout > 50 per cent.", "Turnout > 50 per cent."),
        ("", ""),
    ],
)
def test_quoting_marks_go_where_most_lines_have_them(text: str, expected: str) -> None:
    assert unquote(text) == (expected, text != expected)


def test_a_quoted_text_that_was_pasted_is_read_without_the_marks() -> None:
    content = read_bytes("pasted.txt", b"> Mali\n> Talks failed.\n")
    assert [(piece.text, piece.repairs) for piece in content.pieces] == [("", ("quoting_left_out",)), ("Mali", ()), ("Talks failed.", ())]


@pytest.mark.parametrize(
    "data",
    [PAGE.replace(b"text/html\n", b"image/png\n"), bytes(mail(" ")), b"MIME-Version: 1.0\n\n \n", b"From: a\nDate: b\nReceived: c\n\n"],
)
def test_an_envelope_with_nothing_to_read_in_it_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="no text in it"):
        open_mail(data)


@pytest.mark.parametrize(
    "bomb",
    [
        "".join(f"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n" for depth in range(900)),
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n" + "\n--b\n\nx" * 20_000,
    ],
)
def test_a_mail_of_parts_without_end_is_refused(bomb: str) -> None:
    with pytest.raises(Unreadable, match="save them one by one"):
        open_mail(bomb.encode() + b"x\n" * 100_000)


@pytest.mark.parametrize(
    "text",
    [
        "Police said MIME-Version: 1.0 was found.",
        "From: Ann\nSubject: Fwd: May\n\nSee below.",
        "Country: Mali\nMonth: May 2021\n\nTalks failed.",
        "MIME-Version: 1.0",
        "Mali\nMIME-Version: 1.0\n\nTalks failed.",
        "",
    ],
)
def test_a_text_that_is_no_mail(text: str) -> None:
    assert not is_mail(text.encode())
