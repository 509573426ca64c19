"""Forms of plain text that people paste, scrape and print: each is a small page, with what every entry must be of."""

from __future__ import annotations

import datetime as dt
import textwrap

import pytest

from pipeline.entries import Situations
from tests.made_pages import Result, split_lines

MALI = "Jihadists kept up attacks in centre while junta banned rallies."
MALI_DATED = "Militants 4 May raided two villages near Koro, killing eleven; army 9 May sent reinforcements."
CHAD = "Rebels crossed from Libya and fought army in north."
CHAD_DATED = "Fighters 12 May seized border post; president 14 May visited front line and promised pay rise to soldiers."
MAY, APRIL = dt.date(2021, 5, 1), dt.date(2021, 4, 1)
BOTH = [("Chad", MAY), ("Mali", MAY)]


def told(result: Result) -> list[tuple[str | None, dt.date | None]]:
    """Return situation and month of each entry."""
    return sorted(((entry.situation, entry.month) for entry in result.entries), key=lambda told: (told[0] or "", str(told[1])))


def trends(result: Result) -> dict[str | None, str | None]:
    """Return the trend of each situation."""
    return {entry.situation: entry.trend for entry in result.entries}


@pytest.mark.parametrize(
    "lines",
    [
        ["Mali", "May 2021", MALI, MALI_DATED, "Chad", "May 2021", CHAD, CHAD_DATED],
        ["CrisisWatch May 2021", "Mali", MALI, MALI_DATED, "Chad", CHAD, CHAD_DATED],
        ["CrisisWatch (May 2021)", "Mali", MALI, MALI_DATED, "Chad", CHAD, CHAD_DATED],
        ["Global Overview – May 2021", "Mali", MALI, MALI_DATED, "Chad", CHAD, CHAD_DATED],
        ["May 2021", "1. Mali", MALI, MALI_DATED, "2. Chad", CHAD, CHAD_DATED],
        ["May 2021", "Mali (MLI)", MALI, MALI_DATED, "Chad (TCD)", CHAD, CHAD_DATED],
        ["May 2021", "Country: Mali", MALI, MALI_DATED, "Country: Chad", CHAD, CHAD_DATED],
        ["May 2021", f"Mali: {MALI} {MALI_DATED}", f"Chad: {CHAD} {CHAD_DATED}"],
        ["May 2021", f"• MALI – {MALI} {MALI_DATED}", f"• CHAD – {CHAD} {CHAD_DATED}"],
        ["May 2021", "Republic of Mali", MALI, MALI_DATED, "Chad", CHAD, CHAD_DATED],
    ],
    ids=["month below", "title", "in brackets", "overview", "numbered", "code", "label", "opening", "bullet", "republic"],
)
def test_name_and_month_are_read_wherever_they_stand(lines: list[str]) -> None:
    result = split_lines(lines)
    assert told(result) == BOTH
    assert {entry.month_source for entry in result.entries} == {"stated"}
    assert not any("Mali" in entry.text and "Chad" in entry.text for entry in result.entries)


def test_a_country_page_lists_its_months_below_its_name() -> None:
    lines = [
        "Mali",
        "Conflict tracker",
        "May 2021",
        MALI,
        MALI_DATED,
        "April 2021",
        "Quiet month in north.",
        "Talks 3 April stalled in capital.",
    ]
    result = split_lines(lines)
    assert told(result) == [("Mali", APRIL), ("Mali", MAY)]
    assert "Quiet month in north.\nTalks 3 April stalled in capital." in result.texts


def test_states_of_months_before_stand_between_name_and_text() -> None:
    history = ["March 2021", "Unchanged Situation", "April 2021", "Deteriorated Situation", "May 2021"]
    lines = ["Africa", "Mali", "May 2021", "Unchanged Situation", *history, MALI, MALI_DATED]
    assert told(split_lines(lines)) == [("Mali", MAY)]


@pytest.mark.parametrize(
    "lines",
    [
        ["May 2021", "Improved Situation", "Chad", CHAD, CHAD_DATED, "Deteriorated Situation", "Mali", MALI, MALI_DATED],
        ["May 2021", "Chad", CHAD, CHAD_DATED, "Improved Situation", "Mali", MALI, MALI_DATED, "Deteriorated Situation"],
        ["May 2021", "Chad (improved)", CHAD, CHAD_DATED, "Mali (deteriorated)", MALI, MALI_DATED],
        ["May 2021", "Chad – Improved Situation", CHAD, CHAD_DATED, "Mali – Deteriorated Situation", MALI, MALI_DATED],
        ["May 2021", "Chad", "Trend: improved", CHAD, CHAD_DATED, "Mali", "Trend: deteriorated", MALI, MALI_DATED],
        [
            "May 2021",
            "Deteriorated Situations",
            "• Mali",
            "Improved Situations",
            "• Chad",
            "Africa",
            "Chad",
            CHAD,
            CHAD_DATED,
            "Mali",
            MALI_DATED,
        ],
    ],
    ids=["above", "below", "in brackets", "beside", "label", "bulleted lists"],
)
def test_a_trend_is_read_wherever_it_stands(lines: list[str]) -> None:
    result = split_lines(lines)
    assert told(result) == BOTH
    assert trends(result) == {"Chad": "improved", "Mali": "deteriorated"}


def test_two_situations_in_one_heading_are_one_of_their_own() -> None:
    result = split_lines(["May 2021", "Mali", MALI, MALI_DATED, "Chad/Sudan", CHAD, CHAD_DATED])
    assert {entry.situation: entry.countries for entry in result.entries} == {"Mali": ("MLI",), "Chad/Sudan": ("TCD", "SDN")}


def test_a_heading_nobody_has_heard_of_ends_the_entry_above() -> None:
    lines = [
        "May 2021",
        "Mali",
        MALI,
        MALI_DATED,
        "Mirage Highlands",
        CHAD,
        CHAD_DATED,
        "Niger",
        "Army 3 May freed nine hostages near Ayorou.",
    ]
    result = split_lines(lines)
    assert {entry.situation: (entry.countries, entry.text) for entry in result.entries} == {
        "Mali": (("MLI",), f"{MALI}\n{MALI_DATED}"),
        "Mirage Highlands": ((), f"{CHAD}\n{CHAD_DATED}"),
        "Niger": (("NER",), "Army 3 May freed nine hostages near Ayorou."),
    }


def test_the_end_of_a_wrapped_sentence_is_no_heading() -> None:
    lines = ["May 2021", "Mali", MALI, "Army 3 May pursued raiders across river and into forest along border (see also", "Niger).",
             MALI_DATED, "Chad", CHAD, "Opposition leaders 20 May came home after two years and thanked", "country."]  # fmt: skip
    result = split_lines(lines)
    assert told(result) == BOTH
    assert any(text.endswith("thanked country.") for text in result.texts)


def test_a_text_wrapped_at_a_width_is_joined_whatever_begins_the_line() -> None:
    paragraphs = [MALI, f"{MALI_DATED} Parliament first week of May debated emergency law for third time. Unions 21 May called strike."]
    lines = ["May 2021", "", "Mali", ""]
    for paragraph in paragraphs * 3:
        lines += [*textwrap.wrap(paragraph, 60), ""]
    result = split_lines(lines)
    assert result.texts == {"\n".join(paragraphs * 3)}


def test_a_page_without_names_keeps_the_months_it_states() -> None:
    result = split_lines(
        ["May 2021", f"{MALI} {MALI_DATED}", "April 2021", f"{CHAD} Fighters 12 April seized post; ministers 14 April met."]
    )
    assert {month for _, month in told(result)} == {MAY, APRIL}


def test_menus_and_halves_of_sentences_are_no_entries() -> None:
    lines = ["Africa", "Chad", "My Reading List", "Asia", "Myanmar", "Visual Explainers", "May 2021", "Our tracker found clashes in",
             "Chad", "and in its eastern neighbour, with hundreds displaced.", "Mali", "May 2021", MALI, MALI_DATED]  # fmt: skip
    assert told(split_lines(lines)) == [("Mali", MAY)]


def test_a_script_beside_a_saved_page_gives_no_entry() -> None:
    lines = [
        "(function(){var a=window.dataLayer||[];a.push({event:'load',start:1});})();",
        "export default { name: 'menu', items: ['a', 'b'] };",
    ]
    result = split_lines(lines, path="page_files/menu.txt")
    assert not result.entries
    assert {piece.text for piece in result.skipped} == set(lines)


SUDAN = "Ceasefire talks stalled as floods cut roads in east."
SUDAN_DATED = "Militia 7 May burned market near Kassala, leaving nine dead; envoys 19 May left capital without accord."


def told_whole(lines: list[str]) -> dict[str | None, str]:
    """Return the text of each situation."""
    return {entry.situation: entry.text for entry in split_lines(lines).entries}


@pytest.mark.parametrize("label", ["Outlook", "Security", "Northern Front", "Map of Tibesti Region"])
def test_titles_inside_entries_are_no_situations(label: str) -> None:
    lines = ["May 2021"]
    for name, headline, dated in (("Chad", CHAD, CHAD_DATED), ("Mali", MALI, MALI_DATED), ("Sudan", SUDAN, SUDAN_DATED)):
        lines += [name, headline, dated, label, "Unions 28 May called strike in capital over unpaid wages and rising prices."]
    assert set(told_whole(lines)) == {"Chad", "Mali", "Sudan"}


def test_paragraphs_that_open_with_a_neighbour_stay_in_the_entry() -> None:
    lines = ["May 2021", MALI, MALI_DATED, f"Burkina Faso: {CHAD_DATED}", f"Niger: {SUDAN_DATED}"]
    (entry,) = split_lines(lines, path="mali.txt").entries
    assert (entry.situation, entry.text.count("\n")) == ("Mali", 3)


@pytest.mark.parametrize("name", ["Islamic State of Iraq", "Rakhine State of Myanmar", "Student Union of Guinea"])
def test_a_state_within_a_name_is_not_the_country(name: str) -> None:
    assert Situations.load().named(name) is None


@pytest.mark.parametrize(("name", "situation"), [("Sudan/Chad", "Chad/Sudan"), ("Chad/Sudan", "Chad/Sudan"), ("Mali (Niger)", "Mali")])
def test_two_situations_have_one_name_in_either_order(name: str, situation: str) -> None:
    found = Situations.load().named(name)
    assert found is not None
    assert found.name == situation


def test_trends_told_above_some_names_only_are_theirs() -> None:
    lines = ["May 2021", "Chad", CHAD, CHAD_DATED, "Deteriorated", "Mali", MALI, MALI_DATED, "Improved", "Sudan", SUDAN, SUDAN_DATED]
    assert trends(split_lines(lines)) == {"Chad": None, "Mali": "deteriorated", "Sudan": "improved"}


@pytest.mark.parametrize("order", [1, -1])
def test_a_history_of_months_and_trends_below_the_name_gives_the_newest(order: int) -> None:
    history = ["March 2021: Unchanged", "April 2021: Deteriorated", "May 2021: Improved"][::order]
    result = split_lines(["Chad", *history, CHAD, CHAD_DATED, "Mali", *history, MALI, MALI_DATED])
    assert told(result) == BOTH
    assert trends(result) == {"Chad": "improved", "Mali": "improved"}


def test_an_entry_may_begin_in_small_letters() -> None:
    text = ["al-Shabaab fighters stepped up raids on bases in south.", "Talks on new election law made no progress as donors urged calm."]
    assert told_whole(["May 2021", "Mali", MALI, MALI_DATED, "Somalia", *text])["Somalia"] == "\n".join(text)


def test_a_list_of_many_names_is_a_list_to_its_end() -> None:
    names = [
        "Angola",
        "Benin",
        "Burundi",
        "Cameroon",
        "Chad",
        "Ethiopia",
        "Ghana",
        "Guinea",
        "Kenya",
        "Mali",
        "Niger",
        "Nigeria",
        "Sudan",
        "Togo",
    ]
    lines = ["May 2021", "Deteriorated Situations", *names, "Tensions rose across region as floods and fighting drove many from home.",
             "Chad", CHAD, CHAD_DATED, "Togo", SUDAN, SUDAN_DATED]  # fmt: skip
    assert trends(split_lines(lines)) == {"Chad": "deteriorated", "Togo": "deteriorated"}


def test_paragraphs_of_like_length_are_not_taken_for_a_wrapped_text() -> None:
    paragraph = "Unions 26 {0} threatened strike over wages in port; govt 28 {0} opened talks with five leaders."
    lines = [paragraph.format(month) for month in ("Aug", "July", "June", "May", "April", "March", "Feb", "Jan")]
    assert not any(len(text.split("threatened")) > 2 and "\n" not in text for text in split_lines(lines, situation="Mali").texts)


def test_a_longer_foot_does_not_keep_a_wrapped_text_from_being_joined() -> None:
    paragraph = f"{MALI_DATED} Parliament first week of May debated emergency law for third time. Unions 21 May called strike."
    lines = [
        "May 2021",
        "",
        "Mali",
        "",
        *[line for _ in range(6) for line in (*textwrap.wrap(paragraph, 60), "")],
        "https://example.org/" + "x" * 90,
    ]
    assert f"{paragraph}\n{paragraph}" in next(iter(split_lines(lines).texts))


def test_the_trend_of_one_region_is_not_the_next_one_s() -> None:
    lines = ["May 2021", "Africa", "Deteriorated", "Chad", CHAD, CHAD_DATED, "Asia", "Nepal", SUDAN, SUDAN_DATED]
    assert trends(split_lines(lines)) == {"Chad": "deteriorated", "Nepal": None}


def test_a_name_in_a_link_does_not_cut_the_sentence() -> None:
    lines = [
        "May 2021",
        "Mali",
        MALI,
        "Envoys said on same day that leaders of",
        "Burkina Faso",
        "and their guests had left capital.",
        MALI_DATED,
    ]
    assert set(told_whole(lines)) == {"Mali"}
