"""A brief as Markdown and as one HTML file that needs nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from pipeline.brief.gather import Brief
from pipeline.brief.rows import Line

CREDIT = (
    "Derived by machine from CrisisWatch, © International Crisis Group; headlines are theirs. Counts are of what the entries tell, "
    "not of all that happened. Read an entry with `crisiswatch show ENTRY_ID`."
)
_MARKUP = re.compile(r"([\\`*_\[\]<>#|~])")
_CODE = re.compile(r"`([^`]*)`")
_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.6rem;margin-bottom:.3rem}h2{font-size:1.15rem;margin:1.8rem 0 .2rem;border-top:1px solid #8886;padding-top:.8rem}"
    "ul{padding-left:1.1rem}li{margin:.45rem 0}code{font-size:.8em;opacity:.75}.reading,.note,footer{opacity:.75;font-size:.9rem}"
    ".reading{margin:.1rem 0 .4rem}.note{display:block}footer{margin-top:2.5rem}@media print{body{max-width:none;margin:0}}"
)


def title(brief: Brief) -> str:
    """Return the brief's heading."""
    return f"CrisisWatch, {brief.month:%B %Y}: the month at a glance"


def as_markdown(brief: Brief) -> str:
    """Return the brief as Markdown; what the entries say is escaped, so that none of it is taken for markup."""
    return "\n".join(_markdown(brief)) + "\n"


def _markdown(brief: Brief) -> Iterator[str]:
    yield from (f"# {title(brief)}", "")
    yield from (f"- {_plain(fact)}" for fact in brief.facts)
    for section in brief.sections:
        yield from ("", f"## {_plain(section.title)} ({len(section.lines)})", "", f"_{_plain(section.reading)}_", "")
        yield from (f"- {_item(line)}" for line in section.lines)
        if not section.lines:
            yield _plain(section.empty)
    yield from ("", "---", CREDIT)


def _item(line: Line) -> str:
    said = f": {_plain(line.text)}" if line.text else ""
    note = f" ({_plain(line.note)})" if line.note else ""
    return f"**{_plain(line.situation)}**{said}{note} {' '.join(f'`{entry_id}`' for entry_id in line.entry_ids)}".rstrip()


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def as_html(brief: Brief) -> str:
    """Return the brief as an HTML page without scripts or links to anything outside of it; all text is escaped."""
    return "\n".join(_html(brief)) + "\n"


def _html(brief: Brief) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">'
    yield f"<title>{escape(title(brief))}</title>\n<style>{_STYLE}</style>\n<h1>{escape(title(brief))}</h1>\n<ul>"
    yield from (f"<li>{escape(fact)}</li>" for fact in brief.facts)
    yield "</ul>"
    for section in brief.sections:
        yield f'<section>\n<h2>{escape(section.title)} ({len(section.lines)})</h2>\n<p class="reading">{escape(section.reading)}</p>'
        if section.lines:
            yield from ("<ul>", *(f"<li>{_html_item(line)}</li>" for line in section.lines), "</ul>")
        else:
            yield f"<p>{escape(section.empty)}</p>"
        yield "</section>"
    credit = _CODE.sub(r"<code>\1</code>", escape(CREDIT))
    yield f"<footer><p>{credit}</p></footer>\n</html>"


def _html_item(line: Line) -> str:
    said = f": {escape(line.text)}" if line.text else ""
    ids = " ".join(f"<code>{escape(entry_id)}</code>" for entry_id in line.entry_ids)
    note = f'<span class="note">{escape(line.note)} {ids}</span>' if line.note else f'<span class="note">{ids}</span>'
    return f"<strong>{escape(line.situation)}</strong>{said}{note}"
