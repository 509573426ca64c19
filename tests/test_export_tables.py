"""CSV, JSON lines, SQLite and DuckDB hold what the tables hold: read back with the same counts and the same sums."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

from pipeline import codebook
from pipeline.export import withheld
from pipeline.export.cells import unescape
from pipeline.export.csv import write_csv
from pipeline.export.duckdb import write_duckdb
from pipeline.export.jsonl import NESTED, write_jsonl
from pipeline.export.parts import INNER, NoSuchTable, row_classes
from pipeline.export.selection import Selection
from pipeline.export.sqlite import write_sqlite
from pipeline.tables import Casualty
from tests.export_rows import RAID, raid, write_tables

ALL = Selection()


@pytest.fixture(scope="module")
def tables(sample: tuple[Path, object]) -> Path:
    return sample[0]


@pytest.fixture(scope="module")
def made(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample as CSV, JSON lines, SQLite and DuckDB."""
    out = tmp_path_factory.mktemp("exports")
    write_csv(tables, ALL, out / "csv")
    write_jsonl(tables, ALL, out / "entries.jsonl")
    write_sqlite(tables, ALL, out / "cw.sqlite")
    write_duckdb(tables, ALL, out / "cw.duckdb")
    return out


def parquet(tables: Path, name: str) -> pd.DataFrame:
    """Return a table as it was run, months in order."""
    files = sorted((tables / name).glob("**/[!.]*.parquet"), key=lambda path: path.stem)
    frames: list[pd.DataFrame] = [pq.ParquetFile(path).read().to_pandas() for path in files]
    return pd.concat(frames, ignore_index=True)


def by_csv(made: Path, name: str) -> pd.DataFrame:
    return pd.read_csv(made / "csv" / f"{name}.csv")


def by_duckdb_csv(made: Path, name: str) -> pd.DataFrame:
    with closing(duckdb.connect()) as connection:
        frame: pd.DataFrame = connection.execute(f"SELECT * FROM read_csv('{made / 'csv' / name}.csv', sample_size = -1)").df()
        return frame


def by_sqlite(made: Path, name: str) -> pd.DataFrame:
    with closing(sqlite3.connect(made / "cw.sqlite")) as connection:
        return pd.read_sql(f'SELECT * FROM "{name}"', connection)


def by_duckdb(made: Path, name: str) -> pd.DataFrame:
    with closing(duckdb.connect(str(made / "cw.duckdb"), read_only=True)) as connection:
        frame: pd.DataFrame = connection.execute(f'SELECT * FROM "{name}"').df()
        return frame


READERS = (by_csv, by_duckdb_csv, by_sqlite, by_duckdb)


@pytest.mark.parametrize("read", READERS)
def test_every_table_reads_back_with_its_rows_columns_and_sums(tables: Path, made: Path, read: Callable[[Path, str], pd.DataFrame]) -> None:
    names = list(row_classes(tables))
    assert {"entries", "events", "casualties", "actors", "country_months"} <= set(names)
    for name in names:
        was, found = parquet(tables, name), read(made, name)
        assert (name, len(found), list(found.columns)) == (name, len(was), list(was.columns))
        for column in was.select_dtypes("number").columns:
            assert float(found[column].sum()) == pytest.approx(float(was[column].sum())), f"{name}.{column}"


def test_the_deaths_to_quote_are_the_same_everywhere(tables: Path, made: Path) -> None:
    query = "SELECT sum(best), count(*) FROM casualties WHERE kind = 'killed' AND scope = 'incident'"
    was = parquet(tables, "casualties").query("kind == 'killed' and scope == 'incident'")
    wanted = (was["best"].sum(), len(was))
    assert wanted[1] > 0
    with closing(sqlite3.connect(made / "cw.sqlite")) as lite, closing(duckdb.connect(str(made / "cw.duckdb"), read_only=True)) as duck:
        assert lite.execute(query).fetchone() == wanted
        assert duck.execute(query).fetchone() == wanted
    lines = [json.loads(line) for line in (made / "entries.jsonl").read_text(encoding="utf-8").splitlines()]
    figures = [row for line in lines for row in line["casualties"] if row["kind"] == "killed" and row["scope"] == "incident"]
    assert (sum(row["best"] or 0 for row in figures), len(figures)) == wanted


def test_json_lines_hold_every_entry_with_its_facts(tables: Path, made: Path) -> None:
    lines = [json.loads(line) for line in (made / "entries.jsonl").read_text(encoding="utf-8").splitlines()]
    assert sorted(line["entry_id"] for line in lines) == sorted(parquet(tables, "entries")["entry_id"])
    for row_class in NESTED:
        assert sum(len(line[row_class.TABLE]) for line in lines) == len(parquet(tables, row_class.TABLE))
    for line in lines:
        assert "by machine" in line["notice"]
        for name in ("dates", "places", "actors", "casualties", "events"):
            assert all(line["text"][row["start"] : row["end"]] == row["text"] for row in line[name])


def test_text_in_csv_is_the_text_once_unescaped(tables: Path, made: Path) -> None:
    was = parquet(tables, "entries").set_index("entry_id")["text"]
    found = by_csv(made, "entries").set_index("entry_id")["text"].map(unescape)
    assert found.to_dict() == was.to_dict()


def test_sqlite_keeps_its_keys(made: Path) -> None:
    with closing(sqlite3.connect(made / "cw.sqlite")) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        points = {(row[2], row[3]) for row in connection.execute("PRAGMA foreign_key_list(casualties)")}
    assert points == {("entries", "entry_id"), ("events", "event_id")}


def test_sqlite_searches_and_shows_facts_in_their_sentences(made: Path) -> None:
    with closing(sqlite3.connect(made / "cw.sqlite")) as connection:
        query = "SELECT n.text FROM entries_fts f JOIN entries n ON n.rowid = f.rowid WHERE entries_fts MATCH ?"
        found = [text for (text,) in connection.execute(query, ("killed",))]
        events = connection.execute("SELECT sentence, trigger FROM events_in_text").fetchall()
        figures = connection.execute("SELECT around, figure FROM figures_in_text").fetchall()
    assert found
    assert all("killed" in text.lower() for text in found)
    assert all(trigger in sentence for sentence, trigger in events)
    assert all(figure in around for around, figure in figures)


def test_datasette_opens_it_and_its_search_works(made: Path) -> None:
    datasette = pytest.importorskip("datasette.app", reason="needs datasette")
    import asyncio

    async def rows() -> dict[str, Any]:
        metadata = json.loads((made / "cw.metadata.json").read_text(encoding="utf-8"))
        app = datasette.Datasette([str(made / "cw.sqlite")], metadata=metadata)
        answer = await app.client.get("/cw/entries.json?_search=killed&_shape=objects")
        page = await app.client.get("/cw/entries?_search=killed")
        return {"json": answer.json(), "page": page.text}

    said = asyncio.run(rows())
    assert said["json"]["rows"]
    assert 'name="_search"' in said["page"]
    assert "Derived from CrisisWatch text by machine" in said["page"]


@pytest.mark.parametrize(("write", "name"), [(write_csv, "csv"), (write_jsonl, "e.jsonl"), (write_sqlite, "e.sqlite")])
def test_the_same_tables_give_the_same_bytes(tmp_path: Path, write: Callable[..., object], name: str) -> None:
    tables = write_tables(tmp_path / "tables", *raid()[1])
    for out in ("a", "b"):
        write(tables, ALL, tmp_path / out / name)

    def held(out: str) -> dict[str, bytes]:
        return {path.relative_to(tmp_path / out).as_posix(): path.read_bytes() for path in (tmp_path / out).rglob("*") if path.is_file()}

    assert held("a") == held("b") != {}


@pytest.mark.parametrize(
    ("write", "name"), [(write_csv, "csv"), (write_jsonl, "e.jsonl"), (write_sqlite, "e.sqlite"), (write_duckdb, "e.duckdb")]
)
def test_without_text_no_file_holds_a_word_run_of_it(tmp_path: Path, write: Callable[..., object], name: str) -> None:
    tables = write_tables(tmp_path / "tables", *raid()[1])
    write(tables, ALL, tmp_path / "out" / name, no_text=True)
    held = b"".join(path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file())
    words = RAID.split()
    for first, second, third in zip(words, words[1:], words[2:], strict=False):
        assert f"{first} {second} {third}".encode() not in held
    assert b"at least two" not in held
    assert b"traders" not in held
    assert b"Sand Front" in held


def test_what_is_withheld_table_by_table() -> None:
    told = {name: withheld.columns(row_class) for name, row_class in codebook.all_tables().items()}
    wanted = {
        "entries": ("month_evidence", "headline", "text"), "casualties": ("text", "hedge", "victims", "attribution"),
        "events": ("text", "attribution"), "actors": ("text",), "places": ("text",), "dates": ("text",), "event_roles": ("text",),
        "crossrefs": ("text",), "tokens": ("text", "lemma"), "blocks": ("text",), "skipped": ("text",), "actor_registry": ("aliases",),
        "tolls": ("what", "text", "attribution", "series_texts", "series_attributions"), "country_months": (),
        "coverage": (), "documents": (),
        "trend_signs": ("texts",), "trends": ("evidence",),
    }  # fmt: skip
    assert {name: told[name] for name in wanted if name in told} == {name: wanted[name] for name in wanted if name in told}


def test_every_column_kept_exists() -> None:
    known = codebook.all_tables()
    names = {column for row_class in known.values() for column in row_class.__dataclass_fields__}
    pairs = {f"{name}.{column}" for name, row_class in known.items() for column in row_class.__dataclass_fields__}
    assert withheld.KEPT - names - pairs == set()


def test_a_text_export_leaves_nothing_behind_for_one_without(tmp_path: Path) -> None:
    tables, folder = write_tables(tmp_path / "tables", *raid()[1]), tmp_path / "csv"
    write_csv(tables, ALL, folder)
    assert (folder / "events.csv").is_file()
    write_csv(tables, ALL, folder, no_text=True, names=["entries"])
    assert sorted(path.name for path in folder.iterdir()) == ["README.md", "entries.csv"]


def test_inner_tables_come_only_when_asked_for(tables: Path) -> None:
    assert not INNER & set(row_classes(tables))
    assert list(row_classes(tables, ["tokens"])) == ["tokens"]
    with pytest.raises(NoSuchTable, match="there is no table 'evnts'"):
        row_classes(tables, ["evnts"])


def test_a_selection_is_in_every_format(tmp_path: Path) -> None:
    tables = write_tables(tmp_path / "tables", *raid(entry_id="e1")[1], *raid(entry_id="e2", situation="Niger")[1][:-1])
    niger = Selection(situations=frozenset({"niger"}))
    counts = write_csv(tables, niger, tmp_path / "csv")
    assert counts[Casualty.TABLE] == 3
    assert write_jsonl(tables, niger, tmp_path / "e.jsonl")[Casualty.TABLE] == 3
    assert write_sqlite(tables, niger, tmp_path / "e.sqlite") == counts
    assert write_duckdb(tables, niger, tmp_path / "e.duckdb") == counts
