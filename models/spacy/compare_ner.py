"""Which entities to ship: the pinned model as it is, with what the `tokens` stage does around it, and fine-tuned.

    python models/spacy/compare_ner.py GOLD [EPOCHS]

GOLD holds `dev/` to measure on, `train/` and `invented/` to learn from (annotated entries, see docs). Gold has no entity
labels; its places and its actors that are names are taken for places and names. Prints, for each variant, precision, recall
and F1 of names found (spans that overlap, any label) and of place names called a place, and the time of a pass.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline import store
from pipeline.dates import DateWords, find_dates
from pipeline.model import Model
from pipeline.tables import Date, Entry
from pipeline.tokens import TokenWords, parse_tokens

PLACES = frozenset({"GPE", "LOC", "FAC"})
NAMES = PLACES | {"PERSON", "ORG", "NORP"}
LABELS = {"country": "GPE", "admin1": "GPE", "admin2": "GPE", "settlement": "GPE", "area": "LOC", "site": "FAC"}
Span = tuple[int, int, str]


def read(folder: Path) -> list[tuple[Entry, list[Span]]]:
    """Return the folder's entries, each with the spans of its names."""
    out = []
    for path in sorted(folder.glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        values: dict[str, Any] = dict.fromkeys(store.columns(Entry))
        entry = Entry(**values | {"entry_id": path.stem, "text": gold["text"], "countries": (), "document_ids": ()})
        out.append((entry, _spans(gold)))
    return out


def _spans(gold: dict[str, Any]) -> list[Span]:
    spans = [(*_at(gold["text"], place), LABELS[place["level"]]) for place in gold["places"]]
    for actor in gold["actors"]:
        label = "PERSON" if actor["type"] in {"government", "party", "activist"} and " " in actor["name"] else "ORG"
        for mention in actor["mentions"]:
            start, end = _at(gold["text"], mention)
            if gold["text"][start].isupper() and not any(s < end and start < e for s, e, _ in spans):
                spans.append((start, end, label))
    return sorted(spans)


def _at(text: str, span: dict[str, Any]) -> tuple[int, int]:
    at = -1
    for _ in range(span.get("n", 1)):
        at = text.find(span["text"], at + 1)
    return at, at + len(span["text"])


def as_it_is(entries: list[Entry], nlp: Any) -> Iterator[list[Span]]:
    """Yield the entities of each entry's text as the model reads it untouched."""
    for doc in nlp.pipe([entry.text for entry in entries], batch_size=32):
        yield [(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents]


def with_stage(entries: list[Entry], dates: list[Date], nlp: Any) -> Iterator[list[Span]]:
    """Yield the entities of each entry as the `tokens` stage gives them."""
    spans: dict[str, list[Span]] = {entry.entry_id: [] for entry in entries}
    for token in parse_tokens(entries, dates, TokenWords.load(), Model(nlp, "")):
        mine = spans[token.entry_id]
        if token.ent_iob == "B":
            mine.append((token.start, token.end, token.ent_type))
        elif token.ent_iob == "I" and mine:
            mine[-1] = (mine[-1][0], token.end, mine[-1][2])
    yield from spans.values()


def fine_tune(data: list[tuple[Entry, list[Span]]], epochs: int) -> Any:
    """Return the pinned pipeline with its entity recogniser trained on: gold names beside what it said itself before."""
    from spacy.training import Example
    from spacy.util import filter_spans

    nlp = Model.load().nlp
    examples = []
    for entry, spans in data:
        doc = nlp(entry.text)
        known = [span for s, e, label in spans if (span := doc.char_span(s, e, label, alignment_mode="expand"))]
        # What the model knew stays in, so that dates and numbers are not forgotten.
        own = [ent for ent in doc.ents if not any(ent.start < k.end and k.start < ent.end for k in known)]
        reference = nlp.make_doc(entry.text)
        reference.ents = filter_spans(_copied(reference, known + own))
        examples.append(Example(nlp.make_doc(entry.text), reference))
    rng = random.Random(7)
    with nlp.select_pipes(enable=["ner"]):
        optimizer = nlp.resume_training()
        for _ in range(epochs):
            rng.shuffle(examples)
            for start in range(0, len(examples), 8):
                nlp.update(examples[start : start + 8], sgd=optimizer, drop=0.3)
    return nlp


def _copied(doc: Any, spans: list[Any]) -> list[Any]:
    from spacy.tokens import Span as SpacySpan

    return [SpacySpan(doc, span.start, span.end, label=span.label_) for span in spans]


def score(gold: list[list[Span]], found: list[list[Span]], labels: frozenset[str]) -> str:
    """Return precision, recall and F1 of the spans with these labels: those that overlap one of the other side."""
    hit_g = hit_f = total_g = total_f = 0
    for wanted, got in zip(gold, found, strict=True):
        w, g = [s for s in wanted if s[2] in labels], [s for s in got if s[2] in labels]
        hit_g += sum(any(a[0] < b[1] and b[0] < a[1] for b in g) for a in w)
        hit_f += sum(any(a[0] < b[1] and b[0] < a[1] for b in w) for a in g)
        total_g, total_f = total_g + len(w), total_f + len(g)
    p, r = hit_f / total_f, hit_g / total_g
    return f"P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}"


def main(gold: Path, epochs: int) -> None:
    dev = read(gold / "dev")
    entries, spans = [entry for entry, _ in dev], [spans for _, spans in dev]
    dates = list(find_dates(entries, DateWords.load()))
    nlp = Model.load().nlp
    variants = [
        ("as it is", lambda: as_it_is(entries, nlp)),
        ("with dates lifted and words expanded", lambda: with_stage(entries, dates, nlp)),
    ]
    for name, find in variants:
        _print(name, find, spans)
    tuned = fine_tune(read(gold / "train") + read(gold / "invented"), epochs)
    _print(f"fine-tuned, {epochs} epochs", lambda: with_stage(entries, dates, tuned), spans)


def _print(name: str, find: Any, spans: list[list[Span]]) -> None:
    started = time.perf_counter()
    found = list(find())
    seconds = time.perf_counter() - started
    print(f"{name:38} names {score(spans, found, NAMES)}   places {score(spans, found, PLACES)}   {seconds:.1f} s", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 6)
