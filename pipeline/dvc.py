"""`dvc.yaml`, written from the stages: `python -m pipeline.dvc > dvc.yaml`; a test keeps it current.

DVC asks whether anything a stage rests on has changed; what is then done again, month by month, our own keys decide. So
the tables persist between runs and stay out of DVC's cache, which would hold every month twice.
"""

from __future__ import annotations

import sys
from typing import Any

from pipeline import stages
from pipeline.stages import Stage

HEADER = "# Written by `make dvc.yaml` from the stages' signatures; edit those instead.\n"


def dvc_yaml() -> str:
    """Return the text of `dvc.yaml`: a stage each, with the code, words, settings and tables it rests on."""
    import yaml

    made = {stage.name: _entry(stage) for stage in stages.STAGES} | {"metrics": _metrics()}
    return HEADER + yaml.safe_dump({"stages": made}, sort_keys=False, width=200)


def _metrics() -> dict[str, Any]:
    """Return the stage that counts what the others made: `dvc metrics diff` then says what a change did."""
    tables = sorted(f"data/processed/{c.TABLE}" for stage in stages.STAGES for c in stages.signature(stage).writes)
    return {"cmd": "crisiswatch metrics --file metrics.json", "deps": tables, "metrics": [{"metrics.json": {"cache": False}}]}


def _entry(stage: Stage) -> dict[str, Any]:
    said = stages.signature(stage)
    code = [stages.path_of(name).relative_to(stages.PACKAGE.parent).as_posix() for name in stages.sources(stage.function.split(":")[0])]
    tables = [f"data/processed/{row_class.TABLE}" for row_class in said.reads.values() if stages.producer(row_class)]
    raw = ["data/raw/corrections.csv"] if stage.scope == "month" else ["data/raw"]
    words = ["pipeline/lexicon", "models"] if said.resources else []
    entry: dict[str, Any] = {"cmd": f"crisiswatch run {stage.name} --params params.yaml", "deps": sorted({*code, *tables, *raw, *words})}
    if said.settings:
        entry["params"] = [f"{stage.name}.{name}" for name in sorted(said.settings)]
    entry["outs"] = [{f"data/processed/{row_class.TABLE}": {"cache": False, "persist": True}} for row_class in said.writes]
    return entry


if __name__ == "__main__":
    sys.stdout.write(dvc_yaml())
