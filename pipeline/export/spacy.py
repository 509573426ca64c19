"""spaCy's DocBin: a Doc an entry, named entities for training, and every span of every table in `doc.spans`.

`doc.ents` are dates, places and actors that do not overlap, labelled DATE, PLACE, ACTOR. `doc.spans["casualties"]` and its
like (dates, places, actors, events) hold all rows of a table, labelled by kind, with actor_id or GeoNames number as `kb_id_`
and the row's key as `id_`. `doc.user_data` says which entry it is, `doc.cats` its trend where the input states one.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from pipeline.durable import whole_or_not
from pipeline.export.notice import notice
from pipeline.export.selection import Selection, months
from pipeline.export.tokenised import LABELS, Span, Tokenised, entities, tokenised
from pipeline.tables import Trend

if TYPE_CHECKING:
    from spacy.tokens import Doc, DocBin
    from spacy.vocab import Vocab

SUFFIX = ".spacy"


def write_spacy(tables: Path, chosen: Selection, path: Path, no_text: bool = False) -> Counter[str]:
    """Write one file where `path` ends in .spacy, else a folder with one file a month; return the number of docs and spans.

    `spacy train` takes either. A folder keeps no more than a month in memory.
    """
    from spacy.vocab import Vocab

    counts: Counter[str] = Counter()
    written: set[Path] = set()
    whole = _bin() if path.suffix == SUFFIX else None
    for month in months(tables, chosen):
        held = _bin() if whole is None else whole
        vocab = Vocab()
        for told in tokenised(month, no_text):
            held.add(make_doc(told, vocab))
            counts["docs"] += 1
            counts.update(span.table for span in told.spans)
        if whole is None and len(held):
            _write(held, path / f"{month.label}{SUFFIX}")
            written.add(path / f"{month.label}{SUFFIX}")
    if whole is not None:
        _write(whole, path)
    else:
        for old in {*path.glob(f"[12]???-??{SUFFIX}"), *path.glob(f"unknown{SUFFIX}")} - written:
            old.unlink()  # of an earlier export: it would be trained on with this one
    return counts


def _bin() -> DocBin:
    from spacy.tokens import DocBin

    return DocBin(attrs=["ORTH", "SPACY", "SENT_START", "ENT_IOB", "ENT_TYPE", "ENT_KB_ID"], store_user_data=True)


def _write(held: DocBin, path: Path) -> None:
    with whole_or_not(path) as file:
        file.write(held.to_bytes())


def make_doc(told: Tokenised, vocab: Vocab) -> Doc:
    """Return an entry as a Doc: `doc.text` is the entry's text, `span.text` of every span the text of its row."""
    from spacy.tokens import Doc

    doc = Doc(
        vocab,
        words=[told.text[start:end] for start, end in told.tokens],
        spaces=[told.blank_after(i) for i in range(len(told.tokens))],
        sent_starts=[start in told.sentence_starts for start, _ in told.tokens],
        user_data={"notice": notice(), **_about(told)},
    )
    doc.set_ents([_span(doc, span, span.label) for span in entities(told.spans)])
    for table in LABELS:
        doc.spans[table] = [_span(doc, span, span.kind) for span in told.spans if span.table == table]
    if told.entry.trend:
        doc.cats = {trend: float(trend == told.entry.trend) for trend in get_args(Trend)}
    return doc


def _about(told: Tokenised) -> dict[str, Any]:
    entry = told.entry
    month = entry.month.isoformat() if entry.month else None
    return {"entry_id": entry.entry_id, "situation": entry.situation, "month": month, "countries": list(entry.countries)}


def _span(doc: Doc, span: Span, label: str) -> Any:
    from spacy.tokens import Span as SpacySpan

    return SpacySpan(doc, span.first, span.last, label=label, kb_id=span.identity, span_id=span.row)
