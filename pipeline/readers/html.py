"""HTML -> one piece a block-level element with text, with the icons, classes and landmarks around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from pipeline.readers import Piece, Unreadable

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_VERBATIM = frozenset({"pre", "xmp", "listing", "plaintext"})
_PARAGRAPHS = frozenset({"p", "blockquote", "td", "th", "dd", "dt", "figcaption", "caption"}) | _VERBATIM
_BLOCKS = (
    _HEADINGS
    | _PARAGRAPHS
    | frozenset(
        {"address", "article", "aside", "body", "button", "center", "details", "dialog", "div", "dl", "fieldset", "figure", "footer"}
    )
    | frozenset({"form", "header", "hgroup", "hr", "html", "label", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option"})
    | frozenset({"search", "section", "select", "summary", "table", "tbody", "textarea", "tfoot", "thead", "title", "tr", "ul"})
)
# Text in these is never shown.
_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "noframes", "noembed", "svg", "math", "iframe", "object", "embed", "datalist"}
)
_CODE = frozenset({"script", "style", "template", "noscript"})
# Elements whose name alone says that a text is furniture, or of what kind.
_LANDMARKS = frozenset({"nav", "header", "footer", "aside", "form", "title", "label", "option", "button", "legend", "summary"})
# Class names that mean something on CrisisWatch pages of every year; those that only lay out (u-..., js-..., brackets) do not.
_CLASSES = ("c-", "o-crisis", "o-state")
# Parsing takes time by the square of the depth. Real pages are 30 deep; one that forgets to close its tags some hundred.
DEEPEST = 2_000
_TAG = re.compile(
    r"<(/?)(?:div|span|section|article|main|aside|ul|ol|dl|table|center|font|blockquote|b|i|em|strong|a|u|form|details)\b", re.IGNORECASE
)
_MARKUP = re.compile(r"</(?:p|div|span|strong|em|b|i|a|li|h[1-6])>|<(?:br|p)\s{0,9}/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_CARD = "c-crisiswatch-entry"
_DETAIL = "o-crisis-states__detail"
_STATES = "o-crisis-states"


@dataclass(frozen=True, slots=True)
class _Context:
    """What a text inherits from the elements around it."""

    kind: str = "other"
    group: int | None = None
    marks: tuple[str, ...] = ()
    strong: bool = False
    emphasis: bool = False
    link: int = 0
    in_state: bool = False
    verbatim: bool = False


@dataclass(slots=True)
class _Page:
    """The block being filled, as text runs with their contexts, and what is counted over the page."""

    runs: list[tuple[str, _Context]] = field(default_factory=list)
    icons: list[str] = field(default_factory=list)
    cards: int = 0
    links: int = 0
    hidden: bool = False


def read_html(text: str) -> Iterator[Piece]:
    """Yield the visible text of a page in reading order, each character in exactly one piece.

    Kinds: "heading", "paragraph", "item", "time", "link" (a text that is nothing but a link), "state" (a month of the five-month
    history; its text is the title attribute, its marks tell classes and icons), "other". A line break (`br`) ends a piece. `group`
    counts the CrisisWatch cards from 0. Marks, outermost first: landmarks ("nav", "footer"), heading level ("h3"), class names,
    "entry-country=..." of the card, "entry-target=..." of a link, the icons in the element or before it ("#deteriorated"), "strong"
    where all of the text is bold, else "strong-lead=N" where its first N characters are, "em" and "em-lead=N" likewise for italics.
    Scripts, styles, templates and comments are no text; that there were any is a repair, "scripts_left_out". Raises Unreadable
    where elements stand more than DEEPEST deep in each other.
    """
    from selectolax.lexbor import LexborHTMLParser

    if "\0" in text:
        yield Piece("", "other", repairs=("control_characters",))
    if _depth(text) > DEEPEST:
        raise Unreadable(f"broken HTML: elements stand more than {DEEPEST:,} deep in each other")
    page = _Page()
    root = LexborHTMLParser(text.replace("\0", "")).root
    # An explicit stack: pages can be nested deeper than Python recurses.
    stack: list[tuple[LexborNode | None, _Context]] = [(root, _Context())]
    while stack:
        node, context = stack.pop()
        if node is None:
            yield from _flush(page)
        elif node.tag == "-text":
            yield from _add_text(page, node.text_content or "", context)
        elif node.tag in _UNSEEN:
            page.icons += [] if context.in_state else _icons(node)
            page.hidden = page.hidden or (node.tag in _CODE and bool((node.text() or "").strip()))
        elif node.tag == "br":
            yield from _flush(page)
        elif node.tag and not node.tag.startswith("-"):
            inner, breaks = _enter(page, node, context)
            if breaks:
                yield from _flush(page)
                stack.append((None, context))
            if inner.in_state and not context.in_state:
                yield _state(node, inner)
            stack.extend((child, inner) for child in reversed(list(node.iter(include_text=True))))
    yield from _flush(page)
    if page.hidden:
        yield Piece("", "other", repairs=("scripts_left_out",))


def unmark(text: str) -> tuple[str, frozenset[str]]:
    """Return the text of a table cell that holds HTML, one line a block, and what was taken out: "markup", "entities", or nothing."""
    if _MARKUP.search(text) and _depth(text) <= DEEPEST:
        return "\n".join(piece.text for piece in read_html(text) if piece.text), frozenset({"markup"})
    plain = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return plain, frozenset({"entities"} if plain != text else ())


def _depth(text: str) -> int:
    """Return how deep elements stand in each other at most, if every one that is closed closes the last that was opened."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _enter(page: _Page, node: LexborNode, outer: _Context) -> tuple[_Context, bool]:
    """Return what texts inside `node` inherit, and whether it starts a block of its own."""
    tag, attributes = str(node.tag), node.attributes
    if tag in {"strong", "b"}:
        return replace(outer, strong=True), False
    if tag in {"em", "i"}:
        return replace(outer, emphasis=True), False
    if tag == "a":
        page.links += 1
        target = attributes.get("data-entry-target")
        return replace(outer, link=page.links, marks=(*outer.marks, f"entry-target={target}") if target else outer.marks), False
    breaks = tag in _BLOCKS or (tag == "time" and outer.kind not in {"paragraph", "item"})
    if not breaks:
        return outer, False
    classes = (attributes.get("class") or "").split()
    marks = [tag] if tag in _HEADINGS or tag in _LANDMARKS else []
    marks += [name for name in classes if name.startswith(_CLASSES)]
    group = outer.group
    if _CARD in classes:
        group, page.cards = page.cards, page.cards + 1
        page.icons.clear()
        marks += [f"entry-country={country}"] if (country := attributes.get("data-entry-country")) else []
    kind = _kind(tag, outer, classes)
    in_state = outer.in_state or (_STATES in outer.marks and bool((attributes.get("title") or "").strip()))
    new_marks = tuple(mark for mark in dict.fromkeys(marks) if mark not in outer.marks)
    verbatim = outer.verbatim or tag in _VERBATIM
    return replace(outer, kind=kind, group=group, marks=outer.marks + new_marks, in_state=in_state, verbatim=verbatim), True


def _kind(tag: str, outer: _Context, classes: list[str]) -> str:
    if tag in _HEADINGS:
        return "heading"
    if tag in _PARAGRAPHS:
        return "item" if outer.kind == "item" else "paragraph"
    if tag == "li":
        return "item"
    if tag == "time":
        return "time"
    if _DETAIL in classes or (_DETAIL in outer.marks and tag not in _LANDMARKS):
        return "paragraph"
    return outer.kind if outer.kind in {"heading", "item"} and tag == "div" else "other"


def _add_text(page: _Page, text: str, context: _Context) -> Iterator[Piece]:
    if not context.verbatim:
        page.runs.append((text, context))
        return
    first, *others = text.split("\n")
    page.runs.append((first, context))
    for line in others:
        yield from _flush(page)
        page.runs.append((line, context))


def _flush(page: _Page) -> Iterator[Piece]:
    """Yield the block filled so far, if it has text; icons without a text yet wait for the next one."""
    runs = [(text, context) for text, context in page.runs]
    page.runs.clear()
    written = [context for text, context in runs if text and not text.isspace()]
    if not written:
        return
    icons, page.icons = tuple(dict.fromkeys(page.icons)), []
    only_links = all(context.link for context in written)
    if only_links and written[0].kind in {"paragraph", "item", "other"} and _DETAIL not in written[0].marks:
        for link, group in groupby(runs, key=lambda run: run[1].link):
            if link:
                yield from _piece(list(group), "link", icons)
        return
    yield from _piece(runs, written[0].kind, icons)


def _piece(runs: list[tuple[str, _Context]], kind: str, icons: tuple[str, ...]) -> Iterator[Piece]:
    text = _fold("".join(text for text, _ in runs))
    if not text:
        return
    context = next(context for run, context in runs if run and not run.isspace())
    strong = len(_fold("".join(run for run, _ in takewhile(lambda run: run[1].strong or not run[0].strip(), runs))))
    emphasis = len(_fold("".join(run for run, _ in takewhile(lambda run: run[1].emphasis or not run[0].strip(), runs))))
    styles = ["strong"] if strong == len(text) else [f"strong-lead={strong}"] if strong else []
    styles += ["em"] if emphasis == len(text) else [f"em-lead={emphasis}"] if emphasis else []
    yield Piece(text, kind, context.group, marks=(*context.marks, *icons, *styles))


def _state(node: LexborNode, context: _Context) -> Piece:
    """Return one month of a five-month history: its title, with the state classes and icons inside."""
    classes = [name for inner in node.css("[class*='state-']") for name in (inner.attributes.get("class") or "").split()]
    states = [name for name in classes if name.startswith("state-")]
    title = _fold(node.attributes.get("title") or "")
    return Piece(title, "state", context.group, marks=(*context.marks, *dict.fromkeys([*states, *_icons(node)])))


def _icons(node: LexborNode) -> list[str]:
    """Return the names of the icons drawn inside `node`, as "#name"."""
    links = (use.attributes.get("xlink:href") or use.attributes.get("href") or "" for use in node.css("use"))
    return ["#" + link.rpartition("#")[2] for link in links if "#" in link]


def _fold(text: str) -> str:
    return " ".join(text.split())
