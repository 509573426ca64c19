"""Light verbs give way to the noun that says what happened: of "held rally", the rally is the event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline import lexicon
from pipeline.events.parse import Parse
from pipeline.events.triggers import Votes
from pipeline.events.verdicts import Verdict

_FILE = "events_light.toml"


@dataclass(frozen=True, slots=True)
class LightVerbs:
    """`lexicon/events_light.toml`: base forms of verbs that say little without their object."""

    verbs: frozenset[str]

    @classmethod
    @cache
    def load(cls) -> LightVerbs:
        """Return the verbs; raises LexiconError where the file is missing or broken."""
        return cls(frozenset(lexicon.read_toml(_FILE)["light"]["verbs"]))

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the file behind the verbs."""
        return lexicon.digest((_FILE,))

    def noun_of(self, parse: Parse, i: int, votes: Votes) -> int | None:
        """Return the noun that the verb at rank `i` gives way to: its object, if the trigger lexicon lists it; None if there is none."""
        if parse.tokens[i].pos != "VERB" or parse.lemmas[i] not in self.verbs:
            return None
        return next((k for k in parse.under(i, "dobj") if parse.tokens[k].pos == "NOUN" and votes.on(k)), None)


def give_way(parse: Parse, verdicts: Sequence[Verdict], votes: Votes, light: LightVerbs) -> list[Verdict]:
    """Return the verdicts, given in reading order, with each light verb's chance handed on to its noun.

    The noun has the greater of both chances, and the type that is the surer.
    """
    of = {verdict.i: verdict for verdict in verdicts}
    for verb in verdicts:
        noun = light.noun_of(parse, verb.i, votes)
        if noun is not None:
            del of[verb.i]
            own = of.get(noun, replace(verb, i=noun))
            surer = max((own, verb), key=lambda verdict: verdict.share)
            of[noun] = Verdict(noun, max(own.chance, verb.chance), surer.label, surer.share)
    return [of[i] for i in sorted(of)]
