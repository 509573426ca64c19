"""Mail (.eml), and pages a browser saved as one file (.mhtml) -> the page or the text inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from typing import NamedTuple

from pipeline.readers import Unreadable
from pipeline.readers.decode import Decoded, decode
from pipeline.readers.text import unquote

# Servers sign mails at length on the way; the longest head seen has 20,000 bytes.
_HEAD = 65_536
_BLANK = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(rb"([!-9;-~]{1,76}):|[ \t]")
_ENVELOPE = frozenset({b"message-id", b"received", b"content-type", b"content-transfer-encoding"})
_SOFT_BREAK = re.compile(r"(?<!\n--) \r?\n")
_BOUNDARY = re.compile(rb"\bboundary\s{0,9}=", re.IGNORECASE)
# Each line is held against the boundaries of all parts around it. A mail has five; digests some dozens.
_MOST_BOUNDARIES = 50
_MOST_PARTS = 10_000
_BODIES = ("text/html", "text/plain")


class Mail(NamedTuple):
    """What a mail says: its subject (None for a saved page), the page or text in it, and what was mended or left out."""

    subject: str | None
    is_page: bool
    text: str
    encoding: str
    repairs: tuple[str, ...]


def is_mail(data: bytes) -> bool:
    """Tell whether the bytes begin with the head of a mail or a saved page: fields, those of a mail among them, and a blank line."""
    head = data[:_HEAD]
    end = _BLANK.search(head)
    lines = head[: end.start()].split(b"\n") if end else []
    fields = [_FIELD.match(line) for line in lines]
    if not lines or not all(fields) or lines[0][:1] in b" \t":
        return False
    names = {field[1].lower() for field in fields if field and field[1]}
    return b"mime-version" in names or ({b"from", b"date"} <= names and bool(names & _ENVELOPE))


def open_mail(data: bytes) -> Mail:
    """Return the pages of a mail, or its texts where it has none; of a saved page the page itself, not the frames beside it.

    Quoting marks are taken out of texts, "quoting_left_out", and lines broken by the mail program are joined. Files that came with
    the mail are told as "attachments_left_out". Raises Unreadable where there is neither page nor text, or too many parts.
    """
    if sum(1 for _ in _BOUNDARY.finditer(data)) > _MOST_BOUNDARIES or data.count(b"\n--") > _MOST_PARTS:
        raise Unreadable(f"a mail with more than {_MOST_BOUNDARIES} mails or {_MOST_PARTS:,} parts in it: save them one by one")
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        parts = [part for part in message.walk() if not part.is_multipart()]
    except RecursionError:
        raise Unreadable("broken mail: its parts are nested too deeply") from None
    saved = message["Snapshot-Content-Location"] is not None or "<Saved by" in str(message["From"])
    attached = [part for part in parts if _is_attached(part)]
    for kind in _BODIES:
        found = [decoded for part in parts if part not in attached and part.get_content_type() == kind for decoded in _decoded(part)]
        if found:
            repairs = [repair for decoded in found for repair in decoded.repairs] + ["attachments_left_out"] * bool(attached)
            text = found[0].text if saved else "\n\n".join(decoded.text for decoded in found)
            return Mail(None if saved else _subject(message), kind == _BODIES[0], text, found[0].encoding, tuple(dict.fromkeys(repairs)))
    raise Unreadable("a mail or saved page (.eml, .mhtml) with no text in it; if it has files attached, save these")


def _is_attached(part: Message) -> bool:
    kind = part.get_content_type()
    return part.get_content_disposition() == "attachment" or not (kind in _BODIES or kind.startswith(("image/", "text/", "font/")))


def _decoded(part: Message) -> Iterator[Decoded]:
    """Yield the text of a part, if it has any."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return
    decoded = decode(payload, part.get_content_charset() or "")
    if part.get_content_type() == "text/plain":
        text, quoted = unquote(decoded.text)
        if part.get_param("format") == "flowed":
            text = _SOFT_BREAK.sub("" if part.get_param("delsp") == "yes" else " ", text)
        decoded = decoded._replace(text=text, repairs=(*decoded.repairs, *(["quoting_left_out"] if quoted else [])))
    yield decoded


def _subject(message: Message) -> str | None:
    try:
        return str(make_header(decode_header(message["Subject"] or ""))).strip() or None
    except (LookupError, ValueError):  # an encoding that does not exist, bytes that are not in it
        return str(message["Subject"]).strip() or None
