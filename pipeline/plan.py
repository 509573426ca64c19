"""What is stale, and why: what each table would be made from now, held against what it was made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import corrections, files, ledger, own_code, stages, store
from pipeline.settings import check_settings, set_apart
from pipeline.stages import Settings, Stage
from pipeline.tables import Correction, Entry, Source

Parts = Mapping[str, Mapping[str, str]]
Key = dict[str, Any]


def corpus_key(stage: Stage, sidecar: Sequence[Source], corrected: Sequence[Correction], out: Path, manifest: Mapping[str, Any]) -> Key:
    """Return what a corpus stage's tables depend on: who makes them, the files or tables they are made from, their corrections."""
    reads: dict[str, str] = {}
    for row_class in stages.signature(stage).reads.values():
        maker = stages.producer(row_class)
        if maker is None:
            reads[row_class.TABLE] = stages.key([repr(source) for source in sidecar])
        elif maker.scope == "file":
            reads[row_class.TABLE] = stages.key(sorted((name, f["sha256"], f["code"]) for name, f in manifest.get("files", {}).items()))
        elif maker.scope == "month":
            reads[row_class.TABLE] = stages.key(
                [(label, ledger.record(out, label)["keys"].get(maker.name)) for label in ledger.labels(out)]
            )
        else:
            reads[row_class.TABLE] = stages.key(manifest.get("parts", {}).get(row_class.TABLE, {}))
    return {"by": stages.made_by(stage), "from": reads, "corrections": _identities(corrected)}


def _identities(corrected: Sequence[Correction]) -> list[str]:
    return [corrections.identity(correction) for correction in corrected]


def corrections_by_month(corrected: Sequence[Correction], out: Path) -> dict[str, list[Correction]]:
    """Return the corrections by the month of the entry they speak of; those of entries that are not there are left out."""
    if not corrected:
        return {}
    label_of = {
        entry_id: label for label in store.labels(out, Entry) for entry_id in store.column(store.part(out, Entry, label), "entry_id")
    }
    by_label: dict[str, list[Correction]] = {}
    for correction in corrected:
        if label := label_of.get(correction.entry_id):
            by_label.setdefault(label, []).append(correction)
    return by_label


def parts_there(stage: Stage, out: Path, parts: Parts) -> bool:
    """Tell whether every file a corpus stage wrote is still there."""
    return all(store.part(out, c, label).is_file() for c in stages.signature(stage).writes for label in parts.get(c.TABLE, {c.TABLE: ""}))


def month_labels(parts: Parts) -> list[str]:
    """Return the months there is anything of, in order of time, "unknown" last."""
    return sorted({label for table in parts.values() for label in table if label[:4].isdigit() or label == store.UNKNOWN})


def month_keys(
    todo: Sequence[Stage], parts: Parts, settings: Settings, corrected: Mapping[str, Sequence[Correction]]
) -> Iterator[tuple[str, dict[str, Key]]]:
    """Yield every month and, by stage, what its rows of it depend on; what it reads of other month stages is told by their keys."""
    makers = {stage: stages.made_by(stage) for stage in todo}
    for label in month_labels(parts):
        out: dict[str, Key] = {}
        said: dict[str, str] = {}
        for stage in todo:
            reads: dict[str, str] = {}
            for row_class in stages.signature(stage).reads.values():
                maker = stages.producer(row_class)
                from_month = maker is not None and maker.scope == "month"
                own = label if row_class.BY == "month" else row_class.TABLE
                reads[row_class.TABLE] = said[maker.name] if maker and from_month else parts.get(row_class.TABLE, {}).get(own, "")
            mine = _identities(corrections.of_tables(corrected.get(label, ()), stages.signature(stage).writes))
            out[stage.name] = {"by": makers[stage], "settings": set_apart(stage, settings), "from": reads, "corrections": mine}
            said[stage.name] = stages.key(out[stage.name])
        yield label, out


def stale_stages(todo: Sequence[Stage], label: str, keys: Mapping[str, Key], out: Path) -> dict[str, str]:
    """Return the stages that have to be run for a month, each with the reason in words."""
    past = ledger.record(out, label)["keys"]
    reasons = {stage.name: _why(stage, label, keys[stage.name], past.get(stage.name), out) for stage in todo}
    return {name: why for name, why in reasons.items() if why}


def _why(stage: Stage, label: str, now: Key, past: Key | None, out: Path) -> str:
    if past is None:
        return "never made, or not to the end"
    if not all(store.part(out, row_class, label).is_file() for row_class in stages.signature(stage).writes):
        return "its file is gone"
    return changed(now, past)


def changed(now: Mapping[str, Any], past: Mapping[str, Any]) -> str:
    """Return in words what differs between two keys; the empty string where nothing does."""
    said = []
    by, was = now["by"], past["by"]
    said += ["its code changed"] if by["code"] != was["code"] else []
    said += [f"{name} changed" for name in sorted(set(by) | set(was)) if name != "code" and by.get(name) != was.get(name)]
    said += ["its settings changed"] if now.get("settings") != past.get("settings") else []
    said += ["its corrections changed"] if now["corrections"] != past.get("corrections") else []
    reads = sorted(set(now["from"]) | set(past["from"]))
    said += [f"{table} changed" for table in reads if now["from"].get(table) != past["from"].get(table)]
    return ", ".join(said)


def explain(
    raw: Path, out: Path, names: Sequence[str], settings: Settings, *, month: str | None = None, force: bool = False
) -> Iterator[tuple[str, str, str]]:
    """Yield what a run with these arguments would do, a row each: stage, file or month, and why; nothing where all is up to date.

    Which months a changed file touches is known only once it is read and split: they then have no rows here. Raises, as the run
    does, files.FoldersError where the tables lie among the raw files, files.NoFiles where all of these are gone, and SettingsError.
    """
    files.check_apart(raw, out)
    check_settings(settings)
    own_code.recall(out / ledger.FOLDER / ledger.CODE)
    todo, manifest = stages.closure(names), {} if force else ledger.manifest(out)
    now = files.states(raw, manifest)
    stale = files.stale(now, out, manifest)
    yield from (("documents", name, "new or changed") for name in stale)
    yield from (("documents", name, "withdrawn") for name in sorted(set(manifest.get("files", {})) - set(now)))
    if stale or set(manifest.get("files", {})) != set(now):
        yield from ((stage.name, "whole corpus", "documents change") for stage in todo if stage.scope == "corpus")
        return
    corrected, sidecar = files.corrections(raw), files.sources(raw)
    if month:
        sidecar = files.with_month(sidecar, sorted(path for file in manifest.get("files", {}).values() for path in file["paths"]), month)
    before = [stage for stage in todo if stage.scope == "corpus" and not stages.is_last_pass(stage)]
    yield from _stale_corpus(before, sidecar, corrected, out, manifest)
    months = [stage for stage in todo if stage.scope == "month"]
    by_month = corrections_by_month(corrected, out)
    for label, keys in month_keys(months, manifest.get("parts", {}), settings, by_month):
        yield from ((name, label, why) for name, why in stale_stages(months, label, keys, out).items())
    yield from _stale_corpus([stage for stage in todo if stages.is_last_pass(stage)], sidecar, corrected, out, manifest)


def _stale_corpus(
    todo: Sequence[Stage], sidecar: Sequence[Source], corrected: Sequence[Correction], out: Path, manifest: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    for stage in todo:
        past = manifest.get("corpus", {}).get(stage.name)
        mine = corrections.of_tables(corrected, stages.signature(stage).writes)
        why = changed(corpus_key(stage, sidecar, mine, out, manifest), past) if past else "never made, or not to the end"
        if why or not parts_there(stage, out, manifest.get("parts", {})):
            yield stage.name, "whole corpus", why or "its file is gone"
