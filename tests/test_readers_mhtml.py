"""Pages saved as one file."""

from __future__ import annotations

import pytest

from pipeline.readers import Unreadable
from pipeline.readers.mhtml import is_mhtml, unwrap_mhtml
from pipeline.readers.sniff import read_bytes

PAGE = b"""From: <Saved by a browser>
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/css

p { margin: 0 }
--b
Content-Type: text/html
Content-Transfer-Encoding: quoted-printable

<html><p class=3D"x">Kpalim=C3=A9 mar=
ket</p></html>
--b--
"""


def test_the_page_is_taken_out_of_its_envelope() -> None:
    assert is_mhtml(PAGE)
    content = read_bytes("page.mhtml", PAGE)
    assert (content.format, [piece.text for piece in content.pieces]) == ("html", ["Kpalimé market"])


def test_an_envelope_without_a_page_is_refused_and_a_text_on_mail_is_none() -> None:
    with pytest.raises(Unreadable, match="no page in it"):
        unwrap_mhtml(PAGE.replace(b"text/html\n", b"text/plain\n"))
    assert not is_mhtml(b"Police said MIME-Version: 1.0 was found.")
