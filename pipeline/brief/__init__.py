"""The month at a glance: what got worse or better, alerts, changes, new actors, unusual silence; every line names its entries."""

from pipeline.brief.gather import Brief, Section, make_brief
from pipeline.brief.page import as_html, as_markdown
from pipeline.brief.rows import Line, NoSuchMonth

__all__ = ["Brief", "Line", "NoSuchMonth", "Section", "as_html", "as_markdown", "make_brief"]
