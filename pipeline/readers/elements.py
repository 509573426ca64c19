"""What HTML elements and CrisisWatch's class names mean to `html`: the tables it works by."""

from __future__ import annotations

import re

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
VERBATIM = frozenset({"pre", "xmp", "listing", "plaintext"})
PARAGRAPHS = frozenset({"p", "blockquote", "td", "th", "dd", "dt", "figcaption", "caption"}) | VERBATIM
# Elements that a browser sets apart from what stands before and after them.
BLOCKS = (
    HEADINGS
    | PARAGRAPHS
    | frozenset({"address", "article", "aside", "body", "button", "center", "details", "dialog", "div", "dl", "fieldset", "figure"})
    | frozenset({"footer", "form", "header", "hgroup", "hr", "html", "label", "legend", "li", "main", "menu", "nav", "ol", "optgroup"})
    | frozenset({"option", "search", "section", "select", "summary", "table", "tbody", "textarea", "tfoot", "thead", "title", "tr", "ul"})
)
# Text in these is never shown.
CODE = frozenset({"script", "style", "template", "noscript"})
UNSEEN = CODE | frozenset({"noframes", "noembed", "svg", "math", "iframe", "object", "embed", "datalist"})
# Elements whose name alone says that a text is furniture, or of what kind.
LANDMARKS = frozenset({"nav", "header", "footer", "aside", "form", "title", "label", "option", "button", "legend", "summary"})

# Class names that mean something on CrisisWatch pages of every year; those that only lay out (u-..., js-..., brackets) do not.
MEANINGFUL = ("c-", "o-crisis", "o-state")
CARD = "c-crisiswatch-entry"
DETAIL = "o-crisis-states__detail"
STATES = "o-crisis-states"

DEEPEST = 2_000
"""Elements that may stand in each other. Parsing takes time by the square of it; real pages have 30, careless ones some hundred."""
_NESTING = re.compile(
    r"<(/?)(?:div|span|section|article|main|aside|ul|ol|dl|table|center|font|blockquote|b|i|em|strong|a|u|form|details)\b", re.IGNORECASE
)


def is_too_deep(page: str) -> bool:
    """Tell whether more than DEEPEST elements stand in each other, if each one that is closed closes the last that was opened."""
    depth = 0
    for tag in _NESTING.finditer(page):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEEPEST:
            return True
    return False
