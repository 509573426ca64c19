"""HTML -> one piece a block-level element with text, with the icons, classes and landmarks around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from itertools import groupby, takewhile
from typing import TYPE_CHECKING

from pipeline.readers import Piece, Unreadable
from pipeline.readers.elements import (
    BLOCKS,
    CARD,
    CODE,
    DEEPEST,
    DETAIL,
    HEADINGS,
    LANDMARKS,
    MEANINGFUL,
    PARAGRAPHS,
    STATES,
    UNSEEN,
    VERBATIM,
    is_too_deep,
)

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

# Markup that no prose has, and character references with their semicolon.
_MARKUP = re.compile(r"</(?:p|div|span|strong|em|b|i|a|li|h[1-6])>|<(?:br|p)\s{0,9}/?>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
# Word processors write bold and italics as styles.
_BOLD = re.compile(r"font-weight\s{0,3}:\s{0,3}(?:bold|[6-9]00)")
_ITALIC = re.compile(r"font-style\s{0,3}:\s{0,3}italic")


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
    if is_too_deep(text):
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
        elif node.tag in UNSEEN:
            page.icons += [] if context.in_state else _icons(node)
            page.hidden = page.hidden or (node.tag in CODE and bool((node.text() or "").strip()))
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
    if _MARKUP.search(text) and not is_too_deep(text):
        return "\n".join(piece.text for piece in read_html(text) if piece.text), frozenset({"markup"})
    plain = _REFERENCE.sub(lambda match: unescape(match[0]), text)
    return plain, frozenset({"entities"} if plain != text else ())


def _enter(page: _Page, node: LexborNode, outer: _Context) -> tuple[_Context, bool]:
    """Return what texts inside `node` inherit, and whether it starts a block of its own."""
    tag, attributes = str(node.tag), node.attributes
    is_state = not outer.in_state and STATES in outer.marks and bool((attributes.get("title") or "").strip())
    is_time = tag == "time" and outer.kind not in {"paragraph", "item"}
    if tag not in BLOCKS and not is_state and not is_time:
        return _enter_inline(page, tag, attributes, outer), False
    classes = (attributes.get("class") or "").split()
    marks = [tag] if tag in HEADINGS or tag in LANDMARKS else []
    marks += [name for name in classes if name.startswith(MEANINGFUL)]
    group = outer.group
    if CARD in classes:
        group, page.cards = page.cards, page.cards + 1
        page.icons.clear()
        marks += [f"entry-country={country}"] if (country := attributes.get("data-entry-country")) else []
    kind = _kind(tag, outer, classes)
    new_marks = tuple(mark for mark in dict.fromkeys(marks) if mark not in outer.marks)
    verbatim = outer.verbatim or tag in VERBATIM
    inner = replace(outer, kind=kind, group=group, marks=outer.marks + new_marks, in_state=outer.in_state or is_state, verbatim=verbatim)
    return inner, True


def _enter_inline(page: _Page, tag: str, attributes: dict[str, str | None], outer: _Context) -> _Context:
    if tag == "a":
        page.links += 1
        target = attributes.get("data-entry-target")
        return replace(outer, link=page.links, marks=(*outer.marks, f"entry-target={target}") if target else outer.marks)
    style = attributes.get("style") or ""
    strong = outer.strong or tag in {"strong", "b"} or _BOLD.search(style) is not None
    emphasis = outer.emphasis or tag in {"em", "i"} or _ITALIC.search(style) is not None
    return replace(outer, strong=strong, emphasis=emphasis) if (strong, emphasis) != (outer.strong, outer.emphasis) else outer


def _kind(tag: str, outer: _Context, classes: list[str]) -> str:
    if tag in HEADINGS:
        return "heading"
    if tag in PARAGRAPHS:
        return "item" if outer.kind == "item" else "paragraph"
    if tag == "li":
        return "item"
    if tag == "time":
        return "time"
    if DETAIL in classes or (DETAIL in outer.marks and tag not in LANDMARKS):
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
    runs, page.runs = page.runs, []
    written = [context for text, context in runs if text and not text.isspace()]
    if not written:
        return
    icons, page.icons = tuple(dict.fromkeys(page.icons)), []
    only_links = all(context.link for context in written)
    if only_links and written[0].kind in {"paragraph", "item", "other"} and DETAIL not in written[0].marks:
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
