"""What is seen at a mention, as the names of features: the evidence the two learned decisions weigh.

Features speak of context, shape and tables, never of the name itself, so that nothing learned is bound to places seen in training.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat

from pipeline.places.mentions import HYPHENS, Knowledge, Mention, Reading, is_name_word, starts_sentence
from pipeline.places.persons import Namesakes, at_person, attachment, find_namesakes
from pipeline.tables import Token

_MILLION, _LARGE, _MIDDLE = 1_000_000, 100_000, 10_000
# What ties a name to the next in a list, a pair or brackets; longer text between two names ties nothing.
_TIES = {
    ", ": "list",
    " and ": "list",
    ", and ": "list",
    " or ": "list",
    "-": "pair",
    "/": "pair",
    " (": "bracket",
    " (both ": "bracket",
    "’s ": "of",
    "'s ": "of",
}


@dataclass(frozen=True, slots=True)
class Observed:
    """What is seen once an entry.

    What the tables know of each mention, and of the known name that starts or ends at an offset; names told to be people's or places'.
    """

    sorts: Sequence[str]
    starting: Mapping[int, str]
    ending: Mapping[int, str]
    namesakes: Namesakes


def observe(reading: Reading, know: Knowledge) -> Observed:
    """Return what the features of all mentions of an entry share."""
    near = {n for code in reading.entry.countries if code in know.countries.by_iso3 for n in know.countries.by_iso3[code].neighbours}
    sorts = [sort_of(mention, reading.entry.countries, near) for mention in reading.mentions]
    starting: dict[int, str] = {}
    ending: dict[int, str] = {}
    for mention, sort in zip(reading.mentions, sorts, strict=True):  # of names that start alike the longest comes last and stays
        if sort != "unknown":
            starting[mention.start] = sort
            ending.setdefault(mention.end, sort)
    return Observed(sorts, starting, ending, find_namesakes(reading, know))


def at_mention(reading: Reading, rank: int, seen: Observed, know: Knowledge) -> list[str]:
    """Return the features of the `rank`-th mention for the question whether it names a place."""
    mention, words, sort = reading.mentions[rank], reading.words, seen.sorts[rank]
    model, last = model_label(mention, words), words[mention.last]
    left, right = _end(words, mention.first, mention.run[0], -1), _end(words, mention.last, mention.run[1], 1)
    out = [
        f"sort={sort}", f"model={model}", f"left={left}", f"right={right}", f"{sort}+m={model}", f"{sort}+l={left}", f"{sort}+r={right}",
        f"{sort}+lr={left}{right}", f"words={min(mention.text.count(' ') + 1, 4)}", f"pos={last.pos}", f"{sort}+dep={last.dep}",
    ]  # fmt: skip
    if mention.hosts:
        out.append("host")
    if mention.text.isupper():
        out.append(f"capitals+{sort}")
    if starts_sentence(words, mention.first):
        out.append(f"first+{sort}")
    if know.countries.of_demonym(mention.text):
        out.append(f"demonym+{sort}")
    out += around(mention, words, sort, know)
    out += tied(reading, mention, seen, sort)
    out += at_person(reading, mention, sort, seen.namesakes, know)
    return out


def tied(reading: Reading, mention: Mention, seen: Observed, sort: str) -> Iterator[str]:
    """Yield what the names beside this one in a list, a pair or brackets are."""
    text, known = reading.entry.text, "known" if sort != "unknown" else sort
    for between, tie in _TIES.items():
        if (after := seen.starting.get(mention.end + len(between))) and text.startswith(between, mention.end):
            yield f"{tie} before {after}+{known}"
        if (before := seen.ending.get(mention.start - len(between))) and text.endswith(between, 0, mention.start):
            yield f"{tie} after {before}+{known}"


def sort_of(mention: Mention, own: tuple[str, ...], near: set[str]) -> str:
    """Return in one word what the tables know of a name: a country, a region, a place in the entry's countries, near, or far."""
    if mention.country:
        return "country"
    if mention.region:
        return "region"
    if mention.capital_of:
        return "capital"
    if not mention.candidates:
        return "unknown"
    at_home = [c for c in mention.candidates if c.iso3 in own]
    if at_home:
        return "own_unit" if any(c.level != "settlement" for c in at_home) else "own_town"
    if any(c.iso3 in near for c in mention.candidates):
        return "near"
    most = max(c.population for c in mention.candidates)
    return "far_huge" if most > _MILLION else "far_large" if most > _LARGE else "far_middle" if most > _MIDDLE else "far_small"


def model_label(mention: Mention, words: Sequence[Token]) -> str:
    """Return what the model calls the stretch: an entity type, `+` where the entity goes on beyond it, `mixed`, or `none`."""
    tokens = words[mention.first : mention.last + 1]
    label = tokens[0].ent_type
    if any(token.ent_type != label for token in tokens):
        return "mixed"
    if not label:
        return "none"
    after = words[mention.last + 1] if mention.last + 1 < len(words) else None
    beyond = tokens[0].ent_iob == "I" or (after is not None and after.ent_iob == "I" and after.ent_type == label)
    return f"{label}+" if beyond else label


def _end(words: Sequence[Token], edge: int, bound: int, step: int) -> str:
    """Return how a stretch ends on one side: `shut`, or what ties it to more of a name."""
    if edge == bound:
        return "shut"
    beside = words[edge + step]
    if beside.text in HYPHENS:
        return "hyphen"
    return "name" if is_name_word(beside) else "joiner" if beside.text not in ("and", "of") else beside.text


def around(mention: Mention, words: Sequence[Token], sort: str, know: Knowledge) -> Iterator[str]:
    """Yield the words before and after, and the words of kind among them."""
    before, second = _text(words, mention.first - 1), _text(words, mention.first - 2)
    after, then = _text(words, mention.last + 1), _text(words, mention.last + 2)
    yield f"before={before.lower()}"
    yield f"after={after.lower()}"
    if before in ("of", "-", "(", ",", "and"):
        yield f"before2={second.lower()} {before}"
    if after in ("-", ",", "’s", "'s", ")"):
        yield f"after2={after} {then.lower()}"
    if after == "-" and then in know.words.tails:
        yield f"tail+{sort}"
    kind = know.words.kinds.get(after) or (None if after[:1].isupper() else know.words.kinds.get(then))
    if kind:
        yield f"kind_after={kind[0]}"
        yield f"kind_after+{sort}"
    if before == "of" and (kind := know.words.kinds.get(second)):
        yield f"kind_of={kind[0]}"
    elif kind := know.words.kinds.get(before):
        yield f"kind_before={kind[0]}"


def _text(words: Sequence[Token], i: int) -> str:
    return words[i].text if 0 <= i < len(words) else ""


def at_use(reading: Reading, mention: Mention) -> Iterator[str]:
    """Yield the features for the question what a place name does: tell where something is, or stand for a government."""
    words, token = reading.words, reading.words[mention.last]
    head, dep = attachment(reading, token)
    level = "country" if mention.country else "capital" if mention.capital_of else "region" if mention.region else "place"
    home = "home" if mention.country and mention.country.iso3 in reading.entry.countries else "abroad"
    before, after, then = (_text(words, i).lower() for i in (mention.first - 1, mention.last + 1, mention.last + 2))
    dated = mention.last + 1 < len(words) and words[mention.last + 1].dep == "date"
    yield from (f"level={level}", f"{level}+{home}", f"{level}+dep={dep}", f"dep={dep}", f"before={before}", f"{level}+before={before}")
    yield from (f"after={after}", f"{level}+after={after}", f"{level}+dated={dated}", f"{dep}+head={head.lemma.lower()}")
    yield f"{level}+{dep}+headpos={head.pos}"
    if after in ("’s", "'s", "-", "’", "and", ","):
        yield f"{level}+after2={after} {then}"
    if before in ("of", "-", "and", ",", "("):
        yield f"{level}+before2={_text(words, mention.first - 2).lower()} {before}"
    if dep == "pobj":
        above, role = attachment(reading, head)
        yield f"prep={head.lemma.lower()}+{above.lemma.lower()}"
        yield f"{level}+prep={head.lemma.lower()}+{above.pos}"
        yield f"{level}+prep={head.lemma.lower()}+{role}"
    if starts_sentence(words, mention.first):
        yield f"{level}+first"
    if dep in ("poss", "compound", "nmod", "amod"):
        above, role = attachment(reading, head)
        yield f"{level}+{dep}>{role}"
        yield f"{dep}>{role}+{above.pos}"
        yield f"possessed={head.lemma.lower()}"
    verb = reading.governor(token)
    if verb is not None:
        yield f"verb={verb.lemma.lower()}"
        yield f"{level}+{dep}+verb={verb.lemma.lower()}"
        if dep == "pobj":
            yield f"{head.lemma.lower()}+verb={verb.lemma.lower()}"
    if dep == "pobj":
        yield f"{level}+{home}+prep={head.lemma.lower()}"
    else:
        yield f"{level}+{home}+dep={dep}"
    yield f"{level}+conj={token.dep == 'conj'}"


def is_attribute(reading: Reading, mention: Mention, know: Knowledge) -> bool:
    """Say whether a country's name stands before a noun as its adjective would: `U.S. President`, `UK troops`."""
    if not mention.country or not know.countries.of_demonym(mention.text) or mention.last + 1 >= len(reading.words):
        return False
    token, after = reading.words[mention.last], reading.words[mention.last + 1]
    return token.dep in ("compound", "amod", "nmod") and after.text not in HYPHENS and after.pos in ("NOUN", "PROPN", "ADJ")


def likelihood(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """Return the sum of the weights of the features: log odds."""
    return weights.get("", 0.0) + sum(map(weights.get, features, repeat(0.0)))
