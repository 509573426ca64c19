"""One row a situation and month whose trend the input states or its text lets one estimate."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Annotated

from pipeline.tables import Coverage, TrendEstimate, TrendSigns
from pipeline.trends.features import WINDOW, Logs, Usual, features_of, logs_of, usual
from pipeline.trends.weights import TrendModel

# The months a month is held against all stand in its own year or the one before.
YEARS_BACK = -(-WINDOW // 12)
_SHOWN = 5  # pieces of evidence a row, the strongest
_LEAST_SHOWN = 0.1  # log-odds
_NUMBERS = {
    "killed": "people killed", "violence": "events of violence", "talks": "talks and diplomacy", "displaced": "people displaced",
    "killed_change": "people killed against the past", "violence_change": "violence against the past",
}  # fmt: skip


def estimate_months(
    coverage: Annotated[Sequence[Coverage], "situation", "month", "entry_id", "trend", "risk_alert", "resolution_opportunity"],
    trend_signs: Annotated[
        Sequence[TrendSigns],
        "entry_id",
        "cues",
        "zones",
        "texts",
        "events",
        "political_violence",
        "peace_process",
        "diplomacy",
        "killed",
        "displaced",
    ],
    model: TrendModel,
) -> Iterator[TrendEstimate]:
    """Yield a row for every month that the input has an entry or a stated trend of; only entries are estimated from."""
    signs = {sign.entry_id: sign for sign in trend_signs}
    past: dict[str, list[tuple[int, Logs]]] = defaultdict(list)
    for row in sorted(coverage, key=lambda row: (row.situation, row.month)):
        sign = signs.get(row.entry_id or "")
        if sign is None and row.trend is None and row.risk_alert is None:
            continue
        number = row.month.year * 12 + row.month.month
        before = usual([earlier for month, earlier in past[row.situation] if month >= number - WINDOW])
        yield _row(row, sign, before, model)
        if sign is not None:
            past[row.situation] = [*past[row.situation][1 - WINDOW :], (number, logs_of(sign))]


def estimate_trends(estimates: Annotated[Sequence[TrendEstimate], estimate_months, YEARS_BACK]) -> Iterator[TrendEstimate]:
    """Yield the estimates of all months; each rests on those of the twelve before it and on nothing else."""
    yield from estimates


def _row(row: Coverage, sign: TrendSigns | None, before: Usual | None, model: TrendModel) -> TrendEstimate:
    features = features_of(sign, before) if sign else {}
    chances = model.trend(features) if sign else None
    return TrendEstimate(
        situation=row.situation,
        month=row.month,
        entry_id=sign.entry_id if sign else None,
        trend=row.trend,
        trend_estimated=model.estimate(chances) if chances else None,
        deteriorated_probability=round(chances["deteriorated"], 4) if chances else None,
        improved_probability=round(chances["improved"], 4) if chances else None,
        unchanged_probability=round(chances["unchanged"], 4) if chances else None,
        alert_month=dt.date(row.month.year + row.month.month // 12, row.month.month % 12 + 1, 1),
        risk_alert=row.risk_alert,
        risk_alert_probability=round(model.risk(features), 4) if sign else None,
        resolution_opportunity=row.resolution_opportunity,
        past_months=before.months if before else 0,
        events=sign.events if sign else None,
        events_usual=round(before.events, 2) if before else None,
        political_violence=sign.political_violence if sign else None,
        political_violence_usual=round(before.violence, 2) if before else None,
        killed=sign.killed if sign else None,
        killed_usual=round(before.killed, 2) if before else None,
        evidence=tuple(_evidence(sign, model.parts(features))) if sign else (),
    )


def _evidence(sign: TrendSigns, parts: Mapping[str, float]) -> Iterator[str]:
    """Yield the strongest features in words: the cue as the entry writes it, or what was counted, and what it adds."""
    written: dict[str, list[str]] = {}
    for cue, text in zip(sign.cues, sign.texts, strict=True):
        written.setdefault(f"cue:{cue}", []).append(text)
    for name, share in islice(parts.items(), _SHOWN):
        if abs(share) >= _LEAST_SHOWN:
            what = ", ".join(f"“{text}”" for text in dict.fromkeys(written.get(name, [])[:2])) or _NUMBERS[name]
            yield f"{what} {share:+.1f}"
