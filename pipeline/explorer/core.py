"""What the page knows before any text is loaded: the lists it counts by, trends stated and estimated, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

from pipeline import __version__, store
from pipeline.explorer.read import read_columns
from pipeline.tables import Coverage, Document, HarmKind, Realis, Scope, TrendEstimate, TrendState

TRENDS = (None, "unchanged", "improved", "deteriorated")
SAID = (None, False, True)
# A letter a month, as `coverage.js` reads them; a capital where the situation is on standby.
LETTERS = {"entry": "e", "state_only": "t", "silent": "s", "unknown": "u"}


def flags_of(trend: str | None, alert: bool | None, opportunity: bool | None) -> int:
    """Return trend, alert and opportunity in two bits each: their ranks in TRENDS and SAID."""
    return TRENDS.index(trend) | SAID.index(alert) << 2 | SAID.index(opportunity) << 4


def what_is_known(tables: Path, situations: list[str | None]) -> dict[str, Any]:
    """Return the part of `core.js` that hangs on no entry; situations are told by their rank in the list given."""
    from pipeline.countries import Countries

    documents = Counter(read_columns(Document, store.part(tables, Document), ("status",))["status"].to_pylist())
    number = {name: rank for rank, name in enumerate(situations)}
    return {
        "version": __version__,
        "documents": dict(sorted(documents.items())),
        "types": _types(),
        "realis": get_args(Realis),
        "kinds": get_args(HarmKind),
        "scopes": get_args(Scope),
        "countries": {code: [country.name, country.lat, country.lon] for code, country in sorted(Countries.load().by_iso3.items())},
        "trends": _stated(tables, number),
        "estimated": _estimated(tables, number),
        "coverage": _coverage(tables, number),
    }


def _types() -> dict[str, list[str]]:
    from pipeline.typology import Typology

    columns = ("label", "family", "definition", "plover", "acled", "cameo")
    return {column: [getattr(row, column) for row in Typology.load().types.values()] for column in columns}


def _rows(row_class: type[store.Row], path: Path, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    table = read_columns(row_class, path, columns)
    return zip(*(table[name].to_pylist() for name in columns), strict=True)


def _stated(tables: Path, number: dict[str | None, int]) -> list[list[Any]]:
    """Return the trends shown beside entries, once a situation and month: situation, month, flags."""
    columns = ("situation", "month", "trend", "risk_alert", "resolution_opportunity")
    told = _rows(TrendState, store.part(tables, TrendState), columns)
    by_month = {(number[situation], f"{month:%Y-%m}"): flags_of(*said) for situation, month, *said in told}
    return [[*key, flags] for key, flags in sorted(by_month.items())]


def _estimated(tables: Path, number: dict[str | None, int]) -> list[list[Any]]:
    """Return the trends estimated from entries: situation, month, trend, and how likely it is."""
    columns = ("situation", "month", "trend_estimated", *(f"{trend}_probability" for trend in TRENDS if trend))
    return sorted(
        [number[situation], f"{month:%Y-%m}", trend, round(chances[TRENDS.index(trend) - 1], 3)]
        for situation, month, trend, *chances in _rows(TrendEstimate, store.part(tables, TrendEstimate), columns)
        if trend is not None and situation in number
    )


def _coverage(tables: Path, number: dict[str | None, int]) -> dict[str, list[str]]:
    """Return, by situation, the first month known of and one of LETTERS for each month from there on."""
    told: dict[int, dict[int, str]] = {}
    for label in store.labels(tables, Coverage):
        for situation, month, coverage, tracking in _rows(
            Coverage, store.part(tables, Coverage, label), ("situation", "month", "coverage", "tracking")
        ):
            if situation in number:
                letter = LETTERS[coverage].upper() if tracking == "standby" else LETTERS[coverage]
                told.setdefault(number[situation], {})[month.year * 12 + month.month - 1] = letter
    return {str(situation): _letters(months) for situation, months in sorted(told.items())}


def _letters(months: dict[int, str]) -> list[str]:
    first, last = min(months), max(months)
    return [f"{first // 12}-{first % 12 + 1:02d}", "".join(months.get(month, "u") for month in range(first, last + 1))]
