"""The style an annotated entry is written in: by it the recipes say how much an entry counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

# The tracker's own entries; those invented first and later that tell more events than real text does; those that tell as many as it.
Style = Literal["tracker", "early", "dense", "plain"]


def style_of(gold: Mapping[str, Any]) -> Style:
    """Return the style of an entry as the files of `models/invented` and of the real ones mark it."""
    if not gold.get("invented"):
        return "tracker"
    return "plain" if gold.get("plain") else "dense" if gold.get("by_pipeline") else "early"


__all__ = ["Style", "style_of"]
