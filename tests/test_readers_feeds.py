"""Feeds to cells."""

from __future__ import annotations

import datetime as dt
import random
import time
from html import escape
from pathlib import Path

import pytest

from pipeline.readers import Piece, Unreadable
from pipeline.readers.feeds import is_xml, read_feed
from pipeline.readers.sniff import read_bytes
from tests.made_pages import make, split_files

MAY = dt.date(2021, 5, 1)
DRAW = random.Random(3)
MALI, CHAD = make(DRAW, "Mali", MAY), make(DRAW, "Chad", MAY, 1)
RSS = """<?xml version="1.0"?><!-- made by hand --><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Conflicts</title><image><title>Logo</title></image>
<item><title>Mali: May 2021</title><pubDate>Tue, 01 Jun 2021 09:00:00 +0000</pubDate><description>Talks ...</description>
<content:encoded><![CDATA[<p>Talks <b>failed</b>.</p>]]></content:encoded></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Conflicts</title>
<entry><title>Mali</title><author><name>Ann</name></author><category term="Africa"/>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p class="x">Talks &lt;<i>all</i>> failed.</p>Police left.</div></content></entry>
<entry><title>Chad</title><content type="html">&lt;p&gt;Quiet.&lt;/p&gt;</content></entry></feed>"""


def cells(text: str) -> list[tuple[int | None, str | None, str]]:
    return [(piece.group, piece.field, piece.text) for piece in read_feed(text) if piece.text]


def test_an_item_is_a_record_below_the_title_of_the_feed() -> None:
    assert cells(RSS) == [
        (0, "feed.title", "Conflicts"), (0, "feed.image.title", "Logo"), (1, "feed", "Conflicts"),
        (1, "content", "<p>Talks <b>failed</b>.</p>"),
        (1, "title", "Mali: May 2021"), (1, "published", "Tue, 01 Jun 2021 09:00:00 +0000"), (1, "description", "Talks ..."),
    ]  # fmt: skip


def test_the_page_in_an_entry_comes_out_as_markup() -> None:
    assert cells(ATOM) == [
        (0, "feed.title", "Conflicts"), (1, "feed", "Conflicts"),
        (1, "content", "<div>\n<p>Talks &lt;<i>all</i>&gt; failed.</p>Police left.</div>"),
        (1, "title", "Mali"), (1, "author.name", "Ann"), (1, "category", "Africa"),
        (2, "feed", "Conflicts"), (2, "content", "<p>Quiet.</p>"), (2, "title", "Chad"),
    ]  # fmt: skip


def test_what_feeds_get_wrong_is_mended_and_told() -> None:
    found = list(read_feed("<rss><item><title>Mali &ndash; R&D &amp; Togo&nbsp;&#233;\x08 &nosuch;</title></item></rss>"))
    assert found == [
        Piece("", "cell", repairs=("broken_xml",)),
        Piece("Mali – R&D & Togo\xa0é &nosuch;", "cell", 0, "title"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<?xml version='1.0'?><bulletin><entry>One.</entry></bulletin>", "no feed"),
        ("<?xml version='1.0'?>", "no feed"),
        ("<rss><channel><title>Quiet</title></channel></rss>", "no item in it"),
        ("<rss><item><title>One.</item></rss>", "broken XML: mismatched tag"),
        ("<rss><item>" + "<a>" * 300 + "x" + "</a>" * 300 + "</item></rss>", "deep in each other"),
        ('<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><item><title>&b;</title></item></rss>', "defines entities"),
        ('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><item><title>&a;</title></item></rss>', "defines entities"),
    ],
)
def test_what_is_no_feed_or_a_bomb_is_refused_with_what_to_do(text: str, said: str) -> None:
    with pytest.raises(Unreadable, match=said):
        list(read_feed(text))


def test_a_feed_of_elements_without_end_is_refused_soon() -> None:
    start = time.perf_counter()
    with pytest.raises(Unreadable, match="split it"):
        list(read_feed("<rss><item>" + "<a/>" * 1_000_001 + "</item></rss>"))
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (RSS, "feed"),
        (ATOM, "feed"),
        ("<?xml version='1.0'?><!DOCTYPE html><html><p>Talks failed.</p></html>", "html"),
        ("Feed <feed> me", "text"),
        ("<b>Talks</b> failed", "text"),
    ],
)
def test_feeds_are_told_from_pages_and_text(text: str, form: str) -> None:
    assert is_xml(text) == (form == "feed" or text.startswith("<?xml"))
    assert read_bytes("any.bin", text.encode()).format == form


def test_a_feed_is_in_the_encoding_it_declares() -> None:
    data = "<?xml version='1.0' encoding='windows-1251'?><rss><item><title>Мали</title></item></rss>".encode("cp1251")
    assert [piece.text for piece in read_bytes("feed.xml", data).pieces] == ["Мали"]


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("titles", [("", "{}: May 2021"), ("May 2021 in short", "{} (May 2021)"), ("CrisisWatch May 2021", "{}")])
def test_the_entries_of_a_feed(tmp_path: Path, titles: tuple[str, str], count: int) -> None:
    items = [
        f"<item><title>{titles[1].format(made.situation)}</title><pubDate>Tue, 01 Jun 2021 09:00:00 +0000</pubDate><description>"
        + escape(f"<p><strong>{made.headline}</strong></p>" + "".join(f"<p>{paragraph}</p>" for paragraph in made.paragraphs))
        + "</description></item>"
        for made in (MALI, CHAD)[:count]
    ]
    feed = f"<rss><channel><title>{titles[0]}</title><description>All that happened.</description>{''.join(items)}</channel></rss>"
    result = split_files(tmp_path, {"feed.xml": feed})
    assert {(entry.situation, entry.month, entry.text) for entry in result.entries} == {
        (made.situation, MAY, "\n".join(made.lines)) for made in (MALI, CHAD)[:count]
    }
