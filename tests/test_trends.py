"""Trends: stated ones are kept, estimates are chances with their evidence, change is held against the situation's own past."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from pipeline import lexicon, store
from pipeline.tables import Coverage, TrendEstimate, TrendSigns
from pipeline.trend_signs import TrendCues
from pipeline.trends import TrendModel, estimate_months, features_of
from pipeline.trends.features import LEAST_PAST, change, logs_of, usual

MODEL = TrendModel.load()


def month(number: int, **known: Any) -> Coverage:
    values: dict[str, Any] = {
        "situation": "Mali", "month": dt.date(2023 + (number - 1) // 12, (number - 1) % 12 + 1, 1), "countries": ("MLI",), "covered": True,
        "coverage": "entry", "tracking": None, "months_known": 1, "months_covered": 1, "entry_id": f"e{number}", "trend": None,
        "risk_alert": None, "resolution_opportunity": None,
    }  # fmt: skip
    return Coverage(**values | known)


def sign(number: int, cues: tuple[str, ...] = (), zone: str = "headline", **known: Any) -> TrendSigns:
    values: dict[str, Any] = dict.fromkeys(store.columns(TrendSigns), 0)
    values |= {"entry_id": f"e{number}", "situation": "Mali", "month": None, "cues": cues, "zones": (zone,) * len(cues)}
    return TrendSigns(**values | {"starts": tuple(range(len(cues))), "texts": cues} | known)


def estimate(months: list[Coverage], signs: list[TrendSigns]) -> list[TrendEstimate]:
    return list(estimate_months(months, signs, MODEL))


def test_what_is_stated_stays_beside_what_is_estimated() -> None:
    (row,) = estimate([month(1, trend="improved", risk_alert=True)], [sign(1, ("war", "escalation"), killed=60, political_violence=5)])
    assert (row.trend, row.trend_estimated, row.risk_alert) == ("improved", "deteriorated", True)


def test_a_month_known_from_a_history_alone_is_stated_and_not_estimated() -> None:
    known = {"entry_id": None, "covered": False, "coverage": "state_only"}
    (row,) = estimate([month(1, trend="deteriorated", **known), month(2, **known | {"coverage": "silent"})], [])
    assert (row.trend, row.trend_estimated, row.deteriorated_probability, row.evidence) == ("deteriorated", None, None, ())


def test_chances_sum_to_one_and_worse_words_raise_the_chance_of_worse() -> None:
    rows = [estimate([month(1)], [sign(1, cues)])[0] for cues in ((), ("steady",), ("collapse",), ("collapse", "rupture"), ("deal",))]
    for row in rows:
        chances = (row.deteriorated_probability, row.improved_probability, row.unchanged_probability)
        assert sum(chance or 0 for chance in chances) == pytest.approx(1, abs=2e-4)
    plain, steady, collapse, both, deal = (row.deteriorated_probability or 0 for row in rows)
    assert steady < plain < collapse < both
    assert deal < plain
    assert (rows[4].improved_probability or 0) > (rows[0].improved_probability or 0)


def test_a_cue_in_the_headline_says_more_than_one_further_down() -> None:
    headline, lead = (features_of(sign(1, ("war",), zone))["cue:war"] for zone in ("headline", "lead"))
    assert headline > lead > 0


def test_the_same_numbers_speak_for_worse_after_quiet_months_only() -> None:
    def last(killed: int) -> TrendEstimate:
        signs = [*(sign(number, killed=killed, political_violence=2) for number in range(1, 4)), sign(4, killed=90, political_violence=2)]
        return estimate([month(number) for number in range(1, 5)], signs)[-1]

    quiet, bloody = last(0), last(90)
    assert (quiet.past_months, quiet.killed, quiet.killed_usual, bloody.killed_usual) == (3, 90, 0, 90)
    assert (quiet.deteriorated_probability or 0) > (bloody.deteriorated_probability or 0)
    assert any("people killed against the past" in said for said in quiet.evidence)


def test_the_past_is_the_situations_own_entries_of_the_twelve_months_before() -> None:
    numbers = (1, 2, 3, 14, 15, 16)
    signs = [sign(number, killed=number) for number in numbers]
    rows = estimate([month(number) for number in numbers], signs)
    assert [row.past_months for row in rows] == [0, 0, 0, 0, 0, 0]
    chad = [month(number, situation="Chad", entry_id=f"c{number}") for number in (4, 5, 6, 7)]
    more = [*signs, *(sign(number, entry_id=f"c{number}") for number in (4, 5, 6, 7))]
    assert [row.past_months for row in estimate([*map(month, numbers), *chad], more) if row.situation == "Chad"] == [0, 0, 0, 3]


def test_one_massacre_does_not_make_every_later_month_look_like_peace() -> None:
    past = usual([logs_of(sign(1, killed=2)), logs_of(sign(2, killed=400)), logs_of(sign(3, killed=3))])
    assert past is not None
    assert past.killed < 30
    assert usual([logs_of(sign(1))] * (LEAST_PAST - 1)) is None


def test_change_is_a_ratio_that_small_numbers_do_not_blow_up() -> None:
    assert change(10, 10, 5) == 0
    assert 0 < change(1, 0, 5) < 0.2
    assert change(10**6, 0, 5) == 3


def test_alerts_speak_of_the_month_after() -> None:
    rows = estimate([month(11), month(12)], [sign(11), sign(12)])
    assert [row.alert_month for row in rows] == [dt.date(2023, 12, 1), dt.date(2024, 1, 1)]


def test_evidence_names_the_words_and_which_way_they_speak() -> None:
    (row,) = estimate([month(1)], [sign(1, ("collapse",), texts=("talks collapsed",))])
    assert row.evidence[0].startswith("“talks collapsed” +")


def test_every_weight_is_of_a_feature_there_is_and_every_cue_has_one() -> None:
    said = json.loads((lexicon.MODELS / "trends/weights.json").read_text(encoding="utf-8"))
    cues = {f"cue:{name}" for name in TrendCues.load().names}
    numbers = {"killed", "violence", "talks", "displaced", "killed_change", "violence_change"}
    for what in ("deteriorated", "improved", "risk"):
        assert set(said["weights"][what]) == cues | numbers, what
