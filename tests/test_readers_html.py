"""Pages to blocks: what is visible, in order, with what the markup says of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.readers import Piece, Unreadable
from pipeline.readers.html import read_html, unmark


def pieces(page: str) -> list[Piece]:
    return [piece for piece in read_html(page) if piece.text]


def told(page: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in pieces(page)]


CARD = """<div class="c-crisiswatch-entry [ o-container ]" data-entry-country="cote-divoire">
  <h3 class="u-df"> <span class="o-icon"><svg><use xlink:href="#deteriorated"></use></svg></span>
    <span><svg><title>drawn, not written</title><use href="/sprite.svg#risk-alert"></use></svg></span>
    Côte d’Ivoire
  </h3><time class="u-db">May 2026</time>
  <div class="o-crisis-states u-df"><div title="April 2026" class="o-state-entry"><a href="#x"><span class="state-improved u-x"></span>
    <span class="state-resolution"></span><aside class="o-crisis-states__tooltip"><svg><use href="#improved"></use></svg>
    <div>Improved Situation</div></aside></a></div></div>
  <div class="[ u-ptserif ] o-crisis-states__detail"><p style="margin:0"><span><strong>Talks&nbsp;failed. </strong></span><br></p>
    <p><em>Sides quarrelled.</em> Army 5&nbsp;May <span>moved</span> on.</p><p><b>Old style.</b> One line.</p></div>
  <div class="o-crisis-states__cta"><a href="#y">Older entries</a></div></div>"""


def test_a_card_gives_its_situation_month_states_and_paragraphs() -> None:
    found = pieces(f"<html><body>{CARD}{CARD}</body></html>")
    card = ("c-crisiswatch-entry", "entry-country=cote-divoire")
    detail = (*card, "o-crisis-states__detail")
    tooltip = (*card, "o-crisis-states", "o-state-entry", "aside", "o-crisis-states__tooltip")
    assert [(piece.kind, piece.text, piece.marks) for piece in found if piece.group == 0] == [
        ("heading", "Côte d’Ivoire", (*card, "h3", "#deteriorated", "#risk-alert")),
        ("time", "May 2026", card),
        ("state", "April 2026", (*card, "o-crisis-states", "o-state-entry", "state-improved", "state-resolution", "#improved")),
        ("link", "Improved Situation", tooltip),
        ("paragraph", "Talks failed.", (*detail, "strong")),
        ("paragraph", "Sides quarrelled. Army 5 May moved on.", (*detail, "em-lead=17")),
        ("paragraph", "Old style. One line.", (*detail, "strong-lead=10")),
        ("link", "Older entries", (*card, "o-crisis-states__cta")),
    ]
    assert [piece._replace(group=0) for piece in found if piece.group == 1] == [piece for piece in found if piece.group == 0]


def test_an_overview_list_gives_a_link_a_situation_under_its_heading() -> None:
    page = """<section class="c-in-focus__state"><h3>Trends for Last Month <span>May 2026</span></h3>
    <h4><svg><use href="#improved"></use></svg> Improved Situations</h4>
    <p><a data-entry-target="chad">Chad</a> <a data-entry-target="mali">Mali</a></p></section>"""
    assert [(piece.kind, piece.text, piece.marks) for piece in pieces(page)] == [
        ("heading", "Trends for Last Month May 2026", ("c-in-focus__state", "h3")),
        ("heading", "Improved Situations", ("c-in-focus__state", "h4", "#improved")),
        ("link", "Chad", ("c-in-focus__state", "entry-target=chad")),
        ("link", "Mali", ("c-in-focus__state", "entry-target=mali")),
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<h1>Overview <time>May 2026</time></h1>", [("heading", "Overview"), ("time", "May 2026")]),
        ("<p>On <time>5 May</time> police moved.</p>", [("paragraph", "On 5 May police moved.")]),
        ("<p>See <a href='#'>Chad</a>, too.</p>", [("paragraph", "See Chad, too.")]),
        ("<p>One.<br/>Two.<br><br>Three.</p>", [("paragraph", "One."), ("paragraph", "Two."), ("paragraph", "Three.")]),
        ("<pre>One.\n\n  Two.</pre>", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("<ul><li>One<ul><li>Two</ul></ul>", [("item", "One"), ("item", "Two")]),
        ("<div>One<p>Two</p>Three</div>", [("other", "One"), ("paragraph", "Two"), ("other", "Three")]),
        ("<p>Kill<b>ed</b> 5&nbsp;&amp;&#32;6&#8217;s &lt;b&gt;", [("paragraph", "Killed 5 & 6’s <b>")]),
        ("<p>One\nline\tonly", [("paragraph", "One line only")]),
        ("<table><tr><th>A<td>B</table>", [("paragraph", "A"), ("paragraph", "B")]),
        (
            "<nav><a href='#'>Home</a></nav><select><option>Chad<option>Mali</select>",
            [("link", "Home"), ("other", "Chad"), ("other", "Mali")],
        ),
        (
            "<p>x<!-- hidden --><script>var a = '<p>no</p>'</script><style>p{}</style><template><p>no</p></template>y</p>",
            [("paragraph", "xy")],
        ),
    ],
)
def test_each_visible_text_is_in_one_block_of_its_kind(page: str, expected: list[tuple[str, str]]) -> None:
    assert told(f"<!doctype html><html><body>{page}</body></html>") == expected


def test_bold_and_italics_may_be_styles() -> None:
    page = """<p><span style='font-weight: 700'>Talks failed.</span></p>
    <p><span style='color:red;font-style:italic'>Sides</span> quarrelled.</p>"""
    assert [piece.marks for piece in pieces(page)] == [("strong",), ("em-lead=5",)]


def test_scripts_left_out_and_zero_bytes_are_told() -> None:
    assert [piece.repairs for piece in read_html("<p>a\0b</p><script>x</script>") if piece.repairs] == [
        ("control_characters",),
        ("scripts_left_out",),
    ]


def test_a_page_nested_too_deeply_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(Unreadable, match="more than 2,000 deep"):
        pieces("<div>" * 2_001)
    assert told("<div>" * 1_900 + "x") == [("other", "x")]


@pytest.mark.parametrize(
    ("cell", "plain", "repairs"),
    [
        ("<p><b>Talks failed.</b></p><p>Army&nbsp;moved.<br>On.</p>", "Talks failed.\nArmy moved.\nOn.", {"markup"}),
        ("Latin America &amp; Caribbean&#8217;s", "Latin America & Caribbean’s", {"entities"}),
        ("AT&T; <b> and R&D &unknown; a < b", "AT&T; <b> and R&D &unknown; a < b", set()),
    ],
)
def test_markup_in_a_table_cell_is_taken_out(cell: str, plain: str, repairs: set[str]) -> None:
    assert unmark(cell) == (plain, frozenset(repairs))


TEXTS = st.text(st.sampled_from("abc é’&<;\u00a0\n"), min_size=1, max_size=12)
TAGS = st.sampled_from(["div", "p", "span", "em", "strong", "a", "li", "ul", "h3", "section", "time", "blockquote", "aside", "label"])


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


NODES = st.recursive(
    TEXTS.map(lambda text: (escaped(text), text)),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda node: (
            f"<{node[0]} class='c-x'>{'<br>'.join(html for html, _ in node[1])}</{node[0]}>",
            "".join(text for _, text in node[1]),
        )
    ),
    max_leaves=15,
)


@settings(max_examples=200, deadline=None)
@given(st.lists(NODES, max_size=5))
def test_all_visible_characters_are_in_the_blocks_in_order(nodes: list[tuple[str, str]]) -> None:
    page = "<html><body>" + "".join(html for html, _ in nodes) + "</body></html>"
    assert "".join("".join(piece.text.split()) for piece in pieces(page)) == "".join("".join(text.split()) for _, text in nodes)
