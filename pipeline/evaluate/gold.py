"""Annotated entries: read, and put in the shape of the tables' columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any


class GoldError(ValueError):
    """The gold folder is missing, empty, or holds a file that cannot be read; the message names it."""


def read_gold(folder: Path) -> Iterator[dict[str, Any]]:
    paths = sorted(folder.glob("*.json"))
    if not paths:
        raise GoldError(f"{folder} holds no annotated entries (*.json); name the folder with --gold")
    for path in paths:
        try:
            yield json.loads(path.read_text(encoding="utf-8"))
        except (json.JSONDecodeError, UnicodeDecodeError) as error:
            raise GoldError(f"{path}: {error}") from None


def solid(text: str) -> list[int]:
    """Return, for each offset, the number of characters before it that are no white space."""
    counts = [0]
    for char in text:
        counts.append(counts[-1] + (not char.isspace()))
    return counts


def wanted(annotated: Mapping[str, Any], steps: Sequence[int], labels: Mapping[str, tuple[str, str]]) -> dict[str, list[dict[str, Any]]]:
    """Return the gold facts with the names and values of the tables' columns."""
    text = annotated["text"]

    def span(item: Mapping[str, Any]) -> tuple[int, int]:
        at = -1
        for _ in range(item.get("n", 1)):
            at = text.find(item["text"], at + 1)
        if at < 0:
            raise GoldError(f"{annotated['country']} {annotated['month']}: {item['text']!r} ({item.get('n', 1)}) is not in the text")
        return steps[at], steps[at + len(item["text"])]

    mentions = {actor["id"]: [span(mention) for mention in actor["mentions"]] for actor in annotated["actors"]}
    return {
        "dates": [{"span": span(d), "text": d["text"], "date_from": d["from"], "date_to": d["to"]} for d in annotated["dates"]],
        "figures": [f | {"span": span(f), "implicit": bool(f.get("implicit"))} for f in annotated["figures"]],
        "places": [p | {"span": span(p)} for p in annotated["places"]],
        "actors": [
            {"span": at, "text": mention["text"], "type": actor["type"], "iso3": actor.get("iso3")}
            for actor in annotated["actors"]
            for mention, at in zip(actor["mentions"], mentions[actor["id"]], strict=True)
        ],
        "events": [
            {
                "span": span(e["trigger"]), "text": e["trigger"]["text"], "type": labels[e["type"]][0], "family": labels[e["type"]][1],
                "date_from": e["from"], "date_to": e["to"], "realis": e["realis"],
                "sources": [mentions[a] for a in e["source"]], "targets": [mentions[a] for a in e["target"]],
            }
            for e in annotated["events"]
        ],
    }  # fmt: skip
