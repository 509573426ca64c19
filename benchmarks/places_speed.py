"""How fast places are found, and what the gazetteer costs, on one core.

    python benchmarks/places_speed.py --gold ../shared/gold/train

Prints the memory the open gazetteer adds, the time of a look-up of a name not asked for before, and entries a second of the stage,
first cold (every name new, all files just opened) and then warm; the tokens are made before the clock starts. Times are CPU times.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from pathlib import Path


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, required=True, help="folder of annotated entries; only their texts are used")
    texts = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(parser.parse_args().gold.glob("*.json"))]
    gazetteer(sorted({word.strip(".,;()") for text in texts for word in text["text"].split() if word[:1].isupper()}))
    stage(texts)


def gazetteer(names: list[str]) -> None:
    """Print memory and time of look-ups; before anything heavy is imported, so that the memory is the gazetteer's."""
    import marisa_trie

    assert marisa_trie
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    from pipeline.gazetteer import Gazetteer

    opened = Gazetteer.load()
    print(f"gazetteer opened in {(time.process_time() - start) * 1000:.0f} ms")
    start = time.process_time()
    found = sum(bool(opened.candidates(name)) for name in names)
    each = (time.process_time() - start) / len(names) * 1e6
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"{len(names):,} names, {found:,} known, looked up in {each:.0f} microseconds each; memory grown by {grown:.0f} MB")


def stage(texts: list[dict[str, str]]) -> None:
    """Print entries a second of the stage."""
    import datetime as dt

    from pipeline.countries import Countries
    from pipeline.dates import DateWords, find_dates
    from pipeline.entries import Situations
    from pipeline.gazetteer import Gazetteer
    from pipeline.model import Model
    from pipeline.places import PlaceModel, PlaceWords, Regions, find_places
    from pipeline.tables import Entry
    from pipeline.tokens import TokenWords, parse_tokens

    situations = Situations.load()
    entries = [
        Entry(
            entry_id=f"{number:04}", situation=text["country"],
            countries=known.countries if (known := situations.named(text["country"])) else (), region=None,
            month=dt.date.fromisoformat(f"{text['month']}-01"), month_source="given", month_confidence=None, month_evidence=None,
            trend=None, risk_alert=None, resolution_opportunity=None, headline=None, text=text["text"], situation_as_written=None,
            situation_source="given", document_ids=(), superseded_by=None,
        )
        for number, text in enumerate(texts)
    ]  # fmt: skip
    tokens = list(parse_tokens(entries, list(find_dates(entries, DateWords.load())), TokenWords.load(), Model.load()))
    resources = (Gazetteer.load(), Countries.load(), Regions.load(), PlaceWords.load(), PlaceModel.load())
    for run in ("cold", "warm"):
        start = time.process_time()
        rows = sum(1 for _ in find_places(entries, (), tokens, *resources))
        print(f"{run}: {len(entries) / (time.process_time() - start):,.0f} entries/s, {rows:,} places in {len(entries)} entries")


if __name__ == "__main__":
    main()
