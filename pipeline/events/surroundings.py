"""What stands around a candidate trigger: its place in the entry, the dates and words of its sentence, the topic of its paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.events.parse import Parse
from pipeline.events.scene import Scene

CONTENT = frozenset({"VERB", "NOUN", "PROPN", "ADJ"})
# How far from the candidate, in words, the words of its sentence are looked at.
NEAR = 12


def position(scene: Scene, i: int) -> Iterator[str]:
    """Yield where candidate `i` stands: headline, lead, last line, and how the dates of its sentence lie to it."""
    parse = scene.parse
    sentence = parse.sentence(i)
    headline = scene.headline(i)
    yield f"headline={headline}"
    dated = scene.dates_beside(i)
    yield f"dates={min(len(dated), 3)}"
    first = sentence.start == 0 or parse.lines[sentence.start - 1] != parse.lines[i]
    yield f"lead={first}/{bool(dated)}/{headline}"
    yield from _dates(scene, i)
    last = parse.lines[-1] == parse.lines[i]
    yield f"lastline={last}/{bool(dated)}"
    if parse.lemmas[i] in parse.lemmas[sentence.stop :]:
        yield f"again={headline}/{first}"


def _dates(scene: Scene, i: int) -> Iterator[str]:
    token, dated = scene.parse.tokens[i], scene.dates_beside(i)
    own = {scene.anchor_of[k] for k in dated}
    for name, wanted in (("own", i), ("head's", token.head)):
        if wanted in own:
            for k in (k for k in dated if scene.anchor_of[k] == wanted):
                yield f"{name} date={_off(scene, k)}/{scene.date_at[k].precision}"
                yield f"{name} date={_off(scene, k)}/{token.pos}"
    if dated:
        nearest = max((k for k in dated if k < i), default=dated[0])
        yield f"nearest date={_off(scene, nearest)}/{nearest < i}"
        yield f"nearest date={_off(scene, nearest)}/{nearest < i}/{token.tag}"
    if i in own:
        yield "dated"
        yield f"dated/{token.pos}"
    if token.head in own and token.head != i:
        yield f"headdated/{token.dep}"
    yield f"datebefore={any(k < i for k in dated)}/{token.pos}"
    if i > 0 and scene.parse.tokens[i - 1].dep == "date":
        yield f"afterdate/{token.pos}"


def _off(scene: Scene, k: int) -> str:
    """Say how many months the date at word `k` lies from the entry's: what is older than the month before is background."""
    day, month = scene.date_at[k].date_from, scene.entry.month
    if day is None or month is None:
        return "unknown"
    return str(max(-3, min((day.year - month.year) * 12 + day.month - month.month, 2)))


def topic(scene: Scene, i: int) -> Iterator[str]:
    """Yield the content words of the first sentence of the line, which in this style sums the paragraph up."""
    parse = scene.parse
    opening = parse.opening(i)
    if i not in opening:
        yield from (f"topic={parse.lemmas[k]}" for k in opening if parse.tokens[k].pos in CONTENT)


def window(parse: Parse, i: int) -> Iterator[str]:
    """Yield the words right beside candidate `i`, and the content words of its sentence."""
    tokens, lemmas, sentence = parse.tokens, parse.lemmas, parse.sentence(i)
    for step in (-2, -1, 1, 2):
        k = i + step
        if k in sentence:
            dated = tokens[k].dep == "date"
            yield f"at{step}={'DATE' if dated else lemmas[k]}"
            yield f"pos{step}={'DATE' if dated else tokens[k].pos}"
        else:
            yield f"at{step}=edge"
    near = tokens[max(sentence.start, i - NEAR) : min(sentence.stop, i + NEAR + 1)]
    yield from [f"bag={lemmas[token.i]}" for token in near if token.pos in CONTENT and token.dep != "date" and token.i != i]
