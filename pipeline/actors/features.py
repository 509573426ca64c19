"""What is known of a phrase, as the names of features that a linear model weighs."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from pipeline.actors.clauses import VERBAL, Clauses
from pipeline.actors.nations import Land
from pipeline.actors.phrases import Phrase
from pipeline.actors.words import ActorWords
from pipeline.tables import Place, Token
from pipeline.tags.heard import Heard, level

_TELLING = frozenset({"rebel", "activist", "criminal", "militia", "party", "civilian", "military", "police", "judiciary"})


def surroundings(phrases: Sequence[Phrase], clauses: Clauses, text: str) -> list[frozenset[str]]:
    """Return, for each phrase, the types of what else is named in its paragraph: soldiers among rebels are not among protesters."""
    line = [text.count("\n", 0, clauses.tokens[phrase.head].start) for phrase in phrases]
    types: dict[int, Counter[str]] = defaultdict(Counter)
    for phrase, at in zip(phrases, line, strict=True):
        types[at][_type(phrase)] += 1
    return [
        frozenset(kind for kind, count in types[at].items() if kind and count > (kind == _type(phrase)))
        for phrase, at in zip(phrases, line, strict=True)
    ]


def _type(phrase: Phrase) -> str:
    if phrase.name:
        return phrase.name.known.type if phrase.name.known else ""
    return phrase.role.type if phrase.role else ""


def features(
    phrase: Phrase,
    around: frozenset[str],
    place: Place | None,
    land: Land,
    clauses: Clauses,
    heard: Heard,
    words: ActorWords,
    headline: int,
) -> Iterator[str]:
    """Yield the features of a phrase: what it is (kind, words, land), where it stands, what is around it, and its tags."""
    yield "1"
    kind = describe(phrase)
    head = clauses.tokens[phrase.head]
    yield f"kind={kind}"
    own = [*_own(phrase, clauses, words), *_apposed(phrase, clauses, words)]
    stand = list(_place(phrase, clauses, words))
    yield from own
    yield from stand
    yield from (f"{kind}&{item}" for item in stand if "~" not in item)
    yield f"{land}&{phrase.kind}&{stand[0]}"
    yield from _around(phrase, clauses, headline)
    for other in sorted(around & _TELLING):
        yield f"near={other}"
        yield f"near={other}&{phrase.role.words if phrase.role else phrase.kind}"
    if phrase.role:
        yield f"{phrase.role.words}&{stand[0]}"
    yield f"{head.ent_type}&{stand[0]}"
    if place:
        sort = f"{place.use}.{'country' if place.level == 'country' else 'part'}"
        yield f"place={sort}"
        yield f"place={sort}&{phrase.kind}"
        yield f"place={sort}&{stand[0]}"
    yield from _tagged(phrase, heard, kind)


def _tagged(phrase: Phrase, heard: Heard, kind: str) -> Iterator[str]:
    """Yield how likely the tagger holds it for an actor's mention, and its first and next words for the bounds of one."""
    labels = heard.labels("actor", phrase.head)
    begins = sum(chance for label, chance in heard.labels("actor", phrase.start).items() if label.startswith("B-"))
    goes_on = sum(chance for label, chance in heard.labels("actor", phrase.end).items() if label.startswith("I-"))
    strength = level(sum(labels.values()))
    yield f"tag={strength}"
    yield f"tag={strength}&{kind}"
    yield f"tag={strength}&begins={level(begins)}"
    yield f"tag={strength}&goes on={level(goes_on)}"
    yield f"tag={strength}&inner={phrase.outer is not None}"


def places_named(phrases: Sequence[Phrase], clauses: Clauses, places: Sequence[Place]) -> list[Place | None]:
    """Return, for each phrase, the place that its head is a part of the name of."""
    by_start = sorted(places, key=lambda place: place.start)
    starts = [place.start for place in by_start]
    out: list[Place | None] = []
    for phrase in phrases:
        head = clauses.tokens[phrase.head]
        at = bisect_right(starts, head.start) - 1
        out.append(by_start[at] if at >= 0 and by_start[at].end >= head.end else None)
    return out


def headline_end(text: str, clauses: Clauses) -> int:
    """Return where the sentence that sums up an entry ends: its first line, or its first sentence where it has one line only."""
    if "\n" in text:
        return text.index("\n")
    _, last = next(clauses.sentences(), (0, 0))
    return clauses.tokens[last - 1].end if last else 0


def describe(phrase: Phrase) -> str:
    """Return the kind of a phrase with the type its name or noun stands for."""
    if phrase.name and phrase.name.known:
        return f"known:{phrase.name.known.type}"
    if phrase.role:
        return f"{phrase.kind}:{phrase.role.type}.{phrase.role.sort}"
    return phrase.kind


def _own(phrase: Phrase, clauses: Clauses, words: ActorWords) -> Iterator[str]:
    tokens = clauses.tokens[phrase.start : phrase.end]
    head = clauses.tokens[phrase.head]
    yield f"head={head.lemma.lower()}"
    yield f"tag={head.tag}"
    yield f"ent={head.ent_type}"
    yield f"words={min(len(tokens), 5)}"
    if phrase.role:
        yield f"role={phrase.role.words}"
        yield f"is={phrase.role.type}"
        yield f"is={phrase.role.type}.{phrase.role.sort}"
    before = [token for token in tokens if token.i < phrase.head]
    if phrase.role and (found := words.role([token.text for token in before], [token.lemma for token in before])):
        yield f"is={phrase.role.type}<{found[0].type}"
        yield f"is=<{found[0].type}"
    if phrase.within:
        yield f"within={phrase.within.type}"
        yield f"within={phrase.within.type}&{phrase.role.type if phrase.role else phrase.kind}"
    if phrase.outer is not None:
        yield "inner"
    if phrase.kind == "demonym":
        yield f"is={'people' if head.text.endswith('s') else 'adjective'}"
    if head.text.isupper() and len(head.text) > 1:
        yield "acronym"
    for token in tokens:
        if token.i != phrase.head:
            yield f"has={token.lemma.lower()}"


def _apposed(phrase: Phrase, clauses: Clauses, words: ActorWords) -> Iterator[str]:
    """Yield what a phrase beside a name says of it: "Juma Otieno, [leader] of union", "its [spokesman], Juma Otieno"."""
    head = clauses.tokens[phrase.head]
    others = [clauses.tokens[i] for i in clauses.children[phrase.head] if clauses.tokens[i].dep == "appos"]
    if head.dep == "appos":
        others.append(clauses.tokens[head.head])
    for other in others:
        if found := words.role([other.text], [other.lemma]):
            yield f"beside={found[0].type}.{found[0].sort}"
            yield f"beside={found[0].words}"


def _place(phrase: Phrase, clauses: Clauses, words: ActorWords) -> Iterator[str]:
    """Yield where the phrase stands: first its dependency, then with the words that govern it."""
    tokens = clauses.tokens
    top = clauses.first_conjunct(_top(phrase, clauses))
    token = tokens[top]
    dep = token.dep
    above = tokens[token.head]
    if dep == "pobj":
        yield f"pobj:{above.lemma.lower()}"
        over = tokens[above.head]
        yield f"{above.lemma.lower()}<{over.lemma.lower()}"
        yield f"pobj<{over.pos}"
        yield from (f"{above.lemma.lower()}<~{kind}" for kind in _named_by(over, words))
    elif dep in {"compound", "amod", "nmod", "poss"}:
        yield f"{dep}"
        yield f"{dep}<{above.lemma.lower()}"
        yield f"{dep}<<{above.dep}"
        yield from (f"{dep}<~{kind}" for kind in _named_by(above, words))
    else:
        yield dep
        yield f"{dep}<{above.lemma.lower()}"
        yield from (f"{dep}<~{kind}" for kind in _named_by(above, words))
    verb = clauses.verb_above(top)
    if verb is not None:
        yield f"verb={tokens[verb].lemma.lower()}"
        yield f"verbdep={tokens[verb].dep}"
        yield f"dated={_dated(verb, clauses)}"
        for child in clauses.children[verb]:
            if tokens[child].dep in {"aux", "neg", "mark"}:
                yield f"{tokens[child].dep}={tokens[child].lemma.lower()}"
    else:
        yield "verbless"


def _named_by(token: Token, words: ActorWords) -> tuple[str, ...]:
    """Return what a governing word says of an event: the types it may name, or that it names none."""
    return words.predicates.get(token.lemma.lower(), ("nothing",))


def _top(phrase: Phrase, clauses: Clauses) -> int:
    """Return the token of the phrase whose head lies outside of it."""
    i = phrase.head
    for _ in range(8):
        up = clauses.tokens[i].head
        if up == i or not phrase.start <= up < phrase.end:
            return i
        i = up
    return i


def _dated(verb: int, clauses: Clauses) -> bool:
    for _ in range(4):
        if verb in clauses.dated:
            return True
        up = clauses.tokens[verb].head
        if clauses.tokens[up].pos not in VERBAL or up == verb:
            return False
        verb = up
    return False


def _around(phrase: Phrase, clauses: Clauses, headline: int) -> Iterator[str]:
    tokens = clauses.tokens
    before = tokens[phrase.start - 1] if phrase.start else None
    after = tokens[phrase.end] if phrase.end < len(tokens) else None
    yield f"before={_short(before)}"
    yield f"after={_short(after)}"
    yield f"line={'head' if tokens[phrase.head].start < headline else 'body'}"
    number = tokens[phrase.head].sentence
    yield f"datedsentence={number in clauses.dated_sentences}"
    before_it = tokens[clauses.sentence_starts[number] : phrase.start]
    opened = [t.text for t in before_it if t.text in '()“”"']
    if opened.count("(") > opened.count(")"):
        yield "bracketed"
        if any(t.text.lower() == "see" for t in before_it[-8:]):
            yield "see"
    if opened.count("“") > opened.count("”"):
        yield "quoted"


def _short(token: Token | None) -> str:
    if token is None:
        return "none"
    if token.dep == "date":
        return "date"
    return token.text.lower() if token.pos in {"ADP", "PUNCT", "DET", "PART", "CCONJ", "SCONJ", "PRON"} else token.pos
