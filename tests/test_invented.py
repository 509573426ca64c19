"""The invented entries that the models learn from: every span is in its text, and no trigger is a date."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from actor_gold import locate

INVENTED = Path(__file__).resolve().parents[1] / "models" / "invented"
ENTRIES: list[dict[str, Any]] = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(INVENTED.glob("*.json"))]


def test_every_span_is_in_the_text() -> None:
    missing = [
        (entry["entry_id"], span["text"])
        for entry in ENTRIES
        for spans in (
            entry["dates"],
            entry["figures"],
            entry["places"],
            [mention for actor in entry["actors"] for mention in actor["mentions"]],
            [event["trigger"] for event in entry["events"]],
        )
        for span in spans
        if locate(entry["text"], span)[0] < 0
    ]
    assert missing == []


def test_no_trigger_lies_in_a_date() -> None:
    wrong = []
    for entry in ENTRIES:
        dates = [locate(entry["text"], date) for date in entry["dates"]]
        for event in entry["events"]:
            start, end = locate(entry["text"], event["trigger"])
            if any(start < last and first < end for first, last in dates):
                wrong.append((entry["entry_id"], event["trigger"]["text"]))
    assert wrong == []


def test_events_name_figures_and_actors_that_there_are() -> None:
    wrong = [
        (entry["entry_id"], event["trigger"]["text"])
        for entry in ENTRIES
        for event in entry["events"]
        if not {*event["source"], *event["target"]} <= {actor["id"] for actor in entry["actors"]}
        or not all(0 <= n < len(entry["figures"]) for n in event["figures"])
    ]
    assert wrong == []
