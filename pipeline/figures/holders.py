"""The name behind an office, as far as the parser did not say that they are one: "party VP Alassani Tigri"."""

from __future__ import annotations

from pipeline.figures.syntax import Parse

# Entities that are no people, whatever stands over them.
NO_PERSON = frozenset({"GPE", "LOC", "ORG", "FAC", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART", "DATE", "LANGUAGE", "MONEY"})
# What may stand between an office and its holder's name, and how many words further the name may end.
IN_TITLE = frozenset({"NOUN", "PROPN", "ADJ"})
TITLE_MARKS = frozenset({",", "-", "–", "(", ")", "“", "”"})
LONGEST_TITLE = 14


def name_behind(parse: Parse, noun: int) -> int:
    """Return the last word of the name that a noun for one person runs into, whatever the parser made of it, else the noun itself.

    "party VP Alassani Tigri", "author and critic Boualem Sansal", "speaker of parliament, party leader Rached Ghannouchi".
    """
    tokens, sentence = parse.tokens, parse.same_sentence(noun)
    if tokens[noun].tag != "NN" or tokens[noun].ent_type == "PERSON":
        return noun
    for i in range(noun + 1, min(noun + LONGEST_TITLE, sentence.stop)):
        if (tokens[i].ent_type == "PERSON" and tokens[i].text[0].isupper() and tokens[i].pos != "NOUN") or (
            tokens[i].pos == "PROPN" and tokens[i].ent_type not in NO_PERSON and i == noun + 1
        ):
            while i + 1 < sentence.stop and tokens[i + 1].pos == "PROPN" and tokens[i + 1].ent_type == tokens[i].ent_type:
                i += 1
            return i
        if tokens[i].dep == "date" or not _in_title(parse, i):
            return noun
    return noun


def _in_title(parse: Parse, i: int) -> bool:
    """Tell whether a word may stand between an office and its holder's name."""
    token = parse.tokens[i]
    described = token.pos in IN_TITLE or (token.tag == "VBN" and token.dep == "amod")
    return described or token.text in TITLE_MARKS or parse.word(i) in {"and", "of"}


def office_holder(parse: Parse, noun: int) -> int | None:
    """Return the name that the parser hung on the place of an office: "mayor of Gao municipality, Amadou Diallo"."""
    tokens = parse.tokens
    if tokens[noun].ent_type == "PERSON":
        return None
    below = (i for prep in parse.children[noun] if prep > noun and tokens[prep].dep == "prep" for i in parse.children[prep])
    found = (c for i in below for c in parse.children[i] if c > i and tokens[c].dep == "appos" and tokens[c].ent_type == "PERSON")
    return next(found, None)
