"""What reads what: each stage is one function, and all that is known of it follows from that function's signature.

Parameters annotated `Sequence[Row]` are the tables it reads (`Annotated[Sequence[Row], "column", ...]`: these columns alone,
where it reads all months), its return annotation the tables it writes, keyword-only parameters with defaults its settings in
`params.yaml`, every other parameter a resource: a class with `load` (the thing) and `identity` (who it is, without loading it).
`Annotated[Sequence[Found], find]`, where `find` is a function, are the rows that function gives of each document or year alone: the
groundwork of a stage that sees the whole corpus, which is done again only where that document or year is another. A number behind
the function says how many years before its own it is shown, whose rows of its own are then left out.
From these come the order of the run, the codebook, the command line's help, `dvc.yaml`, and the key that tells what is stale.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
import json
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from pipeline import own_code, store

# Settings by stage and name, as `params.yaml` gives them.
Settings = Mapping[str, Mapping[str, Any]]

PACKAGE = Path(__file__).resolve().parent
# The contract's classes, all of `tables`, enter a key through the schemas a stage reads and writes; the store and the run shape no row.
OUTSIDE_KEYS = frozenset({"pipeline", "pipeline.tables", "pipeline.schema", "pipeline.store", "pipeline.durable"})


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage: its name, the function that does it, and what it is handed at once: a file, the whole corpus, or a month."""

    name: str
    function: str
    scope: Literal["file", "corpus", "month"]


STAGES = (
    Stage("documents", "pipeline.documents:read_file", "file"),
    Stage("entries", "pipeline.entries:join_documents", "corpus"),
    Stage("coverage", "pipeline.coverage:trace_coverage", "corpus"),
    Stage("acronyms", "pipeline.acronyms:harvest_acronyms", "corpus"),
    Stage("dates", "pipeline.dates:find_dates", "month"),
    Stage("tokens", "pipeline.tokens:parse_tokens", "month"),
    Stage("tags", "pipeline.tags:find_tags", "month"),
    Stage("places", "pipeline.places:find_places", "month"),
    Stage("actors", "pipeline.actors:find_actors", "month"),
    Stage("figures", "pipeline.figures:find_figures", "month"),
    Stage("events", "pipeline.events:find_events", "month"),
    Stage("casualties", "pipeline.casualties:join_events", "month"),
    Stage("situation_months", "pipeline.situation_months:count_situation_months", "month"),
    Stage("country_months", "pipeline.country_months:count_country_months", "month"),
    Stage("trend_signs", "pipeline.trend_signs:read_signs", "month"),
    Stage("actor_registry", "pipeline.actor_registry:register_actors", "corpus"),
    Stage("tolls", "pipeline.tolls:follow_tolls", "corpus"),
    Stage("trends", "pipeline.trends:estimate_trends", "corpus"),
)


class StageError(ValueError):
    """A stage is not declared as it must be, or is asked for under a name that does not exist."""


class Groundwork(NamedTuple):
    """A function on one document or year, and how many years before it sees."""

    find: Callable[..., Iterator[Any]]
    before: int = 0


@dataclass(frozen=True, slots=True)
class Signature:
    """What a stage's function says of itself."""

    reads: dict[str, type[store.Row]]
    columns: dict[str, tuple[str, ...]]
    resources: dict[str, Any]
    settings: dict[str, Any]
    groundwork: dict[str, Groundwork]
    writes: tuple[type[store.Row], ...]


def named(name: str) -> Stage:
    """Return the stage of that name; raises StageError with the names there are."""
    for stage in STAGES:
        if stage.name == name:
            return stage
    raise StageError(f"there is no stage {name!r}; the stages are {', '.join(stage.name for stage in STAGES)}")


def load(stage: Stage) -> Callable[..., Iterator[Any]]:
    """Return the stage's function; its module is imported now, not before."""
    module, function = stage.function.split(":")
    return getattr(importlib.import_module(module), function)  # type: ignore[no-any-return]


@cache
def signature(stage: Stage) -> Signature:
    """Return what the stage reads, needs, is set by and writes; what its groundwork reads and needs is among it."""
    said = declared(load(stage))
    reads, columns, resources = dict(said.reads), dict(said.columns), dict(said.resources)
    for groundwork in said.groundwork.values():
        below = declared(groundwork.find)
        reads, columns, resources = reads | below.reads, columns | below.columns, resources | below.resources
    return Signature(reads, columns, resources, said.settings, said.groundwork, said.writes)


@cache
def declared(function: Callable[..., Iterator[Any]]) -> Signature:
    """Return what a function's own parameters and return annotation say."""
    annotated = get_type_hints(function, include_extras=True)
    hints = get_type_hints(function)
    said = Signature({}, {}, {}, {}, {}, _rows_of(hints["return"]))
    for name, parameter in inspect.signature(function).parameters.items():
        hint, notes = hints[name], getattr(annotated[name], "__metadata__", ())
        if get_origin(hint) is Sequence and notes and callable(notes[0]):
            said.groundwork[name] = Groundwork(*notes)
        elif get_origin(hint) is Sequence:
            said.reads[name], said.columns[name] = get_args(hint)[0], notes
        elif parameter.default is not parameter.empty:
            said.settings[name] = parameter.default
        elif hasattr(hint, "identity"):
            said.resources[name] = hint
    return said


def _rows_of(hint: Any) -> tuple[Any, ...]:
    """Return the row classes of an annotation such as `Iterator[Entry | Skipped]`."""
    row = get_args(hint)[0]
    return tuple(get_args(row)) if get_origin(row) in (Union, types.UnionType) else (row,)


@cache
def producer(row_class: type[store.Row]) -> Stage | None:
    """Return the stage that writes a table; None for what comes from outside (the sidecar)."""
    return next((stage for stage in STAGES if row_class in signature(stage).writes), None)


@cache
def upstream(stage: Stage) -> tuple[Stage, ...]:
    """Return the stages whose tables this one reads, in the order of the run."""
    needed = {producer(row_class) for row_class in signature(stage).reads.values()}
    return tuple(other for other in STAGES if other in needed)


def is_last_pass(stage: Stage) -> bool:
    """Tell whether the stage sees the whole corpus after the months are done, as what runs across months must."""
    return stage.scope == "corpus" and any(other.scope == "month" for other in upstream(stage))


def closure(names: Sequence[str]) -> tuple[Stage, ...]:
    """Return the named stages and all that they need, in the order of the run; all stages where none is named."""
    wanted = {named(name) for name in names} or set(STAGES)
    while more := {other for stage in wanted for other in upstream(stage)} - wanted:
        wanted |= more
    return tuple(stage for stage in STAGES if stage in wanted)


def sources(module: str) -> tuple[str, ...]:
    """Return the modules of this package that a module's code rests on, itself included, in order of name."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name not in seen and name not in OUTSIDE_KEYS and not name.startswith("pipeline.tables."):
            seen.add(name)
            waiting.extend(_imports(name))
    return tuple(sorted(seen))


def path_of(module: str) -> Path:
    """Return the source file of one of this package's modules."""
    base = PACKAGE.joinpath(*module.split(".")[1:])
    return base / "__init__.py" if base.is_dir() else base.with_suffix(".py")


@cache
def _imports(module: str) -> tuple[str, ...]:
    said = own_code.read(path_of(module))
    return (*said.modules, *(name for name in said.names if path_of(name).is_file()))


def key(*parts: object) -> str:
    """Return a short hash of what the parts say."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:20]


@cache
def code_key(stage: Stage) -> str:
    """Return the hash of the stage's own code and of the tables it reads and writes: their schemas and closed lists of values."""
    said = signature(stage)
    tables = [(c.TABLE, c.KEY, str(store.schema(c)), _closed(c)) for c in (*said.reads.values(), *said.writes)]
    return key([(name, own_code.read(path_of(name)).meaning) for name in sources(stage.function.split(":")[0])], tables)


def _closed(row_class: type[store.Row]) -> dict[str, tuple[str, ...]]:
    return {name: values for name, (_, _, values, _) in store.columns(row_class).items() if values}


def made_by(stage: Stage) -> dict[str, str]:
    """Return who makes a table's rows: the stage, its code, and the resources it rests on, the language model among them."""
    named_resources = {name: str(resource.identity()) for name, resource in signature(stage).resources.items()}
    return {"stage": stage.name, "code": code_key(stage), **named_resources}
