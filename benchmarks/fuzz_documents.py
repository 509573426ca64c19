"""Damaged files by the thousand through `documents.read_file`: none may raise, none may take 5 seconds.

    python benchmarks/fuzz_documents.py [INPUTS] [SEED] [FOLDER]

Real files (those below 100 kB in FOLDER, data/raw by default), and the same packed as zip, gzip, MHTML, mail and feed, have bytes
changed, cut, doubled and swapped, and are read under their own or another's name. Prints what became of them and the slowest; exits
with 1 where one raised or took too long. The same arguments give the same inputs.
"""

from __future__ import annotations

import gzip
import io
import random
import sys
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from email.message import EmailMessage
from html import escape
from pathlib import Path

from pipeline import documents
from pipeline.tables import Document

LIMIT = 5.0
LARGEST = 100_000
# What breaks parsers: ends of quotes and elements, odd numbers, marks of other encodings.
CHARGES = (
    b"<div>", b"</table><td>", b"<!--", b"<b>", b"<svg><use href=#x>", b'"', b"\n", b"[", b'{"', b"\0", b"\xff\xfe", b"\xef\xbb\xbf",
    b"\xe2\x80", b"&#0;", b"9" * 5_000, b"NaN", b"\\ud800", b"-1", b"obj<<", b"/Kids", b"PK\x03\x04", b"endstream",
)  # fmt: skip


def seeds(folder: Path) -> list[tuple[str, bytes]]:
    found = [(path.name, path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()]
    found = [(name, data[:LARGEST]) for name, data in found if data]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in found[:6]:
            archive.writestr(name, data)
    page = next((data for name, data in found if name.endswith(".html")), b"<html><p>x")
    mhtml = b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"\n\n--b\nContent-Type: text/html\n\n' + page + b"\n--b--\n"
    mail = EmailMessage()
    mail["Subject"] = "Märkte"
    mail.set_content("> Mali\n> Talks failed.\n", cte="quoted-printable")
    mail.add_alternative(page.decode("utf-8", "replace"), subtype="html", cte="base64")
    content = escape(page.decode("utf-8", "replace"))
    feed = f"<rss><channel><title>x</title><item><title>Mali</title><content>{content}</content></item></channel></rss>"
    packed = [("all.zip", buffer.getvalue()), ("page.html.gz", gzip.compress(page)), ("page.mhtml", mhtml)]
    return [*found, *packed, ("page.eml", bytes(mail)), ("page.rss", feed.encode())]


def damage(data: bytes, pool: list[tuple[str, bytes]], chance: random.Random) -> bytes:
    spoiled = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20, 100])):
        start = chance.randrange(len(spoiled) + 1)
        end = min(len(spoiled), start + chance.choice([1, 2, 8, 64, 512]))
        other = chance.choice(pool)[1]
        at = chance.randrange(len(other) + 1)
        spoiled[start:end] = chance.choice(
            [
                b"",
                chance.randbytes(chance.choice([1, 4, 16])),
                bytes(spoiled[start:end]) * chance.choice([2, 10, 50]),
                bytes(spoiled[start:end]) + chance.choice(CHARGES),
                other[at : at + chance.choice([10, 200, 3_000])],
            ]
        )
    return bytes(spoiled[: 3 * LARGEST])


def main(inputs: int, seed: int, folder: Path) -> int:
    chance = random.Random(seed)
    pool = seeds(folder)
    fates: Counter[str] = Counter()
    slowest, failed = (0.0, ""), 0
    with tempfile.TemporaryDirectory() as raw:
        for number in range(inputs):
            name, data = chance.choice(pool)
            name = chance.choice([name, name, name, chance.choice(pool)[0]])
            path = Path(raw) / name
            path.write_bytes(damage(data, pool, chance))
            start = time.process_time()
            try:
                rows = list(documents.read_file(Path(raw), path))
                fates.update(f"{row.format} {row.status}" for row in rows if isinstance(row, Document))
            except Exception:
                failed += 1
                print(f"input {number} ({name}) raised:\n{traceback.format_exc()}")
            seconds = time.process_time() - start
            slowest = max(slowest, (seconds, f"input {number} ({name})"))
            path.unlink()
    print(f"{inputs} inputs, {failed} raised; slowest {slowest[0]:.2f} s, {slowest[1]}")
    print(", ".join(f"{count} {fate}" for fate, count in fates.most_common()))
    return int(failed > 0 or slowest[0] > LIMIT)


if __name__ == "__main__":
    given = [*sys.argv[1:4], *("10000", "1", "data/raw")[len(sys.argv) - 1 :]]
    sys.exit(main(int(given[0]), int(given[1]), Path(given[2])))
