"""Triggers: the words of a sentence that name a harm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords, Frame
from pipeline.tables import HarmKind, Token

# How far behind its first word the rest of a phrase may stand: "took 34 guards and police officers hostage".
REACH = 12
# No harm word is one of these.
NO_HARM = frozenset({"PUNCT", "DET", "NUM", "PRON", "CCONJ"})
PARTICIPLE = ("ed", "ing")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A harm word at token `i`; `last` is the rank of the last word of its phrase."""

    i: int
    last: int
    frame: Frame

    @property
    def kind(self) -> HarmKind:
        """What is done to the victims."""
        return self.frame.kind


def find_triggers(parse: Parse, words: FigureWords) -> Iterator[Trigger]:
    """Yield the harm words of an entry in reading order; a word of several kinds comes once for each kind and slot.

    A set phrase ("killed and wounded", "shot and killed") is one harm word: those inside it are not told again.
    """
    inside = -1
    for token in parse.tokens:
        if token.pos in NO_HARM or token.dep == "date" or token.i <= inside:
            continue
        written, base = token.text.lower(), parse.lemmas[token.i]
        # Most words are no harm words: neither as written nor by their base form, nor by the verb that an ending may hide.
        if base not in words.frames and written not in words.frames and not written.endswith(PARTICIPLE):
            continue
        forms = [form for form in _forms(token, written, base) if form in words.frames]
        if not forms:
            continue
        found = list(_at(parse, token.i, forms, words))
        inside = max([inside, *(trigger.last for trigger in found if trigger.frame.adjacent)])
        yield from found


def _at(parse: Parse, i: int, forms: Sequence[str], words: FigureWords) -> Iterator[Trigger]:
    seen: set[str] = set()
    longest = 0
    for form in forms:
        for frame in words.frames[form]:
            last = _rest(parse, i, frame) if _suits(parse, i, frame) else None
            if last is not None and frame.name not in seen and len(frame.words) >= longest:
                seen.add(frame.name)
                longest = max(longest, len(frame.words))
                yield Trigger(i, last, frame)


def _suits(parse: Parse, i: int, frame: Frame) -> bool:
    """Tell whether a word's part of speech suits the frame; participles may be tagged as adjectives or nouns."""
    token = parse.tokens[i]
    if frame.never_after and i and parse.word(i - 1) in frame.never_after:
        return False
    if frame.slot == "noun":
        return token.pos not in {"VERB", "AUX"}
    return frame.slot in {"state", "total"} or token.pos in {"VERB", "AUX", "ADJ", "ADV"} or token.text.lower().endswith(PARTICIPLE)


def _forms(token: Token, written: str, base: str) -> list[str]:
    """Return base form and form as written: participles used as adjectives keep their ending in the base form."""
    forms = [base] if base == written else [base, written]
    if written.endswith(PARTICIPLE) and token.pos in {"ADJ", "NOUN", "PROPN"} and (stem := _verb_of(written)) not in forms:
        forms.append(stem)
    return forms


def _verb_of(written: str) -> str:
    if written.endswith("ied"):
        return written[:-3] + "y"
    if written.endswith("ing") and len(written) > 5:
        return written[:-3]
    if written.endswith("ed"):
        return written[:-1] if written.endswith(("sed", "ced", "ged", "ved", "red", "ued")) else written[:-2]
    return written


def _rest(parse: Parse, i: int, frame: Frame) -> int | None:
    """Return where the frame's last word stands, or None where a word of it is missing."""
    at, tokens, lemmas = i, parse.tokens, parse.lemmas
    reach = 1 if frame.adjacent else REACH
    for word in frame.words[1:]:
        found = None
        for k in range(at + 1, min(at + 1 + reach, len(tokens))):
            token = tokens[k]
            if token.text == ";" or token.sentence != tokens[i].sentence:
                break
            if word == lemmas[k] or word == token.text.lower():
                found = k
                break
        if found is None:
            return None
        at = found
    return at
