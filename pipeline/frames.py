"""Tables as DataFrames: those of a run, and those of a single text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline import asked, stages, store
from pipeline import month as months
from pipeline.tables import Coverage, Crossref, Entry

if TYPE_CHECKING:
    import pandas as pd


def load_table(table: str, out: Path) -> pd.DataFrame:
    """Return a table of a run as a DataFrame of nullable types.

    Raises FileNotFoundError where the folder holds no table of that name.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    paths = sorted((out / table).glob("**/[!.]*.parquet"))
    if not paths:
        there = sorted(path.name for path in out.glob("[!.]*") if path.is_dir())
        raise FileNotFoundError(f"no table {table!r} in {out}; it has {', '.join(there) or 'none: run `crisiswatch run` first'}")
    return to_frame(pa.concat_tables([pq.read_table(path, partitioning=None).replace_schema_metadata() for path in paths]))


def to_frame(table: Any) -> pd.DataFrame:
    """Return an Arrow table as a DataFrame whose columns keep their Arrow types, so that nulls turn nothing into floats."""
    import pandas as pd

    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def search_tables(words: str, out: Path, filters: Mapping[str, Any]) -> pd.DataFrame:
    """Return the answer to a search as a DataFrame, a row a hit; a filter may be given as one name or several."""
    import pandas as pd

    from pipeline.fulltext import Hit, Question, search_entries

    known = Question.__dataclass_fields__
    if strange := sorted(set(filters) - set(known)):
        raise ValueError(f"search has no filter {strange[0]!r}; it has {', '.join(name for name in known if name != 'words')}")
    several = {name for name, field in known.items() if field.default == ()}
    given: dict[str, Any] = {name: [value] if name in several and isinstance(value, str) else value for name, value in filters.items()}
    hits = search_entries(Question(words=words, **given), out).hits
    columns = [name for name in Hit.__dataclass_fields__ if name != "events"]
    rows = [{name: getattr(hit, name) for name in columns} | {"event_ids": [event.event_id for event in hit.events]} for hit in hits]
    return pd.DataFrame(rows, columns=[*columns, "event_ids"])


def extract_tables(text: str, situation: str | None, month: str | None) -> dict[str, pd.DataFrame]:
    """Run all stages that go month by month on one text, in memory; return every table they make, entries included."""
    from pipeline.coverage import trace_coverage
    from pipeline.entries import Situations, find_crossrefs

    known = Situations.load()
    entry = _entry(text, situation, month, known)
    tables: dict[str, list[Any]] = {
        Entry.TABLE: [entry],
        Crossref.TABLE: list(find_crossrefs(entry, known)),
        Coverage.TABLE: list(trace_coverage([entry], [], known)),
    }
    classes: dict[str, type[store.Row]] = {Entry.TABLE: Entry, Crossref.TABLE: Crossref, Coverage.TABLE: Coverage}
    for stage in stages.STAGES:
        if stage.scope == "month":
            said = stages.signature(stage)
            for row_class in said.reads.values():
                tables.setdefault(row_class.TABLE, [])
            if failed := months.run_stage(stage, tables, {}, {}):
                raise RuntimeError(f"stage {stage.name} could not process the text: {failed[entry.entry_id]}")
            classes |= {row_class.TABLE: row_class for row_class in said.writes}
    return {name: to_frame(store.to_arrow(tables[name], row_class)) for name, row_class in classes.items()}


def _entry(text: str, situation: str | None, month: str | None, known: Any) -> Entry:
    from pipeline.entries import entry_id_of

    lines = [" ".join(line.split()) for line in text.splitlines()]
    folded = "\n".join(line for line in lines if line)
    first = asked.month(month)
    found = known.named(situation) if situation else None
    return Entry(
        entry_id=entry_id_of(found.name if found else situation, first, folded),
        situation=found.name if found else situation,
        countries=found.countries if found else (),
        region=found.region if found else None,
        month=first,
        month_source="given" if first else "unknown",
        month_confidence=1.0 if first else None,
        month_evidence=None,
        trend=None,
        risk_alert=None,
        resolution_opportunity=None,
        headline=_headline(lines),
        text=folded,
        situation_as_written=situation,
        situation_source="given" if situation else "unknown",
        document_ids=(),
        superseded_by=None,
    )


def _headline(lines: Sequence[str]) -> str | None:
    filled = [line for line in lines if line]
    return filled[0] if len(filled) > 1 else None
