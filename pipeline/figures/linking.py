"""Linking: by what ways in the parse a victim may fill the slot of a harm word.

Who by the parse did a harm is no victim of it, nor is whoever the victim belongs to. Of which other harm word of a sentence a mention is
the victim is learned (`models/figures/fit_figures.py`): every feature is a named string, made in `counted_features.py` and
`named_features.py`, and its worth is kept in JSON.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from pipeline.figures.mentions import INSIDE_NOUN, Mention, nature_of
from pipeline.figures.syntax import Parse
from pipeline.figures.triggers import Trigger
from pipeline.figures.words import FigureWords

# The ways from a victim to a harm word by which it may fill the word's slot, coordination and apposition passed over. They decide
# nothing: whether one is open goes into the features, and its worth is learned. The common ones ("dobj", "nsubj", "nsubjpass") are right
# in over four of five annotated cases, "<acl" and "<amod" of a verb in under half; some are too rare to judge and stand for their sense.
FILLS = {
    "object": frozenset(
        {"dobj", "nsubjpass", "pobj>of", "<acl", "<amod", "<relcl", "pobj>include>dobj", "dobj<xcomp", "dobj<ccomp", "pobj>among"}
    ),
    "subject": frozenset({"nsubj", "nsubj<xcomp", "nsubj<advcl", "dobj<xcomp", "pobj>of", "<acl", "<relcl"}),
    "state": frozenset(
        {"", "dobj", "dobj<oprd", "<amod", "<acl", "nsubj", "nsubjpass", "nsubj<acomp", "nsubjpass<oprd", "nsubj<oprd", "dobj<advcl"}
    ),
    "noun": frozenset({"", "pobj>of", "pobj>for", "poss", "<amod", "<compound", "pobj>include", "compound", "nummod"}),
    "total": frozenset({"", "dobj<oprd", "<amod", "pobj>at<dobj", "pobj>to<dobj", "nsubj", "nsubjpass<oprd", "pobj>of"}),
}
# "took three sailors hostage": the parser makes the victims part of the last word of a harm told in several.
WITHIN_PHRASE = frozenset({"compound>dobj", "nmod>dobj"})
# Beyond so many words no name is a harm word's victim, where the parse does not say so: 10 of 3,300 such pairs are annotated.
FARTHEST = 15
# The ways from whoever did it to a harm word that has other people for its object: "two gunmen killed judge", "two gunmen stormed court
# and killed judge", "two gunmen stormed court, killing judge". Of 3,900 pairs of annotated entries that these and "by" bar, three are
# victims for all that, two of them by slips of the parser.
DOES = frozenset({"nsubj", "nsubj<conj", "nsubj<advcl", "nsubj<xcomp"})
PASSED_OVER = frozenset({"conj", "appos"})
# Harms that last, and the places in the sentence of those whom such a harm word before their noun only describes ("detained activist ended
# strike"): of 116 annotated pairs of such a word and a noun without a number six are figures; of 4 with one, subjects all, none is.
LASTING = frozenset({"detained", "convicted", "abducted"})
DESCRIBED = frozenset({"nsubj", "nsubjpass", "poss"})
DESCRIBED_UNCOUNTED = DESCRIBED | {"pobj"}
# Prepositions by which a person belongs to another: "adviser to president", "lawyer for critic", "son of general".
BELONGS = frozenset({"of", "to", "for"})


@cache
def simplify(path: str) -> str:
    """Return a path without the steps through coordination and apposition that victims share a verb by."""
    steps = path.split("<")
    up = [step for step in steps[0].split(">") if step and step not in PASSED_OVER]
    return "<".join([">".join(up), *steps[1:]])


def fills_slot(path: str, trigger: Trigger) -> bool:
    """Tell whether a path from a victim to a harm word is one by which it fills the word's slot."""
    short = simplify(path)
    return short in FILLS[trigger.frame.slot] or (trigger.frame.slot == "object" and trigger.last > trigger.i and short in WITHIN_PHRASE)


def is_doer(top: int, trigger: Trigger, people: Collection[int], parse: Parse) -> bool:
    """Tell whether people did the harm, by the parse; `people` are the ranks that all who are spoken of in the sentence hang by.

    Whom the harm word only describes did nothing by it: "strike by 60 jailed activists".
    """
    if trigger.frame.slot == "subject" or trigger.kind == "crowd":
        return False
    # "Shot policeman dead": the state hangs on the verb that has subject and object.
    verb = parse.tokens[trigger.i].head if parse.tokens[trigger.i].dep == "oprd" else trigger.i
    if is_agent(top, verb, parse) and top not in parse.ups(trigger.i):
        return True
    path = simplify(parse.path(top, verb))
    harmed = (c for v in _shared(verb, parse) for c in parse.children[v] if c > verb and parse.tokens[c].dep == "dobj")
    return trigger.frame.slot in {"object", "state"} and path in DOES and top < verb and any(c in people for c in harmed)


def _shared(verb: int, parse: Parse) -> list[int]:
    """Return a verb and those joined to it that have no subject of their own: "shot and killed judge"."""
    joined = [c for c in parse.children[verb] if parse.tokens[c].dep == "conj" and parse.tokens[c].pos == "VERB"]
    return [verb, *(v for v in joined if not any(parse.tokens[c].dep in {"nsubj", "nsubjpass"} for c in parse.children[v]))]


def is_agent(top: int, verb: int, parse: Parse) -> bool:
    """Tell whether people did something by the "by" of a passive, of a noun or of the verb: "siege by 10,000 bandits".

    Amounts are none: "rose by nine".
    """
    tokens, first = parse.tokens, top
    while tokens[first].dep == "conj" and tokens[top].pos != "NUM":
        first = tokens[first].head
    by = tokens[first].head
    if tokens[first].dep != "pobj" or parse.word(by) != "by":
        return False
    return tokens[by].dep == "agent" or tokens[by].head == verb or tokens[tokens[by].head].pos in {"NOUN", "PROPN"}


def is_belonged_to(top: int, trigger: Trigger, parse: Parse, words: FigureWords) -> bool:
    """Tell whether people only say whose or of whom the victims of a harm word are: "killed adviser to president", "crew of sailors"."""
    tokens = parse.tokens
    preposition = tokens[top].head
    if tokens[top].dep != "pobj" or parse.word(preposition) not in BELONGS:
        return False
    # The parser hangs "to president" on the verb as often as on the noun before it.
    harmed = preposition - 1 if tokens[tokens[preposition].head].pos == "VERB" else tokens[preposition].head
    is_victim = harmed != trigger.i and fills_slot(parse.path(harmed, trigger.i), trigger)
    return is_victim and nature_of(parse, harmed, words) == "person"


def is_described(mention: Mention, trigger: Trigger, parse: Parse) -> bool:
    """Tell whether a harm word only says who it is that something else is told of: "detained activist 3 May ended strike".

    "6 May kidnapped trader" is a verb with its object, whatever the parser made of it; "wounded woman was flown out" tells of the wound.
    """
    tokens = parse.tokens
    places = DESCRIBED_UNCOUNTED if mention.count is None else DESCRIBED
    dated = trigger.i > 0 and tokens[trigger.i - 1].dep == "date"
    if trigger.kind not in LASTING or tokens[trigger.i].dep != "amod" or tokens[mention.noun].dep not in places or dated:
        return False
    above = parse.ups(trigger.i)
    return mention.noun in above and all(tokens[i].dep in INSIDE_NOUN for i in above[: above.index(mention.noun)])


def is_objectless(trigger: Trigger, parse: Parse) -> bool:
    """Tell whether a harm word has no object: in this style the subject is then its victim ("critic arrested after speech")."""
    return not any(parse.tokens[c].dep in {"dobj", "dative", "ccomp", "xcomp"} for c in parse.children[trigger.i])


def within_reach(top: int, trigger: Trigger, parse: Parse) -> bool:
    """Tell whether people named without a number stand near enough to a harm word, or hang on it, to be worth a look."""
    return abs(top - trigger.i) <= FARTHEST or fills_slot(parse.path(top, trigger.i), trigger)
