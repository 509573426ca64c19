"""What `--no-text` leaves out: every column that holds words of Crisis Group, so that the rest may be published.

Offsets, identities, values and names stay: whoever holds the text finds each span again by `entry_id`, `start` and `end`.
"""

from __future__ import annotations

import hashlib

from pipeline.tables import Actor

# Columns that hold text of the entries, or quote it, by table.
COLUMNS: dict[str, tuple[str, ...]] = {
    "entries": ("headline", "text", "month_evidence"),
    "crossrefs": ("text",),
    "dates": ("text",),
    "tokens": ("text", "lemma"),
    "places": ("text",),
    "actors": ("text",),
    "casualties": ("text", "hedge", "victims", "attribution"),
    "events": ("text", "attribution"),
    "event_roles": ("text",),
    "actor_registry": ("aliases",),
    "tolls": ("what", "text", "attribution", "series_texts", "series_attributions"),
    "blocks": ("text",),
    "skipped": ("text",),
}
# Actors known only by a description carry the text's own words as their name: their type stands in for it.
DESCRIBED = "description"


def pseudonym(actor_id: str) -> str:
    """Return the identity that takes the place of one spelt out of a description: the same in every export."""
    return "described-" + hashlib.sha256(actor_id.encode()).hexdigest()[:12]


def stand_in(actor_type: str) -> str:
    """Return the name that takes the place of a description."""
    return f"[{actor_type}]"


def names(actors: list[Actor]) -> dict[str, str]:
    """Return, by name, what stands in for each described actor of an entry."""
    return {actor.name: stand_in(actor.type) for actor in actors if actor.match == DESCRIBED}


def rename(joined: str | None, replaced: dict[str, str]) -> str | None:
    """Return names joined by "; " with stand-ins where there are any."""
    return joined and "; ".join(replaced.get(name, name) for name in joined.split("; "))


def mask(text: str) -> str:
    """Return a text of the same length and lines that says nothing, so that offsets into it hold: every other character is x."""
    return "\n".join("x" * len(line) for line in text.split("\n"))
