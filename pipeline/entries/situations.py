"""The tracker's situations: official names, countries, region, former names and spellings, and how a name is recognised."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Self
from urllib.parse import unquote, urlsplit

from pipeline import lexicon
from pipeline.countries import Countries
from pipeline.entries.repair import BULLETS
from pipeline.entries.wording import key
from pipeline.spelling import plain

_FILES = ("situations.csv", "countries.csv", "country_names.csv")
_LOCATION = re.compile(r"location(?:\[\d{0,3}\]|%5B\d{0,3}%5D)?=(\d{1,5})", re.IGNORECASE)  # database?location[]=51
_PAGE = re.compile(r" ?\(p+\.? ?\d{1,3}\)")  # (p.11)
_POINTER = re.compile(r"\([Ss]ee [^)]{1,200}\)")  # (see Ukraine and Russia)
_STATE = re.compile(r"^(?:republic|kingdom|state|union) of (?:the )?")  # Republic of Mali
_MOST_JOINED = 3
_CAPITAL_WEIGHT = 3
_LEAST_EVIDENCE = 2


@dataclass(frozen=True, slots=True)
class Situation:
    """One situation of the tracker; `region` is empty for a country that the tracker has never listed."""

    name: str
    region: str
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Situations:
    """All situations by name and variant, by the slug of the site's addresses, by the site's location number."""

    by_key: Mapping[str, Situation]
    by_slug: Mapping[str, Situation]
    by_id: Mapping[int, Situation]
    spelled: re.Pattern[str]
    places: Mapping[str, tuple[Situation, int]]

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the table; raises LexiconError where two situations claim one name."""
        by_key: dict[str, Situation] = {}
        by_id: dict[int, Situation] = {}
        names: list[str] = []
        for row in lexicon.read_csv("situations.csv"):
            situation = Situation(row["situation"], row["region"], tuple(row["iso3"].split("|")))
            if row["id"]:
                by_id[int(row["id"])] = situation
            for name in (row["situation"], *filter(None, row["variants"].split("|"))):
                names.append(name)
                if by_key.setdefault(_key(name), situation) is not situation:
                    raise lexicon.LexiconError(f"situations.csv: {name!r} is claimed by {by_key[_key(name)].name} and {situation.name}")
        by_slug = {name.replace(" ", "-"): situation for name, situation in by_key.items()}
        places = dict(_places(by_key))
        # Countries the tracker has never listed may still head an entry some day.
        for country in Countries.load().by_iso3.values():
            for name in (country.name, *country.aliases):
                by_key.setdefault(_key(name), Situation(country.name, "", (country.iso3,)))
        # Localised pages head entries with the country’s name in their language; the names are those of Unicode CLDR.
        for row in lexicon.read_csv("country_names.csv"):
            by_key.setdefault(_key(row["name"]), by_key[_key(Countries.load().by_iso3[row["iso3"]].name)])
        spelled = "|".join(re.escape(plain(name)) for name in sorted(names, key=len, reverse=True))
        return cls(by_key, by_slug, by_id, re.compile(rf"(?<!\w)(?:{spelled})(?![\w])"), places)

    @classmethod
    def identity(cls) -> str:
        """Return the digest of the files the situations are read from."""
        return lexicon.digest(_FILES)

    def named(self, name: str) -> Situation | None:
        """Return the situation called `name` today, formerly, or in another spelling; None if there is none.

        Situations side by side, `Chad/Sudan`, are one of their own where all of them are known.
        """
        return self._known(name) or (self._joined(name) if re.search("[/(]", name) else None)

    def _known(self, name: str) -> Situation | None:
        plainly = _key(name)
        return self.by_key.get(plainly) or self.by_key.get(_STATE.sub("", plainly, count=1))

    def _joined(self, name: str) -> Situation | None:
        """Return the situation of several names, `A/B`, in the order of the alphabet; that of A for `A (B)`, or the one that spans both."""
        parts = [part for part in (part.strip() for part in re.split(r"[/()]", name)) if part]
        found = list(dict.fromkeys(situation for part in parts if (situation := self._known(part))))
        if not 1 < len(parts) <= _MOST_JOINED or not all(map(self._known, parts)):
            return None
        countries = tuple(dict.fromkeys(code for situation in found for code in situation.countries))
        whole = next((situation for situation in found if set(situation.countries) == set(countries)), None)
        if whole or "(" in name:
            return whole or found[0]
        found.sort(key=lambda situation: situation.name)
        countries = tuple(dict.fromkeys(code for situation in found for code in situation.countries))
        regions = {situation.region for situation in found}
        return Situation("/".join(situation.name for situation in found), regions.pop() if len(regions) == 1 else "", countries)

    def slugged(self, slug: str) -> Situation | None:
        """Return the situation whose page or anchor is `slug` (`cote-divoire`); None if there is none."""
        return self.by_slug.get(slug.lower())

    def of_url(self, url: str) -> Situation | None:
        """Return the situation an address of the site is about, by its location number or last path segment; None if of none."""
        parts = urlsplit(url)
        numbers = _LOCATION.findall(unquote(parts.query))
        if len(numbers) == 1:
            return self.by_id.get(int(numbers[0]))
        anchor = self.slugged(parts.fragment) if parts.fragment else None
        return anchor or self.slugged(parts.path.rstrip("/").rsplit("/", 1)[-1])

    def listed(self, line: str) -> tuple[Situation, ...] | None:
        """Return the situations of a line that is a list of names and nothing else; None if it holds anything else."""
        text = _PAGE.sub("", plain(BULLETS.sub(" ", line))).strip(" .,;*–-")
        if (one := self.named(text)) is not None:
            return (one,)
        found, rest = [], text
        for match in self.spelled.finditer(text):
            situation = self.named(match[0])
            found += [situation] if situation else []
            rest = rest.replace(match[0], " ", 1)
        return tuple(found) if found and not re.sub(r"[,;&\s]|\band\b", "", rest) else None

    def mentioned(self, text: str) -> Iterator[tuple[int, int, Situation]]:
        """Yield start, end and situation of every name of a situation in `text`, the longest first where names overlap."""
        for match in self.spelled.finditer(plain(text)):
            if situation := self.named(match[0]):
                yield match.start(), match.end(), situation

    def told_by(self, text: str) -> Situation | None:
        """Return the situation that most of the country names and capitals of `text` belong to; None if none stands out.

        A last resort: neighbours are named all the time, so the first must weigh at least twice the second.
        """
        weights: Counter[str] = Counter()
        situations: dict[str, Situation] = {}
        for word in re.findall(r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,3}", plain(_POINTER.sub("", text))):
            parts = word.split()
            for size in range(len(parts), 0, -1):
                if place := self.places.get(key(" ".join(parts[-size:]))) or self.places.get(key(" ".join(parts[:size]))):
                    situations[place[0].name] = place[0]
                    weights[place[0].name] += place[1]
                    break
        ranked = weights.most_common(2)
        if not ranked or ranked[0][1] < _LEAST_EVIDENCE or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
            return None
        return situations[ranked[0][0]]


def _key(name: str) -> str:
    return key(name).removeprefix("the ")


def _places(by_key: Mapping[str, Situation]) -> Iterator[tuple[str, tuple[Situation, int]]]:
    """Yield country names and capitals with their situation and weight; only countries that head a situation of their own."""
    for country in Countries.load().by_iso3.values():
        situation = by_key.get(_key(country.name))
        if situation is None:
            continue
        for name in (country.name, *country.aliases):
            yield key(name), (situation, 1)
        for name in country.capitals:
            yield key(name), (situation, _CAPITAL_WEIGHT)
