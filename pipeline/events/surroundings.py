"""What stands around a candidate trigger: its place in the entry, the dates and words of its sentence, the topic of its paragraph."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.events.parse import Parse, lemma
from pipeline.events.scene import Scene


def position(scene: Scene, i: int) -> Iterator[str]:
    """Yield where candidate `i` stands: headline, lead, last line, and how the dates of its sentence lie to it."""
    parse = scene.parse
    token, sentence = parse.tokens[i], parse.sentence(i)
    headline = scene.headline(i)
    yield f"headline={headline}"
    dated = [k for k in sentence if k in scene.date_at]
    yield f"dates={min(len(dated), 3)}"
    first = sentence.start == 0 or parse.lines[sentence.start - 1] != parse.lines[i]
    yield f"lead={first}/{bool(dated)}/{headline}"
    anchors = {k: scene.anchors(k) for k in dated}
    own = set(anchors.values())
    for name, wanted in (("own", i), ("head's", token.head)):
        for k in (k for k, anchor in anchors.items() if anchor == wanted):
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
    if i > 0 and parse.tokens[i - 1].dep == "date":
        yield f"afterdate/{token.pos}"
    last = parse.lines[-1] == parse.lines[i]
    yield f"lastline={last}/{bool(dated)}"
    later = [t for t in parse.tokens[sentence.stop :] if t.lemma.lower() == token.lemma.lower()]
    if later:
        yield f"again={headline}/{first}"


def _off(scene: Scene, k: int) -> str:
    """Say how many months the date at word `k` lies from the entry's: what is older than the month before is background."""
    day, month = scene.date_at[k].date_from, scene.entry.month
    if day is None or month is None:
        return "unknown"
    return str(max(-3, min((day.year - month.year) * 12 + day.month - month.month, 2)))


def topic(scene: Scene, i: int) -> Iterator[str]:
    """Yield the content words of the first sentence of the line, which in this style sums the paragraph up."""
    parse = scene.parse
    first = i
    while first > 0 and parse.lines[first - 1] == parse.lines[i]:
        first = parse.sentence(first - 1).start
    opening = parse.sentence(first)
    if i not in opening:
        yield from (f"topic={lemma(parse, k)}" for k in opening if parse.tokens[k].pos in {"NOUN", "PROPN", "VERB", "ADJ"})


def window(parse: Parse, i: int) -> Iterator[str]:
    """Yield the words right beside candidate `i`, and the content words of its sentence."""
    sentence = parse.sentence(i)
    for step in (-2, -1, 1, 2):
        k = i + step
        if k in sentence:
            token = parse.tokens[k]
            form = token.lemma.lower() if token.dep != "date" else "DATE"
            yield f"at{step}={form}"
            yield f"pos{step}={token.pos if token.dep != 'date' else 'DATE'}"
        else:
            yield f"at{step}=edge"
    for k in sentence:
        token = parse.tokens[k]
        if k != i and token.dep != "date" and token.pos in {"VERB", "NOUN", "PROPN", "ADJ"} and abs(k - i) <= 12:
            yield f"bag={token.lemma.lower()}"
