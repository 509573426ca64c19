"""The panels: counts and sums by situation or country and month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, ClassVar

from pipeline.tables.coverage import CoverageKind, Covered, Tracking
from pipeline.tables.fields import Partition, StatedResolution, StatedRisk, StatedTrend

FamilyCount = Annotated[int | None, "Actual events of that family; null where the month has no entry."]
SumLow = Annotated[
    int | None,
    "People so harmed or handled, as the name says: sum of lowest numbers, incident figures of actual events, rivals once.",
]
SumBest = Annotated[int | None, "The same: sum of best numbers, the lowest where a figure is vague ('dozens')."]
SumHigh = Annotated[int | None, "The same: sum of highest numbers; null if any is open."]
SumEarlier = Annotated[
    int | None,
    "How many of that kind's best numbers are of events that were over before the month: the entry of an earlier month may have told of "
    "them. They are in `*_best` too; take them off where you add months up whose entries do.",
]
SumCumulative = Annotated[int | None, "Sum of running totals ('since Jan') of that kind, best numbers: never to be added to the others."]


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationMonth:
    """One row a situation and month: the panel by situation, borders, seas and regions included. An event counts once."""

    TABLE: ClassVar[str] = "situation_months"
    KEY: ClassVar[tuple[str, ...]] = ("situation", "month")
    BY: ClassVar[Partition] = "month"

    situation: Annotated[str, "CrisisWatch's own name of the situation."]
    month: Annotated[dt.date, "First day of the month."]
    countries: Annotated[tuple[str, ...], "ISO3 codes of the situation."]
    covered: Covered
    coverage: CoverageKind
    tracking: Tracking
    entry_id: Annotated[str | None, "The entry; null where the input has none."]
    trend: StatedTrend
    risk_alert: StatedRisk
    resolution_opportunity: StatedResolution
    events: Annotated[int | None, "Number of actual events; null where the month has no entry."]
    political_violence: FamilyCount
    protest: FamilyCount
    military_posture: FamilyCount
    state_coercion: FamilyCount
    peace_process: FamilyCount
    diplomacy: FamilyCount
    domestic_politics: FamilyCount
    humanitarian: FamilyCount
    economy_crime_disaster: FamilyCount
    reported_information: FamilyCount
    killed_low: SumLow
    killed_best: SumBest
    killed_high: SumHigh
    injured_low: SumLow
    injured_best: SumBest
    injured_high: SumHigh
    casualties_low: SumLow
    casualties_best: SumBest
    casualties_high: SumHigh
    abducted_low: SumLow
    abducted_best: SumBest
    abducted_high: SumHigh
    missing_low: SumLow
    missing_best: SumBest
    missing_high: SumHigh
    detained_low: SumLow
    detained_best: SumBest
    detained_high: SumHigh
    convicted_low: SumLow
    convicted_best: SumBest
    convicted_high: SumHigh
    released_low: SumLow
    released_best: SumBest
    released_high: SumHigh
    displaced_low: SumLow
    displaced_best: SumBest
    displaced_high: SumHigh
    returned_low: SumLow
    returned_best: SumBest
    returned_high: SumHigh
    crowd_low: SumLow
    crowd_best: SumBest
    crowd_high: SumHigh
    surrendered_low: SumLow
    surrendered_best: SumBest
    surrendered_high: SumHigh
    killed_earlier_best: SumEarlier
    injured_earlier_best: SumEarlier
    casualties_earlier_best: SumEarlier
    abducted_earlier_best: SumEarlier
    missing_earlier_best: SumEarlier
    detained_earlier_best: SumEarlier
    convicted_earlier_best: SumEarlier
    released_earlier_best: SumEarlier
    displaced_earlier_best: SumEarlier
    returned_earlier_best: SumEarlier
    crowd_earlier_best: SumEarlier
    surrendered_earlier_best: SumEarlier
    killed_cumulative_best: SumCumulative
    injured_cumulative_best: SumCumulative
    displaced_cumulative_best: SumCumulative
    detained_cumulative_best: SumCumulative
    views_month_id: Annotated[int, "Month number of the VIEWS forecasting project: 1 is January 1980."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryMonth:
    """One row a country, month and situation: the panel. Two situations may tell the same event: see `own` before adding rows up."""

    TABLE: ClassVar[str] = "country_months"
    KEY: ClassVar[tuple[str, ...]] = ("iso3", "month", "situation")
    BY: ClassVar[Partition] = "month"

    iso3: Annotated[str | None, "ISO3 code of the country; null for what lies in none or cannot be told among several."]
    month: Annotated[dt.date, "First day of the month."]
    situation: Annotated[str, "The situation whose entry tells it."]
    own: Annotated[
        bool, "True where the country is one of the situation's; false for events an entry tells of elsewhere, and where iso3 is null."
    ]
    covered: Covered
    coverage: CoverageKind
    tracking: Tracking
    entries: Annotated[int, "Number of entries: 1 or 0."]
    trend: StatedTrend
    risk_alert: StatedRisk
    resolution_opportunity: StatedResolution
    events: Annotated[int | None, "Number of actual events; null where the month has no entry."]
    political_violence: FamilyCount
    protest: FamilyCount
    military_posture: FamilyCount
    state_coercion: FamilyCount
    peace_process: FamilyCount
    diplomacy: FamilyCount
    domestic_politics: FamilyCount
    humanitarian: FamilyCount
    economy_crime_disaster: FamilyCount
    reported_information: FamilyCount
    killed_low: SumLow
    killed_best: SumBest
    killed_high: SumHigh
    injured_low: SumLow
    injured_best: SumBest
    injured_high: SumHigh
    casualties_low: SumLow
    casualties_best: SumBest
    casualties_high: SumHigh
    abducted_low: SumLow
    abducted_best: SumBest
    abducted_high: SumHigh
    missing_low: SumLow
    missing_best: SumBest
    missing_high: SumHigh
    detained_low: SumLow
    detained_best: SumBest
    detained_high: SumHigh
    convicted_low: SumLow
    convicted_best: SumBest
    convicted_high: SumHigh
    released_low: SumLow
    released_best: SumBest
    released_high: SumHigh
    displaced_low: SumLow
    displaced_best: SumBest
    displaced_high: SumHigh
    returned_low: SumLow
    returned_best: SumBest
    returned_high: SumHigh
    crowd_low: SumLow
    crowd_best: SumBest
    crowd_high: SumHigh
    surrendered_low: SumLow
    surrendered_best: SumBest
    surrendered_high: SumHigh
    killed_earlier_best: SumEarlier
    injured_earlier_best: SumEarlier
    casualties_earlier_best: SumEarlier
    abducted_earlier_best: SumEarlier
    missing_earlier_best: SumEarlier
    detained_earlier_best: SumEarlier
    convicted_earlier_best: SumEarlier
    released_earlier_best: SumEarlier
    displaced_earlier_best: SumEarlier
    returned_earlier_best: SumEarlier
    crowd_earlier_best: SumEarlier
    surrendered_earlier_best: SumEarlier
    killed_cumulative_best: SumCumulative
    injured_cumulative_best: SumCumulative
    displaced_cumulative_best: SumCumulative
    detained_cumulative_best: SumCumulative
    gwcode: Annotated[int | None, "Gleditsch and Ward number of the country; null where it has none."]
    views_month_id: Annotated[int, "Month number of the VIEWS forecasting project: 1 is January 1980."]


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryMonthType:
    """One row a country, month, situation and event type that occurs: the counts of country_months by type, to pivot or filter."""

    TABLE: ClassVar[str] = "country_month_types"
    KEY: ClassVar[tuple[str, ...]] = ("iso3", "month", "situation", "type")
    BY: ClassVar[Partition] = "month"

    iso3: Annotated[str | None, "country_months.iso3."]
    month: Annotated[dt.date, "First day of the month."]
    situation: Annotated[str, "country_months.situation."]
    type: Annotated[str, "Event type: a label of the typology. A type without a row has no event, where the month has an entry."]
    family: Annotated[str, "Its family."]
    events: Annotated[int, "Number of actual events of the type."]
    killed_low: SumLow
    killed_best: SumBest
    killed_high: SumHigh
    gwcode: Annotated[int | None, "Gleditsch and Ward number of the country; null where it has none."]
    views_month_id: Annotated[int, "Month number of the VIEWS forecasting project: 1 is January 1980."]
