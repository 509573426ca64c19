"""`datapackage.json`, the tables as a Frictionless Data Package; a test keeps it current.

It is written by `python -m pipeline.datapackage > datapackage.json`. Given a folder of tables, as in `python -m
pipeline.datapackage data/processed`, it describes the files that are there, with size, hash and number of rows, so that the
folder can be published as it is.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from pipeline import __version__, codebook, dataset, durable, store
from pipeline.foreign_keys import foreign_keys

# Types of Table Schema (specs.frictionlessdata.io/table-schema).
TYPES = {str: "string", int: "integer", float: "number", bool: "boolean", dt.date: "date"}


def data_package(out: Path | None = None) -> dict[str, Any]:
    """Return the descriptor: of the tables as such, or of the files there are below `out`."""
    resources = [_resource(row_class, out) for row_class in codebook.all_tables().values()]
    return {
        "name": dataset.NAME,
        "title": dataset.TITLE,
        "description": f"{dataset.DESCRIPTION} {dataset.TERMS}",
        "version": __version__,
        "created": f"{dataset.RELEASED}T00:00:00Z",
        "keywords": list(dataset.KEYWORDS),
        "licenses": [{"name": "MIT", "path": dataset.LICENSE_URL, "title": dataset.TERMS}],
        "sources": [{"title": title, "path": path} for title, path in dataset.SOURCES],
        "contributors": [{"title": dataset.MAKERS, "role": "author"}],
        "resources": [resource for resource in resources if resource["path"]],
    }


def _resource(row_class: type[store.Row], out: Path | None) -> dict[str, Any]:
    said: dict[str, Any] = {
        "name": row_class.TABLE,
        "description": dataset.first_line(row_class),
        "path": dataset.files(row_class),
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "schema": _schema(row_class),
    }
    if out is not None:
        paths = [store.part(out, row_class, label) for label in store.labels(out, row_class)]
        said["path"] = [path.relative_to(out).as_posix() for path in paths]
        said["bytes"] = sum(path.stat().st_size for path in paths)
        said["rows"] = sum(store.count(path) for path in paths)
        said["hashes"] = [f"sha256:{durable.sha256(path)}" for path in paths]
    return said


def _schema(row_class: type[store.Row]) -> dict[str, Any]:
    fields = []
    for name, (kind, nullable, values, _) in store.columns(row_class).items():
        plain, several = dataset.element(kind)
        field: dict[str, Any] = {
            "name": name,
            "type": "array" if several else TYPES[plain],
            "description": dataset.described(row_class, name),
        }
        constraints = ({} if nullable else {"required": True}) | ({"enum": list(values)} if values else {})
        fields.append(field | ({"constraints": constraints} if constraints else {}))
    points = foreign_keys(row_class)
    keys = [
        {"fields": [name], "reference": {"resource": "" if table == row_class.TABLE else table, "fields": [column]}}
        for name, (table, column) in points.items()
        if not dataset.element(store.columns(row_class)[name][0])[1]
    ]
    return {"fields": fields, "primaryKey": list(row_class.KEY)} | ({"foreignKeys": keys} if keys else {})


if __name__ == "__main__":
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    sys.stdout.write(json.dumps(data_package(folder), ensure_ascii=False, indent=1) + "\n")
