"""The explorer's folder: what its data files say, checked against the tables they were made from."""

from __future__ import annotations

import base64
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.engine import Report
from pipeline.explorer import CannotBuild, build
from pipeline.explorer.pack import ALPHABET, pack, vlq
from pipeline.explorer.words import WordIndex, fold
from pipeline.store import TableError, all_rows
from pipeline.tables import Actor, Casualty, Date, Entry, Event, Place
from tests.explorer_tables import small

FACTS: dict[str, Any] = {"dates": Date, "places": Place, "actors": Actor, "casualties": Casualty, "events": Event}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explorer")
    build(small(folder / "tables"), folder / "site")
    return folder / "site"


def load(site: Path, name: str) -> Any:
    """Return what a data file puts; what is not plain JSON would not parse."""
    text = (site / "data" / f"{name}.js").read_text(encoding="utf-8")
    head, tail = f'CW.put("{name}",', ");\n"
    assert (text[: len(head)], text[-len(tail) :]) == (head, tail)
    return json.loads(text[len(head) : -len(tail)])


def unpack(text: str) -> list[int]:
    kind, _, data = text.partition(":")
    numbers: list[int] = np.frombuffer(base64.b64decode(data), dtype=f"<u{int(kind[1:]) // 8}").tolist()
    return numbers


def unvlq(text: str) -> list[int]:
    out, value, shift = [], 0, 0
    for digit in map(ALPHABET.index, text.encode()):
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            out.append(value)
            value = shift = 0
    return out


@given(st.lists(st.integers(0, 2**32 - 1)))
def test_packed_numbers_come_back(numbers: list[int]) -> None:
    assert unpack(pack(numbers)) == numbers


def test_a_number_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="between 0 and 4294967295"):
        pack([-1])


@given(st.lists(st.integers(0, 2**30)))
def test_digits_of_base_32_come_back_and_the_offsets_cut_them(numbers: list[int]) -> None:
    data, offsets = vlq(np.array(numbers, dtype=np.int64))
    assert [unvlq(data[a:b].decode()) for a, b in pairwise(offsets)] == [[number] for number in numbers]


def postings(texts: list[str]) -> dict[str, dict[int, list[int]]]:
    """Return word, entry, positions as the blocks of an index of these texts say."""
    index, out = WordIndex(), dict[str, dict[int, list[int]]]()
    index.add(texts)
    for first, (words, docs, spots) in index.blocks():
        assert words.split("\n")[0] == first
        for word, pairs, steps in zip(words.split("\n"), map(unvlq, docs.split(" ")), map(unvlq, spots.split(" ")), strict=True):
            entry = at = 0
            out[word] = {}
            for k in range(0, len(pairs), 2):
                entry += pairs[k]
                out[word][entry] = np.cumsum(steps[at : at + pairs[k + 1]]).tolist()
                at += pairs[k + 1]
    return out


def test_the_index_tells_where_each_word_stands_whatever_its_case_and_accents() -> None:
    texts = ["Rebels hit Ségou; rebels fled.", "", "SEGOU calm, U.S. said"]
    assert postings(texts) == {
        "rebels": {0: [0, 3]}, "hit": {0: [1]}, "segou": {0: [2], 2: [0]}, "fled": {0: [4]},
        "calm": {2: [1]}, "u": {2: [2]}, "s": {2: [3]}, "said": {2: [4]},
    }  # fmt: skip


@given(st.lists(st.text("ab éÉ,", max_size=30), max_size=6))
def test_the_index_holds_every_word_of_every_text(texts: list[str]) -> None:
    found = {(entry, spot, word) for word, entries in postings(texts).items() for entry, spots in entries.items() for spot in spots}
    told = {(k, spot, fold(word)) for k, text in enumerate(texts) for spot, word in enumerate(text.replace(",", " ").split())}
    assert found == told


def test_no_texts_make_no_blocks() -> None:
    assert postings([]) == {}


def test_superseded_entries_and_their_facts_are_left_out(made: Path) -> None:
    assert load(made, "core")["entries"]["id"].split("\n") == ["a" * 16, "c" * 16]
    assert "Older wording" not in "".join(path.read_text(encoding="utf-8") for path in (made / "data").glob("*.js"))


def test_every_row_of_the_sample_is_in_the_facts_with_its_text(sample: tuple[Path, Report], tmp_path: Path) -> None:
    tables, _ = sample
    build(tables, tmp_path / "site")
    core = load(tmp_path / "site", "core")
    ids, current = core["entries"]["id"].split("\n"), {entry.entry_id for entry in all_rows(tables, Entry) if not entry.superseded_by}
    assert set(ids) == current
    shown: dict[str, set[tuple[str, int, int, str]]] = {name: set() for name in FACTS}
    for name, first, _ in core["shards"]:
        texts, facts = load(tmp_path / "site", f"texts-{name}")[0], load(tmp_path / "site", f"facts-{name}")
        for table in FACTS:
            owner = np.repeat(np.arange(len(texts)), facts[table]["n"]).tolist()
            spans = zip(owner, facts[table]["start"], facts[table]["end"], strict=True)
            shown[table] |= {(ids[first + k], start, end, texts[k][start:end]) for k, start, end in spans}
    for table, row_class in FACTS.items():
        assert shown[table] == {
            (row.entry_id, row.start, row.end, row.text) for row in all_rows(tables, row_class) if row.entry_id in current
        }


def test_facets_count_what_the_tables_hold(made: Path) -> None:
    core, facets = load(made, "core"), load(made, "facets-2024")
    types, realis = core["types"]["label"], core["realis"]
    assert [types[k] for k in unpack(facets["events"]["type"])] == ["armed_clash", "meeting_visit_call"]
    assert [realis[k] for k in unpack(facets["events"]["realis"])] == ["actual", "reported"]
    actors = load(made, "actors")["actor_id"]
    assert [(actors[who >> 1], who & 1) for who in unpack(facets["parts"]["who"])] == [("mali-army", 0), ("mali-rebels", 1)]
    figures = facets["figures"]
    assert sorted(zip(*(unpack(figures[column]) for column in ("number", "scope", "event")), strict=True)) == [(4, 0, 1), (4, 3, 0)]
    assert [core["situations"]["name"][k - 1] for k in unpack(facets["pointers"]["to"])] == ["Niger"]
    assert load(made, "places")["place"] == ["Gao"]


def test_sentences_are_cut_at_full_stops_where_there_are_no_tokens(made: Path) -> None:
    texts, facts = load(made, "texts-2024-001")[0], load(made, "facts-2024-001")
    cut = [texts[0][start:end].strip() for start, end in zip(facts["sentences"]["start"], facts["sentences"]["end"], strict=True)]
    assert cut == ["Raid left three dead.", "𝒜rmy 🕊️ 3 May clashed with rebels in Gao, killing three (see Niger).", "Envoy met rebels."]


def test_the_same_tables_give_the_same_bytes(made: Path, tmp_path: Path) -> None:
    build(small(tmp_path / "tables"), tmp_path / "site")
    first, second = ({p.relative_to(s): p.read_bytes() for p in s.rglob("*") if p.is_file()} for s in (made, tmp_path / "site"))
    assert first == second


def test_an_explorer_is_replaced_and_leaves_nothing_behind(tmp_path: Path) -> None:
    tables = small(tmp_path / "tables")
    build(tables, tmp_path / "site")
    (tmp_path / "site" / "data" / "texts-1999-001.js").write_text("old", encoding="utf-8")
    build(tables, tmp_path / "site")
    assert not (tmp_path / "site" / "data" / "texts-1999-001.js").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "tables"]


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    tables = small(tmp_path / "tables")
    with pytest.raises(CannotBuild, match="holds something else than an explorer"):
        build(tables, tables)
    assert (tables / "entries").is_dir()


def test_tables_without_a_column_that_may_be_null_are_read_all_the_same(tmp_path: Path) -> None:
    tables = small(tmp_path / "tables")
    path = next((tables / "casualties").rglob("*.parquet"))
    pq.write_table(pq.read_table(path, partitioning=None).drop_columns(["rival_of"]), path)
    build(tables, tmp_path / "site")
    assert load(tmp_path / "site", "facts-2024-001")["casualties"]["rival_of"] == [None, None]


def test_tables_of_different_runs_are_told_apart(tmp_path: Path) -> None:
    tables = small(tmp_path / "tables")
    next((tables / "actor_registry").rglob("*.parquet")).unlink()
    with pytest.raises(TableError, match="'mali-army' stands in one table and is missing in another"):
        build(tables, tmp_path / "site")


def test_the_command_says_where_the_page_is(tmp_path: Path) -> None:
    small(tmp_path / "tables")
    result = CliRunner().invoke(app, ["explore", "--tables", str(tmp_path / "tables"), "--out", str(tmp_path / "site")])
    assert result.exit_code == 0
    assert result.stdout.startswith(f"{tmp_path / 'site' / 'index.html'}: 2 entries, 3 situations; ")


def test_no_tables_is_wrong_usage(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["explore", "--tables", str(tmp_path), "--out", str(tmp_path / "site")])
    assert result.exit_code == 2
    assert "holds no table entries" in result.stderr


def test_a_damaged_table_is_named_and_the_old_explorer_stays(tmp_path: Path) -> None:
    tables = small(tmp_path / "tables")
    build(tables, tmp_path / "site")
    before = (tmp_path / "site" / "data" / "core.js").read_bytes()
    next((tables / "events").rglob("*.parquet")).write_bytes(b"PAR1 no")
    with pytest.raises(TableError, match=r"events/year=2024/2024-05\.parquet cannot be read"):
        build(tables, tmp_path / "site")
    assert (tmp_path / "site" / "data" / "core.js").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "tables"]


def test_no_script_of_the_page_makes_markup_or_asks_the_net(made: Path) -> None:
    scripts = "".join(path.read_text(encoding="utf-8") for path in sorted((made / "js").glob("*.js")))
    scripts = scripts.replace('"http://www.w3.org/2000/svg"', "")
    told = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "fetch(", "XMLHttpRequest", "://")
    assert [word for word in told if word in scripts] == []


def test_the_outlines_cover_the_countries_of_the_tables() -> None:
    outlines = json.loads((Path(__file__).parents[1] / "pipeline" / "explorer" / "outlines.json").read_text(encoding="utf-8"))
    assert {"MLI", "XKX", "PSE", "TWN", "ESH", "SSD"} <= set(outlines["countries"])
    assert all(len(arc) >= 4 and len(arc) % 2 == 0 for arc in outlines["arcs"])
    rings = [ring for rings in outlines["countries"].values() for ring in rings]
    assert all(0 <= (arc if arc >= 0 else ~arc) < len(outlines["arcs"]) for ring in rings for arc in ring)
