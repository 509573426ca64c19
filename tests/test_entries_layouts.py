"""Layouts: each kind of page gives its entries, with all that the page says of them."""

from __future__ import annotations

import datetime as dt
import json
import random
from pathlib import Path

import pytest

from tests.made_pages import Made, Result, make, sidecar, split_files, split_lines, split_pdf

DRAW = random.Random(7)
MAY, APRIL = dt.date(2023, 5, 1), dt.date(2023, 4, 1)
MALI, CHAD, MALI_APRIL = make(DRAW, "Mali", MAY), make(DRAW, "Chad", MAY, 1), make(DRAW, "Mali", APRIL)
OLD = "Talks between Government and rebels reopened on 12 May yet brought no truce. At least 14 killed in north."


def told(result: Result) -> list[tuple[object, ...]]:
    """Return what each entry is of, in the order of the texts' first appearance."""
    return [(e.situation, e.month, e.region, e.headline) for e in sorted(result.entries, key=lambda e: (e.situation or "", str(e.month)))]


def test_headings_of_region_situation_and_month() -> None:
    lines = [
        "CrisisWatch",
        "Filters",
        "May 2023",
        "Africa",
        "Chad",
        *CHAD.lines,
        "Mali",
        *MALI.lines,
        "April 2023",
        "Africa",
        "Mali",
        MALI_APRIL.line,
    ]
    result = split_lines([*lines, "1 of 7", "Sign up for our newsletter."])
    assert told(result) == [
        ("Chad", MAY, "Africa", CHAD.headline), ("Mali", APRIL, "Africa", MALI_APRIL.headline), ("Mali", MAY, "Africa", MALI.headline),
    ]  # fmt: skip
    assert {entry.month_source for entry in result.entries} == {"stated"}
    assert "\n".join(MALI.lines) in result.texts
    assert [result.reason(text) for text in ("May 2023", "Africa", "Mali", "1 of 7", "Sign up for our newsletter.")] == [
        "heading: month", "heading: region", "heading: situation", "pager", "newsletter",
    ]  # fmt: skip


def test_pasted_headers_and_prefixes_state_situation_and_month() -> None:
    result = split_lines(["Mali May 2023", MALI.line, "Chad, May 2023", CHAD.line])
    assert told(result) == [("Chad", MAY, None, CHAD.headline), ("Mali", MAY, None, MALI.headline)]
    prefixed = split_lines(
        [f"May 2023: {MALI.headline}", *MALI.paragraphs, f"Apr 2023: {MALI_APRIL.headline}", *MALI_APRIL.paragraphs], situation="Mali"
    )
    assert told(prefixed) == [("Mali", APRIL, None, MALI_APRIL.headline), ("Mali", MAY, None, MALI.headline)]
    assert prefixed.reason("May 2023:") == "heading: month prefix"


def test_a_card_has_its_trend_in_words_and_ends_where_the_site_goes_on() -> None:
    lines = [
        "CrisisWatch Mali",
        "Deteriorated Situation",
        MALI.line,
        "Continue reading",
        "Reports & Briefings",
        "In The News",
        "4 Aug 2022",
        CHAD.line,
    ]
    result = split_lines(lines, newest_month="2023-05")
    assert [(e.situation, e.trend, e.month, e.month_source, e.text) for e in result.entries] == [
        ("Mali", "deteriorated", MAY, "given", MALI.line)
    ]


def test_a_page_of_2003_to_2005_has_no_headlines_and_plain_english() -> None:
    undated = "The leaders of the two sides met in the capital but the talks made no headway."
    result = split_lines(
        ["Africa", "Burundi", OLD, "Somalia", undated, "Europe", "Macedonia", OLD.replace("north", "west")], newest_month="2004-05"
    )
    assert told(result) == [
        ("Burundi", dt.date(2004, 5, 1), "Africa", None), ("North Macedonia", dt.date(2004, 5, 1), "Europe", None),
        ("Somalia", dt.date(2004, 5, 1), "Africa", None),
    ]  # fmt: skip
    assert sorted(entry.month_source for entry in result.entries) == ["given", "given", "inferred"]


JAN_2009 = dt.date(2009, 1, 1)
BULLETIN = """
Home > Publications > CrisisWatch N°66
CrisisWatch N°66
|  (01 Feb 2009)
Conflict Risk Alerts
Chad
Conflict Resolution Opportunities
None
Deteriorated Situations
Chad, Central African
Republic
Improved Situations
Mali
Two situations got worse in January, and one got better, the new issue of our bulletin finds.
AFRICA
Central African Republic
Talks between Government and rebels resumed on 12 Jan but ended without ceasefire.
Chad
Rebels on 4 Jan shelled garrison in east. Army sent for help.
Mali
Rebels 2 Jan left camp.
"""


def test_a_bulletin_page_tells_its_month_by_number_and_trends_by_lists() -> None:
    result = split_lines(BULLETIN.split("\n"))
    found = sorted(result.entries, key=lambda entry: entry.situation or "")
    assert [(e.situation, e.month, e.trend, e.risk_alert, e.resolution_opportunity, e.headline) for e in found] == [
        ("Central African Republic", JAN_2009, "deteriorated", False, False, None),
        ("Chad", JAN_2009, "deteriorated", True, False, None),
        ("Mali", JAN_2009, "improved", False, False, None),
    ]
    assert [(s.situation, s.month, s.trend, s.risk_alert) for s in result.states] == [
        ("Central African Republic", JAN_2009, "deteriorated", False),
        ("Chad", JAN_2009, "deteriorated", True),
        ("Mali", JAN_2009, "improved", False),
    ]


def test_a_pdf_bulletin_s_lines_are_joined_over_pages_and_words_made_whole() -> None:
    cover = ["CrisisWatch N°66", "January 2009 Trends", "Unchanged Situations", "Burundi"]
    entry = ["Africa", " Burundi", "Rebels 3 Jan attacked offi-", "cers’ mess in south-", "eastern hills; govt 9 Jan"]
    lines = [*cover, *entry, "CrisisWatch N°66", "www.example.org – Page 2", "sent troops."]
    result = split_pdf(lines, [0] * 9 + [1] * 3)
    assert [(e.situation, e.trend, e.text) for e in result.entries] == [
        ("Burundi", "unchanged", "Rebels 3 Jan attacked officers’ mess in south-eastern hills; govt 9 Jan sent troops.")
    ]


def test_the_next_country_s_entry_glued_on_is_cut_off() -> None:
    kenya = "Rebels 3 Nov attacked offi- cers; army 9 Nov sent troops.ƒƒ"
    glued = f"{kenya} Madagascar Electoral court 15 Nov laid down voter registra- tion calendar."
    result = split_lines(["November 2012", "Africa", "Kenya", glued])
    assert [(e.situation, e.text) for e in sorted(result.entries, key=lambda e: e.situation or "")] == [
        ("Kenya", "Rebels 3 Nov attacked officers; army 9 Nov sent troops."),
        ("Madagascar", "Electoral court 15 Nov laid down voter registration calendar."),
    ]
    clean = glued.replace("Madagascar Electoral court", "Madagascar Foreign Minister Rabe")
    assert [e.situation for e in split_lines(["November 2012", "Africa", "Kenya", clean]).entries] == ["Kenya"]


def test_a_bulletin_cover_torn_into_one_line_gives_only_the_states_that_are_certain() -> None:
    cover = (
        "97 1 September 2011 Board of Trustees August 2011 Trends Jane Roe Deteriorated Situations Improved Situations John Doe "
        "Mali (p.3) Libya (p.12) Unchanged Situations Ann Poe Burundi (p.3), Chad (p.3) September 2011 Watchlist "
        "Conflict Risk Alerts Syria Conflict Resolution Opportunities None"
    )
    result = split_lines([cover])
    assert result.entries == []
    assert [(s.situation, s.month, s.trend, s.risk_alert) for s in result.states] == [
        ("Burundi", dt.date(2011, 8, 1), "unchanged", False),
        ("Chad", dt.date(2011, 8, 1), "unchanged", False),
        ("Syria", dt.date(2011, 8, 1), None, True),
    ]


def card(made: Made, icons: str, states: str = "") -> str:
    """Return the HTML of a card."""
    uses = "".join(f'<svg><use xlink:href="#{icon}"></use></svg>' for icon in icons.split())
    pairs = [state.split("=") for state in states.split(";") if state]
    past = "".join(f'<div title="{title}" class="o-state-entry"><span class="{name}"></span></div>' for title, name in pairs)
    body = f"<p><strong>{made.headline}</strong></p>" + "".join(f"<p><em>Lead.</em> {text}</p>" for text in made.paragraphs)
    return (
        f'<div class="c-crisiswatch-entry x" data-entry-country="{made.situation.lower()}">'
        f"<h3>{uses} {made.situation}</h3><time>May 2023</time>"
        f'<div class="o-crisis-states">{past}</div><div class="o-crisis-states__detail">{body}</div><a href="#">Past entries</a></div>'
    )


PAST = "March 2023=state-improved;April 2023=state-unchanged"


def test_html_cards_have_icons_histories_and_regions(tmp_path: Path) -> None:
    amazon = make(DRAW, "Amazon", MAY)
    page = (
        '<html><body><nav><a href="/">Home</a></nav>' + card(amazon, "unchanged")
        + '<h2 class="c-crisiswatch-region">Africa</h2>' + card(CHAD, "deteriorated risk-alert", PAST)
        + card(MALI, "improved resolution") + "<footer><p>Subscribe to our newsletter.</p></footer></body></html>"
    )  # fmt: skip
    result = split_files(tmp_path, {"page.html": page})
    assert [(e.situation, e.month, e.region, e.trend, e.risk_alert, e.resolution_opportunity, e.headline) for e in result.entries] == [
        ("Amazon", MAY, "Global", "unchanged", False, False, amazon.headline),
        ("Chad", MAY, "Africa", "deteriorated", True, False, CHAD.headline),
        ("Mali", MAY, "Africa", "improved", False, True, MALI.headline),
    ]
    assert [(s.situation, s.month, s.trend) for s in result.states] == [
        ("Chad", dt.date(2023, 3, 1), "improved"), ("Chad", APRIL, "unchanged"),
    ]  # fmt: skip


def test_a_bold_beginning_is_the_headline_of_a_one_paragraph_card(tmp_path: Path) -> None:
    bold = "Gen. Traoré left. Talks stalled."
    text = f'<div class="o-crisis-states__detail"><p><strong>{bold} </strong>Army 3 May sent troops.</p></div>'
    page = f'<div class="c-crisiswatch-entry"><h3>Mali</h3><time>May 2016</time>{text}</div>'
    result = split_files(tmp_path, {"page.html": page})
    assert [(e.headline, e.text) for e in result.entries] == [(bold, f"{bold} Army 3 May sent troops.")]


@pytest.mark.parametrize(
    "columns",
    [
        ("Country", "Month", "Title", "Content"),
        ("location", "month_year", "headline", "text"),
        ("Pays", "Mois", "Titre", "Texte"),
        ("c1", "c2", "c3", "c4"),
    ],
)
@pytest.mark.parametrize("month", ["May 2023", "MAY 2023", "2023-05-01", "05/2023", "mai 2023"])
def test_tables_are_read_whatever_the_columns_are_called(tmp_path: Path, columns: tuple[str, ...], month: str) -> None:
    rows = [
        ",".join(columns),
        f'Mali,{month},"{MALI.headline}","{" ".join(MALI.paragraphs)}"',
        f'Chad,{month},"{CHAD.headline}","{CHAD.line}"',
    ]
    result = split_files(tmp_path, {"table.csv": "\n".join(rows)})
    assert told(result) == [("Chad", MAY, None, CHAD.headline), ("Mali", MAY, None, MALI.headline)]
    assert result.texts == {f"{MALI.headline}\n{' '.join(MALI.paragraphs)}", "\n".join(CHAD.lines)}
    assert result.reason(CHAD.headline) == "heading: headline repeated"


def test_json_records_with_lists_of_paragraphs(tmp_path: Path) -> None:
    records = [{"country": "Mali", "month_year": "MAY 2023", "entries": [{"bolded_title": MALI.headline, "paragraph": list(MALI.lines)}]}]
    result = split_files(tmp_path, {"table.json": json.dumps(records)})
    assert [entry.text for entry in result.entries] == ["\n".join(MALI.lines)]


def test_a_row_that_says_neither_where_nor_when_is_no_entry(tmp_path: Path) -> None:
    result = split_files(tmp_path, {"table.csv": f'Country,Month,Text\nMali,May 2023,"{MALI.line}"\n,,Collected by hand for class\n'})
    assert result.texts == {MALI.line}
    assert result.reason("Collected by hand for class") == "row_without_entry"


def test_a_bold_name_at_the_head_of_a_paragraph_is_its_heading(tmp_path: Path) -> None:
    text = "<p><b>Chad</b> Rebels 4 Jan shelled garrison.</p><p><b>Mali:</b> Rebels 2 Jan left camp.</p>"
    page = f"<html><body><h1>CrisisWatch N°66</h1><h2>AFRICA</h2>{text}</body></html>"
    entries = split_files(tmp_path, {"page.html": page}).entries
    assert [(e.situation, e.month, e.region, e.text) for e in entries] == [
        ("Chad", JAN_2009, "Africa", "Rebels 4 Jan shelled garrison."), ("Mali", JAN_2009, "Africa", "Rebels 2 Jan left camp."),
    ]  # fmt: skip


def test_an_empty_cell_of_an_alert_column_is_no_alert(tmp_path: Path) -> None:
    result = split_files(
        tmp_path, {"table.csv": f'Country,Month,Text,Risk alert\nMali,May 2023,"{MALI.line}",yes\nChad,May 2023,"{CHAD.line}",\n'}
    )
    assert [(e.situation, e.risk_alert, e.resolution_opportunity) for e in result.entries] == [("Chad", False, None), ("Mali", True, None)]


def test_a_column_of_years_and_one_of_month_names(tmp_path: Path) -> None:
    result = split_files(
        tmp_path,
        {"table.csv": f'Country,Year,Month,Text,Trend\nMali,2023,May,"{MALI.line}",Improved\nChad,2023,May,"{CHAD.line}",Unchanged\n'},
    )
    assert [(e.situation, e.month, e.trend) for e in result.entries] == [("Chad", MAY, "unchanged"), ("Mali", MAY, "improved")]


def test_a_front_page_s_blurbs_are_skipped_with_what_they_are() -> None:
    podcast = "On this episode of our podcast, the hosts ask a farmer about canals."
    report = "Border disputes among the states have narrowed. A summit offers the leaders a chance to finish the job."
    lines = [report, *MALI.lines, podcast, "By browsing this site you accept cookies."]
    result = split_lines(lines, situation="Mali", newest_month="2023-05")
    assert [(e.text, e.month_source) for e in result.entries] == [("\n".join(MALI.lines), "given")]
    assert [result.reason(text) for text in (report, podcast)] == ["report_blurb", "podcast"]


@pytest.mark.parametrize(
    ("path", "known", "source"),
    [("page.txt", {"situation": "Mali"}, "given"), ("mali_page.txt", {}, "inferred"), ("page.txt", {}, "unknown")],
)
def test_the_situation_of_a_page_without_headings(path: str, known: dict[str, str], source: str) -> None:
    entries = split_lines([MALI.line], path=path, **known).entries
    assert [(e.situation, e.situation_source) for e in entries] == [(None if source == "unknown" else "Mali", source)]


def test_a_file_of_furniture_gives_no_entry_and_a_file_twice_in_the_folder_one(tmp_path: Path) -> None:
    assert split_lines(["Filters", "Clear Filters", "Sign up for our newsletter."]).entries == []
    both = split_files(tmp_path, {"a.txt": MALI.line, "b.txt": MALI.line}, [sidecar("a.txt", situation="Mali", newest_month="2023-05")])
    assert len(both.entries) == 1


def test_what_is_beyond_the_limits_is_skipped_as_oversize(tmp_path: Path) -> None:
    result = split_files(tmp_path, {"huge.txt": "Patrols moved between posts while traders waited. " * 30_000})
    assert result.entries == []
    assert {row.reason for row in result.skipped} == {"oversize"}
