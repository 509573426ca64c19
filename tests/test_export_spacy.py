"""spaCy's DocBin and Prodigy's JSON lines: every span of every table, at its own characters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from pipeline.export.prodigy import write_prodigy
from pipeline.export.selection import Selection, months
from pipeline.export.spacy import write_spacy
from pipeline.export.tokenised import LABELS, SPANS, entities, tokenised
from pipeline.store import all_rows
from pipeline.tables import Entry
from tests.conftest import make_entry
from tests.export_rows import RAID, actor, place, raid, write_tables

CURRENT = Selection(current=True)


def docs(path: Path) -> list[Doc]:
    return list(DocBin().from_disk(path).get_docs(spacy.blank("en").vocab))


@pytest.fixture(scope="module")
def corpus(sample: tuple[Path, object], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Doc]]:
    """The sample's tables and the docs made of them."""
    path = tmp_path_factory.mktemp("spacy") / "corpus.spacy"
    write_spacy(sample[0], Selection(), path)
    return sample[0], docs(path)


def test_spacy_reads_back_every_entry_and_every_row(corpus: tuple[Path, list[Doc]]) -> None:
    tables, read = corpus
    texts = {entry.entry_id: entry.text for entry in all_rows(tables, Entry)}
    assert {doc.user_data["entry_id"]: doc.text for doc in read} == texts
    for row_class in SPANS:
        assert sum(len(doc.spans[row_class.TABLE]) for doc in read) == len(all_rows(tables, row_class))


def test_a_span_s_text_and_key_are_its_row_s(corpus: tuple[Path, list[Doc]]) -> None:
    for doc in corpus[1]:
        for table in LABELS:
            for span in doc.spans[table]:
                start, end = span.id_.split(":")[1:3]
                assert (span.start_char, span.end_char) == (int(start), int(end))


def test_a_clash_as_a_doc(tmp_path: Path) -> None:
    write_spacy(write_tables(tmp_path / "tables", *raid(trend="deteriorated")[1]), CURRENT, tmp_path / "c.spacy")
    (doc,) = docs(tmp_path / "c.spacy")
    assert [(span.text, span.label_, span.kb_id_) for span in doc.spans["actors"]] == [
        ("traders", "civilian", "traders-mli"), ("Sand Front fighters", "rebel", "sand-front"), ("army", "military", "army"),
    ]  # fmt: skip
    assert [(span.text, span.label_) for span in doc.spans["casualties"]] == [
        ("four", "killed"),
        ("at least two", "killed"),
        ("dozens", "killed"),
    ]
    assert [(ent.text, ent.label_) for ent in doc.ents][-1] == ("Gao", "PLACE")
    assert doc.cats == {"deteriorated": 1.0, "improved": 0.0, "unchanged": 0.0}
    assert "by machine" in doc.user_data["notice"]


def test_a_span_inside_a_token_cuts_it(tmp_path: Path) -> None:
    entry = make_entry("Gao-based army left.")
    tables = write_tables(tmp_path, entry, place(entry, "Gao"), actor(entry, "Gao-based army", "military"))
    (told,) = (told for month in months(tables, CURRENT) for told in tokenised(month))
    assert [entry.text[start:end] for start, end in told.tokens] == ["Gao", "-", "based", "army", "left", "."]
    assert [(span.label, span.first, span.last) for span in told.spans] == [("PLACE", 0, 1), ("ACTOR", 0, 4)]
    assert [span.label for span in entities(told.spans)] == ["ACTOR"]


def test_a_folder_has_one_file_a_month_and_none_of_an_earlier_export(tmp_path: Path) -> None:
    tables, folder = write_tables(tmp_path / "tables", *raid()[1]), tmp_path / "corpus"
    folder.mkdir()
    (folder / "1999-01.spacy").write_bytes(b"old")
    (folder / "mine.spacy").write_bytes(b"mine")
    write_spacy(tables, CURRENT, folder)
    assert sorted(path.name for path in folder.iterdir()) == ["2024-05.spacy", "mine.spacy"]
    once = (folder / "2024-05.spacy").read_bytes()
    write_spacy(tables, CURRENT, folder)
    assert (folder / "2024-05.spacy").read_bytes() == once


def test_prodigy_s_spans_begin_and_end_with_tokens(sample: tuple[Path, object], tmp_path: Path) -> None:
    counts = write_prodigy(sample[0], CURRENT, tmp_path / "p.jsonl")
    tasks = [json.loads(line) for line in (tmp_path / "p.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(tasks) == counts["tasks"]
    spans = [(task, span) for task in tasks for span in task["spans"]]
    assert len(spans) == counts.total() - counts["tasks"] > 0
    for task, span in spans:
        first, last = task["tokens"][span["token_start"]], task["tokens"][span["token_end"]]
        assert (first["start"], last["end"]) == (span["start"], span["end"])
    for task in tasks:
        assert "".join(token["text"] + " " * token["ws"] for token in task["tokens"]) == task["text"]


def test_without_text_spans_hold_in_masked_text(tmp_path: Path) -> None:
    tables = write_tables(tmp_path / "tables", *raid()[1])
    write_spacy(tables, CURRENT, tmp_path / "c.spacy", no_text=True)
    (doc,) = docs(tmp_path / "c.spacy")
    assert set(doc.text) == {"x", "\n"}
    assert [(span.start_char, span.end_char) for span in doc.spans["places"]] == [(RAID.index("Gao"), RAID.index("Gao") + 3)]
    write_prodigy(tables, CURRENT, tmp_path / "p.jsonl", no_text=True)
    held = (tmp_path / "p.jsonl").read_text(encoding="utf-8")
    assert "traders" not in held
    assert "attacked" not in held
