"""What `params.yaml` sets, held against what the stages declare: names, types, and that a chance is one."""

from __future__ import annotations

from typing import Any

from pipeline import stages
from pipeline.stages import Settings, Stage

# Settings of such a name are chances, as the columns of such a name are.
CHANCE = "confidence"


class SettingsError(ValueError):
    """A setting that no stage has, or a value it cannot hold; the message names it and what would do."""


def check_settings(said: Settings) -> None:
    """Raise SettingsError where a stage has no such setting or it no such value; StageError where there is no such stage."""
    for name, values in said.items():
        known = stages.signature(stages.named(name)).settings
        for setting, value in values.items():
            if setting not in known:
                raise SettingsError(f"params: stage {name} has no setting {setting!r}; it has {', '.join(known) or 'none'}")
            if wanted := _unfit(setting, value, known[setting]):
                raise SettingsError(f"params: {name}.{setting} is {value!r}; it must be {wanted}, such as {known[setting]!r}")


def _unfit(setting: str, value: Any, default: Any) -> str:
    """Return what a setting's value must be; the empty string where it is that."""
    if isinstance(default, float):
        # True is a whole number to Python, and no number to whoever wrote it.
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if setting.endswith(CHANCE):
            return "" if number and 0 <= value <= 1 else "a chance from 0 to 1"
        return "" if number else "a number"
    return "" if type(value) is type(default) else f"a {type(default).__name__}"


def set_apart(stage: Stage, said: Settings) -> dict[str, Any]:
    """Return the stage's settings that are others than its defaults: what is set to its default changes no row."""
    defaults = stages.signature(stage).settings
    return {setting: value for setting, value in said.get(stage.name, {}).items() if value != defaults[setting]}
