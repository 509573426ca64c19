"""Archives to members, within bounds."""

from __future__ import annotations

import gzip
import io
import stat
import zipfile

import pytest

from pipeline.readers import Unreadable, archives
from pipeline.readers.archives import Member, is_archive, office_format, unpack


def packed(*members: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return buffer.getvalue()


def members(data: bytes, name: str = "all.zip") -> list[Member]:
    return list(unpack(name, data))


def test_files_come_out_in_order_without_folders_and_hidden_files() -> None:
    data = packed(
        ("b.txt", b"two"), ("in/", b""), ("in/a.txt", b"one"), ("__MACOSX/._a.txt", b"x"), ("in/.DS_Store", b"x"), ("README", b"x")
    )
    assert members(data) == [Member("b.txt", b"two"), Member("in/a.txt", b"one")]
    assert members(gzip.compress(b"one") + gzip.compress(b"two"), "deep/page.txt.gz") == [Member("page.txt", b"onetwo")]


@pytest.mark.parametrize("name", ["../up.txt", "/etc/up.txt", "in/../../up.txt", "C:\\up.txt", "..\\up.txt"])
def test_a_name_that_leaves_the_folder_is_not_unpacked(name: str) -> None:
    [member] = members(packed((name, b"x")))
    assert member.reason == "its name in the archive leaves the folder: not unpacked"
    assert ".." not in member.name.split("/")
    assert not member.name.startswith("/")


def test_links_encrypted_and_tightly_packed_members_are_not_unpacked() -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    bomb = ("zeros.txt", bytes(9 * 2**20))
    locked = bytearray(packed(("locked.txt", b"x")))
    # Bit 0 of the flags, in the member's own header and in the directory at the end.
    locked[6] |= 1
    locked[locked.rfind(b"PK\x01\x02") + 8] |= 1
    reasons = [member.reason for member in members(packed((link, b"/etc/passwd"), bomb))] + [members(bytes(locked))[0].reason]
    assert [reason and reason.split(":")[0] for reason in reasons] == [
        "a link",
        "unpacks to more than 200 times its size, as no real page does",
        "encrypted",
    ]


def test_a_member_that_lies_about_its_size_gives_no_more_than_it_says() -> None:
    data = bytearray(packed(("a.txt", b"x" * 1_000)))
    directory = data.rfind(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = (10).to_bytes(4, "little")
    [member] = members(bytes(data))
    assert len(member.data) <= 10


def test_bounds_on_number_and_total_refuse_the_archive(monkeypatch: pytest.MonkeyPatch) -> None:
    data = packed(*((f"{number}.txt", b"x" * 10) for number in range(4)))
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    with pytest.raises(Unreadable, match="an archive of 4 files, 3 are the most; split it"):
        members(data)
    monkeypatch.setattr(archives, "MOST_MEMBERS", 4)
    monkeypatch.setattr(archives, "LARGEST_TOTAL", 25)
    with pytest.raises(Unreadable, match="more than 25 bytes when unpacked"):
        members(data)
    monkeypatch.setattr(archives, "LARGEST_FILE", 9)
    assert {member.reason for member in members(data)} == {"too big: 10 bytes when unpacked, 9 are the most; split it"}
    with pytest.raises(Unreadable, match="more than 9 bytes when unpacked"):
        members(gzip.compress(b"x" * 10), "a.gz")


def test_two_members_of_one_name_keep_apart() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = packed(("a.txt", b"one"), ("a.txt", b"two"))
    assert [member.name for member in members(data)] == ["a.txt", "a.txt (2)"]


def test_a_damaged_member_does_not_spoil_the_others() -> None:
    data = bytearray(packed(("a.txt", b"one" * 99), ("b.txt", b"two")))
    data[40] ^= 0xFF
    first, second = members(bytes(data))
    assert first.reason is not None
    assert first.reason.startswith("broken in the archive")
    assert second == Member("b.txt", b"two")


def test_office_documents_are_no_archives() -> None:
    xlsx = packed(("[Content_Types].xml", b""), ("xl/workbook.xml", b""))
    odt = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text"
    assert (office_format(xlsx), office_format(odt), office_format(packed(("a.txt", b"")))) == ("xlsx", "opendocument", None)
    assert [is_archive(data) for data in (xlsx, odt, packed(("a.txt", b"")), packed(), gzip.compress(b""), b"text")] == [
        False, False, True, True, True, False,
    ]  # fmt: skip
