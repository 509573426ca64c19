"""Attribution: who the text says gave a figure."""

from __future__ import annotations

from pipeline.figures.harms import Harm
from pipeline.figures.syntax import Parse
from pipeline.figures.words import FigureWords
from pipeline.tables import Entry

MORE_OF_SPEAKER = frozenset({"compound", "amod", "nmod", "poss", "case", "nummod", "prep", "pobj", "punct", "appos", "conj", "cc"})


def attribute(figure: Harm, entry: Entry, parse: Parse, words: FigureWords) -> str | None:
    """Return who gave the figure, as written, or the adverb that hedges it ("reportedly"); None where the text speaks for itself."""
    speaker = _by_verb(figure, parse, words)
    if speaker is None:
        speaker = _by_phrase(figure, parse, words)
    if speaker is not None:
        first, last = speaker
        return entry.text[parse.tokens[first].start : parse.tokens[last].end]
    return _by_adverb(figure, entry, parse, words)


def _by_verb(figure: Harm, parse: Parse, words: FigureWords) -> tuple[int, int] | None:
    """Find the subject of the verb of saying that governs the harm word, or that closes its sentence ("..., officials said")."""
    for i in parse.ups(figure.trigger.i):
        if parse.word(i) in words.attribution_verbs:
            subject = next((c for c in parse.children[i] if parse.tokens[c].dep == "nsubj"), None)
            if subject is None and parse.tokens[i].dep in {"conj", "advcl", "xcomp"}:
                above = parse.tokens[i].head
                subject = next((c for c in parse.children[above] if parse.tokens[c].dep == "nsubj"), None)
            if subject is not None and not _within(subject, figure) and _can_speak(parse, subject):
                return _speaker(parse, subject)
    for i in parse.same_sentence(figure.trigger.i):
        if (
            parse.word(i) in words.attribution_verbs
            and parse.tokens[i].dep in {"parataxis", "ccomp"}
            and parse.roots[i] == parse.roots[figure.trigger.i]
        ):
            subject = next((c for c in parse.children[i] if parse.tokens[c].dep == "nsubj"), None)
            if subject is not None and i > figure.trigger.i and not _within(subject, figure) and _can_speak(parse, subject):
                return _speaker(parse, subject)
    return None


def _can_speak(parse: Parse, i: int) -> bool:
    token = parse.tokens[i]
    return token.pos in {"NOUN", "PROPN", "ADJ"} and token.ent_type != "DATE" and token.dep != "date"


def _within(subject: int, figure: Harm) -> bool:
    return subject in {figure.mention.top, figure.mention.noun, figure.trigger.i}


def _by_phrase(figure: Harm, parse: Parse, words: FigureWords) -> tuple[int, int] | None:
    """Find the object of "according to" or its like in the harm word's own clause."""
    for i in parse.same_sentence(figure.trigger.i):
        second = words.attribution_phrases.get(parse.tokens[i].text.lower())
        if second is None or parse.roots[i] != parse.roots[figure.trigger.i]:
            continue
        below = [c for c in parse.children[i] if parse.word(c) == second] or [i]
        spoken = next((c for b in below for c in parse.children[b] if parse.tokens[c].dep == "pobj"), None)
        if spoken is not None:
            return _speaker(parse, spoken)
    return None


def _speaker(parse: Parse, noun: int) -> tuple[int, int]:
    """Return first and last token of the speaker's phrase, without its article and what follows a comma or stands in brackets."""
    first, _ = parse.phrase(noun)
    noun = next((i - 1 for i in range(first + 1, noun + 1) if parse.tokens[i].text == "("), noun)
    while first < noun and (
        parse.tokens[first].tag in {"DT", "PRP$"} or parse.tokens[first].pos == "PUNCT" or parse.tokens[first].dep == "date"
    ):
        first += 1
    last = noun
    for child in parse.children[noun]:
        if child > last and parse.tokens[child].dep == "prep" and parse.word(child) in {"of", "for", "in"}:
            last = max(last, *_below(parse, child))
    return first, last


def _below(parse: Parse, i: int) -> list[int]:
    found = [i]
    for child in parse.children[i]:
        if parse.tokens[child].dep in MORE_OF_SPEAKER:
            found.extend(_below(parse, child))
    return found


def _by_adverb(figure: Harm, entry: Entry, parse: Parse, words: FigureWords) -> str | None:
    for i in parse.same_sentence(figure.trigger.i):
        token = parse.tokens[i]
        if (
            token.text.lower() in words.attribution_adverbs
            and parse.roots[i] == parse.roots[figure.trigger.i]
            and i < max(figure.mention.noun, figure.trigger.i)
        ):
            return entry.text[token.start : token.end]
    return None
