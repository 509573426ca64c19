"""datapackage.json: current, valid, and true of the files of a run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pipeline import __version__, codebook, dataset, store
from pipeline.datapackage import data_package
from pipeline.engine import Report
from pipeline.tables import Event
from tests.conftest import ROOT

frictionless = pytest.importorskip("frictionless")


def test_the_file_is_what_the_row_classes_say() -> None:
    said = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert said == data_package(), "python -m pipeline.datapackage > datapackage.json"


def test_it_is_a_valid_data_package_of_all_tables() -> None:
    assert frictionless.Package.validate_descriptor(str(ROOT / "datapackage.json")).flatten(["note"]) == []
    package = frictionless.Package(str(ROOT / "datapackage.json"))
    assert package.resource_names == list(codebook.all_tables())


def test_a_field_says_its_type_its_list_and_where_it_points() -> None:
    (casualties,) = [resource for resource in data_package()["resources"] if resource["name"] == "casualties"]
    fields = {field["name"]: field for field in casualties["schema"]["fields"]}
    assert fields["best"]["type"] == "integer"
    assert fields["scope"]["constraints"] == {"required": True, "enum": ["incident", "part", "cumulative", "repeat", "not_actual"]}
    assert {"fields": ["event_id"], "reference": {"resource": "events", "fields": ["event_id"]}} in casualties["schema"]["foreignKeys"]


def test_of_a_folder_it_lists_the_files_there_with_rows_and_hashes(sample: tuple[Path, Report], tmp_path: Path) -> None:
    out, report = sample
    package = data_package(out)
    events = next(resource for resource in package["resources"] if resource["name"] == "events")
    assert events["rows"] == report.rows["events"]
    assert events["path"] == [store.part(out, Event, label).relative_to(out).as_posix() for label in store.labels(out, Event)]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    assert frictionless.Package.validate_descriptor(str(tmp_path / "datapackage.json")).flatten(["note"]) == []


def test_version_and_day_are_those_of_the_citation_file() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in citation
    assert re.findall(r"^date-released: (.*)$", citation, re.MULTILINE) in ([], [str(dataset.RELEASED)])
