"""All the places that bear one name, taken together: how many live in them, whether some are at home, how famed the best known is."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pipeline.gazetteer import Candidate
from pipeline.places.context import Surroundings
from pipeline.places.mentions import Mention
from pipeline.places.options import Option

NAMESAKE = 0.1  # least share of a capital's people in a namesake that can be meant: Tripoli (Lebanon) has a fifth, Moscow (Idaho) none


@dataclass(frozen=True, slots=True)
class Bearers:
    """What all the places of a name come to, seen from an entry: the `people` of each level and the `most` of one.

    `large_at_home` tells of a namesake at home that is no mere hamlet, `fame` how well known the best known elsewhere is, `upper` the
    countries that have more of the name than a second-level unit.
    """

    people: Mapping[str, int]
    most: int
    large_at_home: bool
    fame: float
    upper: frozenset[str | None]

    @classmethod
    def of(cls, place: Mention, own: frozenset[str]) -> Bearers:
        """Return what the candidates of a name come to in an entry on the countries `own`."""
        found = place.candidates
        people: dict[str, int] = {}
        for c in found:
            people[c.level] = people.get(c.level, 0) + c.population
        most = max([c.population for c in found], default=0)
        at_home = [c.population for c in found if c.own_name and c.iso3 in own]
        large = any(population > NAMESAKE * most for population in at_home)
        known = max([fame(c, people) for c in found if c.iso3 not in own], default=0.0)
        return cls(people, most, large, known, frozenset(c.iso3 for c in found if c.level != "admin2"))


def hosting(place: Mention, around: Surroundings, own: Collection[str]) -> str | None:
    """Return the country of the town known worldwide that a name means; None where a unit or a sizeable namesake at home says otherwise."""
    elsewhere = around.of is not None or around.outer is not None or place.hosts in own
    return None if elsewhere or place.hosts is None or Bearers.of(place, frozenset(own)).large_at_home else place.hosts


def fame(option: Option | Candidate, people: Mapping[str, int]) -> float:
    """Return how well known a settlement or unit is worldwide by a name that these people of each level share, from nought to one."""
    size = min(1.0, max(0.0, (math.log10(max(1, option.population)) - 4) / 2))
    return size * share(option, people)


def share(option: Option | Candidate, people: Mapping[str, int]) -> float:
    """Return the share of an option in the people of all of its level that bear the name."""
    alike = people.get(option.level)
    return min(1.0, option.population / alike) if alike else 0.0
