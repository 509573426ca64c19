"""Event types on text of other houses, untuned: CASE 2021 sub-event snippets and PLOVER dyads, through the typology's crosswalk.

    python benchmarks/events_thirdparty.py [--shared ../shared]

Neither file was read while the stage was built. A text with no event found counts as wrong. CASE: the most confident event's
type, mapped by CASE below; `compatible` counts a type that stands for several CASE labels as right when any of them is gold.
PLOVER: the root of the event that ties the marked source and target, else of the most confident one.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline import stages
from pipeline.tables import Entry, Event, EventRole
from pipeline.typology import Typology

# The first label of a type is the one given out; the others are only compatible.
CASE = {
    "armed_clash": ("ARMED_CLASH",), "territory_captured": ("NON_STATE_ACTOR_OVERTAKES_TER", "GOV_REGAINS_TERIT"),
    "air_drone_strike": ("AIR_STRIKE",), "shelling_missile": ("ART_MISS_ATTACK",), "explosive_device": ("REM_EXPLOS", "GRENADE"),
    "suicide_attack": ("SUIC_BOMB",), "attack_on_civilians": ("ATTACK",), "targeted_killing": ("ATTACK",),
    "abduction_disappearance": ("ABDUCT_DISSAP",), "sexual_violence": ("SEX_VIOL",), "torture_ill_treatment": ("ATTACK",),
    "property_destruction": ("PROPERTY_DISTRUCT",), "cbrn_use": ("CHEM_WEAP",), "peaceful_protest": ("PEACE_PROTEST",),
    "protest_repressed": ("PROTEST_WITH_INTER", "FORCE_AGAINST_PROTEST"), "riot_mob_violence": ("VIOL_DEMONSTR", "MOB_VIOL"),
    "strike_boycott": ("PEACE_PROTEST",), "occupation_blockade": ("VIOL_DEMONSTR",), "security_operation": ("DISR_WEAP",),
    "deployment_mobilisation": ("CHANGE_TO_GROUP_ACT", "HQ_ESTABLISHED"),
    "withdrawal_redeployment": ("CHANGE_TO_GROUP_ACT", "NON_VIOL_TERRIT_TRANSFER"),
    "armed_group_change": ("CHANGE_TO_GROUP_ACT", "HQ_ESTABLISHED"), "peaceful_territory_handover": ("NON_VIOL_TERRIT_TRANSFER",),
    "disarmament_surrender": ("AGREEMENT", "CHANGE_TO_GROUP_ACT"), "arrest_detention": ("ARREST",), "peace_agreement": ("AGREEMENT",),
    "ceasefire_truce": ("AGREEMENT",), "peace_talks_mediation": ("AGREEMENT", "DIPLO"), "captive_exchange": ("AGREEMENT",),
    "implementation_step": ("AGREEMENT",), "cooperation_agreement": ("DIPLO", "AGREEMENT"), "meeting_visit_call": ("DIPLO",),
    "support_recognition": ("DIPLO",), "criticism_accusation": ("ATTRIB", "DIPLO"),
    "demand_appeal": ("DIPLO",), "threat_warning": ("DIPLO",),
    "rejection_denial_veto": ("DIPLO",),
    "sanctions_tariffs": ("DIPLO",), "rupture_closure": ("DIPLO",), "restoration_reopening": ("DIPLO",),
    "international_body_act": ("DIPLO",),
    "organised_crime": ("ORG_CRIME",), "disaster_accident": ("NATURAL_DISASTER", "MAN_MADE_DISASTER"),
    "humanitarian_condition": ("NATURAL_DISASTER",),
}  # fmt: skip
ROOTS = {"RETREAT": "YIELD", "CONCEDE": "YIELD"}
UPPER = re.compile(r"[A-Z]{3,}")


def entry_of(key: str, text: str) -> Entry:
    """Return a snippet as an entry; its month is not known and plays no part in typing."""
    return Entry(
        entry_id=key, situation=None, countries=(), region=None, month=dt.date(2020, 1, 1), month_source="given", month_confidence=None,
        month_evidence=None, trend=None, risk_alert=None, resolution_opportunity=None, headline=None, text=" ".join(text.split()),
        situation_as_written=None, situation_source="unknown", document_ids=(), superseded_by=None,
    )  # fmt: skip


def events_of(texts: Mapping[str, str], least: float) -> dict[str, list[tuple[Event, list[EventRole]]]]:
    """Return each text's events with their roles."""
    tables: dict[str, list[Any]] = defaultdict(list, entries=[entry_of(key, text) for key, text in texts.items()])
    for name in ("dates", "tokens", "tags", "places", "actors", "events"):
        stage = stages.named(name)
        said = stages.signature(stage)
        arguments: dict[str, Any] = {key: tables[row_class.TABLE] for key, row_class in said.reads.items()}
        arguments |= {key: resource.load() for key, resource in said.resources.items()}
        rows = list(stages.load(stage)(**arguments, **({"min_confidence": least} if name == "events" else {})))
        for row in rows:
            tables[row.TABLE].append(row)
    roles: dict[str, list[EventRole]] = defaultdict(list)
    for role in tables["event_roles"]:
        roles[role.event_id].append(role)
    out: dict[str, list[tuple[Event, list[EventRole]]]] = defaultdict(list)
    for event in tables["events"]:
        out[event.entry_id].append((event, roles[event.event_id]))
    return out


def weighted_f1(gold: Sequence[str], found: Sequence[str]) -> float:
    """Return F1 by class, weighted by the gold count of the class."""
    hits, g, f = Counter(a for a, b in zip(gold, found, strict=True) if a == b), Counter(gold), Counter(found)
    return sum(n * 2 * hits[label] / (n + f[label]) for label, n in g.items()) / len(gold)


def case(path: Path) -> str:
    """Return the line of figures on the CASE snippets."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["SubType"]]
    events = events_of({f"case{n}": row["EventSnippet"] for n, row in enumerate(rows)}, 0.1)
    gold, found, compatible, none = [], [], 0, 0
    for n, row in enumerate(rows):
        known = [event for event, _ in events[f"case{n}"] if event.type in CASE]
        best = max(known, key=lambda event: event.confidence or 0, default=None)
        labels = CASE[best.type] if best else ("none",)
        gold.append(row["SubType"])
        found.append(labels[0])
        compatible += row["SubType"] in labels
        none += best is None
    right = sum(a == b for a, b in zip(gold, found, strict=True)) / len(gold)
    return (
        f"CASE 2021: {len(gold)} snippets, weighted F1 {weighted_f1(gold, found):.3f}, accuracy {right:.3f}, "
        f"compatible {compatible / len(gold):.3f}, no event {none}"
    )


def plover(path: Path) -> str:
    """Return the line of figures on the PLOVER dyads."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["gold_root"]]
    texts = {row["sentence"]: f"dyad{n}" for n, row in enumerate(rows)}
    events = events_of({key: text for text, key in texts.items()}, 0.1)
    roots = {label: [ROOTS.get(root, root) for root in UPPER.findall(row.plover)] for label, row in Typology.load().types.items()}
    right = loose = none = 0
    for row in rows:
        found = events[texts[row["sentence"]]]
        scored = [(_ties(roles, row), event.confidence or 0, event.type) for event, roles in found if roots[event.type]]
        best = max(scored, default=None)
        none += best is None
        right += best is not None and roots[best[2]][0] == row["gold_root"]
        loose += best is not None and row["gold_root"] in roots[best[2]]
    n = len(rows)
    return f"PLOVER: {n} dyads, accuracy over roots {right / n:.3f}, any root of the crosswalk {loose / n:.3f}, no event {none}"


def _ties(roles: Sequence[EventRole], row: Mapping[str, str]) -> int:
    return sum(
        any(role.role == side and (role.text in row[side] or row[side] in role.text) for role in roles) for side in ("source", "target")
    )


def main() -> None:
    """Print both lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    folder = parser.parse_args().shared / "thirdparty"
    print(case(folder / "case2021_subevents.tsv"))
    print(plover(folder / "plover_dyads.tsv"))


if __name__ == "__main__":
    main()
