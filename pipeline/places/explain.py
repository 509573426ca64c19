"""Why a name is taken for this place and not another: candidates with their scores and what each score is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.places.context import Surroundings
from pipeline.places.mentions import Knowledge, Mention, look_up
from pipeline.places.model import PlaceModel
from pipeline.places.options import Option
from pipeline.places.resolve import fuzzy, weighable
from pipeline.places.weigh import Scene, evidence


@dataclass(frozen=True, slots=True)
class Explained:
    """One thing a name can stand for, its score, and the evidence with the points it is worth, the weightiest first."""

    option: Option
    score: float
    reasons: tuple[tuple[str, float], ...]


def explain(name: str, know: Knowledge, model: PlaceModel, iso3: str | None = None) -> list[Explained]:
    """Return what `name` can stand for, the best first; in the country `iso3`, or elsewhere where that has none of the name.

    Words of kind and what it lies in may be written too: `Titao town, Nord region`.
    """
    inner, _, outer = name.partition(", ")
    around_it = explain(outer, know, model, iso3) if outer else []
    text, kind = split_kind(inner, know)
    place = look_up(text, 0, (0, 0), (0, 0), know)
    own = (iso3,) if iso3 else ()
    near = frozenset(know.countries.by_iso3[iso3].neighbours) if iso3 and iso3 in know.countries.by_iso3 else frozenset()
    picks = {2: around_it[0].option} if around_it else {}
    scene = Scene(frozenset(own), near, {}, frozenset(), picks)
    around = Surroundings(0, kind, know.words.kinds.get(kind.lower(), ()), 2 if picks else None, None, False)
    options = [option for option in weighable(place, around, own, know) if option.match != "country"]
    options = [option for option in options if option.iso3 == iso3] or options
    if picks and not options and (close := fuzzy(text, picks[2], know)):
        options = [close]
    return sorted(_explained(options, place, around, scene, model), key=lambda item: -item.score)


def _explained(options: list[Option], place: Mention, around: Surroundings, scene: Scene, model: PlaceModel) -> Iterator[Explained]:
    for option in options:
        reasons = [(name, round(model.choice.get(name, 0.0) * value, 3)) for name, value in evidence(place, option, around, scene, 0)]
        yield Explained(option, round(sum(points for _, points in reasons), 3), tuple(sorted(reasons, key=lambda reason: -abs(reason[1]))))


def split_kind(name: str, know: Knowledge) -> tuple[str, str]:
    """Return a name without its word of kind, and that word: `Titao town` gives `Titao` and `town`; `Mexico City` is a name as it is."""
    if look_up(name, 0, (0, 0), (0, 0), know).known:
        return name, ""
    words = name.split(" ")
    for size in (2, 1):
        kind = " ".join(words[-size:])
        if len(words) > size and kind.lower() in know.words.kinds:
            return " ".join(words[:-size]), kind
    if len(words) > 2 and words[1] == "of" and words[0].lower() in know.words.kinds:
        return " ".join(words[2:]), words[0]
    return name, ""
