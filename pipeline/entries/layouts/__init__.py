"""The kinds of page. To add one, write a module beside these and put its LAYOUT where it belongs in the order below."""

from __future__ import annotations

from pipeline.entries.layouts import cards, cover, lines, plain, table
from pipeline.entries.page import Layout

# The first that recognises a page splits it.
LAYOUTS: tuple[Layout, ...] = (table.LAYOUT, cards.LAYOUT, cover.LAYOUT, lines.LAYOUT, plain.LAYOUT)
