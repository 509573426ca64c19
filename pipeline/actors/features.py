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
    own = [(text.count("\n", 0, clauses.tokens[phrase.head].start), _type(phrase)) for phrase in phrases]
    types: dict[int, Counter[str]] = defaultdict(Counter)
    for line, kind in own:
        types[line][kind] += 1
    # Phrases of one type in one line have the same company.
    others = {
        (line, mine): frozenset(kind for kind, count in types[line].items() if kind and count > (kind == mine)) for line, mine in set(own)
    }
    return [others[key] for key in own]


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
) -> list[str]:
    """Return the features of a phrase: what it is (kind, words, land), where it stands, what is around it, and its tags."""
    kind = describe(phrase)
    head = clauses.tokens[phrase.head]
    stand = _place(phrase, clauses, words)
    out = ["1", f"kind={kind}", *_own(phrase, clauses, words), *_apposed(phrase, clauses, words), *stand]
    out += [f"{kind}&{item}" for item in stand if "~" not in item]
    out.append(f"{land}&{phrase.kind}&{stand[0]}")
    out += _around(phrase, clauses, headline)
    if around:
        for other in sorted(around & _TELLING):
            out += (f"near={other}", f"near={other}&{phrase.role.words if phrase.role else phrase.kind}")
    if phrase.role:
        out.append(f"{phrase.role.words}&{stand[0]}")
    out.append(f"{head.ent_type}&{stand[0]}")
    if place:
        sort = f"{place.use}.{'country' if place.level == 'country' else 'part'}"
        out += (f"place={sort}", f"place={sort}&{phrase.kind}", f"place={sort}&{stand[0]}")
    return out + _tagged(phrase, heard, kind)


def _tagged(phrase: Phrase, heard: Heard, kind: str) -> list[str]:
    """Return how likely the tagger holds it for an actor's mention, and its first and next words for the bounds of one."""
    begins = sum([chance for label, chance in heard.labels("actor", phrase.start).items() if label.startswith("B-")])
    goes_on = sum([chance for label, chance in heard.labels("actor", phrase.end).items() if label.startswith("I-")])
    strength = level(heard.chance("actor", phrase.head))
    return [
        f"tag={strength}",
        f"tag={strength}&{kind}",
        f"tag={strength}&begins={level(begins)}",
        f"tag={strength}&goes on={level(goes_on)}",
        f"tag={strength}&inner={phrase.outer is not None}",
    ]


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


def _own(phrase: Phrase, clauses: Clauses, words: ActorWords) -> list[str]:
    head, role = clauses.tokens[phrase.head], phrase.role
    out = [f"head={clauses.lemmas[phrase.head]}", f"tag={head.tag}", f"ent={head.ent_type}", f"words={min(phrase.end - phrase.start, 5)}"]
    if role:
        out += (f"role={role.words}", f"is={role.type}", f"is={role.type}.{role.sort}")
        before = clauses.tokens[phrase.start : phrase.head]
        if before and (found := words.role([token.text for token in before], [before[-1].lemma])):
            out += (f"is={role.type}<{found[0].type}", f"is=<{found[0].type}")
    if phrase.within:
        out += (f"within={phrase.within.type}", f"within={phrase.within.type}&{role.type if role else phrase.kind}")
    if phrase.outer is not None:
        out.append("inner")
    if phrase.kind == "demonym":
        out.append(f"is={'people' if head.text.endswith('s') else 'adjective'}")
    if head.text.isupper() and len(head.text) > 1:
        out.append("acronym")
    return out + [f"has={clauses.lemmas[i]}" for i in range(phrase.start, phrase.end) if i != phrase.head]


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


def _place(phrase: Phrase, clauses: Clauses, words: ActorWords) -> list[str]:
    """Return where the phrase stands: first its dependency, then with the words that govern it."""
    tokens, lemmas = clauses.tokens, clauses.lemmas
    top = clauses.first_conjunct(_top(phrase, clauses))
    dep, head = tokens[top].dep, tokens[top].head
    above = lemmas[head]
    if dep == "pobj":
        over = tokens[head].head
        out = [f"pobj:{above}", f"{above}<{lemmas[over]}", f"pobj<{tokens[over].pos}"]
        out += [f"{above}<~{kind}" for kind in _named_by(lemmas[over], words)]
    else:
        out = [dep, f"{dep}<{above}"]
        if dep in {"compound", "amod", "nmod", "poss"}:
            out.append(f"{dep}<<{tokens[head].dep}")
        out += [f"{dep}<~{kind}" for kind in _named_by(above, words)]
    verb = clauses.verb_above(top)
    if verb is None:
        return [*out, "verbless"]
    out += (f"verb={lemmas[verb]}", f"verbdep={tokens[verb].dep}", f"dated={_dated(verb, clauses)}")
    return out + [f"{tokens[k].dep}={lemmas[k]}" for k in clauses.children[verb] if tokens[k].dep in {"aux", "neg", "mark"}]


def _named_by(lemma: str, words: ActorWords) -> tuple[str, ...]:
    """Return what a governing word says of an event: the types it may name, or that it names none."""
    return words.predicates.get(lemma, ("nothing",))


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


def _around(phrase: Phrase, clauses: Clauses, headline: int) -> list[str]:
    tokens = clauses.tokens
    before = tokens[phrase.start - 1] if phrase.start else None
    after = tokens[phrase.end] if phrase.end < len(tokens) else None
    number = tokens[phrase.head].sentence
    out = [
        f"before={_short(before)}",
        f"after={_short(after)}",
        f"line={'head' if tokens[phrase.head].start < headline else 'body'}",
        f"datedsentence={number in clauses.dated_sentences}",
    ]
    before_it = [token.text for token in tokens[clauses.sentence_starts[number] : phrase.start]]
    if before_it.count("(") > before_it.count(")"):
        out.append("bracketed")
        if any(text.lower() == "see" for text in before_it[-8:]):
            out.append("see")
    if before_it.count("“") > before_it.count("”"):
        out.append("quoted")
    return out


def _short(token: Token | None) -> str:
    if token is None:
        return "none"
    if token.dep == "date":
        return "date"
    return token.text.lower() if token.pos in {"ADP", "PUNCT", "DET", "PART", "CCONJ", "SCONJ", "PRON"} else token.pos
