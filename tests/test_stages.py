"""Stages: what is derived from the signatures hangs together, and the keys tell what matters from what does not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pipeline import stages, store
from pipeline.stages import STAGES, StageError
from pipeline.tables import Actor


def test_every_table_a_stage_reads_is_written_by_an_earlier_one_or_is_the_sidecar() -> None:
    made = {"sources"}
    for stage in STAGES:
        assert {row_class.TABLE for row_class in stages.signature(stage).reads.values()} <= made, stage.name
        made |= {row_class.TABLE for row_class in stages.signature(stage).writes}


def test_every_table_has_one_writer() -> None:
    written = [row_class.TABLE for stage in STAGES for row_class in stages.signature(stage).writes]
    assert len(written) == len(set(written))


def test_a_stage_s_first_table_and_module_bear_its_name() -> None:
    for stage in STAGES:
        assert stage.name == stages.signature(stage).writes[0].TABLE
        assert stage.function.startswith(f"pipeline.{stage.name}:")


def test_naming_a_stage_runs_what_it_needs_and_nothing_after_it() -> None:
    assert [stage.name for stage in stages.closure(["tokens"])] == ["documents", "entries", "dates", "tokens"]


def test_an_unknown_stage_is_answered_with_those_there_are() -> None:
    with pytest.raises(StageError, match="there is no stage 'dats'; the stages are documents, entries, "):
        stages.closure(["dats"])


def test_a_stage_s_code_reaches_into_what_it_imports_but_not_into_the_store() -> None:
    reached = stages.sources("pipeline.tokens")
    assert {"pipeline.tokens", "pipeline.tokens.lifting", "pipeline.model", "pipeline.lexicon"} <= set(reached)
    assert "pipeline.store" not in reached
    assert "pipeline.figures" not in reached


def test_a_table_s_module_enters_a_stage_s_key_by_the_schemas_it_reads_and_writes_alone() -> None:
    for stage in STAGES:
        assert not [name for name in stages.sources(f"pipeline.{stage.name}") if name.startswith("pipeline.tables")], stage.name
    assert stages.sources("pipeline.tables.dates") == ()


def test_columns_a_stage_asks_for_are_those_of_its_tables() -> None:
    asked = {(row_class, names) for stage in STAGES for row_class, names in asked_columns(stage)}
    assert (Actor, ("entry_id", "text", "actor_id", "name", "type", "iso3", "match")) in asked
    for row_class, names in asked:
        assert set(names) <= set(store.columns(row_class)), row_class.TABLE


def asked_columns(stage: stages.Stage) -> Iterator[tuple[type[store.Row], tuple[str, ...]]]:
    said = stages.signature(stage)
    yield from ((said.reads[name], names) for name, names in said.columns.items() if names)


def test_every_resource_can_say_who_it_is_without_being_loaded() -> None:
    for stage in STAGES:
        for name, resource in stages.signature(stage).resources.items():
            assert len(resource.identity()) >= 8, (stage.name, name)


def test_a_changed_schema_changes_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = stages.named("dates")
    before = stages.code_key(stage)
    assert before == stages.code_key.__wrapped__(stage)
    original = store.schema
    monkeypatch.setattr(store, "schema", lambda row_class: f"{original(row_class)}, more")
    assert stages.code_key.__wrapped__(stage) != before


def test_another_value_in_a_closed_list_changes_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = stages.named("figures")
    before = stages.code_key.__wrapped__(stage)
    kept = store.columns

    def with_one_more(row_class: type[store.Row]) -> dict[str, tuple[Any, bool, tuple[str, ...], str]]:
        return {name: (hint, null, (*values, "more") if values else (), doc) for name, (hint, null, values, doc) in kept(row_class).items()}

    monkeypatch.setattr(store, "columns", with_one_more)
    assert stages.code_key.__wrapped__(stage) != before
