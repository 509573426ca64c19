"""Pages a browser saved as one file (.mhtml) -> the bytes of the page itself."""

from __future__ import annotations

from email import message_from_bytes, policy

from pipeline.readers import Unreadable

_HEAD = 4096


def is_mhtml(data: bytes) -> bool:
    """Tell whether the bytes begin with the mail-like head of a saved page."""
    head = data[:_HEAD].lower()
    return b"mime-version:" in head and b"content-type: multipart/related" in head


def unwrap_mhtml(data: bytes) -> bytes:
    """Return the HTML of the page, the first one where frames are saved beside it.

    Raises Unreadable where there is none.
    """
    for part in message_from_bytes(data, policy=policy.compat32).walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return payload
    raise Unreadable("a saved page (.mhtml) with no page in it")
