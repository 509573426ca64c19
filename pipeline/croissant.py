"""`croissant.json`, the tables in the Croissant format: `python -m pipeline.croissant > croissant.json`; a test keeps it current.

`mlcroissant.Dataset("croissant.json").records("events")` reads the tables of a run that lie below the file's folder. Which
column points into which table stands in the descriptions, not as `references`: mlcroissant would join the tables on reading
and drop the rows whose reference is null.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Any

from pipeline import __version__, codebook, dataset, store

TYPES = {str: "sc:Text", int: "sc:Integer", float: "sc:Float", bool: "sc:Boolean", dt.date: "sc:Date"}
# The context of Croissant 1.0 (docs.mlcommons.org/croissant/docs/croissant-spec.html, appendix 1).
CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/", "citeAs": "cr:citeAs", "column": "cr:column", "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/", "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"}, "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/", "equivalentProperty": "cr:equivalentProperty", "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract", "field": "cr:field", "fileProperty": "cr:fileProperty", "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet", "format": "cr:format", "includes": "cr:includes", "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath", "key": "cr:key", "md5": "cr:md5", "parentField": "cr:parentField", "path": "cr:path",
    "recordSet": "cr:recordSet", "references": "cr:references", "regex": "cr:regex", "repeated": "cr:repeated", "replace": "cr:replace",
    "samplingRate": "cr:samplingRate", "sc": "https://schema.org/", "separator": "cr:separator", "source": "cr:source",
    "subField": "cr:subField", "transform": "cr:transform",
}  # fmt: skip


def croissant() -> dict[str, Any]:
    """Return the description: a set of files and a set of records a table."""
    tables = codebook.all_tables()
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": dataset.NAME,
        "description": f"{dataset.DESCRIPTION} {dataset.TERMS}",
        "version": __version__,
        "datePublished": dataset.RELEASED.isoformat(),
        "license": dataset.LICENSE_URL,
        "keywords": list(dataset.KEYWORDS),
        "inLanguage": "en",
        "citeAs": f"{dataset.MAKERS}: crisiswatch-pipeline {__version__}, {dataset.RELEASED.year}. {dataset.CREDIT}",
        "url": "https://www.crisisgroup.org/crisiswatch",
        "creator": {"@type": "sc:Organization", "name": dataset.MAKERS},
        "distribution": [_file_set(row_class) for row_class in tables.values()],
        "recordSet": [_record_set(row_class) for row_class in tables.values()],
    }


def _file_set(row_class: type[store.Row]) -> dict[str, Any]:
    return {
        "@type": "cr:FileSet",
        "@id": f"{row_class.TABLE}-files",
        "name": f"{row_class.TABLE}-files",
        "description": f"The Parquet files of table {row_class.TABLE}" + (", one a month." if row_class.BY == "month" else "."),
        "encodingFormat": "application/x-parquet",
        "includes": dataset.files(row_class),
    }


def _record_set(row_class: type[store.Row]) -> dict[str, Any]:
    table = row_class.TABLE
    return {
        "@type": "cr:RecordSet",
        "@id": table,
        "name": table,
        "description": dataset.first_line(row_class),
        "key": [{"@id": f"{table}/{name}"} for name in row_class.KEY],
        "field": [_field(row_class, name) for name in store.columns(row_class)],
    }


def _field(row_class: type[store.Row], name: str) -> dict[str, Any]:
    kind, _, values, _ = store.columns(row_class)[name]
    plain, several = dataset.element(kind)
    doc = dataset.described(row_class, name)
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{row_class.TABLE}/{name}",
        "name": name,
        "description": f"{doc} One of: {', '.join(values)}." if values else doc,
        "dataType": TYPES[plain],
        "source": {"fileSet": {"@id": f"{row_class.TABLE}-files"}, "extract": {"column": name}},
    }
    if several:
        field["repeated"] = True
    return field


if __name__ == "__main__":
    sys.stdout.write(json.dumps(croissant(), ensure_ascii=False, indent=1) + "\n")
