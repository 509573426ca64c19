"""Two hundred strings that would run if anything in the page took text for markup or code: none does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.explorer import build
from pipeline.tables import Actor, Casualty, Crossref, Event, Place
from tests.conftest import make_entry
from tests.explorer_browser import Page, started
from tests.explorer_tables import span, write_tables

PAYLOADS = (
    "<script>{x}</script>", "<img src=x onerror={x}>", "<svg onload={x}>", "</script><script>{x}//", "javascript:{x}", "${{{x}}}",
    "\"><iframe srcdoc='<script>{x}</script>'>", "');{x};('", "\");{x};(\"", "</textarea><b onmouseover={x}>", "`;{x};`",
    "<a href=javascript:{x}>go</a>", "-->{x}<!--", "\\u003cscript>{x}\\u003c/script>", "&lt;script&gt;{x}&lt;/script&gt;",
    "<style>@import 'http://example.org/{x}'</style>", "<meta http-equiv=refresh content=0;url=http://example.org>{x}",
    "\u2028{x}\u2029", "__proto__ {x}", "<math><mtext><img src onerror={x}>",
)  # fmt: skip
STRINGS = [payload.format(x=f"window.ran={k}") for k in range(10) for payload in PAYLOADS]
RAN = """
const odd = "script:not([src]), iframe, img, #view style, [http-equiv=refresh], [onerror], [onload], [onmouseover], [href^='javascript']";
return [window.ran === undefined, document.querySelectorAll(odd).length];
"""
MORE = "const more = document.querySelector('.more-button'); if (more.hidden) return false; more.click(); return true"
NOTHING = [True, 0]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """An explorer whose entries, names and figures are the strings; nothing may have been asked for or gone wrong at the end."""
    folder = tmp_path_factory.mktemp("injected")
    site = build(injected(folder / "tables"), folder / "site").page.parent
    with started(folder / "profile") as chrome:
        page = Page(chrome, site)
        yield page
        assert page.complaints() == []


def injected(out: Path) -> Path:
    entries: list[Any] = []
    rows: list[Any] = []
    for k, bad in enumerate(STRINGS):
        text = f"{bad} headline.\nArmy raided {bad} camp."
        entry = make_entry(text, entry_id=f"{k:016d}", situation=f"{bad} {k}", headline=f"{bad} headline.", region=bad)
        entries.append(entry)
        rows += [
            span(Event, entry, "raided", source=bad, target=bad, place=bad, admin1=bad, attribution=bad, sentence_start=0, sentence_end=5),
            span(Actor, entry, "Army", actor_id=f"{bad}-{k}", name=bad),
            span(Place, entry, "camp", name=bad, admin1=bad),
            span(Casualty, entry, "headline", victims=bad, attribution=bad, hedge=bad),
            span(Crossref, entry, "camp.", situation=bad),
        ]
    return write_tables(out, entries, rows)


def test_there_are_200_different_ones() -> None:
    assert len(set(STRINGS)) == 200


def test_none_runs_in_the_list_of_entries(page: Page) -> None:
    page.open()
    page.filled()
    while page.js(MORE):
        page.filled()
    assert len(page.texts(".result")) == 200
    assert page.js(RAN) == NOTHING


def test_none_runs_in_an_entry_and_each_is_shown_as_it_is(page: Page) -> None:
    page.open()
    for k, bad in enumerate(STRINGS):
        page.js("location.hash = arguments[0]", f"#/entry/{k:016d}")
        page.until(f"document.querySelector('.id code').textContent === '{k:016d}' && document.querySelector('#facts li')")
        assert page.texts("#text p") == [f"{bad} headline.", f"Army raided {bad} camp."]
    assert page.js(RAN) == NOTHING


@pytest.mark.parametrize("fragment", ["#/map", "#/months", "#/actors", "#/coverage"])
def test_none_runs_in_a_view(page: Page, fragment: str) -> None:
    page.open(fragment)
    page.until("document.querySelector('.map circle, .heat path, tbody tr')")
    assert page.js(RAN) == NOTHING


def test_none_runs_on_a_situation_s_or_an_actor_s_page_or_beside_a_number(page: Page) -> None:
    page.open()
    for k, bad in enumerate(STRINGS[:20]):
        for kind, name, shown in (("situation", f"{bad} {k}", f"{bad} {k}"), ("actor", f"{bad}-{k}", bad)):
            page.js("location.hash = `#/${arguments[0]}/${encodeURIComponent(arguments[1])}`", kind, name)
            page.until(
                f"document.querySelector('.sheet h1').textContent === {json.dumps(shown)} && document.querySelector('.bar-list .number')"
            )
            page.js("document.querySelector('.bar-list button').click()")
            page.until("document.querySelector('#evidence blockquote')")
            page.js("document.getElementById('evidence').close()")
    assert page.js(RAN) == NOTHING
