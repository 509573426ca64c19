"""The explorer in a browser: search, filters, spans and facts, map, keyboard, phone; at the end of each, a silent console and no request.

Needs Chromium and its driver (Debian: chromium, chromium-driver); the tests skip where either is missing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from pipeline.engine import Report
from pipeline.explorer import build
from pipeline.store import all_rows
from pipeline.tables import Actor, Casualty, Crossref, Date, Entry, Event, Place, SituationMonth
from tests.explorer_browser import FILLED, Page, started
from tests.explorer_tables import small

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

ROWS: dict[str, Any] = {
    "dates": Date,
    "places": Place,
    "actors": Actor,
    "casualties": Casualty,
    "events": Event,
    "crossrefs": Crossref,
}


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    with started(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture(scope="module")
def sample_site(sample: tuple[Path, Report], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(sample[0], tmp_path_factory.mktemp("sample-site") / "site").page.parent


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small-site")
    return build(small(folder / "tables"), folder / "site").page.parent


@pytest.fixture
def page(chrome: Chrome, sample_site: Path) -> Iterator[Page]:
    yield from visited(chrome, sample_site)


@pytest.fixture
def small_page(chrome: Chrome, small_site: Path) -> Iterator[Page]:
    yield from visited(chrome, small_site)


def visited(chrome: Chrome, site: Path) -> Iterator[Page]:
    page = Page(chrome, site)
    yield page
    assert page.complaints() == []


RESULTS = "[...document.querySelectorAll('.result .over')].map((one) => one.textContent)"
# Where the first mark of the map lies, from its middle.
FIRST_MARK = """
const mark = document.querySelector(".map circle");
const box = mark.ownerSVGElement.getBoundingClientRect();
return [mark.cx.baseVal.value - box.width / 2, mark.cy.baseVal.value - box.height / 2];
"""
SUMS = """
const kind = (name) => CW.core.kinds.indexOf(name), actual = CW.core.realis.indexOf("actual"), { facets } = CW;
return CW.core.id.map((id, entry) => {
  let [events, killed, detained] = [0, 0, 0];
  for (let k = facets.events[entry]; k < facets.events[entry + 1]; k += 1) events += facets.realis[k] === actual ? 1 : 0;
  for (let k = facets.figures[entry]; k < facets.figures[entry + 1]; k += 1) {
    if (!CW.maySum(k)) continue;
    killed += facets.kind[k] === kind("killed") ? CW.numberOf(k) : 0;
    detained += facets.kind[k] === kind("detained") ? CW.numberOf(k) : 0;
  }
  return [id, events, killed, detained];
});
"""
MARKS = """
const out = {};
for (const mark of document.querySelectorAll("#text mark"))
  for (const key of mark.dataset.f.split(" ")) out[key] = (out[key] || "") + mark.textContent;
return out;
"""


@contextmanager
def window(page: Page, width: int) -> Iterator[None]:
    """Make the window so wide; below 500 pixels it is a phone's."""
    sized = {"width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 500}
    page.chrome.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", sized)
    try:
        yield
    finally:
        page.chrome.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def heading(page: Page, text: str) -> None:
    page.until(f"document.querySelector('#view h1').textContent === {json.dumps(text)}")


def test_search_finds_beginnings_phrases_and_leaves_out(page: Page, sample: tuple[Path, Report]) -> None:
    texts = [entry.text.lower() for entry in all_rows(sample[0], Entry) if not entry.superseded_by]
    page.open(wait=FILLED)
    for query, count in (
        ("protest", sum("protest" in text for text in texts)),
        ('"state of emergency"', sum("state of emergency" in text for text in texts)),
        ("police -protest", sum("police" in text and "protest" not in text for text in texts)),
        ("nowhereword", 0),
    ):
        box = page.chrome.find_element("id", "q")
        box.clear()
        box.send_keys(query)
        heading(page, f"{count} {'entry' if count == 1 else 'entries'} of {len(texts)}")
    assert page.texts(".empty:not([hidden])")


def test_what_was_looked_for_is_marked_in_the_results(page: Page) -> None:
    page.open("#/?q=%22drone+attack%22", wait="document.querySelector('mark.hit')")
    assert page.texts("mark.hit") == ["drone attack"]


def test_filters_narrow_and_can_be_taken_away(page: Page, sample: tuple[Path, Report]) -> None:
    having = {row.entry_id for row in all_rows(sample[0], Event) if row.type == "peaceful_protest" and row.realis == "actual"}
    page.open(wait=FILLED)
    page.js("const one = document.getElementById('f-type'); one.value = 'peaceful_protest'; one.dispatchEvent(new Event('change'))")
    page.until("location.hash.includes('type=peaceful_protest')")
    page.js("const one = document.getElementById('f-realis'); one.value = 'actual'; one.dispatchEvent(new Event('change'))")
    heading(page, f"{len(having)} entries of 16")
    assert page.texts(".chip") == ["peaceful protest ×", "told as fact ×"]
    page.click(".clear")
    heading(page, "16 entries")


def test_a_situation_is_chosen_by_the_keyboard_alone(page: Page) -> None:
    from selenium.webdriver import Keys

    page.open(wait=FILLED)
    page.js("document.getElementById('f-situation').focus()")
    page.press("lib")
    page.until("document.querySelector('#l-situation [role=option]')")
    page.press(Keys.ARROW_DOWN)
    assert page.js("return document.activeElement.getAttribute('aria-activedescendant')") == "l-situation-0"
    page.press(Keys.ENTER)
    heading(page, "6 entries of 16")
    assert {text.split(" ")[0][:7] for text in page.until(RESULTS)} == {"Liberia"}


@pytest.mark.parametrize(("filters", "expected"), [("kind=detained", "detained"), ("place=NPL", "NPL"), ("actor=", "actor")])
def test_figures_places_and_actors_filter(page: Page, sample: tuple[Path, Report], filters: str, expected: str) -> None:
    tables = sample[0]
    if expected == "detained":
        having = {row.entry_id for row in all_rows(tables, Casualty) if row.kind == "detained"}
    elif expected == "NPL":
        having = {row.entry_id for row in all_rows(tables, Event) if row.iso3 == "NPL"}
    else:
        actor = all_rows(tables, Actor)[0].actor_id
        having = {row.entry_id for row in all_rows(tables, Actor) if row.actor_id == actor}
        filters += actor
    page.open(f"#/?{filters}", wait=FILLED)
    heading(page, f"{len(having)} {'entry' if len(having) == 1 else 'entries'} of 16")


def test_every_span_of_an_entry_is_marked_with_its_text(page: Page, sample: tuple[Path, Report]) -> None:
    tables = sample[0]
    for entry in [entry for entry in all_rows(tables, Entry) if not entry.superseded_by][-3:]:
        page.open(f"#/entry/{entry.entry_id}", wait="document.querySelector('#facts li')")
        marks: dict[str, str] = page.js(MARKS)
        for table, row_class in ROWS.items():
            shown = [text for key, text in marks.items() if key.startswith(f"{table}-")]
            assert sorted(shown) == sorted(row.text for row in all_rows(tables, row_class) if row.entry_id == entry.entry_id)
        assert "\n".join(page.texts("#text p")) == entry.text


def test_characters_beyond_the_first_plane_do_not_shift_the_spans(small_page: Page) -> None:
    small_page.open(f"#/entry/{'a' * 16}", wait="document.querySelector('#facts li')")
    assert small_page.js(MARKS) == {
        "events-0": "clashed", "events-1": "met", "actors-0": "𝒜rmy", "actors-1": "rebels", "places-0": "Gao", "dates-0": "3 May",
        "casualties-0": "three dead", "casualties-1": "killing three", "crossrefs-0": "Niger",
    }  # fmt: skip


def test_a_fact_lights_its_words_and_the_words_their_fact(small_page: Page) -> None:
    from selenium.webdriver import ActionChains

    small_page.open(f"#/entry/{'a' * 16}", wait="document.querySelector('#facts li')")
    small_page.js("document.querySelector('.fact[data-f=places-0]').focus()")
    assert small_page.texts("mark.lit") == ["Gao"]
    small_page.js("document.querySelector('.fact[data-f=events-0]').focus()")
    assert small_page.texts("mark.lit") == ["clashed"]
    assert small_page.texts("mark.part") == ["𝒜rmy", "rebels"]
    words = small_page.chrome.find_element("css selector", "mark[data-f='dates-0']")
    ActionChains(small_page.chrome).move_to_element(words).perform()
    assert small_page.texts(".fact.lit strong") == ["3 May 2024"] or small_page.texts(".fact.lit strong") == ["1 May 2024"]


def test_the_arrow_keys_go_from_span_to_span_and_enter_to_the_fact(small_page: Page) -> None:
    from selenium.webdriver import Keys

    small_page.open(f"#/entry/{'a' * 16}", wait="document.querySelector('#facts li')")
    small_page.js("document.querySelector('#text mark').focus()")
    small_page.press(Keys.ARROW_RIGHT)
    assert small_page.js("return document.activeElement.textContent") == "𝒜rmy"
    small_page.press(Keys.ENTER)
    assert small_page.js("return document.activeElement.dataset.f") == "actors-0"
    small_page.press(Keys.ESCAPE)
    assert small_page.js("return document.activeElement.textContent") == "𝒜rmy"


def test_a_kind_of_span_can_be_hidden(small_page: Page) -> None:
    small_page.open(f"#/entry/{'a' * 16}", wait="document.querySelector('#facts li')")
    small_page.click(".key.actor")
    assert small_page.texts("mark.k-actor") == []
    assert small_page.js("return document.querySelector('.key.actor').getAttribute('aria-pressed')") == "false"


def test_a_number_leads_to_its_sentence(page: Page) -> None:
    from selenium.webdriver import Keys

    page.open("#/?situation=Togo", wait=FILLED)
    page.click(".tally .grave")
    page.until("document.querySelector('#evidence blockquote')")
    assert page.texts("#evidence blockquote mark") == ["at least seven soldiers"] or "seven" in page.texts("#evidence blockquote mark")[0]
    assert "ambushed patrol" in page.texts("#evidence blockquote")[0]
    page.press(Keys.ESCAPE)
    page.until("!document.getElementById('evidence').open")


def test_the_map_draws_no_country_as_a_point(page: Page, sample: tuple[Path, Report]) -> None:
    actual = [row for row in all_rows(sample[0], Event) if row.realis == "actual"]
    coarse = {row.iso3 for row in actual if row.iso3 and (row.lat is None or row.geo_precision == 6)}
    page.open("#/map", wait="document.querySelector('.map circle')")
    assert set(page.js("return [...document.querySelectorAll('.whole path')].map((one) => one.dataset.iso3)")) == coarse
    told = dict(text.rsplit(": ", 1) for text in page.texts(".map-key li"))
    assert told["at a known place or near it"] == str(sum(row.lat is not None and (row.geo_precision or 1) <= 2 for row in actual))
    assert told["somewhere in a district or province"] == str(sum(row.geo_precision in (3, 4) and row.lat is not None for row in actual))
    assert sum(map(int, told.values())) == len(actual)


def test_the_map_zooms_by_key_and_its_marks_open_sentences(page: Page) -> None:
    from selenium.webdriver import ActionChains

    page.open("#/map", wait="document.querySelector('.map circle')")
    frame = "document.querySelector('.map > g').getAttribute('transform')"
    before = page.js(f"return {frame}")
    page.js("document.querySelector('.map').focus()")
    page.press("+")
    assert page.js(f"return {frame}") != before
    page.chrome.find_element("css selector", "[aria-label='Show all']").click()
    x, y = page.js(FIRST_MARK)
    ActionChains(page.chrome).move_to_element_with_offset(
        page.chrome.find_element("css selector", ".map"), int(x), int(y)
    ).click().perform()
    page.until("document.querySelector('#evidence blockquote mark')")


def test_the_heat_map_is_read_by_keys(page: Page) -> None:
    from selenium.webdriver import Keys

    page.open("#/months?region=Africa&count=killed", wait="document.querySelector('svg.heat')")
    page.js("document.querySelector('svg.heat').focus()")
    page.press(Keys.ARROW_DOWN, Keys.ARROW_UP)
    names = page.texts(".heat-names a")
    told = {}
    for name in names:
        told[name] = page.texts(".heat-read")[0]
        page.press(Keys.ARROW_DOWN)
    assert told["Togo"] == "Togo, May 2026: 9 killed"
    page.js("document.querySelector('svg.heat').focus()")
    for _ in names:
        page.press(Keys.ARROW_UP)
    for _ in range(names.index("Togo")):
        page.press(Keys.ARROW_DOWN)
    page.press(Keys.ENTER)
    page.until("document.querySelectorAll('#evidence blockquote').length === 2")


def test_a_situation_page_tells_its_trends_actors_neighbours_and_months(page: Page) -> None:
    page.open("#/situation/Togo", wait="document.querySelector('.happened li')")
    titles = page.texts(".sheet h2")
    assert titles == ["Over time", "Events", "People", "Actors, by entries", "Neighbours by cross-reference", "Month by month"]
    assert page.js("return document.querySelectorAll('.state').length") >= 5
    assert "Burkina Faso" in page.texts(".bar-list a.label")


def test_an_actor_page_tells_what_it_did(small_page: Page) -> None:
    small_page.open("#/actor/mali-army", wait="document.querySelector('.bar-list')")
    assert small_page.texts(".sheet h1") == ["Malian army"]
    assert "1 event as source, 0 as target" in small_page.texts(".lede")[-1]
    assert small_page.texts(".sheet h2") == ["Over time", "What it did", "Acted on", "Situations, by entries"]


def test_sums_agree_with_the_panel(page: Page, sample: tuple[Path, Report]) -> None:
    page.open(wait=FILLED)
    page.until("!!CW.facets")
    shown = {row[0]: row[1:] for row in page.js(SUMS)}
    panel = {row.entry_id: [row.events, row.killed_best, row.detained_best] for row in all_rows(sample[0], SituationMonth) if row.covered}
    assert shown == panel


def test_going_back_to_the_results_leads_to_where_one_was(page: Page) -> None:
    page.open(wait=FILLED)
    page.js("document.querySelector('.more-button').click()")
    page.until("document.querySelectorAll('.result').length === 16")
    page.filled()
    page.js("window.scrollTo(0, document.querySelectorAll('.result')[13].offsetTop); document.querySelectorAll('.result h2 a')[13].click()")
    page.until("document.querySelector('#facts li')")
    assert page.js("return window.scrollY") == 0
    page.chrome.back()
    page.until("document.querySelectorAll('.result').length === 16 && window.scrollY > 600")


def test_words_looked_for_are_marked_in_the_entry(page: Page) -> None:
    page.open("#/?q=%22drone+attack%22", wait="document.querySelector('mark.hit')")
    page.click(".result h2 a")
    page.until("document.querySelector('#facts li') && CSS.highlights.get('hit')")
    assert page.js("return [...CSS.highlights.get('hit')].map(String).join('')") == "drone attack"


def test_coverage_counts_the_situations_of_each_month(page: Page) -> None:
    page.open("#/coverage", wait="document.querySelector('tbody tr')")
    rows = {
        row[0]: row[1:]
        for row in page.js("return [...document.querySelectorAll('tbody tr')].map((tr) => [...tr.children].map((td) => td.textContent))")
    }
    assert rows["Africa"][0] == "4"


@pytest.mark.parametrize(
    "fragment", ["#/", "#/map", "#/months", "#/actors", "#/coverage", "#/situation/Liberia", "entry", "#/nowhere", "#/entry/x"]
)
@pytest.mark.parametrize("width", [390, 1280])
def test_no_view_is_wider_than_its_window_and_each_has_a_heading(
    page: Page, sample: tuple[Path, Report], fragment: str, width: int
) -> None:
    if fragment == "entry":
        fragment = f"#/entry/{all_rows(sample[0], Entry)[-1].entry_id}"
    with window(page, width):
        page.open(fragment)
        page.until("document.querySelector('#view h1') && !document.getElementById('loading')")
        assert page.js("return document.documentElement.scrollWidth") <= width
        assert page.js("return document.querySelectorAll('#view h1').length") == 1
        assert not re.search(r"\b(?:undefined|NaN|null|false|true|object)\b", page.js("return document.getElementById('page').innerText"))


def test_on_a_phone_the_fact_of_a_word_shows_at_the_foot(small_page: Page) -> None:
    with window(small_page, 390):
        small_page.open(f"#/entry/{'a' * 16}", wait="document.querySelector('#facts li')")
        small_page.click("mark[data-f='places-0']")
        assert "Gao, Mali" in small_page.texts(".peek:not([hidden])")[0]


def test_every_control_has_a_name(page: Page) -> None:
    unnamed = """
    return [...document.querySelectorAll("button, input, select, a, [role=slider], [role=application]")]
      .filter((one) => !one.textContent.trim() && !one.getAttribute("aria-label") && !(one.labels && one.labels.length))
      .map((one) => one.outerHTML);
    """
    for fragment in ("#/", "#/map", "#/months", "#/actors", "#/situation/Liberia"):
        page.open(fragment)
        page.until("!!CW.facets && document.querySelector('#view h1')")
        assert page.js(unnamed) == []


def test_slash_goes_to_the_search_box_and_the_theme_changes(page: Page) -> None:
    page.open(wait=FILLED)
    page.press("/")
    page.until("document.activeElement.id === 'q'")
    grounds = set()
    for _ in range(3):
        page.click("#theme")
        grounds.add(page.js("return getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2


def test_a_missing_file_is_named_with_the_remedy(chrome: Chrome, tmp_path: Path) -> None:
    site = build(small(tmp_path / "tables"), tmp_path / "site").page.parent
    (site / "data" / "facts-2024-001.js").unlink()
    page = Page(chrome, site)
    page.open(f"#/entry/{'a' * 16}")
    heading(page, "Something is missing")
    assert page.texts("#view p") == ["data/facts-2024-001.js cannot be read; make the folder again with crisiswatch explore"]
