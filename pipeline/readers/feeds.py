"""Feeds (RSS, Atom) -> one piece a value, grouped by item; any other XML is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from xml.etree import ElementTree

from pipeline.readers import Piece, Unreadable

_START = re.compile(r"\s{0,1000}<(?:\?xml\b|(?:rss|feed|rdf:RDF)[\s>])")
_ROOT = re.compile(r"<(?:\w{1,20}:)?([A-Za-z]\w{0,60})")
_FEEDS = frozenset({"rss", "feed", "RDF"})
_ITEMS = frozenset({"item", "entry"})
_XHTML = "{http://www.w3.org/1999/xhtml}"
# What one thing is called in the formats and their extensions. A feed's dates are those of publication, not of the month told of.
_NAMES = {"encoded": "content", "date": "published", "pubDate": "published", "issued": "published"}
# Feeds often give an excerpt beside the whole text.
_FIRST = "content"
_KNOWN = frozenset({"amp", "lt", "gt", "quot", "apos"})
_REFERENCE = re.compile(r"&(?!#\d{1,7};|#x[0-9A-Fa-f]{1,6};)(?:([A-Za-z][A-Za-z0-9]{1,30});)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_CHUNK = 65_536
_DEEPEST = 200
_MOST_ELEMENTS = 1_000_000

_Cells = list[tuple[str, str]]


def is_xml(text: str) -> bool:
    """Tell whether a text that is no page is XML: it says so, or begins as a feed does."""
    return _START.match(text) is not None


def read_feed(text: str) -> Iterator[Piece]:
    """Yield the values of a feed as cells, an item a group, the field its name ("title", "content", "author.name").

    What the feed says of itself is a group of its own before the items; its title is also a cell "feed" of each item. Markup in values
    stays. References that XML does not know and characters it forbids are mended, "broken_xml". Raises Unreadable where the text
    is other XML, broken beyond that, defines entities, is nested too deeply or too big, or has no item.
    """
    root = _ROOT.search(text)
    if root is None or root[1] not in _FEEDS:
        raise Unreadable("an XML file that is no feed (RSS, Atom): save its records as CSV or JSON, or its text as text")
    if "<!ENTITY" in text:
        raise Unreadable("an XML file that defines entities of its own, which may unpack without end: save it as text, CSV or JSON")
    return _pieces(text)


def _pieces(text: str) -> Iterator[Piece]:
    try:
        records = _records(text)
    except ElementTree.ParseError:
        yield Piece("", "cell", repairs=("broken_xml",))
        try:
            records = _records(_mended(text))
        except ElementTree.ParseError as error:
            raise Unreadable(f"broken XML: {error}") from None
    for group, cells in enumerate(filter(None, records)):
        for field, cell in cells:
            yield Piece(cell, "cell", group, field)


def _records(text: str) -> list[_Cells]:
    """Return the cells of the feed itself, then those of each item; the feed's title is put before each item's."""
    about: _Cells = []
    items: list[_Cells] = []
    open_elements: list[ElementTree.Element] = []
    item = None
    for event, element in _events(text.lstrip()):
        if event == "start":
            open_elements.append(element)
            if len(open_elements) > _DEEPEST:
                raise Unreadable(f"broken XML: elements stand more than {_DEEPEST} deep in each other")
            item = element if item is None and _name(element) in _ITEMS else item
            continue
        open_elements.pop()
        if element is item:
            cells = [cell for child in element for cell in _cells(child, "")]
            items.append(sorted(cells, key=lambda cell: cell[0] != _FIRST))
            item = None
            element.clear()
        elif item is None and open_elements and _name(open_elements[-1]) in _FEEDS | {"channel"} and _name(element) != "channel":
            about += _cells(element, "")
            element.clear()
    if not items:
        raise Unreadable("a feed with no item in it")
    title = [("feed", cell) for field, cell in about if field == "title"][:1]
    return [[(f"feed.{field}", cell) for field, cell in about], *(title + cells for cells in items)]


def _events(text: str) -> Iterator[tuple[str, ElementTree.Element]]:
    """Yield the start and the end of each element; raises Unreadable where there are more than _MOST_ELEMENTS."""
    parser: ElementTree.XMLPullParser[ElementTree.Element] = ElementTree.XMLPullParser(("start", "end"))
    count = 0
    for start in range(0, len(text), _CHUNK):
        parser.feed(text[start : start + _CHUNK])
        for said in parser.read_events():
            count += 1
            if count > 2 * _MOST_ELEMENTS:
                raise Unreadable(f"XML of more than {_MOST_ELEMENTS:,} elements; split it")
            if isinstance(element := said[-1], ElementTree.Element):
                yield str(said[0]), element
    parser.close()


def _cells(element: ElementTree.Element, path: str) -> Iterator[tuple[str, str]]:
    """Yield what is written in an element, inside it and after it, by the names on the way."""
    field = path + _NAMES.get(_name(element), _name(element))
    if any(isinstance(child.tag, str) and child.tag.startswith(_XHTML) for child in element):
        yield field, _markup(element)
    else:
        if (own := element.text or element.get("term") or "").strip():
            yield field, own
        for child in element:
            yield from _cells(child, f"{field}.")
    if (element.tail or "").strip():
        yield path.rstrip(".") or "text", element.tail or ""


def _markup(element: ElementTree.Element) -> str:
    """Return the XHTML inside an element as the HTML it would be."""
    for inner in element.iter():
        inner.tag = _name(inner)
        inner.attrib.clear()
    children = "".join(ElementTree.tostring(child, encoding="unicode", method="html") for child in element)
    return (element.text or "").replace("&", "&amp;").replace("<", "&lt;") + children


def _name(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _mended(text: str) -> str:
    """Return the text with characters for the references that only HTML knows, `&amp;` for a bare `&`, and no control characters."""

    def character(match: re.Match[str]) -> str:
        name = match[1]
        if name in _KNOWN:
            return match[0]
        return html5.get(f"{name};", f"&amp;{name};") if name else "&amp;"

    return _CONTROL.sub("", _REFERENCE.sub(character, text))
