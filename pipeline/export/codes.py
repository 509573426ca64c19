"""Codes of countries that other data sets go by: ISO's numbers, ACLED's and UCDP's regions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self

from pipeline import lexicon

_FILE = "country_codes.csv"
# UCDP/PRIO Armed Conflict Dataset codebook, "region": by Gleditsch and Ward numbers, first and last.
_UCDP_REGIONS = ((2, 199, "Americas"), (200, 399, "Europe"), (400, 626, "Africa"), (630, 699, "Middle East"), (700, 999, "Asia"))


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """ISO 3166-1 numbers and ACLED's regions by ISO3 code; Kosovo has no ISO number."""

    iso_numeric: Mapping[str, int]
    acled_region: Mapping[str, str]

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the codes; raises LexiconError where the file is missing or torn."""
        rows = lexicon.read_csv(_FILE)
        numbers = {row["iso3"]: int(row["iso_numeric"]) for row in rows if row["iso_numeric"]}
        return cls(numbers, {row["iso3"]: row["acled_region"] for row in rows})


def ucdp_region(gwcode: int | None) -> str | None:
    """Return UCDP's region of a country by its Gleditsch and Ward number; None without one."""
    return next((name for first, last, name in _UCDP_REGIONS if gwcode is not None and first <= gwcode <= last), None)
