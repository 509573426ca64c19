"""Places on data made by others, untuned: UCDP GED place strings with the country given, and the annotated toponyms of TR-News.

    python benchmarks/places_thirdparty.py --data ../shared/thirdparty

UCDP: each distinct (place string, country) of the sample is looked up by `explain`, the function behind `crisiswatch places`; a row counts
as right when the best candidate lies within the distance. With --adm1 the first-level unit named in the row is given as text would give it
("Rami village, Idlib governorate"). TR-News: the toponyms are given (their spans, not their coordinates), the articles are parsed, and the
stage's own resolution runs on them without an entry's country; the published figures are on the same terms.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import statistics
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.dates import DateWords, find_dates
from pipeline.distance import km
from pipeline.model import Model
from pipeline.places import Knowledge, PlaceModel, explain
from pipeline.places.mentions import Mention, Reading, look_up, read
from pipeline.places.options import Option
from pipeline.places.resolve import pick_places
from pipeline.tables import Entry, Token
from pipeline.tokens import TokenWords, parse_tokens

# UCDP's names of countries that ours are not: "Yemen (North Yemen)" is cut at the bracket before this is asked.
NAMES = {"DR Congo": "COD", "Congo": "COG", "Kingdom of eSwatini": "SWZ", "Bosnia-Herzegovina": "BIH", "Macedonia, FYR": "MKD"}
TR_NEWS_KM = 161.0


def main() -> None:
    """Print the figures of both data sets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--misses", type=int, default=0, help="print up to N rows that were not right")
    args = parser.parse_args()
    know = Knowledge.load()
    model = PlaceModel.load()
    rows = list(csv.DictReader((args.data / "ucdp_ged_sample.csv").open(encoding="utf-8")))
    for within in (False, True):
        ucdp(rows, know, model, within, args.misses)
    unit_names(rows, know, model, args.misses)
    tr_news(args.data / "tr_news.xml", know, model, args.misses)


def ucdp(rows: list[dict[str, str]], know: Knowledge, model: PlaceModel, within: bool, misses: int) -> None:
    """Print how many of UCDP's places are found, and how near; `within` gives the first-level unit beside the place."""
    print(f"UCDP GED sample, {'country and first-level unit' if within else 'country'} given")
    for title, precision, limit in (("exact places (where_prec 1)", "1.0", 25.0), ("first-level units (where_prec 4)", "4.0", 50.0)):
        off, lost = [], []
        for row in (row for row in rows if row["where_prec"] == precision):
            name = row["where_coordinates"] + (f", {row['adm_1']}" if within and row["adm_1"] and precision == "1.0" else "")
            best = next(iter(explain(name, know, model, iso3_of(row["country"], know))), None)
            off.append(distance_to(best.option if best else None, float(row["latitude"]), float(row["longitude"])))
            if off[-1] > limit:
                lost.append(f"   {name} ({row['country']}): {best.option.name if best else 'not found'}, {off[-1]:.0f} km")
        found = [distance for distance in off if distance < float("inf")]
        right = sum(distance <= limit for distance in off)
        print(f"  {title}: {right / len(off):.1%} of {len(off)} within {limit:.0f} km;", end=" ")
        print(f"found {len(found) / len(off):.1%}, median error {statistics.median(found):.1f} km")
        print("\n".join(lost[:misses]), end="\n" if misses else "")


def unit_names(rows: list[dict[str, str]], know: Knowledge, model: PlaceModel, misses: int) -> None:
    """Print the share of UCDP's first-level units that are known as units."""
    names = [(row["adm_1"], row["country"]) for row in rows if row["adm_1"]]
    unknown = [
        f"   {name} ({country})"
        for name, country in names
        if all(item.option.level == "settlement" for item in explain(name, know, model, iso3_of(country, know)))
    ]
    print(f"  names of first-level units known as units: {1 - len(unknown) / len(names):.1%} of {len(names)}")
    print("\n".join(sorted(set(unknown))[:misses]), end="\n" if misses else "")


def distance_to(option: Option | None, lat: float, lon: float) -> float:
    """Return the kilometres from a pick to the truth, infinite where there is no pick or it has no point."""
    return float("inf") if option is None or option.lat is None or option.lon is None else km(option.lat, option.lon, lat, lon)


def iso3_of(name: str, know: Knowledge) -> str | None:
    """Return the code of a country by UCDP's name."""
    short = name.split(" (")[0]
    country = know.countries.named(short)
    return NAMES.get(short) or (country.iso3 if country else None)


def tr_news(path: Path, know: Knowledge, model: PlaceModel, misses: int) -> None:
    """Print the share of TR-News' toponyms resolved within 161 km and to the right country."""
    articles = list(_articles(path))
    entries = [_entry(name, text) for name, text, _ in articles]
    dates = list(find_dates(entries, DateWords.load()))
    tokens: dict[str, list[Token]] = defaultdict(list)
    for token in parse_tokens(entries, dates, TokenWords.load(), Model.load()):
        tokens[token.entry_id].append(token)
    near: list[bool] = []
    same: list[bool] = []
    lost: list[str] = []
    for entry, (_, _, toponyms) in zip(entries, articles, strict=True):
        reading = read(entry, tokens[entry.entry_id], know)
        places = [_mention(reading, start, end, know) for start, end, *_ in toponyms]
        for (start, end, lat, lon, country), pick in zip(toponyms, pick_places(reading, places, know, model.choice), strict=True):
            option = pick.option
            good = distance_to(option, lat, lon) <= TR_NEWS_KM
            near.append(good)
            if country:
                same.append(option.iso3 is not None and option.iso3 == iso3_of(country, know))
            if not good:
                lost.append(f"   {entry.text[start:end]}: {option.name}, {option.iso3} {option.level} for {lat:.2f}, {lon:.2f}")
    print(f"TR-News, annotated toponyms with coordinates: {sum(near) / len(near):.3f} of {len(near)} within {TR_NEWS_KM:.0f} km;", end=" ")
    print(f"country right {sum(same) / len(same):.3f} of {len(same)}")
    print("\n".join(lost[:misses]), end="\n" if misses else "")


def _articles(path: Path) -> Iterator[tuple[str, str, list[tuple[int, int, float, float, str]]]]:
    """Yield id, text and toponyms (span, latitude, longitude) of each article."""
    for article in ElementTree.parse(path).getroot():
        text = article.findtext("text") or ""
        toponyms = []
        for toponym in article.iter("toponym"):
            lat, lon = toponym.findtext("gaztag/lat"), toponym.findtext("gaztag/lon")
            if lat and lon:
                phrase = toponym.findtext("phrase") or ""
                start = _nearest(text, phrase, int(toponym.findtext("start") or 0))
                if start >= 0:
                    toponyms.append((start, start + len(phrase), float(lat), float(lon), toponym.findtext("gaztag/country") or ""))
        yield article.get("docid") or "", text, sorted(toponyms)


def _nearest(text: str, phrase: str, start: int) -> int:
    """Return where a phrase annotated at `start` stands, -1 if nowhere near: some offsets count characters that the text lost."""
    found = [i for i in range(max(0, start - 200), start + 200) if text.startswith(phrase, i)]
    return min(found, key=lambda i: abs(i - start)) if phrase and found else -1


def _entry(name: str, text: str) -> Entry:
    return Entry(
        entry_id=name, situation=None, countries=(), region=None, month=dt.date(2016, 12, 1), month_source="given", month_confidence=1.0,
        month_evidence=None, trend=None, risk_alert=None, resolution_opportunity=None, headline=None, text=text, situation_as_written=None,
        situation_source="unknown", document_ids=(), superseded_by=None,
    )  # fmt: skip


def _mention(reading: Reading, start: int, end: int, know: Knowledge) -> Mention:
    """Return an annotated span as a mention, on the words it covers."""
    first = next((i for i, word in enumerate(reading.words) if word.end > start), 0)
    last = next((i for i in range(len(reading.words) - 1, -1, -1) if reading.words[i].start < end), first)
    mention = look_up(reading.entry.text[start:end], start, (first, max(first, last)), (first, max(first, last)), know)
    # TR-News annotates adjectives too ("Turkish"), which are no place names to the stage: here they stand for their countries.
    demonym = know.countries.of_demonym(mention.text)
    return replace(mention, country=mention.country or demonym[0], candidates=()) if len(demonym) == 1 else mention


if __name__ == "__main__":
    main()
